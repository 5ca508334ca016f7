package due

import (
	"slices"
	"time"
)

// State is how a clock stands on a day.
type State string

const (
	Open    State = "open"
	DueSoon State = "due_soon"
	Overdue State = "overdue"
	Paused  State = "paused" // it stands still: an opinion or a correction is awaited
	Done    State = "done"
	Late    State = "late"  // done after its day
	Ended   State = "ended" // nothing has to be done any more: withdrawn, not paid
	NoClock State = "none"  // it has not begun, or has no term
	Unclear State = "unknown"
)

// PauseDays says which days of a pause are not counted.
type PauseDays string

const (
	// AfterSending: the day of sending counts as used; the days after it, up to
	// and including the day on which the answer comes, do not count. The law
	// names no days; this is the cautious reading, and the default.
	AfterSending PauseDays = "after_sending"
	// FromSending: the day of sending does not count either.
	FromSending PauseDays = "from_sending"
	// Between: only the days between the two do not count.
	Between PauseDays = "between"
)

// Pause is a time during which a clock stands still.
type Pause struct {
	From time.Time
	To   time.Time // zero: it has not ended
	// Lapse is how long the other side has to answer; the pause ends with it,
	// also without an answer. Zero: it ends with To alone.
	Lapse Term
}

// Clock is everything that a term depends on. The zero value of a field means
// that there is no such thing. The start, day 0, is not counted.
type Clock struct {
	Start time.Time
	// Within are the terms that hold at once; the one that ends first counts,
	// with Extended after it.
	Within    []Term
	Extended  []Term
	Pauses    []Pause
	PauseDays PauseDays // "": AfterSending
	// Waiting: something that starts the clock anew is awaited (a correction), so
	// that the clock has no due day yet.
	Waiting bool
	Typed   time.Time // the due day that somebody typed; it wins
	// Finished is set where what was due is done; Until is the day, zero if it
	// is not known.
	Finished bool
	Until    time.Time
	Stopped  bool // nothing has to be done any more
	Soon     Term // so long before its day the clock is due soon
}

// Reading is how a clock stands.
type Reading struct {
	From     time.Time
	Due      time.Time // the day that counts: the typed one, else the computed one; zero if there is none
	Computed time.Time // what the rules make of it; zero if they do not say
	Until    time.Time
	State    State
	// Left is the days to Due in Counted, months as calendar days: those left
	// today, of what is done those that were left; negative if it is over.
	Left       int
	Counted    Unit // "" if there is no term
	PausedDays int  // days in Counted that were not counted up to Computed
	Extended   bool
	// Provisional: a year without a notice on days off was counted.
	Provisional bool
}

// Differs reports whether the typed due day is another than the computed one.
func (r Reading) Differs() bool { return !r.Computed.IsZero() && !r.Due.Equal(r.Computed) }

// Read tells how the clock stands on a day.
func (c Clock) Read(cal *Calendar, today time.Time) Reading {
	r := Reading{From: c.Start, Until: c.Until, State: NoClock, Extended: len(c.Extended) > 0}
	if run, ok := c.run(cal, today); ok {
		r.Computed, r.Counted, r.PausedDays = run.end, run.unit, run.paused
		r.Provisional = run.provisional(cal, c.Start)
	} else if len(c.Within) > 0 {
		r.Counted = c.Within[0].Unit
	}
	if r.Due = c.Typed; r.Due.IsZero() {
		r.Due = r.Computed
	}
	day := today
	if c.Finished {
		day = c.Until
	}
	if !r.Due.IsZero() && !day.IsZero() && !c.Stopped {
		r.Left = c.left(cal, r, day, today)
		if c.Typed != (time.Time{}) && r.Counted == Workdays && !c.Finished &&
			!cal.knowsAll(earlier(day, r.Due), later(day, r.Due)) {
			r.Provisional = true
		}
	}
	r.State = c.state(cal, r, today)
	return r
}

func (c Clock) state(cal *Calendar, r Reading, today time.Time) State {
	switch {
	case c.Stopped:
		return Ended
	case c.Finished && !r.Due.IsZero() && c.Until.After(r.Due):
		return Late
	case c.Finished:
		return Done
	case c.Waiting && c.Typed.IsZero():
		return Paused
	case r.Due.IsZero():
		return NoClock
	case today.After(r.Due):
		return Overdue
	case c.Typed.IsZero() && c.isPaused(cal, r, today):
		return Paused
	case c.isSoon(cal, r, today):
		return DueSoon
	}
	return Open
}

func (c Clock) isPaused(cal *Calendar, r Reading, today time.Time) bool {
	return slices.ContainsFunc(c.Pauses, func(p Pause) bool {
		end := p.end(cal, today)
		running := p.To.IsZero() && p.Lapse.IsZero() || today.Before(end)
		return !today.Before(p.From) && running && !p.From.After(r.Due)
	})
}

func (c Clock) isSoon(cal *Calendar, r Reading, today time.Time) bool {
	switch c.Soon.Unit {
	case Workdays:
		return cal.Workdays(today, r.Due) <= c.Soon.N
	case Months:
		return !r.Due.After(AddMonths(today, c.Soon.N))
	case CalendarDays:
		return Days(today, r.Due) <= c.Soon.N
	}
	return false
}

// left is the days from day to the due day that count.
func (c Clock) left(cal *Calendar, r Reading, day, today time.Time) int {
	if r.Counted != Workdays {
		return Days(day, r.Due)
	}
	n := cal.Workdays(day, r.Due)
	if c.Typed.IsZero() && n > 0 {
		for _, s := range c.skipped(cal, today) {
			n -= s.workdays(cal, day, r.Due)
		}
	}
	return n
}

// run is the result of counting a clock's terms.
type run struct {
	end    time.Time
	unit   Unit
	paused int
	terms  []Term
}

// run counts the terms; of several that hold at once the one that ends first.
func (c Clock) run(cal *Calendar, today time.Time) (best run, ok bool) {
	if c.Start.IsZero() || c.Waiting || !inYears(c.Start) {
		return run{}, false
	}
	skip := c.skipped(cal, today)
	for _, within := range c.Within {
		r := run{end: c.Start, unit: within.Unit, terms: joined(append([]Term{within}, c.Extended...))}
		for _, t := range r.terms {
			r.end = advance(cal, r.end, t, skip)
		}
		if r.terms[len(r.terms)-1].Unit != Workdays {
			r.end = cal.Roll(r.end)
		}
		for _, s := range skip {
			if within.Unit == Workdays {
				r.paused += s.workdays(cal, c.Start, r.end)
			} else {
				r.paused += s.days(c.Start, r.end)
			}
		}
		if !ok || r.end.Before(best.end) {
			best, ok = r, true
		}
	}
	return best, ok
}

// provisional reports whether the count went over a year without a notice.
func (r run) provisional(cal *Calendar, start time.Time) bool {
	if r.unit != Workdays {
		start = r.end // a calendar term asks the calendar for its last day only
	}
	return !cal.knowsAll(start, r.end)
}

// joined is terms with neighbours of one unit as one term, so that two months
// and one more end on the day that corresponds to the first.
func joined(terms []Term) (out []Term) {
	for _, t := range terms {
		if n := len(out); n > 0 && out[n-1].Unit == t.Unit {
			out[n-1].N += t.N
			continue
		}
		out = append(out, t)
	}
	return out
}

// advance is the last day of a term that begins after from, days in skip not
// counted.
func advance(cal *Calendar, from time.Time, t Term, skip []stretch) time.Time {
	counts := func(time.Time) bool { return true }
	n := t.N
	switch t.Unit {
	case Workdays:
		if len(skip) == 0 {
			return cal.AddWorkdays(from, n)
		}
		counts = cal.IsWorkday
	case Months:
		n = Days(from, AddMonths(from, n))
	}
	if len(skip) == 0 {
		return from.AddDate(0, 0, n)
	}
	day := from
	for n > 0 && day.Year() <= MaxYear {
		day = day.AddDate(0, 0, 1)
		if counts(day) && !slices.ContainsFunc(skip, func(s stretch) bool { return s.has(day) }) {
			n--
		}
	}
	return day
}

// stretch is the days from first to last.
type stretch struct{ first, last time.Time }

func (s stretch) has(day time.Time) bool { return !day.Before(s.first) && !day.After(s.last) }

// days is the number of days of the stretch after a, up to and including b.
func (s stretch) days(a, b time.Time) int {
	a, b = later(a, s.first.AddDate(0, 0, -1)), earlier(b, s.last)
	return max(0, Days(a, b))
}

func (s stretch) workdays(cal *Calendar, a, b time.Time) int {
	a, b = later(a, s.first.AddDate(0, 0, -1)), earlier(b, s.last)
	if b.Before(a) {
		return 0
	}
	return cal.Workdays(a, b)
}

// end is the day on which a pause ends, as far as is known today.
func (p Pause) end(cal *Calendar, today time.Time) time.Time {
	end := p.To
	if !p.Lapse.IsZero() {
		if lapse := advance(cal, p.From, p.Lapse, nil); end.IsZero() || lapse.Before(end) {
			end = lapse
		}
	}
	if end.IsZero() {
		end = later(today, p.From)
	}
	return end
}

// Last is the last day of a pause, that of the answer or of the term that the other side
// had; zero while it goes on.
func (p Pause) Last(cal *Calendar, today time.Time) time.Time {
	end := p.end(cal, today)
	if p.To.IsZero() && (p.Lapse.IsZero() || !end.Before(today)) {
		return time.Time{}
	}
	return end
}

// skipped are the days that do not count, without overlaps.
func (c Clock) skipped(cal *Calendar, today time.Time) (out []stretch) {
	for _, p := range c.Pauses {
		if p.From.IsZero() || !inYears(p.From) || !p.To.IsZero() && (p.To.Before(p.From) || !inYears(p.To)) {
			continue
		}
		s := stretch{p.From.AddDate(0, 0, 1), p.end(cal, today)}
		switch c.PauseDays {
		case FromSending:
			s.first = p.From
		case Between:
			s.last = s.last.AddDate(0, 0, -1)
		}
		if !s.last.Before(s.first) {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b stretch) int { return a.first.Compare(b.first) })
	merged := out[:0]
	for _, s := range out {
		if n := len(merged); n > 0 && !s.first.After(merged[n-1].last) {
			merged[n-1].last = later(merged[n-1].last, s.last)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// inYears keeps counting away from days that no ledger has.
func inYears(day time.Time) bool { return day.Year() >= MinYear && day.Year() <= MaxYear }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
