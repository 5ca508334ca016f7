package edit

import (
	"strings"

	"taizhang/tui/text"
)

// row is one line on the screen: a part of the text.
type row struct{ from, to int }

// rows wraps the text to lines of w cells. One cell is kept free at the end of
// each, so that the cursor after the last character has a place.
func (t *Text) rows(w int) []row {
	w = max(w-1, 2)
	var out []row
	from, used := 0, 0
	for i := 0; i < len(t.value); {
		n := t.next(i)
		if t.value[i] == '\n' {
			out = append(out, row{from, i})
			i++
			from, used = i, 0
			continue
		}
		cw := t.Measure.Width(t.value[i : i+n])
		if used+cw > w {
			out = append(out, row{from, i})
			from, used = i, 0
		}
		used += cw
		i += n
	}
	return append(out, row{from, len(t.value)})
}

// place is the row and cell of the cursor.
func (t *Text) place(rows []row) (y, x int) {
	for y = len(rows) - 1; y > 0 && rows[y].from > t.at; y-- {
	}
	return y, t.Measure.Width(t.value[rows[y].from:t.at])
}

// Vertical moves the cursor by n lines on the screen. It reports false at the
// first or last line.
func (t *Text) Vertical(n int) bool {
	rows := t.rows(max(t.width, 3))
	y, x := t.place(rows)
	if t.want < 0 {
		t.want = x
	}
	if y+n < 0 || y+n >= len(rows) {
		return false
	}
	r := rows[y+n]
	want := t.want
	cut, _ := t.Measure.Cut(t.value[r.from:r.to], want)
	t.at = r.from + len(cut)
	if t.at == r.to && y+n+1 < len(rows) && rows[y+n+1].from == t.at && t.at > r.from {
		t.at -= t.prev(t.at) // the end of a wrapped line is the beginning of the next
	}
	t.want = want
	return true
}

// Click puts the cursor at cell x of line y of the last drawing.
func (t *Text) Click(x, y int) {
	if !t.Multi {
		cut, _ := t.Measure.Cut(t.value, t.left+x)
		t.at, t.want = len(cut), -1
		return
	}
	rows := t.rows(max(t.width, 3))
	y = max(0, min(y+t.top, len(rows)-1))
	cut, _ := t.Measure.Cut(t.value[rows[y].from:rows[y].to], x)
	t.at, t.want = rows[y].from+len(cut), -1
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
		if t.top+i < len(rows) {
			r := rows[t.top+i]
			lines = append(lines, t.Measure.Fit(t.value[r.from:r.to], w))
		} else {
			lines = append(lines, text.Blank(w))
		}
	}
	return lines, min(x, w-1), y - t.top
}

// single draws a line that scrolls sideways.
func (t *Text) single(w int) (string, int) {
	x := t.Measure.Width(t.value[:t.at])
	if x < t.left {
		t.left = max(0, x-w/3)
	}
	if x-t.left > w-1 {
		t.left = x - w + 1
	}
	if full := t.Measure.Width(t.value); full-t.left < w-1 {
		t.left = max(0, full-w+1)
	}
	skip, sw := t.Measure.Cut(t.value, t.left)
	rest := t.value[len(skip):]
	lead := ""
	if sw < t.left { // a wide character straddles the edge
		n := t.next(len(skip))
		lead = text.Blank(sw + t.Measure.Width(rest[:n]) - t.left)
		rest = rest[n:]
	}
	cut, cw := t.Measure.Cut(rest, w-len(lead))
	var b strings.Builder
	b.WriteString(lead)
	b.WriteString(cut)
	b.WriteString(text.Blank(w - len(lead) - cw))
	return b.String(), x - t.left
}
