package main

import (
	"fmt"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/theme"
)

func (a *app) tasksText(l *ledger.Ledger, tasks []*ledger.Task) error {
	if len(tasks) == 0 {
		a.line(a.say("cmd.no_tasks"))
		return nil
	}
	th := a.theme()
	heads, names := a.taskNames(l, tasks)
	rows := [][]cell{append(heads, left(a.fieldName(ledger.FieldTitle)), left(a.fieldName(ledger.FieldLead)),
		left(a.fieldName(ledger.FieldDeadline)), left(a.fieldName(ledger.FieldStatus)), left(a.say("cmd.field_marks")))}
	for _, t := range tasks {
		mark := left(a.marks(t))
		switch {
		case t.Overdue:
			mark.style = th.Bad
		case t.DueSoon, t.Late, t.Stale:
			mark.style = th.Warn
		}
		status := left(a.statusWord(t.Status))
		if t.Status.Kind == ledger.Done {
			status.style = th.Good
		}
		rows = append(rows, append(names(t), left(t.Title), left(a.unitName(t.Lead)), left(a.deadlineText(t)), status, mark))
	}
	a.printTable(rows)
	a.line(a.say("cmd.task_count", "Count", len(tasks)))
	return nil
}

// taskNames are the columns by which a task can be named to set and log: its
// number, its code, and its id where neither names it alone in the ledger. A
// column that would be empty is left out.
func (a *app) taskNames(l *ledger.Ledger, tasks []*ledger.Task) ([]cell, func(*ledger.Task) []cell) {
	uses := map[string]int{}
	for _, t := range l.Tasks {
		uses[fold(t.Number)]++
		if fold(t.Code) != fold(t.Number) {
			uses[fold(t.Code)]++
		}
	}
	alone := func(name string) bool { return name != "" && uses[fold(name)] == 1 }
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
	return pick(right(a.fieldName(ledger.FieldNumber)), left(a.fieldName(ledger.FieldCode)), left(a.say("cmd.field_id"))),
		func(t *ledger.Task) []cell { return pick(right(t.Number), left(t.Code), left(t.ID)) }
}

// deadlineText is the deadline as written, with its date where the text hides it.
func (a *app) deadlineText(t *ledger.Task) string {
	due := date(t.Deadline.Due)
	if due == "" || strings.Contains(t.Deadline.Text, due) {
		return t.Deadline.Text
	}
	return t.Deadline.Text + " (" + due + ")"
}

func (a *app) unitName(unit string) string {
	if unit == "" {
		return a.say("cmd.no_lead")
	}
	return unit
}

func (a *app) countHeads() []string {
	return []string{
		a.say("cmd.count_tasks"), ledger.Done.Text().In(a.lang), ledger.InProgress.Text().In(a.lang), ledger.NotStarted.Text().In(a.lang),
		ledger.Ongoing.Text().In(a.lang), ledger.UnknownStatus.Text().In(a.lang), a.say("cmd.count_overdue"), a.say("cmd.count_due_soon"),
	}
}

func countCells(c ledger.Counts) []string {
	return []string{number(c.Tasks), number(c.Done), number(c.InProgress), number(c.NotStarted), number(c.Ongoing), number(c.Unknown), number(c.Overdue), number(c.DueSoon)}
}

func (a *app) statusText(s *syncer.Snapshot) error {
	l, th := s.Ledger, a.theme()
	if l.Title != "" {
		a.line(l.Title)
	}
	a.line(a.say("cmd.status_head", "File", a.path, "Year", l.Year, "Today", date(l.Today)))
	fmt.Fprintln(&a.page)
	head := []cell{left(a.fieldName(ledger.FieldLead))}
	for _, h := range a.countHeads() {
		head = append(head, right(h))
	}
	rows := [][]cell{head}
	for _, u := range l.ByUnit {
		rows = append(rows, countRow(th, a.unitName(u.Unit), u.Counts))
	}
	rows = append(rows, countRow(th, a.say("cmd.total"), l.Totals))
	a.printTable(rows)
	if len(l.Requirements) > 0 {
		fmt.Fprintln(&a.page)
		a.requirementSummary(l)
	}
	a.stateOfSync(s)
	return nil
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
func (a *app) requirementSummary(l *ledger.Ledger) {
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
				parts = append(parts, st.Text().In(a.lang)+" "+number(n))
			}
		}
		a.line(a.say("cmd.requirement_line", "Name", names[kind], "States", strings.Join(parts, a.say("cmd.comma"))))
	}
}

func (a *app) requirementHeads() []string {
	return []string{a.say("cmd.field_requirement_name"), a.say("cmd.field_unit"), a.say("cmd.field_required"), a.say("cmd.field_held"), a.say("cmd.field_state"), a.say("cmd.field_due")}
}

func (a *app) requirementCells(r ledger.Requirement) []string {
	unit := r.Unit
	if unit == "" {
		unit = a.say("cmd.whole_ledger")
	}
	return []string{r.Name, unit, number(r.Required), number(r.Held), r.State.Text().In(a.lang), date(r.Due)}
}

func (a *app) requirementsText(l *ledger.Ledger) error {
	if len(l.Requirements) == 0 {
		a.line(a.say("cmd.no_requirements"))
		return nil
	}
	th := a.theme()
	styles := map[ledger.RequirementState]theme.Style{ledger.Met: th.Good, ledger.AtRisk: th.Warn, ledger.Missed: th.Bad}
	row := func(texts []string, style theme.Style) []cell {
		return []cell{left(texts[0]), left(texts[1]), right(texts[2]), right(texts[3]), {text: texts[4], style: style}, left(texts[5])}
	}
	rows := [][]cell{row(a.requirementHeads(), theme.Style{})}
	for _, r := range l.Requirements {
		rows = append(rows, row(a.requirementCells(r), styles[r.State]))
	}
	a.printTable(rows)
	return nil
}
