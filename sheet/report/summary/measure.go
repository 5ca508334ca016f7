package summary

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// Widths are in the spreadsheet's unit, a digit of the standard font, which is
// 8 pixels wide in 宋体 at 11 points; texts are measured in halves of a Chinese
// character, 7 pixels at the body size.
const (
	lineHeight = 15.0  // points of a line of body text
	padding    = 5.0   // points above and below together
	maxHeight  = 409.0 // a row cannot be higher
	minHeight  = 21.0
)

func runeWidth(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case r >= 0x2e80 && r < 0xff61:
		return 2
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 2
	}
	return 1
}

func textWidth(s string) (n int) {
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// linesIn is how many lines a text takes in a column of that width, a line too
// many rather than one too few: fonts differ from machine to machine. Words of
// Latin letters do not break, for which a line loses a little.
func linesIn(s string, col float64) int {
	room := max(int(col*1.08-1.2), 2)
	n := 0
	for line := range strings.SplitSeq(s, "\n") {
		w := textWidth(line)
		n += max(1, (w+room-1)/room)
		if w > room && w != 2*len([]rune(line)) && w%room > room-4 {
			n++
		}
	}
	return max(n, 1)
}

// heightFor is a row's height for that many lines of a font of that size.
func heightFor(lines int, size float64) float64 {
	h := float64(lines)*lineHeight*size/bodySize + padding
	return min(max(math.Round(h*4)/4, minHeight), maxHeight)
}

// titleHeight is the height of a title over columns of these widths, at least
// least: the titles of plans are long, and a row too low cuts them off.
func titleHeight(s string, widths []float64, least float64) float64 {
	across := 0.0
	for _, w := range widths {
		across += w
	}
	return max(least, heightFor(linesIn(s, across*bodySize/titleSize), titleSize))
}

// roomy is a column width at which most of the texts take few lines: the
// length of a long one (of ten, nine are shorter) over so many lines, within
// bounds.
func roomy(widths []int, lines int, least, most float64) float64 {
	if len(widths) == 0 {
		return least
	}
	slices.Sort(widths)
	long := widths[(len(widths)-1)*9/10]
	return math.Round(min(max(float64(long)/float64(lines)+2, least), most))
}

// clean makes a text fit for a heading: one line, nothing at its ends.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
