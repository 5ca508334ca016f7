package notices

import (
	"strings"

	"golang.org/x/text/width"

	"taizhang/sheet/msg"
)

// Letter is a page of plain paragraphs, written as text or as a Word document.
type Letter struct {
	lines  []letterLine
	indent string // of paragraphs in the text; a Word document has styles for it
}

func newLetter(lang msg.Lang) *Letter {
	if lang == msg.EN {
		return &Letter{}
	}
	return &Letter{indent: "　　"}
}

type lineKind int

const (
	bodyLine lineKind = iota
	titleLine
	salutation
	headingLine
	subheadingLine
	itemLine
	signature
	tableLines
)

// letterLine is a paragraph, or a table if kind is tableLines.
type letterLine struct {
	kind lineKind
	text string
	rows [][]string
}

// Text is the letter as plain text, one paragraph a line, with line feeds.
func (l *Letter) Text() string {
	var b strings.Builder
	for i, line := range l.lines {
		gap, indent := "\n", l.indent
		switch line.kind {
		case titleLine, salutation, signature:
			indent = ""
		case itemLine:
			gap = ""
		case tableLines:
			writeTable(&b, line.rows)
			continue
		}
		if i == 0 {
			gap = ""
		}
		b.WriteString(gap + indent + line.text + "\n")
	}
	return b.String()
}

// writeTable writes rows with their columns aligned in a fixed-width font, in
// which a Chinese character is as wide as two letters.
func writeTable(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], cells(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell + strings.Repeat(" ", widths[i]-cells(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

func cells(s string) (n int) {
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
