package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ledger"
)

// colDue is the day that the deadline comes to, which no workbook has a column for.
const colDue = "due"

// taskColumns are the columns that text and CSV know of a task: its fields, and
// behind the deadline the day that it comes to.
var taskColumns = func() []string {
	fields := ledger.TaskFields()
	return slices.Insert(fields, slices.Index(fields, ledger.FieldDeadline)+1, colDue)
}()

// cellText is what a task says in one of these columns.
func cellText(t *ledger.Task, column string) string {
	if column == colDue {
		return date(t.Deadline.Due)
	}
	return t.Text(column)
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
		out = append(out, ledger.TimingDueSoon.Text().In(a.lang))
	}
	if t.Late {
		out = append(out, ledger.TimingLate.Text().In(a.lang))
	}
	if t.Stale {
		out = append(out, ledger.TimingStale.Text().In(a.lang))
	}
	return strings.Join(out, a.say("cmd.comma"))
}

func number(n int) string { return strconv.Itoa(n) }
