package tui

import (
	"strconv"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

// fieldNames are what fields are called where the workbook has no heading.
var fieldNames = map[string]string{
	ledger.FieldNumber:      "tui.field.number",
	ledger.FieldCode:        "tui.field.code",
	ledger.FieldSection:     "tui.field.section",
	ledger.FieldTitle:       "tui.field.title",
	ledger.FieldRequirement: "tui.field.requirement",
	ledger.FieldLead:        "tui.field.lead",
	ledger.FieldSupport:     "tui.field.support",
	ledger.FieldLeader:      "tui.field.leader",
	ledger.FieldOwner:       "tui.field.owner",
	ledger.FieldPhone:       "tui.field.phone",
	ledger.FieldDeadline:    "tui.field.deadline",
	ledger.FieldStatus:      "tui.field.status",
	ledger.FieldProgress:    "tui.field.progress",
	ledger.FieldCompleted:   "tui.field.completed",
	ledger.FieldProblems:    "tui.field.problems",
	ledger.FieldNextSteps:   "tui.field.next_steps",
	ledger.FieldEvidence:    "tui.field.evidence",
	ledger.FieldRemark:      "tui.field.remark",
	index.StateColumn:       "tui.field.state",
	ledger.EventKind:        "tui.field.kind",
	ledger.EventUnit:        "tui.field.unit",
	ledger.EventDate:        "tui.field.date",
	ledger.EventTopic:       "tui.field.topic",
	ledger.EventPlace:       "tui.field.place",
	ledger.EventPeople:      "tui.field.people",
	ledger.EventParts:       "tui.field.parts",
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
	if k, ok := fieldNames[key]; ok {
		return u.say(k)
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
		return u.say("tui.state.late"), u.th.Dim
	case index.Stale:
		return u.say("tui.state.stale"), u.th.Warn
	}
	if t.Deadline.Kind == ledger.UnknownDeadline {
		return u.say("tui.state.deadline_unknown"), u.th.Dim
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

func (u *ui) statusKind(k string) string {
	switch ledger.StatusKind(k) {
	case ledger.Done:
		return u.say("tui.status.done")
	case ledger.InProgress:
		return u.say("tui.status.in_progress")
	case ledger.NotStarted:
		return u.say("tui.status.not_started")
	case ledger.Ongoing:
		return u.say("tui.status.ongoing")
	}
	return u.say("tui.status.unknown")
}

// requirement is how a requirement stands, in words.
func (u *ui) requirement(s ledger.RequirementState) (string, theme.Style) {
	switch s {
	case ledger.Met:
		return u.say("tui.req.met"), u.th.Good
	case ledger.AtRisk:
		return u.say("tui.req.at_risk"), u.th.Warn
	case ledger.Missed:
		return u.say("tui.req.missed"), u.th.Bad
	}
	return u.say("tui.req.open"), u.th.Info
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
