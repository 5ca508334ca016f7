package print

import (
	"slices"
	"strconv"
	"strings"
	"taizhang/sheet/ledger"
	"time"
)

// colDue is the day that the deadline comes to, which no workbook has a column for.
const colDue = "due"

// TaskColumns are the columns that text and CSV know of a task: its fields, and
// behind the deadline the day that it comes to.
var TaskColumns = func() []string {
	fields := ledger.TaskFields()
	return slices.Insert(fields, slices.Index(fields, ledger.FieldDeadline)+1, colDue)
}()

// CellText is what a task says in one of these columns.
func CellText(t *ledger.Task, column string) string {
	if column == colDue {
		return Date(t.DueNow)
	}
	return t.Text(column)
}

// FieldName is what a field is called; a column without a known meaning goes by
// its key.
func (p *Printer) FieldName(key string) string {
	if key == colDue {
		return p.Say("cmd.field_due")
	}
	if name := ledger.FieldText(key).In(p.Lang); name != "" {
		return name
	}
	return key
}

// Date is a day as scripts read it, "" for none.
func Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// statusWord is the status as the ledger words it, or what it means if the cell
// is empty.
func (p *Printer) statusWord(s ledger.Status) string {
	if s.Text != "" {
		return s.Text
	}
	return s.Kind.Text().In(p.Lang)
}

// marks says in words what is the matter with a task.
func (p *Printer) marks(t *ledger.Task) string {
	var out []string
	if t.Overdue {
		out = append(out, p.Say("cmd.mark_overdue", "Days", t.DaysOverdue))
	}
	if t.DueSoon {
		out = append(out, ledger.TimingDueSoon.Text().In(p.Lang))
	}
	if t.Late {
		out = append(out, ledger.TimingLate.Text().In(p.Lang))
	}
	if t.Stale {
		out = append(out, ledger.TimingStale.Text().In(p.Lang))
	}
	if word := p.reviewWord(t); word != "" {
		out = append(out, word)
	}
	if t.Extended > 0 {
		out = append(out, p.Say("cmd.mark_extended", "N", t.Extended))
	}
	return strings.Join(out, p.Say("cmd.comma"))
}

func number(n int) string { return strconv.Itoa(n) }
