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

// Diff lists what changed from one content to another, by row id and column
// key. A row that was added has one Change for itself and one for each value
// that is not empty; one that was deleted likewise.
func Diff(from, to merge.State) []Change {
	var out []Change
	for i, t := range to.Tables {
		j := counterpart(from, to, i)
		old := &table.Table{Kind: t.Kind}
		if j >= 0 {
			old = from.Tables[j]
		}
		out = append(out, diffTable(old, t)...)
	}
	for j, t := range from.Tables {
		if counterpart(to, from, j) < 0 {
			out = append(out, diffTable(t, &table.Table{Kind: t.Kind})...)
		}
	}
	return out
}

func diffTable(from, to *table.Table) []Change {
	var out []Change
	at := make(map[string]int, len(from.Rows))
	for r := range from.Rows {
		at[from.Rows[r].ID] = r
	}
	keys := make([]string, 0, len(to.Columns)+2)
	for c := range to.Columns {
		keys = append(keys, to.Columns[c].Key)
	}
	for c := range from.Columns {
		if to.Index(from.Columns[c].Key) < 0 {
			keys = append(keys, from.Columns[c].Key)
		}
	}
	a, b := indexes(from, keys), indexes(to, keys)
	kept := make(map[string]bool, len(to.Rows))
	for r := range to.Rows {
		row := &to.Rows[r]
		kept[row.ID] = true
		i, known := at[row.ID]
		if !known {
			out = append(out, Change{Kind: to.Kind, Row: row.ID, What: Added})
			for k, key := range keys {
				if v := valueAt(row, b[k]); v != "" {
					out = append(out, Change{Kind: to.Kind, Row: row.ID, Key: key, To: v, What: Added})
				}
			}
			continue
		}
		for k, key := range keys {
			if old, v := valueAt(&from.Rows[i], a[k]), valueAt(row, b[k]); old != v {
				out = append(out, Change{Kind: to.Kind, Row: row.ID, Key: key, From: old, To: v})
			}
		}
	}
	for r := range from.Rows {
		row := &from.Rows[r]
		if kept[row.ID] {
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
