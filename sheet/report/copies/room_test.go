package copies_test

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

// The events are an Excel table, in which 司法所 has none and 财政局 the first: each
// still gets rows of it to fill in, with nothing in them.
func TestACopyHasRoomForEvents(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"序号", "重点任务", "牵头单位", "完成状态"}, {1, "甲事", "财政局", "正在推进"}, {2, "乙事", "司法所", "未启动"}} {
		f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
	}
	f.NewSheet("年度活动")
	for i, row := range [][]any{{"类型", "单位", "日期", "主题", "备注"}, {"培训", "财政局", "2022-04-18", "预算公开", "甲注"},
		{"开放日", "项目中心", "2022-05-20", "走进大厅", "乙注"}, {"培训", "项目中心", "2022-05-21", "写作", "丙注"}} {
		f.SetSheetRow("年度活动", "A"+string(rune('1'+i)), &row)
	}
	if err := f.AddTable("年度活动", &excelize.Table{Range: "A1:E4", Name: "events"}); err != nil {
		t.Fatal(err)
	}
	o := original(t, f)
	var names filename.Names
	for unit, want := range map[string]struct{ topics, open string }{"司法所": {"", "A2 A3 A4"},
		"财政局": {"预算公开", "A2 A3 A4"}} {
		c, err := copies.Make(o, unit, &names)
		if err != nil {
			t.Errorf("%s: %v", unit, err)
			continue
		}
		b, err := excelize.OpenReader(bytes.NewReader(c.Data))
		if err != nil {
			t.Fatal(err)
		}
		var topics, open []string
		for _, row := range []string{"2", "3", "4", "5"} {
			if v, _ := b.GetCellValue("年度活动", "D"+row); v != "" {
				topics = append(topics, v)
			}
			if v, _ := b.GetCellValue("年度活动", "E"+row); v != "" && v != "甲注" {
				t.Errorf("%s is told %q", unit, v)
			}
			id, err := b.GetCellStyle("年度活动", "A"+row)
			if err != nil {
				t.Fatal(err)
			}
			if style, err := b.GetStyle(id); err == nil && style.Protection != nil && !style.Protection.Locked {
				open = append(open, "A"+row)
			}
		}
		if strings.Join(topics, " ") != want.topics || strings.Join(open, " ") != want.open {
			t.Errorf("%s: events %v, open %v, want %v", unit, topics, open, want)
		}
		if tables, err := b.GetTables("年度活动"); err != nil || len(tables) != 1 || tables[0].Range != "A1:E4" {
			t.Errorf("%s: tables %+v, %v", unit, tables, err)
		}
		b.Close()
	}
}

// session saves a workbook and opens it as a ledger.
func session(t *testing.T, f *excelize.File, opt ledger.Options) *syncer.Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	s, err := syncer.Open(context.Background(), path, syncer.Options{Ledger: opt})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// original is a workbook as copies are made of it.
func original(t *testing.T, f *excelize.File) syncer.Original {
	t.Helper()
	o, err := session(t, f, ledger.Options{Today: sample.Today}).Original(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// fill writes the rows of a sheet.
func fill(f *excelize.File, sheet string, rows ...[]any) {
	for i, row := range rows {
		f.SetSheetRow(sheet, "A"+string(rune('1'+i)), &row)
	}
}

// copyFor makes a unit's copy and opens it with another program.
func copyFor(t *testing.T, o syncer.Original, unit string) (*copies.Copy, *excelize.File) {
	t.Helper()
	var names filename.Names
	c, err := copies.Make(o, unit, &names)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(c.Data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return c, f
}

// What a copy may not tell its unit: sums over the tasks of others, sheets that
// name another unit by a short name, and sheets that calculate.
func TestACopyTellsNothingOfOthers(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	fill(f, "Sheet1", []any{"序号", "重点任务", "牵头单位", "完成状态", "经费"}, []any{1, "甲事", "财政局", "正在推进", 3},
		[]any{"小计", nil, nil, nil, 3},
		[]any{2, "乙事", "生态环境分局", "未启动", 4}, []any{"小计", nil, nil, nil, 4})
	for _, sheet := range []string{"单位名录", "环保笔记", "算账", "填表说明"} {
		f.NewSheet(sheet)
	}
	fill(f, "单位名录", []any{"单位名称", "简称"}, []any{"财政局", nil}, []any{"生态环境分局", "环保局"})
	fill(f, "环保笔记", []any{"环保局的事另行通知"})
	f.SetCellFormula("算账", "A1", "SUM(Sheet1!E2:E5)")
	fill(f, "填表说明", []any{"请每月底前填报"})
	_, b := copyFor(t, original(t, f), "财政局")
	if got := strings.Join(b.GetSheetList(), " "); got != "Sheet1 单位名录 填表说明" {
		t.Errorf("sheets %s", got)
	}
	rows, err := b.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if text := strings.Join(row, "|"); strings.Contains(text, "小计") || strings.Contains(text, "乙事") {
			t.Errorf("it tells %s", text)
		}
	}
}

// A row's link, formula or sparkline is no reason to take a sheet along: 财政局's
// rows lead to sheets that name no unit, and to one that only its own name tells of.
func TestACopyHasNoSheetThatOnlyRowsReferTo(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"序号", "重点任务", "牵头单位", "完成状态", "经费", "进展情况"}, {1, "甲事", "财政局", "推进中", nil, "见附表"},
		{2, "乙事", "教育局", "未启动", nil, "无"}, {3, "丙事", "财政局", "推进中", nil, "见别表"}} {
		f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
	}
	for _, sheet := range []string{"附表", "明细", "经费表", "教育局密表", "另表", "名单", "填表说明", "阈值"} {
		f.NewSheet(sheet)
		f.SetCellValue(sheet, "A1", "密"+sheet)
	}
	f.SetSheetCol("名单", "A1", &[]string{"未启动", "推进中"})
	f.SetSheetRow("明细", "A2", &[]int{1, 2, 333333})
	if err := f.SetCellHyperLink("Sheet1", "F2", "附表!A1", "Location"); err != nil {
		t.Fatal(err)
	}
	f.SetCellFormula("Sheet1", "E2", "经费表!B2")
	f.SetCellFormula("Sheet1", "E3", `HYPERLINK("#'另表'!A1","见")`)
	if err := f.AddSparkline("Sheet1", &excelize.SparklineOptions{Location: []string{"G2"},
		Range: []string{"明细!A2:C2"}}); err != nil {
		t.Fatal(err)
	}
	list := excelize.NewDataValidation(true)
	list.Sqref = "D2:D4"
	list.SetSqrefDropList("名单!$A$1:$A$2")
	if err := f.AddDataValidation("Sheet1", list); err != nil {
		t.Fatal(err)
	}
	red, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetConditionalFormat("Sheet1", "A2:A4", []excelize.ConditionalFormatOptions{{Type: "formula",
		Criteria: "阈值!$B$1>0", Format: &red}}); err != nil {
		t.Fatal(err)
	}
	_, b := copyFor(t, original(t, f), "财政局")
	if got := strings.Join(b.GetSheetList(), " "); got != "Sheet1 名单 填表说明 阈值" {
		t.Errorf("sheets %s", got)
	}
	if text, _ := b.GetCellValue("Sheet1", "F2"); text != "见附表" {
		t.Errorf("the linked cell says %q", text)
	}
	if linked, target, _ := b.GetCellHyperLink("Sheet1", "F2"); linked {
		t.Errorf("a dead link to %s stays", target)
	}
}

// A row below the tasks that counts them is no task, whatever word it bears and
// whether or not the result of its formula was kept.
func TestARowThatCountsTasksIsNone(t *testing.T) {
	for _, word := range []string{"合计", "汇总", "本页计", "项数"} {
		for _, kept := range []bool{false, true} {
			f := excelize.NewFile()
			for i, row := range [][]any{{"序号", "任务名称", "牵头单位", "完成时限", "完成状态"}, {1, "甲事", "财政局", "6月30日", "推进中"},
				{2, "乙事", "教育局", "9月30日", "未启动"},
				{3, "丙事", "财政局", "8月31日", "未启动"}, nil, {word}} {
				f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
			}
			// this library keeps results as texts, which count as words of a row
			if kept && (word == "合计" || word == "汇总") {
				f.SetCellInt("Sheet1", "B6", 2)
			}
			f.SetCellFormula("Sheet1", "B6", `COUNTIF(C2:C4,"财政局")`)
			o := original(t, f)
			f.Close()
			if n := len(o.Ledger.Tasks); n != 3 {
				t.Errorf("%s, result kept: %v: %d tasks", word, kept, n)
			}
			for _, unit := range copies.Units(o.Ledger) {
				var names filename.Names
				if _, err := copies.Make(o, unit, &names); err != nil {
					t.Errorf("%s, result kept: %v, %s: %v", word, kept, unit, err)
				}
			}
		}
	}
}

// A formula without a result in the row of headings, as openpyxl saves one, is no
// heading, and does not become one in a copy.
func TestAFormulaWithoutResultBesideTheHeadings(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	fill(f, "Sheet1", []any{"序号", "重点任务", "牵头单位", "完成状态"}, []any{1, "甲事", "财政局", "正在推进"}, []any{2, "乙事", "教育局", "未启动"})
	for at, formula := range map[string]string{"G1": "SUM(A2:A3)", "G2": "A2+1"} {
		if err := f.SetCellFormula("Sheet1", at, formula); err != nil {
			t.Fatal(err)
		}
	}
	_, b := copyFor(t, original(t, f), "财政局")
	if got, _ := b.GetCellFormula("Sheet1", "G1"); got != "SUM(A2:A2)" {
		t.Errorf("G1 is %q", got)
	}
}
