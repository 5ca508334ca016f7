package rowmove

import (
	"slices"

	"taizhang/sheet/a1"
)

// Rows tells where the rows of a sheet stand after a change. The zero value changes
// nothing.
type Rows struct {
	Gone []int // rows that are left out, ascending, none twice

	// A row that is put in below the last row of a table.
	New   int      // its number; 0 if there is none
	Shift bool     // what stands at New and below moves down by one
	Table a1.Range // the rows of the table that hold data
}

// Growth tells which ranges take in the new row of a table.
type Growth uint8

const (
	Moves    Growth = iota // none
	Covering               // those that hold all rows of the table
	Touching               // those that end with its last row
)

// Row is where a row stands afterwards. Of a row that is left out (ok is false) it is
// where the next one stands.
func (m *Rows) Row(n int) (now int, ok bool) {
	if m.New > 0 {
		if m.Shift && n >= m.New && n < a1.MaxRow {
			n++
		}
		return n, true
	}
	i, found := slices.BinarySearch(m.Gone, n)
	return n - i, !found
}

// Span is what is left of a range, in new numbers; ok is false if nothing is. Whole
// columns stay whole.
func (m *Rows) Span(r a1.Range, growth Growth) (now a1.Range, ok bool) {
	first, last := r.First.Row, r.Last.Row
	if first == 1 && last == a1.MaxRow {
		return r, true
	}
	if first > last { // formulas may name the corners the wrong way round
		now, ok = m.Span(a1.Range{First: a1.At(last, r.First.Col), Last: a1.At(first, r.Last.Col)}, growth)
		now.First.Row, now.Last.Row = now.Last.Row, now.First.Row
		return now, ok
	}
	for i, found := slices.BinarySearch(m.Gone, first); found && first <= last; {
		first++
		i++
		found = i < len(m.Gone) && m.Gone[i] == first
	}
	for i, found := slices.BinarySearch(m.Gone, last); found && last >= first; {
		last--
		i--
		found = i >= 0 && m.Gone[i] == last
	}
	if first > last {
		return r, false
	}
	now = r
	now.First.Row, _ = m.Row(first)
	now.Last.Row, _ = m.Row(last)
	if m.grows(r, growth) {
		now.Last.Row = m.New
	}
	return now, true
}

// grows reports whether a range takes in the new row.
func (m *Rows) grows(r a1.Range, growth Growth) bool {
	if m.New == 0 || growth == Moves || m.Table.Last.Row < m.Table.First.Row || r.Last.Row != m.Table.Last.Row ||
		!m.InColumns(r) {
		return false
	}
	return growth == Touching || r.First.Row <= m.Table.First.Row
}

// InColumns reports whether a range reaches into the columns of the table.
func (m *Rows) InColumns(r a1.Range) bool {
	return r.First.Col <= m.Table.Last.Col && r.Last.Col >= m.Table.First.Col
}

// FirstLeft is the first row of a range that stays, in old numbers; 0 if none does.
func (m *Rows) FirstLeft(r a1.Range) int {
	for n := r.First.Row; n <= r.Last.Row; n++ {
		if _, ok := m.Row(n); ok {
			return n
		}
	}
	return 0
}
