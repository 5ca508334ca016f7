package paper

import (
	"strconv"
	"strings"

	"taizhang/sheet/msg"
)

// Plain is the paper as plain text for a mail or a chat, a paragraph a line. Of
// a chart it has the figures.
func (p *Paper) Plain() string {
	var b strings.Builder
	indent := "　　"
	if p.Lang == msg.EN {
		indent = ""
	}
	gap := func() {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
	}
	if t := oneLine(p.Title); t != "" {
		b.WriteString(t + "\n")
	}
	if p.To != "" {
		gap()
		b.WriteString(oneLine(p.To) + p.colon() + "\n")
	}
	for _, blk := range p.blocks {
		switch {
		case blk.table != nil:
			plainTable(&b, blk.table)
		case blk.chart != nil:
			gap()
			b.WriteString(indent + oneLine(blk.chart.Title) + "\n")
			plainTable(&b, blk.chart.asTable())
		case blk.level > 0:
			gap()
			b.WriteString(indent + blk.text + "\n")
		default:
			if !isNumbered(blk.text) {
				gap()
			}
			if blk.flush {
				b.WriteString(blk.text + "\n")
			} else {
				b.WriteString(indent + blk.text + "\n")
			}
		}
	}
	for i, name := range p.Attachments {
		if i == 0 {
			gap()
			b.WriteString(indent + p.attachmentWord())
		} else {
			b.WriteString(indent + strings.Repeat(" ", halves(p.attachmentWord())))
		}
		if len(p.Attachments) > 1 {
			b.WriteString(strconv.Itoa(i+1) + ".")
		}
		b.WriteString(oneLine(name) + "\n")
	}
	if signed := p.signLines(); len(signed) > 0 {
		gap()
		for _, s := range signed {
			b.WriteString(s.text + "\n")
		}
	}
	return b.String()
}

// isNumbered reports whether a text is an item of a list: 1.… or 1) …
func isNumbered(s string) bool {
	i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	return i > 0 && strings.ContainsRune(".)．、", []rune(s[i:])[0])
}

// asTable is a chart's figures.
func (c *Chart) asTable() *Table {
	head := []Cell{{}}
	for _, s := range c.Series {
		head = append(head, Cell{Text: s.Name})
	}
	t := &Table{Rows: [][]Cell{head}, Head: 1}
	for i, name := range c.Categories {
		row := []Cell{{Text: name}}
		for _, s := range c.Series {
			row = append(row, Cell{Text: strconv.FormatFloat(s.at(i), 'f', -1, 64)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
