package sheetxml

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// CellSpan is a cell element of a row, by offsets in the part.
type CellSpan struct {
	Col        int
	Start, End int
	tag        xmlpart.Span // its start tag
	Style      int
	Formula    bool
	Full       bool // it has content
}

// RowCells is a row element taken apart.
type RowCells struct {
	Tag   xmlpart.Span // start tag
	Style int          // format of its empty cells, -1 if it has none of its own
	Cells []CellSpan
	end   int  // where the end tag begins; the end of an empty row's tag
	empty bool // the row is <row/>
}

// ReadRow takes the i-th row apart.
func (g *Draft) ReadRow(i int) (*RowCells, error) {
	r := g.Rows[i]
	s := xmlpart.NewScanner(g.Data[r.Start:r.End])
	out := &RowCells{Style: -1}
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
				out.Tag = xmlpart.Between(r.Start, r.Start+s.End)
				out.end, out.empty = r.Start+s.End, s.Kind == xmlpart.EmptyTag
				if s.Flag("customFormat", false) {
					if n, ok := xmlpart.Number(s.Value("s")); ok {
						out.Style = n
					}
				}
			case depth == 1 && s.Is("c"):
				col++
				if at, ok := a1.ParseRef(s.Value("r")); ok {
					if at.Row != r.Row {
						return nil, &xmlpart.SyntaxError{Off: r.Start + s.Start,
							What: "cell in the row element of another row"}
					}
					col = at.Col
				}
				c := CellSpan{Col: col, Start: r.Start + s.Start, End: r.Start + s.End,
					tag: xmlpart.Between(r.Start+s.Start, r.Start+s.End)}
				if n, ok := xmlpart.Number(s.Value("s")); ok {
					c.Style = n
				}
				out.Cells = append(out.Cells, c)
			case depth == 2 && len(out.Cells) > 0:
				c := &out.Cells[len(out.Cells)-1]
				c.Formula = c.Formula || s.Is("f")
				c.Full = c.Full || s.Kind == xmlpart.StartTag && (s.Is("v") || s.Is("is"))
			}
		case xmlpart.EndTag:
			switch {
			case depth == 0:
				out.end = r.Start + s.Start
			case depth == 1 && s.Is("c"):
				out.Cells[len(out.Cells)-1].End = r.Start + s.End
			}
		}
	}
	return out, s.Err()
}

// Cell finds the cell of a column. Of two with one reference the later one
// counts unless it is blank, as in reading.
func (r *RowCells) Cell(col int) (found CellSpan, ok bool) {
	for _, c := range r.Cells {
		if c.Col == col && (!ok || c.Full || c.Formula) {
			found, ok = c, true
		}
	}
	return found, ok
}

// Counting are the cells that count, see Cell; of several blank ones with one
// reference the first.
func (r *RowCells) Counting() []CellSpan {
	list := make([]CellSpan, 0, len(r.Cells))
	at := map[int]int{}
	for _, c := range r.Cells {
		i, seen := at[c.Col]
		switch {
		case !seen:
			at[c.Col] = len(list)
			list = append(list, c)
		case c.Full || c.Formula:
			list[i] = c
		}
	}
	return list
}

// IsTwice reports whether two elements stand for the cell of a column.
func (r *RowCells) IsTwice(col int) bool {
	n := 0
	for _, c := range r.Cells {
		if c.Col == col {
			n++
		}
	}
	return n > 1
}
