package ledger

import (
	"slices"
	"strings"
)

// taskFields are the fields read from columns of their own, in the usual order;
// every other column is extra.
var taskFields = []string{FieldNumber, FieldCode, FieldSection, FieldTitle, FieldRequirement, FieldLead, FieldSupport,
	FieldLeader, FieldOwner, FieldPhone, FieldDeadline, FieldStatus, FieldProgress, FieldCompleted, FieldProblems,
	FieldNextSteps, FieldEvidence, FieldRemark}

// TaskFields are the fields of a task that columns stand for, in the order in
// which offices usually have them.
func TaskFields() []string { return slices.Clone(taskFields) }

// Text is what the task says in a column, given by its key: a field, with units
// by their canonical names and several of them parted by "、", or a column
// without a known meaning. It is "" for a column that the task's table has not.
func (t *Task) Text(key string) string {
	switch key {
	case FieldNumber:
		return t.Number
	case FieldCode:
		return t.Code
	case FieldSection:
		return t.Section
	case FieldTitle:
		return t.Title
	case FieldRequirement:
		return t.Requirement
	case FieldLead:
		return t.Lead
	case FieldSupport:
		return strings.Join(t.Support, "、")
	case FieldLeader:
		return t.Leader
	case FieldOwner:
		if t.Table != nil && t.Row != nil && t.Table.Index(FieldOwner) >= 0 {
			return t.Table.Live(t.Row, t.Table.Index(FieldOwner)) // with the telephone that stands in the cell
		}
		return t.Owner
	case FieldPhone:
		return t.Phone
	case FieldDeadline:
		return t.Deadline.Text
	case FieldStatus:
		return t.Status.Text
	case FieldProgress:
		return t.Progress
	case FieldCompleted:
		return t.Completed
	case FieldProblems:
		return t.Problems
	case FieldNextSteps:
		return t.NextSteps
	case FieldEvidence:
		return t.Evidence
	case FieldRemark:
		return t.Remark
	case FieldWorkbook:
		if t.Source.Name != "" {
			return t.Source.Name
		}
	}
	for i := range t.Extra {
		if t.Extra[i].Key == key {
			return t.Extra[i].Value
		}
	}
	if t.Table != nil && t.Row != nil {
		return t.Table.Get(t.Row, key)
	}
	return ""
}
