package ooxml_test

import (
	"strings"
	"taizhang/sheet/ooxml"
	"testing"
)

const threeRows = `<worksheet ` + nsMain + `><sheetData>` +
	`<row r="1"><c r="A1" t="inlineStr"><is><t>任务</t></is></c></row>` +
	`<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row>` +
	`<row r="3"><c r="A3" t="inlineStr"><is><t>乙</t></is></c></row>` +
	`</sheetData></worksheet>`

// exceljs writes $A1:$A3 where others write $A$1:$A$3.
func TestAPrintAreaWithoutDollarSignsFollowsItsRows(t *testing.T) {
	book := testBook{sheets: []string{"S"}}.with("xl/worksheets/sheet1.xml", threeRows).
		named(`<definedName name="_xlnm.Print_Area" localSheetId="0">S!$A1:$A3</definedName>`)
	w := book.read(t)
	if _, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 1}, FirstData: 2, LastData: 3},
		map[int]ooxml.Value{1: ooxml.TextValue("丙")}); err != nil {
		t.Fatal(err)
	}
	if got := partOf(t, w, "xl/workbook.xml"); !strings.Contains(got, "S!$A1:$A4<") {
		t.Errorf("after a new row: %s", got)
	}
	cut, err := book.read(t).Extract(ooxml.Extraction{Remove: map[string][]int{"S": {2}}})
	if err != nil {
		t.Fatal(err)
	}
	if w, err = ooxml.Read("copy.xlsx", cut, ooxml.Options{}); err != nil {
		t.Fatal(err)
	}
	if got := partOf(t, w, "xl/workbook.xml"); !strings.Contains(got, "S!$A1:$A2<") {
		t.Errorf("in a copy: %s", got)
	}
}

// Two sheets of one part: the one that a copy keeps needs the relationship that
// the other one names too.
func TestACopyKeepsThePartThatADroppedSheetSharesWithItsSheet(t *testing.T) {
	book := testBook{sheets: []string{"S"}}.with("xl/worksheets/sheet1.xml", threeRows).with("xl/workbook.xml",
		`<workbook `+nsMain+
			`><sheets><sheet name="S" sheetId="1" r:id="rId1"/><sheet name="T" sheetId="2" r:id="rId1"/></sheets></workbook>`)
	cut, err := book.read(t).Extract(ooxml.Extraction{Remove: map[string][]int{"S": {2}}})
	if err != nil {
		t.Fatal(err)
	}
	w, err := ooxml.Read("copy.xlsx", cut, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Sheet("S")
	if err != nil || len(s.Cells) != 2 {
		t.Errorf("%v, %v", s, err)
	}
}
