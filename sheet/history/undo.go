package history

import (
	"slices"
	"strings"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// OpenAgain is the conflicts that revision r decided on and that now, with st in
// place of what it made of before, are open once more: else what was decided
// against would stand nowhere.
func (h *History) OpenAgain(head string, r *store.Revision, before, st merge.State) (out []store.Conflict) {
	settled := h.Settled(head)
	for i := range h.All {
		for _, c := range h.All[i].Opened {
			if !slices.Contains(r.Resolved, c.ID) ||
				slices.ContainsFunc(out, func(o store.Conflict) bool {
					return o.Kind == c.Kind && o.Row == c.Row &&
						o.Key == c.Key
				}) {
				continue
			}
			if st.HasRow(c.Kind, c.Row) != before.HasRow(c.Kind, c.Row) {
				continue
			}
			if now := st.Value(c.Kind, c.Row, c.Key); c.Key != "" &&
				(now != before.Value(c.Kind, c.Row, c.Key) || now == c.Theirs) {
				continue
			}
			c.Stands = false // the workbook held what was decided
			c.Since = Later(c.Since, h.ByID[head].Time)
			c.ID = conflictID(c, settled)
			out = append(out, c)
		}
	}
	return out
}

// LastOf is the last change that an author typed here, in the history of head, and
// that is neither undone nor an undoing itself; nil if there is none.
func (h *History) LastOf(head, author string) *store.Revision {
	in := h.Ancestors(head)
	undone := map[string]bool{}
	for i := len(h.All) - 1; i >= 0; i-- {
		r := &h.All[i]
		if !in[r.ID] {
			continue
		}
		if id, ok := strings.CutPrefix(r.Note, NoteUndo); ok {
			// An undoing that was undone itself has not happened.
			undone[id] = undone[id] || !undone[r.ID]
			continue
		}
		if r.Source != SourceTerminal || r.Author != author || len(r.Parents) == 0 || undone[r.ID] {
			continue
		}
		// A decision that left everything as it was has nothing to reverse.
		if changes, err := h.store.Changes(r.ID); err == nil && len(changes) == 0 {
			continue
		}
		return r
	}
	return nil
}

// LastUndoOf is the last undoing by an author that was not taken back and after
// which they changed nothing; nil if there is none.
func (h *History) LastUndoOf(head, author string) *store.Revision {
	in := h.Ancestors(head)
	takenBack := map[string]bool{}
	for i := len(h.All) - 1; i >= 0; i-- {
		r := &h.All[i]
		if !in[r.ID] || r.Source != SourceTerminal || r.Author != author {
			continue
		}
		id, undoes := strings.CutPrefix(r.Note, NoteUndo)
		if !undoes {
			return nil
		}
		if of := h.ByID[id]; of != nil && strings.HasPrefix(of.Note, NoteUndo) {
			takenBack[id] = true // it is itself a taking back
		} else if !takenBack[r.ID] {
			return r
		}
	}
	return nil
}
