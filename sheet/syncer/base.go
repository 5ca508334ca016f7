package syncer

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// nearbyBases is how many revisions are looked at for a workbook without a
// stamp.
const nearbyBases = 12

// bases are the revisions that a workbook may have been edited from, oldest
// first.
//
// Its stamp names the revision that was last written into it. Since then it may
// have been saved and pulled several times with the same stamp (nobody writes a
// stamp into a workbook that somebody has open), so what was pulled under that
// stamp is a candidate as well. Without a stamp, the candidates are what the
// workbook may have held lately: if nothing was ever pushed, only what it held
// last.
func (s *Session) bases(st stamp, sum, by string) []string {
	g := s.graph
	var out []string
	if g.byID[st.revision] != nil && (st.ledger == "" || s.hist.Ledger() == "" || s.hist.Knows(st.ledger)) {
		out = append(out, st.revision)
		for i := range g.all {
			if r := &g.all[i]; r.Source == sourceWorkbook && r.Stamp == st.revision {
				out = append(out, r.ID)
			}
		}
		return tail(out[:1], out[1:], nearbyBases)
	}
	backups, _ := s.hist.Backups() // there is one from before every write
	for i := range g.all {
		r := &g.all[i]
		if r.Source == sourceWorkbook || r.Source != sourceMerge && len(backups) > 0 {
			out = append(out, r.ID)
		}
	}
	if len(backups) == 0 && len(out) > 0 {
		out = out[len(out)-1:]
	}
	return tail(nil, out, nearbyBases)
}

func tail(first, rest []string, n int) []string {
	if len(rest) > n {
		rest = rest[len(rest)-n:]
	}
	return append(slices.Clone(first), rest...)
}

// nearest is the candidate that differs least from what the workbook holds, the
// newest of several, and the merge of the workbook over it: res.Merged is what
// the workbook holds, rows with ids. exact reports that nothing differs.
func (s *Session) nearest(b *book, candidates []string, opt merge.Options) (id string, res merge.Result, exact bool, err error) {
	theirs := b.state()
	for _, c := range slices.Backward(candidates) {
		st, err := s.hist.Content(c)
		if err == nil && identical(st, theirs) {
			return c, merge.Result{Merged: st, Theirs: named(st, theirs)}, true, nil
		}
	}
	best := -1
	var bestErr error
	for _, c := range slices.Backward(candidates) {
		st, e := s.content(c)
		if e != nil {
			err = e
			continue
		}
		r, e := merge.Merge(st, st, theirs, opt)
		if e != nil {
			bestErr = e
			continue
		}
		// The distance: what would have to be believed of whoever edited it.
		if d := len(r.Changes) + len(r.Missing) + 4*len(r.Asks); best < 0 || d < best {
			best, id, res = d, c, r
			exact = d == 0 && store.Same(st, r.Merged)
		}
	}
	switch {
	case best >= 0:
		return id, res, exact, nil
	case bestErr != nil:
		return "", res, false, bestErr
	}
	return "", res, false, err
}

// identical reports whether theirs says the same as st row by row, so that no
// alignment is needed.
func identical(st, theirs merge.State) bool {
	if len(st.Tables) != len(theirs.Tables) {
		return false
	}
	for i, a := range st.Tables {
		b := theirs.Tables[i]
		if a.Kind != b.Kind || a.Sheet != b.Sheet || len(a.Rows) != len(b.Rows) || len(a.Columns) != len(b.Columns) {
			return false
		}
		for c := range a.Columns {
			if a.Columns[c].Key != b.Columns[c].Key || a.Columns[c].Heading != b.Columns[c].Heading {
				return false
			}
		}
		for r := range a.Rows {
			x, y := &a.Rows[r], &b.Rows[r]
			if x.Section != y.Section || !slices.Equal(x.Values, y.Values) {
				return false
			}
		}
	}
	return true
}

// named is theirs with the ids of st, to which it is identical.
func named(st, theirs merge.State) merge.State {
	var out merge.State
	for i, t := range theirs.Tables {
		c := *t
		c.Rows = slices.Clone(t.Rows)
		for r := range c.Rows {
			c.Rows[r].ID = st.Tables[i].Rows[r].ID
		}
		out.Tables = append(out.Tables, &c)
	}
	return out
}

// doubts are values of which nobody can know whether somebody set them back or
// never saw them changed: the workbook holds what it held at its stamp, while a
// save that was pulled later under the same stamp, by somebody of the same
// name, had changed it. Both are kept, as a conflict.
func (s *Session) doubts(b *book, from string, res merge.Result) []store.Conflict {
	if b.stamp.revision == "" || from != b.stamp.revision || s.head.ID == "" {
		return nil
	}
	base, err := s.content(from)
	if err != nil {
		return nil
	}
	var out []store.Conflict
	known := s.graph.known(s.graph.heads[0])
	for i := range s.graph.all {
		w := &s.graph.all[i]
		if w.Source != sourceWorkbook || w.Stamp != b.stamp.revision || w.Author != s.savedBy() || w.Sum == b.sum {
			continue
		}
		st, err := s.hist.Content(w.ID)
		if err != nil {
			continue
		}
		for _, c := range store.Diff(base, st) {
			if c.What != "" || valueOf(res.Merged, c.Kind, c.Row, c.Key) != c.From || valueOf(s.head.state, c.Kind, c.Row, c.Key) != c.To {
				continue
			}
			k := store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Base: c.From, Mine: c.To, Theirs: c.From,
				MineBy: w.Author, MineAt: w.Time, TheirsBy: s.savedBy(), TheirsAt: b.time, Since: b.time, Stands: true}
			k.ID = conflictID(k)
			if !known[k.ID] {
				known[k.ID] = true
				out = append(out, k)
			}
		}
	}
	return out
}
