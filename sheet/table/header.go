package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ooxml"
)

const (
	maxHeader = 4  // rows of the tallest header that is recognised
	maxLabel  = 30 // characters of the longest text that passes for an unknown sub-heading
)

// band is a header: its rows, and what stands over each column.
type band struct {
	first, last int
	cols        []heading // columns with a heading, ascending, not next to each other where there is a gap
}

// bandAt is the header whose first row is row, ok false if the row cannot
// begin one.
func (g *grid) bandAt(row int) (b band, ok bool) {
	b.first, b.last = row, row
	labels := g.labels(row)
	if !severalLabels(labels) || areNotes(labels) {
		return b, false
	}
	tall := false
	for _, m := range g.mergesFrom(row, row) {
		if m.Last.Row > b.last && m.Last.Row < row+maxHeader && labels[m.First.Col] != nil {
			b.last, tall = m.Last.Row, true
		}
	}
	over := labels
	for r := row + 1; r < row+maxHeader; r++ {
		below := g.labels(r)
		if r > b.last {
			if tall || !hangs(over, below) {
				break
			}
			b.last = r
		}
		over = below
	}
	for first := row - 1; first > max(0, row-2) && g.groups(first, labels); first-- {
		b.first = first
	}
	b.cols = g.headings(b.first, b.last)
	return b, !g.holdsValues(b.last) && !g.isCovered(b.first)
}

// holdsValues reports whether a row holds truth values, shares, or one date beside figures,
// as no header does. Other figures may be headings: days of a calendar (8.1), weeks, years.
func (g *grid) holdsValues(row int) bool {
	cells := g.cells(row)
	dates, figures := 0, 0
	for i := range cells {
		c := &cells[i]
		if blankCell(c) {
			continue
		}
		switch {
		case c.Kind == ooxml.Bool, c.Kind == ooxml.Number && strings.HasSuffix(g.text(c), "%"):
			return true
		case c.Kind == ooxml.Number && g.read.IsDate(int(c.Style)):
			dates++
		case c.Kind == ooxml.Number:
			figures++
		}
	}
	return dates == 1 && figures > 0
}

// isCovered reports whether cells merged down from above reach into a row, so that it is the
// second line of something and begins no header. A title merged across is none of them.
func (g *grid) isCovered(row int) bool {
	for _, m := range g.mergesFrom(max(1, row-maxHeader*2), row-1) {
		if m.Last.Row >= row && (m.Last.Col-m.First.Col+1)*2 < g.right {
			return true
		}
	}
	return false
}

// areNotes reports whether all labels are 填报单位：, 填报日期： and the like.
func areNotes(labels map[int]*label) bool {
	for _, l := range labels {
		if noteOf(l.text) == notNote || !isLabelled(l.text) {
			return false
		}
	}
	return true
}

// severalLabels reports whether there is more than one: a text merged over the
// whole width is a title.
func severalLabels(labels map[int]*label) bool {
	var one *label
	for _, l := range labels {
		if one != nil && l != one {
			return true
		}
		one = l
	}
	return false
}

// labels are the cells of a row that show something, by every column they span.
func (g *grid) labels(row int) map[int]*label {
	out := map[int]*label{}
	cells := g.cells(row)
	for i := range cells {
		c := &cells[i]
		if blankCell(c) {
			continue
		}
		l := &label{text: g.text(c), left: c.Col, right: c.Col}
		if m := g.mergeAt(c.Ref); m.Last.Col > c.Col {
			l.right = min(m.Last.Col, g.right)
		}
		for col := l.left; col <= max(l.left, l.right); col++ {
			out[col] = l
		}
	}
	return out
}

// hangs reports whether a row can be the sub-headings of the row over it:
// everything in it stands below a group or below nothing, is short, and is not
// alone, and some of it does stand below a heading. Where no group is merged, some
// heading must be without a sub-heading, lest captions of neighbouring tables
// pass for groups. What is merged just as the heading above it is data, and so is
// what stands by itself below every group.
func hangs(over, below map[int]*label) bool {
	n, grouped := 0, false
	for col, o := range over {
		if noteOf(o.text) != notNote || isLabelled(o.text) && isTitleText(o.text) {
			return false // 填报单位：… | 截止日期：… above a header
		}
		grouped = grouped || o.right > o.left || below[col] == nil
	}
	if !grouped {
		return false
	}
	subs := map[*label]int{}
	for col, l := range below {
		if l.left != col {
			continue
		}
		n++
		if utf8.RuneCountInString(l.text) > maxLabel {
			return false
		}
		o := over[col]
		if o == nil {
			continue
		}
		if o.left == l.left && o.right == l.right && o.right > o.left || o.left == o.right &&
			(over[col+1] != nil || below[col+1] == nil) {
			return false // a plain heading: what stands below it is data
		}
		subs[o]++
	}
	several := 0
	for o, k := range subs {
		if o.left == o.right { // not merged: its sub-headings stand below it and to its right
			for col := o.right + 1; over[col] == nil && below[col] != nil; col++ {
				k++
			}
		}
		if k > 1 {
			several++
		}
	}
	return n >= 2 && several > 0
}

// groups reports whether row holds nothing but groups over the labels below it,
// at least one of them merged over several columns.
func (g *grid) groups(row int, below map[int]*label) bool {
	labels := g.labels(row)
	n, wide := 0, false
	for col, l := range labels {
		if l.left != col {
			continue
		}
		n++
		if below[col] == nil || utf8.RuneCountInString(l.text) > maxLabel || isLabelled(l.text) ||
			noteOf(l.text) != notNote || isTitleText(l.text) {
			return false // 填报单位：… merged over half the width is no group
		}
		wide = wide || l.right > l.left
	}
	return n >= 2 && wide
}

// isTitleText reports whether a text is rather the title of a table, or its date,
// than a group of headings.
func isTitleText(s string) bool {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	if digits >= 6 {
		return true
	}
	s = foldWhole(s)
	for _, w := range []string{"表", "台账", "清单", "一览", "方案", "安排", "汇总", "目录", "名单"} {
		if strings.HasSuffix(dropBrackets(s), w) && utf8.RuneCountInString(s) > 5 {
			return true
		}
	}
	return false
}

// headings is what stands over each column in the rows first to last.
func (g *grid) headings(first, last int) []heading {
	byCol := map[int]*heading{}
	for row := first; row <= last; row++ {
		for col, l := range g.labels(row) {
			h := byCol[col]
			if h == nil {
				h = &heading{col: col}
				byCol[col] = h
			}
			if n := len(h.levels); n > 0 && h.levels[n-1].text == l.text {
				continue // the group's text repeated in place of a merge
			}
			h.levels = append(h.levels, *l)
		}
	}
	g.spreadGroups(byCol, first, last)
	cols := make([]heading, 0, len(byCol))
	for _, h := range byCol {
		cols = append(cols, *h)
	}
	slices.SortFunc(cols, func(a, b heading) int { return a.col - b.col })
	return cols
}

// spreadGroups extends a group that is not merged over the sub-headings to its
// right which have nothing above them.
func (g *grid) spreadGroups(byCol map[int]*heading, first, last int) {
	if last == first {
		return
	}
	top := g.labels(first)
	for col := 1; col <= g.right; col++ {
		l := top[col]
		if l == nil || l.left != l.right || byCol[col] == nil || len(byCol[col].levels) < 2 {
			continue
		}
		for next := col + 1; top[next] == nil && byCol[next] != nil; next++ {
			byCol[next].levels = slices.Insert(byCol[next].levels, 0, *l)
		}
	}
}

// split parts a header's columns at the gaps between them that hold nothing, and
// between two halves that are the same (a table set in two columns).
func (b *band) split(holds func(col int) bool) [][]heading {
	gap := func(i int) bool {
		for col := b.cols[i-1].col + 1; col < b.cols[i].col; col++ {
			if !holds(col) {
				return true
			}
		}
		return false
	}
	var parts [][]heading
	from := 0
	for i := 1; i <= len(b.cols); i++ {
		if i == len(b.cols) || gap(i) {
			part := b.cols[from:i]
			if half := len(part) / 2; half >= 3 && len(part)%2 == 0 && sameHeadings(part[:half], part[half:]) {
				parts = append(parts, part[:half], part[half:])
			} else {
				parts = append(parts, part)
			}
			from = i
		}
	}
	return parts
}

// captioned takes the top row off a header if one text in it spans all of cols: of
// one table among several, that is its caption.
func captioned(cols []heading) (_ []heading, ok bool) {
	below := slices.Clone(cols)
	for i := range cols {
		l := cols[i].levels
		if len(l) < 2 || l[0] != cols[0].levels[0] {
			return cols, false
		}
		below[i].levels = l[1:]
	}
	return below, true
}

func sameHeadings(a, b []heading) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if foldWhole(a[i].text()) != foldWhole(b[i].text()) {
			return false
		}
	}
	return true
}

// repeats reports whether b is the header a once more: the same headings in the same
// columns, but for a few.
func repeats(a, b []heading) bool {
	over := map[int]*heading{}
	for i := range a {
		over[a[i].col] = &a[i]
	}
	same := 0
	for i := range b {
		if h := over[b[i].col]; h != nil && h.says(&b[i]) {
			same++
		}
	}
	n := max(len(a), len(b))
	return same*5 >= n*4 || same >= 4 && same*3 >= n*2
}

// says reports whether o is h once more; where h stands in two rows, one of
// them will do, for many repeat only the lower one at a page break.
func (h *heading) says(o *heading) bool {
	text := foldWhole(o.text())
	if text == foldWhole(h.text()) {
		return true
	}
	return len(h.levels) > 1 && len(o.levels) == 1 &&
		slices.ContainsFunc(h.levels, func(l label) bool { return foldWhole(l.text) == text })
}
