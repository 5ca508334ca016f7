package ooxml_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/ooxmltest"
)

// extractBook is a workbook with everything that rows carry along.
func extractBook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const s = "Sheet1"
	for i, row := range [][]any{{"题"}, {"序号", "任务", "单位", "数"}, {1, "甲任务", "甲局", 10}, {2, "乙任务", nil, 20},
		{3, "丙任务", "丙局", 30}, {4, "丁任务", "丁局", 40}, {"合计"}} {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		do(err)
		do(f.SetSheetRow(s, at, &row))
	}
	do(f.MergeCell(s, "A1", "D1"))
	do(f.MergeCell(s, "C3", "C4"))
	do(f.SetCellFormula(s, "D7", "SUM(D3:D6)"))
	do(f.SetCellFormula(s, "E4", "D4*2"))
	do(f.SetCellFormula(s, "E6", "D6+D5"))
	do(f.SetCellFormula(s, "E5", "D3+1"))
	red, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	do(err)
	do(f.SetConditionalFormat(s, "D3:D6", []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: "$D3>15",
		Format: &red}}))
	dv := excelize.NewDataValidation(true)
	dv.Sqref = "C3:C6"
	do(dv.SetDropList([]string{"甲局", "丙局"}))
	do(f.AddDataValidation(s, dv))
	only := excelize.NewDataValidation(true)
	only.Sqref = "D3"
	do(only.SetDropList([]string{"x"}))
	do(f.AddDataValidation(s, only))
	do(f.AddComment(s, excelize.Comment{Cell: "B3", Author: "某", Paragraph: []excelize.RichTextRun{{Text: "只给甲看"}}}))
	do(f.AddComment(s, excelize.Comment{Cell: "B5", Author: "某", Paragraph: []excelize.RichTextRun{{Text: "只给丙看"}}}))
	do(f.SetCellHyperLink(s, "B3", "https://example.org/jia", "External"))
	do(f.SetCellHyperLink(s, "B5", "https://example.org/bing", "External"))
	do(f.AutoFilter(s, "A2:D6", nil))
	do(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Sheet1!$A$1:$D$7", Scope: s}))
	do(f.SetDefinedName(&excelize.DefinedName{Name: "only", RefersTo: "Sheet1!$D$3"}))
	_, err = f.NewSheet("通报")
	do(err)
	do(f.SetCellStr("通报", "A1", "乙任务拖延"))
	do(f.SetCellFormula(s, "F5", "通报!A1"))
	do(f.SetDefinedName(&excelize.DefinedName{Name: "talk", RefersTo: "通报!$A$1", Scope: "通报"}))
	var buf bytes.Buffer
	do(f.Write(&buf))
	return buf.Bytes()
}

func extract(t *testing.T, data []byte, e ooxml.Extraction) (*excelize.File, map[string]string) {
	t.Helper()
	w, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.Extract(e)
	if err != nil {
		t.Fatal(err)
	}
	parts := ooxmltest.Parts(t, out)
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, parts
}

// Rows 3 and 4 go (the merged cell's first row, and its second), as does the
// other sheet.
func TestExtractMovesWhatBelongsToTheRowsThatStay(t *testing.T) {
	f, parts := extract(t, extractBook(t), ooxml.Extraction{
		Drop: []string{"通报"}, Remove: map[string][]int{"Sheet1": {3, 4}},
		Open: map[string][]a1.Range{"sheet1": {{First: a1.At(5, 4), Last: a1.At(5, 4)}}}, Protect: []string{"Sheet1"},
		Properties: map[string]string{"mine": "1"},
	})
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"题"}, {"序号", "任务", "单位", "数"}, {"3", "丙任务", "丙局", "30"}, {"4", "丁任务", "丁局", "40"},
		{"合计", "", "", "70"}}
	for i := range rows {
		rows[i] = rows[i][:min(4, len(rows[i]))]
		for len(rows[i]) > 0 && rows[i][len(rows[i])-1] == "" {
			rows[i] = rows[i][:len(rows[i])-1]
		}
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("rows (-want +got)\n%s", d)
	}
	for cell, want := range map[string]string{"D5": "SUM(D3:D4)", "E4": "D4+D3", "E3": "", "F3": ""} {
		if got, err := f.GetCellFormula("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", cell, got, want, err)
		}
	}
	formats, err := f.GetConditionalFormats("Sheet1")
	if err != nil || len(formats["D3:D4"]) != 1 || formats["D3:D4"][0].Criteria != "$D3>15" {
		t.Errorf("conditional formats %+v, %v", formats, err)
	}
	lists, err := f.GetDataValidations("Sheet1")
	if err != nil || len(lists) != 1 || lists[0].Sqref != "C3:C4" {
		t.Errorf("lists %+v, %v", lists, err)
	}
	comments, err := f.GetComments("Sheet1")
	if err != nil || len(comments) != 1 || comments[0].Cell != "B3" ||
		!strings.Contains(comments[0].Paragraph[0].Text+comments[0].Text, "丙") {
		t.Errorf("comments %+v, %v", comments, err)
	}
	if ok, target, err := f.GetCellHyperLink("Sheet1", "B3"); !ok || target != "https://example.org/bing" ||
		err != nil {
		t.Errorf("link %v %q %v", ok, target, err)
	}
	var names []string
	for _, n := range f.GetDefinedName() {
		names = append(names, n.Name+"="+n.RefersTo)
	}
	if d := cmp.Diff([]string{"_xlnm._FilterDatabase='Sheet1'!$A$2:$D$4", "_xlnm.Print_Area=Sheet1!$A$1:$D$5"},
		names); d != "" {
		t.Errorf("names (-want +got)\n%s", d)
	}
	merges, err := f.GetMergeCells("Sheet1")
	if err != nil || len(merges) != 1 || merges[0][0] != "A1:D1" {
		t.Errorf("merges %v, %v", merges, err)
	}
	style, err := f.GetCellStyle("Sheet1", "D3")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.Protection == nil || s.Protection.Locked {
		t.Errorf("D3 is not open: %+v, %v", s, err)
	}
	if p, err := f.GetSheetProtection("Sheet1"); err != nil || p.Password != "" ||
		!strings.Contains(parts["xl/worksheets/sheet1.xml"], `<sheetProtection sheet="1"`) {
		t.Errorf("protection %+v, %v", p, err)
	}
	if list := f.GetSheetList(); len(list) != 1 {
		t.Errorf("sheets %v", list)
	}
	for name, data := range parts {
		for _, secret := range []string{"甲任务", "乙任务", "只给甲看", "example.org/jia", "通报"} {
			if strings.Contains(data, secret) && name != "docProps/app.xml" {
				t.Errorf("%s still says %s", name, secret)
			}
		}
	}
}

// Only the first row of the merged cell goes: what it held moves to its second.
func TestExtractKeepsWhatAMergedCellHeld(t *testing.T) {
	f, _ := extract(t, extractBook(t), ooxml.Extraction{Remove: map[string][]int{"Sheet1": {3}},
		Shade: map[string][]a1.Range{"Sheet1": {{First: a1.At(4, 1), Last: a1.At(4, 9)}}}})
	for cell, want := range map[string]string{"A3": "2", "B3": "乙任务", "C3": "甲局", "B4": "丙任务", "C4": "丙局"} {
		if got, err := f.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", cell, got, want, err)
		}
	}
	if got, err := f.GetCellFormula("Sheet1", "E3"); err != nil || got != "D3*2" {
		t.Errorf("E3: %q, %v", got, err)
	}
	merges, err := f.GetMergeCells("Sheet1")
	if err != nil || len(merges) != 1 {
		t.Errorf("merges %v, %v", merges, err)
	}
	for _, cell := range []string{"A3", "I3"} { // a cell that was not there is made
		style, err := f.GetCellStyle("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := f.GetStyle(style); err != nil || len(s.Fill.Color) == 0 || s.Fill.Color[0] != "EDEDED" ||
			s.Protection == nil || !s.Protection.Locked {
			t.Errorf("%s is not shaded: %+v, %v", cell, s, err)
		}
	}
}

// Row 3 stays as it looks: neither what it held nor its comment and link are in
// the copy, but what it shares with row 4 is, and row 5 moves nowhere.
func TestExtractEmptiesARow(t *testing.T) {
	f, parts := extract(t, extractBook(t), ooxml.Extraction{Drop: []string{"通报"},
		Empty: map[string][]int{"Sheet1": {3}}, Open: map[string][]a1.Range{"Sheet1": {{First: a1.At(3, 1),
			Last: a1.At(3, 2)}}}, Protect: []string{"Sheet1"}})
	for cell, want := range map[string]string{"A3": "", "B3": "", "C3": "甲局", "D3": "", "B4": "乙任务", "B5": "丙任务"} {
		if got, err := f.GetCellValue("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", cell, got, want, err)
		}
	}
	style, err := f.GetCellStyle("Sheet1", "B3")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.Protection == nil || s.Protection.Locked {
		t.Errorf("B3 is not open: %+v, %v", s, err)
	}
	for name, data := range parts {
		for _, secret := range []string{"甲任务", "只给甲看", "example.org/jia"} {
			if strings.Contains(data, secret) {
				t.Errorf("%s still says %s", name, secret)
			}
		}
	}
	if !strings.Contains(parts["xl/comments1.xml"], "只给丙看") {
		t.Error("the comment of another row is gone")
	}
}

// Both rows of the merged cell go, one of them by being emptied: what it held
// belongs to nobody any more.
func TestExtractEmptiesAMergedCell(t *testing.T) {
	f, parts := extract(t, extractBook(t), ooxml.Extraction{Remove: map[string][]int{"Sheet1": {3}},
		Empty: map[string][]int{"Sheet1": {4}}})
	if got, err := f.GetCellValue("Sheet1", "C3"); err != nil || got != "" {
		t.Errorf("C3: %q, %v", got, err)
	}
	for _, secret := range []string{"甲任务", "甲局", "乙任务"} {
		if strings.Contains(parts["xl/sharedStrings.xml"], ">"+secret+"<") {
			t.Errorf("still says %s", secret)
		}
	}
}
