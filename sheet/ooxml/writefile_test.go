package ooxml

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/sheet/a1"
)

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// temps lists the temporary files in a folder.
func temps(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if IsTemp(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

var errCrash = errors.New("crash")

// A crash or failure at any step leaves the old or the new file, whole.
func TestWriteFileFailingAtEachStep(t *testing.T) {
	for _, step := range []string{"created", "written", "synced", "renamed", "none"} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "台账.xlsx")
			if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
				t.Fatal(err)
			}
			seen := ""
			err := writeFile(path, []byte("new"), WriteOptions{}, func(name string) error {
				if name != "renamed" && read(t, path) != "old" {
					t.Errorf("at %q the old file is gone", name)
				}
				seen = name
				if name == step {
					return errCrash
				}
				return nil
			})
			if step == "none" && err != nil || step != "none" && (!errors.Is(err, errCrash) || seen != step) {
				t.Fatalf("%v at %q", err, seen)
			}
			want := "old"
			if step == "renamed" || step == "none" {
				want = "new"
			}
			if got := read(t, path); got != want {
				t.Errorf("file holds %q, want %q", got, want)
			}
			if left := temps(t, dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// A kill, unlike a failure, runs no cleanup: what it leaves is recognised, and
// removed when it is old.
func TestWriteFileAfterKill(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	writeFile(path, []byte("new"), WriteOptions{}, func(name string) error {
		if name != "written" {
			return nil
		}
		// A second name keeps the file from the deferred removal.
		for _, n := range temps(t, dir) {
			os.Link(filepath.Join(dir, n), filepath.Join(dir, tempPrefix+"a.xlsx.0"+tempSuffix))
		}
		return errCrash
	})
	left := temps(t, dir)
	if len(left) != 1 || read(t, path) != "old" {
		t.Fatalf("left %v, file %q", left, read(t, path))
	}
	if err := WriteFile(path, []byte("young"), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if len(temps(t, dir)) != 1 {
		t.Error("the temporary file of a process that may still be at work was removed")
	}
	old := time.Now().Add(-2 * tempAge)
	if err := os.Chtimes(filepath.Join(dir, left[0]), old, old); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("new"), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if left := temps(t, dir); len(left) > 0 || read(t, path) != "new" {
		t.Errorf("left %v, file %q", left, read(t, path))
	}
}

func TestWriteFileKeepsModeAndLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes and links of Unix")
	}
	dir := t.TempDir()
	real := filepath.Join(dir, "real", "a.xlsx")
	link := filepath.Join(dir, "link.xlsx")
	os.Mkdir(filepath.Dir(real), 0o755)
	if err := os.WriteFile(real, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(real, 0o664); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("real", "a.xlsx"), link); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(link, []byte("new"), WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	info, err := os.Stat(real)
	if err != nil || info.Mode().Perm() != 0o664 || read(t, real) != "new" {
		t.Errorf("%v %v %q", err, info.Mode(), read(t, real))
	}
}

func TestWriteFileRefusals(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := WriteFile(path, []byte("new"), WriteOptions{Check: func(string) error { return stop }}); !errors.Is(err, stop) {
		t.Errorf("check: %v", err)
	}
	if err := WriteFile(filepath.Join(dir, "no", "a.xlsx"), nil, WriteOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if err := WriteFile(dir, nil, WriteOptions{}); err == nil {
		t.Error("a folder was replaced")
	}
	if read(t, path) != "old" || len(temps(t, dir)) > 0 {
		t.Error("something was left or changed")
	}
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	os.Chmod(path, 0o400)
	if err := WriteFile(path, []byte("new"), WriteOptions{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("read-only: %v", err)
	}
}

func TestSaveStopsWhenTheFileHasChanged(t *testing.T) {
	book := simpleBook(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	at := a1.At(1, 1)
	for name, meddle := range map[string]func(path string) error{
		"other bytes, same size and time": func(path string) error {
			info, _ := os.Stat(path)
			changed := append([]byte(nil), book...)
			changed[len(changed)-1] ^= 1
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				return err
			}
			return os.Chtimes(path, info.ModTime(), info.ModTime())
		},
		"longer":  func(path string) error { return os.WriteFile(path, append(book, 0), 0o600) },
		"removed": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.xlsx")
			if err := os.WriteFile(path, book, 0o600); err != nil {
				t.Fatal(err)
			}
			w, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Set("Sheet1", at, NumberValue("2")); err != nil {
				t.Fatal(err)
			}
			if err := meddle(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			if err := w.Save(); !errors.Is(err, ErrChanged) {
				t.Errorf("got %v", err)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was touched")
			}
		})
	}
}

func TestSaveAndSaveAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, simpleBook(t, ""), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Save(); err != nil || w.Dirty() {
		t.Fatalf("nothing to save: %v", err)
	}
	if err := w.Set("Sheet1", a1.At(2, 2), TextValue("x")); err != nil || !w.Dirty() {
		t.Fatal(err)
	}
	if err := w.Save(); err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(2, 2), TextValue("y")); !errors.Is(err, ErrChanged) {
		t.Errorf("a spent workbook takes edits: %v", err)
	}
	again, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := again.Sheet("Sheet1")
	if c, _ := sheet.Cell(a1.At(2, 2)); c.Value != "x" {
		t.Errorf("reads back %q", c.Value)
	}
}

// Any sequence of saves by two programs, each through its own Workbook, loses
// nothing unnoticed: what stands in the file is always the last save that
// reported success.
func TestSaveRaces(t *testing.T) {
	book := simpleBook(t, "")
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		path := filepath.Join(dir, "race.xlsx")
		if err := os.WriteFile(path, book, 0o600); err != nil {
			rt.Fatal(err)
		}
		want := ""
		open := map[int]*Workbook{}
		for i := range rapid.IntRange(1, 8).Draw(rt, "steps") {
			who := rapid.IntRange(0, 1).Draw(rt, "who")
			if open[who] == nil {
				w, err := Open(path, Options{})
				if err != nil {
					rt.Fatal(err)
				}
				open[who] = w
				continue
			}
			value := strings.Repeat("x", i+1)
			w := open[who]
			delete(open, who)
			if err := w.Set("Sheet1", a1.At(1, 1), TextValue(value)); err != nil {
				rt.Fatal(err)
			}
			if err := w.Save(); err == nil {
				want = value
			} else if !errors.Is(err, ErrChanged) {
				rt.Fatal(err)
			}
		}
		w, err := Open(path, Options{})
		if err != nil {
			rt.Fatal(err)
		}
		sheet, _ := w.Sheet("Sheet1")
		if c, _ := sheet.Cell(a1.At(1, 1)); c.Value != want {
			rt.Fatalf("file holds %q, want %q", c.Value, want)
		}
	})
}

// edited is a workbook on disk, opened and with a cell set that is not saved yet.
func edited(t *testing.T, book []byte) (path string, w *Workbook) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, book, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), TextValue("x")); err != nil {
		t.Fatal(err)
	}
	return path, w
}

// Who saves while the new file is being written is not overwritten either.
func TestSaveChecksRightBeforeTheRename(t *testing.T) {
	path, w := edited(t, simpleBook(t, ""))
	const theirs = "what somebody else saved"
	err := w.save(func(at string) error {
		if at != "synced" {
			return nil
		}
		return os.WriteFile(path, []byte(theirs), 0o600)
	})
	if !errors.Is(err, ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
	if data, _ := os.ReadFile(path); string(data) != theirs {
		t.Errorf("their file holds %q", data)
	}
}

func TestSaveWaitsForWhoeverOpenedTheWorkbookMeanwhile(t *testing.T) {
	book := simpleBook(t, `<row r="1"><c r="A1"><v>1</v></c></row>`)
	path, w := edited(t, book)
	lock := filepath.Join(filepath.Dir(path), ".~lock.a.xlsx#")
	err := w.save(func(step string) error {
		return os.WriteFile(lock, []byte("李,li,pc,01.06.2022 09:00,file:///x;"), 0o644)
	})
	if !errors.Is(err, ErrOpen) {
		t.Errorf("saved over what somebody has open: %v", err)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, book) {
		t.Error("the file was touched")
	}
}
