package syncer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"taizhang/sheet/store"
)

// A history that may not be read is neither damaged nor missing: none is begun
// beside it, nothing is changed, and when it may be read again all is as it was.
func TestAHistoryThatMayNotBeReadIsLeftAlone(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	for _, c := range []struct {
		name  string
		modes func(dir, head string) (path string, usual os.FileMode)
	}{
		{"folder of histories", func(dir, _ string) (string, os.FileMode) { return filepath.Dir(dir), 0o755 }},
		{"the ledger's", func(dir, _ string) (string, os.FileMode) { return dir, 0o755 }},
		{"its revisions", func(dir, _ string) (string, os.FileMode) { return filepath.Join(dir, "revisions"), 0o755 }},
		{"the head", func(dir, head string) (string, os.FileMode) {
			return filepath.Join(dir, "revisions", head),
				0o644
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := context.Background()
			state := t.TempDir()
			t.Setenv("XDG_STATE_HOME", state)
			path := tempBook(t, 8)
			s := openAs(t, path, "王")
			change(t, s, "编制公开目录", "remark", "三月")
			head := s.Snapshot().Revision
			shut, usual := c.modes(s.hist.Dir(), head)
			if err := os.Chmod(shut, 0); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(shut, usual) })
			before := read(t, path)
			other := openAs(t, path, "王")
			if n := other.Snapshot(); !errors.Is(n.Trouble, store.ErrDenied) || len(n.Ledger.Tasks) != 8 {
				t.Errorf("it shows %d tasks, and says %v", len(n.Ledger.Tasks), n.Trouble)
			}
			if _, err := other.Change(ctx, []Edit{{Task: taskID(t, other, "公开财政预决算"), Field: "remark",
				Value: "四月"}}); !errors.Is(err, store.ErrDenied) {
				t.Errorf("a change: %v", err)
			}
			if _, err := other.Sync(ctx); !errors.Is(err, store.ErrDenied) {
				t.Errorf("a sync: %v", err)
			}
			if _, err := other.Undo(ctx); !errors.Is(err, store.ErrDenied) {
				t.Errorf("an undo: %v", err)
			}
			if log, err := other.Log(ctx, LogOptions{}); !errors.Is(err, store.ErrDenied) {
				t.Errorf("the log: %v, %v", log, err)
			}
			if string(read(t, path)) != string(before) {
				t.Error("the workbook was written")
			}
			if left, _ := os.ReadDir(state); len(left) > 0 {
				t.Errorf("another history was begun: %v", left)
			}
			if err := os.Chmod(shut, usual); err != nil {
				t.Fatal(err)
			}
			if r := pass(t, openAs(t, path, "王")); r.Revision != head || len(r.Changes) > 0 || r.Conflicts > 0 {
				t.Errorf("afterwards: %+v", r)
			}
		})
	}
}
