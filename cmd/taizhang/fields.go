package main

import (
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// taskField is a field of a task as text and CSV show it.
type taskField struct {
	name    string
	heading msg.Text
	value   func(*ledger.Task) string
}

// taskFields are the fields that come from columns, in the usual order.
var taskFields = []taskField{
	{ledger.FieldNumber, msg.New("cmd.field_number"), func(t *ledger.Task) string { return t.Number }},
	{ledger.FieldCode, msg.New("cmd.field_code"), func(t *ledger.Task) string { return t.Code }},
	{ledger.FieldSection, msg.New("cmd.field_section"), func(t *ledger.Task) string { return t.Section }},
	{ledger.FieldTitle, msg.New("cmd.field_title"), func(t *ledger.Task) string { return t.Title }},
	{ledger.FieldRequirement, msg.New("cmd.field_requirement"), func(t *ledger.Task) string { return t.Requirement }},
	{ledger.FieldLead, msg.New("cmd.field_lead"), func(t *ledger.Task) string { return t.Lead }},
	{ledger.FieldSupport, msg.New("cmd.field_support"), func(t *ledger.Task) string { return strings.Join(t.Support, "、") }},
	{ledger.FieldLeader, msg.New("cmd.field_leader"), func(t *ledger.Task) string { return t.Leader }},
	{ledger.FieldOwner, msg.New("cmd.field_owner"), func(t *ledger.Task) string { return t.Owner }},
	{ledger.FieldPhone, msg.New("cmd.field_phone"), func(t *ledger.Task) string { return t.Phone }},
	{ledger.FieldDeadline, msg.New("cmd.field_deadline"), func(t *ledger.Task) string { return t.Deadline.Text }},
	{"due", msg.New("cmd.field_due"), func(t *ledger.Task) string { return date(t.Deadline.Due) }},
	{ledger.FieldStatus, msg.New("cmd.field_status"), func(t *ledger.Task) string { return t.Status.Text }},
	{ledger.FieldProgress, msg.New("cmd.field_progress"), func(t *ledger.Task) string { return t.Progress }},
	{ledger.FieldCompleted, msg.New("cmd.field_completed"), func(t *ledger.Task) string { return t.Completed }},
	{ledger.FieldProblems, msg.New("cmd.field_problems"), func(t *ledger.Task) string { return t.Problems }},
	{ledger.FieldNextSteps, msg.New("cmd.field_next_steps"), func(t *ledger.Task) string { return t.NextSteps }},
	{ledger.FieldEvidence, msg.New("cmd.field_evidence"), func(t *ledger.Task) string { return t.Evidence }},
	{ledger.FieldRemark, msg.New("cmd.field_remark"), func(t *ledger.Task) string { return t.Remark }},
}

// date is a day as scripts read it, "" for none.
func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// statusWord is the status as the ledger words it, or what it means if the cell
// is empty.
func (a *app) statusWord(s ledger.Status) string {
	if s.Text != "" {
		return s.Text
	}
	return a.statusKind(s.Kind)
}

func (a *app) statusKind(k ledger.StatusKind) string {
	switch k {
	case ledger.NotStarted:
		return a.say("cmd.status_not_started")
	case ledger.InProgress:
		return a.say("cmd.status_in_progress")
	case ledger.Done:
		return a.say("cmd.status_done")
	case ledger.Ongoing:
		return a.say("cmd.status_ongoing")
	}
	return a.say("cmd.status_unknown")
}

// marks says in words what is the matter with a task.
func (a *app) marks(t *ledger.Task) string {
	var out []string
	if t.Overdue {
		out = append(out, a.say("cmd.mark_overdue", "Days", t.DaysOverdue))
	}
	if t.DueSoon {
		out = append(out, a.say("cmd.mark_due_soon"))
	}
	if t.Late {
		out = append(out, a.say("cmd.mark_late"))
	}
	if t.Stale {
		out = append(out, a.say("cmd.mark_stale"))
	}
	return strings.Join(out, a.say("cmd.comma"))
}

func (a *app) requirementState(s ledger.RequirementState) string {
	switch s {
	case ledger.Met:
		return a.say("cmd.state_met")
	case ledger.AtRisk:
		return a.say("cmd.state_at_risk")
	case ledger.Missed:
		return a.say("cmd.state_missed")
	}
	return a.say("cmd.state_open")
}

func number(n int) string { return strconv.Itoa(n) }
