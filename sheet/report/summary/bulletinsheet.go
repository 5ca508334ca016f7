package summary

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/report/bulletin"
)

// 通报: the units in order, each figure beside that of the period before, and two
// charts below. There is such a sheet if a source has a bulletin.

// figuresFrom is the first column of figures where the ledger's is left out:
// after rank and unit.
const figuresFrom = 3

func (m *model) hasBulletin() bool {
	for _, src := range m.in {
		if src.Bulletin != nil {
			return true
		}
	}
	return false
}

func (b *book) bulletinSheet() {
	if !b.hasBulletin() {
		return
	}
	var rows [][]any
	var period string
	units, known := 0, false // known: there are figures of the period before
	for _, src := range b.in {
		known = known || src.Bulletin != nil && src.Bulletin.KnownBefore
	}
	for i, src := range b.in {
		bl := src.Bulletin
		if bl == nil {
			continue
		}
		period = bl.Period.Name(b.opt.Lang)
		row := func(rank any, name string, u bulletin.Unit) {
			line := []any{rank, b.labels[i], name, u.Now.Tasks, u.Now.Done, u.Now.Going, u.Now.Overdue}
			for _, pair := range [][2]int{{u.Now.Finished, u.Before.Finished}, {u.Now.OnTime, u.Before.OnTime},
				{u.Now.Overdue, u.Before.Overdue},
				{u.Now.NewlyLate, u.Before.NewlyLate}, {u.Now.Unmoved, u.Before.Unmoved},
				{u.Now.Copies, u.Before.Copies},
				{u.Now.Rows.Settled, u.Before.Rows.Settled}, {u.Now.Rows.OnTime, u.Before.Rows.OnTime},
				{u.Now.Rows.Overdue, u.Before.Rows.Overdue}} {
				line = append(line, pair[0])
				switch {
				case bl.KnownBefore:
					line = append(line, pair[1])
				case known:
					line = append(line, nil)
				}
			}
			rows = append(rows, line)
		}
		for _, u := range bl.Units {
			row(u.Rank, u.Name, u)
			units++
		}
		if n := bl.Nobody; n.Now.Tasks+n.Before.Tasks > 0 {
			row(nil, b.say("report.no_lead"), n)
		}
		row(nil, b.say("bulletin.total"), bl.Total)
	}
	heads := b.heads("bulletin.col_rank", "report.col.ledger", "bulletin.col_unit", "bulletin.col_tasks",
		"report.status.done_short", "bulletin.going", "bulletin.overdue")
	widths := []float64{6, 20, 24, 7, 8, 8, 7}
	left := []bool{false, true, true, false, false, false, false}
	for _, key := range []string{"bulletin.col_finished", "bulletin.col_on_time", "bulletin.col_overdue_end",
		"bulletin.col_newly_late", "bulletin.col_unmoved", "bulletin.col_copies",
		"bulletin.col_rows_settled", "bulletin.col_rows_on_time", "bulletin.col_rows_overdue"} {
		heads, widths, left = append(heads, b.say(key)), append(widths, 10), append(left, false)
		if known {
			heads, widths, left = append(heads, b.say("bulletin.col_before", "Figure", b.say(key))), append(widths, 13),
				append(left, false)
		}
	}
	shown := slices.Delete(slices.Clone(widths), 1, 2) // without the ledger's
	const chartRows = 27
	b.listing(listing{sheet: b.names.bulletin, title: b.say("bulletin.sheet_title", "Period", period, "Title",
		b.title()), subtitle: b.say("bulletin.rule"),
		empty: b.say("report.no_changes"), heads: heads, widths: widths, left: left, rows: rows, tab: "C55A11",
		below: chartRows})
	if !b.many && units > 0 {
		b.bulletinCharts(headRow+len(rows)+2, min(units, chartUnits), known, shown)
	}
}

// bulletinCharts draws how the units stand, and what they finished in the
// period and in the one before, side by side over the width of the table.
func (b *book) bulletinCharts(row, units int, known bool, widths []float64) {
	all, second, before := 0.0, 0, 0.0 // in pixels; the second chart begins at a column's edge
	for _, w := range widths {
		all += w * 8
	}
	for ; before < all/2; second++ {
		before += widths[second] * 8
	}
	name := quoted(b.names.bulletin)
	first, last := headRow+1, headRow+units
	series := func(column int, colour string) excelize.ChartSeries {
		col := colName(column)
		return excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", name, col, headRow),
			Categories: fmt.Sprintf("%s!$B$%d:$B$%d", name, first, last),
			Values:     fmt.Sprintf("%s!$%s$%d:$%s$%d", name, col, first, col, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		}
	}
	full := 100
	const height = 380
	stand := b.chart(excelize.BarStacked, b.say("report.chart_units"), []excelize.ChartSeries{
		series(figuresFrom+1, barDone), series(figuresFrom+2, barGoing), series(figuresFrom+3, inkBad)},
		uint(before)-12, height)
	stand.XAxis.ReverseOrder = true
	stand.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	stand.Overlap = &full
	b.do(b.AddChart(b.names.bulletin, fmt.Sprintf("A%d", row), stand))
	list := []excelize.ChartSeries{series(figuresFrom+4, barGoing)}
	if known {
		list = append(list, series(figuresFrom+5, barIdle))
	}
	finished := b.chart(excelize.Col, b.say("bulletin.chart_finished"), list, uint(all-before)-12, height)
	varied := false
	finished.VaryColors = &varied
	b.do(b.AddChart(b.names.bulletin, fmt.Sprintf("%s%d", colName(second+1), row), finished))
}
