package syncer

import (
	"taizhang/sheet/merge"
)

// unseen makes conflicts of the values of a copy that would replace something
// its author may never have seen.
//
// The revision that a copy was taken from is certain only as far as the oldest
// of the candidates: what was changed between that one and base, which differs
// least from the copy, the author may not have had. What the author changed
// himself he has seen.
func (s *Session) unseen(res *merge.Result, base, oldest, author string) {
	if base == oldest {
		return
	}
	type cell struct{ kind, row, key string }
	before := map[cell]string{} // what the value was at the oldest candidate
	in, not := s.graph.ancestors(base), s.graph.ancestors(oldest)
	for i := range s.graph.all {
		r := &s.graph.all[i]
		if !in[r.ID] || not[r.ID] || r.Source == sourcePush || r.Source == sourceMerge || author != "" && r.Author == author {
			continue
		}
		changes, err := s.hist.Changes(r.ID)
		if err != nil {
			s.noteDamage(err)
			continue
		}
		for _, c := range changes {
			at := cell{c.Kind, c.Row, c.Key}
			if _, known := before[at]; c.Key != "" && c.What == "" && !known {
				before[at] = c.From
			}
		}
	}
	st, own := res.Merged, false
	for i := range res.Changes {
		c := &res.Changes[i]
		was, changed := before[cell{c.Kind, c.Row, c.Key}]
		if !changed || c.Key == "" || c.Outcome != merge.Applied {
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
