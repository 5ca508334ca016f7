package main

import (
	"encoding/csv"
	"strconv"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// printCSV prints records for a spreadsheet program; see the package comment.
func (a *app) printCSV(records [][]string) error {
	if _, err := a.out.WriteString("\ufeff"); err != nil {
		return err
	}
	m := a.measure()
	w := csv.NewWriter(a.out)
	for _, r := range records {
		for i := range r {
			r[i] = inert(strings.Join(m.Lines(r[i]), "\n"))
		}
	}
	return w.WriteAll(records)
}

// inert keeps a spreadsheet program from running a text as a formula. Plain
// numbers, which may well begin with a sign, stay as they are.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(s)[0]) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}

func (a *app) tasksCSV(tasks []*ledger.Task) error { return a.printCSV(a.taskRecords(tasks)) }

// taskRecords are the tasks, headings first.
func (a *app) taskRecords(tasks []*ledger.Task) [][]string {
	head := make([]string, 0, len(taskColumns)+8)
	for _, c := range taskColumns {
		head = append(head, a.fieldName(c))
	}
	head = append(head, a.say("cmd.field_meaning"), a.say("cmd.field_days_overdue"), a.say("cmd.field_marks"), a.say("cmd.field_sheet"), a.say("cmd.field_row"), "ID")
	extra := extraColumns(tasks)
	for _, e := range extra {
		head = append(head, e.Heading)
	}
	records := [][]string{head}
	for _, t := range tasks {
		r := make([]string, 0, len(head))
		for _, c := range taskColumns {
			r = append(r, cellText(t, c))
		}
		r = append(r, t.Status.Kind.Text().In(a.lang), number(t.DaysOverdue), a.marks(t), t.Source.Sheet, number(t.Source.Row), t.ID)
		for _, e := range extra {
			r = append(r, t.Text(e.Key))
		}
		records = append(records, r)
	}
	return records
}

// extraColumns are the columns of unknown meaning, as they first appear.
func extraColumns(tasks []*ledger.Task) []ledger.Extra {
	var out []ledger.Extra
	seen := map[string]bool{}
	for _, t := range tasks {
		for _, e := range t.Extra {
			if !seen[e.Key] {
				seen[e.Key] = true
				out = append(out, e)
			}
		}
	}
	return out
}

func (a *app) statusCSV(s *syncer.Snapshot) error {
	records := [][]string{append([]string{a.fieldName(ledger.FieldLead)}, a.countHeads()...)}
	for _, u := range s.Ledger.ByUnit {
		records = append(records, append([]string{a.unitName(u.Unit)}, countCells(u.Counts)...))
	}
	records = append(records, append([]string{a.say("cmd.total")}, countCells(s.Ledger.Totals)...))
	return a.printCSV(records)
}

func (a *app) requirementsCSV(l *ledger.Ledger) error {
	records := [][]string{a.requirementHeads()}
	for _, r := range l.Requirements {
		records = append(records, a.requirementCells(r))
	}
	return a.printCSV(records)
}
