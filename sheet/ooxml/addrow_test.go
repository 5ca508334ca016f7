package ooxml_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// ledgerBook is a ledger as offices keep it, made by excelize: a merged title,
// headings, three tasks, a total and a remark below, a count on another sheet,
// validations, conditional formats, a filter, a print area, a picture-less
// comment on the total.
func ledgerBook(t *testing.T, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const s = "Sheet1"
	must(f.SetSheetName("Sheet1", s))
	set := func(cell string, v any) { must(f.SetCellValue(s, cell, v)) }
	set("A1", "工作台账")
	must(f.MergeCell(s, "A1", "F1"))
	for i, h := range []string{"序号", "牵头单位", "任务", "时限", "状态", "天数"} {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		set(cell, h)
	}
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14, Border: []excelize.Border{{Type: "bottom", Color: "000000",
		Style: 1}}})
	must(err)
	for r := 3; r <= 5; r++ {
		set("A"+itoa(r), r-2)
		set("B"+itoa(r), "党政办")
		set("C"+itoa(r), "任务"+itoa(r))
		set("D"+itoa(r), 44742+r)
		set("E"+itoa(r), "已完成")
		must(f.SetCellFormula(s, "F"+itoa(r), "D"+itoa(r)+"-$B$8"))
	}
	must(f.SetCellStyle(s, "D3", "D5", date))
	must(f.SetRowHeight(s, 5, 33))
	set("A6", "合计")
	must(f.MergeCell(s, "A6", "D6"))
	must(f.SetCellFormula(s, "E6", `COUNTIF(E3:E5,"已完成")`))
	must(f.SetCellFormula(s, "F6", `SUM(F$3:F5)+F5`))
	set("A7", "注：以上由党政办汇总")
	set("A8", "基准日")
	set("B8", 44740)
	must(f.MergeCell(s, "A7", "F7"))
	dv := excelize.NewDataValidation(true)
	dv.SetSqref("E3:E5")
	must(dv.SetDropList([]string{"已完成", "进行中"}))
	must(f.AddDataValidation(s, dv))
	format, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	must(err)
	must(f.SetConditionalFormat(s, "A3:F5", []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: `$E3="进行中"`,
		Format: &format}}))
	must(f.AutoFilter(s, "A2:F5", nil))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: s + "!$A$1:$F$7", Scope: s}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "全部状态", RefersTo: s + "!$E$3:$E$5"}))
	must(f.AddComment(s, excelize.Comment{Cell: "E6", Author: "x", Text: "核对"}))
	must(f.AddComment(s, excelize.Comment{Cell: "C3", Author: "x", Text: "上"}))
	_, err = f.NewSheet("汇总")
	must(err)
	must(f.SetCellFormula("汇总", "A1", `COUNTA(Sheet1!C3:C5)`))
	must(f.SetCellFormula("汇总", "A2", `Sheet1!F6+Sheet1!$B$8`))
	must(f.SetCellFormula("汇总", "A3", `COUNTA(全部状态)`))
	if change != nil {
		change(f)
	}
	var buf bytes.Buffer
	must(f.Write(&buf))
	return buf.Bytes()
}

func itoa(n int) string {
	return strings.TrimLeft(string([]byte{byte('0' + n/10), byte('0' + n%10)}), "0")
}

var ledgerLayout = ooxml.Layout{Sheet: "Sheet1", Columns: [2]int{1, 6}, FirstData: 3, LastData: 5, Footer: 6}

func TestAddRowAboveFooter(t *testing.T) {
	book := ledgerBook(t, nil)
	w, err := ooxml.Read("a.xlsx", book, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	row, err := w.AddRow(ledgerLayout, map[int]ooxml.Value{1: ooxml.NumberValue("4"), 3: ooxml.TextValue("新任务"),
		4: ooxml.DateValue(time.Date(2022, 7, 1, 0, 0, 0, 0, time.UTC)), 5: ooxml.TextValue("进行中")})
	if err != nil || row != 6 {
		t.Fatal(row, err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	formulas := map[string]string{}
	for _, at := range []string{"Sheet1!F3", "Sheet1!F5", "Sheet1!F6", "Sheet1!E7", "Sheet1!F7", "汇总!A1", "汇总!A2"} {
		sheet, cell, _ := strings.Cut(at, "!")
		if formulas[at], err = f.GetCellFormula(sheet, cell); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(map[string]string{
		"Sheet1!F3": "D3-$B$9",
		"Sheet1!F5": "D5-$B$9",
		"Sheet1!F6": "D6-$B$9",
		"Sheet1!E7": `COUNTIF(E3:E6,"已完成")`,
		"Sheet1!F7": "SUM(F$3:F6)+F5",
		"汇总!A1":     "COUNTA(Sheet1!C3:C6)",
		"汇总!A2":     "Sheet1!F7+Sheet1!$B$9",
	}, formulas); diff != "" {
		t.Errorf("formulas (-want +got):\n%s", diff)
	}
	values := map[string]string{}
	for _, cell := range []string{"A5", "A6", "B6", "C6", "E6", "A7", "A8", "A9", "B9"} {
		values[cell], _ = f.GetCellValue("Sheet1", cell, excelize.Options{RawCellValue: true})
	}
	if diff := cmp.Diff(map[string]string{"A5": "3", "A6": "4", "B6": "", "C6": "新任务", "E6": "进行中", "A7": "合计",
		"A8": "注：以上由党政办汇总", "A9": "基准日", "B9": "44740"}, values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	var merges []string
	list, _ := f.GetMergeCells("Sheet1")
	for _, m := range list {
		merges = append(merges, m[0])
	}
	if diff := cmp.Diff([]string{"A1:F1", "A7:D7", "A8:F8"}, merges); diff != "" {
		t.Errorf("merges (-want +got):\n%s", diff)
	}
	if dv, _ := f.GetDataValidations("Sheet1"); len(dv) != 1 || dv[0].Sqref != "E3:E6" {
		t.Errorf("validations: %+v", dv)
	}
	if cf, _ := f.GetConditionalFormats("Sheet1"); len(cf["A3:F6"]) != 1 {
		t.Errorf("conditional formats: %+v", cf)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if diff := cmp.Diff(map[string]string{"_xlnm.Print_Area": "Sheet1!$A$1:$F$8", "全部状态": "Sheet1!$E$3:$E$6",
		"_xlnm._FilterDatabase": "'Sheet1'!$A$2:$F$6"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	comments, _ := f.GetComments("Sheet1")
	var at []string
	for _, c := range comments {
		at = append(at, c.Cell)
	}
	if diff := cmp.Diff([]string{"C3", "E7"}, sorted(at)); diff != "" {
		t.Errorf("comments (-want +got):\n%s", diff)
	}
	if h, _ := f.GetRowHeight("Sheet1", 6); h != 33 {
		t.Errorf("height %v", h)
	}
	a, _ := f.GetCellStyle("Sheet1", "D5")
	if b, _ := f.GetCellStyle("Sheet1", "D6"); a != b {
		t.Errorf("style of D6 is %d, want %d", b, a)
	}
	again, err := ooxml.Read("a.xlsx", data, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := again.Sheet("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := sheet.Cell(a1.At(6, 4)); again.Text(c) != "2022-07-01" {
		t.Errorf("date reads %q", again.Text(c))
	}
}

func sorted(list []string) []string {
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

func TestAddRowWithoutFooterExtendsRanges(t *testing.T) {
	book := ledgerBook(t, func(f *excelize.File) {
		for r := 8; r >= 6; r-- {
			f.RemoveRow("Sheet1", r)
		}
	})
	w, err := ooxml.Read("a.xlsx", book, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	layout := ledgerLayout
	layout.Footer = 0
	for i := range 3 {
		layout.LastData = 5 + i
		if row, err := w.AddRow(layout, map[int]ooxml.Value{3: ooxml.TextValue("新")}); err != nil || row != 6+i {
			t.Fatal(row, err)
		}
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if dv, _ := f.GetDataValidations("Sheet1"); len(dv) != 1 || dv[0].Sqref != "E3:E8" {
		t.Errorf("validations: %+v", dv)
	}
	if got, _ := f.GetCellFormula("汇总", "A1"); got != "COUNTA(Sheet1!C3:C8)" {
		t.Errorf("count is %s", got)
	}
	if got, _ := f.GetCellValue("Sheet1", "C8"); got != "新" {
		t.Errorf("C8 = %q", got)
	}
}

func TestAddRowUsesPreparedRow(t *testing.T) {
	book := ledgerBook(t, func(f *excelize.File) {
		f.RemoveRow("Sheet1", 6)
		f.InsertRows("Sheet1", 6, 1)
	})
	w, err := ooxml.Read("a.xlsx", book, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	layout := ledgerLayout
	layout.Blank, layout.Footer = 6, 7
	row, err := w.AddRow(layout, map[int]ooxml.Value{3: ooxml.TextValue("新"), 4: {}})
	if err != nil || row != 6 {
		t.Fatal(row, err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	ziptest.SameExcept(t, book, data, []string{"xl/worksheets/sheet1.xml"}, nil)
}

// Where somebody emptied cells below a table, some programs leave texts without
// characters: shared ones, inline ones, empty elements.
func TestAddRowGoesWhereOnlyEmptyTextsStand(t *testing.T) {
	w := oneSheet(
		`<sheetData><row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="s"><v>2</v></c></row>`+
			`<row r="2"><c r="A2" t="s"><v>1</v></c></row>`+
			`<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="inlineStr"><is><t/></is></c><c r="C3"><v></v></c></row></sheetData>`).
		with("xl/sharedStrings.xml", `<sst `+nsMain+`><si><t/></si><si><t>甲</t></si><si><t>乙</t></si></sst>`).read(t)
	row, err := w.AddRow(ooxml.Layout{Sheet: "S", Columns: [2]int{1, 3}, FirstData: 2, LastData: 2},
		map[int]ooxml.Value{1: ooxml.TextValue("丙")})
	if err != nil || row != 3 {
		t.Fatalf("row %d: %v", row, err)
	}
}

func TestAddRowRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		change func(f *excelize.File)
		layout func(*ooxml.Layout)
		values map[int]ooxml.Value
		want   error
	}{
		"pivot table": {func(f *excelize.File) {
			f.NewSheet("p")
			err := f.AddPivotTable(&excelize.PivotTableOptions{DataRange: "Sheet1!A2:E5",
				PivotTableRange: "Sheet1!H2:J9", Rows: []excelize.PivotTableField{{Data: "牵头单位"}},
				Data: []excelize.PivotTableField{{Data: "序号"}}})
			if err != nil {
				t.Fatal(err)
			}
		}, nil, nil, ooxml.ErrUnsafe},
		"something beside": {func(f *excelize.File) { f.SetCellValue("Sheet1", "H5", 1); f.SetCellValue("Sheet1", "H6", 1) }, nil, nil, ooxml.ErrUnsafe},
		"merge past the end": {func(f *excelize.File) { f.MergeCell("Sheet1", "B5", "B6") }, nil, nil,
			ooxml.ErrUnsafe},
		"row in the way":      {nil, func(l *ooxml.Layout) { l.Footer = 0 }, nil, ooxml.ErrUnsafe},
		"value for a formula": {nil, nil, map[int]ooxml.Value{6: ooxml.NumberValue("1")}, ooxml.ErrFormula},
		"column outside":      {nil, nil, map[int]ooxml.Value{7: ooxml.NumberValue("1")}, ooxml.ErrUnsafe},
		"no such sheet":       {nil, func(l *ooxml.Layout) { l.Sheet = "x" }, nil, ooxml.ErrNoSheet},
		"reference across sheets": {func(f *excelize.File) { f.SetCellFormula("汇总", "B1", "SUM(Sheet1:汇总!A9)") }, nil,
			nil, ooxml.ErrUnsafe},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := ooxml.Read("a.xlsx", ledgerBook(t, c.change), ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			layout := ledgerLayout
			if c.layout != nil {
				c.layout(&layout)
			}
			if _, err := w.AddRow(layout, c.values); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if w.Dirty() {
				t.Error("something was changed")
			}
		})
	}
}
