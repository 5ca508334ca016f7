package syncer

import (
	"cmp"
	"slices"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// now is what stands where a person saw a value.
type now uint8

const (
	asSeen  now = iota
	another     // somebody changed it
	rowGone     // somebody deleted the row
)

// typing is what a person typed there.
type typing uint8

const (
	nothingNew typing = iota // what they saw
	whatStands               // what stands there now
	ownValue
)

// editFate is what becomes of an edit.
type editFate uint8

const (
	editNothing editFate = iota // the ledger holds what is wanted, or nothing was typed
	editApplied
	editMoved // refused, or with Edit.KeepBoth a conflict
)

// editTable decides about every edit: by what stands there and what was typed.
var editTable = [3][3]editFate{
	asSeen:  {nothingNew: editNothing, whatStands: editNothing, ownValue: editApplied},
	another: {nothingNew: editNothing, whatStands: editNothing, ownValue: editMoved},
	rowGone: {nothingNew: editNothing, whatStands: editMoved, ownValue: editMoved},
}

// began is what a session held when somebody handed it an edit that does not say
// what they saw.
type began struct {
	snap  *Snapshot     // what was shown; nil: nothing was
	heads []merge.State // where nothing was shown: what the heads held, the latest first
	book  *book         // and the workbook as it was read
}

func (s *Session) begins() began {
	book := s.first.Load() // before the snapshot: it goes when there is one
	return began{snap: s.snap.Load(), heads: append([]merge.State{s.found.state}, s.parted...), book: book}
}

// saw reports whether a value that the head holds now stood there then.
func (b began) saw(s *replica, t *ledger.Line, key, now string) (seen string, same bool) {
	if b.snap == nil {
		return b.read(s, t.Table.Kind, t.ID, key, now)
	}
	if then := b.snap.Ledger.Line(t.ID); then != nil {
		seen = then.Table.Get(then.Row, key)
	}
	return seen, merge.Equal(seen, now) || sawThat(t, key, seen)
}

// read answers what saw does, where nothing was shown yet.
func (b began) read(s *replica, kind, row, key, now string) (seen string, same bool) {
	for _, head := range b.heads {
		if v := head.Value(kind, row, key); merge.Equal(v, now) {
			return v, true
		}
	}
	seen = b.heads[0].Value(kind, row, key)
	// What the workbook said when the command began counts as seen too.
	same = s.book != nil && s.book == b.book && s.book.aligned.HasRow(kind, row) &&
		merge.Equal(s.book.aligned.Value(kind, row, key), now)
	return seen, same
}

// standing compares what an edit of a value of t saw with held, which the head holds.
func (s *replica) standing(t *ledger.Line, key, held string, e Edit, b began) (seen string, is now) {
	if !e.Seen.Known {
		seen, same := b.saw(s, t, key, held)
		if same {
			return held, asSeen
		}
		return seen, another
	}
	if sawThat(t, key, e.Seen.Text) {
		return e.Seen.Text, asSeen
	}
	return e.Seen.Text, another
}

// goneRow says that the row of an edit was deleted since the person saw it; nil if
// there is no such row in what they can have seen.
func (s *chronicle) goneRow(e Edit, began began) *Moved {
	kind := e.kind()
	if !e.Seen.Known {
		if began.snap == nil {
			return nil
		}
		then := began.snap.Ledger.Line(e.Task)
		if then == nil {
			return nil
		}
		kind = then.Table.Kind
	}
	st, ok := s.graph.LastWith(s.head.ID, kind, e.Task)
	if !ok {
		return nil
	}
	m := Moved{Kind: kind, Task: e.Task, Field: e.Field, Seen: e.Seen.Text, Typed: e.Value, Gone: true}
	at := st.Rows()[m.Kind][m.Task]
	if key := ledger.ColumnNamed(at.Table, e.Field); key != "" {
		m.Field, m.Heading = key, headingOf(at.Table, key)
	}
	if !e.Seen.Known {
		m.Seen = at.Table.Get(at.Row, m.Field)
	}
	m.Number, m.Title = at.Table.Get(at.Row, ledger.FieldNumber), history.TitleOf(at.Table, at.Row)
	if editTable[rowGone][typingOf(m.Seen, "", m.Typed)] == editNothing && m.Typed != "" {
		return nil
	}
	return &m
}

// blameMoved finds out whose values stand there now, and since when.
func (s *chronicle) blameMoved(values []Moved) {
	if len(values) == 0 {
		return
	}
	who := s.graph.Blame(s.head.ID)
	for i := range values {
		m := &values[i]
		key := m.Field
		if m.Gone {
			key = ""
		}
		m.By, m.At = who.Last(m.Kind, m.Task, key, m.Now)
	}
}

// sawThat reports whether text is what a value of t shows as, or what is stored.
func sawThat(t *ledger.Line, key, text string) bool {
	return merge.Equal(t.Table.Get(t.Row, key), text) || merge.Equal(t.Text(key), text)
}

// kind is the kind of table that the edit is about.
func (e Edit) kind() string { return cmp.Or(e.Kind, ledger.KindTasks) }

// typingOf tells what a text that is to be stored is beside what was seen and what
// stands there.
func typingOf(seen, held, text string) typing {
	switch {
	case merge.Equal(text, held):
		return whatStands
	case merge.Equal(text, seen):
		return nothingNew
	}
	return ownValue
}

// Moved is those of the edits whose place no longer holds what was seen, as far as
// the edits say what that was: for a dialog that is still open. It may be called by
// anybody at any time; who changed a value is known of the latest changes only.
func (n *Snapshot) Moved(edits []Edit) []Moved {
	var out []Moved
	for _, e := range edits {
		if !e.Seen.Known {
			continue
		}
		t := n.Ledger.Line(e.Task)
		if t == nil {
			m := Moved{Kind: e.kind(), Task: e.Task, Field: e.Field, Seen: e.Seen.Text, Typed: e.Value, Gone: true}
			m.By, m.At = n.lastChange(m.Kind, e.Task, "")
			out = append(out, m)
			continue
		}
		key := ledger.ColumnNamed(t.Table, e.Field)
		if key == "" || sawThat(t, key, e.Seen.Text) {
			continue
		}
		m := movedOf(t, key, e.Seen.Text, e.Value)
		m.By, m.At = n.lastChange(m.Kind, t.ID, key)
		out = append(out, m)
	}
	return out
}

// overtaken sorts out what became of settings in whose place the ledger holds
// another's value by now. Where a conflict keeps both, the setting moved and is no
// change; where somebody else went on from it, it was made all the same.
func (n *Snapshot) overtaken(made []setting, changes []Change) (own []Change, lost []Moved) {
	for _, d := range made {
		kind, row := d.at.Table.Kind, d.at.Row.ID
		t := n.Ledger.Line(row)
		if t == nil || merge.Equal(t.Table.Get(t.Row, d.key), d.text) {
			continue
		}
		is := func(c Change) bool { return c.Kind == kind && c.Task == row && c.Field == d.key }
		i := slices.IndexFunc(n.Conflicts, func(c Conflict) bool {
			return c.Kind == kind && c.Task == row && c.Field == d.key && merge.Equal(c.Theirs, d.text)
		})
		if i < 0 {
			for k := range changes {
				if is(changes[k]) {
					changes[k].To = d.text
				}
			}
			continue
		}
		c := n.Conflicts[i]
		m := movedOf(t, d.key, c.Base, d.text)
		m.By, m.At, m.Conflict = c.MineBy, c.MineAt, c.ID
		lost = append(lost, m)
	}
	return changes, lost
}

// lastChange is who changed a value, or with no key a row, last.
func (n *Snapshot) lastChange(kind, row, key string) (by string, at time.Time) {
	for _, e := range n.Latest {
		for _, c := range e.Changes {
			if c.Kind == kind && c.Task == row && (key == "" || c.Field == key) {
				return e.Author, e.Time
			}
		}
	}
	return "", time.Time{}
}

func movedOf(t *ledger.Line, key, seen, typed string) Moved {
	return Moved{Kind: t.Table.Kind, Task: t.ID, Number: t.Number, Title: t.Title, Field: key,
		Heading: headingOf(t.Table, key),
		Seen:    seen, Now: t.Table.Get(t.Row, key), Typed: typed}
}

// refused is the error for edits of values that moved.
func refused(values []Moved) error {
	m := values[0]
	by, at := any(m.By), m.At.Local().Format("2006-01-02 15:04")
	if m.By == "" {
		by = msg.New("syncer.somebody")
	}
	if m.At.IsZero() {
		at = "?"
	}
	key := "syncer.moved"
	if m.Gone {
		key = "syncer.moved_gone"
	}
	return &msg.Error{Class: ErrMoved, Text: msg.New(key, "N", len(values), "Title", m.Title, "Field",
		cmp.Or(m.Heading, m.Field), "Now", m.Now, "By", by, "At", at),
		Hint: msg.New("syncer.moved.hint"), Err: &MovedError{values}}
}

// dispute opens conflicts of values that moved and of what was typed there; st is
// what the head is about to hold, and gets back the rows that were deleted.
func (s *editor) dispute(st merge.State, values []Moved) (merge.State, []store.Conflict, error) {
	now := history.After(s.now(), s.head.Time)
	side := history.Side{By: s.opt.Author, At: now}
	res := merge.Result{Merged: st}
	for _, m := range values {
		if m.Gone {
			continue
		}
		res.Changes = append(res.Changes, merge.Change{Kind: m.Kind, Row: m.Task, Key: m.Field, Base: m.Seen,
			Mine: m.Now, Theirs: m.Typed, Outcome: merge.Conflict})
	}
	opened := s.graph.ConflictsOf(res, []string{s.head.ID}, s.head.ID, side, now)
	for i := range values {
		if !values[i].Gone {
			values[i].Conflict = conflictOn(values[i], opened, s.graph.Open(s.head.ID))
		}
	}
	for i, m := range values {
		if !m.Gone {
			continue
		}
		base, ok := s.graph.LastWith(s.head.ID, m.Kind, m.Task)
		if !ok {
			return st, nil, s.noTask(m.Task)
		}
		typed := base.Copy()
		typed.Set(m.Kind, m.Task, m.Field, m.Typed)
		back, err := merge.Merge(base, st, typed, merge.Options{Force: true, Identity: history.Identity})
		if err != nil {
			return st, nil, err
		}
		if st.HasRow(m.Kind, m.Task) { // another of its values brought it back already
			back.Merged.Set(m.Kind, m.Task, m.Field, m.Typed)
		} else {
			opened = append(opened, s.graph.ConflictsOf(back, []string{s.head.ID}, s.head.ID, side, now)...)
		}
		st = back.Merged
		// One of before that was open when the row was deleted is open again with it.
		values[i].Conflict = conflictOn(m, opened, s.graph.Open(s.head.ID))
	}
	return st, opened, nil
}

// conflictOn is the id of the conflict that keeps what was typed.
func conflictOn(m Moved, lists ...[]store.Conflict) string {
	for _, list := range lists {
		for _, c := range list {
			if c.Kind == m.Kind && c.Row == m.Task &&
				(m.Gone && c.Key == "" || c.Key == m.Field && c.Theirs == m.Typed) {
				return c.ID
			}
		}
	}
	return ""
}

func (s *editor) noTask(id string) error {
	_, err := s.build().ledger.Find(id)
	return err
}
