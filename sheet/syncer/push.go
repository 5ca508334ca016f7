package syncer

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/safefile"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// push writes into the workbook what head says and the workbook does not, and
// the stamp. While somebody has it open, everything waits.
//
// The stamp always names a revision that says exactly what the workbook holds.
// Where something could not be written, or stays because of an open conflict,
// that is a revision of its own beside the head.
//
// Errors: ooxml.ErrChanged if somebody saved in between; the pass then starts
// again.
func (s *replica) push() error {
	s.waiting = nil
	if s.head.ID == "" || s.book == nil {
		return nil
	}
	todo, standing := s.pending()
	s.wait(unanswered(standing))
	restamp := len(todo) == 0 && s.restamp(standing)
	if len(todo) == 0 && !restamp {
		return nil
	}
	if s.opt.ReadOnly || s.owner() != nil || s.why == nil && !s.hist.Begun() {
		s.wait(todo)
		return nil
	}
	if s.why != nil {
		s.wait(todo)
		return s.cannotKeep()
	}
	left, texts := standing, &replaced{} // what is written is known beforehand; nil: it is not
	if !restamp {
		texts = s.book.replacing(todo, s.opt.Ledger)
	}
	var failed []pend
	for _, p := range s.write(todo) {
		if p.err != nil {
			failed = append(failed, p)
		}
	}
	left = append(left, failed...)
	if !s.book.wb.Dirty() && !restamp {
		s.wait(failed)
		return nil
	}
	revision, err := s.written(left)
	if err != nil {
		return err
	}
	if err := s.stampAndSave(revision); err != nil {
		s.book = nil // the edits in it are spent
		s.wait(todo)
		if errors.Is(err, ooxml.ErrChanged) {
			return err
		}
		if b, e := readBook(s.path, s.opt); e == nil {
			s.book = b
			err = errors.Join(err, s.takeWorkbook(passOptions{}))
		}
		if errors.Is(err, safefile.ErrOpen) {
			return nil // it waits, as for anybody who has it open
		}
		return err
	}
	s.wait(failed)
	old := s.book
	s.book, s.led = nil, nil // spent, and as large as what is read now
	var b *book
	if texts != nil && len(failed) == 0 && !old.wb.Recalculated() {
		b, err = old.reopened(s.opt, revision, s.graph.Heads, texts)
	} else {
		written := old.wb.Sum()
		if b, err = readBook(s.path, s.opt); err == nil {
			b.ours = b.sum == hex.EncodeToString(written[:])
		}
	}
	if err != nil {
		return err
	}
	s.book = b
	return s.pull(passOptions{})
}

// restamp reports whether the workbook, which holds all of head, is stamped
// with a revision that says something else. A workbook that never had a stamp
// gets none: reading alone does not change it. A stamp that this history does not know
// is left: it comes from a machine that keeps a history of its own, which would stamp
// the workbook anew in turn, and so on for ever; what was pulled under it says what it
// was edited from.
func (s *replica) restamp(standing []pend) bool {
	id := s.book.stamp.Revision
	if id == "" || s.book.stamp.Scope != "" || id == s.head.ID || id == s.book.holds || s.opt.ReadOnly || s.why != nil {
		return false
	}
	if s.graph.ByID[id] == nil {
		return false
	}
	st, err := s.hist.Content(id)
	return err != nil || len(store.Diff(st, without(s.head.state, standing))) > 0
}

// written is the revision that says what the workbook will hold: the head, or
// a revision beside it without what is left, after which the head is one that
// has seen it. That one follows from what the workbook held before and not from
// the head, so that a kill in between leaves two heads and takes nothing back.
func (s *replica) written(left []pend) (string, error) {
	if len(left) == 0 {
		return s.head.ID, nil
	}
	st := without(s.head.state, left)
	if id := s.book.holds; id != "" {
		if held, err := s.hist.Content(id); err == nil && len(store.Diff(held, st)) == 0 {
			return id, nil
		}
	}
	id, err := s.hist.Put(store.Revision{Parents: []string{s.book.holds}, Time: history.After(s.head.Time, s.head.Time),
		Source: history.SourcePush}, st)
	if err != nil {
		return "", err
	}
	s.step("noted what is left")
	head, err := s.hist.Put(store.Revision{Parents: []string{s.head.ID, id},
		Time: history.After(s.head.Time, s.head.Time.Add(time.Microsecond)), Source: history.SourceMerge}, s.head.state)
	if err != nil {
		return "", err
	}
	return id, s.setHead(head)
}

func (s *replica) stampAndSave(revision string) error {
	wb := s.book.wb
	// A unit's own copy keeps the stamp that it came with: by it the ledger that
	// it goes back to knows what it was taken from.
	if s.book.stamp.Scope == "" {
		if err := wb.SetProperty(StampLedger, s.hist.Ledger()); err != nil {
			return err
		}
		if err := wb.SetProperty(StampRevision, revision); err != nil {
			return err
		}
	}
	if err := s.hist.MarkStamped(revision); err != nil {
		return err
	}
	data, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	if err := s.hist.Backup(data, filepath.Ext(s.path), time.Now(), s.opt.Backups); err != nil {
		return err
	}
	s.step("backed up")
	if err := wb.Save(); err != nil {
		return err
	}
	s.note(wb.Notes())
	s.step("saved")
	return nil
}

// write makes the edits in the open workbook; each pend says what became of it.
func (s *replica) write(todo []pend) []pend {
	w := &writer{wb: s.book.wb,
		head:    sync.OnceValue(func() map[string]map[string]merge.Place { return s.head.state.Rows() }),
		columns: map[*table.Table]map[string]int{}, tables: map[*table.Table]*table.Table{},
		filled: map[*table.Table]map[int]bool{},
		back:   s.wasDeleted, made: func(kind string) ooxml.NewSheet { return s.build().ledger.SheetFor(kind) }}
	var sheets []*table.Table
	for i := range todo {
		p := &todo[i]
		switch p.what {
		case pendCell:
			p.err = w.cell(p)
		case pendGone:
			p.err = w.empty(p)
		case pendRow:
			if p.book != nil {
				p.err = w.row(p)
			} else if len(sheets) == 0 || sheets[len(sheets)-1] != p.head {
				sheets = append(sheets, p.head)
			}
		}
	}
	for _, t := range sheets {
		err := w.sheet(t)
		for i := range todo {
			if todo[i].head == t && todo[i].what == pendRow && todo[i].book == nil {
				todo[i].err = err
			}
		}
	}
	return todo
}

// wasDeleted reports whether the history of the head deleted a row once.
func (s *chronicle) wasDeleted(kind, row string) bool {
	for _, r := range slices.Backward(s.graph.Typed(s.graph.Ancestors(s.head.ID), nil)) {
		for _, c := range s.graph.Changes(r.ID) {
			if c.Kind == kind && c.Row == row && c.What == store.Deleted {
				return true
			}
		}
	}
	return false
}

// wait records what still has to be written.
func (s *replica) wait(left []pend) {
	for _, p := range left {
		s.waiting = append(s.waiting, Waiting{Task: p.row, Field: p.key, Value: p.value, Since: s.since(p), Why: p.err})
	}
}

// stillWaiting records what waits where nothing could be written because of
// trouble. Of a workbook that could not even be pulled it is what was changed since
// it was written last.
func (s *replica) stillWaiting() {
	if s.head.ID == "" || s.book == nil {
		return
	}
	if len(s.book.aligned.Tables) == 0 {
		written, err := s.graph.Content(s.lastWritten())
		if err != nil {
			return
		}
		s.waiting = nil
		var left []pend
		for _, c := range store.Diff(written, s.head.state) {
			if c.Key != "" && c.What != store.Deleted {
				left = append(left, pend{row: c.Row, key: c.Key, value: c.To})
			}
		}
		s.wait(left)
		return
	}
	s.waiting = nil
	todo, standing := s.pending()
	s.wait(append(todo, unanswered(standing)...))
}

// lastWritten is the revision that the workbook held last, as far as is known.
func (s *replica) lastWritten() string {
	if id := s.book.stamp.Revision; s.graph.ByID[id] != nil {
		return id
	}
	stamped := s.hist.Stamped()
	for _, r := range slices.Backward(s.graph.All) {
		if r.Source == SourceWorkbook || stamped[r.ID] {
			return r.ID
		}
	}
	return s.head.ID
}

// since is when a value that waits was decided on.
func (s *replica) since(p pend) time.Time {
	if s.past != nil {
		if at := s.past.Changed(p.row); !at.IsZero() {
			return at
		}
	}
	return s.head.Time
}

// commit makes st the head, as a change made here.
func (s *replica) commit(st merge.State, r store.Revision) error {
	if s.opt.ReadOnly {
		return s.readOnly()
	}
	if s.why != nil {
		return s.cannotKeep()
	}
	if err := s.begun(); err != nil {
		return err
	}
	r.Parents = []string{s.head.ID}
	r.Time = history.After(s.now(), s.head.Time)
	if r.Author == "" {
		r.Author = s.opt.Author
	}
	if r.Source == "" {
		r.Source = SourceTerminal
	}
	for _, c := range s.graph.Open(s.head.ID) {
		// Who types the value that was brought has chosen it.
		if r.Source == SourceTerminal && c.Key != "" && !slices.Contains(r.Resolved, c.ID) &&
			st.Value(c.Kind, c.Row, c.Key) == c.Theirs && s.head.state.Value(c.Kind, c.Row, c.Key) != c.Theirs {
			r.Resolved = append(r.Resolved, c.ID)
		}
	}
	id, err := s.hist.Put(r, st)
	if err != nil {
		return err
	}
	s.step("recorded")
	return s.setHead(id)
}
