package summary

import (
	"context"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/xlsx"
)

// book is the workbook being made. The first error sticks and the rest is
// skipped, so that the code of a sheet reads like the sheet.
type book struct {
	*excelize.File
	*model
	look   look
	fonts  fonts
	err    error
	ticker *ticker
	fill   map[string]func(io.Writer) error // by sheet name
	all    []column                         // of 任务总表
}

func makeBook(ctx context.Context, m *model, opt Options) *book {
	b := &book{File: excelize.NewFile(), model: m, fonts: fontsOf(opt.Lang), fill: map[string]func(io.Writer) error{}}
	b.ticker = &ticker{ctx: ctx, total: max(3*len(m.items), 1), progress: opt.Progress}
	b.do(b.SetDefaultFont(b.fonts.body))
	b.makeLook()
	names := sheetNamesOf(m)
	b.do(b.SetSheetName("Sheet1", names[0]))
	for _, n := range names[1:] {
		_, err := b.NewSheet(n)
		b.do(err)
	}
	stamp := m.today.Format("2006-01-02T15:04:05Z")
	b.do(b.SetDocProps(&excelize.DocProperties{Title: m.title(), Creator: "taizhang", LastModifiedBy: "taizhang",
		Created: stamp, Modified: stamp, Language: language(opt.Lang)}))
	b.do(xlsx.SetMark(b.File, "export"))
	return b
}

func language(l msg.Lang) string {
	if l == msg.EN {
		return "en-US"
	}
	return "zh-CN"
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// page is a sheet's set-up for screen and paper.
type page struct {
	widths []float64 // of the columns
	last   int       // last row
	head   [2]int    // first and last row of the heading that is repeated on paper and frozen; 0: none
	freeze int       // columns frozen beside it
	print  int       // columns that are printed; 0: all
	filter bool      // the last row of the heading gets filter buttons
	footer string    // whose paper it is; "": the whole report's
	tab    string    // colour of the tab
	zoom   float64   // per cent; 0: 100
}

// setUp prepares a sheet whose rows write makes.
func (b *book) setUp(sheet string, p page, write func(*rows)) {
	if b.err != nil {
		return
	}
	for first, last := 0, 0; first < len(p.widths); first = last { // each call walks over all columns
		for last = first + 1; last < len(p.widths) && p.widths[last] == p.widths[first]; last++ {
		}
		b.do(b.SetColWidth(sheet, colName(first+1), colName(last), p.widths[first]))
	}
	p.last = max(p.last, p.head[1], 1)
	end := fmt.Sprintf("%s%d", colName(len(p.widths)), p.last)
	b.do(b.SetSheetDimension(sheet, "A1:"+end))
	if p.filter { // before the paper: it resets the sheet's properties
		b.do(b.AutoFilter(sheet, fmt.Sprintf("A%d:%s", p.head[1], end), nil))
	}
	b.paper(sheet, p)
	if p.head[1] > 0 {
		cell := fmt.Sprintf("%s%d", colName(p.freeze+1), p.head[1]+1)
		pane := "bottomLeft"
		if p.freeze > 0 {
			pane = "bottomRight"
		}
		b.do(b.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: p.freeze, YSplit: p.head[1], TopLeftCell: cell,
			ActivePane: pane,
			Selection:  []excelize.Selection{{SQRef: cell, ActiveCell: cell, Pane: pane}}}))
	}
	grid := false
	view := &excelize.ViewOptions{ShowGridLines: &grid}
	if p.zoom > 0 {
		view.ZoomScale = &p.zoom
	}
	b.do(b.SetSheetView(sheet, 0, view))
	b.fill[sheet] = func(w io.Writer) error {
		r := newRows(w, b.look.guard, b.ticker.tick)
		write(r)
		return r.flush()
	}
}

// writeTo writes the whole workbook.
func (b *book) writeTo(w io.Writer) error {
	if b.err != nil {
		return b.err
	}
	b.SetActiveSheet(0)
	rows := map[string]func(io.Writer) error{}
	for i, sheet := range b.GetSheetList() {
		// A new file's sheets are numbered in the order in which they were made.
		rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = b.fill[sheet]
	}
	p, err := xlsx.Pack(b.File, rows)
	if err != nil {
		return err
	}
	if err := b.ticker.ctx.Err(); err != nil {
		return err
	}
	if b.ticker.progress != nil {
		b.ticker.progress(b.ticker.total, b.ticker.total)
	}
	return p.Write(w)
}

// merge merges cells of one row.
func (b *book) merge(sheet string, row, first, last int) {
	if last > first {
		b.do(b.MergeCell(sheet, fmt.Sprintf("%s%d", colName(first), row), fmt.Sprintf("%s%d", colName(last), row)))
	}
}

// linkTo makes a cell lead to a sheet.
func (b *book) linkTo(sheet, cell, target string) {
	b.do(b.SetCellHyperLink(sheet, cell, quoted(target)+"!A1", "Location"))
}

// mark paints cells of a range by a formula, the first that holds.
func (b *book) mark(sheet, ref string, rules ...rule) {
	var list []excelize.ConditionalFormatOptions
	for _, r := range rules {
		list = append(list, excelize.ConditionalFormatOptions{Type: "formula", Criteria: r.formula, Format: &r.format,
			StopIfTrue: true})
	}
	b.do(b.SetConditionalFormat(sheet, ref, list))
}

type rule struct {
	formula string
	format  int
}

// blanks are n empty cells of that look, for the rest of merged cells.
func blanks(n, style int) []cell {
	out := make([]cell, n)
	for i := range out {
		out[i].style = style
	}
	return out
}
