package syncer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
func (s *Session) pull(opt passOptions) error {
	g, err := readGraph(s.hist)
	if err != nil {
		return err
	}
	if id := s.book.stamp.revision; id != "" && g.byID[id] == nil && len(g.heads) > 0 {
		// Listed before its file was there: the folder of a share lags.
		if _, err := s.hist.Get(id); err == nil {
			if g, err = readGraph(s.hist); err != nil {
				return err
			}
		}
	}
	s.graph = g
	s.noteDamage(g.damage...)
	if len(g.heads) == 0 {
		if !s.book.isLedger() {
			return s.book.noTable(s.opt.Ledger)
		}
		return s.begin()
	}
	if s.book.stamp.ledger != "" && s.hist.Ledger() != "" && !s.hist.Knows(s.book.stamp.ledger) {
		s.setHeadOnly()
		return s.foreign(s.path)
	}
	if ok, err := s.readable(); err != nil {
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
func (s *Session) setHeadOnly() {
	if err := s.unify(); err != nil {
		s.noteDamage(err)
	}
}

// begin makes the first revision. Two machines that begin at the same time make
// the same one.
func (s *Session) begin() error {
	res, err := merge.Merge(merge.State{}, merge.State{}, s.book.state(), merge.Options{Force: true, Identity: identity})
	if err != nil {
		return err
	}
	id, err := s.hist.Put(store.Revision{Time: s.book.time, Author: s.book.by, Source: SourceWorkbook,
		Stamp: s.book.stamp.revision, Sum: s.book.sum}, res.Merged)
	if err != nil {
		return err
	}
	s.book.aligned, s.book.from, s.book.holds = res.Theirs, id, id
	return s.setHead(id)
}

// setHead makes id the head.
func (s *Session) setHead(id string) error {
	g, err := readGraph(s.hist)
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
	st, err := s.content(id)
	if err != nil {
		return err
	}
	s.head, s.led = node{r, st}, nil
	return nil
}

func (s *Session) noteDamage(errs ...error) {
	for _, err := range errs {
		s.damage[err.Error()] = err
	}
}

// takeWorkbook puts what the workbook holds as a revision, if it is new.
func (s *Session) takeWorkbook(opt passOptions) (err error) {
	b := s.book
	now := strings.Join(s.graph.heads, " ")
	if b.pulled == now {
		return nil
	}
	defer func() {
		if err == nil {
			b.pulled = strings.Join(s.graph.heads, " ")
		}
	}()
	if b.stamp.revision != "" && b.stamp.scope == "" && !s.opt.ReadOnly && s.why == nil && s.hist.Begun() {
		if err := s.hist.MarkArrived(); err != nil {
			s.noteDamage(err)
		}
	}
	candidates, from, res, exact, err := s.editedFrom(b, mergeOptions{Options: merge.Options{Force: opt.force, Identity: identity, Answers: s.answers}})
	if err != nil {
		if errors.Is(err, merge.ErrTooMany) {
			return s.mass(err)
		}
		return err
	}
	b.aligned, b.from, b.holds = res.Theirs, from, from
	if s.keepFormulas(&res, nil, true) && len(res.Changes) == 0 {
		st, err := s.content(from)
		exact = err == nil && store.Same(st, res.Merged)
	}
	if results(b.aligned) != nil {
		s.noteResults(res.Merged)
	}
	s.asks = asksOf(res)
	for _, u := range s.untyped(b.aligned, false) {
		if !slices.Contains(s.untold, u) {
			s.untold = append(s.untold, u)
		}
	}
	doubts := s.doubts(b, from, candidates, res)
	if exact && len(doubts) == 0 {
		return nil
	}
	s.step("pulling")
	if g, err := readGraph(s.hist); err != nil {
		return err
	} else if !slices.Equal(g.heads, s.graph.heads) && (b.sameBytes() || s.followed(g, from, res.Merged)) {
		// Of two saves of one office, pulled side by side, nobody could tell
		// afterwards that one followed the other.
		return fmt.Errorf("somebody else has pulled meanwhile: %w", ooxml.ErrChanged)
	}
	b.holds, err = s.hist.Put(store.Revision{Parents: []string{from}, Time: after(b.time, s.graph.byID[from].Time), Author: s.savedBy(), Source: SourceWorkbook,
		Stamp: b.stamp.revision, Sum: b.sum, Opened: doubts}, res.Merged)
	if err != nil {
		return err
	}
	s.step("pulled")
	s.graph, err = readGraph(s.hist)
	return err
}

// followed reports whether a save that others pulled meanwhile, and g has, went on
// from the one that was read here and that it replaced, which says st and was
// edited from from: it is the same person's, and holds all of it or what was typed
// over it, which is nothing that stood there before. Any other did not see it, and
// it is nowhere but here.
func (s *Session) followed(g *graph, from string, st merge.State) bool {
	var later []merge.State
	for i := range g.all {
		if r := &g.all[i]; s.graph.byID[r.ID] == nil && r.Source == SourceWorkbook && r.Author == s.savedBy() {
			if l, err := s.hist.Content(r.ID); err == nil {
				later = append(later, l)
			}
		}
	}
	base, err := s.content(from)
	if len(later) == 0 || err != nil {
		return false
	}
	typed := store.Diff(base, st)
	stood := map[spot]map[string]bool{}
	for i := range s.graph.all {
		for _, c := range s.changes(s.graph.all[i].ID) {
			at := spot{c.Kind, c.Row, c.Key}
			if stood[at] == nil {
				stood[at] = map[string]bool{}
			}
			stood[at][c.From], stood[at][c.To] = true, true
		}
	}
	return slices.ContainsFunc(later, func(l merge.State) bool {
		return !slices.ContainsFunc(typed, func(c store.Change) bool {
			v := valueOf(l, c.Kind, c.Row, c.Key)
			switch {
			case c.Key == "" || c.What == store.Deleted:
				return hasRow(l, c.Kind, c.Row) == (c.What == store.Deleted)
			case c.What == store.Added:
				return v != c.To
			}
			return v != c.To && c.Key != ledger.FieldNumber && (v == c.From || stood[spot{c.Kind, c.Row, c.Key}][v])
		})
	})
}

// pulledBefore is the last revision that was made of a workbook of these very
// bytes, "" if there is none. A file that was not saved again since was not
// edited: a write into it failed, or an old copy was put back, and it is behind.
func (s *Session) pulledBefore(sum string) string {
	for i := len(s.graph.all) - 1; i >= 0; i-- {
		if r := &s.graph.all[i]; r.Source == SourceWorkbook && r.Sum == sum {
			return r.ID
		}
	}
	return ""
}

// after is at, or if that is not after all of the parents' times, a moment
// after the last of them: revisions in the order of time are in the order of
// descent, whatever the clocks of the machines say.
func after(at time.Time, parents ...time.Time) time.Time {
	for _, p := range parents {
		if !at.After(p) {
			at = p.Add(time.Microsecond)
		}
	}
	return at
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// mass is the safety stop's error; Force goes on.
func (s *Session) mass(err error) error {
	var e *msg.Error
	if errors.As(err, &e) {
		return &msg.Error{Class: ErrMass, Text: e.Text, Hint: msg.New("syncer.mass.hint"), Err: merge.ErrTooMany}
	}
	return err
}

// unify makes several heads one. It is deterministic, so that two machines that
// do it at the same time make the same revision.
func (s *Session) unify() error {
	for {
		heads := s.graph.heads
		if len(heads) == 0 {
			return nil
		}
		if len(heads) == 1 {
			return s.setHead(heads[0])
		}
		if _, err := s.mergeHeads(heads[0], heads[1]); err != nil {
			return err
		}
		s.step("merged")
		g, err := readGraph(s.hist)
		if err != nil {
			return err
		}
		if len(g.heads) >= len(heads) && g.heads[0] == heads[0] {
			return errors.New("heads do not become one")
		}
		s.graph = g
	}
}

// mergeHeads makes one revision of two. What somebody saved into the workbook
// is theirs, since a conflict leaves there what stands there; of two
// coordinators the earlier is mine.
func (s *Session) mergeHeads(mine, theirs string) (string, error) {
	g := s.graph
	if g.byID[mine].Source == SourceWorkbook && g.byID[theirs].Source != SourceWorkbook {
		mine, theirs = theirs, mine
	}
	m, t := g.byID[mine], g.byID[theirs]
	forks := g.forks([]string{mine}, []string{theirs})
	base, err := s.baseOf(forks)
	if err != nil {
		return "", err
	}
	ms, err := s.content(mine)
	if err != nil {
		return "", err
	}
	ts, err := s.content(theirs)
	if err != nil {
		return "", err
	}
	res, err := merge.Merge(base, ms, ts, merge.Options{Force: true, Identity: identity})
	if err != nil {
		return "", err
	}
	heads := [2]string{mine, theirs}
	typed := [2]typedValues{s.typedIn(heads[:1], heads[1:]), s.typedIn(heads[1:], heads[:1])}
	s.setBack(&res, base, ms, ts, typed[0], typed[1])
	s.keepFormulas(&res, func(c merge.Change) bool { return c.Outcome == merge.Conflict }, t.Source != SourceWorkbook)
	at := after(m.Time, m.Time, t.Time)
	side := sideOf{by: t.Author, at: t.Time, stands: t.Source == SourceWorkbook}
	var over []store.Conflict
	var resolved []string
	if side.stands {
		over = s.superseded(mine, forks, base, ts)
	}
	for _, c := range over {
		resolved = append(resolved, c.ID)
	}
	opened := s.conflictsOf(res, forks, mine, typed[1], heads[:], over, side, at)
	opened = append(opened, s.askedAgain(heads, typed, at)...)
	return s.hist.Put(store.Revision{Parents: []string{mine, theirs}, Time: at, Author: t.Author, Source: sourceMerge, Opened: opened, Resolved: resolved}, res.Merged)
}
