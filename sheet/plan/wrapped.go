package plan

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Text that was taken out of a PDF breaks its paragraphs at the edge of the
// page: most of its lines are as long as the longest, and go on below.
const (
	leastLine = 32  // columns of the shortest page
	mostLine  = 110 // a longer line is a paragraph
	ragged    = 6   // columns that a full line may be short of, for a mark that must not begin a line
	raggedLat = 14  // or a word
)

// pageRE is a line that numbers a page.
var pageRE = lazy(`^[-—－–]\s*\d+\s*[-—－–]$|^第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$`)

// unwrap makes paragraphs of the lines that a page's edge has broken, if the
// document is of such lines, and leaves out the numbers of its pages.
func unwrap(blocks []Block) []Block {
	var lines []Block
	edge := 0
	for _, b := range blocks {
		if b.Rows == nil && pageRE().MatchString(b.Text) {
			continue
		}
		lines = append(lines, b)
		if b.Rows == nil {
			edge = max(edge, columns(b.Text))
		}
	}
	if edge < leastLine || edge > mostLine {
		return lines
	}
	texts, full, open := 0, 0, 0
	for _, b := range lines {
		if b.Rows != nil {
			continue
		}
		texts++
		if reaches(b.Text, edge) {
			full++
			if !finishes(b.Text) {
				open++
			}
		}
	}
	if full < 3 || full*5 < texts || open*2 < full {
		return lines
	}
	var out []Block
	last := "" // the line that the last paragraph ends with
	for _, b := range lines {
		n := len(out) - 1
		if n >= 0 && goesOn(out[n], last, b, edge) {
			if latinRE().MatchString(b.Text) && latinLastRE().MatchString(last) {
				out[n].Text += " "
			}
			out[n].Text += b.Text
		} else {
			out = append(out, b)
		}
		last = b.Text
	}
	return out
}

// goesOn reports whether the line next is more of the paragraph before it, which
// ends with the line last.
func goesOn(before Block, last string, next Block, edge int) bool {
	if before.Rows != nil || next.Rows != nil || before.Ends || next.Ends || before.Level > 0 || next.Level > 0 ||
		next.Begins {
		return false
	}
	if !reaches(last, edge) || finishes(last) {
		return false
	}
	style, _, rest := numbered(next.Text)
	_, said := line(rest)
	return style == "" && !said && !bulletRE().MatchString(next.Text) && !attachedRE().MatchString(next.Text)
}

var (
	bulletRE    = lazy(`^[-*•●■◆★▲△]\s*\S`)
	latinLastRE = lazy(`[A-Za-z0-9,;]$`)
)

// reaches reports whether a line goes as far as the edge of the page.
func reaches(s string, edge int) bool {
	if last, _ := utf8.DecodeLastRuneInString(s); last < 0x2000 {
		return columns(s) >= edge-raggedLat
	}
	return columns(s) >= edge-ragged
}

// finishes reports whether a line ends a sentence.
func finishes(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。；：！？!?;:.", last)
}

// columns is the width of a text on a screen or typewriter.
func columns(s string) (n int) {
	for _, r := range s {
		n++
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
			n++
		}
	}
	return n
}
