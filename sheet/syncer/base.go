package syncer

import (
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// nearbyBases is how many revisions are looked at first for a workbook without a
// stamp; editedFrom says when there are more.
const nearbyBases = 12

// bases are the revisions that a workbook may have been edited from, oldest
// first.
//
// Its stamp names the revision that was last written into it. Since then it may
// have been saved and pulled several times with the same stamp, since nobody
// writes a stamp into a workbook that somebody has open. So what was pulled
// under that stamp is a candidate as well: unless the workbook was then stamped
// anew, after which only the person who had saved it could go on from there
// with the old stamp. Without a stamp, the candidates are what the workbook has held
// lately, at most n, and only the last of it if there never was a stamp of ours.
func (s *Session) bases(st stamp, by string, n int) []string {
	g := s.graph
	stamped := s.hist.Stamped()
	var out []string
	if g.byID[st.revision] != nil && (st.ledger == "" || s.hist.Ledger() == "" || s.hist.Knows(st.ledger)) {
		for i := range g.all {
			if r := &g.all[i]; r.Source == SourceWorkbook && r.Stamp == st.revision && (!stamped[r.ID] || r.Author == by) {
				out = append(out, r.ID)
			}
		}
		return tail([]string{st.revision}, out, n)
	}
	// What was stamped was copies, or the write failed. A unit's own copy keeps the
	// stamp that it came with, so that of it nothing is known to have arrived.
	never := !s.hist.Arrived()
	for i := range g.all {
		if r := &g.all[i]; r.Source == SourceWorkbook || stamped[r.ID] && (!never || st.scope != "") {
			out = append(out, r.ID)
		}
	}
	if (never || st.scope != "") && len(out) > 0 {
		return out[len(out)-1:]
	}
	return tail(nil, out, n)
}

// ownSave is the last of the candidates that the person saved who had the
// workbook open (not a copy of it) when it was saved now: they go on from there.
// "" if there is none.
//
// sure: the file names that very person as well, who may then take back all that
// they typed. Otherwise it may as well be an older document that another saved,
// with a program that lays no owner file beside it, or while that of a crash was
// left behind; and so may one without the stamp that was announced since, which
// was perhaps kept from being written.
func (s *Session) ownSave(candidates []string) (id string, sure bool) {
	g := s.opener()
	if g == nil {
		return "", false
	}
	by := s.savedBy()
	for _, id := range slices.Backward(candidates) {
		if r := s.graph.byID[id]; r.Source == SourceWorkbook && r.Author == by && r.Stamp == s.book.stamp.revision {
			return id, s.book.by != "" && s.book.by == g.name && !s.hist.Stamped()[id]
		}
	}
	return "", false
}

func tail(first, rest []string, n int) []string {
	if len(rest) > n {
		rest = rest[len(rest)-n:]
	}
	return append(slices.Clone(first), rest...)
}

// mergeOptions are the options of a merge over one base, of several that it is tried
// over.
type mergeOptions struct {
	merge.Options
	// within tells of a base which of its rows a copy was given; nil: see
	// merge.Options.Within.
	within func(base merge.State) func(kind, id string) bool
}

func (o mergeOptions) of(base merge.State) merge.Options {
	if o.within != nil {
		o.Within = o.within(base)
	}
	return o.Options
}

// nearest is the candidate that differs least from what the workbook holds, and
// the merge of the workbook over it: res.Merged is what the workbook holds, rows
// with ids. exact reports that nothing differs.
//
// Of several that differ as little it is own, if that is one of them: as much of it
// is left as was taken back. Else it is the oldest: less is then taken as seen, and
// what may not have been seen is kept.
func (s *Session) nearest(b *book, candidates []string, own string, opt mergeOptions) (id string, res merge.Result, exact bool, err error) {
	theirs := b.state()
	for _, c := range slices.Backward(candidates) {
		st, err := s.hist.Content(c)
		if err == nil && identical(st, theirs) {
			return c, merge.Result{Merged: st, Theirs: named(st, theirs, !b.shown)}, true, nil
		}
	}
	best := -1
	var mergeErr error
	for _, c := range candidates {
		st, e := s.content(c)
		if e != nil {
			err = e
			continue
		}
		r, e := merge.Merge(st, st, theirs, opt.of(st))
		if e != nil {
			mergeErr = e
			continue
		}
		if d := distance(r, byHand(r.Changes, r.Theirs)); best < 0 || d < best || d == best && c == own {
			best, id, res = d, c, r
			exact = len(r.Changes) == 0 && store.Same(st, r.Merged)
		}
	}
	switch {
	case best >= 0:
		return id, res, exact, nil
	case mergeErr != nil:
		return "", res, false, mergeErr
	}
	return "", res, false, err
}

// distance is what would have to be believed of whoever typed the changes. To
// type a whole row is more than to type a value; to number the rows anew, or to
// sort them under other sections, is next to nothing.
func distance(r merge.Result, changes []merge.Change) int {
	const value, row, number = 1000, 3000, 1
	d := value*len(r.Missing) + 2*row*len(r.Asks)
	for _, c := range changes {
		switch {
		case c.RowAdded:
			d += row
		case c.RowDeleted: // counted as missing
		case c.Outcome == merge.Kept, c.Key == ledger.FieldNumber, c.Key == merge.SectionKey:
			d += number
		default:
			d += value
		}
	}
	return d
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
			if x.Section != y.Section || !slices.Equal(x.Values, y.Values) && !sameButUnsaid(x, b, y) {
				return false
			}
		}
	}
	return true
}

// sameButUnsaid reports whether the row y of b says what x says, what nobody typed
// aside.
func sameButUnsaid(x *table.Row, b *table.Table, y *table.Row) bool {
	if len(x.Values) != len(y.Values) {
		return false
	}
	for c := range y.Values {
		if x.Values[c] != y.Values[c] && !b.Unsaid(y, c) {
			return false
		}
	}
	return true
}

// named is theirs with the ids of st, to which it is identical. With own, nobody
// else reads theirs, and the values that both hold are held once from here on.
func named(st, theirs merge.State, own bool) merge.State {
	var out merge.State
	for i, t := range theirs.Tables {
		c := *t
		c.Rows = slices.Clone(t.Rows)
		for r := range c.Rows {
			known := &st.Tables[i].Rows[r]
			c.Rows[r].ID = known.ID
			if !slices.Equal(c.Rows[r].Values, known.Values) {
				continue // it shows something that nobody typed
			}
			c.Rows[r].Values = known.Values
			if own {
				t.Rows[r].Values = known.Values
			}
		}
		out.Tables = append(out.Tables, &c)
	}
	return out
}

// doubts are values of which nobody can know whether somebody set them back or
// never saw them changed: the workbook holds what it held at its base, while a
// later candidate had changed it. Both are kept, as a conflict.
func (s *Session) doubts(b *book, from string, candidates []string, res merge.Result) []store.Conflict {
	at := slices.Index(candidates, from)
	if at < 0 || at == len(candidates)-1 {
		return nil
	}
	base, err := s.content(from)
	if err != nil {
		return nil
	}
	heads := s.graph.heads
	head, err := s.content(heads[0])
	if err != nil {
		return nil
	}
	by := s.savedBy()
	known, settled := s.graph.known(heads...), s.graph.settled(from)
	result := results(res.Theirs)
	var out []store.Conflict
	for _, id := range candidates[at+1:] {
		w := s.graph.byID[id]
		st, err := s.hist.Content(id)
		if err != nil {
			continue
		}
		for _, c := range store.Diff(base, st) {
			if c.What != "" || valueOf(res.Merged, c.Kind, c.Row, c.Key) != c.From || valueOf(head, c.Kind, c.Row, c.Key) != c.To {
				continue
			}
			if result != nil && result(merge.Change{Kind: c.Kind, Row: c.Row, Key: c.Key}) {
				continue
			}
			k := store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Base: c.From, Mine: c.To, Theirs: c.From,
				MineBy: w.Author, MineAt: w.Time, TheirsBy: by, TheirsAt: b.time, Since: b.time, Stands: true}
			k.ID = conflictID(k, settled)
			if !known[k.ID] {
				known[k.ID] = true
				out = append(out, k)
			}
		}
	}
	return out
}
