package copies_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml/ooxmltest"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

// A unit's copy has its own rows of the registers and nobody else's; what it
// fills in there comes home, and what it says of another's row does not.
func TestRowsOfARegisterGoOutAndComeHome(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "登记.xlsx")
	f := excelize.NewFile()
	f.SetSheetName("Sheet1", "依申请公开")
	for i, row := range [][]any{
		{"序号", "收到日期", "申请人", "申请内容", "承办单位", "答复日期", "处理结果"},
		{1, "2022-08-24", "甲某", "预算执行情况", "财政局", "", ""}, {2, "2022-09-01", "乙某", "道路规划图", "住建局", "", ""},
		{3, "2022-09-05", "丙某", "直达资金台账", "财政局", "", ""}, {4, "2022-09-06", "丁某", "排污许可", "生态环境局", "", ""},
	} {
		if err := f.SetSheetRow("依申请公开", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{Ledger: ledger.Options{Today: time.Date(2022, 9, 20, 0, 0, 0, 0,
		time.UTC)}, Author: "协调人"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if units := copies.Units(o.Ledger); len(units) != 3 {
		t.Fatalf("units %v", units)
	}
	var names filename.Names
	c, err := copies.Make(o, "财政局", &names)
	if err != nil {
		t.Fatal(err)
	}
	if c.Entries != 2 {
		t.Errorf("%d rows", c.Entries)
	}
	file := filepath.Join(dir, "回.xlsx")
	if err := os.WriteFile(file, c.Data, 0o666); err != nil {
		t.Fatal(err)
	}
	back, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := back.GetRows("依申请公开")
	var text []string
	for _, r := range rows {
		text = append(text, strings.Join(r, " "))
	}
	if all := strings.Join(text, "\n"); strings.Contains(all, "住建局") || strings.Contains(all, "丁某") ||
		!strings.Contains(all, "直达资金台账") {
		t.Errorf("the copy holds\n%s", all)
	}
	for i, r := range rows {
		if len(r) > 3 && r[3] == "直达资金台账" {
			back.SetCellValue("依申请公开", "F"+string(rune('1'+i)), "2022-09-19")
			back.SetCellValue("依申请公开", "G"+string(rune('1'+i)), "予以公开")
		}
	}
	if err := back.Save(); err != nil {
		t.Fatal(err)
	}
	r, err := s.Merge(ctx, []string{file}, syncer.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Copies) != 1 || r.Copies[0].Unit != "财政局" || len(r.Copies[0].Changes) != 2 ||
		len(r.Copies[0].Missing) != 0 {
		t.Errorf("%+v", r.Copies)
	}
	l := s.Snapshot().Ledger
	if got := l.Register("requests").Counts; got.Rows != 4 || got.Done != 1 {
		t.Errorf("%+v", got)
	}
}

// A row that never enters a unit's copy is none of those either that the unit may write
// of on its small sheet of the supervision record.
func TestAPrivateRowOfARegisterStandsInNoList(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	fill(f, "Sheet1", []any{"序号", "收到日期", "申请人", "申请内容", "承办单位", "答复日期", "处理结果"},
		[]any{1, "2022-08-24", "甲某", "预算执行情况", "财政局", "", ""},
		[]any{2, "2022-09-01", "乙某", "绝密道路规划", "财政局", "", "逾期不补正"})
	f.SetSheetName("Sheet1", "依申请公开")
	opt := ledger.Options{Today: sample.Today, Registers: ledger.Registers()}
	opt.Supervision.On = true
	for i := range opt.Registers {
		if def := &opt.Registers[i]; def.Name == "依申请公开" {
			def.Private = map[string][]string{"outcome": {"not_corrected"}}
		}
	}
	o, err := session(t, f, opt).Original(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c, _ := copyFor(t, o, "财政局")
	all := strings.Join(slices.Collect(maps.Values(ooxmltest.Parts(t, c.Data))), "")
	if !strings.Contains(all, "预算执行情况") {
		t.Error("its own row is in no list")
	}
	if i := strings.Index(all, "绝密"); i >= 0 {
		t.Errorf("…%.200s", all[max(0, i-100):])
	}
}
