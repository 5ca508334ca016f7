package syncer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ooxml"
)

func TestLookingChangesNothing(t *testing.T) {
	path := tempBook(t, 12)
	before := read(t, path)
	s := openAs(t, path, "王")
	pass(t, s)
	if n := len(s.Snapshot().Ledger.Tasks); n != 12 {
		t.Fatal(n)
	}
	office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F3", "已更新") })
	saved := read(t, path)
	pass(t, s)
	if progress(t, s, "更新领导信息") != "已更新" {
		t.Error("office's edit is not in the ledger")
	}
	if !bytes.Equal(saved, read(t, path)) {
		t.Error("the workbook was written though there was nothing to write")
	}
	if bytes.Equal(before, saved) {
		t.Error("test did not change anything")
	}
}

func TestReadOnlyLeavesNoTrace(t *testing.T) {
	path := tempBook(t, 12)
	opt := options("王")
	opt.ReadOnly = true
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	id := taskID(t, s, "更新领导信息")
	if _, err := s.Change(context.Background(), []Edit{{Task: id, Field: "progress", Value: "x"}}); !errors.Is(err,
		ErrReadOnly) {
		t.Error(err)
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	if len(entries) != 1 {
		t.Error("something was written:", entries)
	}
	// The same task has the same id once there is a history.
	if w := openAs(t, path, "王"); taskID(t, w, "更新领导信息") != id {
		t.Error("another id")
	}
}

func TestChangeStandsInTheWorkbook(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	r := change(t, s, "公开财政预决算", "progress", "已在网站公开")
	if got := at(t, path, "公开财政预决算", "进展情况"); got != "已在网站公开" {
		t.Errorf("workbook says %q", got)
	}
	if r.Waiting || len(r.Changes) != 1 || r.Changes[0].To != "已在网站公开" || r.Changes[0].Title != "公开财政预决算" {
		t.Errorf("%+v", r)
	}
	wb, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := wb.Property(StampRevision); v != r.Revision {
		t.Errorf("stamped %q, head is %q", v, r.Revision)
	}
	// Another session, later, reads the same head.
	if other := openAs(t, path, "李"); other.Snapshot().Revision != r.Revision {
		t.Error("another head")
	}
}

func TestOfficeEditsArriveHoweverTheyAreSaved(t *testing.T) {
	for name, save := range map[string]func(*excelize.File, string){
		"renamed over": func(f *excelize.File, path string) { saveOver(t, f, path) },
		"in place":     func(f *excelize.File, path string) { f.SaveAs(path) },
		"deleted and renamed": func(f *excelize.File, path string) {
			f.SaveAs(filepath.Join(filepath.Dir(path), "1A2B.xlsx"))
			os.Remove(path)
			os.Rename(filepath.Join(filepath.Dir(path), "1A2B.xlsx"), path)
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := tempBook(t, 12)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "remark", "注意")
			f, err := excelize.OpenFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f.SetCellStr("台账", "F3", "已更新")
			save(f, path)
			r := pass(t, s)
			if len(r.Changes) != 1 || r.Changes[0].To != "已更新" {
				t.Errorf("%+v", r.Changes)
			}
			if r.Conflicts != 0 || r.Waiting {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestStaleSaveLosesNeitherSide(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "一")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, "公开财政预决算", "progress", "协调员所写")
	stale.SetCellStr("台账", "F3", "科室所写")
	saveOver(t, stale, path)
	r := pass(t, s)
	if r.Conflicts != 0 {
		t.Error("a conflict where nobody disagrees")
	}
	if at(t, path, "公开财政预决算", "进展情况") != "协调员所写" || at(t, path, "更新领导信息", "进展情况") != "科室所写" {
		t.Error("a side was lost", grid(t, path))
	}
	if progress(t, s, "公开财政预决算") != "协调员所写" || progress(t, s, "更新领导信息") != "科室所写" {
		t.Error("a side was lost in the ledger")
	}
}

func TestConflictStaysInTheWorkbookUntilSomebodyChooses(t *testing.T) {
	for _, choice := range []struct{ say, want string }{{Mine, "协调员"}, {Theirs, "科室"}, {"=两者", "两者"}} {
		t.Run(choice.say, func(t *testing.T) {
			path := tempBook(t, 12)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "remark", "一")
			stale, _ := excelize.OpenFile(path)
			change(t, s, "更新领导信息", "progress", "协调员")
			stale.SetCellStr("台账", "F3", "科室")
			saveOver(t, stale, path)
			for range 3 { // a pass more changes nothing
				r := pass(t, s)
				if r.Conflicts != 1 || r.Waiting {
					t.Fatalf("%+v", r)
				}
				if at(t, path, "更新领导信息", "进展情况") != "科室" || progress(t, s, "更新领导信息") != "协调员" {
					t.Fatal("what stands was touched")
				}
			}
			// Other work goes on, and is written.
			change(t, s, "公开财政预决算", "progress", "另一项")
			if at(t, path, "更新领导信息", "进展情况") != "科室" || at(t, path, "公开财政预决算", "进展情况") != "另一项" {
				t.Fatal("a later push touched what stands")
			}
			c := s.Snapshot().Conflicts
			if len(c) != 1 || c[0].Base != "" || c[0].Mine != "协调员" || c[0].Theirs != "科室" || c[0].MineBy != "王" {
				t.Fatalf("%+v", c)
			}
			r, err := s.Resolve(context.Background(), Decision{Conflict: c[0].ID, Choice: choice.say})
			if err != nil || r.Conflicts != 0 {
				t.Fatal(r, err)
			}
			if at(t, path, "更新领导信息", "进展情况") != choice.want || progress(t, s, "更新领导信息") != choice.want {
				t.Error(at(t, path, "更新领导信息", "进展情况"))
			}
			if r := pass(t, s); r.Conflicts != 0 || len(r.Changes) > 0 {
				t.Errorf("it came back: %+v", r)
			}
		})
	}
}

func TestWriteWaitsWhileSomebodyHasItOpen(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	os.WriteFile(lock, []byte(",zhang,pc,01.06.2022 09:00,file:///x;"), 0o644)
	before := read(t, path)
	r := change(t, s, "公开财政预决算", "progress", "等待")
	n := s.Snapshot()
	if !r.Waiting || len(n.Waiting) != 1 || n.Waiting[0].Value != "等待" || n.Owner == nil ||
		n.Owner.Program != "LibreOffice" {
		t.Fatalf("%+v %+v", r, n.Waiting)
	}
	if !bytes.Equal(before, read(t, path)) {
		t.Fatal("it was written all the same")
	}
	// The person saves something else, twice, while we wait.
	for _, v := range []string{"甲", "乙"} {
		office(t, path, func(f *excelize.File) { f.SetCellStr("台账", "F3", v) })
		if r := pass(t, s); r.Conflicts != 0 || !r.Waiting {
			t.Fatalf("%+v", r)
		}
	}
	s.Close()
	os.Remove(lock)
	s = openAs(t, path, "王") // another process
	if at(t, path, "公开财政预决算", "进展情况") != "等待" || at(t, path, "更新领导信息", "进展情况") != "乙" {
		t.Error("not written after it was closed", grid(t, path))
	}
	if len(s.Snapshot().Waiting) != 0 {
		t.Error("still waits")
	}
}

func TestTwoCoordinatorsAtOnce(t *testing.T) {
	path := tempBook(t, 12)
	a, b := openAs(t, path, "王"), openAs(t, path, "李")
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 5 {
			change(t, a, "更新领导信息", "progress", "a"+progress(t, a, "更新领导信息"))
		}
	}()
	for range 5 {
		change(t, b, "公开财政预决算", "progress", "b"+progress(t, b, "公开财政预决算"))
	}
	<-done
	pass(t, a)
	pass(t, b)
	ra := pass(t, a)
	if a.Snapshot().Revision != b.Snapshot().Revision {
		t.Error("two heads")
	}
	if ra.Conflicts != 0 || at(t, path, "更新领导信息", "进展情况") != "aaaaa" || at(t, path, "公开财政预决算", "进展情况") != "bbbbb" {
		t.Error(ra, at(t, path, "更新领导信息", "进展情况"), at(t, path, "公开财政预决算", "进展情况"))
	}
}

func TestMissingOrHalfWrittenWorkbookIsWaitedFor(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	whole := read(t, path)
	for name, harm := range map[string]func(){
		"gone":         func() { os.Remove(path) },
		"half written": func() { os.WriteFile(path, whole[:len(whole)/2], 0o644) },
		"empty":        func() { os.WriteFile(path, nil, 0o644) },
	} {
		harm()
		if _, err := s.Sync(context.Background()); !errors.Is(err, ErrMissing) {
			t.Error(name, err)
		}
		if len(s.Snapshot().Ledger.Tasks) != 12 {
			t.Error(name, "rows are gone")
		}
		// A change made meanwhile is kept.
		r, _ := s.Change(context.Background(), []Edit{{Task: taskID(t, s, "更新领导信息"), Field: "progress", Value: name}})
		if !r.Waiting || len(s.Snapshot().Waiting) != 1 {
			t.Errorf("%s: does not show as waiting: %+v", name, s.Snapshot().Waiting)
		}
		os.WriteFile(path, whole, 0o644)
		pass(t, s)
		if at(t, path, "更新领导信息", "进展情况") != name {
			t.Error(name, "change was lost")
		}
		whole = read(t, path)
	}
}

func TestUndoAndRestore(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	first := s.Snapshot().Revision
	change(t, s, "更新领导信息", "progress", "一")
	change(t, s, "更新领导信息", "progress", "二")
	if _, err := s.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := at(t, path, "更新领导信息", "进展情况"); got != "一" {
		t.Error(got)
	}
	if _, err := s.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := at(t, path, "更新领导信息", "进展情况"); got != "" {
		t.Error(got)
	}
	if _, err := s.Undo(context.Background()); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
	id, _, err := s.Add(context.Background(), map[string]string{"title": "新增任务"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s.Snapshot().Ledger.Task(id) != nil || at(t, path, "新增任务", "序号") != "no such task" {
		t.Error("the added task is still there")
	}
	change(t, s, "更新领导信息", "progress", "三")
	if _, err := s.Restore(context.Background(), first[:12]); err != nil {
		t.Fatal(err)
	}
	if got := at(t, path, "更新领导信息", "进展情况"); got != "" {
		t.Error(got)
	}
	log, err := s.Log(context.Background(), LogOptions{Task: taskID(t, s, "更新领导信息")})
	if err != nil || len(log) != 6 {
		t.Errorf("%d entries %v", len(log), err)
	}
	if b, err := s.hist.Backups(); err != nil || len(b) == 0 {
		t.Error(b, err)
	}
}

func TestSessionHasOnlyOneWorker(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	done := make(chan error, 8)
	for i := range 8 {
		title := titles[i]
		id := taskID(t, s, title)
		go func() {
			_, err := s.Change(context.Background(), []Edit{{Task: id, Field: "progress", Value: title}})
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	for _, title := range titles[:8] {
		if at(t, path, title, "进展情况") != title {
			t.Error("lost", title)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Sync(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
