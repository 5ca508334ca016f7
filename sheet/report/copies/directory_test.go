package copies_test

import (
	"bytes"
	"context"
	"os"
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

// A copy has the unit's own row of the directory, no other's person and phone; and
// when it comes home nothing counts as missing. 建设局 stands in no directory.
func TestACopyHasOnlyItsOwnRowOfTheDirectory(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	fill(f, "Sheet1", []any{"序号", "重点任务", "牵头单位", "配合单位", "完成状态", "进展情况"}, []any{1, "清理台账", "财政局", "教育局", "推进中", "甲"},
		[]any{2, "整修校舍", "教育局", nil, "未启动", "乙"}, []any{3, "疏通河道", "建设局", nil, "未启动", "丙"})
	f.NewSheet("单位名录")
	fill(f, "单位名录", []any{"单位名称", "简称", "联系人", "联系电话"}, []any{"教育局", "教体局", "王密", "13900000222"},
		[]any{"财政局", nil, "李明", "13900000111"},
		[]any{"卫健局", nil, "赵密", "13900000333"})
	list := excelize.NewDataValidation(true)
	list.Sqref = "C2:C4"
	list.SetSqrefDropList("单位名录!$A$2:$A$4")
	if err := f.AddDataValidation("Sheet1", list); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s := session(t, f, ledger.Options{Today: sample.Today})
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var names filename.Names
	var files []string
	for unit, own := range map[string]string{"财政局": "李明 13900000111", "教育局": "王密 13900000222", "建设局": ""} {
		c, err := copies.Make(o, unit, &names)
		if err != nil {
			t.Fatal(err)
		}
		b, err := excelize.OpenReader(bytes.NewReader(c.Data))
		if err != nil {
			t.Fatal(err)
		}
		all := ""
		for _, sheet := range b.GetSheetList() {
			rows, err := b.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				all += strings.Join(row, " ") + "\n"
			}
		}
		b.Close()
		if !strings.Contains(all, own) {
			t.Errorf("%s lacks its own person: %s", unit, all)
		}
		for _, person := range []string{"李明 13900000111", "王密 13900000222", "赵密 13900000333"} {
			if person != own && strings.Contains(all, person) {
				t.Errorf("%s is told %s", unit, person)
			}
		}
		file := filepath.Join(dir, c.Name)
		if err := os.WriteFile(file, c.Data, 0o666); err != nil {
			t.Fatal(err)
		}
		typed(t, file, "Sheet1", "F2", unit+"回填")
		files = append(files, file)
	}
	r, err := s.Merge(ctx, files, syncer.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range r.Copies {
		if c.Err != nil || len(c.Missing) > 0 || len(c.Added) > 0 || len(c.Asks) > 0 || len(c.Changes) != 1 {
			t.Errorf("%s: %+v", filepath.Base(files[i]), c)
		}
	}
	l := s.Snapshot().Ledger
	if units := l.Directory.Units(); len(units) != 3 || units[0].Contact != "王密" || units[2].Phone != "13900000333" {
		t.Errorf("the directory is %+v", units)
	}
}
