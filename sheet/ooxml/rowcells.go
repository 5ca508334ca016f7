package ooxml

import (
	"taizhang/sheet/a1"
)

// cellSpan is a cell element of a row, by offsets in the part.
type cellSpan struct {
	col        int
	start, end int
	tag        span // its start tag
	style      int
	formula    bool
	full       bool // it has content
}

// rowCells is a row element taken apart.
type rowCells struct {
	tag   span // start tag
	style int  // format of its empty cells, -1 if it has none of its own
	cells []cellSpan
	end   int  // where the end tag begins; the end of an empty row's tag
	empty bool // the row is <row/>
}

// readRow takes the i-th row apart.
func (g *draft) readRow(i int) (*rowCells, error) {
	r := g.rows[i]
	s := newScanner(g.data[r.start:r.end])
	out := &rowCells{style: -1}
	col := 0
	for s.next() {
		depth := s.depth()
		switch s.kind {
		case tokStart, tokEmpty:
			if s.kind == tokStart {
				depth--
			}
			switch {
			case depth == 0:
				out.tag = span{r.start, r.start + s.end}
				out.end, out.empty = r.start+s.end, s.kind == tokEmpty
				if s.flag("customFormat", false) {
					if n, ok := atoi([]byte(s.value("s"))); ok {
						out.style = n
					}
				}
			case depth == 1 && s.is("c"):
				col++
				if at, ok := a1.ParseRef(s.value("r")); ok {
					if at.Row != r.num {
						return nil, &syntaxError{r.start + s.start, "cell in the row element of another row"}
					}
					col = at.Col
				}
				c := cellSpan{col: col, start: r.start + s.start, end: r.start + s.end, tag: span{r.start + s.start, r.start + s.end}}
				if n, ok := atoi([]byte(s.value("s"))); ok {
					c.style = n
				}
				out.cells = append(out.cells, c)
			case depth == 2 && len(out.cells) > 0:
				c := &out.cells[len(out.cells)-1]
				c.formula = c.formula || s.is("f")
				c.full = c.full || s.kind == tokStart && (s.is("v") || s.is("is"))
			}
		case tokEnd:
			switch {
			case depth == 0:
				out.end = r.start + s.start
			case depth == 1 && s.is("c"):
				out.cells[len(out.cells)-1].end = r.start + s.end
			}
		}
	}
	return out, s.err()
}

// cell finds the cell of a column. Of two with one reference the later one
// counts unless it is blank, as in reading.
func (r *rowCells) cell(col int) (found cellSpan, ok bool) {
	for _, c := range r.cells {
		if c.col == col && (!ok || c.full || c.formula) {
			found, ok = c, true
		}
	}
	return found, ok
}

// counting are the cells that count, see cell; of several blank ones with one
// reference the first.
func (r *rowCells) counting() []cellSpan {
	list := make([]cellSpan, 0, len(r.cells))
	at := map[int]int{}
	for _, c := range r.cells {
		i, seen := at[c.col]
		switch {
		case !seen:
			at[c.col] = len(list)
			list = append(list, c)
		case c.full || c.formula:
			list[i] = c
		}
	}
	return list
}

// twice reports whether two elements stand for the cell of a column.
func (r *rowCells) twice(col int) bool {
	n := 0
	for _, c := range r.cells {
		if c.col == col {
			n++
		}
	}
	return n > 1
}
