package summary

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// chartUnits is how many units the chart shows; of more, those with the most
// tasks, which the table then begins with.
const chartUnits = 40

// besides is up to how many units their bars lie, one under the other, beside
// the chart by month. More of them stand, over the width of the page.
const besides = 22

// layout is how the charts share the page.
type layout struct {
	rows   int // under all charts
	stacks bool
}

func layoutFor(units int) layout {
	if units > besides {
		return layout{rows: 24, stacks: true}
	}
	return layout{rows: 24}
}

// chartRows and columnsWide are the height of rows under charts and the width of
// columns in the pixels that excelize reckons with: it turns them into the cells
// at the chart's corners, which are what counts.
func chartRows(n int) uint { return uint(n * 18) }

func columnsWide(first, last int) uint {
	w := 0.0
	for _, c := range summaryWidths[first-1 : last] {
		w += float64(int(c*8 + 0.5))
	}
	return uint(w)
}

func (s *sumUp) drawCharts() {
	if len(s.items) == 0 {
		return
	}
	high, half := s.charts.rows, s.charts.rows/2
	if s.charts.stacks {
		s.unitChart(excelize.ColStacked, chartRow, columnsWide(1, lastCol)-10, chartRows(half+2)-10)
		s.monthChart(fmt.Sprintf("A%d", chartRow+half+2), columnsWide(1, lastCol)-10, chartRows(high-half-2)-6)
		return
	}
	s.unitChart(excelize.BarStacked, chartRow, columnsWide(1, 7)-12, chartRows(high)-8)
	s.monthChart(fmt.Sprintf("H%d", chartRow), columnsWide(8, lastCol)-6, chartRows(high)-8)
}

func (s *sumUp) unitChart(kind excelize.ChartType, row int, width, height uint) {
	shown := min(len(s.units), chartUnits)
	first, last := s.unitHead+1, s.unitHead+shown
	name := quoted(s.names.summary)
	var series []excelize.ChartSeries
	for i, colour := range []string{barDone, barGoing, barIdle, barOngoing, barUnknown} {
		if countOf(s.totals, statusKinds[i]) == 0 {
			continue
		}
		col := colName(tasksCol + 1 + i)
		series = append(series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", name, col, s.unitHead),
			Categories: fmt.Sprintf("%s!$A$%d:$A$%d", name, first, last),
			Values:     fmt.Sprintf("%s!$%s$%d:$%s$%d", name, col, first, col, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		})
	}
	title := s.say("report.chart_units")
	if shown < len(s.units) {
		title = s.say("report.chart_most", "Count", shown)
	}
	c := s.chart(kind, title, series, width, height)
	c.XAxis.ReverseOrder = kind == excelize.BarStacked // the first unit at the top
	if kind == excelize.BarStacked {
		c.YAxis.TickLabelPosition = excelize.ChartTickLabelHigh
	}
	full := 100
	c.Overlap = &full
	s.do(s.AddChart(s.names.summary, fmt.Sprintf("A%d", row), c))
}

func (s *sumUp) monthChart(cell string, width, height uint) {
	first, last := s.unitHead+1, s.unitHead+len(s.months)-1 // without those that have no day
	name := quoted(s.names.summary)
	var series []excelize.ChartSeries
	for i, colour := range []string{barGoing, barDone} {
		col := colName(monthCol + 1 + i)
		series = append(series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", name, col, s.unitHead),
			Categories: fmt.Sprintf("%s!$L$%d:$L$%d", name, first, last),
			Values:     fmt.Sprintf("%s!$%s$%d:$%s$%d", name, col, first, col, last),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		})
	}
	c := s.chart(excelize.ColStacked, s.say("report.chart_months", "Year", s.chartYear()), series, width, height)
	full := 100
	c.Overlap = &full
	s.do(s.AddChart(s.names.summary, cell, c))
}

func (b *book) chart(kind excelize.ChartType, title string, series []excelize.ChartSeries, width,
	height uint) *excelize.Chart {
	small := excelize.Font{Family: b.fonts.body, Size: 9, Color: inkGrey}
	gap := uint(45)
	return &excelize.Chart{
		Type: kind, Series: series, GapWidth: &gap,
		Dimension: excelize.ChartDimension{Width: width, Height: height},
		Format:    excelize.GraphicOptions{OffsetX: 3, OffsetY: 4, AltText: title},
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title,
			Font: &excelize.Font{Family: b.fonts.head, Size: 12, Color: inkDark}}}},
		Legend: excelize.ChartLegend{Position: "bottom", Font: &small},
		XAxis:  excelize.ChartAxis{Font: small},
		YAxis:  excelize.ChartAxis{Font: small, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0"}},
		Border: excelize.LineOptions{Type: excelize.LineSolid, Width: 0.75,
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"BFCDE0"}}},
	}
}
