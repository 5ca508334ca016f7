package safefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Somebody saves in the instant between the check and the rename: theirs stands
// there, and ours is refused.
func TestSaveBetweenCheckAndRenameIsNotLost(t *testing.T) {
	others := map[string]func(path string) error{
		"by a rename": func(path string) error {
			if err := os.WriteFile(path+".part", []byte("theirs"), 0o600); err != nil {
				return err
			}
			return os.Rename(path+".part", path)
		},
		"in place": func(path string) error { return os.WriteFile(path, []byte("theirs"), 0o600) },
		"by removing first": func(path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path, []byte("theirs"), 0o600))
		},
	}
	for name, save := range others {
		for _, old := range []string{"old", ""} {
			t.Run(fmt.Sprintf("%s, old %q", name, old), func(t *testing.T) {
				if old == "" && name == "by removing first" {
					t.Skip("there is nothing to remove")
				}
				dir := t.TempDir()
				path := filepath.Join(dir, "a.xlsx")
				if old != "" {
					if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				changed := errors.New("changed")
				check := func(path string) error {
					if data, _ := os.ReadFile(path); string(data) != old {
						return changed
					}
					return nil
				}
				err := write(path, []byte("ours"), Options{Check: check}, func(step string) error {
					if step == "checked" {
						return save(path)
					}
					return nil
				})
				if data, _ := os.ReadFile(path); string(data) != "theirs" || !errors.Is(err, changed) {
					t.Errorf("%q stands there, error %v", data, err)
				}
				if entries, _ := os.ReadDir(dir); len(entries) != 1 {
					t.Errorf("left behind: %v", entries)
				}
			})
		}
	}
}

// They save once more while theirs is being put back: the newest save stands.
func TestNewestSaveStandsWhenPuttingBack(t *testing.T) {
	for saves := 1; saves <= 3; saves++ {
		dir := t.TempDir()
		temp, target := filepath.Join(dir, "temp"), filepath.Join(dir, "target")
		put := func(path, text string) {
			next := filepath.Join(dir, "next")
			if err := errors.Join(os.WriteFile(next, []byte(text), 0o600), os.Rename(next, path)); err != nil {
				t.Fatal(err)
			}
		}
		put(target, "ours")
		ours, err := os.Open(target)
		if err != nil {
			t.Fatal(err)
		}
		defer ours.Close()
		put(temp, "theirs 0")
		for i := 1; i < saves; i++ {
			put(target, fmt.Sprint("theirs ", i))
		}
		if err := putBack(temp, target, ours); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint("theirs ", saves-1)
		if data, _ := os.ReadFile(target); string(data) != want {
			t.Errorf("%d saves: %q stands there", saves, data)
		}
	}
}

// Whoever may not read a ledger may not read what is made of it, not even while
// it is written.
func TestNewFilesAreReadByNobodyWhoMayNotReadTheLedger(t *testing.T) {
	for _, mode := range []os.FileMode{0o600, 0o640, 0o644} {
		dir := t.TempDir()
		book := filepath.Join(dir, "book.xlsx")
		open := filepath.Join(dir, "open.xlsx")
		for name, m := range map[string]os.FileMode{book: mode, open: 0o666} {
			if err := errors.Join(os.WriteFile(name, nil, m), os.Chmod(name, m)); err != nil {
				t.Fatal(err)
			}
		}
		limit := func(path string) error {
			entries, err := os.ReadDir(dir)
			for _, e := range entries {
				if info, _ := e.Info(); strings.HasPrefix(e.Name(), tempPrefix) && info.Mode().Perm()&^mode != 0 {
					err = errors.Join(err, fmt.Errorf("%s is %v", e.Name(), info.Mode()))
				}
			}
			return err
		}
		steps := func(string) error { return limit("") }
		made := filepath.Join(dir, "made.txt")
		if err := write(made, []byte("x"), Options{Like: []string{open, book, filepath.Join(dir, "gone.xlsx")}},
			steps); err != nil {
			t.Error(err)
		}
		if err := write(book, []byte("x"), Options{}, steps); err != nil {
			t.Error(err)
		}
		for _, name := range []string{made, book} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm()&^mode != 0 {
				t.Errorf("%s of a ledger %v: %v, %v", filepath.Base(name), mode, info.Mode(), err)
			}
		}
	}
}
