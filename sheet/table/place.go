package table

import (
	"slices"

	"taizhang/sheet/a1"
)

// Shared is the data rows (1-based sheet rows) that share the merged cell of
// column key in row; just row itself if it is not merged.
func (t *Table) Shared(row int, key string) []int {
	i := t.Index(key)
	if i < 0 {
		return []int{row}
	}
	m, ok := t.mergeOver(a1.Ref{Row: row, Col: t.Columns[i].Col})
	if !ok {
		return []int{row}
	}
	var rows []int
	from, _ := slices.BinarySearchFunc(t.Rows, m.First.Row, func(r Row, at int) int { return r.Row - at })
	for _, r := range t.Rows[from:] {
		if r.Row > m.Last.Row {
			break
		}
		rows = append(rows, r.Row)
	}
	if len(rows) == 0 {
		return []int{row}
	}
	return rows
}

// Spread is the first cell of the range of several rows that the cell of column key in
// row is merged into, whether or not the row is one of the data; ok is false if it
// stands by itself.
func (t *Table) Spread(row int, key string) (first a1.Ref, ok bool) {
	i := t.Index(key)
	if i < 0 {
		return a1.Ref{}, false
	}
	m, ok := t.mergeOver(a1.Ref{Row: row, Col: t.Columns[i].Col})
	return m.First, ok && m.Last.Row > m.First.Row
}

// mergeOver is the merged range that covers a cell. Merges do not overlap, so
// the last one in the cell's column that begins at or above it decides.
func (t *Table) mergeOver(at a1.Ref) (a1.Range, bool) {
	merges := t.Place.Merges
	end, _ := slices.BinarySearchFunc(merges, at.Row+1, func(m a1.Range, row int) int { return m.First.Row - row })
	for _, m := range slices.Backward(merges[:end]) {
		if at.Col >= m.First.Col && at.Col <= m.Last.Col {
			return m, m.Contains(at)
		}
	}
	return a1.Range{}, false
}
