package supervise

import (
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// Period is one in which a unit owed a report on a task: the days after one day of the
// cycle up to the next.
type Period struct {
	From, Due time.Time
	Met       bool
	By        string // the revision or entry that met it
}

// Feedback are the periods in which a unit owed a report on a task, and whether it came:
// a change of the progress that the history attributes to the unit, or an entry of its
// own. Only periods that are over count, that begin after the history does, after the
// task was assigned, and before it was done. The periods are those of the ledger's year.
func Feedback(l *ledger.Ledger, t *ledger.Task, unit string, r Rules, f *Facts) []Period {
	cycle := due.Parse(r.Feedback, l.Year, l.Today)
	if cycle.Kind != due.Recurring || f.known(t).IsZero() {
		return nil
	}
	since := f.known(t)
	if a := t.Last(ledger.Assigned); a != nil && a.Day.After(since) {
		since = a.Day
	}
	changes := f.Of(t.ID)
	for _, c := range changes {
		if c.Field == "" && c.What != "" && dayOf(c.At).After(since) {
			since = dayOf(c.At) // it was added later
		}
	}
	done := doneOn(l, t, changes)
	var out []Period
	first := cycle.Every.Next(due.Date(l.Year, 1, 1))
	for day := first; !day.After(l.Today) && day.Year() <= l.Year; day = cycle.Every.Next(day.AddDate(0, 0, 1)) {
		from := cycle.Every.Prior(day).AddDate(0, 0, 1)
		if from.Before(since) || !done.IsZero() && !done.After(day) {
			continue
		}
		if day.Equal(l.Today) {
			continue // it is not over yet
		}
		p := Period{From: from, Due: day}
		within := func(d time.Time) bool { return !d.Before(from) && !d.After(day) }
		for i := range changes {
			if c := &changes[i]; c.Field == ledger.FieldProgress && c.by(t) == unit && within(dayOf(c.At)) {
				p.Met, p.By = true, c.Revision
			}
		}
		for _, a := range t.Acts {
			if a.Unit == unit && (a.Kind == ledger.Feedback || a.Kind == ledger.Report) && within(a.Day) {
				p.Met, p.By = true, a.ID
			}
		}
		out = append(out, p)
	}
	return out
}

// doneOn is the day on which a task that is done became so: as the history saw it, else
// as its own cell says. Zero if it is not done.
func doneOn(l *ledger.Ledger, t *ledger.Task, changes []Change) (day time.Time) {
	if t.Status.Kind != ledger.Done && t.Review != ledger.ReviewWaiting {
		return time.Time{}
	}
	if d := due.Parse(t.Completed, l.Year, l.Today); d.Kind == due.Dated {
		return d.Due
	}
	for _, c := range changes {
		if c.Field == ledger.FieldStatus && isDone(l, c.To) {
			day = dayOf(c.At)
		}
	}
	if a := t.Last(ledger.Report, ledger.Accept); day.IsZero() && a != nil {
		day = a.Day
	}
	if day.IsZero() {
		day = due.Date(1900, 1, 1) // as long as is known
	}
	return day
}
