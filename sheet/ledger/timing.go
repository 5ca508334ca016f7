package ledger

import (
	"strings"

	"taizhang/sheet/ledger/due"
)

// judge tells what follows for a task from its deadline and status today.
//
// Overdue is a dated task, not done, whose date is before today; a recurring
// one, when the last due date of the ledger's year has passed and neither a
// completion nor a recorded change of its progress falls after the due date
// before it (what comes late makes up for it). A ledger that has no column for
// completions can be judged only from its history, and only if that reaches
// back to the beginning of the period.
func (b *builder) judge(t *Task) {
	today, done := b.l.Today, t.Status.Kind == Done
	if t.Review == ReviewWaiting {
		done = true // it is the coordinator's turn, not the unit's
	}
	kind := t.Deadline.Kind
	if t.DueNow = t.Deadline.Due; t.Extended > 0 && kind != due.Recurring {
		kind, t.DueNow = due.Dated, t.extendedTo()
	}
	switch kind {
	case due.Dated:
		last := t.DueNow
		switch {
		case !done && last.Before(today):
			t.Overdue, t.DaysOverdue = true, due.Days(last, today)
		case !done:
			t.DueSoon = due.Days(today, last) <= b.opt.DueSoonDays
		case strings.TrimSpace(t.Completed) != "":
			c := b.date(t.Completed)
			t.Late = c.Kind == due.Dated && c.From.After(last)
		}
	case due.Recurring:
		if !done {
			b.judgeRecurring(t)
		}
	}
	if h := b.opt.History; h != nil && !done {
		since := h.Changed(t.ID)
		if since.IsZero() {
			since = h.Known()
		}
		t.Stale = !since.IsZero() && due.Days(due.UTCDay(since), today) >= b.opt.StaleDays
	}
}

func (b *builder) judgeRecurring(t *Task) {
	c, today := t.Deadline.Every, b.l.Today
	until := today
	if end := due.Date(b.l.Year+1, 1, 1); b.l.Year != 0 && end.Before(until) {
		until = end // the next year has a ledger of its own
	}
	last := c.Prior(until)
	before := c.Prior(last)
	acted := before // the last day on which something is known to have been done
	if done := b.date(t.Completed); done.Kind == due.Dated && !done.Due.After(today) && done.Due.After(acted) {
		acted = done.Due
	}
	judged := t.Table.Index(FieldCompleted) >= 0
	if h := b.opt.History; h != nil {
		if p := due.UTCDay(h.ProgressChanged(t.ID)); p.After(acted) && !p.After(today) {
			acted = p
		}
		if k := h.Known(); !k.IsZero() && !due.UTCDay(k).After(before) {
			judged = true
		}
	}
	if judged && last.Year() == b.l.Year && !acted.After(before) {
		t.Overdue, t.DaysOverdue = true, due.Days(last, today)
	}
	// What was done in the period that runs is not due again.
	t.DueSoon = !acted.After(last) && due.Days(today, t.Deadline.Due) <= b.opt.DueSoonDays
}

// count adds up the figures in all and by lead unit.
func (l *Ledger) count() {
	at := map[string]int{}
	for _, u := range l.Directory.Units() {
		at[u.Name] = len(l.ByUnit)
		l.ByUnit = append(l.ByUnit, UnitCounts{Unit: u.Name})
	}
	var none UnitCounts
	for _, t := range l.Tasks {
		l.Totals.add(t)
		if t.Lead == "" {
			none.add(t)
			continue
		}
		i, ok := at[t.Lead]
		if !ok {
			i = len(l.ByUnit)
			at[t.Lead] = i
			l.ByUnit = append(l.ByUnit, UnitCounts{Unit: t.Lead})
		}
		l.ByUnit[i].add(t)
	}
	kept := l.ByUnit[:0]
	for _, u := range l.ByUnit {
		if u.Tasks > 0 {
			kept = append(kept, u)
		}
	}
	if l.ByUnit = kept; none.Tasks > 0 {
		l.ByUnit = append(l.ByUnit, none)
	}
}

func (c *Counts) add(t *Task) {
	c.Tasks++
	switch t.Status.Kind {
	case Done:
		c.Done++
	case InProgress:
		c.InProgress++
	case NotStarted:
		c.NotStarted++
	case Ongoing:
		c.Ongoing++
	default:
		c.Unknown++
	}
	switch t.Review {
	case ReviewWaiting:
		c.InReview++
	case ReviewReturned:
		c.Returned++
	}
	if t.Overdue {
		c.Overdue++
	}
	if t.DueSoon {
		c.DueSoon++
	}
}

// Plus is the figures of two sets of tasks that have none in common.
func (c Counts) Plus(d Counts) Counts {
	return Counts{
		Tasks: c.Tasks + d.Tasks, Done: c.Done + d.Done, InProgress: c.InProgress + d.InProgress,
		NotStarted: c.NotStarted + d.NotStarted,
		Ongoing:    c.Ongoing + d.Ongoing, Unknown: c.Unknown + d.Unknown, Overdue: c.Overdue + d.Overdue,
		DueSoon: c.DueSoon + d.DueSoon, InReview: c.InReview + d.InReview, Returned: c.Returned + d.Returned,
	}
}
