package syncer

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A process that took in an office's save was killed before it made the two heads one.
// A command that begins now has all that either head holds before it: the value that
// somebody set last is replaced, and nobody is asked about it.
func TestACommandGoesOnFromAllHeads(t *testing.T) {
	path := tempBook(t, 12)
	title := "更新领导信息"
	s := openAs(t, path, "王")
	change(t, s, title, "remark", "起头") // a stamp stands in the workbook
	lock := filepath.Join(filepath.Dir(path), ".~lock.台账.xlsx#")
	if err := os.WriteFile(lock, []byte("小李,li,pc,01.06.2022 09:00,file:///x;"), 0o644); err != nil {
		t.Fatal(err)
	}
	change(t, s, title, "remark", "第一稿")
	time.Sleep(1100 * time.Millisecond) // the office's save is the later one, by a clock of seconds
	office(t, path, func(f *excelize.File) { setCell(t, f, title, "进展情况", "科室的进展") })
	killedAt(t, path, "pulled")

	opt := options("王")
	opt.Later = true
	command, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer command.Close()
	r, err := command.Change(context.Background(), []Edit{{Task: "1", Field: "remark", Value: "第二稿", KeepBoth: true}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Moved) > 0 || command.Snapshot().Ledger.Tasks[0].Remark != "第二稿" {
		t.Errorf("moved: %+v", r.Moved)
	}
}

// killedAt opens the workbook as a process that is killed after one of its steps.
func killedAt(t *testing.T, path, step string) {
	t.Helper()
	type kill struct{}
	defer func() {
		if r := recover(); r != (kill{}) {
			t.Fatalf("never came to %s: %v", step, r)
		}
	}()
	open(context.Background(), path, options("另一台"), func(what string) {
		if what == step {
			panic(kill{})
		}
	})
}
