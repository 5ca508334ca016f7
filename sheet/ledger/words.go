package ledger

import (
	"strings"
	"sync"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Text is the state in a word, the same wherever it is shown. What no status
// says is the zero kind's too.
func (k StatusKind) Text() msg.Text {
	switch k {
	case NotStarted:
		return msg.New("ledger.status.not_started")
	case InProgress:
		return msg.New("ledger.status.in_progress")
	case Done:
		return msg.New("ledger.status.done")
	case Ongoing:
		return msg.New("ledger.status.ongoing")
	}
	return msg.New("ledger.status.unknown")
}

// Text is the state in a word, the same wherever it is shown.
func (s RequirementState) Text() msg.Text {
	switch s {
	case Met:
		return msg.New("ledger.state.met")
	case AtRisk:
		return msg.New("ledger.state.at_risk")
	case Missed:
		return msg.New("ledger.state.missed")
	}
	return msg.New("ledger.state.open")
}

// Timing is what a task's dates say about it.
type Timing string

// A task may be overdue, due soon and stale at once.
const (
	TimingOverdue Timing = "overdue"
	TimingDueSoon Timing = "due_soon"
	TimingLate    Timing = "late"    // done after its date
	TimingStale   Timing = "stale"   // open, and unchanged for long
	TimingUnclear Timing = "unclear" // the deadline cannot be read
)

// Text is the timing in a word, the same wherever it is shown; zero if there is
// no such timing.
func (t Timing) Text() msg.Text {
	switch t {
	case TimingOverdue:
		return msg.New("ledger.timing.overdue")
	case TimingDueSoon:
		return msg.New("ledger.timing.due_soon")
	case TimingLate:
		return msg.New("ledger.timing.late")
	case TimingStale:
		return msg.New("ledger.timing.stale")
	case TimingUnclear:
		return msg.New("ledger.timing.unclear")
	}
	return msg.Text{}
}

// FieldSheet is not a column: it stands for the sheet of a row where changes are
// told (store.SheetKey).
const FieldSheet = "@sheet"

var fieldTexts = map[string]msg.Text{
	FieldNumber:      msg.New("ledger.field.number"),
	FieldCode:        msg.New("ledger.field.code"),
	FieldSection:     msg.New("ledger.field.section"),
	FieldTitle:       msg.New("ledger.field.title"),
	FieldRequirement: msg.New("ledger.field.requirement"),
	FieldLead:        msg.New("ledger.field.lead"),
	FieldSupport:     msg.New("ledger.field.support"),
	FieldLeader:      msg.New("ledger.field.leader"),
	FieldOwner:       msg.New("ledger.field.owner"),
	FieldPhone:       msg.New("ledger.field.phone"),
	FieldDeadline:    msg.New("ledger.field.deadline"),
	FieldStatus:      msg.New("ledger.field.status"),
	FieldProgress:    msg.New("ledger.field.progress"),
	FieldCompleted:   msg.New("ledger.field.completed"),
	FieldProblems:    msg.New("ledger.field.problems"),
	FieldNextSteps:   msg.New("ledger.field.next_steps"),
	FieldEvidence:    msg.New("ledger.field.evidence"),
	FieldRemark:      msg.New("ledger.field.remark"),
	FieldWorkbook:    msg.New("ledger.field.workbook"),
	FieldSheet:       msg.New("ledger.field.sheet"),
	EventKind:        msg.New("ledger.field.kind"),
	EventUnit:        msg.New("ledger.field.unit"),
	EventDate:        msg.New("ledger.field.date"),
	EventTopic:       msg.New("ledger.field.topic"),
	EventPlace:       msg.New("ledger.field.place"),
	EventPeople:      msg.New("ledger.field.people"),
	EventParts:       msg.New("ledger.field.parts"),
	UnitName:         msg.New("ledger.field.name"),
	UnitAliases:      msg.New("ledger.field.aliases"),
	UnitGroups:       msg.New("ledger.field.groups"),
	UnitContact:      msg.New("ledger.field.contact"),
	RuleMin:          msg.New("ledger.field.min"),
	RuleScope:        msg.New("ledger.field.scope"),
	RuleUnits:        msg.New("ledger.field.units"),
	RuleDue:          msg.New("ledger.field.due"),
	RuleNeeds:        msg.New("ledger.field.needs"),
}

// FieldText is what a field of any table is called where the workbook has no
// heading of its own for it; zero if there is no such field.
func FieldText(field string) msg.Text {
	if t, ok := fieldTexts[field]; ok {
		return t
	}
	if registerFields()[field] {
		return msg.New("ledger.field." + field)
	}
	if letters, ok := strings.CutPrefix(field, table.NoHeading); ok {
		return msg.New("ledger.no_heading", "Column", letters)
	}
	return msg.Text{}
}

// registerFields are the fields of the registers that come with the program.
var registerFields = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, d := range builtinRegisters() {
		for _, f := range d.Fields {
			out[f.Name] = true
		}
	}
	return out
})
