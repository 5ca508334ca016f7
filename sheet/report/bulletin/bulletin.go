// Package bulletin makes the bulletin (通报) of a period: what was finished, what
// became late, what did not move, who returned a copy, the units in order.
//
// [Make] compares the ledger as it stood before the period with how it stood at
// its end, and the period before likewise, so that each figure stands beside
// its own of last time. [Bulletin.Paper] sets it as an official paper. All
// figures come from the history; nothing is typed.
package bulletin

import (
	"cmp"
	"slices"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// Input is what a bulletin is made of.
type Input struct {
	Period Period
	// The ledger before the period before, before the period, and at the period's
	// end. Earlier is nil where the history begins later than that.
	Earlier, Start, End *ledger.Ledger
	// when the history begins, where that is within the period or after it; else zero
	Since             time.Time
	Log               []syncer.Entry    // newest first: it tells the day on which a task was said to be done
	Copies, CopiesAgo []syncer.Returned // that came back in the period, and in the one before
	Rules             supervise.Rules
	Facts             *supervise.Facts // at the period's end; nil: the history tells nothing
}

// Figures are those of a unit, or of all, for one period.
type Figures struct {
	Tasks, Done, Going, Overdue int // at its end; Going is all that is neither done nor overdue
	Finished                    int // became done in it
	OnTime                      int // of these, by their date or without one
	NewlyLate                   int // became overdue in it and still are
	Unmoved                     int // open, and nothing about them changed in it
	Copies                      int // returned in it
	Rows                        RegisterFigures
}

// Unit is how a unit stands.
type Unit struct {
	Name        string // "" for tasks that no unit leads
	Rank        int    // from 1; units that are alike share one
	Now, Before Figures
}

// Bulletin is what there is to tell of a period.
type Bulletin struct {
	Period, Before               Period
	Ledger                       *ledger.Ledger // at the period's end
	Since                        time.Time      // set where the history begins only after the period has begun
	KnownBefore                  bool           // there are figures of the period before
	Total                        Unit
	Units                        []Unit // in order
	Nobody                       Unit   // the tasks that no unit leads
	Registers                    []Register
	Finished, NewlyLate, Unmoved []*ledger.Task
	Copies                       []syncer.Returned
	Supervision                  *Supervision // nil: the office does not supervise
	finishedLate                 map[*ledger.Task]bool
}

// Make compares the ledgers of in.
func Make(in Input) *Bulletin {
	b := &Bulletin{Period: in.Period, Before: in.Period.Before(), Ledger: in.End, Since: in.Since, Copies: in.Copies,
		KnownBefore: in.Earlier != nil && in.Since.IsZero(), finishedLate: map[*ledger.Task]bool{}}
	units := map[string]*Unit{}
	var order []string
	of := func(name string) *Unit {
		if units[name] == nil {
			units[name] = &Unit{Name: name}
			order = append(order, name)
		}
		return units[name]
	}
	for _, u := range in.End.ByUnit {
		of(u.Unit)
	}
	for _, t := range in.End.Tasks {
		for _, f := range []*Figures{&of(t.Lead).Now, &b.Total.Now} {
			f.stand(t)
		}
		b.compare(t, in, of(t.Lead))
	}
	if b.KnownBefore {
		ago := &Bulletin{Period: b.Before, finishedLate: map[*ledger.Task]bool{}}
		for _, t := range in.Start.Tasks {
			u := Unit{}
			u.Now.stand(t)
			ago.compare(t, Input{Period: b.Before, Start: in.Earlier, End: in.Start, Log: in.Log}, &u)
			of(t.Lead).Before.add(u.Now)
			b.Total.Before.add(u.Now)
		}
	}
	count := func(list []syncer.Returned, which func(*Unit) *Figures) {
		seen := map[string]bool{}
		for _, c := range list {
			if c.Unit != "" && !seen[c.Unit] {
				seen[c.Unit] = true
				which(of(c.Unit)).Copies = 1
				which(&b.Total).Copies++
			}
		}
	}
	count(in.Copies, func(u *Unit) *Figures { return &u.Now })
	count(in.CopiesAgo, func(u *Unit) *Figures { return &u.Before })
	b.registers(of)
	b.supervision(in)
	for _, name := range order {
		if u := units[name]; name == "" {
			b.Nobody = *u
		} else if u.Now.Tasks+u.Before.Tasks+u.Now.Copies+u.Before.Copies > 0 || u.Now.Rows != (RegisterFigures{}) ||
			u.Before.Rows != (RegisterFigures{}) {
			b.Units = append(b.Units, *u)
		}
	}
	b.rank()
	byDelay := func(a, c *ledger.Task) int { return c.DaysOverdue - a.DaysOverdue }
	slices.SortStableFunc(b.NewlyLate, byDelay)
	return b
}

// stand counts how a task stands.
func (f *Figures) stand(t *ledger.Task) {
	f.Tasks++
	switch {
	case t.Status.Kind == ledger.Done:
		f.Done++
	case t.Overdue:
		f.Overdue++
	default:
		f.Going++
	}
}

func (f *Figures) add(o Figures) {
	f.Tasks += o.Tasks
	f.Done += o.Done
	f.Going += o.Going
	f.Overdue += o.Overdue
	f.Finished += o.Finished
	f.OnTime += o.OnTime
	f.NewlyLate += o.NewlyLate
	f.Unmoved += o.Unmoved
}

// compare tells what became of a task in the period.
func (b *Bulletin) compare(t *ledger.Task, in Input, u *Unit) {
	old := in.Start.Task(t.ID)
	both := []*Figures{&u.Now, &b.Total.Now}
	if t.Status.Kind == ledger.Done {
		if !finishedIn(t, old, in) {
			return
		}
		late := isLate(t, in)
		b.Finished = append(b.Finished, t)
		b.finishedLate[t] = late
		for _, f := range both {
			f.Finished++
			if !late {
				f.OnTime++
			}
		}
		return
	}
	if t.Overdue && becameLate(t, old, in) {
		b.NewlyLate = append(b.NewlyLate, t)
		for _, f := range both {
			f.NewlyLate++
		}
	}
	if old != nil && in.Since.IsZero() && t.Status.Kind != ledger.Ongoing && isSame(t, old) {
		b.Unmoved = append(b.Unmoved, t)
		for _, f := range both {
			f.Unmoved++
		}
	}
}

// finishedIn reports whether a task that is done became so in the period: the
// history saw it, or where that begins later the task's own date says so.
func finishedIn(t, old *ledger.Task, in Input) bool {
	day := completedOn(t, in.End)
	switch {
	case old == nil: // it was added in the period, maybe with a past
		return day.IsZero() || in.Period.has(day)
	case old.Status.Kind == ledger.Done:
		return !in.Since.IsZero() && in.Period.has(day)
	}
	return true
}

// completedOn is the day on which a task says that it was completed; zero if it
// says none.
func completedOn(t *ledger.Task, l *ledger.Ledger) time.Time {
	d := due.Parse(t.Completed, l.Year, l.Today)
	if d.Kind != due.Dated {
		return time.Time{}
	}
	return d.Due
}

// isLate reports whether a task that is done was so only after its date: by the
// day that it says itself, else by the day on which the history saw it done.
func isLate(t *ledger.Task, in Input) bool {
	if t.DueNow.IsZero() || t.Deadline.Kind != due.Dated && t.Extended == 0 {
		return false
	}
	day := completedOn(t, in.End)
	for _, e := range in.Log {
		if !day.IsZero() {
			break
		}
		for _, c := range e.Changes {
			if c.Task == t.ID && c.Field == ledger.FieldStatus && c.To == t.Status.Text {
				day = due.UTCDay(e.Time)
			}
		}
	}
	if day.After(in.End.Today) {
		day = in.End.Today // the day that figures are taken for was set to an earlier one
	}
	return day.After(t.DueNow)
}

// becameLate reports whether a task that is overdue became so in the period.
func becameLate(t, old *ledger.Task, in Input) bool {
	if old != nil && in.Since.IsZero() {
		return !old.Overdue
	}
	return in.Period.has(in.End.Today.AddDate(0, 0, 1-t.DaysOverdue))
}

// isSame reports whether nothing that people report of a task changed.
func isSame(t, old *ledger.Task) bool {
	for _, f := range ledger.TaskFields() {
		if f != ledger.FieldNumber && t.Text(f) != old.Text(f) {
			return false
		}
	}
	return slices.EqualFunc(t.Extra, old.Extra, func(a, b ledger.Extra) bool { return a.Value == b.Value })
}

// rank puts the units in order: most finished on time in the period, then
// fewest overdue at its end, then fewest newly late, then those that returned
// their copy, then fewest rows of registers overdue, then as the ledger has them.
// Units alike in all five share a rank.
func (b *Bulletin) rank() {
	order := func(x, y Unit) int {
		return cmp.Or(cmp.Compare(y.Now.OnTime, x.Now.OnTime), cmp.Compare(x.Now.Overdue, y.Now.Overdue),
			cmp.Compare(x.Now.NewlyLate, y.Now.NewlyLate), cmp.Compare(y.Now.Copies, x.Now.Copies),
			cmp.Compare(x.Now.Rows.Overdue, y.Now.Rows.Overdue))
	}
	slices.SortStableFunc(b.Units, order)
	for i := range b.Units {
		b.Units[i].Rank = i + 1
		if i > 0 && order(b.Units[i-1], b.Units[i]) == 0 {
			b.Units[i].Rank = b.Units[i-1].Rank
		}
	}
}
