package syncer

import (
	"slices"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// built is the ledger of one head over one reading of the workbook.
type built struct {
	ledger *ledger.Ledger
	view   merge.State
	head   string
	book   *book
	past   *history.Past
}

// build reads the head as a ledger: the values are those of head, their places
// those of the workbook.
func (s *replica) build() *built {
	if s.past == nil && !s.opt.At.IsZero() {
		s.past = history.NewPast()
	}
	if s.past == nil {
		s.past = history.ReadPast(s.hist)
	}
	if s.graph != nil {
		s.past = s.past.Learn(s.hist, s.graph.All)
	}
	if b := s.led; b != nil && b.head == s.head.ID && b.book == s.book && b.past == s.past {
		return b
	}
	b := &built{head: s.head.ID, book: s.book, past: s.past, view: s.view()}
	opt := s.opt.Ledger
	opt.History = s.past
	b.ledger = ledger.Build(b.view.Tables, opt)
	s.led = b
	return b
}

// view is head with the places that its rows and columns have in the workbook.
func (s *replica) view() merge.State {
	if s.book == nil {
		return s.head.state
	}
	if s.head.ID == "" {
		return s.book.state()
	}
	if !s.opt.At.IsZero() {
		return s.viewBack(s.head.state)
	}
	var rows map[string]map[string]merge.Place // made where the two are not in step
	out := merge.State{Tables: make([]*table.Table, len(s.head.state.Tables))}
	for i, t := range s.head.state.Tables {
		v := *t
		v.Columns = append([]table.Column(nil), t.Columns...)
		v.Rows = append([]table.Row(nil), t.Rows...)
		bt := counterpart(s.head.state, s.book.aligned, i)
		if bt != nil {
			v.Place = bt.Place
			for c := range v.Columns {
				if n := bt.Index(v.Columns[c].Key); n >= 0 {
					v.Columns[c].Col = bt.Columns[n].Col
					v.Columns[c].Choices, v.Columns[c].Open = bt.Columns[n].Choices, bt.Columns[n].Open
					v.Columns[c].Format = bt.Columns[n].Format
					v.Columns[c].Percent, v.Columns[c].Places = bt.Columns[n].Percent, bt.Columns[n].Places
					v.Columns[c].Reading = bt.Columns[n].Reading
				}
			}
		}
		for r := range v.Rows {
			if bt != nil && bt.Sheet == t.Sheet && r < len(bt.Rows) && bt.Rows[r].ID == v.Rows[r].ID {
				v.Rows[r].Row = bt.Rows[r].Row
				continue
			}
			if rows == nil {
				rows = s.book.aligned.Rows()
			}
			if at, ok := rows[t.Kind][v.Rows[r].ID]; ok && at.Table.Sheet == t.Sheet {
				v.Rows[r].Row = at.Row.Row
			}
		}
		if bt != nil && (len(bt.Place.Formulas) > 0 || bt.HasUnsaid()) {
			if rows == nil {
				rows = s.book.aligned.Rows()
			}
			s.showResults(&v, rows[t.Kind])
		}
		out.Tables[i] = &v
	}
	return out
}

// publish makes the current state the snapshot.
func (s *Session) publish(trouble error) {
	b := s.build()
	old := s.snap.Load()
	s.seq++
	n := &Snapshot{Seq: s.seq, Path: s.path, ReadAt: time.Now(), Ledger: b.ledger, Revision: s.head.ID,
		LedgerID: s.hist.Ledger(),
		Owner:    s.owner(), Trouble: trouble, Asks: s.asks, Inbox: s.inbox.reports,
		Arriving: s.inbox.arriving, Untyped: slices.Clone(s.untold)}
	if s.book != nil {
		n.Found, s.book.shown = s.book.found, true
	} else if old != nil {
		n.Found = old.Found
	}
	for _, w := range s.waiting {
		w.Number, w.Title = s.name(w.Task)
		n.Waiting = append(n.Waiting, w)
	}
	for _, c := range s.conflicts() {
		n.Conflicts = append(n.Conflicts, s.names().conflict(c))
	}
	n.Returned = s.returned(b.ledger)
	if old != nil && old.Revision == n.Revision {
		n.Latest = old.Latest
	} else {
		n.Latest = s.latest(20)
	}
	for _, err := range s.damage {
		n.Damage = append(n.Damage, err)
	}
	n.Notes = s.notes()
	s.snap.Store(n)
	s.first.Store(nil) // from here on people see snapshots
	select {
	case s.tell <- struct{}{}:
	default:
	}
}

// Name is how a row of any table shows: its number and its title; empty if there is no
// such row.
func (s *Snapshot) Name(row string) (number, title string) {
	return names{s.Ledger, merge.State{Tables: s.Ledger.Tables}}.name(row)
}

// names tells how the rows of one head show. It may be used outside the session's
// turn.
type names struct {
	ledger *ledger.Ledger
	head   merge.State
}

func (s *replica) names() names { return names{s.build().ledger, s.head.state} }

// name is how a row shows: its number and its title.
func (s *replica) name(row string) (number, title string) { return s.names().name(row) }

func (n names) name(row string) (number, title string) {
	if t := n.ledger.Line(row); t != nil {
		return t.Number, t.Title
	}
	for _, t := range n.head.Tables {
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return t.Get(&t.Rows[r], ledger.FieldNumber), history.TitleOf(t, &t.Rows[r])
			}
		}
	}
	return "", ""
}

// conflict puts a conflict into words that a person knows its row by.
func (n names) conflict(c store.Conflict) Conflict {
	k := Conflict{ID: c.ID, Kind: c.Kind, Task: c.Row, Field: c.Key, Base: c.Base, Mine: c.Mine, Theirs: c.Theirs,
		MineBy: c.MineBy, TheirsBy: c.TheirsBy, MineAt: c.MineAt, TheirsAt: c.TheirsAt, Since: c.Since}
	if k.Number, k.Title = n.name(c.Row); k.Title == "" && c.Key == "" {
		k.Title = c.Base // the row is gone; this is what it was called
	}
	for _, t := range n.head.Tables {
		if t.Kind == c.Kind && t.Index(c.Key) >= 0 {
			k.Heading = headingOf(t, c.Key)
		}
	}
	return k
}

// report is what a pass made of the head that was.
func (s *Session) report(before node) Report {
	n := s.Snapshot()
	r := Report{Revision: s.head.ID, Conflicts: len(n.Conflicts), Waiting: len(n.Waiting) > 0, Asks: n.Asks}
	if before.ID != "" && before.ID != s.head.ID {
		r.Changes = s.names().changes(store.Diff(before.state, s.head.state))
	}
	return r
}

// ownHeading is what a column of an office's own register is called there, which no
// catalogue of ours knows; "" of every other table.
func (n names) ownHeading(kind, key string) string {
	if key == "" || ledger.Known(kind) {
		return ""
	}
	for _, t := range n.head.Tables {
		if t.Kind == kind && t.Index(key) >= 0 {
			return oneLine(headingOf(t, key))
		}
	}
	return ""
}

// changes puts changes into words that a person knows the rows by. Those that are no
// more show as what their values were.
func (n names) changes(in []store.Change) []Change {
	out := make([]Change, 0, len(in))
	gone := map[string][]store.Change{}
	for _, c := range in {
		if c.What != "" && c.Key != "" {
			gone[c.Row] = append(gone[c.Row], c)
		}
	}
	for _, c := range in {
		k := Change{Kind: c.Kind, Task: c.Row, Field: c.Key, From: c.From, To: c.To, What: c.What,
			Heading: n.ownHeading(c.Kind, c.Key)}
		if k.Number, k.Title = n.name(c.Row); k.Title == "" {
			k.Number, k.Title = n.called(c.Kind, gone[c.Row])
		}
		out = append(out, k)
	}
	return out
}

// called is the number and the title of a row that had these values.
func (n names) called(kind string, values []store.Change) (number, title string) {
	numbers, titles := ledger.FieldNumber, history.TitleKeys
	if def := n.ledger.RegisterDef(kind); def != nil {
		numbers, titles = def.Number, def.Title
	}
	best := len(titles) + 1
	for _, v := range values {
		says := v.From + v.To // one of them is empty: the row came or went
		at := slices.Index(titles, v.Key)
		if at < 0 {
			at = len(titles)
		}
		switch {
		case v.Key == numbers:
			number = says
		case says != "" && at < best:
			best, title = at, says
		}
	}
	return number, title
}
