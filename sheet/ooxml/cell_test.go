package ooxml_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// Cell says of every cell of real workbooks what reading the sheet says.
func TestCellIsThatOfTheSheet(t *testing.T) {
	for _, file := range ziptest.CorpusFiles(t) {
		w, err := ooxml.Open(file, ooxml.Options{})
		if err != nil {
			continue
		}
		book := bookIn(t, file)
		for _, info := range w.Sheets() {
			s, err := w.Sheet(info.Name)
			if err != nil || !info.Worksheet || len(s.Cells) > 20_000 {
				continue
			}
			draft, err := book.Draft(info.Name)
			if err != nil {
				continue // it cannot be edited, and Cell says so
			}
			step := max(1, len(s.Cells)/40)
			for i := 0; i < len(s.Cells); i += step {
				want := s.Cells[i]
				if isTwice(draft, want.Ref) {
					t.Logf("%s, %s: %s stands there twice", file, info.Name, want.Ref)
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
			if got, err := w.Cell(info.Name, beyond); err != nil || got.Kind != ooxml.Blank {
				t.Errorf("%s, %s: a cell that is not there: %+v, %v", file, info.Name, got, err)
			}
		}
	}
}

// isTwice reports whether two elements stand for a cell, which [Workbook.Set]
// refuses.
func isTwice(d *sheetxml.Draft, at a1.Ref) bool {
	i, ok := d.Find(at.Row)
	if !ok {
		return false
	}
	row, err := d.ReadRow(i)
	return err == nil && row.IsTwice(at.Col)
}

// What was forgotten is read again, within the same limits, and what was handed
// out stays.
func TestForgottenSheetsAreReadAgain(t *testing.T) {
	book := oneSheet(
		`<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>`)
	w, err := ooxml.Read("test.xlsx", book.bytes(t), ooxml.Options{Limits: ooxml.Limits{Cells: 2}})
	if err != nil {
		t.Fatal(err)
	}
	before, err := w.Sheet("S")
	if err != nil {
		t.Fatal(err)
	}
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
