package tui

import (
	"context"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// rowsOf is a sheet as another library reads it.
func rowsOf(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A task is deleted after it was seen once more; undo puts it back where it was.
func TestATaskIsDeletedAndComesBack(t *testing.T) {
	path := office(t)
	d, s := newDeskAt(t, path, 80, 24)
	sheet := s.Snapshot().Ledger.Tasks[0].Source.Sheet
	before := rowsOf(t, path, sheet)
	title := s.Snapshot().Ledger.Tasks[1].Title
	all := len(s.Snapshot().Ledger.Tasks)
	d.keys("2", "home", "down", "delete")
	d.sees("要删除这项任务吗？", title, "可以撤销")
	d.whole()
	d.keys("enter") // back is what Enter means first
	if len(s.Snapshot().Ledger.Tasks) != all || len(d.r.dialogs) > 0 {
		t.Fatal("Enter alone deleted it")
	}
	d.keys("delete", "right", "enter")
	d.sees("已删除。按", "Ctrl+Z")
	if len(s.Snapshot().Ledger.Tasks) != all-1 || strings.Contains(strings.Join(rowsOf(t, path,
		sheet)[s.Snapshot().Ledger.Tasks[0].Source.Row], ""), title) {
		t.Fatal("it is still there")
	}
	d.keys("ctrl+z")
	d.sees("已撤销")
	after := rowsOf(t, path, sheet)
	for i := range before {
		if i == 3 { // a formula without a result has one by now
			before[i][14], after[i][14] = "", ""
		}
		if strings.Join(before[i], "|") != strings.Join(after[i], "|") {
			t.Errorf("row %d: %q, was %q", i+1, after[i], before[i])
		}
	}
}

// Without letter keys or Delete: the menu of a task, and the palette.
func TestDeletingIsReachedFromTheMenu(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "enter", "end")
	d.sees("> 删除…")
	d.keys("enter")
	d.sees("要删除这项任务吗？")
	d.keys("right", "enter")
	if len(d.f.removed) != 1 || d.f.removed[0].Row != "t0" || d.f.removed[0].Seen["status"] != "已完成" ||
		len(d.r.dialogs) != 0 {
		t.Fatalf("%+v, %d dialogs", d.f.removed, len(d.r.dialogs))
	}
	ro := newDesk(t, sample(12), Options{ReadOnly: true}, 80, 24)
	ro.keys("2", "delete")
	ro.sees("只读方式打开")
}

// Several at once are listed, and their marks go with them.
func TestSeveralTasksAreDeletedTogether(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "space", "space", "delete")
	d.sees("要删除这2项任务吗？", "1 主动公开目录更新", "2 政策解读材料同步发布")
	d.keys("right", "enter")
	if len(d.f.removed) != 2 || len(d.r.tasks.Marks) != 0 {
		t.Fatalf("%+v %v", d.f.removed, d.r.tasks.Marks)
	}
}

// What somebody changes while the question stands is shown and not thrown away unseen.
func TestARowThatChangesIsSeenBeforeItIsDeleted(t *testing.T) {
	path := office(t)
	d, s := newDeskAt(t, path, 80, 24)
	other, err := syncer.Open(context.Background(), path, syncer.Options{Author: "李强"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	d.keys("2", "home", "delete")
	id := s.Snapshot().Ledger.Tasks[0].ID
	if _, err := other.Change(context.Background(), []syncer.Edit{{Task: other.Snapshot().Ledger.Tasks[0].ID,
		Field: "status", Value: "已完成"}}); err != nil {
		t.Fatal(err)
	}
	d.keys("right", "enter")
	if s.Snapshot().Ledger.Line(id) == nil {
		t.Fatal("it went with what nobody had seen")
	}
	d.sees("已由李强改为“已完成”", "打开后已有1行变动", "已完成")
	d.whole()
	d.keys("enter")
	if s.Snapshot().Ledger.Line(id) != nil {
		t.Fatal("it did not go once it was seen:\n", d.screen())
	}
}

// An event is deleted where it stands.
func TestAnEventIsDeletedOnTheYearScreen(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("5", "delete")
	d.sees("没有选中可以删除的任务或活动")
	for range 30 {
		d.keys("down")
	}
	d.keys("delete")
	d.sees("要删除这次活动吗？", "监测站参观")
	d.keys("right", "enter")
	if len(d.f.removed) != 1 || d.f.removed[0].Row != "e2" {
		t.Fatalf("%+v", d.f.removed)
	}
}

// The error of a form goes to its field, whatever field it is.
func TestAFormsErrorGoesToItsField(t *testing.T) {
	path := office(t)
	d, _ := newDeskAt(t, path, 100, 30)
	d.keys("2", "insert")
	d.typing("新的任务")
	for !strings.Contains(d.screen(), "> 完成状态") {
		d.keys("down")
	}
	d.typing("看不出来")
	d.keys("f10")
	d.sees(">!完成状态")
	v := d.r.View()
	if v.Cursor == nil || !strings.Contains(strings.Split(d.screen(), "\n")[v.Cursor.Y], "完成状态") {
		t.Errorf("the cursor is elsewhere:\n%s", d.screen())
	}
	d.whole()
	d.keys("ctrl+u")
	if strings.Contains(d.screen(), ">!") {
		t.Error("the mark stays when it is changed")
	}
	// The title is missing: the form says so by itself.
	e := newDesk(t, sample(12), Options{Lang: msg.EN}, 80, 24)
	e.keys("2", "insert", "down", "down", "f10")
	e.sees(">!重点任务*")
}
