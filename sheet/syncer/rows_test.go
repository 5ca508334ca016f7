package syncer

import (
	"context"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestRowDeletedByAnOffice(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "progress", "一")
	office(t, path, func(f *excelize.File) { f.RemoveRow("台账", 4) })
	r := pass(t, s)
	if len(s.Snapshot().Ledger.Tasks) != 11 || r.Conflicts != 0 || r.Changes[0].What != "deleted" {
		t.Fatalf("%+v", r)
	}
	log, err := s.Log(context.Background(), LogOptions{Max: 1})
	if err != nil || len(log) != 1 || log[0].Source != "workbook" || log[0].Changes[0].What != "deleted" ||
		log[0].Changes[0].Title != "公开财政预决算" {
		t.Fatalf("%+v %v", log, err)
	}
	if _, err := s.UndoRevision(context.Background(), log[0].Revision); err != nil {
		t.Fatal(err)
	}
	if at(t, path, "公开财政预决算", "进展情况") != "一" || len(s.Snapshot().Ledger.Tasks) != 12 {
		t.Error("the row did not come back", grid(t, path))
	}
	if r := pass(t, s); len(r.Changes) > 0 || r.Waiting {
		t.Errorf("not at rest: %+v", r)
	}
}

func TestRowDeletedByAnOfficeThatDidNotSeeItEdited(t *testing.T) {
	for _, choice := range []string{Mine, Theirs} {
		path := tempBook(t, 12)
		s := openAs(t, path, "王")
		change(t, s, "更新领导信息", "remark", "一")
		stale, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		change(t, s, "公开财政预决算", "progress", "新进展")
		stale.RemoveRow("台账", 4)
		saveOver(t, stale, path)
		for range 2 {
			if r := pass(t, s); r.Conflicts != 1 || progress(t, s, "公开财政预决算") != "新进展" {
				t.Fatalf("%+v", r)
			}
			if at(t, path, "公开财政预决算", "序号") != "no such task" {
				t.Fatal("what stands in the workbook was touched")
			}
		}
		c := s.Snapshot().Conflicts[0]
		if c.Field != "" || c.Mine != "公开财政预决算" || c.Theirs != "" {
			t.Errorf("%+v", c)
		}
		if _, err := s.Resolve(context.Background(), Decision{Conflict: c.ID, Choice: choice}); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{Mine: "新进展", Theirs: "no such task"}[choice]
		if got := at(t, path, "公开财政预决算", "进展情况"); got != want {
			t.Errorf("%s: %q", choice, got)
		}
		if r := pass(t, s); r.Conflicts != 0 || r.Waiting {
			t.Errorf("%+v", r)
		}
	}
}

func TestOfficeAddsRowsAndColumns(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "remark", "一")
	office(t, path, func(f *excelize.File) {
		f.InsertRows("台账", 5, 1)
		for c, v := range []string{"", "插入的任务", "财政局", "2022年12月底前", "未启动"} {
			f.SetCellStr("台账", cell(c+1, 5), v)
		}
		f.SetCellStr("台账", "I2", "群众评价")
		f.SetCellStr("台账", "I3", "满意")
	})
	r := pass(t, s)
	if len(s.Snapshot().Ledger.Tasks) != 13 || r.Conflicts != 0 || r.Waiting {
		t.Fatalf("%+v", r)
	}
	x := s.Snapshot().Ledger.Task(taskID(t, s, "更新领导信息"))
	if len(x.Extra) != 1 || x.Extra[0].Heading != "群众评价" || x.Extra[0].Value != "满意" {
		t.Errorf("%+v", x.Extra)
	}
	if _, err := s.Change(context.Background(), []Edit{{Task: x.ID, Field: "群众评价", Value: "很满意"}}); err != nil {
		t.Fatal(err)
	}
	if got := at(t, path, "更新领导信息", "群众评价"); got != "很满意" {
		t.Error(got)
	}
}

func TestMassDeletionStopsAndAsks(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "progress", "已写")
	office(t, path, func(f *excelize.File) {
		for range 9 {
			f.RemoveRow("台账", 3)
		}
	})
	if _, err := s.Sync(context.Background()); !errors.Is(err, ErrMass) {
		t.Fatal(err)
	}
	if n := len(s.Snapshot().Ledger.Tasks); n != 12 || s.Snapshot().Trouble == nil {
		t.Error("rows are gone:", n)
	}
	r, err := s.Force(context.Background())
	if err != nil || len(s.Snapshot().Ledger.Tasks) != 3 {
		t.Error(err, len(s.Snapshot().Ledger.Tasks), r)
	}
}

// A person who refuses has the rows back in the workbook, and what else the save
// brought stays.
func TestMassDeletionIsRefused(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "progress", "已写")
	office(t, path, func(f *excelize.File) {
		for range 9 {
			f.RemoveRow("台账", 3)
		}
	})
	if _, err := s.Sync(context.Background()); !errors.Is(err, ErrMass) {
		t.Fatal(err)
	}
	rows, _, err := s.Refuse(context.Background())
	if err != nil || rows != 9 || len(s.Snapshot().Ledger.Tasks) != 12 || s.Snapshot().Trouble != nil {
		t.Errorf("%v: %d rows are back, there are %d tasks, trouble %v", err, rows, len(s.Snapshot().Ledger.Tasks),
			s.Snapshot().Trouble)
	}
	again := openAs(t, path, "李")
	if n := len(again.Snapshot().Ledger.Tasks); n != 12 {
		t.Error("the workbook has tasks:", n)
	}
}

func TestEmptiedWorkbookStopsAndAsks(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "更新领导信息", "progress", "已写")
	f := excelize.NewFile()
	saveOver(t, f, path)
	if _, err := s.Sync(context.Background()); err == nil {
		t.Error("an emptied workbook was taken")
	}
	if len(s.Snapshot().Ledger.Tasks) != 12 {
		t.Error("rows are gone")
	}
}

func TestAddAndRecord(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	id, _, err := s.Add(context.Background(), map[string]string{"title": "新增任务", "lead": "财政局"})
	if err != nil {
		t.Fatal(err)
	}
	if at(t, path, "新增任务", "牵头单位") != "财政局" {
		t.Error(grid(t, path))
	}
	for _, w := range s.Snapshot().Waiting {
		t.Errorf("waits: %+v", w)
	}
	if taskID(t, s, "新增任务") != id {
		t.Error("another id after it was written")
	}
	ev, _, err := s.Record(context.Background(), "training",
		map[string]string{"unit": "财政局", "date": "2022-06-01", "topic": "业务培训"})
	if err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	l := s.Snapshot().Ledger
	if len(l.Events) != 1 || l.Events[0].ID != ev || l.Events[0].Topic != "业务培训" || l.Events[0].Source.Row == 0 {
		t.Errorf("%+v", l.Events)
	}
	if r := pass(t, s); len(r.Changes) > 0 || r.Waiting {
		t.Errorf("not at rest: %+v", r)
	}
}
