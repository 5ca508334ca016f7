package syncer

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// copyState is a state whose tables and rows may be changed by setValue,
// dropRow and by appending rows; the values are shared until they are changed.
func copyState(st merge.State) merge.State {
	out := merge.State{Tables: make([]*table.Table, len(st.Tables))}
	for i, t := range st.Tables {
		c := *t
		c.Columns = slices.Clone(t.Columns)
		c.Rows = slices.Clone(t.Rows)
		out.Tables[i] = &c
	}
	return out
}

// setValue changes one value; it reports false if there is no such row or
// column.
func setValue(st merge.State, kind, row, key, v string) bool {
	for _, t := range st.Tables {
		if t.Kind != kind {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID != row {
				continue
			}
			return place{t, &t.Rows[r]}.set(key, v)
		}
	}
	return false
}

func dropRow(st merge.State, kind, row string) {
	for _, t := range st.Tables {
		if t.Kind == kind {
			t.Rows = slices.DeleteFunc(t.Rows, func(r table.Row) bool { return r.ID == row })
		}
	}
}

// setSection changes the section under which a row stands.
func setSection(st merge.State, kind, row, section string) {
	for _, t := range st.Tables {
		for r := range t.Rows {
			if t.Kind == kind && t.Rows[r].ID == row {
				t.Rows[r].Section = section
			}
		}
	}
}

// hasRow reports whether st has the row.
func hasRow(st merge.State, kind, row string) bool {
	for _, t := range st.Tables {
		if t.Kind == kind && slices.ContainsFunc(t.Rows, func(r table.Row) bool { return r.ID == row }) {
			return true
		}
	}
	return false
}
