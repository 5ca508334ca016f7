package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/term"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// cell is a text in a table and how it is painted.
type cell struct {
	text  string
	style theme.Style
	right bool // figures stand at the right edge
}

func left(s string) cell  { return cell{text: s} }
func right(s string) cell { return cell{text: s, right: true} }

// gap is what stands between two columns.
const gap = "  "

// widest is how far a column is filled up with spaces at most, in cells of a
// terminal: one long text must not make every line as long.
const widest = 120

// printTable prints rows, the first of which is the heading. On a terminal the
// widest columns give way until a line fits; elsewhere nothing is cut, and a text
// wider than its column moves the rest of its line.
func (a *app) printTable(rows [][]cell) {
	m := a.measure()
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i := range r {
			r[i].text = m.Clean(r[i].text)
			widths[i] = max(widths[i], min(m.Width(r[i].text), widest))
		}
	}
	limit := a.width()
	if limit > 0 {
		shrink(widths, limit-len(gap)*(len(widths)-1))
	}
	th := a.theme()
	for n, r := range rows {
		var b strings.Builder
		for i, c := range r {
			if n == 0 {
				c.style = th.Strong
			}
			if i > 0 {
				b.WriteString(gap)
			}
			width := widths[i]
			if limit == 0 {
				width = max(width, m.Width(c.text))
			}
			b.WriteString(fit(m, c, width, i == len(r)-1))
		}
		fmt.Fprintln(&a.page, strings.TrimRight(b.String(), " "))
	}
}

func fit(m text.Measure, c cell, width int, last bool) string {
	s := ""
	switch {
	case c.right:
		s = m.FitRight(c.text, width)
	case last && m.Width(c.text) <= width:
		s = c.text
	default:
		s = m.Fit(c.text, width)
	}
	body := strings.TrimRight(s, " ")
	return c.style.On(body) + s[len(body):]
}

// shrink takes width from the widest columns until all fit into total. No
// column becomes narrower than a few characters; a terminal narrower than that
// wraps.
func shrink(widths []int, total int) {
	const least = 6
	for sum(widths) > total {
		i := slices.Index(widths, slices.Max(widths))
		if widths[i] <= least {
			return
		}
		widths[i]--
	}
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// width is the terminal's, 0 if out is none.
func (a *app) width() int {
	if !isTerminal(a.out) {
		return 0
	}
	w, _, err := term.GetSize(int(a.out.Fd()))
	if err != nil {
		return 0
	}
	return w
}

// page remembers the first failure of writing, such as a full disk: what was
// printed is then not all there.
type page struct {
	to  io.Writer
	err error
}

func (p *page) Write(data []byte) (int, error) {
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.to.Write(data)
	p.err = err
	return n, err
}

// line prints a sentence on standard output, in one line whatever values stand
// in it: a break of lines in a cell must not look like another sentence.
func (a *app) line(s string) { printLine(&a.page, a.measure(), s) }

func (a *app) tasksText(tasks []*ledger.Task) error {
	if len(tasks) == 0 {
		a.line(a.say("cmd.no_tasks"))
		return nil
	}
	th := a.theme()
	rows := [][]cell{{right(a.fieldName(ledger.FieldNumber)), left(a.fieldName(ledger.FieldTitle)), left(a.fieldName(ledger.FieldLead)),
		left(a.fieldName(ledger.FieldDeadline)), left(a.fieldName(ledger.FieldStatus)), left(a.say("cmd.field_marks"))}}
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
		rows = append(rows, []cell{right(t.Number), left(t.Title), left(a.unitName(t.Lead)), left(a.deadlineText(t)), status, mark})
	}
	a.printTable(rows)
	a.line(a.say("cmd.task_count", "Count", len(tasks)))
	return nil
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
