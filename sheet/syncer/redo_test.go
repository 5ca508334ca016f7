package syncer

import (
	"context"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Undo and redo walk back and forth over one's own changes; a new change ends it, and
// what somebody changed in between is not overwritten.
func TestRedoTakesUndoBack(t *testing.T) {
	path := tempBook(t, 6)
	s := openAs(t, path, "王")
	ctx := context.Background()
	const title = "编制公开目录"
	step := func(do func(context.Context) (Report, error), want string) {
		t.Helper()
		if _, err := do(ctx); err != nil || progress(t, s, title) != want || at(t, path, title, "进展情况") != want {
			t.Fatalf("%v: %q, want %q", err, progress(t, s, title), want)
		}
	}
	nothing := func(do func(context.Context) (Report, error)) {
		t.Helper()
		if _, err := do(ctx); !errors.Is(err, ErrNothing) {
			t.Fatal(err)
		}
	}
	nothing(s.Redo)
	change(t, s, title, "progress", "一")
	change(t, s, title, "progress", "二")
	nothing(s.Redo)
	step(s.Undo, "一")
	step(s.Undo, "")
	step(s.Redo, "一")
	step(s.Redo, "二")
	nothing(s.Redo)
	step(s.Undo, "一")
	step(s.Redo, "二")
	step(s.Undo, "一")
	office(t, path, func(f *excelize.File) { setCell(t, f, title, "进展情况", "财政局写的") })
	if _, err := s.Redo(ctx); err != nil || progress(t, s, title) != "财政局写的" || len(s.Snapshot().Conflicts) != 1 {
		t.Fatalf("%v: %q, %v", err, progress(t, s, title), s.Snapshot().Conflicts)
	}
	change(t, s, "更新领导信息", "remark", "另一处")
	nothing(s.Redo)
}
