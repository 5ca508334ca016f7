package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
)

// A deleted row is emptied, nothing else moves, and undo puts it back into its place.
func TestADeletedRowIsEmptiedAndComesBackInItsPlace(t *testing.T) {
	for _, c := range []struct {
		name   string
		make   func(f *excelize.File)
		delete []string
	}{
		{"in the middle", func(*excelize.File) {}, []string{"公开财政预决算"}},
		{"the first", func(*excelize.File) {}, []string{"更新领导信息"}},
		{"the last", func(*excelize.File) {}, []string{"举办政府开放日"}},
		{"several", func(*excelize.File) {}, []string{"公开财政预决算", "公开重大项目进展", "编制公开目录"}},
		{"numbers are formulas", func(f *excelize.File) {
			for r := 3; r < 9; r++ {
				f.SetCellFormula("台账", cell(1, r), "ROW()-2")
			}
		}, []string{"公开财政预决算"}},
		{"a merged unit", func(f *excelize.File) {
			f.SetCellStr("台账", "C3", "财政局")
			f.MergeCell("台账", "C3", "C5")
		}, []string{"公开财政预决算"}},
		{"at the anchor of a merged unit", func(f *excelize.File) {
			f.SetCellStr("台账", "C3", "财政局")
			f.MergeCell("台账", "C3", "C5")
		}, []string{"更新领导信息"}},
		{"all rows of a merged unit", func(f *excelize.File) {
			f.SetCellStr("台账", "C3", "财政局")
			f.MergeCell("台账", "C3", "C5")
		}, []string{"更新领导信息", "公开财政预决算", "公开重大项目进展"}},
		{"the last rows of a merged unit", func(f *excelize.File) {
			f.SetCellStr("台账", "C6", "财政局")
			f.MergeCell("台账", "C6", "C8")
			styled(f)
		}, []string{"编制公开目录", "举办政府开放日"}},
		{"prepared rows below", func(f *excelize.File) {
			for r := 9; r < 12; r++ {
				f.SetCellInt("台账", cell(1, r), int64(r-2))
				f.SetCellStr("台账", cell(5, r), "未启动")
			}
		}, []string{"公开财政预决算"}},
		{"the last of prepared rows", func(f *excelize.File) {
			for r := 9; r < 12; r++ {
				f.SetCellInt("台账", cell(1, r), int64(r-2))
				f.SetCellStr("台账", cell(5, r), "未启动")
			}
			styled(f)
		}, []string{"举办政府开放日"}},
		{"a footer below", func(f *excelize.File) {
			f.SetCellStr("台账", "A9", "注：本表每月更新")
			styled(f)
		}, []string{"举办政府开放日"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := tempBook(t, 6)
			office(t, path, c.make)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "progress", "一")
			before := grid(t, path)
			var rows []Removal
			for _, title := range c.delete {
				rows = append(rows, Removal{Row: taskID(t, s, title)})
			}
			r, err := s.Delete(context.Background(), rows)
			if err != nil {
				t.Fatal(err)
			}
			if r.Waiting || len(s.Snapshot().Ledger.Tasks) != 6-len(rows) {
				t.Fatalf("%+v, %d tasks, waits %+v", r, len(s.Snapshot().Ledger.Tasks), s.Snapshot().Waiting)
			}
			after := grid(t, path)
			for i, row := range before {
				if len(row) > 1 && slices.Contains(c.delete, row[1]) {
					if i < len(after) && len(after[i]) > 1 && after[i][1] != "" {
						t.Errorf("row %d still holds %q", i+1, after[i])
					}
					continue
				}
				if i >= len(after) || !slices.Equal(row, after[i]) {
					t.Errorf("row %d changed: %q, now %q", i+1, row, after[i:min(i+1, len(after))])
				}
			}
			if r := pass(t, s); r.Waiting || len(r.Changes) > 0 {
				t.Errorf("not at rest: %+v", r)
			}
			if _, err := s.Undo(context.Background()); err != nil {
				t.Fatal(err)
			}
			if got := grid(t, path); !slices.EqualFunc(before, got, slices.Equal) {
				t.Errorf("undo:\n%q\nwas\n%q", got, before)
			}
			if r := pass(t, s); r.Waiting || len(r.Changes) > 0 {
				t.Errorf("not at rest after undo: %+v", r)
			}
		})
	}
}

// The neighbours of a row that comes back stand on the wrong sides of its place, since
// somebody sorted the rows the other way round.
func TestARowComesBackAmongRowsThatWereSorted(t *testing.T) {
	s := openAs(t, tempBook(t, 6), "王")
	change(t, s, opened, "remark", "一")
	book := s.book.aligned.Tables[0]
	head := *book
	head.Rows = slices.Clone(book.Rows)
	slices.Reverse(head.Rows)
	back := table.Row{ID: "back", Values: make([]string, len(head.Columns))}
	head.Rows = slices.Insert(head.Rows, 3, back)
	w := &writer{wb: s.book.wb, back: func(string, string) bool { return true }}
	found := make(chan int)
	go func() {
		at, err := w.emptied(book, &pend{row: back.ID, head: &head, hrow: &back, book: book})
		if err != nil {
			t.Error(err)
		}
		found <- at
	}()
	select {
	case at := <-found:
		if at != 0 {
			t.Errorf("row %d was left empty by nobody", at)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it looks for the place for ever")
	}
}

// styled gives the rows of tasks the frame that real ledgers have.
func styled(f *excelize.File) {
	frame, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1, Color: "000000"},
		{Type: "bottom", Style: 1, Color: "000000"}}})
	if err != nil {
		panic(err)
	}
	f.SetCellStyle("台账", "A3", "H11", frame)
}

// A row that comes back and a new one wait for the same write. The new one was given the
// empty row first, and the other was written over it: what it did not fill stayed.
func TestARowComesBackBesideANewOne(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, styled)
	a, b := openAs(t, path, "王"), openAs(t, path, "李")
	change(t, a, "编制公开目录", "progress", "一")
	if _, err := a.Delete(context.Background(), []Removal{{Row: taskID(t, a, "举办政府开放日")}}); err != nil {
		t.Fatal(err)
	}
	pass(t, b)
	copied := filepath.Join(t.TempDir(), "回传.xlsx")
	office(t, path, func(f *excelize.File) {
		f.InsertRows("台账", 4, 1)
		for c, v := range []string{"7", "核对公开目录", "财政局"} {
			f.SetCellStr("台账", cell(c+1, 4), v)
		}
		f.SetCellStr("台账", cell(slices.Index(headings, "备注")+1, 4), "新任务的备注")
		if err := f.SaveAs(copied); err != nil {
			t.Fatal(err)
		}
		f.RemoveRow("台账", 4)
	})
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	if err := os.WriteFile(lock, []byte("小李,li,pc,t,x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Merge(context.Background(), []string{copied}, MergeOptions{}); err != nil {
		t.Fatal(err)
	}
	os.Remove(lock)
	for range 2 {
		pass(t, a)
		pass(t, b)
	}
	for _, task := range b.Snapshot().Ledger.Tasks {
		want := map[bool]string{true: "新任务的备注"}[task.Title == "核对公开目录"]
		if task.Remark != want {
			t.Errorf("%s: %q, want %q", task.Title, task.Remark, want)
		}
	}
	if n := len(b.Snapshot().Ledger.Tasks); n != 7 {
		t.Errorf("%d tasks", n)
	}
}

// What somebody typed into a row after it was seen is not thrown away with it.
func TestARowThatMovedIsNotDeleted(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	id := taskID(t, s, "编制公开目录")
	seen := map[string]string{}
	n := s.Snapshot().Ledger.Line(id)
	for _, c := range n.Table.Columns {
		seen[c.Key] = n.Table.Get(n.Row, c.Key)
	}
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F7", "已开会") })
	var moved *MovedError
	for _, what := range []map[string]string{seen, nil} {
		_, err := s.Delete(context.Background(), []Removal{{Row: id, Seen: what}})
		if what != nil && (!errors.As(err, &moved) || len(moved.Values) != 1 || moved.Values[0].Now != "已开会" ||
			!errors.Is(err, ErrMoved)) {
			t.Fatal(err)
		}
		if what == nil && err != nil {
			t.Fatal("the session showed it by then:", err)
		}
	}
	if s.Snapshot().Ledger.Line(id) != nil || at(t, path, "编制公开目录", "进展情况") != "no such task" {
		t.Error("the row is still there")
	}
	if _, err := s.Delete(context.Background(), []Removal{{Row: id}}); err != nil {
		t.Error("to delete what is gone is nothing to do:", err)
	}
}

// What another typed into the row, and nobody has looked at, is not thrown away with it.
func TestARowWithAConflictThatWasNotShownStays(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	change(t, s, "公开财政预决算", "remark", "起头")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	id := taskID(t, s, "编制公开目录")
	change(t, s, "编制公开目录", "progress", "协调员写的")
	stale.SetCellStr("台账", "F7", "科室写的")
	seen := map[string]string{}
	n := s.Snapshot().Ledger.Line(id)
	for _, c := range n.Table.Columns {
		seen[c.Key] = n.Table.Get(n.Row, c.Key)
	}
	saveOver(t, stale, path)
	pass(t, s)
	open := s.Snapshot().Conflicts
	if len(open) != 1 {
		t.Fatalf("%+v", open)
	}
	var moved *MovedError
	_, err = s.Delete(context.Background(), []Removal{{Row: id, Seen: seen}})
	if !errors.As(err, &moved) || len(moved.Values) != 1 || moved.Values[0].Now != "科室写的" || moved.Values[0].Conflict == "" {
		t.Fatal(err)
	}
	if s.Snapshot().Ledger.Line(id) == nil || len(s.Snapshot().Conflicts) != 1 {
		t.Fatal("the row is gone")
	}
	if _, err := s.Delete(context.Background(), []Removal{{Row: id, Seen: seen, Conflicts: []string{open[0].ID}}}); err != nil {
		t.Fatal("it was shown:", err)
	}
	if s.Snapshot().Ledger.Line(id) != nil {
		t.Error("the row is still there")
	}
}

// A row that the workbook would go on showing is not deleted by halves.
func TestARowWhoseNameStaysIsRefused(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		f.MergeCell("台账", "B3", "B4")
		f.SetCellStr("台账", "G3", "甲")
		f.SetCellStr("台账", "G4", "乙")
	})
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "progress", "一")
	before := grid(t, path)
	id := s.Snapshot().Ledger.Tasks[1].ID
	if _, err := s.Delete(context.Background(), []Removal{{Row: id}}); !errors.Is(err, table.ErrShared) {
		t.Fatal(err)
	}
	if got := grid(t, path); !slices.EqualFunc(before, got, slices.Equal) {
		t.Error("the workbook changed")
	}
	both := []Removal{{Row: s.Snapshot().Ledger.Tasks[0].ID}, {Row: id}}
	if _, err := s.Delete(context.Background(), both); err != nil || len(s.Snapshot().Ledger.Tasks) != 4 {
		t.Fatal(err, len(s.Snapshot().Ledger.Tasks))
	}
}

// An event is deleted like a task.
func TestAnEventIsDeleted(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	ctx := context.Background()
	first, _, err := s.Record(ctx, "training", map[string]string{"unit": "财政局", "date": "2022-05-18", "topic": "一"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Record(ctx, "training", map[string]string{"unit": "项目办", "date": "2022-05-19",
		"topic": "二"}); err != nil {
		t.Fatal(err)
	}
	r, err := s.Delete(ctx, []Removal{{Row: first}})
	if err != nil || r.Waiting || len(s.Snapshot().Ledger.Events) != 1 || s.Snapshot().Ledger.Events[0].Topic != "二" {
		t.Fatalf("%v %+v %+v", err, r, s.Snapshot().Ledger.Events)
	}
	if _, err := s.Undo(ctx); err != nil || len(s.Snapshot().Ledger.Events) != 2 {
		t.Fatal(err)
	}
	if r := pass(t, s); r.Waiting || len(r.Changes) > 0 {
		t.Errorf("not at rest: %+v", r)
	}
}

// The only event is deleted, another is recorded, and the deletion is undone: two events,
// though the list was empty between, not one that both sides wrote in other words.
func TestADeletedEventComesBackBesideALaterOne(t *testing.T) {
	path := tempBook(t, 6)
	a, b := openAs(t, path, "王"), openAs(t, path, "李")
	ctx := context.Background()
	record := func(s *Session, unit, topic string) {
		t.Helper()
		if _, _, err := s.Record(ctx, "training", map[string]string{"unit": unit, "date": "2022-06-13", "topic": topic}); err != nil {
			t.Fatal(err)
		}
	}
	record(a, "财政局", "预算公开")
	pass(t, b)
	if _, err := b.Delete(ctx, []Removal{{Row: b.Snapshot().Ledger.Events[0].ID}}); err != nil {
		t.Fatal(err)
	}
	pass(t, a)
	record(a, "教育局", "招生公开")
	pass(t, b)
	if _, err := b.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	n := b.Snapshot()
	if len(n.Conflicts) != 0 || len(n.Ledger.Events) != 2 {
		t.Fatalf("%d events, %+v", len(n.Ledger.Events), n.Conflicts)
	}
	for _, e := range n.Ledger.Events {
		if (e.Unit == "财政局") != (e.Topic == "预算公开") {
			t.Errorf("%s: %s", e.Unit, e.Topic)
		}
	}
}

// Two people have a value of a row open while it is deleted, comes back for what the first
// of them typed, and is deleted again: what the second typed is in a conflict, too.
func TestAValueTypedForARowThatWasDeletedTwiceIsKept(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	ctx := context.Background()
	id := taskID(t, s, "编制公开目录")
	shown := s.Snapshot().Ledger.Task(id).Remark
	for _, typed := range []string{"第一人写的", "第二人写的"} {
		if _, err := s.Delete(ctx, []Removal{{Row: id}}); err != nil {
			t.Fatal(err)
		}
		r, err := s.Change(ctx, []Edit{{Task: id, Field: ledger.FieldRemark, Value: typed, Seen: Saw(shown), KeepBoth: true}})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Moved) != 1 || r.Moved[0].Conflict == "" {
			t.Fatalf("%s: %+v", typed, r.Moved)
		}
		if line := s.Snapshot().Ledger.Task(id); line == nil || line.Remark != typed {
			t.Fatalf("%s is not in the ledger", typed)
		}
	}
}
