package print

import (
	"encoding/csv"
	"strconv"
	"strings"
	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// CSV prints records for a spreadsheet program; see the package comment.
func (p *Printer) CSV(records [][]string) error {
	if _, err := p.file.WriteString("\ufeff"); err != nil {
		return err
	}
	m := p.Measure()
	w := csv.NewWriter(p.file)
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

func (p *Printer) tasksCSV(l *ledger.Ledger, tasks []*ledger.Task) error {
	return p.CSV(p.taskRecords(l, tasks))
}

// taskRecords are the tasks, headings first.
func (p *Printer) taskRecords(l *ledger.Ledger, tasks []*ledger.Task) [][]string {
	head := make([]string, 0, len(TaskColumns)+8)
	for _, c := range TaskColumns {
		head = append(head, p.FieldName(c))
	}
	head = append(head, p.Say("cmd.field_meaning"), p.Say("cmd.field_days_overdue"), p.Say("cmd.field_marks"),
		p.Say("cmd.field_sheet"), p.Say("cmd.field_row"), "ID")
	head = p.withWorkbook(l, head)
	extra := extraColumns(tasks)
	for _, e := range extra {
		head = append(head, e.Heading)
	}
	records := [][]string{head}
	for _, t := range tasks {
		r := make([]string, 0, len(head))
		for _, c := range TaskColumns {
			r = append(r, CellText(t, c))
		}
		r = append(r, t.Status.Kind.Text().In(p.Lang), number(t.DaysOverdue), p.marks(t), t.Source.Sheet,
			number(t.Source.Row), t.ID)
		r = inWorkbook(t.Source.Name, r)
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

func (p *Printer) statusCSV(s *syncer.Snapshot) error {
	records := [][]string{append([]string{p.FieldName(ledger.FieldLead)}, p.countHeads()...)}
	for _, u := range s.Ledger.ByUnit {
		records = append(records, append([]string{p.unitName(u.Unit)}, countCells(u.Counts)...))
	}
	records = append(records, append([]string{p.Say("cmd.total")}, countCells(s.Ledger.Totals)...))
	return p.CSV(records)
}

func (p *Printer) requirementsCSV(l *ledger.Ledger) error {
	records := [][]string{p.requirementHeads()}
	for _, r := range allRequirements(l) {
		records = append(records, p.requirementCells(r))
	}
	return p.CSV(records)
}
