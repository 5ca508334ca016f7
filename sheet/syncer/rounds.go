package syncer

import (
	"context"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
	"taizhang/sheet/store"
)

// Copies go out in rounds: who has returned one is told for the last round that
// a unit was sent. The stamp of a copy tells which round it is of: one that names
// an ancestor of the revision that the last round was stamped with is of an earlier
// one. Copies without a stamp go by when they came.

// Sent records that copies of o were made for these units, so that who has
// returned starts anew with them. The same copies once more are no new round.
func (s *Session) Sent(ctx context.Context, o Original, units []string) error {
	if s.opt.ReadOnly {
		return s.readOnly()
	}
	_, err := s.pass(ctx, passOptions{}, func() error {
		last := s.lastRounds(s.build().ledger)
		at := history.After(s.now(), s.head.Time) // whatever the clock says, what came before came before
		for _, r := range last {
			at = history.After(at, r.Time)
		}
		fresh := slices.DeleteFunc(slices.Clone(units), func(u string) bool { return last[u].Revision == o.Revision })
		if len(fresh) == 0 {
			return nil
		}
		return s.hist.MarkSent(store.Round{Revision: o.Revision, Units: fresh, Time: at, Author: s.opt.Author,
			Beside: o.beside})
	})
	return err
}

// lastRounds is the last round of each unit that was sent a copy.
func (s *chronicle) lastRounds(l *ledger.Ledger) map[string]store.Round {
	out := map[string]store.Round{}
	for _, r := range s.hist.Rounds() {
		if s.isLater(r.Time) {
			continue
		}
		for _, u := range r.Units {
			out[l.Directory.Canonical(u)] = r
		}
	}
	return out
}

// earlier reports whether a copy with that stamp was sent out before round r.
func (s *chronicle) earlier(stamp string, r store.Round) bool {
	return stamp != "" && stamp != r.Revision && s.graph.Ancestors(r.Revision)[stamp]
}

// returned is who has returned a copy, in the order of the directory, and then
// who was sent one, or where nobody was leads a task, and has not.
func (s *chronicle) returned(l *ledger.Ledger) []Returned {
	if s.graph == nil {
		return nil
	}
	in := s.graph.Ancestors(s.head.ID)
	rounds := s.lastRounds(l)
	last := map[string]Returned{}
	whose := map[string]string{}   // whose each file is, as it was named last
	came := map[string]time.Time{} // and came when it was merged first
	for i := range s.graph.All {
		for _, c := range s.graph.All[i].Copies {
			if in[s.graph.All[i].ID] {
				whose[c.Sum] = c.Unit
				if came[c.Sum].IsZero() {
					came[c.Sum] = s.graph.All[i].Time
				}
			}
		}
	}
	for i := range s.graph.All {
		r := &s.graph.All[i]
		if !in[r.ID] {
			continue
		}
		for _, c := range r.Copies {
			if whose[c.Sum] != c.Unit {
				continue
			}
			unit := l.Directory.Canonical(c.Unit)
			if round, sent := rounds[unit]; sent {
				stamp := c.Stamp
				if stamp == "" && c.By == "stamp" {
					stamp = c.Base
				}
				if s.earlier(stamp, round) || stamp == "" && came[c.Sum].Before(round.Time) {
					continue
				}
			}
			last[unit] = Returned{Unit: unit, File: c.File, At: r.Time, Sent: rounds[unit].Time}
		}
	}
	var have, not []Returned
	seen := map[string]bool{"": true}
	tick := func(unit string, owes bool) {
		r, ok := last[unit]
		switch {
		case seen[unit]:
			return
		case ok:
			have = append(have, r)
		case owes:
			not = append(not, Returned{Unit: unit, Sent: rounds[unit].Time})
		}
		seen[unit] = true
	}
	for _, u := range l.ByUnit {
		_, sent := rounds[u.Unit]
		tick(u.Unit, sent || len(rounds) == 0 && u.Tasks > 0)
	}
	var others []string
	for unit := range rounds {
		others = append(others, unit)
	}
	for unit := range last {
		others = append(others, unit)
	}
	slices.SortFunc(others, strings.Compare)
	for _, unit := range others {
		tick(unit, true)
	}
	if r, ok := last[""]; ok {
		have = append(have, r)
	}
	return append(have, not...)
}

// Sendings are the copies that were sent out, each once, oldest first.
func (s *Session) Sendings() (out []Returned) {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	directory := s.build().ledger.Directory
	for _, r := range s.hist.Rounds() {
		if s.isLater(r.Time) {
			continue
		}
		for _, u := range r.Units {
			out = append(out, Returned{Unit: directory.Canonical(u), Sent: r.Time})
		}
	}
	return out
}
