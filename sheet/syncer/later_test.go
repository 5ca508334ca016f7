package syncer

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// openLater opens a ledger to do one thing.
func openLater(t *testing.T, path string, step func(string)) *Session {
	t.Helper()
	opt := options("王")
	opt.Later, opt.Backups, opt.Poll = true, 20, 1
	s, err := open(context.Background(), path, opt, step)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestOneThingIsDoneInOnePass(t *testing.T) {
	path := tempBook(t, 12)
	first := openAs(t, path, "王")
	change(t, first, "更新领导信息", "remark", "一")
	first.Close()
	office(t, path, func(f *excelize.File) { setCell(t, f, "更新领导信息", "进展情况", "办公室改的") })

	saved := 0
	s := openLater(t, path, func(what string) {
		if what == "saved" {
			saved++
		}
	})
	r, err := s.Change(context.Background(), []Edit{{Task: "4", Field: "progress", Value: "我改的"}})
	if err != nil || saved != 1 {
		t.Fatalf("saved %d times, %v", saved, err)
	}
	if len(r.Changes) != 1 || r.Changes[0].Task != r.Task || r.Changes[0].To != "我改的" {
		t.Errorf("what it changed: %+v", r)
	}
	if all := s.SinceOpened().Changes; len(all) != 2 {
		t.Errorf("since it was opened: %+v", all)
	}
	if progress(t, s, "更新领导信息") != "办公室改的" || at(t, path, "更新领导信息", "进展情况") != "办公室改的" ||
		at(t, path, r.Changes[0].Title, "进展情况") != "我改的" {
		t.Error("not both values are there", grid(t, path))
	}
}

func TestLookingOrRefusingBeginsNoHistory(t *testing.T) {
	for name, do := range map[string]func(*Session){
		"looking": func(s *Session) { s.Snapshot() },
		"refused": func(s *Session) {
			if _, err := s.Change(context.Background(),
				[]Edit{{Task: "99", Field: "progress", Value: "x"}}); err == nil {
				t.Error("a task that is not there was changed")
			}
		},
	} {
		path := tempBook(t, 12)
		s := openLater(t, path, func(string) {})
		do(s)
		if n := len(s.Snapshot().Ledger.Tasks); n != 12 {
			t.Errorf("%s: %d tasks", name, n)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), historyFolder, "*")); len(left) > 0 {
			t.Errorf("%s left %v", name, left)
		}
	}
}
