package supervise

import (
	"cmp"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// UnitScore is the appraisal of one unit: its score is the base and the sum of its
// points.
type UnitScore struct {
	Unit   string
	Base   Points
	Score  Points
	Points []Point
}

// Point is something that a unit gained or lost.
type Point struct {
	Points Points
	Why    msg.Text
	Task   string // id of the task or row of a register
	Number string
	Title  string
	Entry  string // id of the entry of the record, or of the revision, that it comes from
}

// Score is the appraisal of all units that lead, support or handle something, the best
// first. It changes nothing: other rules on the ledger of last year say what they would
// have said.
func Score(l *ledger.Ledger, r Rules, f *Facts) []UnitScore {
	by := map[string]*UnitScore{}
	var order []string
	// Nobody can appraise a collective whose members are not known.
	isUnit := func(name string) bool { return name != "" && !l.Directory.Collective(name) }
	of := func(unit string) *UnitScore {
		if by[unit] == nil {
			by[unit] = &UnitScore{Unit: unit, Base: r.Score.Base, Score: r.Score.Base}
			order = append(order, unit)
		}
		return by[unit]
	}
	give := func(unit string, n Points, why msg.Text, row, entry string) {
		if !isUnit(unit) || n == 0 {
			return
		}
		u, p := of(unit), Point{Points: n, Why: why, Task: row, Entry: entry}
		if line := l.Line(row); line != nil {
			p.Number, p.Title = line.Number, line.Title
		}
		u.Points = append(u.Points, p)
		u.Score += n
	}
	for _, u := range l.Directory.Units() {
		if slices.ContainsFunc(l.ByUnit, func(c ledger.UnitCounts) bool { return c.Unit == u.Name }) {
			of(u.Name)
		}
	}
	for _, t := range l.Tasks {
		leads := t.Leads
		if len(leads) == 0 {
			leads = []string{t.Lead}
		}
		var supports []string
		for _, s := range t.Support {
			for _, u := range l.Directory.Expand(s) {
				if !slices.Contains(leads, u) && !slices.Contains(supports, u) {
					supports = append(supports, u)
				}
			}
		}
		all := func(n Points, why msg.Text, entry string) {
			for _, u := range leads {
				give(u, n, why, t.ID, entry)
			}
			for _, u := range supports {
				give(u, n.Share(r.Score.Support), msg.New("supervise.why_support", "Why", why), t.ID, entry)
			}
		}
		for _, u := range append(slices.Clone(leads), supports...) {
			if isUnit(u) {
				of(u)
			}
		}
		scoreTask(l, r, f, t, leads, all, give)
	}
	for _, reg := range l.Registers {
		for _, e := range reg.Entries {
			if e.State == due.Overdue || e.State == due.Late {
				for _, u := range e.Units {
					give(u, r.Score.Register, msg.New("supervise.why_register", "Register", reg.Def.Name, "State",
						ledger.StateText(e.State)), e.ID, f.revisionOf(e.ID, e.Source.Name, ""))
				}
			}
		}
	}
	out := make([]UnitScore, 0, len(order))
	for _, u := range order {
		out = append(out, *by[u])
	}
	slices.SortStableFunc(out, func(a, b UnitScore) int { return cmp.Compare(b.Score, a.Score) })
	return out
}

// Ranks are the places of units in an appraisal, from 1; those of one score share one.
func Ranks(list []UnitScore) []int {
	out := make([]int, len(list))
	for i := range list {
		if out[i] = i + 1; i > 0 && list[i].Score == list[i-1].Score {
			out[i] = out[i-1]
		}
	}
	return out
}

func scoreTask(l *ledger.Ledger, r Rules, f *Facts, t *ledger.Task, leads []string, all func(Points, msg.Text, string),
	give func(string, Points, msg.Text, string, string)) {
	for _, a := range t.Acts {
		switch a.Kind {
		case ledger.SendBack:
			all(r.Score.SentBack, msg.New("supervise.why_sent_back", "Day", a.Day.Format("1-02"), "Reason", a.Content),
				a.ID)
		case ledger.Extension:
			if !a.NewDue.IsZero() {
				all(r.Score.Extended, msg.New("supervise.why_extended", "To", a.NewDue.Format("1-02")), a.ID)
			}
		case ledger.Refusal:
			if a.Unit == t.Lead || slices.Contains(t.Leads, a.Unit) {
				give(a.Unit, r.Score.Refused, msg.New("supervise.why_refused", "Day", a.Day.Format("1-02")), t.ID, a.ID)
			}
		}
	}
	entry := func(field string, kinds ...ledger.ActKind) string {
		if a := t.Last(kinds...); a != nil {
			return a.ID
		}
		return f.revisionOf(t.ID, t.Source.Name, field)
	}
	switch {
	case t.Overdue:
		all(r.Score.Overdue, msg.New("supervise.why_overdue", "Days", t.DaysOverdue),
			entry(ledger.FieldDeadline, ledger.Extension))
	case t.Late:
		all(r.Score.Late, msg.New("supervise.why_late", "Day", t.DueNow.Format("1-02")),
			f.revisionOf(t.ID, t.Source.Name, ledger.FieldCompleted))
	case t.Status.Kind == ledger.Done && !t.DueNow.IsZero():
		if d := due.Parse(t.Completed, l.Year, l.Today); d.IsDay() && d.Due.Before(t.DueNow) {
			all(r.Score.Early, msg.New("supervise.why_early", "Day", d.Due.Format("1-02")),
				f.revisionOf(t.ID, t.Source.Name, ledger.FieldCompleted))
		}
	}
	if r.Score.Feedback != 0 {
		for _, u := range leads {
			for _, p := range Feedback(l, t, u, r, f) {
				if !p.Met {
					give(u, r.Score.Feedback, msg.New("supervise.why_feedback", "Day", p.Due.Format("1-02")), t.ID,
						f.revisionOf(t.ID, t.Source.Name, ledger.FieldProgress))
				}
			}
		}
	}
}
