package store

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What a crash left behind goes, also if the machine's clock was ahead; what
// another machine may be writing now stays.
func TestSweepTakesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	must(Open(dir, Options{}))
	for name, age := range map[string]time.Duration{"tmp-old": 48 * time.Hour, "tmp-ahead": -48 * time.Hour,
		"tmp-now": time.Minute, "tmp-soon": -time.Minute} {
		file := filepath.Join(dir, revisionsDir, name)
		if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	must(Open(dir, Options{}))
	var left []string
	for _, e := range must(os.ReadDir(filepath.Join(dir, revisionsDir))) {
		left = append(left, e.Name())
	}
	if d := cmp.Diff([]string{"tmp-now", "tmp-soon"}, left); d != "" {
		t.Error(d)
	}
}

// swept is a folder that another machine, whose clock is days off, sweeps while we write:
// the first temporary files are gone before they are renamed.
type swept struct {
	quick
	left *int // how many files it still takes
}

func (d swept) WriteTemp(dir string, data []byte, mode fs.FileMode) (string, error) {
	name, err := d.quick.WriteTemp(dir, data, mode)
	if err == nil && *d.left > 0 {
		*d.left--
		err = os.Remove(name)
	}
	return name, err
}

func TestWhatAnotherMachineSweptIsWrittenAgain(t *testing.T) {
	takes := 0
	s := must(open(t.TempDir(), Options{}, swept{left: &takes}))
	takes = 2
	id := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	if _, err := os.Stat(s.revisionFile(id)); err != nil {
		t.Error(err)
	}
	takes = 100
	if _, err := s.Put(Revision{Time: day.Add(1), Parents: []string{id}}, with(ledgerOf(2), 0, 5, "x")); err == nil {
		t.Error("a file that is gone at every try was said to be written")
	}
}
