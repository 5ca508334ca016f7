//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"taizhang/sheet/msg"
)

// full is a disk without room.
type full struct{ quick }

func (full) WriteTemp(dir string, _ []byte, _ fs.FileMode) (string, error) {
	return "", &fs.PathError{Op: "write", Path: dir, Err: syscall.ENOSPC}
}

// That the disk is full is said in so many words, whatever was to be written;
// with room again all goes on.
func TestAFullDiskIsSaidToBeFull(t *testing.T) {
	said := func(what string, err error) {
		t.Helper()
		var e *msg.Error
		if !errors.As(err, &e) || e.Text.Key != "store.full" {
			t.Errorf("%s: %v", what, err)
		}
	}
	dir := t.TempDir()
	_, err := open(dir, Options{}, full{})
	said("to make it", err)
	later := must(open(dir, Options{Later: true}, full{}))
	id := must(later.Put(Revision{Time: day}, ledgerOf(2)))
	said("to begin", later.Begin())
	if later.Begun() {
		t.Error("it has begun")
	}
	later.fs = quick{}
	must(0, later.Begin())

	s := must(open(dir, Options{}, full{}))
	_, err = s.Put(Revision{Time: day.Add(1), Parents: []string{id}}, with(ledgerOf(2), 0, 5, "x"))
	said("to put", err)
	said("to mark", s.MarkStamped(id))
	said("to send", s.MarkSent(Round{Revision: id, Time: day}))
	said("to back up", s.Backup([]byte("x"), ".xlsx", day, 3))
	if heads, damage, err := must(Open(dir, Options{})).Heads(); err != nil || len(damage) > 0 || len(heads) != 1 ||
		heads[0] != id {
		t.Error(heads, damage, err)
	}
	if left, _ := os.ReadDir(s.path(revisionsDir)); len(left) != 1 {
		t.Errorf("it left %v", left)
	}
}
