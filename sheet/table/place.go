package table

import (
	"slices"

	"taizhang/sheet/ooxml"
)

// Shared is the data rows (1-based sheet rows) that share the merged cell of
// column key in row; just row itself if it is not merged.
func (t *Table) Shared(row int, key string) []int {
	i := t.Index(key)
	if i < 0 {
		return []int{row}
	}
	m, ok := t.mergeOver(ooxml.Ref{Row: row, Col: t.Columns[i].Col})
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

// mergeOver is the merged range that covers a cell.
func (t *Table) mergeOver(at ooxml.Ref) (ooxml.Range, bool) {
	for _, m := range t.Place.Merges {
		if m.First.Row > at.Row {
			break // ascending
		}
		if m.Contains(at) {
			return m, true
		}
	}
	return ooxml.Range{}, false
}
