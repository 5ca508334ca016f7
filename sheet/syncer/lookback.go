package syncer

import (
	"errors"
	"path/filepath"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// A session with Options.At looks back: its history ends at that moment, and whatever
// it tells is what a session told then. It pulls and writes nothing.

// ErrBefore is the class of the error for a moment at which the ledger was not known yet.
var ErrBefore = errors.New("the ledger was not known then")

// now is the moment by the session's clock.
func (s *subject) now() time.Time {
	if s.opt.Now != nil {
		return s.opt.Now().UTC()
	}
	return time.Now().UTC()
}

// believable is the moment at which a file says that it was saved. Clocks of other
// machines are ahead by minutes, some by days, and what they say is kept, so that two
// machines that pull one save date it alike. A file from more than a month ahead counts
// as saved now: else nobody who looks back to a day would find it.
func (s *subject) believable(t time.Time) time.Time {
	if now := s.now(); t.After(now.AddDate(0, 1, 0)) {
		return now
	}
	return t
}

// isLater reports whether a moment is after the one that is looked back to.
func (s *subject) isLater(t time.Time) bool { return !s.opt.At.IsZero() && t.After(s.opt.At) }

// readHistory reads the list of revisions, up to the moment that is looked back to.
func (s *chronicle) readHistory() (*history.History, error) {
	return history.ReadUntil(s.hist, s.opt.At, s.noteDamage)
}

// lookBack makes the revision the head that was the head at Options.At.
func (s *replica) lookBack() error {
	if s.denied() {
		return s.why
	}
	whole, err := history.Read(s.hist, s.noteDamage)
	if err != nil {
		return err
	}
	if s.graph, err = s.readHistory(); err != nil {
		return err
	}
	if len(s.graph.Heads) > 1 { // nobody had made them one: whoever looked then saw all of them
		if err := s.unify(); err == nil {
			return nil
		}
	}
	id := ""
	for _, head := range whole.Heads {
		if then := whole.HeadAt(head, s.opt.At); then != "" {
			id = then
		}
	}
	if id == "" {
		var since any = msg.New("syncer.no_history")
		if len(whole.All) > 0 {
			since = whole.All[0].Time.Local().Format("2006-01-02 15:04")
		}
		return &msg.Error{Class: ErrBefore, Text: msg.New("syncer.before", "File", filepath.Base(s.path), "At",
			s.opt.At.Local().Format("2006-01-02 15:04"), "Since", since),
			Hint: msg.New("syncer.before.hint")}
	}
	return s.setHead(id)
}

// viewBack is a state of the past with what the workbook says of the tables as such: the
// lines above them, which are in no revision, and the formats of the columns.
func (s *replica) viewBack(past merge.State) merge.State {
	out := merge.State{Tables: make([]*table.Table, len(past.Tables))}
	for i, t := range past.Tables {
		v := *t
		v.Columns = append([]table.Column(nil), t.Columns...)
		if bt := counterpart(past, s.book.state(), i); bt != nil {
			v.Place.Title = bt.Place.Title
			for c := range v.Columns {
				if n := bt.Index(v.Columns[c].Key); n >= 0 {
					v.Columns[c].Choices, v.Columns[c].Open = bt.Columns[n].Choices, bt.Columns[n].Open
					v.Columns[c].Format = bt.Columns[n].Format
					v.Columns[c].Percent, v.Columns[c].Places = bt.Columns[n].Percent, bt.Columns[n].Places
				}
			}
		}
		out.Tables[i] = &v
	}
	return out
}
