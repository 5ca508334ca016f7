package ooxml_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/safefile"
)

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
			w, err := ooxml.Open(path, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Set("Sheet1", at, ooxml.NumberValue("2")); err != nil {
				t.Fatal(err)
			}
			if err := meddle(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			if err := w.Save(); !errors.Is(err, ooxml.ErrChanged) {
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
	w, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Save(); err != nil || w.Dirty() {
		t.Fatalf("nothing to save: %v", err)
	}
	if err := w.Set("Sheet1", a1.At(2, 2), ooxml.TextValue("x")); err != nil || !w.Dirty() {
		t.Fatal(err)
	}
	if err := w.Save(); err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(2, 2), ooxml.TextValue("y")); !errors.Is(err, ooxml.ErrChanged) {
		t.Errorf("a spent workbook takes edits: %v", err)
	}
	again, err := ooxml.Open(path, ooxml.Options{})
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
		open := map[int]*ooxml.Workbook{}
		for i := range rapid.IntRange(1, 8).Draw(rt, "steps") {
			who := rapid.IntRange(0, 1).Draw(rt, "who")
			if open[who] == nil {
				w, err := ooxml.Open(path, ooxml.Options{})
				if err != nil {
					rt.Fatal(err)
				}
				open[who] = w
				continue
			}
			value := strings.Repeat("x", i+1)
			w := open[who]
			delete(open, who)
			if err := w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue(value)); err != nil {
				rt.Fatal(err)
			}
			if err := w.Save(); err == nil {
				want = value
			} else if !errors.Is(err, ooxml.ErrChanged) {
				rt.Fatal(err)
			}
		}
		w, err := ooxml.Open(path, ooxml.Options{})
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
func edited(t *testing.T, book []byte) (path string, w *ooxml.Workbook) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, book, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := ooxml.Open(path, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Set("Sheet1", a1.At(1, 1), ooxml.TextValue("x")); err != nil {
		t.Fatal(err)
	}
	return path, w
}

// Who saves while the new file is being written is not overwritten either.
func TestSaveChecksRightBeforeTheRename(t *testing.T) {
	path, w := edited(t, simpleBook(t, ""))
	const theirs = "what somebody else saved"
	err := w.SaveThen(func() { os.WriteFile(path, []byte(theirs), 0o600) })
	if !errors.Is(err, ooxml.ErrChanged) {
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
	err := w.SaveThen(func() { os.WriteFile(lock, []byte("李,li,pc,01.06.2022 09:00,file:///x;"), 0o644) })
	if !errors.Is(err, safefile.ErrOpen) {
		t.Errorf("saved over what somebody has open: %v", err)
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, book) {
		t.Error("the file was touched")
	}
}
