package syncer

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The first write fails after it was announced, and an office, whose workbook
// was never stamped, then edits something else.
func TestEditAfterAFirstWriteThatFailedIsNoConflict(t *testing.T) {
	path := tempBook(t, 12)
	type kill struct{}
	func() {
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(kill); !ok {
					panic(r)
				}
			}
		}()
		s, err := open(context.Background(), path, options("王"), func(what string) {
			if what == "backed up" {
				panic(kill{})
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Change(context.Background(), []Edit{{Task: taskID(t, s, "编制公开目录"), Field: "progress", Value: "已编制"}})
	}()
	office(t, path, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", "科室所写") })
	s := openAs(t, path, "李")
	r := pass(t, s)
	if r.Conflicts != 0 || r.Waiting {
		t.Errorf("%+v\n%+v", r, s.Snapshot().Conflicts)
	}
	if at(t, path, "编制公开目录", "进展情况") != "已编制" || at(t, path, "公开财政预决算", "进展情况") != "科室所写" {
		t.Error(grid(t, path))
	}
}

// An office has the workbook open since before the coordinator's first write and
// saves after it: the stamp is gone, so nobody can know whether it set the value
// back or never saw it. That is asked about, and nothing is lost.
func TestStaleSaveOverTheFirstWrite(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	change(t, s, "编制公开目录", "progress", "已编制")
	setCell(t, stale, "公开财政预决算", "进展情况", "科室所写")
	saveOver(t, stale, path)
	pass(t, s)
	if progress(t, s, "编制公开目录") != "已编制" || progress(t, s, "公开财政预决算") != "科室所写" {
		t.Error("a side was lost", grid(t, path))
	}
	c := s.Snapshot().Conflicts
	if len(c) != 1 || c[0].Mine != "已编制" || c[0].Theirs != "" {
		t.Fatalf("%+v", c)
	}
	if _, err := s.Resolve(context.Background(), Decision{Conflict: c[0].ID, Choice: Mine}); err != nil ||
		at(t, path, "编制公开目录", "进展情况") != "已编制" {
		t.Error(err, grid(t, path))
	}
}

// Copies were sent before anything was written into the workbook itself: an
// office that goes on with it has not lost a stamp.
func TestCopiesSentBeforeTheFirstWriteDoNotMakeTheWorkbookAStrayOne(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	if _, err := s.Original(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, v := range []string{"一", "二", ""} {
		office(t, path, func(f *excelize.File) { setCell(t, f, "公开财政预决算", "进展情况", v) })
		if r := pass(t, s); r.Conflicts != 0 || progress(t, s, "公开财政预决算") != v {
			t.Errorf("%q: %q, %+v", v, progress(t, s, "公开财政预决算"), r)
		}
	}
}

// The same, while somebody else's saves were taken in before the first write.
func TestStaleSaveOverTheFirstWriteAfterSavesWithoutAStamp(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	office(t, path, func(f *excelize.File) { setCell(t, f, "公开重大项目进展", "进展情况", "先存的") })
	pass(t, s)
	change(t, s, "编制公开目录", "progress", "已编制")
	setCell(t, stale, "公开财政预决算", "进展情况", "科室所写")
	saveOver(t, stale, path)
	pass(t, s)
	if progress(t, s, "编制公开目录") != "已编制" || progress(t, s, "公开财政预决算") != "科室所写" {
		t.Error("a side was lost", grid(t, path))
	}
	if progress(t, s, "公开重大项目进展") != "先存的" {
		c := s.Snapshot().Conflicts
		if len(c) != 1 {
			t.Errorf("%q, %+v", progress(t, s, "公开重大项目进展"), c)
		}
	}
}

// While the coordinator's first write waits (somebody has the workbook open) the
// office saves twice, the second time from an older file.
func TestSavesWhileTheFirstWriteWaits(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	stale, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	if err := os.WriteFile(lock, []byte("张三,zhang,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	change(t, s, "编制公开目录", "progress", "已编制")
	setCell(t, stale, "公开财政预决算", "进展情况", "科室所写")
	saveOver(t, stale, path)
	pass(t, s)
	os.Remove(lock)
	r := pass(t, s)
	if at(t, path, "编制公开目录", "进展情况") != "已编制" || at(t, path, "公开财政预决算", "进展情况") != "科室所写" || r.Conflicts != 0 {
		t.Errorf("%+v %v", s.Snapshot().Conflicts, grid(t, path))
	}
}

// What others have typed waits while an office has the workbook open. Who then
// looks read-only is shown that it waits, and neither writes it nor fails to.
func TestReadOnlyDoesNotWriteWhatWaits(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	if err := os.WriteFile(lock, []byte("张三,zhang,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	change(t, s, "编制公开目录", "progress", "已编制")
	os.Remove(lock)
	before := read(t, path)
	opt := options("李")
	opt.ReadOnly = true
	r, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if n := r.Snapshot(); n.Trouble != nil || len(n.Waiting) != 1 || n.Waiting[0].Value != "已编制" {
		t.Errorf("%v, %+v", n.Trouble, n.Waiting)
	}
	if !bytes.Equal(read(t, path), before) {
		t.Error("the workbook was written")
	}
}

// Last week's file, as an office had saved it, is copied back over the workbook:
// it is behind, nothing that was typed since is lost, and it is no conflict. Who
// means to go back restores the revision.
func TestOldFilePutBackIsBehind(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	then := s.Snapshot().Revision
	office(t, path, func(f *excelize.File) { setCell(t, f, "公开重大项目进展", "进展情况", "科室所写") })
	saved := read(t, path)
	pass(t, s)
	change(t, s, "编制公开目录", "progress", "已编制")
	if err := os.WriteFile(path, saved, 0o644); err != nil {
		t.Fatal(err)
	}
	if r := pass(t, s); r.Conflicts != 0 || r.Waiting || len(r.Changes) != 0 {
		t.Errorf("%+v", r)
	}
	if at(t, path, "编制公开目录", "进展情况") != "已编制" || at(t, path, "公开重大项目进展", "进展情况") != "科室所写" {
		t.Error(grid(t, path))
	}
	if _, err := s.Restore(context.Background(), then); err != nil {
		t.Fatal(err)
	}
	if at(t, path, "编制公开目录", "进展情况") != "" || at(t, path, "编制公开目录", "备注") != "起头" {
		t.Error(grid(t, path))
	}
}

// A file as we had written it, put back after an office had saved over it: its
// stamp does not tell whether somebody set the office's value back. That is asked
// about; what the coordinator typed since is written again.
func TestOwnOldFilePutBackLosesNothing(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	change(t, s, "编制公开目录", "remark", "起头")
	ours := read(t, path)
	office(t, path, func(f *excelize.File) { setCell(t, f, "公开重大项目进展", "进展情况", "科室所写") })
	pass(t, s)
	change(t, s, "编制公开目录", "progress", "已编制")
	if err := os.WriteFile(path, ours, 0o644); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	if c := s.Snapshot().Conflicts; len(c) != 1 || c[0].Mine != "科室所写" || c[0].Theirs != "" {
		t.Errorf("%+v", c)
	}
	if at(t, path, "编制公开目录", "进展情况") != "已编制" || progress(t, s, "公开重大项目进展") != "科室所写" {
		t.Error(grid(t, path))
	}
}
