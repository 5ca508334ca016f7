package store

import (
	"bytes"
	"encoding/json"
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// Change is one value that differs between two contents, or a row that only one
// of them has.
type Change struct {
	Kind string `json:"kind"` // of the table
	Row  string `json:"row"`
	Key  string `json:"key,omitempty"` // column key; "" for the row as a whole
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
	What string `json:"what,omitempty"` // "added" or "deleted" for a row, else ""
}

// What became of a row as a whole.
const (
	Added   = "added"
	Deleted = "deleted"
)

// SheetKey is the Change.Key of a row that stands on another sheet than before:
// From and To are the sheets' names.
const SheetKey = "@sheet"

// Diff lists what changed from one content to another, by row id and column
// key. A row that was added has one Change for itself and one for each value
// that is not empty; one that was deleted likewise. A row that was moved to
// another sheet of its kind is neither: it has one Change with SheetKey.
func Diff(from, to merge.State) []Change {
	if out, ok := diffInStep(from, to); ok {
		return out
	}
	return diffByID(from, to)
}

func diffByID(from, to merge.State) (out []Change) {
	was, is := spotsOf(from), spotsOf(to)
	for i, t := range to.Tables {
		j := baseTable(from, to, i)
		old := &table.Table{Kind: t.Kind}
		if j >= 0 {
			old = from.Tables[j]
		}
		out = append(out, diffTable(old, t, was[t.Kind], is[t.Kind])...)
	}
	for j, t := range from.Tables {
		if baseTable(to, from, j) < 0 {
			out = append(out, diffTable(t, &table.Table{Kind: t.Kind}, was[t.Kind], is[t.Kind])...)
		}
	}
	return out
}

// diffInStep is Diff of contents that hold the same rows in the same order, as they do
// after most changes: nothing has to be looked up. ok is false for others.
func diffInStep(from, to merge.State) (out []Change, ok bool) {
	if len(from.Tables) != len(to.Tables) {
		return nil, false
	}
	for i, t := range to.Tables {
		old := from.Tables[i]
		if old.Kind != t.Kind || len(old.Rows) != len(t.Rows) {
			return nil, false
		}
		keys, a, b := columnsOf(old, t)
		sameColumns := slices.Equal(a, b)
		for r := range t.Rows {
			x, y := &old.Rows[r], &t.Rows[r]
			if x.ID != y.ID {
				return nil, false
			}
			if sameColumns && len(x.Values) > 0 && len(x.Values) == len(y.Values) && &x.Values[0] == &y.Values[0] {
				continue // the same memory
			}
			out = append(out, diffRow(t.Kind, keys, x, y, a, b)...)
		}
	}
	return out, true
}

// inTable is a row and the table that it stands in.
type inTable struct {
	table *table.Table
	row   *table.Row
}

// spotsOf is the rows of a content by kind and id.
func spotsOf(s merge.State) map[string]map[string]inTable {
	out := map[string]map[string]inTable{}
	for _, t := range s.Tables {
		rows := out[t.Kind]
		if rows == nil {
			rows = make(map[string]inTable, len(t.Rows))
			out[t.Kind] = rows
		}
		for r := range t.Rows {
			rows[t.Rows[r].ID] = inTable{t, &t.Rows[r]}
		}
	}
	return out
}

// diffTable is what changed in the rows of one table; was and is are all rows of
// its kind, before and after.
func diffTable(from, to *table.Table, was, is map[string]inTable) []Change {
	var out []Change
	keys, a, b := columnsOf(from, to)
	for r := range to.Rows {
		row := &to.Rows[r]
		old, known := was[row.ID]
		switch {
		case !known:
			out = append(out, Change{Kind: to.Kind, Row: row.ID, What: Added})
			for k, key := range keys {
				if v := valueAt(row, b[k]); v != "" {
					out = append(out, Change{Kind: to.Kind, Row: row.ID, Key: key, To: v, What: Added})
				}
			}
		case old.table != from:
			if old.table.Sheet != to.Sheet {
				out = append(out, Change{Kind: to.Kind, Row: row.ID, Key: SheetKey, From: old.table.Sheet,
					To: to.Sheet})
			}
			names, x, y := columnsOf(old.table, to)
			out = append(out, diffRow(to.Kind, names, old.row, row, x, y)...)
		default:
			out = append(out, diffRow(to.Kind, keys, old.row, row, a, b)...)
		}
	}
	for r := range from.Rows {
		row := &from.Rows[r]
		if _, kept := is[row.ID]; kept {
			continue
		}
		out = append(out, Change{Kind: from.Kind, Row: row.ID, What: Deleted})
		for k, key := range keys {
			if v := valueAt(row, a[k]); v != "" {
				out = append(out, Change{Kind: from.Kind, Row: row.ID, Key: key, From: v, What: Deleted})
			}
		}
	}
	return out
}

func diffRow(kind string, keys []string, from, to *table.Row, a, b []int) []Change {
	var out []Change
	for k, key := range keys {
		if old, v := valueAt(from, a[k]), valueAt(to, b[k]); old != v {
			out = append(out, Change{Kind: kind, Row: to.ID, Key: key, From: old, To: v})
		}
	}
	return out
}

// columnsOf is the keys of the columns of either table, and where they stand in
// from and in to.
func columnsOf(from, to *table.Table) (keys []string, a, b []int) {
	keys = make([]string, 0, len(to.Columns)+2)
	for c := range to.Columns {
		keys = append(keys, to.Columns[c].Key)
	}
	for c := range from.Columns {
		if to.Index(from.Columns[c].Key) < 0 {
			keys = append(keys, from.Columns[c].Key)
		}
	}
	return keys, indexes(from, keys), indexes(to, keys)
}

func indexes(t *table.Table, keys []string) []int {
	at := make([]int, len(keys))
	for k, key := range keys {
		at[k] = t.Index(key)
	}
	return at
}

func valueAt(r *table.Row, i int) string {
	if i < 0 || i >= len(r.Values) {
		return ""
	}
	return r.Values[i]
}

func encodeChanges(changes []Change) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for i := range changes {
		if err := e.Encode(&changes[i]); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func decodeChanges(data []byte) ([]Change, error) {
	var out []Change
	for line := range bytes.Lines(data) {
		var c Change
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// Same reports whether two contents are the same once they are stored: columns,
// rows and their order, ids, sections and values.
func Same(a, b merge.State) bool {
	x, errX := normal(a)
	y, errY := normal(b)
	return errX == nil && errY == nil && slices.EqualFunc(x.Tables, y.Tables, func(a, b *table.Table) bool {
		return a.Kind == b.Kind && a.Sheet == b.Sheet &&
			slices.EqualFunc(a.Columns, b.Columns, func(c, d table.Column) bool {
				return c.Key == d.Key && c.Field == d.Field && c.Heading == d.Heading
			}) &&
			slices.EqualFunc(a.Rows, b.Rows, func(q, r table.Row) bool {
				return q.ID == r.ID && q.Section == r.Section && slices.Equal(q.Values, r.Values)
			})
	})
}
