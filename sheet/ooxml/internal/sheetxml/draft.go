package sheetxml

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// Draft is a worksheet part prepared for editing: where its rows stand, and what
// around them an edit must respect. Making it is one quick pass that looks at
// tags only; cells are looked at where an edit touches them.
type Draft struct {
	Sheet string // name, for messages
	Part  string
	Data  []byte // the part as UTF-8

	Prefix      string       // of the sheet's elements, with colon: "" or "x:"
	Dimension   xmlpart.Span // value of the dimension's ref attribute; empty if there is none
	cols        []colStyle
	SheetData   xmlpart.Span // the element
	body        xmlpart.Span // its content; empty at its end tag, or at the end of <sheetData/>
	empty       bool         // it is <sheetData/>
	Rows        []rowSpan
	IsOrdered   bool // rows ascend
	Formulas    int  // cells with an f element
	Arrays      []a1.Range
	Merges      []a1.Range
	Headers     []a1.Range // header rows of table parts, whose texts the table parts repeat
	Totals      []a1.Range // totals rows of table parts
	IsProtected bool       // locked cells are not to be written in a spreadsheet program
	Pivots      []a1.Range // pivot tables, which are filled from elsewhere

	Sets     map[int]map[int]Setting // waiting edits by row and column
	RowAttrs map[int]string          // attributes of rows that edits create
}

// rowSpan is a row element.
type rowSpan struct {
	Row        int
	Start, End int
}

// colStyle is the format of the empty cells in a range of columns.
type colStyle struct{ min, max, style int }

// Setting is what an edit puts into a cell. Style is -1 to keep the one that is
// there.
type Setting struct {
	Value   Value
	Style   int
	Own     int    // 1 + the format that the cell has without this value, 0 if that is the one that is there
	Formula string // instead of a value; "" for none
}

var errNoSheetData = errors.New("no sheetData element")

// NewDraft indexes a worksheet part.
func NewDraft(sheet, part string, data []byte) (*Draft, error) {
	g := &Draft{Sheet: sheet, Part: part, Data: data, IsOrdered: true, Sets: map[int]map[int]Setting{},
		RowAttrs: map[int]string{}}
	s := xmlpart.NewScanner(data)
	found := false
	for !found && s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Kind == xmlpart.StartTag && s.Depth() == 1 {
			g.Prefix = string(s.Data[s.Name.Start:s.Local])
			continue
		}
		switch {
		case s.Is("sheetData"):
			found = true
			g.SheetData = s.Span()
			g.body = xmlpart.Between(s.End, s.End)
			g.empty = s.Kind == xmlpart.EmptyTag
		case s.Is("dimension"):
			if a := s.Attr("ref"); a != nil {
				g.Dimension = a.Value
			}
		case s.Is("col"):
			g.addCol(s)
		}
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	if !found {
		return nil, errNoSheetData
	}
	if !g.empty {
		if err := g.indexRows(); err != nil {
			return nil, err
		}
	}
	return g, g.readTail()
}

func (g *Draft) addCol(s *xmlpart.Scanner) {
	first, ok1 := xmlpart.Number(s.Value("min"))
	last, ok2 := xmlpart.Number(s.Value("max"))
	style, ok3 := xmlpart.Number(s.Value("style"))
	if ok1 && ok2 && ok3 {
		g.cols = append(g.cols, colStyle{first, last, style})
	}
}

// readTail reads what follows the cells.
func (g *Draft) readTail() error {
	s := g.Tail()
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("sheetProtection"):
			g.IsProtected = s.Flag("sheet", false)
		case s.Is("mergeCell"):
			if r, ok := a1.ParseRange(s.Value("ref")); ok {
				g.Merges = append(g.Merges, r)
			}
		}
	}
	return s.Err()
}

// Tail scans what follows sheetData; its offsets are those of the part.
func (g *Draft) Tail() *xmlpart.Scanner {
	s := xmlpart.NewScanner(g.Data)
	for s.Next() {
		if s.Start >= g.SheetData.Start {
			break
		}
	}
	if !g.empty {
		// Stand at the end tag, as if the rows had been walked.
		s.Jump(g.body.End)
		s.Next()
	}
	return s
}

// Find is the index of the element of a row. If the row has none, it is the index of the
// element that the row would stand before, and the result is false.
func (g *Draft) Find(row int) (int, bool) {
	if g.IsOrdered {
		return slices.BinarySearchFunc(g.Rows, row, func(r rowSpan, n int) int { return r.Row - n })
	}
	before := len(g.Rows)
	for i, r := range g.Rows {
		if r.Row == row {
			return i, true
		}
		if r.Row > row && i < before {
			before = i
		}
	}
	return before, false
}

// Anchor is the cell that stands for at: the first of a merged range.
func (g *Draft) Anchor(at a1.Ref) a1.Ref {
	for _, m := range g.Merges {
		if m.Contains(at) {
			return m.First
		}
	}
	return at
}

// ColStyle is the format of an empty cell in a column.
func (g *Draft) ColStyle(col int) int {
	for _, c := range g.cols {
		if col >= c.min && col <= c.max {
			return c.style
		}
	}
	return 0
}

// RowTwiceError is a row that two elements of a sheet stand for.
type RowTwiceError struct{ Row int }

func (e *RowTwiceError) Error() string { return "row " + strconv.Itoa(e.Row) + " given twice" }

// AddPivot notes the place of a pivot table, and that of its page filters: a
// label and a value each, which stand above it with an empty row between, next
// to each other if the table has them so.
func (g *Draft) AddPivot(data []byte) {
	var table a1.Range
	rows, cols, filters := 0, 0, 0
	for s := xmlpart.NewScanner(data); s.Next(); {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("location"):
			var ok bool
			if table, ok = a1.ParseRange(s.Value("ref")); !ok {
				return
			}
			rows, _ = xmlpart.Number(s.Value("rowPageCount"))
			cols, _ = xmlpart.Number(s.Value("colPageCount"))
		case s.Is("pageField"):
			filters++
		}
	}
	if table == (a1.Range{}) {
		return
	}
	g.Pivots = append(g.Pivots, table)
	if filters == 0 {
		return
	}
	if rows < 1 || cols < 1 {
		rows, cols = filters, 1
	}
	last := table.First.Row - 2
	g.Pivots = append(g.Pivots, a1.Range{
		First: a1.At(max(last-rows+1, 1), table.First.Col),
		Last:  a1.At(max(last, 1), min(table.First.Col+3*cols-2, a1.MaxCol)),
	})
}

// RowCount is an attribute of a table that counts rows.
func RowCount(s *xmlpart.Scanner, name string, absent int) int {
	if n, ok := xmlpart.Number(strings.TrimSpace(s.Value(name))); ok {
		return n
	}
	return absent
}

func (g *Draft) Set(at a1.Ref, s Setting) {
	if g.Sets[at.Row] == nil {
		g.Sets[at.Row] = map[int]Setting{}
	}
	g.Sets[at.Row][at.Col] = s
}
