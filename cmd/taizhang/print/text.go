package print

import (
	"fmt"
	"strings"
	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

func (p *Printer) tasksText(l *ledger.Ledger, tasks []*ledger.Task) error {
	if len(tasks) == 0 {
		p.Line(p.Say("cmd.no_tasks"))
		return nil
	}
	th := p.theme()
	heads, names := p.taskNames(l, tasks)
	several := l.Workbooks() != nil
	rows := [][]cell{append(heads, left(p.FieldName(ledger.FieldTitle)), left(p.FieldName(ledger.FieldLead)),
		left(p.FieldName(ledger.FieldDeadline)), left(p.FieldName(ledger.FieldStatus)), left(p.Say("cmd.field_marks")))}
	if several {
		rows[0] = append(rows[0], left(p.FieldName(ledger.FieldWorkbook)))
	}
	for _, t := range tasks {
		mark := left(p.marks(t))
		switch {
		case t.Overdue:
			mark.style = th.Bad
		case t.DueSoon, t.Late, t.Stale:
			mark.style = th.Warn
		}
		status := left(p.statusWord(t.Status))
		if t.Status.Kind == ledger.Done {
			status.style = th.Good
		}
		rows = append(rows, append(names(t), left(t.Title), left(p.unitName(t.Lead)), left(p.deadlineText(t)), status,
			mark))
		if several {
			rows[len(rows)-1] = append(rows[len(rows)-1], left(t.Source.Name))
		}
	}
	p.table(rows)
	p.Line(p.Say("cmd.task_count", "Count", len(tasks)))
	return nil
}

// taskNames are the columns by which a task can be named to set and log: its
// number, its code, and its id where neither names it alone in the ledger. A
// column that would be empty is left out.
func (p *Printer) taskNames(l *ledger.Ledger, tasks []*ledger.Task) ([]cell, func(*ledger.Task) []cell) {
	uses := map[string]int{}
	for _, t := range l.Tasks {
		uses[index.Fold(t.Number)]++
		if index.Fold(t.Code) != index.Fold(t.Number) {
			uses[index.Fold(t.Code)]++
		}
	}
	alone := func(name string) bool { return name != "" && uses[index.Fold(name)] == 1 }
	var number, code, id bool
	for _, t := range tasks {
		number, code = number || t.Number != "", code || t.Code != ""
		id = id || t.ID != "" && !alone(t.Number) && !alone(t.Code)
	}
	pick := func(n, c, i cell) (out []cell) {
		if number {
			out = append(out, n)
		}
		if code {
			out = append(out, c)
		}
		if id {
			out = append(out, i)
		}
		return out
	}
	return pick(right(p.FieldName(ledger.FieldNumber)), left(p.FieldName(ledger.FieldCode)),
			left(p.Say("cmd.field_id"))),
		func(t *ledger.Task) []cell { return pick(right(t.Number), left(t.Code), left(t.ID)) }
}

// deadlineText is the deadline as written, with its date where the text hides it.
func (p *Printer) deadlineText(t *ledger.Task) string {
	due := Date(t.DueNow)
	if due == "" || strings.Contains(t.Deadline.Text, due) {
		return t.Deadline.Text
	}
	return t.Deadline.Text + " (" + due + ")"
}

func (p *Printer) unitName(unit string) string {
	if unit == "" {
		return p.Say("cmd.no_lead")
	}
	return unit
}

func (p *Printer) countHeads() []string {
	return []string{
		p.Say("cmd.count_tasks"), ledger.Done.Text().In(p.Lang), ledger.InProgress.Text().In(p.Lang),
		ledger.NotStarted.Text().In(p.Lang),
		ledger.Ongoing.Text().In(p.Lang), ledger.UnknownStatus.Text().In(p.Lang), p.Say("cmd.count_overdue"),
		p.Say("cmd.count_due_soon"),
	}
}

func countCells(c ledger.Counts) []string {
	return []string{number(c.Tasks), number(c.Done), number(c.InProgress), number(c.NotStarted), number(c.Ongoing),
		number(c.Unknown), number(c.Overdue), number(c.DueSoon)}
}

// Status shows the figures of a ledger, which was called path.
func (p *Printer) Status(path string, s *syncer.Snapshot, csv bool) error {
	switch {
	case p.AsJSON:
		return p.JSON(statusDoc(p.Lang, path, s))
	case csv:
		return p.statusCSV(s)
	}
	return p.statusText(path, s)
}

// Requirements shows how every unit stands with the annual requirements.
func (p *Printer) Requirements(l *ledger.Ledger, csv bool) error {
	switch {
	case p.AsJSON:
		return p.JSON(requirementDocs(allRequirements(l)))
	case csv:
		return p.requirementsCSV(l)
	}
	return p.requirementsText(l)
}

func (p *Printer) statusText(path string, s *syncer.Snapshot) error {
	l, th := s.Ledger, p.theme()
	if l.Title != "" {
		p.Line(l.Title)
	}
	p.Line(p.Say("cmd.status_head", "File", path, "Year", l.Year, "Today", Date(l.Today)))
	fmt.Fprintln(&p.out)
	head := []cell{left(p.FieldName(ledger.FieldLead))}
	for _, h := range p.countHeads() {
		head = append(head, right(h))
	}
	rows := [][]cell{head}
	for _, u := range l.ByUnit {
		rows = append(rows, countRow(th, p.unitName(u.Unit), u.Counts))
	}
	rows = append(rows, countRow(th, p.Say("cmd.total"), l.Totals))
	p.table(rows)
	if t := l.Totals; t.InReview+t.Returned > 0 {
		p.Line(p.Say("cmd.status_review", "InReview", t.InReview, "Returned", t.Returned))
	}
	p.workbooksText(s)
	if len(l.Requirements) > 0 {
		fmt.Fprintln(&p.out)
		p.requirementSummary(l)
	}
	p.StateOfSync(s)
	return nil
}

// workbooksText is a line for each of several workbooks.
func (p *Printer) workbooksText(s *syncer.Snapshot) {
	if len(s.Workbooks) == 0 {
		return
	}
	fmt.Fprintln(&p.out)
	th := p.theme()
	head := []cell{left(p.FieldName(ledger.FieldWorkbook))}
	for _, h := range p.countHeads() {
		head = append(head, right(h))
	}
	head = append(head, right(p.Say("cmd.count_rows")), left(p.Say("cmd.field_state")))
	rows := [][]cell{head}
	for _, w := range s.Workbooks {
		row := countRow(th, w.Name, w.Totals)
		state := left(p.Say("cmd.workbook_well"))
		switch {
		case !w.Open:
			state = cell{text: p.Say("cmd.workbook_shut"), style: th.Bad}
		case w.Trouble != nil:
			state = cell{text: p.Say("cmd.workbook_trouble"), style: th.Bad}
		case w.Conflicts > 0:
			state = cell{text: p.Say("cmd.conflict_count", "Count", w.Conflicts), style: th.Warn}
		case w.Waiting > 0:
			state = cell{text: p.Say("cmd.waiting_count", "Count", w.Waiting), style: th.Warn}
		}
		rows = append(rows, append(row, right(number(w.Rows)), state))
	}
	p.table(rows)
}

func countRow(th theme.Theme, name string, c ledger.Counts) []cell {
	row := []cell{left(name)}
	for _, v := range countCells(c) {
		row = append(row, right(v))
	}
	if c.Overdue > 0 {
		row[len(row)-2].style = th.Bad
	}
	if c.DueSoon > 0 {
		row[len(row)-1].style = th.Warn
	}
	return row
}

// requirementSummary is a line for each requirement: how many of those it
// applies to stand where.
func (p *Printer) requirementSummary(l *ledger.Ledger) {
	var order []string
	names := map[string]string{}
	states := map[string]map[ledger.RequirementState]int{}
	for _, r := range l.Requirements {
		if states[r.Kind] == nil {
			order = append(order, r.Kind)
			states[r.Kind] = map[ledger.RequirementState]int{}
			names[r.Kind] = r.Name
		}
		states[r.Kind][r.State]++
	}
	for _, kind := range order {
		var parts []string
		for _, st := range []ledger.RequirementState{ledger.Met, ledger.Open, ledger.AtRisk, ledger.Missed} {
			if n := states[kind][st]; n > 0 {
				parts = append(parts, st.Text().In(p.Lang)+" "+number(n))
			}
		}
		p.Line(p.Say("cmd.requirement_line", "Name", names[kind], "States", strings.Join(parts, p.Say("cmd.comma"))))
	}
}

func (p *Printer) requirementHeads() []string {
	return []string{p.Say("cmd.field_requirement_name"), p.Say("cmd.field_unit"), p.Say("cmd.field_required"),
		p.Say("cmd.field_held"), p.Say("cmd.field_state"), p.Say("cmd.field_due")}
}

func (p *Printer) requirementCells(r ledger.Requirement) []string {
	unit := r.Unit
	if unit == "" {
		unit = p.Say("cmd.whole_ledger")
	}
	return []string{r.Name, unit, number(r.Required), number(r.Held), r.State.Text().In(p.Lang), Date(r.Due)}
}

func (p *Printer) requirementsText(l *ledger.Ledger) error {
	all := allRequirements(l)
	if len(all) == 0 {
		p.Line(p.Say("cmd.no_requirements"))
		return nil
	}
	th := p.theme()
	styles := map[ledger.RequirementState]theme.Style{ledger.Met: th.Good, ledger.AtRisk: th.Warn,
		ledger.Missed: th.Bad}
	row := func(texts []string, style theme.Style) []cell {
		return []cell{left(texts[0]), left(texts[1]), right(texts[2]), right(texts[3]), {text: texts[4], style: style},
			left(texts[5])}
	}
	rows := [][]cell{row(p.requirementHeads(), theme.Style{})}
	for _, r := range all {
		rows = append(rows, row(p.requirementCells(r), styles[r.State]))
	}
	p.table(rows)
	return nil
}

// Tasks shows some tasks of a ledger.
func (p *Printer) Tasks(l *ledger.Ledger, tasks []*ledger.Task, csv bool) error {
	switch {
	case p.AsJSON:
		return List(p.file, tasks, taskDocOf)
	case csv:
		return p.tasksCSV(l, tasks)
	}
	return p.tasksText(l, tasks)
}
