package ooxml

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// Cell says of every cell of real workbooks what reading the sheet says.
func TestCellIsThatOfTheSheet(t *testing.T) {
	for _, file := range ziptest.CorpusFiles(t) {
		w, err := Open(file, Options{})
		if err != nil {
			continue
		}
		for _, info := range w.Sheets() {
			s, err := w.Sheet(info.Name)
			if err != nil || !info.Worksheet || len(s.Cells) > 20_000 {
				continue
			}
			if _, err := w.book.Draft(info.Name); err != nil {
				continue // it cannot be edited, and Cell says so
			}
			step := max(1, len(s.Cells)/40)
			for i := 0; i < len(s.Cells); i += step {
				want := s.Cells[i]
				if at, ok := w.twice(info.Name, want.Ref); ok {
					t.Logf("%s, %s: %s stands there twice", file, info.Name, at)
					continue
				}
				got, err := w.Cell(info.Name, want.Ref)
				if err != nil {
					t.Fatalf("%s, %s, %s: %v", file, info.Name, want.Ref, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s, %s, %s: of the sheet (-), of Cell (+):\n%s", file, info.Name, want.Ref, diff)
				}
			}
			beyond := a1.At(a1.MaxRow, 3)
			if got, err := w.Cell(info.Name, beyond); err != nil || got.Kind != Blank {
				t.Errorf("%s, %s: a cell that is not there: %+v, %v", file, info.Name, got, err)
			}
		}
	}
}

// twice reports whether two elements stand for a cell, which [Workbook.Set]
// refuses.
func (w *Workbook) twice(sheet string, at a1.Ref) (string, bool) {
	g, err := w.book.Draft(sheet)
	if err != nil {
		return "", false
	}
	i, ok := g.Find(at.Row)
	if !ok {
		return "", false
	}
	row, err := g.ReadRow(i)
	return at.String(), err == nil && row.IsTwice(at.Col)
}

// What was forgotten is read again, within the same limits, and what was handed
// out stays.
func TestForgottenSheetsAreReadAgain(t *testing.T) {
	w := oneSheet(`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>`).read(t)
	before, err := w.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
	w.opt.Limits.Cells = int64(len(before.Cells))
	for range 3 {
		w.Forget()
		again, err := w.Sheet("S")
		if err != nil {
			t.Fatal(err)
		}
		if again == before || !cmp.Equal(before, again) {
			t.Fatalf("read again: %+v, before: %+v", again, before)
		}
	}
}
