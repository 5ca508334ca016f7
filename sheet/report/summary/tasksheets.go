package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"taizhang/sheet/ledger"
)

// taskTable is a sheet with a title, a line below it, and a table of tasks. It
// is what 任务总表, the units' sheets and 逾期清单 have in common.
type taskTable struct {
	sheet    string
	title    string
	subtitle string
	tasks    []int
	columns  []column
	print    int    // columns on paper; 0: all
	freeze   int    // columns that stay on the screen
	empty    string // sentence for a table without tasks
	footer   string
	tab      string
	home     bool // the line below the title leads back to 汇总
}

const headRow = 3 // of the heading; the tasks follow it

func (b *book) taskTable(t taskTable) {
	widths := make([]float64, len(t.columns))
	for i, c := range t.columns {
		widths[i] = c.width
	}
	across := t.print
	if across == 0 {
		across = len(widths)
	}
	last := headRow + max(len(t.tasks), 1)
	b.setUp(t.sheet, page{widths: widths, last: last, head: [2]int{headRow, headRow}, freeze: t.freeze, print: t.print,
		filter: len(t.tasks) > 0, footer: t.footer, tab: t.tab},
		func(r *rows) { b.writeTasks(r, t, across) })
	b.merge(t.sheet, 1, 1, across)
	b.merge(t.sheet, 2, 1, across)
	if len(t.tasks) == 0 {
		b.merge(t.sheet, last, 1, across)
	}
	if t.home {
		b.linkTo(t.sheet, "A2", b.names.summary)
	}
	b.markTiming(t, last)
}

func (b *book) writeTasks(r *rows, t taskTable, across int) {
	l := &b.look
	widths := make([]float64, across)
	for i := range widths {
		widths[i] = t.columns[i].width
	}
	r.add(titleHeight(t.title, widths, 34), append([]cell{{value: t.title, style: l.title}},
		blanks(across-1, l.title)...)...)
	under := l.subtitle
	if t.home {
		under = l.nav
	}
	r.add(20, append([]cell{{value: t.subtitle, style: under}}, blanks(across-1, under)...)...)
	cells := make([]cell, len(t.columns))
	high := 1
	for i, c := range t.columns {
		cells[i] = cell{value: c.heading, style: l.head}
		high = max(high, linesIn(c.heading, c.width))
	}
	r.add(heightFor(high, bodySize)+6, cells...)
	if len(t.tasks) == 0 {
		r.add(minHeight, cell{value: t.empty, style: l.end})
		return
	}
	for n, i := range t.tasks {
		high = 1
		for k, c := range t.columns {
			cells[k] = cell{value: c.value(n, b.items[i]), style: l.text}
			switch v := cells[k].value.(type) {
			case string:
				if c.centred {
					cells[k].style = l.centre
				}
				high = max(high, linesIn(v, c.width))
			case nil:
				cells[k].style = l.centre
			case int:
				cells[k].style = l.number
			default:
				cells[k].style = l.date
			}
		}
		r.add(heightFor(high, bodySize), cells...)
	}
}

// markTiming paints what is overdue or due soon where it is said, and what is
// done; the word stands there in any case.
func (b *book) markTiming(t taskTable, last int) {
	sheet, columns := t.sheet, t.columns
	at := func(key string) string {
		if i := slices.IndexFunc(columns, func(c column) bool { return c.key == key }); i >= 0 {
			return colName(i + 1)
		}
		return ""
	}
	over, soon := b.word(ledger.TimingOverdue), b.word(ledger.TimingDueSoon)
	if c := at(colTiming); c != "" {
		found := func(word string) string {
			return fmt.Sprintf("ISNUMBER(SEARCH(%s,$%s%d))", literal(word), c, headRow+1)
		}
		for _, key := range []string{ledger.FieldDeadline, colTiming, colDays} {
			if p := at(key); p != "" {
				b.mark(sheet, fmt.Sprintf("%s%d:%s%d", p, headRow+1, p, last), rule{found(over), b.look.bad},
					rule{found(soon), b.look.warn})
			}
		}
	}
	if p := at(ledger.FieldStatus); p != "" {
		b.mark(sheet, fmt.Sprintf("%s%d:%s%d", p, headRow+1, p, last), rule{b.isDone(t, at(colKind), p), b.look.good})
	}
}

// isDone is the formula that tells whether the first task is done: by its class
// if there is such a column, else by the words that the ledgers have for it.
func (b *book) isDone(t taskTable, kind, status string) string {
	if kind != "" {
		return fmt.Sprintf("$%s%d=%s", kind, headRow+1, literal(b.statusKind(ledger.Done)))
	}
	words := []string{"FALSE"}
	for _, i := range t.tasks {
		it := b.items[i]
		if it.Status.Kind != ledger.Done || len(words) > 8 || len(it.Status.Text) > 100 {
			continue
		}
		if is := fmt.Sprintf("$%s%d=%s", status, headRow+1,
			literal(strings.TrimSpace(it.Status.Text))); it.Status.Text != "" && !slices.Contains(words, is) {
			words = append(words, is)
		}
	}
	return "OR(" + strings.Join(words, ",") + ")"
}

// What stands in 任务总表, printed columns first.
var (
	printedKeys = []string{ledger.FieldNumber, colLedger, ledger.FieldSection, ledger.FieldTitle,
		ledger.FieldRequirement, ledger.FieldLead, ledger.FieldSupport,
		ledger.FieldOwner, ledger.FieldDeadline, ledger.FieldStatus, colTiming, colReview, ledger.FieldProgress}
	furtherKeys = []string{ledger.FieldCode, ledger.FieldLeader, ledger.FieldPhone, colDue, colKind, colDays,
		ledger.FieldCompleted,
		ledger.FieldProblems, ledger.FieldNextSteps, ledger.FieldEvidence, colProofs, ledger.FieldRemark}
	unitKeys = []string{ledger.FieldNumber, colLedger, ledger.FieldTitle, ledger.FieldRequirement, ledger.FieldSupport,
		ledger.FieldOwner, ledger.FieldPhone,
		ledger.FieldDeadline, ledger.FieldStatus, colTiming, colReview, ledger.FieldProgress, ledger.FieldProblems,
		ledger.FieldNextSteps}
	overdueKeys = []string{colOrder, colUnit, colLedger, ledger.FieldTitle, ledger.FieldDeadline, colDays,
		ledger.FieldStatus, ledger.FieldOwner, ledger.FieldPhone,
		ledger.FieldProgress, ledger.FieldProblems, ledger.FieldNextSteps}
)

func (b *book) taskSheet() {
	printed := b.columns(printedKeys, b.every())
	columns := append(slices.Clone(printed), b.columns(furtherKeys, b.every())...)
	columns = append(columns, b.extras()...)
	b.all = columns
	b.taskTable(taskTable{
		sheet: b.names.tasks, title: b.title(), tasks: b.every(), columns: columns, print: len(printed),
		freeze:   b.frozen(columns),
		subtitle: b.say("report.tasks_line", "Date", b.date(b.today), "Count", len(b.items)),
		empty:    b.say("report.no_tasks"), tab: "2F5597",
	})
}

// frozen are the columns up to the title, if they leave room beside them.
func (b *book) frozen(columns []column) int {
	width := 0.0
	for i, c := range columns {
		if width += c.width; c.key == ledger.FieldTitle && width < 60 {
			return i + 1
		}
	}
	return 0
}

func (b *book) unitSheets() {
	for _, u := range b.sheets() {
		name := b.unitName(u.name)
		title := b.say("report.unit_title", "Unit", name)
		if u.name == "" {
			title = b.say("report.nobody_title")
		}
		columns := b.columns(unitKeys, u.items)
		b.taskTable(taskTable{
			sheet: u.sheet, title: title, tasks: u.items, columns: columns, footer: name, home: true,
			subtitle: b.say("report.unit_line", "Date", b.date(b.today), "Tasks", u.counts.Tasks, "Done", u.counts.Done,
				"Overdue", u.counts.Overdue, "Soon", u.counts.DueSoon, "Summary", b.names.summary),
		})
	}
}

func (b *book) overdueSheet() {
	var late []int
	for i, it := range b.items {
		if it.Overdue {
			late = append(late, i)
		}
	}
	slices.SortStableFunc(late, func(x, y int) int {
		return cmp.Compare(b.items[y].DaysOverdue,
			b.items[x].DaysOverdue)
	})
	b.taskTable(taskTable{
		sheet: b.names.overdue, title: b.say("report.overdue_title", "Title", b.title()), tasks: late,
		columns: b.columns(overdueKeys, late), tab: inkBad,
		subtitle: b.say("report.overdue_line", "Date", b.date(b.today), "Count", len(late)),
		empty:    b.say("report.no_overdue", "Date", b.date(b.today)),
	})
}
