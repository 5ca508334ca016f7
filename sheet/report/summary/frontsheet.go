package summary

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"taizhang/sheet/ledger"
)

// Columns of 汇总: the unit, its figures, a gap, and the table by month.
const (
	unitCol  = 1
	tasksCol = 2 // then one a status kind, overdue, due soon
	rateCol  = 10
	monthCol = 12
	lastCol  = 14
)

var summaryWidths = []float64{28, 9, 9, 9, 9, 10, 10, 9, 9, 10, 3, 14, 10, 10}

// Rows of 汇总.
const (
	titleRow = 1
	lineRow  = 2
	navRow   = 3
	tileRow  = 5 // names, and the figures below
	wordsRow = 7
	chartRow = 8 // the first of the charts'
)

// chartHeight of the rows under the charts, in points: the default, by which
// excelize finds the cell at a chart's lower corner.
const chartHeight = 15.0

// sumUp is 汇总 while it is laid out.
type sumUp struct {
	*book
	units    []*unit
	charts   layout
	unitHead int // heading of the table by unit
	unitEnd  int // its total
	months   []month
	byLedger int // heading of the table by ledger, 0 if there is one ledger
	last     int
}

// month is a line of the table of what falls due when.
type month struct {
	name       string
	conditions []condition
	open, done int
}

func (b *book) summarySheet() {
	s := &sumUp{book: b, units: b.units}
	if len(s.units) > chartUnits {
		s.units = slices.Clone(s.units)
		slices.SortStableFunc(s.units, func(x, y *unit) int { return cmp.Compare(y.counts.Tasks, x.counts.Tasks) })
	}
	s.charts = layoutFor(len(s.units))
	s.months = b.byMonth()
	s.unitHead = chartRow + s.charts.rows + 2
	s.unitEnd = s.unitHead + max(len(s.units), 1) + 1
	s.last = max(s.unitEnd, s.unitHead+len(s.months))
	if b.many {
		s.byLedger = s.last + 3
		s.last = s.byLedger + len(b.in)
	}
	if len(b.sheets()) < len(b.model.units) {
		s.last += 2
	}
	name := b.names.summary
	b.setUp(name, page{widths: summaryWidths, last: s.last, tab: "1F3864"}, s.write)
	for _, row := range []int{titleRow, lineRow, wordsRow} {
		b.merge(name, row, 1, lastCol)
	}
	for i, from := range navColumns[:len(navColumns)-1] {
		b.merge(name, navRow, from, navColumns[i+1]-1)
	}
	b.merge(name, tileRow, monthCol, lastCol)
	b.merge(name, tileRow+1, monthCol, lastCol)
	s.links()
	b.do(b.InsertPageBreak(name, fmt.Sprintf("A%d", s.unitHead-1)))
	b.define("_xlnm.Print_Titles", name, fmt.Sprintf("%s!$%d:$%d", quoted(name), s.unitHead, s.unitHead))
	for _, col := range []string{"H", "I"} {
		mark := b.look.bad
		if col == "I" {
			mark = b.look.warn
		}
		b.mark(name, fmt.Sprintf("%s%d:%s%d", col, s.unitHead+1, col, s.unitEnd),
			rule{fmt.Sprintf("%s%d>0", col, s.unitHead+1), mark})
	}
	s.drawCharts()
}

// links lead from the summary to the sheets.
func (s *sumUp) links() {
	name := s.names.summary
	for i, target := range s.navigation() {
		s.linkTo(name, fmt.Sprintf("%s%d", colName(navColumns[i]), navRow), target)
	}
	for i, u := range s.units {
		if u.sheet != "" {
			s.linkTo(name, fmt.Sprintf("A%d", s.unitHead+1+i), u.sheet)
		}
	}
}

// navColumns are where the links to the other sheets begin, each as wide as up
// to the next.
var navColumns = []int{1, 2, 4, 6, 8, 12, lastCol + 1}

func (s *sumUp) navigation() []string {
	return []string{s.names.tasks, s.names.overdue, s.names.year, s.names.changes, s.names.conflicts, s.names.annual}
}

func (s *sumUp) write(r *rows) {
	l := &s.look
	across := func(height float64, style int, text string) {
		r.add(height, append([]cell{{value: text, style: style}}, blanks(lastCol-1, style)...)...)
	}
	across(40, l.title, s.say("report.summary_title", "Title", s.title()))
	across(20, l.subtitle, s.asOf())
	nav := make([]cell, lastCol)
	for i, target := range s.navigation() {
		nav[navColumns[i]-1] = cell{value: target, style: l.nav}
	}
	r.add(20, nav...)
	r.add(8)
	s.tiles(r)
	words := s.overall()
	across(heightFor(linesIn(words, 128), 12)+6, l.sentence, words)
	for range s.charts.rows {
		r.add(chartHeight)
	}
	r.add(8)
	s.tables(r)
	if s.byLedger > 0 {
		s.ledgerTable(r)
	}
	if left := len(s.model.units) - len(s.sheets()); left > 0 {
		r.skip(1)
		across(20, l.end, s.say("report.more_units", "Max", maxUnitSheet, "Left", left))
	}
}

// asOf is the line below the title.
func (s *sumUp) asOf() string {
	if !s.many && len(s.in) > 0 && s.in[0].Revision != "" {
		return s.say("report.as_of_revision", "Date", s.date(s.today), "Revision", cutUTF16(s.in[0].Revision, 10))
	}
	return s.say("report.as_of", "Date", s.date(s.today))
}

// heads are the headings of the figures, from tasksCol on.
func (s *sumUp) heads() []string {
	out := []string{s.say("report.count.tasks")}
	for _, k := range statusKinds {
		out = append(out, s.statusKind(k))
	}
	return append(out, s.say("report.count.overdue"), s.say("report.count.soon"), s.say("report.count.rate"))
}

// figures are the cells of one line's figures; where tells which tasks.
func (s *sumUp) figures(row int, c ledger.Counts, where ...condition) []cell {
	l := &s.look
	cells := []cell{{value: c.Tasks, formula: count(append(slices.Clone(where), s.any())...), style: l.number}}
	for _, k := range statusKinds {
		cells = append(cells, cell{value: countOf(c, k), formula: count(append(slices.Clone(where), s.status(k))...),
			style: l.number})
	}
	cells = append(cells,
		cell{value: c.Overdue, formula: count(append(slices.Clone(where), s.timed(ledger.TimingOverdue))...),
			style: l.number},
		cell{value: c.DueSoon, formula: count(append(slices.Clone(where), s.timed(ledger.TimingDueSoon))...),
			style: l.number})
	return append(cells, s.rate(row, c, l.rate))
}

func (s *sumUp) rate(row int, c ledger.Counts, style int) cell {
	return cell{value: share(c.Done, c.Tasks), formula: fmt.Sprintf("IF(B%d=0,0,C%d/B%d)", row, row, row), style: style}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (s *sumUp) tiles(r *rows) {
	l := &s.look
	names := []cell{{value: s.say("report.count.rate_long"), style: l.tileName}}
	for _, h := range s.heads()[:8] {
		names = append(names, cell{value: h, style: l.tileName})
	}
	names = append(names, cell{value: s.names.conflicts, style: l.tileName}, cell{},
		cell{value: s.say("report.count.requirements"), style: l.tileName})
	r.add(24, append(names, blanks(2, l.tileName)...)...)
	end, conflicts := s.unitEnd, 0
	for _, src := range s.in {
		conflicts += len(src.Conflicts)
	}
	c := s.totals
	total := func(col int, value int) cell {
		style := l.tile
		if col >= 8 && value > 0 {
			style = l.tileBad
		}
		return cell{value: value, formula: fmt.Sprintf("%s%d", colName(col), end), style: style}
	}
	cells := []cell{{value: share(c.Done, c.Tasks), formula: fmt.Sprintf("J%d", end), style: l.tileRate},
		total(2, c.Tasks)}
	for i, k := range statusKinds {
		cells = append(cells, total(3+i, countOf(c, k)))
	}
	open := cell{value: conflicts, style: l.tile}
	if conflicts > 0 {
		open.style = l.tileBad
	}
	cells = append(cells, total(8, c.Overdue), total(9, c.DueSoon), open, cell{},
		cell{value: fmt.Sprintf("%d / %d", s.held, s.needed), style: l.tile})
	r.add(38, append(cells, blanks(2, l.tile)...)...)
}

// tables are the one by lead unit and, beside it, the one by month.
func (s *sumUp) tables(r *rows) {
	l := &s.look
	r.add(24, cell{value: s.say("report.by_unit"), style: l.section}, cell{}, cell{}, cell{}, cell{}, cell{}, cell{},
		cell{}, cell{}, cell{}, cell{}, cell{value: s.say("report.by_month", "Year", s.chartYear()), style: l.section})
	head := []cell{{value: s.say("report.col.lead"), style: l.head}}
	for _, h := range s.heads() {
		head = append(head, cell{value: h, style: l.head})
	}
	head = append(head, cell{}, cell{value: s.say("report.month"), style: l.head},
		cell{value: s.say("report.month_open"), style: l.head}, cell{value: s.statusKind(ledger.Done), style: l.head})
	r.add(24, head...)
	for row := s.unitHead + 1; row <= max(s.unitEnd, s.unitHead+len(s.months)); row++ {
		cells := make([]cell, monthCol-1)
		high := 1
		switch i := row - s.unitHead - 1; {
		case i < len(s.units):
			u := s.units[i]
			style := l.link
			if u.sheet == "" {
				style = l.text
			}
			name := s.unitName(u.name)
			high = linesIn(name, summaryWidths[0])
			copy(cells, append([]cell{{value: name, style: style}},
				s.figures(row, u.counts, s.led(u, fmt.Sprintf("$A%d", row)))...))
		case row == s.unitEnd:
			copy(cells, s.totalLine(row))
		}
		if i := row - s.unitHead - 1; i < len(s.months) {
			m := s.months[i]
			undone := condition{s.ref(colKind) + "," + literal("<>"+s.statusKind(ledger.Done)), "(" + s.ref(colKind) +
				"<>" + literal(s.statusKind(ledger.Done)) + ")"}
			cells = append(cells, cell{value: m.name, style: l.centre},
				cell{value: m.open, formula: count(append(slices.Clone(m.conditions), undone)...), style: l.number},
				cell{value: m.done, formula: count(append(slices.Clone(m.conditions), s.status(ledger.Done))...),
					style: l.number})
		}
		r.add(heightFor(high, bodySize), cells...)
	}
}

// totalLine sums up the table by unit.
func (s *sumUp) totalLine(row int) []cell {
	l := &s.look
	c := s.totals
	values := []int{c.Tasks, c.Done, c.InProgress, c.NotStarted, c.Ongoing, c.Unknown, c.Overdue, c.DueSoon}
	cells := []cell{{value: s.say("report.total"), style: l.total}}
	for i, v := range values {
		col := colName(tasksCol + i)
		cells = append(cells, cell{value: v, formula: fmt.Sprintf("SUM(%s%d:%s%d)", col, s.unitHead+1, col, row-1),
			style: l.totalNumber})
	}
	return append(cells, s.rate(row, c, l.totalRate))
}

func (s *sumUp) ledgerTable(r *rows) {
	l := &s.look
	r.skip(1)
	r.add(24, cell{value: s.say("report.by_ledger"), style: l.section})
	head := []cell{{value: s.say("report.col.ledger"), style: l.head}}
	for _, h := range s.heads() {
		head = append(head, cell{value: h, style: l.head})
	}
	r.add(24, head...)
	for i, src := range s.in {
		row := s.byLedger + 1 + i
		cells := append([]cell{{value: s.labels[i], style: l.text}},
			s.figures(row, src.Ledger.Totals, s.of(s.labels[i], fmt.Sprintf("$A%d", row)))...)
		r.add(heightFor(linesIn(s.labels[i], summaryWidths[0]), bodySize), cells...)
	}
}

// chartYear is the year whose months are shown.
func (b *book) chartYear() int {
	if b.year != 0 {
		return b.year
	}
	return b.today.Year()
}

// byMonth is the twelve months of the year, what is due before and after it,
// and what has no day.
func (b *book) byMonth() []month {
	year := b.chartYear()
	first := func(m int) time.Time { return time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC) }
	span := func(name string, from, to time.Time) month {
		m := month{name: name, conditions: []condition{b.due(from, to)}}
		for _, it := range b.items {
			d := it.DueNow
			if !d.IsZero() && !d.Before(from) && (to.IsZero() || d.Before(to)) {
				m.add(it)
			}
		}
		return m
	}
	var out []month
	if m := span(b.say("report.before", "Year", year), time.Time{}, first(1)); m.open+m.done > 0 {
		out = append(out, m)
	}
	for i := 1; i <= 12; i++ {
		out = append(out, span(b.say("report.month_name", "Month", i), first(i), first(i+1)))
	}
	if m := span(b.say("report.after", "Year", year), first(13), time.Time{}); m.open+m.done > 0 {
		out = append(out, m)
	}
	none := month{name: b.say("report.no_day"), conditions: []condition{b.empty(colDue), b.any()}}
	for _, it := range b.items {
		if it.DueNow.IsZero() {
			none.add(it)
		}
	}
	return append(out, none)
}

func (m *month) add(it item) {
	if it.Status.Kind == ledger.Done {
		m.done++
	} else {
		m.open++
	}
}
