package syncer

import (
	"context"
	"testing"

	"github.com/xuri/excelize/v2"
)

// An office, which has not seen what the coordinator typed, splits a task into
// two that are as much like it: which of them it is, only a person knows.
func splitUnseen(t *testing.T) (path, task string, s *Session) {
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
	return path, task, s
}

func TestTaskThatIsAskedAboutIsNotWrittenASecondTime(t *testing.T) {
	path, task, s := splitUnseen(t)
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
