package syncer

import (
	"context"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// noteLines is what the log says of notes beside the tables, newest first.
func noteLines(t *testing.T, s *Session) (out []string) {
	t.Helper()
	log, err := s.Log(context.Background(), LogOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range log {
		for _, n := range e.Notes {
			sign := "+"
			if n.Gone {
				sign = "-"
			}
			out = append(out, e.Author+sign+n.What+n.Said)
		}
	}
	return out
}

// A leader's word beside a row is in no table. Another office saves what it opened
// before: the word is gone from the workbook, and the log has it, with who wrote it and
// with whose save it went.
func TestANoteThatAStaleSaveRemovesIsInTheLog(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "A11", "注：每月25日前报送") })
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "起头")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	office(t, path, func(f *excelize.File) {
		f.SetDocProps(&excelize.DocProperties{LastModifiedBy: "小李"})
		f.SetCellStr("台账", "K4", "局长：请本周办结")
		f.AddComment("台账", excelize.Comment{Cell: "B3", Text: "请抓紧"})
	})
	if r := pass(t, s); len(r.Changes) > 0 || r.Conflicts > 0 {
		t.Errorf("%+v", r)
	}
	stale.SetDocProps(&excelize.DocProperties{LastModifiedBy: "小赵"})
	setCell(t, stale, "公开财政预决算", "进展情况", "已公开")
	saveOver(t, stale, path)
	pass(t, s)
	pass(t, s)
	other := openAs(t, path, "李")
	pass(t, other)
	want := []string{"小李+comment请抓紧", "小李+局长：请本周办结", "小赵-comment请抓紧", "小赵-局长：请本周办结"}
	got := noteLines(t, other)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the log has %q, want %q", got, want)
	}
	if progress(t, s, "公开财政预决算") != "已公开" || s.Snapshot().Ledger.Tasks[0].Remark != "起头" {
		t.Error("the values of the saves are not there")
	}
}

// What stands beside the tables from the start, moves with rows and sheets, or is
// written by taizhang itself is no news.
func TestNotesThatNobodyWroteAreNotTold(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.SetCellStr("台账", "A11", "注：每月25日前报送")
		f.SetCellStr("台账", "K4", "旧批示")
		f.SetCellFormula("台账", "L4", "=1+1")
	})
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "起头")
	if _, _, err := s.Record(context.Background(), "training",
		map[string]string{"unit": "财政局", "date": "2022-06-01", "topic": "业务培训"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Record(context.Background(), "requests",
		map[string]string{"number": "1", "content": "申请预算", "received": "2022-06-01"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Add(context.Background(), map[string]string{"title": "新增任务", "lead": "财政局"}); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	office(t, path, func(f *excelize.File) {
		f.InsertRows("台账", 1, 1)
		f.SetSheetName("台账", "台账（6月）")
		f.SetCellFormula("台账（6月）", "L5", "=1+2")
	})
	pass(t, s)
	pass(t, openAs(t, path, "李"))
	if got := noteLines(t, s); len(got) > 0 {
		t.Errorf("told: %q", got)
	}
}
