package ooxml_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/opc"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// TestWhatFillsTheMemoryIsRefused: more of anything that costs memory than a
// workbook may have is refused with a sentence, and as much as it may have is not.
func TestWhatFillsTheMemoryIsRefused(t *testing.T) {
	cells := func(n int, cell string) testBook {
		return oneSheet("<sheetData><row>" + strings.Repeat(cell, n) + "</row></sheetData>")
	}
	shared := func(n int, text string) testBook {
		b := cells(n, `<c t="s"><v>0</v></c>`)
		return b.with("xl/sharedStrings.xml", "<sst><si><t>"+text+"</t></si></sst>")
	}
	two := testBook{sheets: []string{"S", "T"}, parts: map[string]string{}}
	for i := range two.sheets {
		two.parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<worksheet ` + nsMain + `><sheetData><row>` +
			strings.Repeat("<c/>", 6) + `</row></sheetData></worksheet>`
	}
	small := ooxml.Limits{Cells: 10, Filled: 5, Text: 20}
	for _, c := range []struct {
		name string
		book testBook
		key  string // of the sentence; "" if it is to be read
	}{
		{"cells, as many as may be", cells(10, "<c/>"), ""},
		{"cells", cells(11, "<c/>"), "ooxml.too_many_cells"},
		{"cells of two sheets", two, "ooxml.too_many_cells"},
		{"filled cells, as many as may be", cells(5, "<c><v>1</v></c>"), ""},
		{"filled cells", cells(6, "<c><v>1</v></c>"), "ooxml.too_many_filled"},
		{"text, as much as may be", cells(2, `<c t="str"><v>0123456789</v></c>`), ""},
		{"text", cells(3, `<c t="str"><v>0123456789</v></c>`), "ooxml.too_much_text"},
		{"one text in many cells", shared(3, "0123456789"), "ooxml.too_much_text"},
		{"text that no cell shows", shared(0, strings.Repeat("x", 21)).with("xl/worksheets/sheet1.xml",
			"<worksheet><sheetData/></worksheet>"), "ooxml.too_much_shared_text"},
		{"merged ranges", oneSheet("<sheetData/><mergeCells>" + strings.Repeat(`<mergeCell ref="A1:B2"/>`,
			sheetxml.MaxRanges+1) + "</mergeCells>"), "ooxml.too_many_ranges"},
		{"drop-down lists", oneSheet("<sheetData/><dataValidations>" +
			strings.Repeat(`<dataValidation type="list" sqref="A1"/>`, sheetxml.MaxLists+1) + "</dataValidations>"),
			"ooxml.too_many_ranges"},
		{"ranges of one drop-down list", oneSheet(`<sheetData/><dataValidations><dataValidation type="list" sqref="` +
			strings.Repeat("A1 ", sheetxml.MaxRanges+1) + `"/></dataValidations>`), "ooxml.too_many_ranges"},
		{"names", testBook{sheets: []string{"S"}, names: strings.Repeat(`<definedName name="a">1</definedName>`,
			bookxml.MaxNames+1)}, "ooxml.too_many_names"},
		{"sheets", testBook{sheets: make([]string, bookxml.MaxSheets+1)}, "ooxml.too_many_sheets"},
		{"styles", oneSheet("<sheetData/>").with("xl/styles.xml", "<styleSheet><cellXfs>"+
			strings.Repeat(`<xf numFmtId="14"/>    `, opc.MaxIndex/23+1)+"</cellXfs></styleSheet>"),
			"ooxml.too_large_part"},
		{"row elements", oneSheet("<sheetData>" + strings.Repeat(`<row r="1"/>`, a1.MaxRow+1) + "</sheetData>"),
			"ooxml.sheet_damaged"},
		{"hidden columns over each other", oneSheet("<cols>" + strings.Repeat(`<col min="1" max="16384" hidden="1"/>`,
			1000) + "</cols><sheetData/>"), "ooxml.sheet_damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := ooxml.Read("台账.xlsx", c.book.bytes(t), ooxml.Options{Limits: small})
			for i := 0; err == nil && i < len(w.Sheets()); i++ {
				_, err = w.Sheet(w.Sheets()[i].Name)
			}
			var said *msg.Error
			switch {
			case c.key == "" && err == nil:
			case !errors.As(err, &said) || said.Text.Key != c.key:
				t.Fatalf("got %v, want %q", err, c.key)
			case !strings.Contains(said.Text.In(msg.ZH), "台账.xlsx") ||
				strings.Contains(said.Text.In(msg.ZH), "no value") || said.Hint.IsZero():
				t.Errorf("%s (%s)", said.Text.In(msg.ZH), said.Hint.In(msg.ZH))
			case strings.HasPrefix(c.key, "ooxml.too") != errors.Is(err, ooxml.ErrTooLarge):
				t.Errorf("class of %v", err)
			}
		})
	}
}

// TestALongSheetIsRead: as many rows as Excel has are no bomb.
func TestALongSheetIsRead(t *testing.T) {
	w := oneSheet("<sheetData>" + strings.Repeat("<row><c><v>1</v></c><c/></row>", a1.MaxRow) + "</sheetData>").read(t)
	s, err := w.Sheet("S")
	if err != nil || len(s.Cells) != 2*a1.MaxRow {
		t.Fatalf("%v", err)
	}
}

// TestSheetsOfOnePartAreReadOnce: what a thousand sheets name one part for is
// read once.
func TestSheetsOfOnePartAreReadOnce(t *testing.T) {
	b := testBook{sheets: []string{"S", "T"}}.with("xl/worksheets/sheet1.xml",
		"<worksheet><sheetData><row><c/></row></sheetData></worksheet>").with("xl/_rels/workbook.xml.rels",
		`<Relationships `+partRels+`>`+
			`<Relationship Id="rId1" Type="`+nsRel+
			`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="`+nsRel+
			`/worksheet" Target="worksheets/Sheet1.xml"/></Relationships>`)
	w := b.read(t)
	for i, cells := range []int{1, 0} {
		if s, err := w.Sheet(w.Sheets()[i].Name); err != nil || len(s.Cells) != cells {
			t.Errorf("sheet %d: %v", i, err)
		}
	}
}

// TestListsOfTheWholeSheetEnd: many different lists, each from a large range,
// are not looked up without end; the first ones are.
func TestListsOfTheWholeSheetEnd(t *testing.T) {
	const rows = 20_000
	var lists strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&lists, `<dataValidation type="list" sqref="B1"><formula1>$A$1:$A$%d</formula1></dataValidation>`,
			rows-i%rows)
	}
	w := oneSheet("<sheetData>" + strings.Repeat("<row><c/><c><v>1</v></c></row>", rows) +
		"</sheetData><dataValidations>" +
		`<dataValidation type="list" sqref="C1"><formula1>$B$1:$B$3</formula1></dataValidation>` + lists.String() +
		"</dataValidations>").read(t)
	s, err := w.Sheet("S")
	if err != nil || len(s.Validations[0].Choices) != 3 {
		t.Fatal(err, len(s.Validations))
	}
	if w.LooksThrough(a1.Range{First: a1.At(1, 1), Last: a1.At(rows, 2)}, 10) {
		t.Error("cells looked at are not counted")
	}
}
