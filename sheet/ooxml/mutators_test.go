package ooxml_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/opc"
)

// What is refused halfway changes nothing.
func TestWhatIsRefusedChangesNothing(t *testing.T) {
	broken := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"` // cut short
	day := ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))
	rows := `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row><row r="2"><c r="B2"><f>A1</f></c></row></sheetData>`
	for name, edit := range map[string]func(w *ooxml.Workbook) error{
		"property": func(w *ooxml.Workbook) error { return w.SetProperty("p", "1") },
		"sheet": func(w *ooxml.Workbook) error {
			return w.AddSheet(ooxml.NewSheet{Name: "新",
				Header: []string{"甲"}})
		},
		"date without styles": func(w *ooxml.Workbook) error { return w.Set("S", a1.At(1, 1), day) },
		"a date, then a formula": func(w *ooxml.Workbook) error {
			_, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 2}, FirstData: 1, LastData: 1, Blank: 2},
				map[int]ooxml.Value{1: day, 2: ooxml.TextValue("x")})
			return err
		},
	} {
		w := oneSheet(rows).with("[Content_Types].xml", broken).read(t)
		before := w.Sum()
		if err := edit(w); err == nil {
			t.Errorf("%s: not refused", name)
		}
		if w.Dirty() {
			t.Errorf("%s: refused, but waits to be written", name)
		}
		if data, err := w.Bytes(); err != nil || w.Sum() != before || len(data) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSheetsAreAddedToAPackageWithoutFolders(t *testing.T) {
	b := testBook{parts: map[string]string{
		"_rels/.rels": `<Relationships ` + partRels + `><Relationship Id="rId1" Type="` + nsRel +
			`/officeDocument" Target="workbook.xml"/></Relationships>`,
		"xl/workbook.xml": "-", "xl/_rels/workbook.xml.rels": "-",
		"workbook.xml": `<workbook ` + nsMain +
			`><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"_rels/workbook.xml.rels": `<Relationships ` + partRels + `><Relationship Id="rId1" Type="` + nsRel +
			`/worksheet" Target="sheet1.xml"/></Relationships>`,
		"sheet1.xml": `<worksheet ` + nsMain + `><sheetData/></worksheet>`,
	}}
	w := b.read(t)
	if err := w.AddSheet(ooxml.NewSheet{Name: "新", Rows: [][]ooxml.Value{{ooxml.TextValue("甲")}}}); err != nil {
		t.Fatal(err)
	}
	again := written(t, w)
	sheet, err := again.Sheet("新")
	if err != nil || show(sheet.Cells) != "A1 t 甲" {
		t.Errorf("%v, %v", sheet, err)
	}
	for name := range partsOf(t, again) {
		if strings.Contains(name, "./") {
			t.Errorf("a part named %q", name)
		}
	}
}

// A sheet whose relationship is missing is damage, and stays so.
func TestALostSheetIsNotGivenAnothersContent(t *testing.T) {
	for name, b := range map[string]testBook{
		"relationship missing": oneSheet("<sheetData/>").with("xl/_rels/workbook.xml.rels", `<Relationships `+partRels+
			`/>`),
		"no id": oneSheet("<sheetData/>").with("xl/workbook.xml", `<workbook `+nsMain+
			`><sheets><sheet name="S" sheetId="1"/></sheets></workbook>`),
		"no relationships": oneSheet("<sheetData/>").with("xl/_rels/workbook.xml.rels", "-"),
	} {
		w := b.read(t)
		if _, err := w.Sheet("S"); !errors.Is(err, ooxml.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if err := w.AddSheet(ooxml.NewSheet{Name: "新", Rows: [][]ooxml.Value{{ooxml.TextValue("甲")}}}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		again := written(t, w)
		if sheet, err := again.Sheet("S"); err == nil {
			t.Errorf("%s: the lost sheet now holds %v", name, show(sheet.Cells))
		}
		if sheet, err := again.Sheet("新"); err != nil || show(sheet.Cells) != "A1 t 甲" {
			t.Errorf("%s: the new sheet: %v", name, err)
		}
	}
}

// Content types of parts that were lost are given to those that take their names.
func TestAContentTypeIsDeclaredOnce(t *testing.T) {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/docProps/Custom.xml" ContentType="x"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="y"/></Types>`
	w := oneSheet("<sheetData/>").with("[Content_Types].xml", types).read(t)
	if err := errors.Join(w.SetProperty("p", "1"), w.AddSheet(ooxml.NewSheet{Name: "新"})); err != nil {
		t.Fatal(err)
	}
	data := partOf(t, w, opc.TypesPart)
	for _, part := range []string{"/docprops/custom.xml", "/xl/worksheets/sheet2.xml"} {
		if n := strings.Count(strings.ToLower(data), part); n != 1 {
			t.Errorf("%s is declared %d times", part, n)
		}
	}
	if strings.Contains(data, `"x"`) || strings.Contains(data, `"y"`) {
		t.Errorf("%s", data)
	}
}

// A row added to a table, in everything but its cells.
func TestARowIsAddedWithNothingElseMoved(t *testing.T) {
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>3</v></c></row></sheetData>`+
			`<mergeCells count="2"><mergeCell ref="B2:B2"/><mergeCell ref="C2:D2"/></mergeCells><rowBreaks count="1"><brk id="3"/></rowBreaks><colBreaks count="2"><brk id="2"/><brk id="5"/></colBreaks>`).
		with("xl/workbook.xml", `<workbook `+nsMain+
			`><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="left">S!A5</definedName><definedName name="here">S!$A$5</definedName></definedNames></workbook>`).read(t)
	if _, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 4}, FirstData: 1, LastData: 2, Footer: 3},
		map[int]ooxml.Value{1: ooxml.NumberValue("9")}); err != nil {
		t.Fatal(err)
	}
	sheet, book := partOf(t, w, "xl/worksheets/sheet1.xml"), partOf(t, w, "xl/workbook.xml")
	for _, want := range []string{`<brk id="4"/></rowBreaks>`, `<brk id="2"/><brk id="5"/></colBreaks>`,
		`<mergeCell ref="C3:D3"/>`} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in %s", want, sheet)
		}
	}
	if strings.Contains(sheet, "B3:B3") {
		t.Errorf("a merge of one cell was repeated: %s", sheet)
	}
	for _, want := range []string{">S!A5<", ">S!$A$6<"} {
		if !strings.Contains(book, want) {
			t.Errorf("no %s in %s", want, book)
		}
	}
}

// Only a formula that the rows above share goes on in a new row.
func TestAFormulaOfOneRowIsNotTheColumns(t *testing.T) {
	row := func(n, cells string) string {
		return `<row r="` + n + `"><c r="A` + n + `"><v>1</v></c>` + cells + `</row>`
	}
	picture := `<f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v>`
	for name, c := range map[string]struct {
		cells   string
		typed   bool // a value for the column
		formula string
		refused bool
	}{
		"of all rows": {row("1", `<c r="B1"><f>A1*2</f></c>`) + row("2", `<c r="B2"><f>A2*2</f></c>`),
			false, "A3*2", false},
		"of all rows, and a value": {row("1", `<c r="B1"><f>A1*2</f></c>`) + row("2", `<c r="B2"><f>A2*2</f></c>`),
			true, "", true},
		"of the last row": {row("1", `<c r="B1"><v>7</v></c>`) + row("2", `<c r="B2"><f>A2*2</f></c>`), false,
			"", false},
		"of the last row, typed": {row("1", `<c r="B1"><v>7</v></c>`) + row("2", `<c r="B2"><f>A2*2</f></c>`), true, "",
			false},
		"another above": {row("1", `<c r="B1"><f>A1*3</f></c>`) + row("2", `<c r="B2"><f>A2*2</f></c>`), true,
			"", false},
		"of the only row":        {row("2", `<c r="B2"><f>A2*2</f></c>`), false, "A3*2", false},
		"of the only row, typed": {row("2", `<c r="B2"><f>A2*2</f></c>`), true, "", false},
		"pictures": {row("1", `<c r="B1" t="str">`+picture+`</c>`) + row("2", `<c r="B2" t="str">`+
			picture+`</c>`), true, "", false},
	} {
		w := oneSheet(`<sheetData>` + c.cells + `</sheetData>`).read(t)
		first := 1
		if !strings.Contains(c.cells, `r="1"`) {
			first = 2
		}
		values := map[int]ooxml.Value{1: ooxml.NumberValue("5")}
		if c.typed {
			values[2] = ooxml.TextValue("6月底")
		}
		_, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 2}, FirstData: first, LastData: 2}, values)
		if errors.Is(err, ooxml.ErrFormula) != c.refused || err != nil && !c.refused {
			t.Errorf("%s: %v", name, err)
			continue
		}
		data, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		d, err := readBook(t, data).Draft("S")
		if err != nil {
			t.Fatal(err)
		}
		list, err := d.FormulaCells()
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range list {
			if f.Home == a1.At(3, 2) {
				got = f.Text
			}
		}
		if got != c.formula && !c.refused {
			t.Errorf("%s: the new row has %q, want %q", name, got, c.formula)
		}
	}
}

// Protection that is written through is said once.
func TestProtectionIsWrittenThroughAndSaid(t *testing.T) {
	styles := `<styleSheet ` + nsMain +
		`><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs></styleSheet>`
	for name, c := range map[string]struct {
		protection string
		at         a1.Ref
		notes      int
	}{
		"locked":        {`<sheetProtection sheet="1"/>`, a1.At(1, 1), 1},
		"open":          {`<sheetProtection sheet="1"/>`, a1.At(1, 2), 0},
		"switched off":  {`<sheetProtection sheet="0"/>`, a1.At(1, 1), 0},
		"not protected": {``, a1.At(1, 1), 0},
		"not there yet": {`<sheetProtection sheet="1"/>`, a1.At(9, 9), 1},
	} {
		w := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>1</v></c></row></sheetData>`+
			c.protection).with("xl/styles.xml", styles).read(t)
		for range 2 {
			if err := w.Set("S", c.at, ooxml.TextValue("x")); err != nil {
				t.Fatal(err)
			}
		}
		if len(w.Notes()) != c.notes {
			t.Errorf("%s: %v", name, w.Notes())
		}
	}
	w := testBook{sheets: []string{"S"}, prefix: `<workbookProtection lockStructure="1"/>`}.read(t)
	if err := w.AddSheet(ooxml.NewSheet{Name: "新"}); err != nil || len(w.Notes()) != 1 {
		t.Errorf("%v, %v", err, w.Notes())
	}
}

// A choice between what one program knows and what all do is one format.
func TestFormatsAmongAlternatives(t *testing.T) {
	choice := func(wide, plain string) string {
		return `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="hs">` + wide + `</mc:Choice><mc:Fallback>` + plain + `</mc:Fallback></mc:AlternateContent>`
	}
	styles := `<styleSheet ` + nsMain + `><cellXfs count="3"><xf numFmtId="0"/>` +
		choice(`<xf numFmtId="9"/>`, `<xf numFmtId="14"/>`) + `<xf numFmtId="0"/></cellXfs></styleSheet>`
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1" s="1"><v>44742</v></c><c r="B1" s="2"><v>0.5</v></c><c r="C1" s="2"/></row></sheetData>`).with("xl/styles.xml", styles).read(t)
	sheet, err := w.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2022-06-30", "0.5"} {
		if got := w.Text(sheet.Cells[i]); got != want {
			t.Errorf("shows %q, want %q", got, want)
		}
	}
	if err := w.Set("S", a1.At(1, 3), ooxml.DateValue(time.Date(2022, 7, 1, 0, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	again := written(t, w)
	if sheet, err = again.Sheet("S"); err != nil {
		t.Fatal(err)
	}
	if c, _ := sheet.Cell(a1.At(1, 3)); again.Text(c) != "2022-07-01" {
		t.Errorf("the new date shows %q (format %d)", again.Text(c), c.Style)
	}
}
