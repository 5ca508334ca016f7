package summary

import (
	"fmt"
	"slices"
	"strings"

	"taizhang/sheet/ledger"
)

// 年度要求: for each ledger the matrix of units and requirements, and below it
// the events. Both share the columns of the sheet, narrow ones first.
var yearWidths = []float64{6, 24, 15, 15, 14, 15, 9, 18, 36, 26}

var eventHeads = []string{"report.event.number", "report.event.unit", "report.event.kind", "report.event.date",
	"report.event.counts", "report.event.place",
	"report.event.people", "report.event.parts", "report.event.topic", "report.event.evidence"}

// matrix is the requirements of one ledger, by unit.
type matrix struct {
	rules []string // names, in the ledger's order
	units []string // "" for the ledger as a whole, first
	at    map[[2]string]ledger.Requirement
}

func matrixOf(l *ledger.Ledger) matrix {
	m := matrix{at: map[[2]string]ledger.Requirement{}}
	for _, rule := range l.Rules {
		if !slices.Contains(m.rules, rule.Name) {
			m.rules = append(m.rules, rule.Name)
		}
	}
	seen := map[string]bool{}
	for _, r := range l.Requirements {
		if !seen[r.Unit] {
			seen[r.Unit] = true
			m.units = append(m.units, r.Unit)
		}
		m.at[[2]string{r.Unit, r.Name}] = r
	}
	return m
}

// line is a row that is laid out before it is written.
type line struct {
	height float64
	cells  []cell
}

func (b *book) yearSheet() {
	widths := slices.Clone(yearWidths)
	var lines []line
	var merged []int // rows that are merged over all columns
	l := &b.look
	title := func(height float64, style int, text string) {
		lines = append(lines, line{height, append([]cell{{value: text, style: style}},
			blanks(len(yearWidths)-1, style)...)})
		merged = append(merged, len(lines))
	}
	heading := b.say("report.year_title", "Title", b.title())
	title(titleHeight(heading, yearWidths, 34), l.title, heading)
	title(20, l.nav, b.say("report.year_line", "Date", b.date(b.today), "Summary", b.names.summary))
	for i, src := range b.in {
		if b.many {
			title(26, l.section, b.labels[i])
		}
		m := matrixOf(src.Ledger)
		for len(widths) < len(m.rules)+2 {
			widths = append(widths, 15)
		}
		lines = b.matrixLines(lines, m)
		lines = b.eventLines(lines, src.Ledger)
	}
	name := b.names.year
	b.setUp(name, page{widths: widths, last: len(lines), tab: "548235"}, func(r *rows) {
		for _, line := range lines {
			r.add(line.height, line.cells...)
		}
	})
	for _, row := range merged {
		b.merge(name, row, 1, len(yearWidths))
	}
	b.linkTo(name, "A2", b.names.summary)
	b.markStates(name, len(widths), len(lines))
}

// markStates paints the words of the matrix.
func (b *book) markStates(sheet string, columns, last int) {
	var rules []rule
	for _, s := range []struct {
		state ledger.RequirementState
		mark  int
	}{{ledger.Met, b.look.good}, {ledger.Missed, b.look.bad}, {ledger.AtRisk, b.look.warn}} {
		word := b.requirementState(s.state)
		rules = append(rules, rule{fmt.Sprintf("LEFT(C3,%d)=%s", len([]rune(word+b.say("report.opening"))),
			literal(word+b.say("report.opening"))), s.mark})
	}
	b.mark(sheet, fmt.Sprintf("C3:%s%d", colName(columns), max(last, 3)), rules...)
}

func (b *book) matrixLines(lines []line, m matrix) []line {
	l := &b.look
	lines = append(lines, line{26, []cell{{value: b.say("report.matrix"), style: l.section}}})
	if len(m.units) == 0 {
		return append(lines, line{minHeight, []cell{{value: b.say("report.no_rules"), style: l.end}}})
	}
	head := []cell{{value: b.say("report.col.number"), style: l.head}, {value: b.say("report.col.unit"), style: l.head}}
	high := 1
	for _, name := range m.rules {
		head = append(head, cell{value: clean(name), style: l.head})
		high = max(high, linesIn(name, 15))
	}
	lines = append(lines, line{heightFor(high, bodySize) + 4, head})
	first := len(lines) + 1
	for i, u := range m.units {
		name := clean(u)
		if u == "" {
			name = b.say("report.whole")
		}
		cells := []cell{{value: i + 1, style: l.number}, {value: name, style: l.text}}
		for _, rule := range m.rules {
			text := "—"
			if r, ok := m.at[[2]string{u, rule}]; ok {
				text = b.say("report.requirement_cell", "State", b.requirementState(r.State), "Held", r.Held,
					"Required", r.Required)
			}
			cells = append(cells, cell{value: text, style: l.centre})
		}
		lines = append(lines, line{heightFor(linesIn(name, 24), bodySize), cells})
	}
	total := []cell{{style: l.total}, {value: b.say("report.met_units"), style: l.total}}
	met := b.requirementState(ledger.Met)
	for k, rule := range m.rules {
		n := 0
		for _, u := range m.units {
			if r, ok := m.at[[2]string{u, rule}]; ok && r.State == ledger.Met {
				n++
			}
		}
		col := colName(k + 3)
		total = append(total, cell{value: n, formula: fmt.Sprintf("COUNTIF(%s%d:%s%d,%s)", col, first, col, len(lines),
			literal(met+"*")), style: l.totalNumber})
	}
	return append(lines, line{minHeight, total})
}

func (b *book) requirementState(r ledger.RequirementState) string { return r.Text().In(b.opt.Lang) }

func (b *book) eventLines(lines []line, led *ledger.Ledger) []line {
	l := &b.look
	lines = append(lines, line{28, []cell{{value: b.say("report.events"), style: l.section}}})
	if len(led.Events) == 0 {
		return append(lines, line{minHeight, []cell{{value: b.say("report.no_events"), style: l.end}}})
	}
	var head []cell
	for _, key := range eventHeads {
		head = append(head, cell{value: b.say(key), style: l.head})
	}
	lines = append(lines, line{26, head})
	for i, e := range led.Events {
		counts := b.say("report.yes")
		if !e.Counts {
			counts = b.say("report.no")
		}
		notes := strings.TrimSpace(e.Evidence)
		if !e.Counts && !e.WhyNot.IsZero() {
			notes = strings.TrimSpace(b.say("report.not_counted", "Why", e.WhyNot.In(b.opt.Lang)) + "\n" + notes)
		}
		if remark := strings.TrimSpace(e.Remark); remark != "" {
			notes = strings.TrimSpace(notes + "\n" + remark)
		}
		var day any = e.DateText
		style := l.centre
		if !e.Date.IsZero() {
			day, style = e.Date, l.date
		}
		cells := []cell{
			{value: i + 1, style: l.number}, {value: e.Unit, style: l.text}, {value: e.KindText, style: l.centre},
			{value: day, style: style}, {value: counts, style: l.centre},
			{value: e.Place, style: l.centre}, {value: figure(e.People), style: l.centre},
			{value: e.Parts, style: l.centre}, {value: e.Topic, style: l.text}, {value: notes, style: l.text},
		}
		high := 1
		for k, c := range cells {
			if s, ok := c.value.(string); ok {
				high = max(high, linesIn(s, yearWidths[k]))
			}
		}
		lines = append(lines, line{heightFor(high, bodySize), cells})
	}
	return lines
}
