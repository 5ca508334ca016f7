package table

import (
	"strings"

	"taizhang/sheet/ooxml"
)

// Long tables hold tens of thousands of texts, and of rows, that differ only in their
// figures (任务1, 任务2, …). What was found of several of them is taken to be true of all.

// enoughAlike is how many texts or rows that differ only in figures must have had the same
// answer before the next one is not looked at.
const enoughAlike = 8

// withoutFigures is a text with each run of digits made one #. It is the text itself if it
// has no digits.
func withoutFigures(text string) string {
	if !strings.ContainsAny(text, "0123456789") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	inRun := false
	for i := 0; i < len(text); i++ { // bytes: digits are never part of another letter
		c := text[i]
		isDigit := '0' <= c && c <= '9'
		switch {
		case !isDigit:
			b.WriteByte(c)
		case !inRun:
			b.WriteByte('#')
		}
		inRun = isDigit
	}
	return b.String()
}

// answer is what texts that differ only in figures were found to be.
type answer struct {
	times int // how often, if always the same; -1 if not
	is    bool
}

// ask is find's answer for text, or that of enough other texts which differ from it only in
// figures.
func (m *matcher) ask(text string, find func(string) bool) bool {
	shape := withoutFigures(text)
	if len(shape) == len(text) && shape == text {
		return find(text)
	}
	a := m.alike[shape]
	if a.times >= enoughAlike {
		return a.is
	}
	is := find(text)
	switch {
	case a.times == 0 || a.times > 0 && a.is == is:
		a = answer{a.times + 1, is}
	default:
		a.times = -1
	}
	if len(m.alike) >= mostSeen {
		clear(m.alike)
	}
	m.alike[shape] = a
	return is
}

// dismissed counts the rows that were found to be no header, by what stands in their cells
// without figures. What is found of a row depends on the headers above it: with each new
// one the count begins again.
type dismissed map[string]int

// shapeOf is what stands in the cells of a stored row, without figures.
func (g *grid) shapeOf(sp span) string {
	var b strings.Builder
	for k := sp.lo; k < sp.hi; k++ {
		c := &g.Cells[k]
		if blankCell(c) {
			continue
		}
		b.WriteByte(byte(c.Kind))
		b.WriteByte(byte(c.Col))
		b.WriteByte(byte(c.Col >> 8))
		if c.Kind == ooxml.Text {
			b.WriteString(withoutFigures(c.Value))
		}
		b.WriteByte(0)
	}
	return b.String()
}

func (d dismissed) add(shape string) {
	if len(d) >= mostSeen {
		clear(d)
	}
	d[shape]++
}
