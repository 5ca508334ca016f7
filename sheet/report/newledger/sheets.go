package newledger

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
)

// taskColumn is a column of the task sheet. Group and heading are keys of the
// catalogue; the group is empty where the heading spans both rows.
type taskColumn struct {
	group, heading string
	width          float64
	centre         bool
	value          func(*Task) string
}

// taskColumns are the columns of every new ledger. taskRules names the leads,
// deadlines and states by their letters D, H and I.
var taskColumns = []taskColumn{
	{"", "newledger.number", 6, true, func(*Task) string { return "" }},
	{"", "newledger.title", 20, false, func(t *Task) string { return t.Title }},
	{"", "newledger.content", 34, false, func(t *Task) string { return t.Content }},
	{"newledger.duties", "newledger.lead", 12, true, func(t *Task) string { return t.Lead }},
	{"newledger.duties", "newledger.support", 17, true, func(t *Task) string { return t.Support }},
	{"newledger.duties", "newledger.owner", 8, true, func(t *Task) string { return t.Owner }},
	{"newledger.duties", "newledger.phone", 11, true, func(t *Task) string { return t.Phone }},
	{"newledger.when", "newledger.deadline", 15, true, func(t *Task) string { return t.Deadline }},
	{"newledger.when", "newledger.status", 10, true, func(t *Task) string { return t.Status }},
	{"newledger.when", "newledger.completed", 13, true, func(t *Task) string { return t.Completed }},
	{"newledger.work", "newledger.progress", 32, false, func(t *Task) string { return t.Progress }},
	{"newledger.work", "newledger.problems", 18, false, func(t *Task) string { return t.Problems }},
	{"newledger.work", "newledger.next", 18, false, func(t *Task) string { return t.Next }},
	{"newledger.work", "newledger.evidence", 14, false, func(t *Task) string { return t.Evidence }},
	{"", "newledger.remark", 10, false, func(t *Task) string { return t.Remark }},
}

// leaderColumn stands before the remark where a task has a leader.
var leaderColumn = taskColumn{"", "newledger.leader", 10, true, func(t *Task) string { return t.Leader }}

// positions in taskColumns.
const (
	contentColumn   = 2
	completedColumn = 9
)

// columnsOf are the columns that a ledger's tasks need.
func columnsOf(spec *Spec) []taskColumn {
	for _, sec := range spec.Sections {
		if slices.ContainsFunc(sec.Tasks, func(t Task) bool { return t.Leader != "" }) {
			return slices.Insert(slices.Clone(taskColumns), len(taskColumns)-1, leaderColumn)
		}
	}
	return taskColumns
}

// taskWidths are the columns' widths; that of the content grows with its longest
// text, so that no row becomes taller than a screen.
func taskWidths(spec *Spec, columns []taskColumn) []float64 {
	widths := make([]float64, len(columns))
	for i, col := range columns {
		widths[i] = col.width
	}
	for _, sec := range spec.Sections {
		for _, t := range sec.Tasks {
			for widths[contentColumn] < 80 && fittingHeight([]string{t.Content}, widths[contentColumn:]) > 200 {
				widths[contentColumn] += 4
			}
		}
	}
	return widths
}

func (b *newBook) tasks(spec *Spec) {
	columns := columnsOf(spec)
	s, last := b.say("newledger.sheet"), len(columns)
	widths := taskWidths(spec, columns)
	b.widths(s, widths)
	row := 1
	if spec.Attachment != "" {
		b.set(s, 1, row, b.styles.filed, spec.Attachment)
		b.do(b.SetRowHeight(s, row, 20))
		row++
	}
	b.set(s, 1, row, b.styles.title, spec.Title)
	b.merge(s, 1, row, last, row, b.styles.title)
	b.do(b.SetRowHeight(s, row, 36))
	row++
	if len(spec.Filed) > 0 {
		b.set(s, 1, row, b.styles.filed, spec.Filed[0])
		b.merge(s, 1, row, 5, row, b.styles.filed)
		if len(spec.Filed) > 1 {
			b.set(s, last-4, row, b.styles.filedRight, spec.Filed[1])
			b.merge(s, last-4, row, last, row, b.styles.filedRight)
		}
		b.do(b.SetRowHeight(s, row, 22))
		row++
	}
	header := row
	b.taskHeader(s, header, columns)
	first := header + 2
	row = b.taskRows(spec, s, first, columns, widths)
	lastData := row - 1
	if spec.Note != "" {
		b.set(s, 1, row, b.styles.note, spec.Note)
		b.merge(s, 1, row, last, row, b.styles.note)
		b.do(b.SetRowHeight(s, row, 24))
		row++
	}
	b.taskRules(spec, s, first, lastData)
	b.freeze(s, 2, first-1)
	b.page(s, fmt.Sprintf("$%d:$%d", header, header+1))
	b.do(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area",
		RefersTo: fmt.Sprintf("'%s'!$A$1:%s", s, b.fixed(last, row-1)), Scope: s}))
}

// taskRows writes categories, tasks and prepared rows, and returns the row below.
func (b *newBook) taskRows(spec *Spec, s string, row int, columns []taskColumn, widths []float64) int {
	number, section := 0, ""
	for _, sec := range spec.Sections {
		for _, text := range categories(section, sec.Name) {
			b.set(s, 1, row, b.styles.category, text)
			b.merge(s, 1, row, len(columns), row, b.styles.category)
			b.do(b.SetRowHeight(s, row, 20))
			row++
		}
		section = sec.Name
		from := row
		for i, t := range sec.Tasks {
			number++
			b.task(s, row, number, t, columns, widths)
			if i+1 == len(sec.Tasks) || sec.Tasks[i+1].Lead != t.Lead {
				if t.Lead != "" && spec.MergeLeads {
					b.merge(s, 4, from, 4, row, b.styles.centre)
				}
				from = row + 1
			}
			row++
		}
	}
	for range spec.Blank {
		b.task(s, row, 0, Task{}, columns, widths)
		row++
	}
	return row
}

// taskHeader writes the two header rows: groups over their columns, the other
// headings over both rows.
func (b *newBook) taskHeader(s string, row int, columns []taskColumn) {
	for i := 0; i < len(columns); i++ {
		col := columns[i]
		if col.group == "" {
			b.set(s, i+1, row, b.styles.header, b.say(col.heading))
			b.merge(s, i+1, row, i+1, row+1, b.styles.header)
			continue
		}
		end := i
		for end+1 < len(columns) && columns[end+1].group == col.group {
			end++
		}
		b.set(s, i+1, row, b.styles.header, b.say(col.group))
		b.merge(s, i+1, row, end+1, row, b.styles.header)
		for j := i; j <= end; j++ {
			b.set(s, j+1, row+1, b.styles.header, b.say(columns[j].heading))
		}
		i = end
	}
	b.do(b.SetRowHeight(s, row, 22))
	b.do(b.SetRowHeight(s, row+1, 22))
}

// task writes one row; number 0 is a prepared blank one.
func (b *newBook) task(s string, row, number int, t Task, columns []taskColumn, widths []float64) {
	texts := make([]string, len(columns))
	for i, col := range columns {
		v := col.value(&t)
		texts[i] = v
		style := b.styles.text
		if col.centre {
			style = b.styles.centre
		}
		switch {
		case i == 0 && number > 0:
			b.set(s, 1, row, style, number)
		case i == completedColumn:
			b.set(s, i+1, row, b.styles.date, v)
		default:
			b.set(s, i+1, row, style, v)
		}
	}
	b.do(b.SetRowHeight(s, row, max(22, fittingHeight(texts, widths))))
}

// taskRules adds the drop-down lists and the conditional formats.
func (b *newBook) taskRules(spec *Spec, s string, first, last int) {
	cells := func(col string) string { return fmt.Sprintf("%s%d:%s%d", col, first, col, last) }
	b.list(s, cells("I"), spec.Statuses, "", false)
	if n := len(spec.Units) + spec.Blank; n > 0 {
		b.list(s, cells("D"), nil, fmt.Sprintf("%s!$A$3:$A$%d", b.say("ledger.sheet.units"), n+2), false)
	}
	format := func(font, fill string) *int {
		id, err := b.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: font},
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}})
		b.do(err)
		return &id
	}
	rule := func(criteria string, id *int) excelize.ConditionalFormatOptions {
		return excelize.ConditionalFormatOptions{Type: "formula", Criteria: criteria, Format: id}
	}
	colours := map[ledger.StatusKind][2]string{ledger.Done: {"375623", "E2EFDA"},
		ledger.InProgress: {"7F6000", "FFF2CC"}, ledger.Ongoing: {"1F4E78", "DDEBF7"}}
	var states []excelize.ConditionalFormatOptions
	done := ""
	for _, word := range spec.Statuses {
		kind := ledger.ParseStatus(word, ledger.Options{}).Kind
		quoted := `"` + strings.ReplaceAll(word, `"`, `""`) + `"`
		if c, ok := colours[kind]; ok {
			states = append(states, rule(fmt.Sprintf(`$I%d=%s`, first, quoted), format(c[0], c[1])))
		}
		if kind == ledger.Done {
			done += fmt.Sprintf(`,$I%d<>%s`, first, quoted)
		}
	}
	if states != nil {
		b.do(b.SetConditionalFormat(s, cells("I"), states))
	}
	b.do(b.SetConditionalFormat(s, cells("H"), []excelize.ConditionalFormatOptions{
		rule(fmt.Sprintf(`AND(ISNUMBER($H%d),$H%d<TODAY()%s)`, first, first, done), format("9C0006", "FFC7CE")),
	}))
}

// plain writes a sheet of one title, one header, rows and prepared rows, and
// returns the last of them. The columns in dates, counted from 1, hold dates.
func (b *newBook) plain(s, title string, headings []string, widths []float64, dates []int, rows [][]any,
	blank int) int {
	b.widths(s, widths)
	b.set(s, 1, 1, b.styles.title, title)
	b.merge(s, 1, 1, len(headings), 1, b.styles.title)
	b.do(b.SetRowHeight(s, 1, 36))
	for i, heading := range headings {
		b.set(s, i+1, 2, b.styles.header, heading)
	}
	b.do(b.SetRowHeight(s, 2, 24))
	last := len(rows) + blank + 2
	for r := 3; r <= last; r++ {
		values := make([]any, len(headings))
		if r-3 < len(rows) {
			values = rows[r-3]
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if v != nil {
				texts[i] = fmt.Sprint(v)
			}
			style := b.styles.centre
			if slices.Contains(dates, i+1) {
				style = b.styles.date
			}
			b.set(s, i+1, r, style, v)
		}
		b.do(b.SetRowHeight(s, r, max(22, fittingHeight(texts, widths))))
	}
	b.freeze(s, 1, 2)
	b.page(s, "$2:$2")
	return last
}

func (b *newBook) events(spec *Spec) {
	var rows [][]any
	for _, e := range spec.Events {
		rows = append(rows, []any{e.Kind, e.Unit, e.Date, e.Topic, e.Place, e.People, e.Parts, e.Evidence, e.Remark})
	}
	s := b.say("ledger.sheet.activities")
	last := b.plain(s, b.say("newledger.events", "Year", spec.Year),
		b.words("ledger.heading.kind", "ledger.heading.unit", "ledger.heading.date", "ledger.heading.topic",
			"ledger.heading.place",
			"ledger.heading.people", "ledger.heading.parts", "ledger.heading.evidence", "ledger.heading.remark"),
		[]float64{10, 24, 13, 26, 22, 8, 20, 20, 18}, []int{3}, rows, spec.Blank)
	var kinds []string
	for _, r := range spec.Requirements {
		kinds = append(kinds, r.Kind)
	}
	if len(kinds) > 0 && last > 2 {
		b.list(s, fmt.Sprintf("A3:A%d", last), kinds, "", false)
	}
}

// registers writes a sheet for each register, as the one looks that is made when its
// first row is recorded.
func (b *newBook) registers(spec *Spec) {
	l := ledger.Build(nil, ledger.Options{Units: spec.Units})
	for _, r := range spec.Registers {
		def := l.RegisterDef(r.Kind)
		if def == nil {
			b.do(fmt.Errorf("there is no register %q", r.Kind))
			return
		}
		n := l.RegisterSheet(def)
		_, err := b.NewSheet(n.Name)
		b.do(err)
		rows := make([][]any, len(r.Rows))
		for i, values := range r.Rows {
			for field := range values {
				if def.Field(field) == nil {
					b.do(fmt.Errorf("the register %q has no field %q", r.Kind, field))
				}
			}
			for _, f := range def.Fields {
				v := any(values[f.Name])
				if amount, err := strconv.Atoi(values[f.Name]); err == nil && f.Type == ledger.AmountField {
					v = amount
				}
				rows[i] = append(rows[i], v)
			}
		}
		last := b.plain(n.Name, n.Title, n.Header, n.Widths, n.Dates, rows, spec.Blank)
		for _, col := range slices.Sorted(maps.Keys(n.Lists)) {
			b.list(n.Name, b.at(col, 3)+":"+b.at(col, last), n.Lists[col], "",
				slices.Contains(n.Open, col))
		}
	}
}

// words are sentences of the catalogue by their keys.
func (b *newBook) words(keys ...string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = b.say(key)
	}
	return out
}

func (b *newBook) rules(spec *Spec) {
	var rows [][]any
	for _, r := range spec.Requirements {
		rows = append(rows, []any{r.Name, r.Kind, r.Min, r.Scope, r.Units, r.Due, r.Needs})
	}
	b.plain(b.say("ledger.sheet.requirements"), b.say("newledger.rules", "Year", spec.Year),
		b.words("ledger.heading.requirement", "ledger.heading.kind", "ledger.heading.min", "ledger.heading.scope",
			"ledger.heading.unit", "ledger.heading.due", "ledger.heading.needs"),
		[]float64{22, 10, 10, 10, 28, 16, 32}, nil, rows, spec.Blank)
}

func (b *newBook) units(spec *Spec) {
	var rows [][]any
	for _, u := range spec.Units {
		rows = append(rows, []any{u.Name, strings.Join(u.Aliases, "、"), strings.Join(u.Groups, "、"), u.Contact,
			u.Phone})
	}
	b.plain(b.say("ledger.sheet.units"), b.say("newledger.directory"),
		b.words("ledger.heading.unit_name", "ledger.heading.aliases", "ledger.heading.groups", "ledger.heading.contact",
			"ledger.heading.phone"),
		[]float64{22, 24, 26, 12, 16}, nil, rows, spec.Blank)
}
