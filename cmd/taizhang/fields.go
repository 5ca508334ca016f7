package main

import (
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
)

// taskField is a field of a task as text and CSV show it.
type taskField struct {
	name  string
	value func(*ledger.Task) string
}

// colDue is the day that the deadline comes to, which no workbook has a column for.
const colDue = "due"

// taskFields are the fields that come from columns, in the usual order.
var taskFields = []taskField{
	{ledger.FieldNumber, func(t *ledger.Task) string { return t.Number }},
	{ledger.FieldCode, func(t *ledger.Task) string { return t.Code }},
	{ledger.FieldSection, func(t *ledger.Task) string { return t.Section }},
	{ledger.FieldTitle, func(t *ledger.Task) string { return t.Title }},
	{ledger.FieldRequirement, func(t *ledger.Task) string { return t.Requirement }},
	{ledger.FieldLead, func(t *ledger.Task) string { return t.Lead }},
	{ledger.FieldSupport, func(t *ledger.Task) string { return strings.Join(t.Support, "、") }},
	{ledger.FieldLeader, func(t *ledger.Task) string { return t.Leader }},
	{ledger.FieldOwner, func(t *ledger.Task) string { return t.Owner }},
	{ledger.FieldPhone, func(t *ledger.Task) string { return t.Phone }},
	{ledger.FieldDeadline, func(t *ledger.Task) string { return t.Deadline.Text }},
	{colDue, func(t *ledger.Task) string { return date(t.Deadline.Due) }},
	{ledger.FieldStatus, func(t *ledger.Task) string { return t.Status.Text }},
	{ledger.FieldProgress, func(t *ledger.Task) string { return t.Progress }},
	{ledger.FieldCompleted, func(t *ledger.Task) string { return t.Completed }},
	{ledger.FieldProblems, func(t *ledger.Task) string { return t.Problems }},
	{ledger.FieldNextSteps, func(t *ledger.Task) string { return t.NextSteps }},
	{ledger.FieldEvidence, func(t *ledger.Task) string { return t.Evidence }},
	{ledger.FieldRemark, func(t *ledger.Task) string { return t.Remark }},
}

// fieldName is what a field is called; a column without a known meaning goes by
// its key.
func (a *app) fieldName(key string) string {
	if key == colDue {
		return a.say("cmd.field_due")
	}
	if name := ledger.FieldText(key).In(a.lang); name != "" {
		return name
	}
	return key
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
	return s.Kind.Text().In(a.lang)
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

func number(n int) string { return strconv.Itoa(n) }
