// Package grid draws tables. It knows nothing of ledgers, and looks only at the
// rows that are on the screen: a table of 100,000 rows costs what its 40
// visible ones cost.
//
// A [Grid] holds what moves: the cursor (a row and a column), the scroll
// position, and the layout of the last drawing, by which clicks are understood.
// The rows stay with their owner, who lends them through [Source].
//
// The first two cells of every line are the gutter: ">" stands before the row
// under the cursor and "*" before marked rows, so that neither is told by
// colour alone.
package grid

import (
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Column is a column of a table.
type Column struct {
	Key   string
	Title string             // clean text
	Width int                // cells wished for
	Flex  bool               // takes what space is left over
	Right bool               // text stands at the right edge
	Name  bool               // names, which are cut in the middle
	Whole bool               // never cut: it is shown with its whole width, or not at all
	Pin   bool               // stays in view when the table scrolls sideways; pinned columns come first
	Head  func(w int) string // the heading in w cells, in place of Title; nil: Title
	Sort  int                // 1 ascending, -1 descending, 0 not sorted by it
}

// Row is one row as it is drawn.
type Row struct {
	Cells  []string      // clean text by column
	Styles []theme.Style // by column; may be nil
	Marked bool
	Flag   byte   // stands in the gutter of a row that is not marked, such as '!'; 0: none
	Span   string // clean text over all columns, in place of Cells; painted in the first of Styles
	// Paint, if not nil, draws column col itself, in exactly w cells; "" leaves
	// it to the grid. current tells that the cursor is on the row.
	Paint func(col, w int, current bool) string
}

// Source lends rows. Row is called for visible rows only.
type Source interface {
	Len() int
	// Group is the heading that line i is, if it is one; the cursor passes over it.
	Group(i int) (heading string, ok bool)
	Row(i int) Row
}

// Grid is a table on the screen. The zero Grid is an empty one.
type Grid struct {
	Columns []Column

	cur, top  int
	col, left int
	pins      int // columns that stay in view, when they were drawn last

	// The layout of the last drawing.
	spans  []span
	w, h   int
	length int
	stuck  string // the heading that stands in the first line, "" if that is line top itself
}

type span struct{ col, x, w int }

// gutter is the cells before the first column.
const gutter = 2

// Cursor is the line under the cursor, -1 if there is none.
func (g *Grid) Cursor(src Source) int {
	g.settle(src, 1)
	if src.Len() == 0 {
		return -1
	}
	if _, heading := src.Group(g.cur); heading {
		return -1
	}
	return g.cur
}

// Line is the line that the cursor was last put on, which may be gone since.
func (g *Grid) Line() int { return g.cur }

// Column is the position of the column under the cursor.
func (g *Grid) Column() int { return max(0, min(g.col, len(g.Columns)-1)) }

// Go puts the cursor on line i, or the nearest that is no heading.
func (g *Grid) Go(src Source, i int) {
	dir := 1
	if i < g.cur {
		dir = -1
	}
	g.cur = i
	g.settle(src, dir)
}

// Move moves the cursor by n lines. It reports false if it was at the end
// already.
func (g *Grid) Move(src Source, n int) bool {
	before := g.cur
	dir := 1
	if n < 0 {
		dir = -1
	}
	g.cur += n
	g.settle(src, dir)
	return g.cur != before
}

// Page is the number of lines that a page moves by.
func (g *Grid) Page() int { return max(1, g.h-2) }

// Span is where column i stood in the last drawing, and in how many cells; 0, 0 if it
// was out of view.
func (g *Grid) Span(i int) (x, w int) {
	for _, s := range g.spans {
		if s.col == i {
			return s.x, s.w
		}
	}
	return 0, 0
}

// Shown are the first and the last line in view as last drawn, counted from 1,
// and how many there are.
func (g *Grid) Shown() (first, last, all int) {
	return g.top + 1, min(g.top+max(0, g.h-1), g.length), g.length
}

// Scroll moves the view by n lines and takes the cursor along.
func (g *Grid) Scroll(src Source, n int) {
	body := max(1, g.h-1)
	g.top = max(0, min(g.top+n, src.Len()-body))
	if g.cur < g.top {
		g.Go(src, g.top)
	} else if g.cur >= g.top+body {
		g.Go(src, g.top+body-1)
	}
}

// Side moves the column cursor by n.
func (g *Grid) Side(n int) {
	g.col = max(0, min(g.Column()+n, len(g.Columns)-1))
}

// settle keeps the cursor inside the table and off headings, looking first in
// direction dir.
func (g *Grid) settle(src Source, dir int) {
	n := src.Len()
	g.length = n
	g.cur = max(0, min(g.cur, n-1))
	for _, d := range [...]int{dir, -dir} {
		for i := g.cur; i >= 0 && i < n; i += d {
			if _, heading := src.Group(i); !heading {
				g.cur = i
				return
			}
		}
	}
}

// Hit is what a click met.
type Hit struct {
	Line   int // -1: not a line
	Column int // -1: none
	Head   bool
}

// At is what stands at cell x, y of the last drawing.
func (g *Grid) At(src Source, x, y int) Hit {
	hit := Hit{Line: -1, Column: -1}
	for _, s := range g.spans {
		if x >= s.x && x < s.x+s.w {
			hit.Column = s.col
		}
	}
	switch {
	case y == 0:
		hit.Head = true
	case y == 1 && g.stuck != "":
	case y > 0 && y < g.h && g.top+y-1 < src.Len():
		hit.Line = g.top + y - 1
	}
	return hit
}

// Click moves the cursor to what a click met, if it is a row.
func (g *Grid) Click(src Source, h Hit) bool {
	if h.Line < 0 {
		return false
	}
	if _, heading := src.Group(h.Line); heading {
		return false
	}
	g.cur = h.Line
	if h.Column >= 0 {
		g.col = h.Column
	}
	return true
}

// layout decides which columns are in view and how wide.
func (g *Grid) layout(w int) {
	g.spans = g.spans[:0]
	if len(g.Columns) == 0 {
		return
	}
	pins := 0
	for pins < len(g.Columns) && g.Columns[pins].Pin {
		pins++
	}
	g.left = max(pins, min(g.left+pins-g.pins, len(g.Columns)-1))
	g.pins = pins
	if c := g.Column(); c >= pins && c < g.left {
		g.left = c
	}
	for g.left < g.Column() && !g.fits(w, pins, g.left, g.Column()) {
		g.left++
	}
	for g.left > pins && g.fits(w, pins, g.left-1, len(g.Columns)-1) {
		g.left-- // use the space that became free
	}
	x := gutter
	for i := range g.Columns {
		if i >= pins && i < g.left {
			continue
		}
		room := w - x
		cw := g.Columns[i].Width
		if room < cw && ((room < 6 || g.Columns[i].Whole) && i != g.Column() || room < 1) {
			break
		}
		cw = min(cw, room)
		g.spans = append(g.spans, span{i, x, cw})
		x += cw + 1
	}
	spare := w - (x - 1)
	if n := len(g.spans); n > 0 && g.spans[n-1].col < len(g.Columns)-1 {
		spare -= 2 // room for the sign that more columns follow
	}
	g.stretch(spare)
}

// fits reports whether the pinned columns and those from left to last fit.
func (g *Grid) fits(w, pins, left, last int) bool {
	x := gutter - 1
	for i := range g.Columns[:last+1] {
		if i < pins || i >= left {
			x += g.Columns[i].Width + 1
		}
	}
	return x <= w
}

// stretch gives spare cells to the flexible columns in view.
func (g *Grid) stretch(spare int) {
	flex := 0
	for _, s := range g.spans {
		if g.Columns[s.col].Flex {
			flex++
		}
	}
	if spare <= 0 || flex == 0 {
		return
	}
	shift := 0
	for i := range g.spans {
		s := &g.spans[i]
		s.x += shift
		if g.Columns[s.col].Flex {
			add := spare / flex
			spare -= add
			flex--
			s.w += add
			shift += add
		}
	}
}

// Look is how a grid is drawn.
type Look struct {
	Measure text.Measure
	Theme   *theme.Theme
	Focus   bool // keys go to this table
	Cells   bool // the column under the cursor matters, not only the row
}

// cell reports whether the cell under the cursor is told from its row: where it
// matters, and where columns are out of view and the cursor leads to them.
func (g *Grid) cell(look Look) bool {
	return look.Focus && (look.Cells || len(g.spans) < len(g.Columns))
}

// stick keeps the heading of the rows in view in view: it takes the first line
// where it has been scrolled away. A table with headings begins with one.
func (g *Grid) stick(src Source, body int) {
	g.stuck = ""
	if g.top == 0 || body < 3 {
		return
	}
	if _, grouped := src.Group(0); !grouped {
		return
	}
	if g.cur == g.top {
		g.top-- // the line is the heading's
	}
	for i := g.top; i >= 0; i-- {
		if heading, ok := src.Group(i); ok {
			if i < g.top {
				g.stuck = heading
			}
			return
		}
	}
}

// Draw draws the table as h lines of w cells, headings first.
func (g *Grid) Draw(src Source, w, h int, look Look) []string {
	g.w, g.h = w, h
	lines := make([]string, 0, max(h, 0))
	if w < 1 || h < 1 {
		return lines
	}
	g.settle(src, 1)
	g.layout(w)
	body := h - 1
	g.top = min(g.top, g.cur)
	if body > 0 && g.cur >= g.top+body {
		g.top = g.cur - body + 1
	}
	g.top = max(0, min(g.top, src.Len()-body))
	if g.top > 0 && g.cur < g.top+body-1 {
		if _, heading := src.Group(g.top - 1); heading {
			g.top-- // rows are not seen without the heading right above them
		}
	}
	g.stick(src, body)
	lines = append(lines, g.head(w, look))
	for y := range body {
		i := g.top + y
		if y == 0 && g.stuck != "" {
			lines = append(lines, look.Theme.Group.On(look.Measure.Fit("# "+g.stuck, w)))
			continue
		}
		if i >= src.Len() {
			lines = append(lines, text.Blank(w))
			continue
		}
		if heading, ok := src.Group(i); ok && y == body-1 && body > 2 {
			lines = append(lines, text.Blank(w)) // no heading over nothing
			continue
		} else if ok {
			lines = append(lines, look.Theme.Group.On(look.Measure.Fit("# "+heading, w)))
			continue
		}
		lines = append(lines, g.line(src.Row(i), i == g.cur, w, look))
	}
	return lines
}
