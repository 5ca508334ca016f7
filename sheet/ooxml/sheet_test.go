package ooxml_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

const someTexts = `<sst ` + nsMain +
	`><si><t>政务公开</t></si><si/><si><r><rPr><b/></rPr><t>粗</t></r><r><t xml:space="preserve"> 细</t></r>` +
	`<rPh sb="0" eb="1"><t>cū</t></rPh><phoneticPr fontId="1"/></si><si><t>a_x000D_&#10;b_x005F_x000D_ _x4E2D_ _x00zz_ _xD83D__xDE00_</t></si><si><t/></si></sst>`

func TestCellsAreReadAsStored(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"numbers",
			`<row r="1"><c r="A1"><v>44742</v></c><c r="B1" t="n"><v> 1E-3 </v></c><c r="C1"><v>-0.5</v></c><c r="D1"><v></v></c><c r="E1"><v>x1</v></c></row>`,
			"A1 n 44742|B1 n 1E-3|C1 n -0.5|D1 _|E1 t x1"},
		{"shared texts",
			`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>4</v></c><c r="E1" t="s"/></row>`,
			"A1 t 政务公开|B1 t|C1 t 粗 细|D1 t|E1 _"},
		{"escapes",
			`<row r="1"><c r="A1" t="s"><v>3</v></c><c r="B1" t="str"><v>x_x000a_y</v></c><c r="C1" t="inlineStr"><is><t>_x0041__x0042_</t></is></c></row>`,
			"A1 t a\r\nb_x000D_ 中 _x00zz_ 😀|B1 t x\ny|C1 t AB"},
		{"inline texts",
			`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><r><t>b</t></r><r><t>c</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c><c r="C1" t="inlineStr"><v>d</v></c><c r="D1" t="inlineStr"><is/></c><c r="E1"><is><t>1</t></is></c></row>`,
			"A1 t a|B1 t bc|C1 t d|D1 t|E1 t 1"},
		{"bools, errors, dates",
			`<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c><c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="d"><v>2022-06-30</v></c></row>`,
			"A1 b 1|B1 b 0|C1 b 1|D1 e #N/A|E1 d 2022-06-30"},
		{"formulas",
			`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>X()</f></c><c r="D1" t="str"><f>"a"</f><v> a&amp;b</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
			"A1 nf 2|B1 tf|C1 _f|D1 tf  a&b|E1 ef #DIV/0!"},
		{"shared formula",
			`<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>`,
			"A1 nf 1|A2 nf 2"},
		{"array formula and what it fills",
			`<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"/></row><row r="4"><c r="A4"><v>4</v></c></row>`,
			"A1 nf 1|B1 n 1|A2 nf 2|A3 _f|A4 n 4"},
		{"data table",
			`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="dataTable" ref="B1:B2" dt2D="0" dtr="0" r1="A1"/><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>`,
			"A1 n 1|B1 nf 1|B2 nf 2"},
		{"no references",
			`<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row><row r="7"><c><v>5</v></c><c r="D7"><v>6</v></c><c><v>7</v></c></row><row><c><v>8</v></c></row>`,
			"A1 n 1|B1 _|C1 n 3|A2 n 4|A7 n 5|D7 n 6|E7 n 7|A8 n 8"},
		{"out of order",
			`<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>`,
			"A1 n 1|A2 n 2|A3 n 3|B3 n 4"},
		{"twice",
			`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"/></row><row r="1"><c r="B1"><v>3</v></c></row>`,
			"A1 n 2|B1 n 3"},
		{"lower case and dollars", `<row r="1"><c r="a1"><v>1</v></c><c r="$B$1"><v>2</v></c></row>`, "A1 n 1|B1 n 2"},
		{"comments, CDATA, unknown elements",
			`<!-- <row> --><row r="1"><!-- c --><c r="A1" t="str"><!----><v>a<![CDATA[<b>]]>c</v><extLst><ext><v>no</v></ext></extLst></c><x/></row><y><row/></y>`,
			"A1 t a<b>c"},
		{"white space", "\n <row r=\"1\">\n  <c r=\"A1\"\tt='s' >\n<v>\n0\n</v>\n</c >\n</row>\n", "A1 t 政务公开"},
		{"bad bytes", "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a\xffb</v></c></row>", "A1 t a\uFFFDb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, prefix := range []string{"", "x:"} {
				book := oneSheet(`<sheetData>`+c.data+`</sheetData>`).with("xl/sharedStrings.xml", someTexts)
				if prefix != "" {
					for part, content := range book.parts {
						book = book.with(part, prefixed(content))
					}
				}
				s, err := book.read(t).Sheet("S")
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(c.want, show(s.Cells)); d != "" {
					t.Errorf("prefix %q: %s", prefix, d)
				}
			}
		})
	}
}

// prefixed gives every element of a part the prefix x, outside of comments and
// CDATA.
func prefixed(part string) string {
	var b strings.Builder
	s := xmlpart.NewScanner([]byte(part))
	for s.Next() {
		raw := string(s.Raw())
		switch s.Kind {
		case xmlpart.StartTag, xmlpart.EmptyTag:
			raw = "<x:" + raw[1:]
		case xmlpart.EndTag:
			raw = "</x:" + raw[2:]
		}
		b.WriteString(strings.Replace(raw, " xmlns=", " xmlns:x=", 1))
	}
	return b.String()
}

func TestStrictWorkbooks(t *testing.T) {
	const ns = `xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"`
	const rel = `http://purl.oclc.org/ooxml/officeDocument/relationships`
	book := testBook{parts: map[string]string{
		"_rels/.rels": `<Relationships ` + partRels + `><Relationship Id="a" Type="` + rel +
			`/officeDocument" Target="/XL\Book.xml"/></Relationships>`,
		"xl/workbook.xml":            "-",
		"xl/_rels/workbook.xml.rels": "-",
		"xl/book.xml": `<workbook ` + ns +
			` conformance="strict"><workbookPr date1904="true"/><sheets><sheet name="S" sheetId="3" state="veryHidden" r:id="b"/></sheets></workbook>`,
		"xl/_rels/book.xml.rels": `<Relationships ` + partRels + `><Relationship Id="b" Type="` + rel +
			`/worksheet" Target="../xl/sheets/%E8%A1%A8.xml"/>` +
			`<Relationship Id="c" Type="` + rel + `/sharedStrings" Target="/xl/texts.xml"/></Relationships>`,
		"xl/sheets/表.xml": `<worksheet ` + ns +
			`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`,
		"xl/texts.xml": `<sst ` + ns + `><si><t>x</t></si></sst>`,
	}}
	w := book.read(t)
	s, err := w.Sheet("s")
	if err != nil {
		t.Fatal(err)
	}
	if show(s.Cells) != "A1 t x" || s.Visibility != ooxml.VeryHidden || !readBook(t, book.bytes(t)).Date1904 {
		t.Errorf("%s %v", show(s.Cells), s.Visibility)
	}
}

func TestSheetFeatures(t *testing.T) {
	w := oneSheet(
		`<sheetViews/><cols><col min="2" max="3" hidden="1"/><col min="4" max="4"/><col min="16384" max="99999" hidden="true"/></cols>` +
			`<sheetData><row r="2" hidden="1"/><row hidden="true"><c><v>1</v></c></row><row r="5" hidden="0"/></sheetData>` +
			`<sheetProtection sheet="1" objects="1"/><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="$B$4:B3"/><mergeCell ref="D1"/></mergeCells>`).read(t)
	s, err := w.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[int]bool{2: true, 3: true}, s.HiddenRows); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[int]bool{2: true, 3: true, 16384: true}, s.HiddenCols); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]a1.Range{{First: a1.At(1, 1), Last: a1.At(1, 3)}, {First: a1.At(3, 2), Last: a1.At(4, 2)}},
		s.Merges); d != "" {
		t.Error(d)
	}
	if !s.Protected {
		t.Error("protection was overlooked")
	}
	if c, ok := s.Cell(a1.At(3, 1)); !ok || c.Value != "1" {
		t.Errorf("A3: %v %v", c, ok)
	}
	if c, ok := s.Cell(a1.At(3, 2)); ok || c.Ref != (a1.At(3, 2)) {
		t.Errorf("B3: %v %v", c, ok)
	}
	if len(s.Row(3)) != 1 || len(s.Row(2)) != 0 || len(s.Row(99)) != 0 {
		t.Error("rows are cut wrongly")
	}
}

func TestSheetsThatAreNotWorksheets(t *testing.T) {
	w := testBook{sheets: []string{"S", "图表"}}.with("xl/_rels/workbook.xml.rels",
		`<Relationships `+partRels+`><Relationship Id="rId1" Type="`+nsRel+
			`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+nsRel+
			`/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`).read(t)
	want := []ooxml.SheetInfo{{Name: "S", Worksheet: true}, {Name: "图表"}}
	if d := cmp.Diff(want, w.Sheets()); d != "" {
		t.Error(d)
	}
	if s, err := w.Sheet("图表"); err != nil || len(s.Cells) != 0 {
		t.Errorf("%v %v", s, err)
	}
	err := w.Set("图表", a1.At(1, 1), ooxml.TextValue("x"))
	if sentence, _ := msg.Explain(msg.ZH, err); !errors.Is(err, ooxml.ErrUnsafe) ||
		!strings.Contains(sentence, "“图表”是图表工作表") {
		t.Errorf("%q", sentence)
	}
	if err := w.Set("没有", a1.At(1, 1), ooxml.TextValue("x")); !errors.Is(err, ooxml.ErrNoSheet) {
		t.Error(err)
	}
}

// A pivot table's filters stand above it, apart from the range that it names.
func TestFiltersOfPivotTablesAreNotChanged(t *testing.T) {
	pivot := func(location, fields string) testBook {
		return oneSheet(`<sheetData/>`).with("xl/worksheets/_rels/sheet1.xml.rels",
			`<Relationships `+partRels+`><Relationship Id="rId1" Type="`+nsRel+
				`/pivotTable" Target="../pivotTables/pivotTable1.xml"/></Relationships>`).
			with("xl/pivotTables/pivotTable1.xml", `<pivotTableDefinition `+nsMain+`><location `+location+
				`/><pivotFields/>`+fields+`</pivotTableDefinition>`)
	}
	field := `<pageField fld="1"/>`
	for name, c := range map[string]struct {
		book         testBook
		bound, loose string // cells
	}{
		"none": {pivot(`ref="A5:C9"`, ""), "A5 C9", "A3 B3 D5"},
		"one": {pivot(`ref="A5:C9" rowPageCount="1" colPageCount="1"`, `<pageFields>`+field+
			`</pageFields>`), "A5 A3 B3", "A2 C3 A4"},
		"one, not counted": {pivot(`ref="A5:C9"`, `<pageFields>`+field+`</pageFields>`), "A3 B3", "A2 A4"},
		"two below another": {pivot(`ref="B6:C9" rowPageCount="2" colPageCount="1"`, `<pageFields>`+field+field+
			`</pageFields>`), "B3 C3 B4 C4", "A3 D4 B2 B5"},
		"two side by side": {pivot(`ref="B6:C9" rowPageCount="1" colPageCount="2"`, `<pageFields>`+field+field+
			`</pageFields>`), "B4 C4 E4 F4", "B3 G4"},
	} {
		w := c.book.read(t)
		for list, want := range map[string]error{c.bound: ooxml.ErrUnsafe, c.loose: nil} {
			for cell := range strings.FieldsSeq(list) {
				at, _ := a1.ParseRef(cell)
				if err := w.Set("S", at, ooxml.TextValue("x")); !errors.Is(err, want) {
					t.Errorf("%s: %s: %v", name, cell, err)
				}
			}
		}
	}
}

func TestDamageIsNamed(t *testing.T) {
	rows := func(s string) testBook { return oneSheet(`<sheetData>` + s + `</sheetData>`) }
	for _, c := range []struct {
		name  string
		book  testBook
		class error
		key   string
		cell  string
	}{
		{"text out of range", rows(`<row r="2"><c r="A2"/><c r="B2" t="s"><v>7</v></c></row>`).with(
			"xl/sharedStrings.xml", someTexts), ooxml.ErrDamaged, "ooxml.cell_damaged", "B2"},
		{"no shared texts", rows(`<row r="2"><c r="B2" t="s"><v>0</v></c></row>`), ooxml.ErrDamaged,
			"ooxml.cell_damaged", "B2"},
		{"bad reference", rows(`<row r="2"><c r="B2"/><c r="?"/></row>`), ooxml.ErrDamaged, "ooxml.cell_damaged", "C2"},
		{"cell in another row", rows(`<row r="2"><c r="B9"/></row>`), ooxml.ErrDamaged, "ooxml.cell_damaged", "B9"},
		{"bad row", rows(`<row r="0"/>`), ooxml.ErrDamaged, "ooxml.sheet_damaged", ""},
		{"row beyond the last", rows(`<row r="1048576"/><row/>`), ooxml.ErrDamaged, "ooxml.sheet_damaged", ""},
		{"column beyond the last", rows(`<row r="1"><c r="XFD1"/><c/></row>`), ooxml.ErrDamaged, "ooxml.cell_damaged",
			"XFE1"},
		{"torn in a cell", testBook{sheets: []string{"S"}}.with("xl/worksheets/sheet1.xml",
			`<worksheet><sheetData><row r="3"><c r="D3"><v>1`), ooxml.ErrDamaged, "ooxml.cell_damaged", "D3"},
		{"bad merge", oneSheet(`<sheetData/><mergeCells><mergeCell ref="#REF!"/></mergeCells>`), ooxml.ErrDamaged,
			"ooxml.sheet_damaged", ""},
		{"entities in texts", rows("").with("xl/sharedStrings.xml", `<!DOCTYPE sst [<!ENTITY a "b">]><sst/>`),
			ooxml.ErrTooLarge, "ooxml.entities", ""},
		{"torn texts", rows("").with("xl/sharedStrings.xml", `<sst><si>`), ooxml.ErrDamaged, "ooxml.part_damaged", ""},
		{"torn styles", rows("").with("xl/styles.xml", `<styleSheet><cellXfs>`), ooxml.ErrDamaged, "ooxml.part_damaged",
			""},
		{"sheet that is not there", testBook{sheets: []string{"S"}}.with("xl/worksheets/sheet1.xml", "-"),
			ooxml.ErrDamaged, "ooxml.sheet_missing", ""},
		{"bottomless nesting", oneSheet(strings.Repeat("<a>", 2000)), ooxml.ErrDamaged, "ooxml.sheet_damaged", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.book.read(t).Sheet("S")
			var e *msg.Error
			if !errors.As(err, &e) || !errors.Is(err, c.class) || e.Text.Key != c.key {
				t.Fatalf("%v", err)
			}
			if e.Text.Args["File"] != "test.xlsx" || c.cell != "" && e.Text.Args["Cell"] != c.cell {
				t.Errorf("names %v, want cell %q", e.Text.Args, c.cell)
			}
		})
	}
	if _, err := (testBook{sheets: []string{"S"}}).read(t).Sheet("T"); !errors.Is(err, ooxml.ErrNoSheet) {
		t.Errorf("an unknown sheet: %v", err)
	}
	_, err := ooxml.Read("test.xlsx", testBook{}.with("xl/workbook.xml", `<workbook><sheets>`).bytes(t),
		ooxml.Options{})
	if !errors.Is(err, ooxml.ErrDamaged) {
		t.Errorf("a torn workbook part: %v", err)
	}
}

func TestSheetsAreReadOnceAndConcurrently(t *testing.T) {
	w := testBook{sheets: []string{"A", "B"}, parts: map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><dataValidations><dataValidation type="list" sqref="B1"><formula1>B!$A$1</formula1></dataValidation></dataValidations></worksheet>`,
		"xl/worksheets/sheet2.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>2</v></c></row></sheetData><dataValidations><dataValidation type="list" sqref="B1"><formula1>A!$A$1</formula1></dataValidation></dataValidations></worksheet>`,
	}}.read(t)
	var wg sync.WaitGroup
	got := make([]*ooxml.Sheet, 16)
	for i := range got {
		wg.Go(func() {
			got[i], _ = w.Sheet([]string{"A", "B"}[i%2])
		})
	}
	wg.Wait()
	for i, s := range got {
		if s == nil || s != got[i%2] {
			t.Fatalf("reading %d gave another sheet", i)
		}
		if d := cmp.Diff([]string{[]string{"2", "1"}[i%2]}, s.Validations[0].Choices); d != "" {
			t.Error(d)
		}
	}
}
