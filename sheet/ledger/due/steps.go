package due

import "time"

// StepKind is what a day is to a clock.
type StepKind string

const (
	StepStart   StepKind = "start"   // day 0
	StepCounted StepKind = "counted" // the Nth day of the term
	StepRest    StepKind = "rest"    // a weekend or holiday
	StepPaused  StepKind = "paused"  // it falls into a pause
	StepRolled  StepKind = "rolled"  // the term ended on a rest day, and this is the working day after it
)

// Step is one day of a calculation.
type Step struct {
	Day  time.Time
	Kind StepKind
	N    int    // of a counted day: the how manieth of the term, extensions included
	Name string // of a holiday, or of the festival that a working weekend makes up for; "" on ordinary days
	Work bool   // a weekend that the notice makes a working day
}

// Steps is the calculation of the computed due day, day by day from the start;
// nil if the clock has no computed day.
func (c Clock) Steps(cal *Calendar, today time.Time) []Step {
	r, ok := c.run(cal, today)
	if !ok {
		return nil
	}
	skip := c.skipped(cal, today)
	out := []Step{{Day: c.Start, Kind: StepStart}}
	day, n := c.Start, 0
	for _, t := range r.terms {
		end := advance(cal, day, t, skip)
		for day.Before(end) {
			day = day.AddDate(0, 0, 1)
			s := Step{Day: day, Kind: StepCounted}
			h, special := cal.Holiday(day)
			switch {
			case t.Unit == Workdays && !cal.IsWorkday(day):
				s.Kind, s.Name = StepRest, h.Name
			case isSkipped(skip, day):
				s.Kind = StepPaused
			default:
				n++
				s.N = n
			}
			if special {
				s.Name, s.Work = h.Name, !h.Off
			}
			out = append(out, s)
		}
	}
	for day.Before(r.end) {
		day = day.AddDate(0, 0, 1)
		kind := StepRest
		if day.Equal(r.end) {
			kind = StepRolled
		}
		h, _ := cal.Holiday(day)
		out = append(out, Step{Day: day, Kind: kind, Name: h.Name})
	}
	return out
}

func isSkipped(skip []stretch, day time.Time) bool {
	for _, s := range skip {
		if s.has(day) {
			return true
		}
	}
	return false
}
