package ooxml_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// tokensOutside lists the tokens of a worksheet part that do not belong to the
// cell at, which is how "only that cell differs" is checked: by the scanner, not
// by the editor. The row that holds only the cell, and the attributes that sum
// up (dimension, spans), are left out too.
func tokensOutside(t *testing.T, data []byte, at a1.Ref, arrays []a1.Range) []string {
	t.Helper()
	text, _, err := xmlpart.UTF8(data)
	if err != nil {
		t.Fatal(err)
	}
	s := xmlpart.NewScanner(text)
	var out []string
	row, col := 0, 0
	for s.Next() {
		open := s.OnElement()
		depth := s.Depth()
		if s.Kind == xmlpart.StartTag {
			depth--
		}
		switch {
		case open && depth == 2 && s.Is("row"):
			row++
			if n, ok := xmlpart.Number(s.Value("r")); ok {
				row = n
			}
			col = 0
			if row == at.Row {
				continue
			}
		case s.Kind == xmlpart.EndTag && depth == 2 && s.Is("row") && row == at.Row:
			continue
		case open && depth == 3 && s.Is("c"):
			col++
			ref, ok := a1.ParseRef(s.Value("r"))
			if ok {
				col = ref.Col
			}
			if (a1.At(row, col)) == at {
				s.Skip()
				continue
			}
			if slices.ContainsFunc(arrays, func(a a1.Range) bool { return a.Contains(a1.At(row, col)) }) {
				s.Skip()
				continue // filled by a formula elsewhere, like its value
			}
			if raw, ok := formulaOnly(text[s.Start:]); ok {
				s.Skip()
				out = append(out, raw)
				continue
			}
		case open && s.Is("dimension"):
			s.Skip()
			continue
		case s.Is("sheetData") && s.Kind != xmlpart.Chars:
			if s.Kind == xmlpart.EmptyTag {
				out = append(out, "sheetData", "sheetData")
			} else {
				out = append(out, "sheetData")
			}
			continue
		}
		out = append(out, string(s.Raw()))
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCorpusSetChangesOneCell sets a text cell and an empty cell in each
// workbook of the corpus.
func TestCorpusSetChangesOneCell(t *testing.T) {
	done := 0
	for _, file := range ziptest.CorpusFiles(t) {
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read(file, before, ooxml.Options{Force: true})
		if err != nil {
			t.Logf("%s does not open: %v", filepath.Base(file), err)
			continue
		}
		for i, info := range w.Sheets() {
			if !info.Worksheet {
				continue
			}
			sheet, err := w.Sheet(info.Name)
			if err != nil {
				t.Logf("%s, %s: %v", filepath.Base(file), info.Name, err)
				continue
			}
			for _, at := range pick(sheet) {
				done++
				t.Run(fmt.Sprintf("%s/%d/%s", filepath.Base(file), i, at),
					func(t *testing.T) { setOne(t, file, before, i, at) })
			}
			break
		}
	}
	t.Logf("%d cells set", done)
}

// pick chooses an existing text cell, a gap inside the used rows, and a cell
// far below.
func pick(sheet *ooxml.Sheet) []a1.Ref {
	var refs []a1.Ref
	last := a1.At(1, 1)
	for _, c := range sheet.Cells {
		if c.Kind == ooxml.Text && !c.Formula && len(refs) == 0 {
			refs = append(refs, c.Ref)
		}
		last.Row, last.Col = max(last.Row, c.Row), max(last.Col, c.Col)
	}
	refs = append(refs, a1.At(last.Row/2+1, min(last.Col+2, a1.MaxCol)))
	return append(refs, a1.At(min(last.Row+5, a1.MaxRow), 2))
}

func setOne(t *testing.T, file string, before []byte, index int, at a1.Ref) {
	w, err := ooxml.Read(file, before, ooxml.Options{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	book := readBook(t, before)
	sp := book.Sheets[index]
	const text = " 已完成 <&> _x0041_\n第二行"
	if err := w.Set(sp.Name, at, ooxml.TextValue(text)); err != nil {
		if errors.Is(err, ooxml.ErrFormula) || errors.Is(err, ooxml.ErrUnsafe) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	d, _ := book.Draft(sp.Name)
	at = d.Anchor(at)
	after, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	changed, added := differing(t, before, after)
	ziptest.SameExcept(t, before, after, changed, added)
	again, err := ooxml.Read(file, after, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	old, _ := book.Original(sp.Part)
	now, _ := readBook(t, after).Original(sp.Part)
	a, b := tokensOutside(t, old, at, d.Arrays), tokensOutside(t, now, at, d.Arrays)
	if len(a) != len(b) {
		t.Errorf("%d tokens outside the cell became %d", len(a), len(b))
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Errorf("outside the cell %q became %q", a[i], b[i])
			break
		}
	}
	sheet, err := again.Sheet(sp.Name)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := sheet.Cell(at)
	if c.Kind != ooxml.Text || c.Value != text {
		t.Errorf("%s reads back %q", at, c.Value)
	}
	if at.Row > 1 && c.Style%2 == 0 {
		return // excelize takes its time: half of the cells do
	}
	f, err := excelize.OpenReader(bytes.NewReader(after))
	if err != nil {
		if _, was := excelize.OpenReader(bytes.NewReader(before)); was != nil {
			return // excelize could not open the original either
		}
		t.Fatalf("excelize: %v", err)
	}
	defer f.Close()
	got, err := f.GetCellValue(sp.Name, at.String())
	if err != nil || got != text {
		t.Errorf("excelize reads %s as %q, %v", at, got, err)
	}
}

// formulaOnly is what a formula cell, with which data begins, holds besides its
// value and the value's type, which an edit elsewhere may change; ok is false
// for other cells.
func formulaOnly(data []byte) (raw string, ok bool) {
	s := xmlpart.NewScanner(data)
	for s.Next() {
		switch {
		case s.Kind == xmlpart.StartTag && s.Is("c") && s.Depth() == 1, s.Kind == xmlpart.EmptyTag && s.Depth() == 0:
			for _, a := range s.Attrs {
				if name := string(data[a.Name.Start:a.Name.End]); name != "t" {
					raw += name + "=" + s.Decode(&a) + " "
				}
			}
			if s.Kind == xmlpart.EmptyTag {
				return raw, false
			}
		case s.OnElement() && s.Is("f"):
			ok = true
			start := s.Start
			s.Skip()
			raw += string(data[start:s.End])
		case s.Kind == xmlpart.EndTag && s.Depth() == 0:
			return raw, ok
		}
	}
	return raw, false
}
