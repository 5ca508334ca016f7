package tui

import (
	"strconv"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

// fieldName is what a field is called where the workbook has no heading; "" if
// there is no such field.
func (u *ui) fieldName(key string) string {
	if key == index.StateColumn {
		return u.say("tui.field.state")
	}
	return ledger.FieldText(key).In(u.lang)
}

// field is what a column is called: its heading in the workbook, which the
// office knows, or else the field's name.
func (u *ui) field(key string) string {
	if u.x != nil {
		for _, c := range u.x.Columns {
			if c.Key == key && c.Short != "" {
				return u.Clean(c.Short)
			}
		}
	}
	if name := u.fieldName(key); name != "" {
		return name
	}
	return u.Clean(key)
}

// state is what a task's dates say about it, in words.
func (u *ui) state(t *ledger.Task) (string, theme.Style) {
	k, days := index.State(t, u.x.Ledger.Today)
	switch k {
	case index.Overdue:
		return u.say("tui.state.overdue_days", "Days", days), u.th.Bad
	case index.Soon:
		if days <= 0 {
			return u.say("tui.state.today"), u.th.Warn
		}
		return u.say("tui.state.soon_days", "Days", days), u.th.Warn
	case index.Late:
		return ledger.TimingLate.Text().In(u.lang), u.th.Dim
	case index.Stale:
		return ledger.TimingStale.Text().In(u.lang), u.th.Warn
	}
	if t.Deadline.Kind == due.Unknown {
		return ledger.TimingUnclear.Text().In(u.lang), u.th.Dim
	}
	return "", u.th.Text
}

// status is how far a task is: the ledger's own word, and ours beside it where
// the ledger has none.
func (u *ui) status(t *ledger.Task) (string, theme.Style) {
	word := u.Clean(t.Status.Text)
	if word == "" {
		word = u.statusKind(string(t.Status.Kind))
	}
	return word, u.statusStyle(t.Status.Kind)
}

func (u *ui) statusStyle(k ledger.StatusKind) theme.Style {
	switch k {
	case ledger.Done:
		return u.th.Good
	case ledger.InProgress:
		return u.th.Info
	case ledger.Ongoing:
		return u.th.Dim
	case ledger.NotStarted:
		return u.th.Idle
	}
	return u.th.Warn
}

func (u *ui) statusKind(k string) string { return ledger.StatusKind(k).Text().In(u.lang) }

// requirement is how a requirement stands, in words.
func (u *ui) requirement(s ledger.RequirementState) (string, theme.Style) {
	style := u.th.Info
	switch s {
	case ledger.Met:
		style = u.th.Good
	case ledger.AtRisk:
		style = u.th.Warn
	case ledger.Missed:
		style = u.th.Bad
	}
	return s.Text().In(u.lang), style
}

// unit is a unit's name, or words for "none".
func (u *ui) unit(name string) string {
	if name == "" {
		return u.say("tui.unit.none")
	}
	return u.Clean(name)
}

func (u *ui) group(by, name string) string {
	switch {
	case by == index.ByStatus:
		return u.statusKind(name)
	case by == index.ByMonth && name == "":
		return u.say("tui.group.no_date")
	case by == index.ByMonth:
		if t, err := time.Parse("2006-01", name); err == nil {
			return u.month(t)
		}
	case by == index.ByUnit:
		return u.unit(name)
	case name == "":
		return u.say("tui.group.none")
	}
	return u.Clean(name)
}

func (u *ui) month(t time.Time) string {
	return u.say("tui.month", "Year", t.Year(), "Month", int(t.Month()))
}

func (u *ui) date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02")
}

// name is a task as people refer to it.
func (u *ui) name(t *ledger.Task) string {
	title := u.Clean(t.Title)
	if title == "" {
		title = u.Clean(t.Requirement)
	}
	if t.Number == "" {
		return title
	}
	return u.Clean(t.Number) + " " + title
}

// why puts an error into words.
func (u *ui) why(err error) (sentence, hint string) {
	s, h := msg.Explain(u.lang, err)
	return u.Clean(s), u.Clean(h)
}

func itoa(n int) string { return strconv.Itoa(n) }
