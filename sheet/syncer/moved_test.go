package syncer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

// An office keeps what is done on a sheet of its own and moves most of the tasks
// there. That is neither a deletion nor an addition, and stops nothing.
func TestRowsMovedToAnotherSheetKeepWhoTheyAre(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.NewSheet("已办结")
		for c, h := range headings {
			f.SetCellStr("已办结", cell(c+1, 1), h)
		}
		for c, v := range []string{"1", "清退历史遗留项目资金", "财政局", "2022年3月底前", "已完成", "", "", ""} {
			f.SetCellStr("已办结", cell(c+1, 2), v)
		}
	})
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "progress", "终端所写")
	ids := map[string]string{}
	for _, x := range s.Snapshot().Ledger.Tasks {
		ids[x.Title] = x.ID
	}
	moved := []string{"公开财政预决算", "公开重大项目进展", "发布环境质量信息"}
	office(t, path, func(f *excelize.File) {
		for i := range moved {
			rows, _ := f.GetRows("台账")
			for c, v := range rows[3] {
				f.SetCellStr("已办结", cell(c+1, i+3), v)
			}
			f.RemoveRow("台账", 4)
		}
	})
	r := pass(t, s)
	var want []Change
	for _, title := range moved {
		want = append(want, Change{Kind: "tasks", Task: ids[title], Title: title, Field: ledger.FieldSheet, From: "台账",
			To: "已办结"})
	}
	for i := range r.Changes {
		r.Changes[i].Number = ""
	}
	if d := cmp.Diff(want, r.Changes); d != "" || r.Conflicts != 0 || r.Waiting {
		t.Errorf("%+v\n%s", r, d)
	}
	if len(s.Snapshot().Ledger.Tasks) != 7 || progress(t, s, "公开财政预决算") != "终端所写" {
		t.Error("a task was lost, or what was written in it")
	}
	// It goes on being written to, where it stands now.
	change(t, s, "公开财政预决算", "remark", "又一条")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.GetCellValue("已办结", "G3"); v != "又一条" {
		t.Errorf("the other sheet holds %q", v)
	}
	if r := pass(t, s); len(r.Changes) > 0 || r.Waiting {
		t.Errorf("%+v", r)
	}
}
