package ooxml_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/ooxml/ooxmltest"
)

// testBook makes a workbook of parts written by hand. The parts given replace
// or add to those of an ordinary one with the sheets of the map, in the order
// of names, and no cells.
type testBook struct {
	sheets []string          // names in tab order
	parts  map[string]string // "xl/worksheets/sheet1.xml" and so on; "-" leaves a part out
	prefix string            // of workbook.xml's sheets element, for workbookPr
	names  string            // DefinedName elements
}

const (
	nsMain   = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	nsRel    = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	partRels = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
)

func (b testBook) bytes(t testing.TB) []byte {
	t.Helper()
	var sheets, rels strings.Builder
	parts := map[string]string{}
	for i, name := range b.sheets {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, nsRel,
			i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<worksheet ` + nsMain + `><sheetData/></worksheet>`
	}
	fmt.Fprintf(&rels,
		`<Relationship Id="rId98" Type="%s/styles" Target="styles.xml"/><Relationship Id="rId99" Type="%s/sharedStrings" Target="sharedStrings.xml"/>`, nsRel, nsRel)
	parts["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`
	parts["_rels/.rels"] = `<Relationships ` + partRels + `><Relationship Id="rId1" Type="` + nsRel +
		`/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook ` + nsMain + `>` + b.prefix + `<sheets>` + sheets.String() +
		`</sheets><definedNames>` + b.names + `</definedNames></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships ` + partRels + `>` + rels.String() + `</Relationships>`
	for name, content := range b.parts {
		parts[name] = content
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, content := range parts {
		if content == "-" {
			continue
		}
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (b testBook) read(t testing.TB) *ooxml.Workbook {
	t.Helper()
	w, err := ooxml.Read("test.xlsx", b.bytes(t), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// oneSheet is a workbook with the sheet S, whose worksheet element holds inner.
func oneSheet(inner string) testBook {
	return testBook{sheets: []string{"S"}, parts: map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain + `>` + inner + `</worksheet>`,
	}}
}

// with sets a part of b.
func (b testBook) with(part, content string) testBook {
	parts := map[string]string{part: content}
	for k, v := range b.parts {
		if k != part {
			parts[k] = v
		}
	}
	b.parts = parts
	return b
}

// show lists cells as "A1=value" with a letter for the kind and "f" for a
// formula.
func show(cells []ooxml.Cell) string {
	var list []string
	for _, c := range cells {
		s := c.Ref.String() + " " + string("_ntbedp"[c.Kind])
		if c.Formula {
			s += "f"
		}
		if c.Value != "" {
			s += " " + c.Value
		}
		list = append(list, s)
	}
	return strings.Join(list, "|")
}

// named is b with defined names.
func (b testBook) named(names string) testBook {
	b.names = names
	return b
}

// partsOf are the parts of a workbook with its waiting edits made.
func partsOf(t testing.TB, w *ooxml.Workbook) map[string]string {
	t.Helper()
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return ooxmltest.Parts(t, data)
}

// partOf is one of partsOf.
func partOf(t testing.TB, w *ooxml.Workbook, name string) string {
	t.Helper()
	part, ok := partsOf(t, w)[name]
	if !ok {
		t.Fatalf("no part %s", name)
	}
	return part
}

// differing lists the parts of a package that another edition of it has otherwise, and
// those that it has in addition.
func differing(t testing.TB, before, after []byte) (changed, added []string) {
	t.Helper()
	old := ooxmltest.Parts(t, before)
	for name, text := range ooxmltest.Parts(t, after) {
		if was, ok := old[name]; !ok {
			added = append(added, zipfile.Clean(name))
		} else if was != text {
			changed = append(changed, zipfile.Clean(name))
		}
	}
	return changed, added
}

// readBook reads a workbook by the packages below this one.
func readBook(t testing.TB, data []byte) *bookxml.Book {
	t.Helper()
	pkg, err := opc.Open(data, zipfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	b := &bookxml.Book{Package: pkg, MaxText: ooxml.DefaultText}
	if err := b.ReadBook(); err != nil {
		t.Fatal(err)
	}
	return b
}

// bookIn is readBook for a file.
func bookIn(t testing.TB, file string) *bookxml.Book {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return readBook(t, data)
}

// written is the workbook as it is read again after it was written.
func written(t testing.TB, w *ooxml.Workbook) *ooxml.Workbook {
	t.Helper()
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return again
}
