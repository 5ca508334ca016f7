package syncer

import (
	"context"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/store"
)

// AsOf is the ledger as the history has it at a moment, and as it was to be
// read on that day: what was overdue then. since is when the history begins;
// where that is later than at, the ledger is the first that is known. A moment
// that is not past yet gives the ledger as it stands.
func (s *Session) AsOf(ctx context.Context, at time.Time) (l *ledger.Ledger, since time.Time, err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, time.Time{}, ctx.Err()
	}
	defer func() { <-s.turn }()
	now := s.build().ledger
	g, err := s.readHistory()
	if err != nil {
		return nil, time.Time{}, err
	}
	known := g.Typed(g.Ancestors(s.head.ID), nil)
	if len(known) == 0 || s.head.ID == "" {
		return now, time.Time{}, nil
	}
	since = known[0].Time
	opt := s.opt.Ledger
	opt.Year, opt.Office, opt.Today = now.Year, now.Office, dayBefore(at)
	if !at.Before(time.Now()) || !opt.Today.Before(now.Today) {
		return now, since, nil
	}
	id := g.HeadAt(s.head.ID, at)
	if id == "" {
		id = known[0].ID
	}
	state, err := s.hist.Content(id)
	if err != nil {
		return nil, since, err
	}
	before := make([]store.Revision, 0, len(g.All))
	for _, r := range g.All {
		if !r.Time.After(at) {
			before = append(before, r)
		}
	}
	opt.History = history.NewPast().Learn(s.hist, before)
	return ledger.Build(s.viewBack(state).Tables, opt), since, nil
}

// dayBefore is the last day that is over at a moment, in the local calendar.
func dayBefore(at time.Time) time.Time {
	y, m, d := at.Add(-time.Nanosecond).Local().Date()
	return due.Date(y, int(m), d)
}

// CopiesBack are the copies that were merged from one moment up to another,
// each file once, oldest first.
func (s *Session) CopiesBack(ctx context.Context, from, to time.Time) ([]Returned, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turn }()
	g, err := s.readHistory()
	if err != nil {
		return nil, err
	}
	in := g.Ancestors(s.head.ID)
	unit := map[string]string{} // whose each file is, as it was named last
	for i := range g.All {
		for _, c := range g.All[i].Copies {
			unit[c.Sum] = c.Unit
		}
	}
	var out []Returned
	seen := map[string]bool{}
	directory := s.build().ledger.Directory
	for i := range g.All {
		r := &g.All[i]
		for _, c := range r.Copies {
			if !in[r.ID] || seen[c.Sum] {
				continue
			}
			seen[c.Sum] = true
			if !r.Time.Before(from) && r.Time.Before(to) {
				out = append(out, Returned{Unit: directory.Canonical(unit[c.Sum]), File: c.File, At: r.Time})
			}
		}
	}
	return out, nil
}
