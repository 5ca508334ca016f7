package edit

import (
	"sort"
	"strings"

	"taizhang/tui/text"
)

// rows wraps the text to lines of w cells, at the places where the details of a
// task break it too. One cell is kept free at the end of each line, so that the
// cursor after the last character has a place.
func (t *Text) rows(w int) []text.Row {
	w = max(w-1, 2)
	if t.laid == nil || t.laidAt != w {
		t.laid, t.laidAt = text.Rows(t.split(), w), w
	}
	return t.laid
}

// cells is the width of the pieces from from to to.
func (t *Text) cells(from, to int) int {
	n := 0
	for _, p := range t.split()[from:to] {
		n += p.Cells
	}
	return n
}

// shown is what the pieces from from to to look like.
func (t *Text) shown(from, to int) string {
	var b strings.Builder
	for _, p := range t.split()[from:to] {
		b.WriteString(p.Shown)
	}
	return b.String()
}

// before is the number of pieces that begin before the cursor.
func (t *Text) before() int {
	p := t.split()
	return sort.Search(len(p), func(n int) bool { return p[n].From >= t.at })
}

// place is the row and cell of the cursor.
func (t *Text) place(rows []text.Row) (y, x int) {
	n := t.before()
	for y = len(rows) - 1; y > 0 && rows[y].From > n; y-- {
	}
	return y, t.cells(rows[y].From, n)
}

// reach is the stop at cell x of a row, or the nearest before it.
func (t *Text) reach(r text.Row, x int) int {
	p := t.split()
	used, n := 0, r.From
	for n < r.To && used+p[n].Cells <= x {
		used += p[n].Cells
		n++
	}
	for n > r.From && !t.isStop(n) {
		n--
	}
	return n
}

// Vertical moves the cursor by n lines on the screen. It reports false at the
// first or last line.
func (t *Text) Vertical(n int) bool {
	rows := t.rows(max(t.width, 3))
	y, x := t.place(rows)
	want := t.want
	if want < 0 {
		want = x
	}
	t.want = want
	y += n
	if y < 0 || y >= len(rows) {
		return false
	}
	at := t.reach(rows[y], want)
	if at == rows[y].To && y+1 < len(rows) && rows[y+1].From == at && at > rows[y].From {
		// The end of a wrapped line is the beginning of the next.
		for at--; at > rows[y].From && !t.isStop(at); at-- {
		}
	}
	t.moved(t.start(at))
	t.want = want
	return true
}

// Click puts the cursor at cell x of line y of the last drawing.
func (t *Text) Click(x, y int) {
	if !t.Multi {
		t.moved(t.start(t.reach(text.Row{To: len(t.split())}, t.left+x)))
		return
	}
	rows := t.rows(max(t.width, 3))
	y = max(0, min(y+t.top, len(rows)-1))
	t.moved(t.start(t.reach(rows[y], x)))
}

// Draw is the text in h lines of exactly w cells, and the cell of the cursor in
// them. A single line ignores h.
func (t *Text) Draw(w, h int) (lines []string, x, y int) {
	t.width = w
	if w < 1 {
		return nil, 0, 0
	}
	if !t.Multi {
		line, x := t.single(w)
		return []string{line}, x, 0
	}
	rows := t.rows(w)
	y, x = t.place(rows)
	h = max(h, 1)
	if y < t.top {
		t.top = y
	}
	if y >= t.top+h {
		t.top = y - h + 1
	}
	t.top = max(0, min(t.top, len(rows)-h))
	for i := range h {
		if t.top+i >= len(rows) {
			lines = append(lines, text.Blank(w))
			continue
		}
		r := rows[t.top+i]
		line, used := t.Measure.Cut(t.shown(r.From, r.To), w)
		lines = append(lines, line+text.Blank(w-used))
	}
	return lines, min(x, w-1), y - t.top
}

// Lines are how many lines on the screen the text takes, and in which of them
// the cursor stands, as last drawn.
func (t *Text) Lines() (at, all int) {
	rows := t.rows(max(t.width, 3))
	y, _ := t.place(rows)
	return y + 1, len(rows)
}

// single draws a line that scrolls sideways.
func (t *Text) single(w int) (string, int) {
	p := t.split()
	x := t.cells(0, t.before())
	if x < t.left {
		t.left = max(0, x-w/3)
	}
	if x-t.left > w-1 {
		t.left = x - w + 1
	}
	if full := t.cells(0, len(p)); full-t.left < w-1 {
		t.left = max(0, full-w+1)
	}
	var b strings.Builder
	at, used := 0, 0 // cells from the text's beginning, and cells drawn
	drawn := false   // the last character that takes a place was
	for _, c := range p {
		from, to := at-t.left, at-t.left+c.Cells
		at += c.Cells
		switch {
		case c.Cells == 0: // it joins what stands before it
		case from < 0 && to > 0: // a wide character straddles the edge
			b.WriteString(text.Blank(to))
			used, drawn = used+to, false
			continue
		default:
			drawn = from >= 0 && to <= w
		}
		if drawn {
			b.WriteString(c.Shown)
			used += c.Cells
		}
	}
	return b.String() + text.Blank(w-used), x - t.left
}
