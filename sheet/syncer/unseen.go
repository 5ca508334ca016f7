package syncer

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// spot is a value of the ledger, or with no key a row of it.
type spot struct{ kind, row, key string }

// changedBetween is what was changed from one revision to a later one by
// others than author: by spot, the value that stood there before.
func (s *Session) changedBetween(from, to, author string) map[spot]string {
	out := map[spot]string{}
	for _, r := range s.graph.typed(s.graph.ancestors(to), s.graph.ancestors(from)) {
		if author != "" && r.Author == author {
			continue
		}
		for _, c := range s.changes(r.ID) {
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

// editedFrom is the revision that the workbook was edited from, of the candidates
// that were looked at, and the merge of the workbook over it, as by nearest. One
// without a stamp may be older than those: if it looks as old as the oldest of them,
// or an older one is as near.
func (s *Session) editedFrom(b *book, opt mergeOptions) (candidates []string, from string, res merge.Result, exact bool, err error) {
	if id := s.pulledBefore(b.sum); id != "" {
		candidates = []string{id}
		from, res, exact, err = s.seenBase(b, candidates, opt)
		return candidates, from, res, exact, err
	}
	candidates = s.bases(b.stamp, s.savedBy(), nearbyBases)
	from, res, exact, err = s.seenBase(b, candidates, opt)
	if err != nil || exact || from == b.stamp.revision {
		return candidates, from, res, exact, err
	}
	all := s.bases(b.stamp, s.savedBy(), s.within(b))
	if older := all[:len(all)-len(candidates)]; len(older) > 0 && (from == candidates[0] || s.asNear(b, older, res, opt)) {
		candidates = all
		from, res, exact, err = s.seenBase(b, candidates, opt)
	}
	return candidates, from, res, exact, err
}

// asNear reports whether one of the revisions differs no more from the workbook
// than res says of another.
func (s *Session) asNear(b *book, revisions []string, res merge.Result, opt mergeOptions) bool {
	_, near, _, err := s.nearest(b, revisions, "", opt)
	return err == nil && distance(near, byHand(near.Changes, near.Theirs)) <= distance(res, byHand(res.Changes, res.Theirs))
}

// seenBase is the nearest of the candidates of which the workbook replaces
// nothing that whoever saved it may not have seen; the oldest, if need be. Of a
// person who goes on from their own save for sure it is that, or a later one.
func (s *Session) seenBase(b *book, candidates []string, opt mergeOptions) (id string, res merge.Result, exact bool, err error) {
	own, sure := s.ownSave(candidates)
	if sure {
		id, res, exact, err = s.nearest(b, candidates[slices.Index(candidates, own):], own, opt)
		if err == nil && (exact || !s.replacesUnseen(res, candidates[0], id)) {
			return id, res, exact, nil
		}
	}
	for {
		id, res, exact, err = s.nearest(b, candidates, own, opt)
		at := slices.Index(candidates, id)
		// The revision that its stamp names is lost: the last ones are likely.
		lost := b.stamp.revision != "" && s.graph.byID[b.stamp.revision] == nil
		if err != nil || exact || lost || at <= 0 || !s.replacesUnseen(res, candidates[0], id) {
			return id, res, exact, err
		}
		candidates = candidates[:at]
	}
}

func (s *Session) replacesUnseen(res merge.Result, oldest, base string) bool {
	changed := s.changedBetween(oldest, base, s.savedBy())
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

// unseen makes conflicts of the values of a copy that would replace something
// that its author may never have seen.
func (s *Session) unseen(res *merge.Result, base, oldest, author string) {
	if base == oldest {
		return
	}
	changed := s.changedBetween(oldest, base, author)
	st, own := res.Merged, false
	for i := range res.Changes {
		c := &res.Changes[i]
		was, ok := changed[spot{c.Kind, c.Row, c.Key}]
		if !ok || c.Key == "" || c.Outcome != merge.Applied {
			continue
		}
		if !own {
			st, own = copyState(st), true
		}
		setValue(st, c.Kind, c.Row, c.Key, c.Mine)
		c.Base, c.Outcome = was, merge.Conflict
	}
	res.Merged = st
}
