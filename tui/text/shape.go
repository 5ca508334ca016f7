package text

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

var blanks = strings.Repeat(" ", 512)

// Blank is n spaces; none if n is negative.
func Blank(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Cut is the longest beginning of s that fits into w cells, and its width. s is
// clean text.
func (m Measure) Cut(s string, w int) (string, int) {
	if w <= 0 {
		return "", 0
	}
	if len(s) <= w { // no character takes more cells than bytes
		return s, m.Width(s)
	}
	at, used := 0, 0
	g := m.options().StringGraphemes(s)
	for g.Next() {
		cw := g.Width()
		if used+cw > w {
			break
		}
		used += cw
		at += len(g.Value())
	}
	return s[:at], used
}

// Fit makes s exactly w cells wide: padded with spaces, or cut and marked with
// [Ellipsis]. s is clean text.
func (m Measure) Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if sw := m.Width(s); sw <= w {
		return s + Blank(w-sw)
	}
	tail := Ellipsis
	if w < 4 {
		tail = ""
	}
	cut, cw := m.Cut(s, w-len(tail))
	return cut + tail + Blank(w-len(tail)-cw)
}

// FitName is Fit for names of units: where one is cut, most of its end stays, since
// the offices of one place all begin alike.
func (m Measure) FitName(s string, w int) string {
	sw := m.Width(s)
	room := (w - len(Ellipsis)) * 2 / 3
	if sw <= w || room < 4 {
		return m.Fit(s, w)
	}
	g := m.options().StringGraphemes(s)
	at := 0
	for left := sw; left > room && g.Next(); left -= g.Width() {
		at += len(g.Value())
	}
	tail := Ellipsis + s[at:]
	tw := m.Width(tail)
	head, hw := m.Cut(s[:at], w-tw)
	return head + tail + Blank(w-hw-tw)
}

// FitRight is Fit with the text at the right edge.
func (m Measure) FitRight(s string, w int) string {
	if sw := m.Width(s); sw <= w {
		return Blank(w-sw) + s
	}
	return m.Fit(s, w)
}

// Wrap breaks s into lines of at most w cells. Chinese breaks between any two
// characters, except that closing punctuation does not begin a line and an
// opening bracket does not end one; other words break at spaces, or inside
// where they are longer than a line. s may hold line breaks and anything else:
// it is cleaned.
func (m Measure) Wrap(s string, w int) []string {
	if w < 2 {
		w = 2
	}
	var out []string
	for _, line := range m.Lines(s) {
		out = m.wrapLine(out, line, w)
	}
	return out
}

func (m Measure) wrapLine(out []string, s string, w int) []string {
	for m.Width(s) > w {
		at := m.breakAt(s, w)
		out = append(out, strings.TrimRight(s[:at], " "))
		s = strings.TrimLeft(s[at:], " ")
	}
	return append(out, s)
}

// breakAt is the byte offset of the best place to break s, which is wider than
// w: the last one that fits, or the last character that does.
func (m Measure) breakAt(s string, w int) int {
	used, at, best := 0, 0, 0
	prev := ""
	g := m.options().StringGraphemes(s)
	for g.Next() {
		c := g.Value()
		if at > 0 && MayBreak(prev, c) {
			best = at
		}
		if used+g.Width() > w {
			break
		}
		used += g.Width()
		at += len(c)
		prev = c
	}
	switch {
	case best > 0:
		return best
	case at > 0:
		return at
	}
	return len(prev) + firstCluster(s[len(prev):])
}

func firstCluster(s string) int {
	g := displaywidth.StringGraphemes(s)
	if g.Next() {
		return len(g.Value())
	}
	return len(s)
}

const (
	noStart = "，。、；：？！）》」』】〕〉”’…·％,.;:?!)]}%"
	noEnd   = "（《「『【〔〈“‘([{"
)

// MayBreak reports whether a line may end between two characters.
func MayBreak(prev, next string) bool {
	if prev == " " {
		return next != " "
	}
	if strings.Contains(noStart, next) || strings.Contains(noEnd, prev) {
		return false
	}
	return next == " " || len(prev) > 1 || len(next) > 1
}
