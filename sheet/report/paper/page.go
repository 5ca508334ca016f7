package paper

import (
	"fmt"
	"strings"
)

const names = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`

// The page, in twentieths of a point: A4, 37 mm above, 35 below, 28 left, 26
// right; what is left is 156 × 225 mm.
const (
	pageWidth, pageHeight = 11906, 16838
	top, bottom           = 2098, 1984
	left, right           = 1588, 1474
	textWidth             = pageWidth - left - right
	footDistance          = 1588 // 28 mm: 7 mm below the text

	// lineTwips is a 22nd of the height of the text, rounded down: what is above it
	// would leave room for 21 lines only.
	lineTwips = (pageHeight - top - bottom) / 22
	charTwips = textWidth / 28
	// charSpacing takes a quarter of a point from the 16 of a character of 3号, so
	// that 28 stand in a line. The grid's own w:charSpace could say the same, but
	// LibreOffice takes a negative one for a large one, and then 15 stand in it.
	charSpacing = -5
)

var section = fmt.Sprintf(
	`<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>`+
		`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/>`+
		`<w:docGrid w:type="linesAndChars" w:linePitch="%d" w:charSpace="0"/></w:sectPr>`,
	pageWidth, pageHeight, top, right, bottom, left, footDistance, lineTwips)

// footer is the page number between em dashes.
func footer(style string) string {
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return `<w:ftr ` + names + `><w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + run("— ") +
		field("begin") + `<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		field("separate") + run("1") + field("end") +
		run(" —") + `</w:p></w:ftr>`
}

const settings = `<w:settings ` + names + `><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="290"/>` +
	`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode"` +
	` w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

const appProperties = `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>taizhang</Application></Properties>`

const (
	officeRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageRel = "http://schemas.openxmlformats.org/package/2006/relationships"
)

func relationships(list ...[3]string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="` + packageRel + `">`)
	for _, r := range list {
		b.WriteString(`<Relationship Id="` + r[0] + `" Type="` + r[1] + `" Target="` + r[2] + `"/>`)
	}
	return b.String() + `</Relationships>`
}

var packageRels = relationships(
	[3]string{"rId1", officeRel + "officeDocument", "word/document.xml"},
	[3]string{"rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
		"docProps/core.xml"},
	[3]string{"rId3", officeRel + "extended-properties", "docProps/app.xml"})

// chartID is the relationship of the n-th chart, counted from 1.
func chartID(n int) string { return fmt.Sprintf("rId%d", 5+n) }

func (w *writer) documentRels() string {
	list := [][3]string{
		{"rId1", officeRel + "styles", "styles.xml"}, {"rId2", officeRel + "settings", "settings.xml"},
		{"rId3", officeRel + "fontTable", "fontTable.xml"},
		{"rId4", officeRel + "footer", "footer1.xml"}, {"rId5", officeRel + "footer", "footer2.xml"},
	}
	for i := range w.charts {
		list = append(list, [3]string{chartID(i + 1), officeRel + "chart", fmt.Sprintf("charts/chart%d.xml", i+1)})
	}
	return relationships(list...)
}

func chartRels(n int) string {
	return relationships([3]string{"rId1", officeRel + "package", fmt.Sprintf("../embeddings/figures%d.xlsx", n)})
}

func (w *writer) contentTypes() string {
	const office = "application/vnd.openxmlformats-officedocument."
	var b strings.Builder
	b.WriteString(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	if len(w.charts) > 0 {
		b.WriteString(`<Default Extension="xlsx" ContentType="` + office + `spreadsheetml.sheet"/>`)
	}
	over := func(name, kind string) {
		b.WriteString(`<Override PartName="` + name + `" ContentType="` + kind + `"/>`)
	}
	over("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	over("/docProps/app.xml", office+"extended-properties+xml")
	over("/word/document.xml", office+"wordprocessingml.document.main+xml")
	over("/word/styles.xml", office+"wordprocessingml.styles+xml")
	over("/word/settings.xml", office+"wordprocessingml.settings+xml")
	over("/word/fontTable.xml", office+"wordprocessingml.fontTable+xml")
	over("/word/footer1.xml", office+"wordprocessingml.footer+xml")
	over("/word/footer2.xml", office+"wordprocessingml.footer+xml")
	for i := range w.charts {
		over(fmt.Sprintf("/word/charts/chart%d.xml", i+1), office+"drawingml.chart+xml")
	}
	return b.String() + `</Types>`
}
