package history

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// spot is a value of the ledger, or with no key a row of it.
type spot struct{ kind, row, key string }

// changedBetween is what was changed from one revision to a later one by
// others than author: by spot, the value that stood there before.
func (h *History) changedBetween(from, to, author string) map[spot]string {
	out := map[spot]string{}
	for _, r := range h.Typed(h.Ancestors(to), h.Ancestors(from)) {
		if author != "" && r.Author == author {
			continue
		}
		for _, c := range h.Changes(r.ID) {
			at := spot{c.Kind, c.Row, c.Key}
			if _, known := out[at]; !known && c.What != store.Deleted {
				out[at] = c.From
			}
		}
	}
	return out
}

// The revision that a file was taken from is certain only as far as the oldest
// that it can be. Of the others the one that differs least is taken; but what
// was changed in between, its author may not have seen: a row that he added may
// even look like one that somebody else added, reworded.

// EditedFrom is the revision that the workbook was edited from, of the candidates
// that were looked at, and the merge of the workbook over it, as by nearest. One
// without a stamp may be older than those: if it looks as old as the oldest of them,
// or an older one is as near.
//
// A row that would be asked about, though it stands in the head since somebody
// answered, is that row.
func (h *History) EditedFrom(b *Save, opt Options) (candidates []string, from string, res merge.Result, exact bool,
	err error) {
	candidates, from, res, exact, err = h.editedFrom(b, opt)
	if err != nil || len(res.Asks) == 0 {
		return candidates, from, res, exact, err
	}
	if st, ok := h.recognize(b.State, from, res, opt.Options); ok {
		known := *b
		known.State = st
		return h.editedFrom(&known, opt)
	}
	return candidates, from, res, exact, err
}

// recognize gives the rows of theirs that res asks about the ids of the rows
// that they became: an older save of a document can bring a row again whose
// question was answered for an earlier save of it. Such a row stands in the head
// and not in from, or is one of the candidates and reads alike in the head.
func (h *History) recognize(theirs merge.State, from string, res merge.Result, opt merge.Options) (merge.State, bool) {
	base, err := h.Content(from)
	if err != nil {
		return theirs, false
	}
	found := false
	for _, id := range h.Heads {
		head, err := h.Content(id)
		if err != nil {
			continue
		}
		opt.Force = true
		now, err := merge.Merge(head, head, theirs, opt)
		if err != nil {
			continue
		}
		rows := head.Rows()
		for _, a := range res.Asks {
			t := now.Theirs.Tables[a.Table]
			row := &t.Rows[a.Pos]
			at, stands := rows[a.Kind][row.ID]
			if !stands || theirs.Tables[a.Table].Rows[a.Pos].ID != "" ||
				base.HasRow(a.Kind, row.ID) && !slices.Contains(a.Candidates, row.ID) || !readsAlike(t, row, at) {
				continue
			}
			if !found {
				theirs, found = theirs.Copy(), true
			}
			theirs.Tables[a.Table].Rows[a.Pos].ID = row.ID
		}
	}
	return theirs, found
}

// readsAlike reports whether most of what both rows hold is the same.
func readsAlike(t *table.Table, row *table.Row, at merge.Place) bool {
	same, differ := 0, 0
	for _, c := range t.Columns {
		v, w := t.Get(row, c.Key), at.Table.Get(at.Row, c.Key)
		switch {
		case v == "" || w == "":
		case merge.Equal(v, w):
			same++
		default:
			differ++
		}
	}
	return same > differ
}

func (h *History) editedFrom(b *Save, opt Options) (candidates []string, from string, res merge.Result, exact bool,
	err error) {
	if id := h.PulledBefore(b.Sum); id != "" {
		candidates = []string{id}
		from, res, exact, err = h.seenBase(b, candidates, opt)
		return candidates, from, res, exact, err
	}
	candidates = h.bases(b.Stamp, b.SavedBy(), nearby)
	from, res, exact, err = h.seenBase(b, candidates, opt)
	if err != nil || exact || from == b.Stamp.Revision {
		return candidates, from, res, exact, err
	}
	all := h.bases(b.Stamp, b.SavedBy(), b.within())
	if older := all[:len(all)-len(candidates)]; len(older) > 0 &&
		(from == candidates[0] || h.asNear(b, older, res, opt)) {
		candidates = all
		from, res, exact, err = h.seenBase(b, candidates, opt)
	}
	return candidates, from, res, exact, err
}

// asNear reports whether one of the revisions differs no more from the workbook
// than res says of another.
func (h *History) asNear(b *Save, revisions []string, res merge.Result, opt Options) bool {
	_, near, _, err := h.Nearest(b, revisions, "", opt)
	return err == nil && distance(near, byHand(near.Changes, near.Theirs)) <= distance(res,
		byHand(res.Changes, res.Theirs))
}

// seenBase is the nearest candidate from which the workbook cannot have replaced a value
// that whoever saved it never saw; the oldest, if need be. Where a person goes on from
// their own save for sure, it is that save or a later one.
func (h *History) seenBase(b *Save, candidates []string, opt Options) (id string, res merge.Result, exact bool,
	err error) {
	own, sure := h.ownSave(b, candidates)
	if sure {
		id, res, exact, err = h.Nearest(b, candidates[slices.Index(candidates, own):], own, opt)
		if err == nil && (exact || !h.replacesUnseen(b, res, candidates[0], id)) {
			return id, res, exact, nil
		}
	}
	for {
		id, res, exact, err = h.Nearest(b, candidates, own, opt)
		at := slices.Index(candidates, id)
		// The revision that its stamp names is lost: the last ones are likely.
		lost := b.Stamp.Revision != "" && h.ByID[b.Stamp.Revision] == nil
		if err != nil || exact || lost || at <= 0 || !h.replacesUnseen(b, res, candidates[0], id) {
			return id, res, exact, err
		}
		candidates = candidates[:at]
	}
}

func (h *History) replacesUnseen(b *Save, res merge.Result, oldest, base string) bool {
	changed := h.changedBetween(oldest, base, b.SavedBy())
	for _, c := range byHand(res.Changes, res.Theirs) {
		if c.Outcome != merge.Applied || c.RowAdded {
			continue
		}
		if _, ok := changed[spot{c.Kind, c.Row, c.Key}]; ok {
			return true
		}
		if !c.RowDeleted {
			continue
		}
		for at := range changed {
			if at.kind == c.Kind && at.row == c.Row {
				return true
			}
		}
	}
	return false
}

// Unseen makes conflicts of the values of a copy that would replace something
// that its author may never have seen.
func (h *History) Unseen(res *merge.Result, base, oldest, author string) {
	if base == oldest {
		return
	}
	changed := h.changedBetween(oldest, base, author)
	st, own := res.Merged, false
	for i := range res.Changes {
		c := &res.Changes[i]
		was, ok := changed[spot{c.Kind, c.Row, c.Key}]
		if !ok || c.Key == "" || c.Outcome != merge.Applied {
			continue
		}
		if !own {
			st, own = st.Copy(), true
		}
		st.Set(c.Kind, c.Row, c.Key, c.Mine)
		c.Base, c.Outcome = was, merge.Conflict
	}
	res.Merged = st
}
