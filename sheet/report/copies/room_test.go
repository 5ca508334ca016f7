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
	for i, row := range [][]any{{"类型", "单位", "日期", "主题", "备注"}, {"培训", "财政局", "2022-04-18", "预算公开", "甲注"}, {"开放日", "项目中心", "2022-05-20", "走进大厅", "乙注"}, {"培训", "项目中心", "2022-05-21", "写作", "丙注"}} {
		f.SetSheetRow("年度活动", "A"+string(rune('1'+i)), &row)
	}
	if err := f.AddTable("年度活动", &excelize.Table{Range: "A1:E4", Name: "events"}); err != nil {
		t.Fatal(err)
	}
	o := original(t, f)
	var names filename.Names
	for unit, want := range map[string]struct{ topics, open string }{"司法所": {"", "A2 A3 A4"}, "财政局": {"预算公开", "A2 A3 A4"}} {
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

// original saves a workbook and opens it as a ledger that copies are made of.
func original(t *testing.T, f *excelize.File) syncer.Original {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{Ledger: ledger.Options{Today: sample.Today}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// What a copy may not tell its unit: sums over the tasks of others, sheets that
// name another unit by a short name, and sheets that calculate.
func TestACopyTellsNothingOfOthers(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	fill := func(sheet string, rows ...[]any) {
		for i, row := range rows {
			f.SetSheetRow(sheet, "A"+string(rune('1'+i)), &row)
		}
	}
	fill("Sheet1", []any{"序号", "重点任务", "牵头单位", "完成状态", "经费"}, []any{1, "甲事", "财政局", "正在推进", 3}, []any{"小计", nil, nil, nil, 3},
		[]any{2, "乙事", "生态环境分局", "未启动", 4}, []any{"小计", nil, nil, nil, 4})
	for _, sheet := range []string{"单位名录", "环保笔记", "算账", "填表说明"} {
		f.NewSheet(sheet)
	}
	fill("单位名录", []any{"单位名称", "简称"}, []any{"财政局", nil}, []any{"生态环境分局", "环保局"})
	fill("环保笔记", []any{"环保局的事另行通知"})
	f.SetCellFormula("算账", "A1", "SUM(Sheet1!E2:E5)")
	fill("填表说明", []any{"请每月底前填报"})
	var names filename.Names
	c, err := copies.Make(original(t, f), "财政局", &names)
	if err != nil {
		t.Fatal(err)
	}
	b, err := excelize.OpenReader(bytes.NewReader(c.Data))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
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
