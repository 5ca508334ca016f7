package ooxml

import (
	"errors"
	"slices"
	"strconv"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// draft is a worksheet part prepared for editing: where its rows stand, and what
// around them an edit must respect. Making it is one quick pass that looks at
// tags only; cells are looked at where an edit touches them.
type draft struct {
	sheet string // name, for messages
	part  string
	data  []byte // the part as UTF-8

	prefix    string       // of the sheet's elements, with colon: "" or "x:"
	dimension xmlpart.Span // value of the dimension's ref attribute; empty if there is none
	cols      []colStyle
	sheetData xmlpart.Span // the element
	body      xmlpart.Span // its content; empty at its end tag, or at the end of <sheetData/>
	empty     bool         // it is <sheetData/>
	rows      []rowSpan
	ordered   bool // rows ascend
	formulas  int  // cells with an f element
	arrays    []a1.Range
	merges    []a1.Range
	headers   []a1.Range // header rows of table parts, whose texts the table parts repeat
	totals    []a1.Range // totals rows of table parts
	protected bool       // locked cells are not to be written in a spreadsheet program
	pivots    []a1.Range // pivot tables, which are filled from elsewhere

	sets     map[int]map[int]setting // waiting edits by row and column
	rowAttrs map[int]string          // attributes of rows that edits create
}

// rowSpan is a row element.
type rowSpan struct {
	num        int
	start, end int
}

// colStyle is the format of the empty cells in a range of columns.
type colStyle struct{ min, max, style int }

// setting is what an edit puts into a cell. style is -1 to keep the one that is
// there.
type setting struct {
	value   Value
	style   int
	formula string // instead of a value; "" for none
}

var errNoSheetData = errors.New("no sheetData element")

// newDraft indexes a worksheet part.
func newDraft(sheet, part string, data []byte) (*draft, error) {
	g := &draft{sheet: sheet, part: part, data: data, ordered: true, sets: map[int]map[int]setting{}, rowAttrs: map[int]string{}}
	s := xmlpart.NewScanner(data)
	found := false
	for !found && s.Next() {
		if !s.OnElement() {
			continue
		}
		if s.Kind == xmlpart.StartTag && s.Depth() == 1 {
			g.prefix = string(s.Data[s.Name.Start:s.Local])
			continue
		}
		switch {
		case s.Is("sheetData"):
			found = true
			g.sheetData = s.Span()
			g.body = xmlpart.Between(s.End, s.End)
			g.empty = s.Kind == xmlpart.EmptyTag
		case s.Is("dimension"):
			if a := s.Attr("ref"); a != nil {
				g.dimension = a.Value
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

func (g *draft) addCol(s *xmlpart.Scanner) {
	first, ok1 := xmlpart.Number(s.Value("min"))
	last, ok2 := xmlpart.Number(s.Value("max"))
	style, ok3 := xmlpart.Number(s.Value("style"))
	if ok1 && ok2 && ok3 {
		g.cols = append(g.cols, colStyle{first, last, style})
	}
}

// readTail reads what follows the cells.
func (g *draft) readTail() error {
	s := g.tail()
	for s.Next() {
		if !s.OnElement() {
			continue
		}
		switch {
		case s.Is("sheetProtection"):
			g.protected = s.Flag("sheet", false)
		case s.Is("mergeCell"):
			if r, ok := a1.ParseRange(s.Value("ref")); ok {
				g.merges = append(g.merges, r)
			}
		}
	}
	if err := s.Err(); err != nil {
		return err
	}
	return nil
}

// tail scans what follows sheetData; its offsets are those of the part.
func (g *draft) tail() *xmlpart.Scanner {
	s := xmlpart.NewScanner(g.data)
	for s.Next() {
		if s.Start >= g.sheetData.Start {
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

// find is the index of the row element for a row number, and whether it is
// there; otherwise the index of the one before which it belongs.
func (g *draft) find(row int) (int, bool) {
	if g.ordered {
		return slices.BinarySearchFunc(g.rows, row, func(r rowSpan, n int) int { return r.num - n })
	}
	before := len(g.rows)
	for i, r := range g.rows {
		if r.num == row {
			return i, true
		}
		if r.num > row && i < before {
			before = i
		}
	}
	return before, false
}

// anchor is the cell that stands for at: the first of a merged range.
func (g *draft) anchor(at a1.Ref) a1.Ref {
	for _, m := range g.merges {
		if m.Contains(at) {
			return m.First
		}
	}
	return at
}

// colStyle is the format of an empty cell in a column.
func (g *draft) colStyle(col int) int {
	for _, c := range g.cols {
		if col >= c.min && col <= c.max {
			return c.style
		}
	}
	return 0
}

// draft gives a sheet ready for editing.
func (w *Workbook) draft(sheet string) (*draft, error) {
	i := w.sheetIndex(sheet)
	if i < 0 || !w.book.sheets[i].Worksheet {
		return nil, w.cannotEdit(sheet)
	}
	sp := w.book.sheets[i]
	if g := w.edits.drafts[sp.part]; g != nil {
		return g, nil
	}
	read := func() ([]byte, error) { return w.sheetText(i) }
	if w.pkg.IsEdited(sp.part) {
		read = func() ([]byte, error) { return w.pkg.Current(sp.part) }
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	g, err := newDraft(sp.Name, sp.part, data)
	if err != nil {
		return nil, w.draftError(sp, err)
	}
	if err := w.readTableHeaders(g); err != nil {
		return nil, err
	}
	if w.edits.drafts == nil {
		w.edits.drafts = map[string]*draft{}
	}
	w.edits.drafts[sp.part] = g
	return g, nil
}

// rowTwiceError is a row that two elements of a sheet stand for.
type rowTwiceError struct{ row int }

func (e *rowTwiceError) Error() string { return "row " + strconv.Itoa(e.row) + " given twice" }

// draftError says why a sheet cannot be edited.
func (w *Workbook) draftError(sp sheetPart, err error) error {
	var twice *rowTwiceError
	if !errors.As(err, &twice) {
		return w.damagedPart(sp.part, err)
	}
	return &msg.Error{
		Class: ErrUnsafe,
		Text:  msg.New("ooxml.row_twice", "File", w.path, "Sheet", sp.Name, "Row", twice.row),
		Hint:  msg.New("ooxml.hint_repair"),
	}
}

// addPivot notes the place of a pivot table, and that of its page filters: a
// label and a value each, which stand above it with an empty row between, next
// to each other if the table has them so.
func (g *draft) addPivot(data []byte) {
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
	g.pivots = append(g.pivots, table)
	if filters == 0 {
		return
	}
	if rows < 1 || cols < 1 {
		rows, cols = filters, 1
	}
	last := table.First.Row - 2
	g.pivots = append(g.pivots, a1.Range{
		First: a1.At(max(last-rows+1, 1), table.First.Col),
		Last:  a1.At(max(last, 1), min(table.First.Col+3*cols-2, a1.MaxCol)),
	})
}

// readTableHeaders notes the header rows of the sheet's table parts, and its
// pivot tables.
func (w *Workbook) readTableHeaders(g *draft) error {
	rels, err := w.pkg.Rels(g.part)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range rels {
		if r.Kind != "table" && r.Kind != "pivotTable" || r.External || seen[zipfile.Fold(r.Target)] {
			continue
		}
		seen[zipfile.Fold(r.Target)] = true
		data, err := w.pkg.Current(r.Target)
		if err != nil {
			continue // a table that is not there binds nothing
		}
		if r.Kind == "pivotTable" {
			g.addPivot(data)
			continue
		}
		for s := xmlpart.NewScanner(data); s.Next(); {
			if s.Depth() == 1 && s.Kind == xmlpart.StartTag && s.Is("table") {
				rng, ok := a1.ParseRange(s.Value("ref"))
				if n := rowCount(s, "totalsRowCount", 0); ok && n > 0 && n <= rng.Last.Row-rng.First.Row {
					g.totals = append(g.totals, a1.Range{First: a1.At(rng.Last.Row-n+1, rng.First.Col), Last: rng.Last})
				}
				if ok && rowCount(s, "headerRowCount", 1) > 0 {
					rng.Last.Row = rng.First.Row
					g.headers = append(g.headers, rng)
				}
				break
			}
		}
	}
	return nil
}
