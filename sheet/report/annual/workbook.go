package annual

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/xlsx"
)

// Workbook is the tables of the report as a workbook, a sheet a section, and the
// checks on a sheet of their own. Sums are formulas with their results.
func (r *Report) Workbook(lang msg.Lang) ([]byte, error) {
	b := &book{File: excelize.NewFile(), r: r}
	defer b.Close()
	b.styles()
	names := []string{"主动公开", "申请办理", "复议诉讼", "核对"}
	b.do(b.SetSheetName("Sheet1", names[0]))
	for _, n := range names[1:] {
		_, err := b.NewSheet(n)
		b.do(err)
	}
	b.active(names[0])
	b.requests(names[1])
	b.reviews(names[2])
	b.checks(names[3], lang)
	at := r.Ledger.Today.Format("2006-01-02T15:04:05Z")
	b.do(b.SetDocProps(&excelize.DocProperties{Title: r.Title(), Creator: r.Office(), LastModifiedBy: r.Office(),
		Created: at, Modified: at, Language: "zh-CN"}))
	b.do(xlsx.SetMark(b.File, "annual"))
	b.SetActiveSheet(0)
	if b.err != nil {
		return nil, b.err
	}
	return xlsx.Bytes(b.File)
}

// book is the workbook being made. The first error sticks and the rest is skipped.
type book struct {
	*excelize.File
	r                                *Report
	title, head, label, number, left int
	err                              error
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) styles() {
	var line []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Style: 1, Color: "000000"})
	}
	style := func(font string, size float64, where string, border []excelize.Border) int {
		id, err := b.NewStyle(&excelize.Style{Font: &excelize.Font{Family: font, Size: size}, Border: border,
			Alignment: &excelize.Alignment{Horizontal: where, Vertical: "center", WrapText: true}})
		b.do(err)
		return id
	}
	b.title = style("方正小标宋简体", 16, "center", nil)
	b.head = style("黑体", 10.5, "center", line)
	b.label = style("宋体", 10.5, "left", line)
	b.number = style("宋体", 10.5, "center", line)
	b.left = style("宋体", 10.5, "left", nil)
}

func cellName(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col, row) // both are 1 or more
	return name
}

// put writes a value into a range, which becomes one cell.
func (b *book) put(sheet string, col, row, cols, rows, style int, v any) {
	from, to := cellName(col, row), cellName(col+cols-1, row+rows-1)
	if from != to {
		b.do(b.MergeCell(sheet, from, to))
	}
	b.do(b.SetCellStyle(sheet, from, to, style))
	b.do(b.SetCellValue(sheet, from, v))
}

// sum writes a sum, as a formula with its result, unless the parts come to
// something else: then what is known stands there.
func (b *book) sum(sheet string, col, row int, formula string, v, parts int) {
	if v == parts {
		b.do(b.SetCellFormula(sheet, cellName(col, row), formula))
	}
	b.do(b.SetCellStyle(sheet, cellName(col, row), cellName(col, row), b.number))
}

func (b *book) page(sheet string, landscape bool, widths ...float64) {
	for i, w := range widths {
		col, _ := excelize.ColumnNumberToName(i + 1)
		b.do(b.SetColWidth(sheet, col, col, w))
	}
	a4, way, one, high, fit := 9, "portrait", 1, 1, true
	if len(widths) == 5 {
		high = 0 // the checks may take several pages
	}
	if landscape {
		way = "landscape"
	}
	b.do(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &way, FitToWidth: &one,
		FitToHeight: &high}))
}

// heading is the title of a sheet, over all its columns.
func (b *book) heading(sheet string, cols int, section string) {
	b.put(sheet, 1, 1, cols, 1, b.title, b.r.Title())
	b.do(b.SetRowHeight(sheet, 1, 30))
	b.put(sheet, 1, 2, cols, 1, b.left, section)
}

// high makes a row as high as a text needs that wraps in a column of that width.
func (b *book) high(sheet string, row int, width float64, texts ...string) {
	lines := 1
	for _, text := range texts {
		n := 0
		for line := range strings.SplitSeq(text, "\n") {
			halves := 0
			for _, r := range line {
				halves++
				if r > 0x2e7f {
					halves++
				}
			}
			n += max(1, (halves+int(width)-3)/(int(width)-2))
		}
		lines = max(lines, n)
	}
	b.do(b.SetRowHeight(sheet, row, float64(6+14*lines)))
}

func (b *book) active(sheet string) {
	b.page(sheet, false, 24, 20, 20, 20)
	b.heading(sheet, 4, Sections[1])
	row := 3
	for _, p := range active {
		b.put(sheet, 1, row, 4, 1, b.head, p.article)
		b.put(sheet, 1, row+1, 1, 1, b.head, content)
		span := 3 / len(p.columns)
		for i, c := range p.columns {
			b.put(sheet, 2+i*span, row+1, span, 1, b.head, c)
		}
		row += 2
		for _, line := range p.rows {
			b.put(sheet, 1, row, 1, 1, b.label, line.name)
			for i, n := range b.r.Active[line.key] {
				b.put(sheet, 2+i*span, row, span, 1, b.number, n)
			}
			row++
		}
	}
	for i := 3; i < row; i++ {
		b.high(sheet, i, 20)
	}
}

func (b *book) requests(sheet string) {
	b.page(sheet, false, 12, 14, 38, 8, 9, 9, 11, 11, 8, 8)
	b.heading(sheet, 10, Sections[2])
	b.put(sheet, 1, 3, 3, 3, b.head, balance)
	b.put(sheet, 4, 3, 7, 1, b.head, applicants)
	b.put(sheet, 4, 4, 1, 2, b.head, Columns[0])
	b.put(sheet, 5, 4, 5, 1, b.head, legalPersons)
	for i, c := range Columns[1:6] {
		b.put(sheet, 5+i, 5, 1, 1, b.head, c)
	}
	b.put(sheet, 10, 4, 1, 2, b.head, Columns[6])
	const first = 6
	group, leaves := "", [2]int{}
	for i, l := range lines {
		row := first + i
		switch {
		case !l.leaf && l.key != rowTotal:
			b.put(sheet, 1, row, 3, 1, b.label, l.name)
		case l.group == "":
			b.put(sheet, 2, row, 2, 1, b.label, l.name)
		default:
			if l.group != group {
				b.put(sheet, 2, row, 1, groupSize(l.group), b.label, l.group)
			}
			b.put(sheet, 3, row, 1, 1, b.label, l.name)
		}
		group = l.group
		if l.leaf {
			if leaves[0] == 0 {
				leaves[0] = row
			}
			leaves[1] = row
		}
	}
	b.put(sheet, 1, leaves[0], 1, leaves[1]-leaves[0]+2, b.label, results)
	for i, l := range lines {
		row, f := first+i, b.r.Requests[l.key]
		switch {
		case l.group != "":
			b.high(sheet, row, 38, l.name)
		case l.leaf:
			b.high(sheet, row, 52, l.name)
		default:
			b.high(sheet, row, 64)
		}
		parts := 0
		for k, n := range f {
			b.put(sheet, 4+k, row, 1, 1, b.number, n)
			if k < 6 {
				parts += n
			}
			if l.key == rowTotal && k < 6 {
				col, _ := excelize.ColumnNumberToName(4 + k)
				b.sum(sheet, 4+k, row, fmt.Sprintf("SUM(%s%d:%s%d)", col, leaves[0], col, leaves[1]), n, b.leaves(k))
			}
		}
		b.sum(sheet, 10, row, fmt.Sprintf("SUM(D%d:I%d)", row, row), f[6], parts)
	}
}

// leaves is the sum of the 21 results in a column.
func (b *book) leaves(column int) (n int) {
	for _, l := range lines {
		if l.leaf {
			n += b.r.Requests[l.key][column]
		}
	}
	return n
}

func (b *book) reviews(sheet string) {
	widths := make([]float64, 15)
	for i := range widths {
		widths[i] = 9
	}
	b.page(sheet, true, widths...)
	b.heading(sheet, 15, Sections[3])
	b.put(sheet, 1, 3, 5, 2, b.head, reviewParts[0].name)
	b.put(sheet, 6, 3, 10, 1, b.head, suits)
	b.put(sheet, 6, 4, 5, 1, b.head, reviewParts[1].name)
	b.put(sheet, 11, 4, 5, 1, b.head, reviewParts[2].name)
	for i, p := range reviewParts {
		f := b.r.Reviews[p.key]
		b.high(sheet, 6, 9)
		for k, name := range reviewColumns {
			b.put(sheet, 1+5*i+k, 5, 1, 1, b.head, name)
			b.put(sheet, 1+5*i+k, 6, 1, 1, b.number, f[k])
		}
		b.sum(sheet, 5+5*i, 6, fmt.Sprintf("SUM(%s:%s)", cellName(1+5*i, 6), cellName(4+5*i, 6)), f[4],
			f[0]+f[1]+f[2]+f[3])
	}
}

// checks are the sums that must hold, those that do not above the others.
func (b *book) checks(sheet string, lang msg.Lang) {
	b.page(sheet, true, 10, 90, 12, 12, 60)
	b.heading(sheet, 5, msg.Say(lang, "annual.sheet_checks"))
	for i, key := range []string{"annual.col_result", "annual.col_check", "annual.col_got", "annual.col_want",
		"annual.col_rows"} {
		b.put(sheet, 1+i, 3, 1, 1, b.head, msg.New(key).In(lang))
	}
	row := 4
	write := func(c Check, word string) {
		var where string
		for i, e := range c.Rows {
			if i > 0 {
				where += "\n"
			}
			where += Place(e).In(lang)
		}
		for i, v := range []any{msg.New(word).In(lang), c.Text.In(lang), c.Got, c.Want, where} {
			style := b.label
			if i != 1 && i != 4 {
				style = b.number
			}
			b.put(sheet, 1+i, row, 1, 1, style, v)
		}
		b.high(sheet, row, 60, where)
		if where == "" {
			b.high(sheet, row, 90, c.Text.In(lang))
		}
		row++
	}
	for _, c := range b.r.Checks {
		if !c.OK && !c.Warning {
			write(c, "annual.broken")
		}
	}
	for _, c := range b.r.Checks {
		if !c.OK && c.Warning {
			write(c, "annual.doubtful")
		}
	}
	for _, m := range b.r.Missing {
		b.put(sheet, 1, row, 1, 1, b.number, msg.Say(lang, "annual.lacking"))
		b.put(sheet, 2, row, 4, 1, b.label, m.In(lang))
		b.high(sheet, row, 170, m.In(lang))
		row++
	}
	for _, c := range b.r.Checks {
		if c.OK {
			write(c, "annual.holds")
		}
	}
}
