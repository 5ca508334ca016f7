package ooxml

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/msg"
)

// draft is a worksheet part prepared for editing: where its rows stand, and what
// around them an edit must respect. Making it is one quick pass that looks at
// tags only; cells are looked at where an edit touches them.
type draft struct {
	sheet string // name, for messages
	part  string
	data  []byte // the part as UTF-8

	prefix    string // of the sheet's elements, with colon: "" or "x:"
	dimension span   // value of the dimension's ref attribute; empty if there is none
	cols      []colStyle
	sheetData span // the element
	body      span // its content; empty at its end tag, or at the end of <sheetData/>
	empty     bool // it is <sheetData/>
	rows      []rowSpan
	ordered   bool // rows ascend
	formulas  int  // cells with an f element
	arrays    []Range
	merges    []Range
	headers   []Range // header rows of table parts, whose texts the table parts repeat
	pivots    []Range // pivot tables, which are filled from elsewhere

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
	s := newScanner(data)
	found := false
	for !found && s.next() {
		if s.kind != tokStart && s.kind != tokEmpty {
			continue
		}
		if s.kind == tokStart && s.depth() == 1 {
			g.prefix = string(s.data[s.name.start:s.local])
			continue
		}
		switch {
		case s.is("sheetData"):
			found = true
			g.sheetData = span{s.start, s.end}
			g.body = span{s.end, s.end}
			g.empty = s.kind == tokEmpty
		case s.is("dimension"):
			if a := s.attr("ref"); a != nil {
				g.dimension = a.value
			}
		case s.is("col"):
			g.addCol(s)
		}
	}
	if err := s.err(); err != nil {
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

func (g *draft) addCol(s *scanner) {
	first, ok1 := atoi([]byte(s.value("min")))
	last, ok2 := atoi([]byte(s.value("max")))
	style, ok3 := atoi([]byte(s.value("style")))
	if ok1 && ok2 && ok3 {
		g.cols = append(g.cols, colStyle{first, last, style})
	}
}

// readTail reads what follows the cells.
func (g *draft) readTail() error {
	s := g.tail()
	for s.next() {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("mergeCell") {
			if r, ok := ParseRange(s.value("ref")); ok {
				g.merges = append(g.merges, r)
			}
		}
	}
	if err := s.err(); err != nil {
		return err
	}
	return nil
}

// tail scans what follows sheetData; its offsets are those of the part.
func (g *draft) tail() *scanner {
	s := newScanner(g.data)
	for s.next() {
		if s.start >= g.sheetData.start {
			break
		}
	}
	if !g.empty {
		// Stand at the end tag, as if the rows had been walked.
		s.pos = g.body.end
		s.next()
	}
	return s
}

// markupEnd is the offset behind the comment, CDATA section or processing
// instruction at at, -1 if it does not end.
func markupEnd(d []byte, at int) int {
	from, closing := at+2, ">"
	switch rest := d[at:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		from, closing = at+4, "-->"
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		from, closing = at+9, "]]>"
	case bytes.HasPrefix(rest, []byte("<?")):
		closing = "?>"
	}
	n := bytes.Index(d[min(from, len(d)):], []byte(closing))
	if n < 0 {
		return -1
	}
	return from + n + len(closing)
}

// isName reports whether d begins with the whole name.
func isName(d, name []byte) bool {
	return len(d) > len(name) && string(d[:len(name)]) == string(name) && !nameByte[d[len(name)]]
}

// tagEnd is the offset behind the start tag that contains at, -1 if it does not
// end; selfClosed tells that it is an empty element.
func tagEnd(d []byte, at int) (end int, selfClosed bool) {
	for i := at; i < len(d); i++ {
		switch d[i] {
		case '"', '\'':
			n := bytes.IndexByte(d[i+1:], d[i])
			if n < 0 {
				return -1, false
			}
			i += n + 1
		case '>':
			return i + 1, d[i-1] == '/'
		}
	}
	return -1, false
}

// rawAttr is the value of an attribute without prefix as written in a tag, nil
// if it is not there.
func rawAttr(tag []byte, name string) []byte {
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c == '"' || c == '\'':
			n := bytes.IndexByte(tag[i+1:], c)
			if n < 0 {
				return nil
			}
			i += n + 1
		case isSpace(c) && len(tag) > i+1+len(name) && string(tag[i+1:i+1+len(name)]) == name:
			v := bytes.TrimLeft(tag[i+1+len(name):], " \t\r\n")
			if len(v) == 0 || v[0] != '=' {
				continue
			}
			v = bytes.TrimLeft(v[1:], " \t\r\n")
			if len(v) == 0 || v[0] != '"' && v[0] != '\'' {
				return nil
			}
			if n := bytes.IndexByte(v[1:], v[0]); n >= 0 {
				return v[1 : 1+n]
			}
			return nil
		}
	}
	return nil
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
func (g *draft) anchor(at Ref) Ref {
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
				if at, ok := ParseRef(s.value("r")); ok {
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
// counts, as in reading.
func (r *rowCells) cell(col int) (cellSpan, bool) {
	for _, c := range slices.Backward(r.cells) {
		if c.col == col {
			return c, true
		}
	}
	return cellSpan{}, false
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

// draft gives a sheet ready for editing.
func (w *Workbook) draft(sheet string) (*draft, error) {
	i := w.sheetIndex(sheet)
	if i < 0 || !w.book.sheets[i].Worksheet {
		return nil, w.noSheet(sheet)
	}
	sp := w.book.sheets[i]
	if g := w.edits.drafts[sp.part]; g != nil {
		return g, nil
	}
	read := func() ([]byte, error) { return w.sheetText(i) }
	if _, edited := w.edits.changed[foldPart(sp.part)]; edited {
		read = func() ([]byte, error) { return w.current(sp.part) }
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

// addPivot notes the place of a pivot table.
func (g *draft) addPivot(data []byte) {
	for s := newScanner(data); s.next(); {
		if (s.kind == tokStart || s.kind == tokEmpty) && s.is("location") {
			if rng, ok := ParseRange(s.value("ref")); ok {
				g.pivots = append(g.pivots, rng)
			}
			return
		}
	}
}

// readTableHeaders notes the header rows of the sheet's table parts, and its
// pivot tables.
func (w *Workbook) readTableHeaders(g *draft) error {
	rels, err := w.rels(g.part)
	if err != nil {
		return err
	}
	for _, r := range rels {
		if r.kind != "table" && r.kind != "pivotTable" || r.external {
			continue
		}
		data, err := w.current(r.target)
		if err != nil {
			continue // a table that is not there binds nothing
		}
		if r.kind == "pivotTable" {
			g.addPivot(data)
			continue
		}
		for s := newScanner(data); s.next(); {
			if s.depth() == 1 && s.kind == tokStart && s.is("table") {
				rng, ok := ParseRange(s.value("ref"))
				if n := strings.TrimSpace(s.value("headerRowCount")); ok && n != "0" {
					rng.Last.Row = rng.First.Row
					g.headers = append(g.headers, rng)
				}
				break
			}
		}
	}
	return nil
}
