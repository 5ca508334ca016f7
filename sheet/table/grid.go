package table

import (
	"cmp"
	"slices"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// Limits of a sheet.
const (
	maxRow = 1 << 20
	maxCol = 1 << 14
)

// reader shows cells as a person sees them; *ooxml.Workbook is one.
type reader interface {
	Text(ooxml.Cell) string
	Time(ooxml.Cell) (time.Time, bool)
	IsDate(style int) bool
	NumberLook(style int) (percent bool, places int)
	Enter(style int, text string) (number string, ok bool)
}

// grid is a sheet with its stored rows and its merges indexed.
type grid struct {
	*ooxml.Sheet
	read   reader
	rows   []span // stored rows, ascending
	merges []a1.Range
	right  int // last column with content
}

// span is one stored row: its number and its part of Sheet.Cells.
type span struct{ row, lo, hi int }

func newGrid(s *ooxml.Sheet, read reader) *grid {
	g := &grid{Sheet: s, read: read, rows: make([]span, 0, len(s.Cells)/8+1)}
	for i := 0; i < len(s.Cells); {
		row, lo := s.Cells[i].Row, i
		for ; i < len(s.Cells) && s.Cells[i].Row == row; i++ {
			if c := &s.Cells[i]; c.Col > g.right && !blankCell(c) {
				g.right = c.Col
			}
		}
		g.rows = append(g.rows, span{row, lo, i})
	}
	g.merges = slices.Clone(s.Merges)
	slices.SortFunc(g.merges, func(a, b a1.Range) int {
		return cmp.Or(cmp.Compare(a.First.Row, b.First.Row), cmp.Compare(a.First.Col, b.First.Col))
	})
	return g
}

func blankCell(c *ooxml.Cell) bool {
	return c.Kind == ooxml.Blank || isBlank(c.Value)
}

// blank reports whether a cell shows nothing.
func (g *grid) blank(c *ooxml.Cell) bool { return blankCell(c) }

// text is what the cell shows; text cells share the sheet's string.
func (g *grid) text(c *ooxml.Cell) string {
	if c.Kind == ooxml.Text {
		return c.Value
	}
	if c.Kind == ooxml.Blank {
		return ""
	}
	return g.read.Text(*c)
}

// index is the position in g.rows of the first stored row at or below row.
func (g *grid) index(row int) int {
	i, _ := slices.BinarySearchFunc(g.rows, row, func(s span, row int) int { return cmp.Compare(s.row, row) })
	return i
}

// cells are the stored cells of a row, nil if it is not stored.
func (g *grid) cells(row int) []ooxml.Cell {
	if i := g.index(row); i < len(g.rows) && g.rows[i].row == row {
		return g.Cells[g.rows[i].lo:g.rows[i].hi]
	}
	return nil
}

// filled is the number of cells in a row, between two columns, that hold something.
func (g *grid) filled(row, left, right int) (n int) {
	cells := g.cells(row)
	for i := range cells {
		if c := &cells[i]; c.Col >= left && c.Col <= right && !blankCell(c) {
			n++
		}
	}
	return n
}

// mergesFrom are the merges that begin in the rows first to last.
func (g *grid) mergesFrom(first, last int) []a1.Range {
	at := func(row int) int {
		i, _ := slices.BinarySearchFunc(g.merges, row, func(m a1.Range,
			row int) int {
			return cmp.Compare(m.First.Row, row)
		})
		return i
	}
	return g.merges[at(first):at(last+1)]
}

// mergeAt is the merge whose anchor is at, else the cell alone.
func (g *grid) mergeAt(at a1.Ref) a1.Range {
	for _, m := range g.mergesFrom(at.Row, at.Row) {
		if m.First == at {
			return m
		}
	}
	return a1.Range{First: at, Last: at}
}
