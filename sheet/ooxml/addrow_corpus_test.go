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
	"taizhang/sheet/ooxml/internal/ziptest"
)

// TestCorpusAddRow adds a row to the first table-like region of each workbook:
// every value above stays, every value from the footer on is one row lower.
func TestCorpusAddRow(t *testing.T) {
	added, refused := 0, 0
	for _, file := range ziptest.CorpusFiles(t) {
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read(file, before, ooxml.Options{Force: true})
		if err != nil {
			continue
		}
		for _, info := range w.Sheets() {
			sheet, err := w.Sheet(info.Name)
			if err != nil || !info.Worksheet {
				continue
			}
			layout, ok := guessLayout(sheet)
			if !ok {
				continue
			}
			t.Run(filepath.Base(file), func(t *testing.T) {
				row, err := w.AddRow(layout, map[int]ooxml.Value{layout.Columns[0]: ooxml.TextValue("新行")})
				if errors.Is(err, ooxml.ErrUnsafe) || errors.Is(err, ooxml.ErrFormula) {
					refused++
					t.Logf("%s: %v", info.Name, err)
					if w.Dirty() {
						t.Error("refused, yet changed")
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				added++
				after, err := w.Bytes()
				if err != nil {
					t.Fatal(err)
				}
				again, err := ooxml.Read(file, after, ooxml.Options{})
				if err != nil {
					t.Fatal(err)
				}
				now, err := again.Sheet(info.Name)
				if err != nil {
					t.Fatal(err)
				}
				if c, _ := now.Cell(a1.At(row, layout.Columns[0])); c.Value != "新行" {
					t.Errorf("new cell reads %q", c.Value)
				}
				// Where the footer cannot move, a gap above it is used up.
				moved := layout.Footer > 0
				if layout.Footer > row {
					moved = now.Cells[len(now.Cells)-1].Row > sheet.Cells[len(sheet.Cells)-1].Row
				}
				for _, c := range sheet.Cells {
					at := c.Ref
					if moved && at.Row >= row {
						at.Row++
					}
					got, _ := now.Cell(at)
					if at.Row == row && at.Col >= layout.Columns[0] && at.Col <= layout.Columns[1] {
						continue
					}
					if !c.Formula && (got.Value != c.Value || got.Kind != c.Kind || got.Style != c.Style) {
						t.Fatalf("%s: %v %q style %d became %s: %v %q style %d", c.Ref, c.Kind, c.Value, c.Style,
							got.Ref, got.Kind, got.Value, got.Style)
					}
				}
				if _, was := excelize.OpenReader(bytes.NewReader(before)); was == nil {
					if _, err := excelize.OpenReader(bytes.NewReader(after)); err != nil {
						t.Errorf("excelize: %v", err)
					}
				}
			})
			break
		}
	}
	t.Logf("%d rows added, %d refused", added, refused)
}

// guessLayout takes the first run of at least three rows, each with text or
// numbers in two or more columns, for a table under a heading row; what comes
// after its end is the footer.
func guessLayout(s *ooxml.Sheet) (ooxml.Layout, bool) {
	l := ooxml.Layout{Sheet: s.Name}
	wide := map[int][2]int{}
	last := 0
	for _, c := range s.Cells {
		if c.Kind == ooxml.Blank {
			continue
		}
		w, ok := wide[c.Row]
		if !ok {
			w = [2]int{c.Col, c.Col}
		}
		wide[c.Row] = [2]int{min(w[0], c.Col), max(w[1], c.Col)}
		last = max(last, c.Row)
	}
	for r := 1; r <= last; r++ {
		n := 0
		for w, ok := wide[r+n]; ok && w[1] > w[0]; w, ok = wide[r+n] {
			n++
		}
		if n < 3 {
			continue
		}
		l.FirstData, l.LastData = r+1, r+n-1
		// Half of the time the last row is taken for a footer.
		if n > 3 && n%2 == 0 {
			l.LastData--
		}
		l.Columns = wide[r]
		for i := range n {
			l.Columns[0], l.Columns[1] = min(l.Columns[0], wide[r+i][0]), max(l.Columns[1], wide[r+i][1])
		}
		for f := l.LastData + 1; f <= last; f++ {
			if _, ok := wide[f]; ok {
				l.Footer = f
				break
			}
		}
		return l, true
	}
	return l, false
}
