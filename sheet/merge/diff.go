package merge

import (
	"errors"
	"slices"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Diff lists what changed from one state to a later one: every value, and the
// rows that were added or deleted, with Outcome Applied. Rows of both carry
// ids; Theirs is the new value, Base and Mine the old one.
func Diff(from, to State) ([]Change, error) {
	r, err := Merge(from, from, to, Options{Force: true})
	return r.Changes, err
}

// Undo takes back what revision changed against its parent, in head: a
// three-way merge whose base is the revision and whose theirs is the parent.
// A value that somebody has changed since stays, as a Conflict whose Theirs is
// the value before the revision. Rows of all three carry ids.
func Undo(head, revision, parent State) (Result, error) {
	return Merge(revision, head, parent, Options{Force: true})
}

// Restore makes head say what target says, whatever was changed in between.
// Rows of both carry ids. No conflict comes of it.
func Restore(head, target State) (Result, error) {
	return Merge(head, head, target, Options{Force: true})
}

// Set is s with one value replaced; key is a column key or SectionKey, and
// nothing else of s is touched. ErrNoValue if there is no such row or column.
func Set(s State, kind, row, key, value string) (State, error) {
	for ti, t := range s.Tables {
		if t == nil || t.Kind != kind {
			continue
		}
		i := slices.IndexFunc(t.Rows, func(r table.Row) bool { return r.ID == row })
		if i < 0 {
			continue
		}
		c := t.Index(key)
		if c < 0 && key != SectionKey {
			break
		}
		n := *t
		n.Rows = slices.Clone(t.Rows)
		r := &n.Rows[i]
		if key == SectionKey {
			r.Section = value
		} else {
			r.Values = set(slices.Clone(r.Values), c, value)
		}
		out := State{Tables: slices.Clone(s.Tables)}
		out.Tables[ti] = &n
		return out, nil
	}
	return State{}, &msg.Error{Class: ErrNoValue, Text: msg.New("merge.no_value", "Row", row, "Column", key)}
}

// Delete is s without one row; ErrNoValue if there is none such.
func Delete(s State, kind, row string) (State, error) {
	for ti, t := range s.Tables {
		if t == nil || t.Kind != kind {
			continue
		}
		if i := slices.IndexFunc(t.Rows, func(r table.Row) bool { return r.ID == row }); i >= 0 {
			n := *t
			n.Rows = slices.Delete(slices.Clone(t.Rows), i, i+1)
			out := State{Tables: slices.Clone(s.Tables)}
			out.Tables[ti] = &n
			return out, nil
		}
	}
	return State{}, &msg.Error{Class: ErrNoValue, Text: msg.New("merge.no_value", "Row", row, "Column", "")}
}

// ErrNoValue: the state has no such row or column.
var ErrNoValue = errors.New("no such value")
