package syncer

import (
	"context"
	"time"

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
	g, err := readGraph(s.hist)
	if err != nil {
		return nil, time.Time{}, err
	}
	known := g.typed(g.ancestors(s.head.ID), nil)
	if len(known) == 0 || s.head.ID == "" {
		return now, time.Time{}, nil
	}
	since = known[0].Time
	opt := s.opt.Ledger
	opt.Year, opt.Office, opt.Today = now.Year, now.Office, dayBefore(at)
	if !at.Before(time.Now()) || !opt.Today.Before(now.Today) {
		return now, since, nil
	}
	id := g.headAt(s.head.ID, at)
	if id == "" {
		id = known[0].ID
	}
	state, err := s.hist.Content(id)
	if err != nil {
		return nil, since, err
	}
	before := make([]store.Revision, 0, len(g.all))
	for _, r := range g.all {
		if !r.Time.After(at) {
			before = append(before, r)
		}
	}
	empty := &past{Seen: map[string]bool{}, Rows: map[string]time.Time{}, Progress: map[string]time.Time{}}
	opt.History = empty.learn(s.hist, before)
	return ledger.Build(state.Tables, opt), since, nil
}

// dayBefore is the last day that is over at a moment, in the local calendar.
func dayBefore(at time.Time) time.Time {
	y, m, d := at.Add(-time.Nanosecond).Local().Date()
	return due.Date(y, int(m), d)
}

// headAt is the revision among the ancestors of head that was the head at a
// moment, "" if there was none yet. Where heads had parted it is the one that
// most had come together in.
func (g *graph) headAt(head string, at time.Time) string {
	in := g.ancestors(head)
	isParent := map[string]bool{}
	var known []*store.Revision
	for i := range g.all {
		r := &g.all[i]
		if !in[r.ID] || r.Time.After(at) || r.Source == sourcePush {
			continue
		}
		known = append(known, r)
		for _, p := range r.Before() {
			isParent[p] = true
		}
	}
	best, most := "", -1
	for _, r := range known {
		if isParent[r.ID] {
			continue
		}
		if n := len(g.ancestors(r.ID)); n >= most {
			best, most = r.ID, n
		}
	}
	return best
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
	g, err := readGraph(s.hist)
	if err != nil {
		return nil, err
	}
	in := g.ancestors(s.head.ID)
	unit := map[string]string{} // a file is that of the unit which was named last
	for i := range g.all {
		for _, c := range g.all[i].Copies {
			unit[c.Sum] = c.Unit
		}
	}
	var out []Returned
	seen := map[string]bool{}
	directory := s.build().ledger.Directory
	for i := range g.all {
		r := &g.all[i]
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
