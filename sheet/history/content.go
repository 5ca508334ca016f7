package history

import (
	"errors"
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// Content of a revision. If it cannot be read, it is made of the nearest
// ancestor that can, and of what the revisions since then changed, whose lists
// of changes stand on their own.
func (h *History) Content(id string) (merge.State, error) {
	at, st, damage, err := h.store.Nearest(id)
	h.note(damage...)
	if err != nil || at == id {
		return st, err
	}
	return h.Replay(st, h.Ancestors(id), h.Ancestors(at)), nil
}

// Changes is what a revision changed; nothing, and the damage is noted, if that
// can no longer be read.
func (h *History) Changes(id string) []store.Change {
	changes, err := h.store.Changes(id)
	if err != nil {
		h.note(err)
		return nil
	}
	return changes
}

// Replay makes the changes of the revisions that are in one set and not in the
// other, oldest first, as far as they can still be read.
func (h *History) Replay(st merge.State, in, not map[string]bool) merge.State {
	st = st.Copy()
	for i := range h.All {
		r := &h.All[i]
		if !in[r.ID] || not[r.ID] || r.Source == SourcePush {
			continue
		}
		for _, c := range h.Changes(r.ID) {
			switch {
			case c.What == store.Deleted && c.Key == "":
				st.Drop(c.Kind, c.Row)
			case c.What == store.Added && c.Key == "" && !st.HasRow(c.Kind, c.Row):
				if t := TableFor(st, &table.Table{Kind: c.Kind}); t != nil {
					t.Rows = append(t.Rows, table.Row{ID: c.Row, Values: make([]string, len(t.Columns))})
				}
			case c.Key != "" && c.What != store.Deleted && st.Value(c.Kind, c.Row, c.Key) == c.From:
				st.Set(c.Kind, c.Row, c.Key, c.To)
			}
		}
	}
	return st
}

// Readable reports whether the content of every head, or of an ancestor of it,
// can be read; store.ErrDenied if that is only not permitted.
func (h *History) Readable() (bool, error) {
	for _, id := range h.Heads {
		if _, err := h.Content(id); errors.Is(err, store.ErrDenied) {
			return false, err
		} else if err != nil {
			h.note(err)
			return false, nil
		}
	}
	return true, nil
}

// LastWith is the last state in the history of head that has the row; ok is false if
// none has.
func (h *History) LastWith(head, kind, row string) (st merge.State, ok bool) {
	in := h.Ancestors(head)
	for _, r := range slices.Backward(h.All) {
		if !in[r.ID] {
			continue
		}
		if st, err := h.store.Content(r.ID); err == nil && st.HasRow(kind, row) {
			return st, true
		}
	}
	return merge.State{}, false
}

// TableFor is the table of st that holds what t holds; it is made if there is
// none.
func TableFor(st merge.State, t *table.Table) *table.Table {
	var any *table.Table
	for _, o := range st.Tables {
		if o.Kind == t.Kind && (o.Sheet == t.Sheet || any == nil) {
			any = o
			if o.Sheet == t.Sheet {
				return o
			}
		}
	}
	return any
}
