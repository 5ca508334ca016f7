package summary

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// paper sets a sheet up for printing: A4 landscape, as wide as the page, the
// heading on each page, and a footer with whose it is, the page and the day.
func (b *book) paper(sheet string, p page) {
	on := true
	props := &excelize.SheetPropsOptions{FitToPage: &on}
	if p.tab != "" {
		colour := "FF" + p.tab // opaque
		props.TabColorRGB = &colour
	}
	b.do(b.SetSheetProps(sheet, props))
	a4, landscape, one, any := 9, "landscape", 1, 0
	b.do(b.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &one,
		FitToHeight: &any}))
	side, top, bottom, edge := 0.5, 0.6, 0.7, 0.3 // inches
	b.do(b.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge, Horizontally: &on}))
	owner := p.footer
	if owner == "" {
		owner = b.title()
	}
	plain := false
	b.do(b.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{AlignWithMargins: &on, ScaleWithDoc: &plain,
		OddFooter: b.footer(owner)}))
	if p.head[0] > 0 {
		b.define("_xlnm.Print_Titles", sheet, fmt.Sprintf("%s!$%d:$%d", quoted(sheet), p.head[0], p.head[1]))
	}
	columns := p.print
	if columns == 0 {
		columns = len(p.widths)
	}
	b.define("_xlnm.Print_Area", sheet, fmt.Sprintf("%s!$A$1:$%s$%d", quoted(sheet), colName(columns), p.last))
}

func (b *book) define(name, sheet, refers string) {
	b.do(b.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refers, Scope: sheet}))
}

// footer is at most 255 characters long, codes included.
func (b *book) footer(owner string) string {
	font := `&"` + b.fonts.body + `,Regular"&9 `
	text := func(s string) string { return strings.ReplaceAll(s, "&", "&&") }
	return "&L" + font + text(cutUTF16(clean(owner), 60)) +
		"&C" + font + b.say("report.page", "Page", "&P", "Pages", "&N") +
		"&R" + font + text(b.date(b.today))
}
