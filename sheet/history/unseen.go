package history

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
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
func (h *History) EditedFrom(b *Save, opt Options) (candidates []string, from string, res merge.Result, exact bool,
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
