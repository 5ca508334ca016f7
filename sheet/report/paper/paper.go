// Package paper sets official papers (公文) as GB/T 9704—2012 has them, as Word
// documents and as plain text: notices, bulletins, the annual report.
//
// Fill in a [Paper] from top to bottom ([Paper.Heading], [Paper.Text],
// [Paper.Table], [Paper.Chart]) and call [Paper.Docx] or [Paper.Plain]. The same
// paper gives the same bytes.
//
// # What the standard asks for, and where it is
//
//   - A4; 37 mm above, 28 mm to the left, and so a text area of 156 × 225 mm with
//     22 lines of 28 characters: the section's document grid (page.go).
//   - Title 2号 小标宋, broken by sense; body 3号 仿宋, first line indented by two
//     characters; headings 一、黑体, （一）楷体, 1. and （1）仿宋: styles.go, title.go.
//   - 主送机关 one empty line below the title, flush left, with a colon.
//   - 附件说明 one empty line below the body, its names aligned.
//   - The signature with a seal or without one, and the date under it: sign.go.
//   - Page numbers 4号 半角宋体 between em dashes, odd ones right, even ones left,
//     each one character from the edge.
//
// 小标宋 and 仿宋_GB2312 are not on every machine; the font table names what to
// take in their place. No font is embedded.
package paper

import (
	"time"

	"taizhang/sheet/msg"
)

// Paper is an official paper, filled from top to bottom.
type Paper struct {
	Title       string
	To          string   // 主送机关, without its colon; "" for none
	Attachments []string // names of what comes with it
	Sign        Signature
	Lang        msg.Lang // of the few words that the form itself has

	blocks []block
}

// Signature is who signs and when. With neither there is none.
type Signature struct {
	Unit    string
	Date    time.Time // zero: not dated
	Sealed  bool      // room is left for a seal over name and date
	Chinese bool      // the date in Chinese numerals, 二〇二六年一月五日, where custom wants it
}

// block is a part of the body: one of its fields is set.
type block struct {
	level int // of a heading, 1 to 4; 0 for a paragraph of text
	text  string
	flush bool // text without the indent of its first line
	table *Table
	chart *Chart
}

// Heading adds a heading of a level from 1 to 4. The number is part of the text:
// 一、 （一） 1. （1）
func (p *Paper) Heading(level int, text string) {
	p.blocks = append(p.blocks, block{level: min(max(level, 1), 4), text: oneLine(text)})
}

// Text adds a paragraph.
func (p *Paper) Text(text string) { p.blocks = append(p.blocks, block{text: oneLine(text)}) }

// Flush adds a paragraph that begins at the edge, such as the caption of a table.
func (p *Paper) Flush(text string) {
	p.blocks = append(p.blocks, block{text: oneLine(text), flush: true})
}

// Table adds a table.
func (p *Paper) Table(t Table) {
	if len(t.Rows) > 0 {
		p.blocks = append(p.blocks, block{table: &t})
	}
}

// Chart adds a chart.
func (p *Paper) Chart(c Chart) {
	if len(c.Series) > 0 && len(c.Categories) > 0 {
		p.blocks = append(p.blocks, block{chart: &c})
	}
}

// Table is a table over the whole width of the text. Every row has its cells
// from left to right; a place that another cell covers is left out.
type Table struct {
	Rows   [][]Cell
	Head   int   // rows at the top that are repeated on every page
	Cols   []int // widths in proportion to each other; nil: as the texts need it
	Size   int   // of the font, in half points; 0: 24
	Height int   // least height of a row, in twentieths of a point; 0: as the texts need it
	// Whole keeps the rows on one page; for a table that fits on one.
	Whole bool
}

// Cell is a cell of a table.
type Cell struct {
	Text       string
	Span, Down int // columns and rows that it covers; 0 is 1
	Left       bool
	Bold       bool // in the font of headings, outside the head too
}

// Row is a row of plain cells.
func Row(texts ...string) []Cell {
	out := make([]Cell, len(texts))
	for i, t := range texts {
		out[i].Text = t
	}
	return out
}

// Chart is a native chart with its figures in it, so that it can be edited.
type Chart struct {
	Title      string
	Kind       ChartKind
	Categories []string
	Series     []Series
	Height     float64 // in millimetres; 0: by the number of categories
}

// ChartKind is the form of a chart.
type ChartKind int

const (
	Columns ChartKind = iota // upright, side by side
	Bars                     // lying, stacked
)

// Series is a row of figures, one for each category.
type Series struct {
	Name   string
	Values []float64
	Colour string // RRGGBB
}
