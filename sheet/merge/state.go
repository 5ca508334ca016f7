package merge

import (
	"slices"

	"taizhang/sheet/table"
)

// Copy is a state whose tables and rows may be changed by Set, SetSection and Drop
// and by appending rows; the values are shared until they are changed.
func (s State) Copy() State {
	out := State{Tables: make([]*table.Table, len(s.Tables))}
	for i, t := range s.Tables {
		c := *t
		c.Columns = slices.Clone(t.Columns)
		c.Rows = slices.Clone(t.Rows)
		out.Tables[i] = &c
	}
	return out
}

// find is where a row stands; the zero Place if there is none.
func (s State) find(kind, row string) Place {
	for _, t := range s.Tables {
		if t.Kind != kind {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return Place{t, &t.Rows[r]}
			}
		}
	}
	return Place{}
}

// HasRow reports whether the state has the row.
func (s State) HasRow(kind, row string) bool { return s.find(kind, row).Row != nil }

// Value is one value of the state, "" if there is none.
func (s State) Value(kind, row, key string) string {
	if p := s.find(kind, row); p.Row != nil {
		return p.Table.Get(p.Row, key)
	}
	return ""
}

// Set changes one value of a Copy; it reports false if there is no such row or
// column.
func (s State) Set(kind, row, key, v string) bool { return s.find(kind, row).Set(key, v) }

// SetSection changes the section under which a row of a Copy stands.
func (s State) SetSection(kind, row, section string) {
	if p := s.find(kind, row); p.Row != nil {
		p.Row.Section = section
	}
}

// Drop takes a row out of a Copy.
func (s State) Drop(kind, row string) {
	for _, t := range s.Tables {
		if t.Kind == kind {
			t.Rows = slices.DeleteFunc(t.Rows, func(r table.Row) bool { return r.ID == row })
		}
	}
}

// Rows is the rows of the state by kind and id.
func (s State) Rows() map[string]map[string]Place {
	out := map[string]map[string]Place{}
	for _, t := range s.Tables {
		if out[t.Kind] == nil {
			out[t.Kind] = make(map[string]Place, len(t.Rows))
		}
		for r := range t.Rows {
			if id := t.Rows[r].ID; id != "" {
				out[t.Kind][id] = Place{t, &t.Rows[r]}
			}
		}
	}
	return out
}

// Place is where a row stands.
type Place struct {
	Table *table.Table
	Row   *table.Row
}

// Computed reports whether the row's cell in that column holds a formula: its
// value is the workbook's own and never ours to write.
func (p Place) Computed(key string) bool { return p.Table.Computed(p.Row, p.Table.Index(key)) }

// Unsaid reports whether the row's cell in that column shows something that nobody
// typed: a picture, or an error value. Nothing in the ledger stands for it.
func (p Place) Unsaid(key string) bool { return p.Table.Unsaid(p.Row, p.Table.Index(key)) }

// Set sets the row's value in that column; false if there is no such row, or no
// such column. The values that stood there are not written over: other states
// share them.
func (p Place) Set(key, v string) bool {
	if p.Row == nil {
		return false
	}
	c := p.Table.Index(key)
	if c < 0 {
		return false
	}
	values := make([]string, len(p.Table.Columns))
	copy(values, p.Row.Values)
	values[c] = v
	p.Row.Values = values
	return true
}
