package store

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
)

// forbidding is a file system in which some names may not be read.
type forbidding struct {
	quick
	shut string // what their paths contain
}

func (f forbidding) ReadFile(name string) ([]byte, error) {
	if strings.Contains(name, f.shut) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.quick.ReadFile(name)
}

func (f forbidding) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasSuffix(name, f.shut) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.quick.ReadDir(name)
}

// What may not be read is not damage: nothing goes on without it.
func TestWhatMayNotBeReadIsNotDamage(t *testing.T) {
	s := must(openQuick(t.TempDir()))
	first := must(s.Put(Revision{Time: day}, ledgerOf(2)))
	head := must(s.Put(Revision{Time: day.Add(1), Parents: []string{first}}, with(ledgerOf(2), 0, 5, "x")))
	for _, shut := range []string{s.dir, revisionsDir, head} {
		o, err := open(s.dir, Options{}, forbidding{shut: shut})
		if shut == s.dir {
			if !errors.Is(err, ErrDenied) {
				t.Errorf("opening: %v", err)
			}
			continue
		}
		if _, damage, err := o.List(); !errors.Is(err, ErrDenied) || len(damage) > 0 {
			t.Errorf("the list: %v, damage %v", err, damage)
		}
		if at, _, damage, err := o.Nearest(head); !errors.Is(err, ErrDenied) || len(damage) > 0 {
			t.Errorf("it takes %q instead, %v, damage %v", at, err, damage)
		}
	}
}
