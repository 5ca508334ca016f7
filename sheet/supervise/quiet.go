package supervise

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// QuietKind is what sort of change nobody approved.
type QuietKind string

const (
	NotQuiet         QuietKind = ""
	DeadlineMoved    QuietKind = "deadline"    // without an approved extension to that day
	Reworded         QuietKind = "requirement" // by others than the coordinator
	ProgressRepeated QuietKind = "progress"    // word for word for three periods
	Reopened         QuietKind = "reopened"    // a row that was done
	RecordChanged    QuietKind = "record"      // an entry of the supervision record
)

// Quieted is a change and what is quiet about it.
type Quieted struct {
	Change
	Kind QuietKind
}

// Changes are all changes of the history, oldest first, each with what is quiet about it.
func Changes(l *ledger.Ledger, f *Facts, r Rules) []Quieted {
	out := make([]Quieted, 0, len(f.Changes))
	for _, c := range f.Changes {
		if c.What != "" && c.Field != "" {
			continue // the row that came or went tells it
		}
		out = append(out, Quieted{c, quiet(l, c)})
	}
	return append(out, repeated(l, f, r)...)
}

// Quiet are the changes that nobody approved, oldest first. What a coordinator typed in
// the terminal is none.
func Quiet(l *ledger.Ledger, f *Facts, r Rules) []Quieted {
	out := slices.DeleteFunc(Changes(l, f, r), func(q Quieted) bool { return q.Kind == NotQuiet })
	slices.SortStableFunc(out, func(a, b Quieted) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	return out
}

func quiet(l *ledger.Ledger, c Change) QuietKind {
	if c.Here {
		return NotQuiet
	}
	switch {
	case c.Kind == ledger.KindSupervision &&
		(c.What == "" && c.Field != "" || c.What == "deleted" && c.Field == ""):
		return RecordChanged
	case c.Kind != ledger.KindTasks, c.What != "":
		return NotQuiet // rows of registers and events are judged by their clocks
	}
	switch c.Field {
	case ledger.FieldDeadline:
		if strings.TrimSpace(c.From) != "" && !sameDay(l, c.From, c.To) && !approved(l, c) {
			return DeadlineMoved
		}
	case ledger.FieldTitle, ledger.FieldRequirement:
		if strings.TrimSpace(c.From) != "" && squeezed(c.From) != squeezed(c.To) {
			return Reworded
		}
	case ledger.FieldStatus:
		if isDone(l, c.From) && !isDone(l, c.To) && !sentBackBefore(l, c) {
			return Reopened
		}
	}
	return NotQuiet
}

// sameDay reports whether two texts state the same deadline.
func sameDay(l *ledger.Ledger, a, b string) bool {
	x, y := due.Parse(a, l.Year, l.Today), due.Parse(b, l.Year, l.Today)
	return squeezed(a) == squeezed(b) || x.Kind == due.Dated && y.Kind == due.Dated && x.Due.Equal(y.Due)
}

// approved reports whether an entry approves the day to which a deadline was moved.
func approved(l *ledger.Ledger, c Change) bool {
	to := due.Parse(c.To, l.Year, l.Today)
	t := l.Task(c.Row)
	return t != nil && to.Kind == due.Dated && slices.ContainsFunc(t.Acts, func(a *ledger.Act) bool {
		return a.Kind == ledger.Extension && a.NewDue.Equal(to.Due)
	})
}

// sentBackBefore reports whether the task had been sent back: who then says that it is
// not done yet says what was asked for.
func sentBackBefore(l *ledger.Ledger, c Change) bool {
	t := l.Task(c.Row)
	return t != nil && slices.ContainsFunc(t.Acts, func(a *ledger.Act) bool {
		return a.Kind == ledger.SendBack && !a.Day.After(dayOf(c.At))
	})
}

// squeezed is a text without what a program may change by itself.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// periods is for how many periods the same words make a repetition.
const periods = 3

// repeated are the progress texts that a unit handed in word for word in three periods,
// one after the other: it returned its copy, or changed something of the row, in each
// of them, and at the end of each the same text stood there. The change that is told is
// the one that brought the text.
func repeated(l *ledger.Ledger, f *Facts, r Rules) (out []Quieted) {
	cycle := due.Parse(cmp.Or(r.Feedback, "每月底前"), l.Year, l.Today)
	if cycle.Kind != due.Recurring || f == nil {
		return nil
	}
	ends := map[string][]time.Time{} // by workbook
	for name, b := range f.begin {
		for day := cycle.Every.Next(dayOf(b.at)); day.Before(l.Today); day = cycle.Every.Next(day.AddDate(0, 0, 1)) {
			ends[name] = append(ends[name], day)
		}
	}
	for _, t := range l.Tasks {
		if t.Status.Kind == ledger.Done {
			continue
		}
		changes := f.Of(t.ID)
		text, status := startOf(t, changes, ledger.FieldProgress), startOf(t, changes, ledger.FieldStatus)
		same, last, n := "", Change{}, 0
		from := f.known(t)
		for _, end := range ends[t.Source.Name] {
			spoke := slices.ContainsFunc(f.Back, func(b Sending) bool {
				return b.Unit == t.Lead &&
					!dayOf(b.At).Before(from) && !dayOf(b.At).After(end)
			})
			for _, c := range changes {
				if d := dayOf(c.At); d.Before(from) || d.After(end) {
					continue
				}
				spoke = spoke || c.by(t) == t.Lead && c.by(t) != ""
				switch c.Field {
				case ledger.FieldProgress:
					text, last = c.To, c
				case ledger.FieldStatus:
					status = c.To
				}
			}
			from = end.AddDate(0, 0, 1)
			switch now := squeezed(text); {
			case !spoke || now == "" || isDone(l, status):
				n = 0
			case now == same:
				n++
			default:
				n = 1
			}
			if same = squeezed(text); n == periods {
				q := Quieted{last, ProgressRepeated}
				q.Change.Kind, q.Row, q.Number, q.Title, q.Field = ledger.KindTasks, t.ID, t.Number, t.Title,
					ledger.FieldProgress
				q.From, q.To = text, text
				if last.At.IsZero() {
					q.At = end
				}
				if q.Unit == "" {
					q.Unit = t.Lead
				}
				out = append(out, q)
			}
		}
	}
	return out
}

// startOf is what stood in a field of a task before the first of its changes.
func startOf(t *ledger.Task, changes []Change, field string) string {
	for _, c := range changes {
		if c.Field == field {
			return c.From
		}
	}
	return t.Text(field)
}
