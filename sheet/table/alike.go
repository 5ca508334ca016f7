package table

import "taizhang/sheet/ooxml"

// Long tables hold tens of thousands of texts, and of rows, that differ only in their
// figures (任务1, 任务2, …). What was found of several of them is taken to be true of all.

// enoughAlike is how many texts or rows that differ only in figures must have had the same
// answer before the next one is not looked at.
const enoughAlike = 8

// appendShape appends a text with each run of digits made one #.
func appendShape(shape []byte, text string) []byte {
	inRun := false
	for i := 0; i < len(text); i++ { // bytes: digits are never part of another letter
		c := text[i]
		isDigit := '0' <= c && c <= '9'
		switch {
		case !isDigit:
			shape = append(shape, c)
		case !inRun:
			shape = append(shape, '#')
		}
		inRun = isDigit
	}
	return shape
}

// answer is what texts that differ only in figures were found to be.
type answer struct {
	times int // how often, if always the same; -1 if not
	is    bool
}

// ask is find's answer for text, or that of enough other texts which differ from it only in
// figures.
func (m *matcher) ask(text string, find func(string) bool) bool {
	m.shape = appendShape(m.shape[:0], text)
	if string(m.shape) == text {
		return find(text)
	}
	a := m.alike[string(m.shape)]
	if a.times >= enoughAlike {
		return a.is
	}
	shape := string(m.shape) // find may ask about other texts
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
type dismissed struct {
	times map[string]int
	shape []byte // of the row looked at last; its room is used again
}

// like reports whether enough rows of the same shape as the stored row sp were dismissed.
// Where it is false, the row counts as dismissed from now on.
func (d *dismissed) like(g *grid, sp span) bool {
	d.shape = g.appendShapeOf(d.shape[:0], sp)
	times := d.times[string(d.shape)]
	if times >= enoughAlike {
		return true
	}
	if len(d.times) >= mostSeen {
		clear(d.times)
	}
	d.times[string(d.shape)] = times + 1
	return false
}

// appendShapeOf appends what stands in the cells of a stored row, without figures.
func (g *grid) appendShapeOf(shape []byte, sp span) []byte {
	for k := sp.lo; k < sp.hi; k++ {
		c := &g.Cells[k]
		if blankCell(c) {
			continue
		}
		shape = append(shape, byte(c.Kind), byte(c.Col), byte(c.Col>>8))
		if c.Kind == ooxml.Text {
			shape = appendShape(shape, c.Value)
		}
		shape = append(shape, 0)
	}
	return shape
}
