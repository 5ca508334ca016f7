package opc

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/ooxml/internal/ziptest"
)

func open(t *testing.T, parts ...string) *Package {
	t.Helper()
	p, err := Open(ziptest.Of(t, parts...), zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRelationshipsOfBothDialects(t *testing.T) {
	p := open(t, "_rels/.rels", `<Relationships xmlns="`+RelationshipsNS+`">`+
		`<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl\workbook.xml"/>`+
		`<Relationship Id="b" Type="`+TransitionalNS+
		`relationships/hyperlink" Target="http://x/" TargetMode="External"/></Relationships>`,
		"xl/_rels/workbook.xml.rels", `<r:Relationships xmlns:r="`+RelationshipsNS+`">`+
			`<r:Relationship Id="rId1" Type="x/worksheet" Target="../xl/worksheets/sheet%201.xml#a"/></r:Relationships>`)
	for source, want := range map[string][]Relation{
		"": {{ID: "a", Kind: "officeDocument", Target: "xl/workbook.xml"},
			{ID: "b", Kind: "hyperlink", Target: "http://x/", External: true}},
		"xl/workbook.xml": {{ID: "rId1", Kind: "worksheet", Target: "xl/worksheets/sheet 1.xml"}},
		"xl/none.xml":     nil,
	} {
		got, err := p.Rels(source)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", source, d)
		}
	}
}

func TestANewPartIsNamedTypedAndRelated(t *testing.T) {
	p := open(t, "a/b.xml", `<b/>`, "a/_rels/b.xml.rels",
		`<Relationships><Relationship Id="rId1" Type="x/c" Target="c1.xml"/></Relationships>`)
	name, err := p.FreePart("a/b.xml", "a/c", ".xml")
	if err != nil || name != "a/c2.xml" {
		t.Fatalf("%q, %v: a lost part would find the content of a new one", name, err)
	}
	restore := p.Snapshot()
	id, err := p.AddRel("a/b.xml", "x/c", name)
	if err != nil || id != "rId2" {
		t.Fatal(id, err)
	}
	if err := p.AddType(name, "some/type"); err != nil {
		t.Fatal(err)
	}
	p.Put(name, []byte("<c/>"))
	if rel, ok, err := p.Rel("a/b.xml", "c"); err != nil || !ok || rel.ID != "rId1" {
		t.Error(rel, ok, err)
	}
	data, err := p.Pack()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(data, zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got, err := again.Original("A/C2.xml"); string(got) != "<c/>" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if types, _ := again.Original(TypesPart); !strings.Contains(string(types),
		`PartName="/a/c2.xml" ContentType="some/type"`) {
		t.Errorf("%s", types)
	}
	restore()
	if p.IsDirty() || p.Exists(name) || p.IsEdited("a/_rels/b.xml.rels") {
		t.Error("edits that were taken back are there")
	}
}

func TestWhatMakesAPartUnreadable(t *testing.T) {
	p := open(t, "_rels/.rels", `<Relationships><Relationship`, "a.xml", `<?xml version="1.0" encoding="klingon"?><a/>`)
	var part *PartError
	if _, err := p.Rels(""); !errors.As(err, &part) || part.Part != "_rels/.rels" {
		t.Error(err)
	}
	if _, err := p.Original("a.xml"); !errors.As(err, &part) || part.Part != "a.xml" {
		t.Error(err)
	}
	if _, err := p.Current("b.xml"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestASettledPackageIsOneThatWasReadWithItsEdits(t *testing.T) {
	p := open(t, "a.xml", `<a/>`, "b.xml", `<b/>`, "secret.xml", `<s/>`)
	p.Put("A.xml", []byte(`<a>1</a>`))
	p.Put("c.xml", []byte(`<c/>`))
	p.Put("d.xml", []byte(`<d/>`))
	p.Settle(map[string]bool{"a.xml": true, "b.xml": true, "c.xml": true})
	if d := cmp.Diff([]string{"a.xml", "b.xml", "c.xml"}, p.Names()); d != "" || p.IsDirty() {
		t.Error(d)
	}
	for name, want := range map[string]string{"a.xml": `<a>1</a>`, "b.xml": `<b/>`, "C.xml": `<c/>`} {
		if got, err := p.Original(name); string(got) != want || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"secret.xml", "d.xml"} {
		if _, err := p.Current(name); !errors.Is(err, fs.ErrNotExist) || p.Exists(name) {
			t.Errorf("%s is still there: %v", name, err)
		}
	}
	p.Put("b.xml", []byte(`<b>2</b>`))
	p.Put("c.xml", []byte(`<c>2</c>`))
	p.Put("e.xml", []byte(`<e/>`))
	data, err := p.Pack()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(data, zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, name := range again.Names() {
		text, err := again.Original(name)
		if err != nil {
			t.Fatal(err)
		}
		got[name] = string(text)
	}
	if d := cmp.Diff(map[string]string{"a.xml": `<a>1</a>`, "b.xml": `<b>2</b>`, "c.xml": `<c>2</c>`, "e.xml": `<e/>`},
		got); d != "" {
		t.Error(d)
	}
}
