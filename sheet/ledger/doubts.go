package ledger

import (
	"slices"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// Doubts are what a person should hear who has just put values into the given
// fields of the task or event with that id: values that were taken as typed and
// yet say nothing (a deadline that cannot be read, a unit that nobody knows),
// and an event that counts towards nothing. An event that is yet to be held is
// none: it counts when its day has come. The fields of an event do not matter.
func (l *Ledger) Doubts(id string, fields []string) []msg.Text {
	if t := l.Task(id); t != nil {
		return l.taskDoubts(t, fields)
	}
	for _, e := range l.Events {
		if e.ID == id {
			return l.eventDoubts(e)
		}
	}
	return nil
}

func (l *Ledger) taskDoubts(t *Task, fields []string) (out []msg.Text) {
	if slices.Contains(fields, FieldDeadline) && t.Deadline.Kind == due.Unknown {
		out = append(out, msg.New("ledger.unknown_deadline", "Text", show(t.Deadline.Text)))
	}
	for _, f := range fields {
		if c := t.Table.Index(f); c >= 0 && c < len(t.Row.Values) && t.Table.Live(t.Row, c) != t.Row.Values[c] {
			out = append(out, msg.New("ledger.struck_value", "Value", show(t.Row.Values[c]), "Live",
				show(t.Table.Live(t.Row, c))))
		}
	}
	if !l.Directory.explicit {
		return out // whoever is named in a task is known by it
	}
	var units []string
	if slices.Contains(fields, FieldLead) {
		units = append(units, t.Lead)
	}
	if slices.Contains(fields, FieldSupport) {
		units = append(units, t.Support...)
	}
	for _, u := range units {
		if u != "" && !l.Directory.Known(u) {
			out = append(out, msg.New("ledger.unknown_unit", "Unit", show(u)))
		}
	}
	return out
}

func (l *Ledger) eventDoubts(e *Event) (out []msg.Text) {
	if future := !e.Date.IsZero() && e.Date.After(l.Today) && e.Date.Year() == l.Year; !e.Counts && !future {
		out = append(out, msg.New("ledger.event_not_counted", "Why", e.WhyNot))
	}
	for _, p := range l.Directory.splitUnits(e.Unit) {
		if !l.Directory.Known(p.name) {
			out = append(out, msg.New("ledger.event_unit", "Unit", show(p.name)))
		}
	}
	return out
}
