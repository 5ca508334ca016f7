package ooxml_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/rowmove"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// From every public workbook every third row below the first is left out;
// what is left must read, cell by cell and formulas aside, as it did before.
func TestExtractOnThePublicWorkbooks(t *testing.T) {
	made := 0
	for _, file := range ziptest.CorpusFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 300<<10 {
			continue
		}
		w, err := ooxml.Read(file, data, ooxml.Options{})
		if err != nil || w.Signed() {
			continue
		}
		e := ooxml.Extraction{Remove: map[string][]int{}}
		before := map[string]*ooxml.Sheet{}
		for _, info := range w.Sheets() {
			s, err := w.Sheet(info.Name)
			if err != nil || !info.Worksheet || len(s.Cells) == 0 || len(s.Cells) > 20_000 {
				continue
			}
			before[info.Name] = s
			for n := 3; n <= s.Cells[len(s.Cells)-1].Row; n += 3 {
				e.Remove[info.Name] = append(e.Remove[info.Name], n)
			}
		}
		out, err := w.Extract(e)
		switch {
		case errors.Is(err, ooxml.ErrUnsafe), errors.Is(err, ooxml.ErrDamaged), errors.Is(err, ooxml.ErrTooLarge):
			continue
		case err != nil:
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		made++
		again, err := ooxml.Read(file, out, ooxml.Options{})
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(file), err)
			continue
		}
		for name, s := range before {
			sameRows(t, filepath.Base(file), name, s, again, e.Remove[name])
		}
		if _, err := excelize.OpenReader(bytes.NewReader(data)); err != nil {
			continue
		}
		f, err := excelize.OpenReader(bytes.NewReader(out))
		if err != nil {
			t.Errorf("%s: excelize: %v", filepath.Base(file), err)
			continue
		}
		for name := range before {
			if _, err := f.GetRows(name); err != nil {
				t.Errorf("%s, %s: excelize: %v", filepath.Base(file), name, err)
			}
		}
		f.Close()
	}
	t.Logf("%d workbooks", made)
	if made < 100 {
		t.Errorf("only %d workbooks could be taken apart", made)
	}
}

func sameRows(t *testing.T, file, name string, before *ooxml.Sheet, w *ooxml.Workbook, gone []int) {
	t.Helper()
	now, err := w.Sheet(name)
	if err != nil {
		t.Errorf("%s, %s: %v", file, name, err)
		return
	}
	m := rowmove.Rows{Gone: gone}
	anchors := map[a1.Ref]bool{} // cells that may have got what a merged cell held
	for _, r := range before.Merges {
		if first := m.FirstLeft(r); first != r.First.Row && first > 0 {
			anchors[a1.At(first, r.First.Col)] = true
		}
	}
	for i := range before.Cells {
		c := before.Cells[i]
		row, ok := m.Row(c.Row)
		if !ok || anchors[c.Ref] {
			continue
		}
		got, _ := now.Cell(a1.At(row, c.Col))
		if c.Formula {
			continue
		}
		if got.Kind != c.Kind || got.Value != c.Value || got.Style != c.Style {
			t.Errorf("%s, %s, %v: %+v, was %+v", file, name, a1.At(row, c.Col), got, c)
			return
		}
	}
}
