package syncer

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An office, which has not seen what the coordinator typed, splits a task into
// two that are as much like it: which of them it is, only a person knows.
func splitUnseen(t *testing.T) (path, task string, s *Session, stale *excelize.File) {
	t.Helper()
	path = tempBook(t, 12)
	s = openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "起头")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	task = taskID(t, s, "公开财政预决算")
	change(t, s, "公开财政预决算", "progress", "拆前写的")
	rows, _ := stale.GetRows("台账")
	for r, row := range rows {
		if len(row) > 1 && row[1] == "公开财政预决算" {
			stale.DuplicateRow("台账", r+1)
			stale.SetCellStr("台账", cell(2, r+1), "公开财政预算")
			stale.SetCellStr("台账", cell(2, r+2), "公开财政决算")
		}
	}
	saveOver(t, stale, path)
	pass(t, s)
	return path, task, s, stale
}

func TestTaskThatIsAskedAboutIsNotWrittenASecondTime(t *testing.T) {
	path, task, s, _ := splitUnseen(t)
	n := s.Snapshot()
	if len(n.Asks) == 0 {
		t.Fatal("nobody was asked")
	}
	if at(t, path, "公开财政预算", "进展情况") != "" || at(t, path, "公开财政决算", "进展情况") != "" {
		t.Error("the answer was guessed")
	}
	for _, row := range grid(t, path) {
		if len(row) > 1 && row[1] == "公开财政预决算" {
			t.Error("the task was written a second time")
		}
	}
	if n.Ledger.Task(task) == nil || n.Ledger.Task(task).Progress != "拆前写的" {
		t.Error("what was typed is lost")
	}
	if len(n.Waiting) != 1 || n.Waiting[0].Value != "拆前写的" || n.Waiting[0].Why == nil {
		t.Errorf("%+v", n.Waiting)
	}
	// Neither does it settle itself with time.
	s.Close()
	s = openAs(t, path, "王")
	change(t, s, "编制公开目录", "progress", "另一项")
	if len(s.Snapshot().Asks) != len(n.Asks) || at(t, path, "编制公开目录", "进展情况") != "另一项" {
		t.Errorf("%+v", s.Snapshot().Asks)
	}
	for i, choice := range []string{task, "new"} {
		if asks := s.Snapshot().Asks; len(asks) > 0 {
			if _, err := s.Answer(context.Background(), asks[0].ID, choice); err != nil {
				t.Fatal(i, err)
			}
		}
	}
	n = s.Snapshot()
	if len(n.Asks) != 0 || len(n.Waiting) != 0 || len(n.Ledger.Tasks) != 13 {
		t.Errorf("%+v %+v %d", n.Asks, n.Waiting, len(n.Ledger.Tasks))
	}
	if n.Ledger.Task(task).Progress != "拆前写的" || at(t, path, n.Ledger.Task(task).Title, "进展情况") != "拆前写的" {
		t.Error("what was typed is not in the workbook")
	}
}

// The office saves its old document once more after the answers, and types into one of
// the rows: they are known, whoever has the ledger open now.
func TestRowsThatWereAnsweredAreKnownInALaterSaveOfTheDocument(t *testing.T) {
	path, task, s, stale := splitUnseen(t)
	change(t, s, "编制公开目录", "progress", "答复以前改的") // the workbook is stamped anew
	for _, choice := range []string{task, "new"} {
		if asks := s.Snapshot().Asks; len(asks) > 0 {
			if _, err := s.Answer(context.Background(), asks[0].ID, choice); err != nil {
				t.Fatal(err)
			}
		}
	}
	change(t, s, "编制公开目录", "progress", "答复以后改的")
	s.Close()
	for _, remark := range []string{"", "又写的"} {
		rows, _ := stale.GetRows("台账")
		for r, row := range rows {
			if len(row) > 1 && row[1] == "公开财政决算" && remark != "" {
				stale.SetCellStr("台账", cell(slices.Index(rows[1], "备注")+1, r+1), remark)
			}
		}
		saveOver(t, stale, path)
		s := openAs(t, path, "李")
		for range 2 {
			pass(t, s)
		}
		n := s.Snapshot()
		if len(n.Asks) != 0 || len(n.Ledger.Tasks) != 13 {
			t.Fatalf("asked about %+v, %d tasks", n.Asks, len(n.Ledger.Tasks))
		}
		standing := 0
		for _, row := range grid(t, path) {
			if len(row) > 1 && (row[1] == "公开财政预算" || row[1] == "公开财政决算") {
				standing++
			}
		}
		if standing != 2 || at(t, path, "公开财政决算", "备注") != remark {
			t.Errorf("%d rows in the workbook, remark %q", standing, at(t, path, "公开财政决算", "备注"))
		}
		s.Close()
	}
}

// A returned copy holds two of three tasks of the same name, both changed. The
// person answers one row after the other, over two sittings; meanwhile another
// value of that copy was replaced, which must not come back.
func TestRowsOfAReturnedCopyAreAnswered(t *testing.T) {
	path := tempBook(t, 12)
	opt := options("王")
	opt.Inbox = t.TempDir()
	open := func() *Session {
		s, err := Open(context.Background(), path, opt)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		return s
	}
	s := open()
	var ids []string
	for _, status := range []string{"推进中", "未启动", "长期坚持"} {
		id, _, err := s.Add(context.Background(), map[string]string{"title": "业务培训", "lead": "财政局", "status": status})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := f.GetRows("台账")
	heads := rows[slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "进展情况") })]
	n := 0
	for r := len(rows); r >= 1; r-- {
		if len(rows[r-1]) > 1 && rows[r-1][1] == "业务培训" {
			if n++; n == 3 {
				f.RemoveRow("台账", r)
				break
			}
			f.SetCellStr("台账", cell(slices.Index(heads, "完成状态")+1, r), "已完成")
			f.SetCellStr("台账", cell(slices.Index(heads, "进展情况")+1, r), fmt.Sprint("第", n, "次"))
		}
	}
	setCell(t, f, "编制公开目录", "进展情况", "单位写的")
	if err := f.SaveAs(filepath.Join(opt.Inbox, "回传-财政局.xlsx")); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	change(t, s, "编制公开目录", "progress", "看过后改的")

	asks := s.Snapshot().Inbox[0].Asks
	if len(asks) != 2 || asks[0].Values["progress"] != "第2次" || asks[1].Values["progress"] != "第1次" {
		t.Fatalf("%+v", asks)
	}
	if r, err := s.Answer(context.Background(), asks[1].ID, ids[2]); err != nil || len(r.Changes) == 0 {
		t.Fatal(r, err)
	}
	if asks := s.Snapshot().Inbox[0].Asks; len(asks) != 1 || asks[0].Values["progress"] != "第2次" {
		t.Fatalf("%+v", asks)
	}
	if _, err := s.Change(context.Background(), []Edit{{Task: ids[2], Field: "progress", Value: "看过后改的"}}); err != nil {
		t.Fatal(err)
	}
	s.Close()

	s = open()
	at := s.Snapshot().Revision
	pass(t, s)
	now := s.Snapshot()
	if len(now.Inbox) != 1 || len(now.Inbox[0].Asks) != 1 || now.Revision != at {
		t.Fatalf("%+v, revision %s, was %s", now.Inbox, now.Revision, at)
	}
	if _, err := s.Answer(context.Background(), now.Inbox[0].Asks[0].ID, "new"); err != nil {
		t.Fatal(err)
	}
	now = s.Snapshot()
	if len(now.Inbox[0].Asks) != 0 || len(now.Conflicts) != 0 || len(now.Ledger.Tasks) != 16 {
		t.Errorf("%+v %+v, %d tasks", now.Inbox, now.Conflicts, len(now.Ledger.Tasks))
	}
	for id, want := range map[string]string{taskID(t, s, "编制公开目录"): "看过后改的", ids[0]: "", ids[1]: "", ids[2]: "看过后改的"} {
		if got := now.Ledger.Task(id).Progress; got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if last := now.Ledger.Tasks[len(now.Ledger.Tasks)-1]; last.Progress != "第2次" || last.Title != "业务培训" {
		t.Errorf("the new task: %+v", last)
	}
	s.Close()
	s = open()
	if r := pass(t, s); len(r.Copies) != 0 || len(s.Snapshot().Inbox) != 0 {
		t.Errorf("merged again: %+v", r.Copies)
	}
}
