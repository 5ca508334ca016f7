package history

import (
	"cmp"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// Identity tells merge which columns tell rows apart.
var Identity = map[string]merge.Identity{
	ledger.KindTasks: {
		Ignore: []string{ledger.FieldNumber},
		Strong: []string{ledger.FieldCode},
		Name:   []string{ledger.FieldTitle, ledger.FieldLead},
		Owner:  []string{ledger.FieldLead},
		Text:   []string{ledger.FieldRequirement},
		Unit:   []string{ledger.FieldSupport, ledger.FieldLeader, ledger.FieldOwner, ledger.FieldPhone},
	},
	ledger.KindUnits: {Name: []string{ledger.UnitName}},
	// Entries of the record that differ in anything are different entries.
	ledger.KindSupervision: {
		Exact: true,
		Text: []string{ledger.ActDate, ledger.ActTask, ledger.ActUnit, ledger.ActKindOf, ledger.ActNumber,
			ledger.ActContent,
			ledger.ActOldDue, ledger.ActNewDue, ledger.ActResult, ledger.ActHandler},
	},
}

// Stamp is what a workbook says that it was taken from.
type Stamp struct{ Ledger, Revision, Scope string }

// Whole reports whether the stamp is that of a whole ledger.
func (st Stamp) Whole() bool { return st.Revision != "" && st.Scope == "" }

// Save is a workbook as somebody saved it.
type Save struct {
	State  merge.State // its tables, rows without ids
	Stamp  Stamp
	Sum    string // SHA-256 of the file, in hexadecimal
	By     string // who saved it, as the file says; "" if it does not
	Time   time.Time
	Opener string // who had the shared workbook open when it was saved; "" if nobody was seen to
	Own    bool   // nobody else reads State
}

// SavedBy is who saved the workbook: the person that the file names, or as some
// programs name nobody, who had it open. "" if nobody knows.
func (b *Save) SavedBy() string { return cmp.Or(b.By, b.Opener) }

// nearby is how many revisions are looked at first for a workbook without a
// stamp; EditedFrom says when there are more.
const nearby = 12

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
func (h *History) bases(st Stamp, by string, n int) []string {
	stamped := h.store.Stamped()
	var out []string
	if h.ByID[st.Revision] != nil && (st.Ledger == "" || h.store.Ledger() == "" || h.store.Knows(st.Ledger)) {
		for i := range h.All {
			if r := &h.All[i]; r.Source == SourceWorkbook && r.Stamp == st.Revision &&
				(!stamped[r.ID] || r.Author == by) {
				out = append(out, r.ID)
			}
		}
		return tail([]string{st.Revision}, out, n)
	}
	// What was stamped was copies, or the write failed. A unit's own copy keeps the
	// stamp that it came with, so that of it nothing is known to have arrived.
	never := !h.store.Arrived()
	for i := range h.All {
		if r := &h.All[i]; r.Source == SourceWorkbook || stamped[r.ID] && (!never || st.Scope != "") {
			out = append(out, r.ID)
		}
	}
	if (never || st.Scope != "") && len(out) > 0 {
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
func (h *History) ownSave(b *Save, candidates []string) (id string, sure bool) {
	if b.Opener == "" {
		return "", false
	}
	by := b.SavedBy()
	for _, id := range slices.Backward(candidates) {
		if r := h.ByID[id]; r.Source == SourceWorkbook && r.Author == by && r.Stamp == b.Stamp.Revision {
			return id, b.By != "" && b.By == b.Opener && !h.store.Stamped()[id]
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

// Options are the options of a merge over one base, of several that it is tried
// over.
type Options struct {
	merge.Options
	// Within tells of a base which of its rows a copy was given; nil: see
	// merge.Options.Within.
	Within func(base merge.State) func(kind, id string) bool
}

func (o Options) of(base merge.State) merge.Options {
	if o.Within != nil {
		o.Options.Within = o.Within(base)
	}
	return o.Options
}

// CopyBases are the revisions that a returned copy may have been taken from, oldest
// first: that of its stamp, and those that were saved under it; without a stamp
// (byStamp is false) all.
func (h *History) CopyBases(b *Save) (candidates []string, byStamp bool) {
	if h.ByID[b.Stamp.Revision] != nil {
		return h.bases(b.Stamp, b.By, nearby), true
	}
	for i := range h.All {
		if r := &h.All[i]; r.Source != SourceMerge || !h.parents[r.ID] {
			candidates = append(candidates, r.ID)
		}
	}
	return tail(candidates[:1], candidates[1:], b.within()), false
}

// Nearest is the candidate that differs least from what the workbook holds, and
// the merge of the workbook over it: res.Merged is what the workbook holds, rows
// with ids. exact reports that nothing differs.
//
// Of several that differ as little it is own, if that is one of them: as much of it
// is left as was taken back. Else it is the oldest: less is then taken as seen, and
// what may not have been seen is kept.
func (h *History) Nearest(b *Save, candidates []string, own string, opt Options) (id string, res merge.Result,
	exact bool, err error) {
	theirs := b.State
	for _, c := range slices.Backward(candidates) {
		st, err := h.store.Content(c)
		if err == nil && identical(st, theirs) {
			return c, merge.Result{Merged: st, Theirs: named(st, theirs, b.Own)}, true, nil
		}
	}
	best := -1
	var mergeErr error
	for _, c := range candidates {
		st, e := h.Content(c)
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

// Doubts are values that somebody set back, or never saw changed, and nobody can know
// which: the workbook holds what it held at its base, while a later candidate had changed
// it. Both are kept, as a conflict.
func (h *History) Doubts(b *Save, from string, candidates []string, res merge.Result) []store.Conflict {
	at := slices.Index(candidates, from)
	if at < 0 || at == len(candidates)-1 {
		return nil
	}
	base, err := h.Content(from)
	if err != nil {
		return nil
	}
	heads := h.Heads
	head, err := h.Content(heads[0])
	if err != nil {
		return nil
	}
	by := b.SavedBy()
	known, settled := h.Known(heads...), h.Settled(from)
	result := Results(res.Theirs)
	var out []store.Conflict
	for _, id := range candidates[at+1:] {
		w := h.ByID[id]
		st, err := h.store.Content(id)
		if err != nil {
			continue
		}
		for _, c := range store.Diff(base, st) {
			if c.What != "" || res.Merged.Value(c.Kind, c.Row, c.Key) != c.From ||
				head.Value(c.Kind, c.Row, c.Key) != c.To {
				continue
			}
			if result != nil && result(merge.Change{Kind: c.Kind, Row: c.Row, Key: c.Key}) {
				continue
			}
			k := store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Base: c.From, Mine: c.To, Theirs: c.From,
				MineBy: w.Author, MineAt: w.Time, TheirsBy: by, TheirsAt: b.Time, Since: b.Time, Stands: true}
			k.ID = conflictID(k, settled)
			if !known[k.ID] {
				known[k.ID] = true
				out = append(out, k)
			}
		}
	}
	return out
}

// within is how many revisions are looked at for a copy without a stamp, which
// may be of any age: more of a small ledger than of a large one.
func (b *Save) within() int {
	const rows, most = 100_000, 300
	n := 1
	for _, t := range b.State.Tables {
		n += len(t.Rows)
	}
	return min(max(rows/n, nearby), most)
}

// Results tells which values of a workbook's rows are results; nil if none is.
func Results(st merge.State) func(c merge.Change) bool {
	none := true
	for _, t := range st.Tables {
		none = none && len(t.Place.Formulas) == 0
	}
	if none {
		return nil
	}
	rows := st.Rows()
	return func(c merge.Change) bool {
		at, ok := rows[c.Kind][c.Row]
		return ok && c.Key != "" && at.Computed(c.Key)
	}
}

// byHand are the changes that are no results in the workbook theirs.
func byHand(changes []merge.Change, theirs merge.State) []merge.Change {
	result := Results(theirs)
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

// KeepFormulas leaves to the workbook what its formulas say; book is its rows. Results
// that were merged become Mine's, or Theirs' where that is the workbook itself, and are
// no changes. The filter limits it to some changes; nil is all. It reports whether there
// were any.
func KeepFormulas(res *merge.Result, book merge.State, filter func(merge.Change) bool, mine bool) bool {
	result := Results(book)
	if result == nil {
		return false
	}
	kept := res.Changes[:0:0]
	var st *merge.State
	for _, c := range res.Changes {
		if filter != nil && !filter(c) || !result(c) {
			kept = append(kept, c)
			continue
		}
		if st == nil {
			x := res.Merged.Copy()
			st = &x
		}
		v := c.Theirs
		if mine {
			v = c.Mine
		}
		st.Set(c.Kind, c.Row, c.Key, v)
	}
	res.Changes = kept
	if st != nil {
		res.Merged = *st
	}
	return st != nil
}
