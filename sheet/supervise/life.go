package supervise

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// Moment is one thing that happened to a task.
type Moment struct {
	Day   time.Time
	Kind  ledger.ActKind
	Text  msg.Text // 签收 3-03
	Entry string   // id of the entry of the record that says so; "" if the history does
}

// Life is what happened to a task, in the order of time: entries of the record, and what
// the history tells by itself. A copy that came back is a receipt; a change of the
// progress by the unit is a feedback; a state that became done is a report.
func Life(l *ledger.Ledger, t *ledger.Task, f *Facts) []Moment {
	var out []Moment
	say := func(day time.Time, kind ledger.ActKind, key string, entry string, pairs ...any) {
		pairs = append(pairs, "Day", day.Format("1-02"))
		out = append(out, Moment{Day: day, Kind: kind, Text: msg.New(key, pairs...), Entry: entry})
	}
	has := func(kind ledger.ActKind) bool { return t.Last(kind) != nil }
	for _, a := range t.Acts {
		key, pairs := "supervise.moment", []any{"What", a.Word}
		switch {
		case a.Kind == ledger.Extension && !a.NewDue.IsZero():
			key, pairs = "supervise.extended", []any{"To", a.NewDue.Format("1-02")}
		case (a.Kind == ledger.Report || a.Kind == ledger.Receipt || a.Kind == ledger.Refusal) && len(t.Leads) > 0:
			key, pairs = "supervise.moment_of", []any{"What", a.Word, "Unit", a.Unit}
		}
		say(a.Day, a.Kind, key, a.ID, pairs...)
	}
	assigned := time.Time{}
	if a := t.Last(ledger.Assigned); a != nil {
		assigned = a.Day
	}
	if sent := firstSending(f, t.Lead, time.Time{}, false); assigned.IsZero() && !sent.IsZero() {
		assigned = sent
		say(sent, ledger.Assigned, "supervise.assigned", "")
	}
	if back := firstSending(f, t.Lead, assigned, true); !has(ledger.Receipt) && !assigned.IsZero() && !back.IsZero() {
		say(back, ledger.Receipt, "supervise.received", "")
	}
	feedback, last := 0, time.Time{}
	for _, c := range f.Of(t.ID) {
		switch day := dayOf(c.At); {
		case c.Field == ledger.FieldProgress && strings.TrimSpace(c.To) != "" && c.by(t) != "":
			if !day.Equal(last) {
				feedback++
			}
			last = day
		case c.Field == ledger.FieldStatus && c.What == "" && isDone(l, c.To) && !isDone(l, c.From):
			if !slices.ContainsFunc(t.Acts, func(a *ledger.Act) bool {
				return a.Kind == ledger.Report &&
					a.Day.Equal(day)
			}) {
				say(day, ledger.Report, "supervise.reported", "")
			}
		case c.Field == ledger.FieldStatus && c.What == "" && !isDone(l, c.To) && isDone(l, c.From):
			say(day, "", "supervise.reopened", "")
		}
	}
	switch {
	case feedback == 1:
		say(last, ledger.Feedback, "supervise.feedback", "")
	case feedback > 1:
		say(last, ledger.Feedback, "supervise.feedbacks", "", "N", feedback)
	}
	slices.SortStableFunc(out, func(a, b Moment) int {
		return cmp.Or(a.Day.Compare(b.Day),
			order(a.Kind)-order(b.Kind))
	})
	return out
}

// order is that of things that happen on one day.
func order(k ledger.ActKind) int {
	return slices.Index([]ledger.ActKind{ledger.Instruction, ledger.Meeting, ledger.Assigned, ledger.Receipt,
		ledger.NoticeSent, ledger.Feedback, ledger.Report,
		ledger.Request, ledger.Refusal, ledger.Proof, ledger.Denial, ledger.Extension, ledger.SendBack, ledger.Accept},
		k)
}

func isDone(l *ledger.Ledger, status string) bool {
	return ledger.ParseStatus(status, l.Options()).Kind == ledger.Done
}

// firstSending is the first day from after on on which a copy went out to a unit, or
// came back from it; zero if none did.
func firstSending(f *Facts, unit string, after time.Time, back bool) time.Time {
	if f == nil || unit == "" {
		return time.Time{}
	}
	list := f.Sent
	if back {
		list = f.Back
	}
	for _, s := range list {
		if day := dayOf(s.At); s.Unit == unit && !day.Before(after) {
			return day
		}
	}
	return time.Time{}
}

// Line is a life on one line: 交办 3-01 · 签收 3-03.
func Line(life []Moment, lang msg.Lang) string {
	var parts []string
	for _, m := range life {
		parts = append(parts, m.Text.In(lang))
	}
	return strings.Join(parts, " · ")
}

// Silent is for how many days a unit has not answered what was assigned to it: no
// receipt, no entry of its own, no change. 0 where it has, or nothing was assigned.
func Silent(l *ledger.Ledger, t *ledger.Task, f *Facts) int {
	life := Life(l, t, f)
	var since time.Time
	for _, m := range life {
		switch {
		case m.Kind == ledger.Assigned:
			since = m.Day
		case slices.Contains(ledger.UnitActs, m.Kind):
			return 0
		}
	}
	if since.IsZero() || t.Status.Kind == ledger.Done {
		return 0
	}
	return max(0, int(l.Today.Sub(since).Hours()/24))
}
