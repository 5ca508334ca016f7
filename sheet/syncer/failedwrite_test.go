package syncer

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// The very first write into a workbook fails after it was announced (a kill, a
// full disk, a file without write permission): what was typed is written by the
// next pass and is no conflict, since nobody else typed anything.
func TestFirstWriteThatFailedIsMadeUpFor(t *testing.T) {
	path := tempBook(t, 12)
	type kill struct{}
	killed := func() (was bool) {
		defer func() { _, was = recover().(kill) }()
		s, err := open(context.Background(), path, options("王"), func(what string) {
			if what == "backed up" {
				panic(kill{})
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Change(context.Background(), []Edit{{Task: taskID(t, s, "编制公开目录"), Field: "progress", Value: "已编制"}})
		return false
	}
	if !killed() {
		t.Fatal("nothing was to be written")
	}
	r := pass(t, openAs(t, path, "李"))
	if r.Conflicts != 0 || r.Waiting {
		t.Errorf("%+v", r)
	}
	if got := at(t, path, "编制公开目录", "进展情况"); got != "已编制" {
		t.Errorf("the workbook holds %q", got)
	}
}

// What is not kept first is not overwritten: the change waits.
func TestNothingIsWrittenWithoutABackup(t *testing.T) {
	path := tempBook(t, 12)
	s := openAs(t, path, "王")
	pass(t, s)
	backups := filepath.Join(s.hist.Dir(), "backups")
	if err := os.RemoveAll(backups); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(backups, nil, 0o644); err != nil { // a file where the folder would be
		t.Fatal(err)
	}
	before := read(t, path)
	id := taskID(t, s, "公开财政预决算")
	if _, err := s.Change(context.Background(), []Edit{{Task: id, Field: "progress", Value: "一稿"}}); err == nil {
		t.Error("nobody was told")
	}
	if !bytes.Equal(read(t, path), before) {
		t.Fatal("the workbook was written, though it could not be kept before")
	}
	if err := os.Remove(backups); err != nil {
		t.Fatal(err)
	}
	pass(t, s)
	if at(t, path, "公开财政预决算", "进展情况") != "一稿" {
		t.Error("the change was lost")
	}
}
