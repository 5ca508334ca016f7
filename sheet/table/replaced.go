package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// Replaced is a text that is to stand in a cell of a table in place of another one.
type Replaced struct {
	Sheet string
	At    a1.Ref
	Text  string
}

// Replace is the tables with other texts in some cells; those tables that none of the
// texts stands in are the same.
func Replace(tables []*Table, texts []Replaced) []*Table {
	out := slices.Clone(tables)
	for i, t := range tables {
		for _, x := range texts {
			row, col := t.position(x)
			if row < 0 || col < 0 {
				continue
			}
			if out[i] == t {
				c := *t
				c.Rows = slices.Clone(t.Rows)
				out[i] = &c
			}
			r := &out[i].Rows[row]
			r.Values = slices.Clone(r.Values)
			r.Values[col] = x.Text
		}
	}
	return out
}

// position is where the cell of a text is in Rows and Columns; -1 where it is not.
func (t *Table) position(x Replaced) (row, col int) {
	if t.Sheet != x.Sheet {
		return -1, -1
	}
	col = slices.IndexFunc(t.Columns, func(c Column) bool { return c.Col == x.At.Col })
	row, ok := slices.BinarySearchFunc(t.Rows, x.At.Row, func(r Row, at int) int { return r.Row - at })
	if !ok || col < 0 || col >= len(t.Rows[row].Values) {
		return -1, -1
	}
	return row, col
}

// WillReplace tells what [Write] of a value will put into the cell, where that is text in
// place of another text; ok is false where it is anything else.
func WillReplace(wb *ooxml.Workbook, t *Table, row int, key, value string) (x Replaced, ok bool) {
	i := t.Index(key)
	if i < 0 {
		return x, false
	}
	x = Replaced{Sheet: t.Sheet, At: a1.At(row, t.Columns[i].Col), Text: value}
	if _, merged := t.mergeOver(x.At); merged {
		return x, false
	}
	c, err := wb.Cell(t.Sheet, x.At)
	if err != nil || c.Kind != ooxml.Text || c.Formula || value == ooxml.PictureText || !utf8.ValidString(value) ||
		strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return x, false
	}
	v, err := valueFor(wb, t, x.At, i, value)
	return x, err == nil && v.Kind == ooxml.Text && v.Text == value
}

// WithTexts is what [Find] would find in the workbook once the texts stand in it, told
// without reading it again. ok is false where a look at the texts does not tell it: they
// might change what a column means, which rows are data, or where a header stands. It is
// true for what people change in long tables all day.
func (f *Found) WithTexts(schemas []Schema, texts []Replaced) (found *Found, ok bool) {
	m := newMatcher(schemas)
	for _, x := range texts {
		if !f.keepsShape(m, x) {
			return nil, false
		}
	}
	out := *f
	out.Tables = Replace(f.Tables, texts)
	out.Sheets = slices.Clone(f.Sheets)
	for i := range out.Sheets {
		s := &out.Sheets[i]
		s.Tables = slices.Clone(s.Tables)
		for k, t := range s.Tables {
			s.Tables[k] = out.Tables[slices.Index(f.Tables, t)]
		}
	}
	return &out, true
}

// keepsShape reports whether the tables stay what they are with that text in its cell.
func (f *Found) keepsShape(m *matcher, x Replaced) bool {
	s := slices.IndexFunc(f.Sheets, func(s SheetFound) bool { return s.Name == x.Sheet })
	if s < 0 || len(f.Sheets[s].Tables) != 1 || f.Sheets[s].Hidden {
		return false
	}
	t := f.Sheets[s].Tables[0]
	i, p := t.position(x)
	if i < 0 || p < 0 || !slices.Contains(f.Tables, t) {
		return false
	}
	old := t.Rows[i].Values[p]
	switch {
	case isBlank(old) || isBlank(x.Text) || isCounter(old) || isCounter(x.Text) || isLabelled(x.Text):
		return false // the row may become a note, a heading or an empty one
	case t.Columns[p].Field == NumberField || t.Place.Formulas[x.At] || t.Place.Untyped[x.At] != ooxml.Blank:
		return false
	case x.At.Row <= t.Place.HeaderLast+sampledRows:
		return false // what its column means is told by the first values
	}
	if _, struck := t.Place.Struck[x.At]; struck {
		return false
	}
	for c := range t.Columns {
		if c != p && slices.Contains(t.Columns[c].Choices, old) {
			return false // the list may stand in the column
		}
	}
	return t.isSafeWithin(i) && t.isSafeAtEnd(m) && t.tellsItself(i, p) && t.isNoHeader(m, i, p, x.Text)
}

// isSafeWithin reports whether a row has data right above and below it.
func (t *Table) isSafeWithin(i int) bool {
	return i > maxHeader && i+maxHeader < len(t.Rows) &&
		t.Rows[i+maxHeader].Row-t.Rows[i-maxHeader].Row == 2*maxHeader
}

// isSafeAtEnd reports whether the last row is data by itself, so that no others
// decide which of the last ones are.
func (t *Table) isSafeAtEnd(m *matcher) bool {
	last, filled, says := &t.Rows[len(t.Rows)-1], 0, false
	k := slices.IndexFunc(m.schemas, func(s Schema) bool { return s.Kind == t.Kind })
	if k < 0 || len(m.schemas[k].Need) == 0 {
		return false
	}
	for c, v := range last.Values {
		if isBlank(v) {
			continue
		}
		filled++
		says = says || slices.Contains(m.schemas[k].Need[0], t.Columns[c].Field)
	}
	return filled >= 2 && says
}

// tellsItself reports whether a row is data whatever text stands in column p: another
// text stands before it, and there are more of them than notes, sums and headings of
// sections have.
func (t *Table) tellsItself(i, p int) bool {
	before, others := false, 0
	for c, v := range t.Rows[i].Values {
		if c == p || t.Columns[c].Format != AsText || strings.IndexFunc(v, unicode.IsLetter) < 0 || isLabelled(v) {
			continue
		}
		if _, merged := t.mergeOver(a1.At(t.Rows[i].Row, t.Columns[c].Col)); merged {
			continue
		}
		others++
		before = before || c < p
	}
	return before && others >= 4
}

// isNoHeader reports whether a text in column p of a row makes no header of it, nor of a
// row near it. Where nothing there reads like a heading, nothing is tried as a header. Else
// rows stand so that each would be a header by itself, and this one is none: it does not
// repeat a heading, the row above has something over what reads like headings, and too few
// of them are headings word for word.
func (t *Table) isNoHeader(m *matcher, i, p int, text string) bool {
	near := t.Rows[i-maxHeader : i+maxHeader+1]
	values := slices.Clone(t.Rows[i].Values)
	values[p] = text
	reads := func(v string) bool { return !isBlank(v) && m.knows(v) }
	if !reads(text) && !slices.ContainsFunc(near, func(r Row) bool { return slices.ContainsFunc(r.Values, reads) }) {
		return true
	}
	if t.isMerged(near[0].Row, near[len(near)-1].Row) || !t.isFilledSideBySide(near) {
		return false
	}
	above, whole := t.Rows[i-1].Values, 0
	for c, v := range values {
		if word := foldWhole(v); word != "" && strings.Contains(foldWhole(t.Columns[c].Heading), word) {
			return false
		}
		if !reads(v) {
			continue
		}
		if m.evidence(v).best >= wholeLeast-0.05 {
			whole++
		}
		left, right := c-1, c+1
		for left >= 0 && isBlank(values[left]) {
			left--
		}
		for right < len(values) && isBlank(values[right]) {
			right++
		}
		if isBlank(above[c]) || isLabelled(above[c]) || left >= 0 && isBlank(above[left]) || right < len(values) &&
			isBlank(above[right]) {
			return false
		}
	}
	return whole < 3
}

// isMerged reports whether a merged range reaches into the sheet rows.
func (t *Table) isMerged(first, last int) bool {
	return slices.ContainsFunc(t.Place.Merges, func(r a1.Range) bool {
		return r.First.Row <= last &&
			r.Last.Row >= first
	})
}

// isFilledSideBySide reports whether two columns that stand side by side are filled in all
// of the rows, so that none is the second line of a header.
func (t *Table) isFilledSideBySide(rows []Row) bool {
	for c := 1; c < len(t.Columns); c++ {
		if t.Columns[c].Col == t.Columns[c-1].Col+1 && !slices.ContainsFunc(rows, func(r Row) bool {
			return isBlank(r.Values[c]) || isBlank(r.Values[c-1])
		}) {
			return true
		}
	}
	return false
}
