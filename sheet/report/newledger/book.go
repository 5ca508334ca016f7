package newledger

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
)

// newBook is the new workbook being made. The first error sticks and the rest is
// skipped, so that the code below reads like the workbook it makes.
type newBook struct {
	*excelize.File
	lang   msg.Lang
	styles newStyles
	err    error
}

func (b *newBook) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

// at is the name of a cell.
func (b *newBook) at(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	b.do(err)
	return name
}

// fixed is the name of a cell as formulas fix it: $O$12.
func (b *newBook) fixed(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row, true)
	b.do(err)
	return name
}

// set writes a value with a style. Texts that are dates become dates.
func (b *newBook) set(sheet string, col, row, style int, v any) {
	cell := b.at(col, row)
	if s, ok := v.(string); ok {
		if t, err := time.Parse(time.DateOnly, s); err == nil {
			v, style = t, b.styles.date
		}
		if s == "" {
			v = nil
		}
	}
	if v != nil {
		b.do(b.SetCellValue(sheet, cell, v))
	}
	b.do(b.SetCellStyle(sheet, cell, cell, style))
}

// merge merges cells of a row or column and gives all of them the style.
func (b *newBook) merge(sheet string, col, row, lastCol, lastRow, style int) {
	from, to := b.at(col, row), b.at(lastCol, lastRow)
	if from != to {
		b.do(b.MergeCell(sheet, from, to))
	}
	b.do(b.SetCellStyle(sheet, from, to, style))
}

// newStyles are the cell formats used.
type newStyles struct {
	title, filed, filedRight, header, category, text, centre, date, note int
}

func (b *newBook) makeStyles() {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	style := func(font string, size float64, bold bool, align string, boxed bool, fill string) *excelize.Style {
		s := &excelize.Style{
			Font:      &excelize.Font{Family: font, Size: size, Bold: bold},
			Alignment: &excelize.Alignment{Horizontal: align, Vertical: "center", WrapText: true},
		}
		if boxed {
			s.Border = border
		}
		if fill != "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		return s
	}
	add := func(s *excelize.Style) int {
		id, err := b.NewStyle(s)
		b.do(err)
		return id
	}
	b.styles = newStyles{
		title:      add(style("方正小标宋简体", 20, false, "center", false, "")),
		filed:      add(style("仿宋", 12, false, "left", false, "")),
		filedRight: add(style("仿宋", 12, false, "right", false, "")),
		header:     add(style("黑体", 11, false, "center", true, "DDEBF7")),
		category:   add(style("楷体", 12, true, "left", true, "F2F2F2")),
		text:       add(style("宋体", 10.5, false, "left", true, "")),
		centre:     add(style("宋体", 10.5, false, "center", true, "")),
		note:       add(style("仿宋", 10.5, false, "left", false, "")),
	}
	date := style("宋体", 10.5, false, "center", true, "")
	format := "yyyy-mm-dd"
	date.CustomNumFmt = &format
	b.styles.date = add(date)
}

// tallest is the greatest row height that Excel takes, in points.
const tallest = 409

// fittingHeight is the row height, in points, in which texts fit their columns.
func fittingHeight(texts []string, widths []float64) float64 {
	lines := 1
	for i, s := range texts {
		n := 0
		for _, line := range strings.Split(s, "\n") {
			w := 0.0
			for _, r := range line {
				w += 1
				if utf8.RuneLen(r) > 1 {
					w += 1.1
				}
			}
			n += max(1, int(w/(widths[i]-1.5)+0.999))
		}
		lines = max(lines, n)
	}
	return min(float64(lines)*14+6, tallest)
}

// page sets up how a sheet prints: A4 landscape, as wide as the page, the
// header repeated, page numbers below.
func (b *newBook) page(sheet, headerRows string) {
	a4, width, zero, orientation := 9, 1, 0, "landscape"
	fit, centre := true, true
	margin, bottom := 0.4, 0.55
	b.do(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &orientation, FitToWidth: &width,
		FitToHeight: &zero}))
	b.do(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.do(b.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &bottom,
		Bottom: &bottom, Horizontally: &centre}))
	b.do(b.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&C" +
		msg.Say(b.lang, "newledger.page", "Page", "&P", "Pages", "&N")}))
	b.do(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!" + headerRows,
		Scope: sheet}))
}

// list puts a drop-down list on cells; source is either items or the cells that
// hold them. One that is open warns of other values and takes them.
func (b *newBook) list(sheet, cells string, items []string, source string, open bool) {
	style := excelize.DataValidationErrorStyleStop
	if open {
		style = excelize.DataValidationErrorStyleWarning
	}
	v := excelize.NewDataValidation(true)
	v.Sqref = cells
	if source != "" {
		v.SetSqrefDropList(source)
	} else {
		b.do(v.SetDropList(items))
	}
	v.SetError(style, msg.Say(b.lang, "newledger.list_title"),
		msg.Say(b.lang, "newledger.list_text"))
	b.do(b.AddDataValidation(sheet, v))
}

func (b *newBook) widths(sheet string, widths []float64) {
	for i, w := range widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		b.do(err)
		b.do(b.SetColWidth(sheet, name, name, w))
	}
}

// freeze keeps the rows above and the columns before the cell in view.
func (b *newBook) freeze(sheet string, cols, rows int) {
	b.do(b.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: b.at(cols+1, rows+1),
		ActivePane: "bottomRight"}))
}
