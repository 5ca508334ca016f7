package syncer

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/store"
)

// pull makes what the workbook holds part of the history and the head.
//
// A workbook that holds something new becomes a revision of its own, whose
// parent is the revision that it was edited from; heads are then made one. So
// a stale save is a revision beside the head and is merged like the work of
// another coordinator, and a crash between the two steps leaves two heads, which
// the next pass of anybody makes one in the same way.
//
// Errors: ooxml.ErrChanged if somebody else has pulled meanwhile; the pass then
// starts again.
func (s *replica) pull(opt passOptions) error {
	g, err := s.readHistory()
	if err != nil {
		return err
	}
	if id := s.book.stamp.Revision; id != "" && g.ByID[id] == nil && len(g.Heads) > 0 {
		// Listed before its file was there: the folder of a share lags.
		if _, err := s.hist.Get(id); err == nil {
			if g, err = s.readHistory(); err != nil {
				return err
			}
		}
	}
	s.graph = g
	s.noteDamage(g.Damage...)
	if len(g.Heads) == 0 {
		if !s.book.isLedger() {
			return s.book.noTable(s.opt.Ledger)
		}
		return s.begin()
	}
	if s.book.stamp.Ledger != "" && s.hist.Ledger() != "" && !s.hist.Knows(s.book.stamp.Ledger) {
		s.setHeadOnly()
		return s.foreign(s.path)
	}
	if ok, err := s.graph.Readable(); err != nil {
		return err
	} else if !ok {
		return s.salvage()
	}
	if err := s.takeWorkbook(opt); err != nil {
		s.setHeadOnly()
		return err
	}
	return s.unify()
}

// setHeadOnly makes the heads one though the workbook could not be pulled, so
// that there is something to show and to work on.
func (s *replica) setHeadOnly() {
	if err := s.unify(); err != nil {
		s.noteDamage(err)
	}
}

// begin makes the first revision. Two machines that begin at the same time make
// the same one.
func (s *replica) begin() error {
	res, err := merge.Merge(merge.State{}, merge.State{}, s.book.state(),
		merge.Options{Force: true, Identity: history.Identity})
	if err != nil {
		return err
	}
	id, err := s.hist.Put(store.Revision{Time: s.book.time, Author: s.book.by, Source: SourceWorkbook,
		Stamp: s.book.stamp.Revision, Sum: s.book.sum}, res.Merged)
	if err != nil {
		return err
	}
	s.book.aligned, s.book.from, s.book.holds = res.Theirs, id, id
	s.rememberNotes()
	return s.setHead(id)
}

// saved is the workbook as it was read, and who had it open then.
func (s *replica) saved() *history.Save {
	save := s.book.save()
	if g := s.opener(); g != nil {
		save.Opener = g.name
	}
	return save
}

// setHead makes id the head.
func (s *chronicle) setHead(id string) error {
	g, err := s.readHistory()
	if err != nil {
		return err
	}
	s.graph = g
	if s.head.ID == id {
		return nil
	}
	r, err := s.hist.Get(id)
	if err != nil {
		return err
	}
	st, err := s.graph.Content(id)
	if err != nil {
		return err
	}
	s.head = node{r, st}
	return nil
}

func (s *chronicle) noteDamage(errs ...error) {
	for _, err := range errs {
		s.damage[err.Error()] = err
	}
}

// takeWorkbook puts what the workbook holds as a revision, if it is new.
func (s *replica) takeWorkbook(opt passOptions) (err error) {
	b := s.book
	now := strings.Join(s.graph.Heads, " ")
	if b.pulled == now {
		return nil
	}
	defer func() {
		if err == nil {
			b.pulled = strings.Join(s.graph.Heads, " ")
		}
	}()
	if b.stamp.Revision != "" && b.stamp.Scope == "" && !s.opt.ReadOnly && s.why == nil && s.hist.Begun() {
		if err := s.hist.MarkArrived(); err != nil {
			s.noteDamage(err)
		}
	}
	save := s.saved()
	candidates, from, res, exact, err := s.graph.EditedFrom(save,
		history.Options{Options: merge.Options{Force: opt.force, Identity: history.Identity, Answers: s.answers}})
	if err != nil {
		if errors.Is(err, merge.ErrTooMany) {
			if b.stamp.Scope != "" {
				if err := s.copyOver(from, nil, opt); err != nil {
					return err
				}
			}
			return mass(err)
		}
		return err
	}
	if err := s.copyOver(from, res.Changes, opt); err != nil {
		return err
	}
	b.aligned, b.from, b.holds = res.Theirs, from, from
	if history.KeepFormulas(&res, b.aligned, nil, true) && len(res.Changes) == 0 {
		st, err := s.graph.Content(from)
		exact = err == nil && store.Same(st, res.Merged)
	}
	if history.Results(b.aligned) != nil {
		s.noteResults(res.Merged)
	}
	s.asks = asksOf(res)
	for _, u := range s.untyped(b.aligned, false) {
		if !slices.Contains(s.untold, u) {
			s.untold = append(s.untold, u)
		}
	}
	doubts := s.graph.Doubts(save, from, candidates, res)
	notes := s.newNotes()
	if exact && len(doubts)+len(notes) == 0 {
		s.rememberNotes()
		return nil
	}
	s.step("pulling")
	if g, err := s.readHistory(); err != nil {
		return err
	} else if !slices.Equal(g.Heads, s.graph.Heads) &&
		(b.sameBytes() || s.graph.Followed(g, save.SavedBy(), from, res.Merged)) {
		// Of two saves of one office, pulled side by side, nobody could tell
		// afterwards that one followed the other.
		return fmt.Errorf("somebody else has pulled meanwhile: %w", ooxml.ErrChanged)
	}
	b.holds, err = s.hist.Put(store.Revision{Parents: []string{from},
		Time: history.After(s.believable(b.time), s.graph.ByID[from].Time), Author: save.SavedBy(),
		Source: SourceWorkbook,
		Stamp:  b.stamp.Revision, Sum: b.sum, Opened: doubts, Notes: notes}, res.Merged)
	if err != nil {
		return err
	}
	s.rememberNotes()
	s.step("pulled")
	s.graph, err = s.readHistory()
	return err
}

// copyOver stops at a unit's own copy that was saved over the ledger: the rows that it
// was not given are not deleted. Its stamp tells, and nobody can agree to it; without
// one a workbook is taken for that if what is left of it is all one unit's, and a person
// may say that the rows were deleted. changes are nil where too many rows are gone.
func (s *replica) copyOver(from string, changes []merge.Change, opt passOptions) error {
	deletes := changes == nil
	for _, c := range changes {
		deletes = deletes || c.RowDeleted
	}
	b := s.book
	if !deletes || b.stamp.Whole() || b.stamp.Scope == "" && (opt.force || !s.wasStamped()) {
		return nil
	}
	if from == "" && len(s.graph.Heads) > 0 {
		from = s.graph.Heads[0]
	}
	st, err := s.graph.Content(from)
	if err != nil {
		return nil // what it held before cannot be read
	}
	l := ledger.Build(st.Tables, s.opt.Ledger)
	scope := scopeOf(b, "", l)
	if scope == "" {
		return nil
	}
	given, standing := l.GivenTo(scope), namesIn(b.state())
	for _, t := range l.Tasks {
		if !given(ledger.KindTasks, t.ID) && !standing[rowName(t.Table, t.Row)] {
			hint := "syncer.copy_over.hint"
			if b.stamp.Scope == "" {
				hint = "syncer.copy_over.hint_force"
			}
			return &msg.Error{Class: ErrMass, Text: msg.New("syncer.copy_over", "File", filepath.Base(s.path), "Unit",
				scope), Hint: msg.New(hint, "File", filepath.Base(s.path)), Err: merge.ErrTooMany}
		}
	}
	return nil
}

// wasStamped reports whether the workbook had a stamp before.
func (s *chronicle) wasStamped() bool { return len(s.hist.Stamped()) > 0 }

// mass is the safety stop's error; Force goes on.
func mass(err error) error {
	var e *msg.Error
	if errors.As(err, &e) {
		return &msg.Error{Class: ErrMass, Text: e.Text, Hint: msg.New("syncer.mass.hint"), Err: merge.ErrTooMany}
	}
	return err
}

// unify makes several heads one. It is deterministic, so that two machines that
// do it at the same time make the same revision.
func (s *replica) unify() error {
	for {
		heads := s.graph.Heads
		if len(heads) == 0 {
			return nil
		}
		if len(heads) == 1 {
			return s.setHead(heads[0])
		}
		if _, err := s.graph.MergeHeads(heads[0], heads[1], s.book.aligned); err != nil {
			return err
		}
		s.step("merged")
		g, err := s.readHistory()
		if err != nil {
			return err
		}
		if len(g.Heads) >= len(heads) && g.Heads[0] == heads[0] {
			return errors.New("heads do not become one")
		}
		s.graph = g
	}
}
