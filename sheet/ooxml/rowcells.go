package ooxml

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// cellSpan is a cell element of a row, by offsets in the part.
type cellSpan struct {
	col        int
	start, end int
	tag        xmlpart.Span // its start tag
	style      int
	formula    bool
	full       bool // it has content
}

// rowCells is a row element taken apart.
type rowCells struct {
	tag   xmlpart.Span // start tag
	style int          // format of its empty cells, -1 if it has none of its own
	cells []cellSpan
	end   int  // where the end tag begins; the end of an empty row's tag
	empty bool // the row is <row/>
}

// readRow takes the i-th row apart.
func (g *draft) readRow(i int) (*rowCells, error) {
	r := g.rows[i]
	s := xmlpart.NewScanner(g.data[r.start:r.end])
	out := &rowCells{style: -1}
	col := 0
	for s.Next() {
		depth := s.Depth()
		switch s.Kind {
		case xmlpart.StartTag, xmlpart.EmptyTag:
			if s.Kind == xmlpart.StartTag {
				depth--
			}
			switch {
			case depth == 0:
				out.tag = xmlpart.Between(r.start, r.start+s.End)
				out.end, out.empty = r.start+s.End, s.Kind == xmlpart.EmptyTag
				if s.Flag("customFormat", false) {
					if n, ok := xmlpart.Number(s.Value("s")); ok {
						out.style = n
					}
				}
			case depth == 1 && s.Is("c"):
				col++
				if at, ok := a1.ParseRef(s.Value("r")); ok {
					if at.Row != r.num {
						return nil, &xmlpart.SyntaxError{Off: r.start + s.Start, What: "cell in the row element of another row"}
					}
					col = at.Col
				}
				c := cellSpan{col: col, start: r.start + s.Start, end: r.start + s.End, tag: xmlpart.Between(r.start+s.Start, r.start+s.End)}
				if n, ok := xmlpart.Number(s.Value("s")); ok {
					c.style = n
				}
				out.cells = append(out.cells, c)
			case depth == 2 && len(out.cells) > 0:
				c := &out.cells[len(out.cells)-1]
				c.formula = c.formula || s.Is("f")
				c.full = c.full || s.Kind == xmlpart.StartTag && (s.Is("v") || s.Is("is"))
			}
		case xmlpart.EndTag:
			switch {
			case depth == 0:
				out.end = r.start + s.Start
			case depth == 1 && s.Is("c"):
				out.cells[len(out.cells)-1].end = r.start + s.End
			}
		}
	}
	return out, s.Err()
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
