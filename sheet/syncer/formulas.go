package syncer

import "taizhang/sheet/merge"

// What a formula's cell says is a result. It is the workbook's own: nobody
// typed it, so nobody can be asked about it, it tells nothing about who saw what,
// and it is never written.

// results tells which values of a workbook's rows are results; nil if none is.
func results(st merge.State) func(c merge.Change) bool {
	none := true
	for _, t := range st.Tables {
		none = none && len(t.Place.Formulas) == 0
	}
	if none {
		return nil
	}
	rows := rowsOf(st)
	return func(c merge.Change) bool {
		at, ok := rows[c.Kind][c.Row]
		return ok && c.Key != "" && at.formula(c.Key)
	}
}

// byHand are the changes that are no results in the workbook theirs.
func byHand(changes []merge.Change, theirs merge.State) []merge.Change {
	result := results(theirs)
	if result == nil {
		return changes
	}
	out := changes[:0:0]
	for _, c := range changes {
		if !result(c) {
			out = append(out, c)
		}
	}
	return out
}

// keepFormulas leaves to the workbook what its formulas say: of what was merged,
// results are Mine's, or Theirs' where that is the workbook itself, and no
// changes. of limits it to changes of one outcome; nil is all.
func (s *Session) keepFormulas(res *merge.Result, of func(merge.Change) bool, mine bool) {
	result := results(s.book.aligned)
	if result == nil {
		return
	}
	kept := res.Changes[:0:0]
	var st *merge.State
	for _, c := range res.Changes {
		if of != nil && !of(c) || !result(c) {
			kept = append(kept, c)
			continue
		}
		if st == nil {
			x := copyState(res.Merged)
			st = &x
		}
		v := c.Theirs
		if mine {
			v = c.Mine
		}
		setValue(*st, c.Kind, c.Row, c.Key, v)
	}
	res.Changes = kept
	if st != nil {
		res.Merged = *st
	}
}
