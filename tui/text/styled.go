package text

import "strings"

// The functions of this file take styled text: clean text with SGR sequences
// (ESC [ … m) between its characters, as the theme paints it.

// StyledWidth is the number of cells that styled text takes.
func (m Measure) StyledWidth(s string) int {
	w := 0
	for s != "" {
		plain, _, rest := nextStyle(s)
		w += m.Width(plain)
		s = rest
	}
	return w
}

// Overlay puts over, which is styled and w cells wide, onto base at cell x.
// Characters of base that stick out at either side of it become spaces.
func (m Measure) Overlay(base, over string, x, w int) string {
	left, style := m.take(base, x)
	right, rstyle := m.drop(base, x+w)
	reset := ""
	if style != "" {
		reset = "\x1b[m"
	}
	return left + reset + over + "\x1b[m" + rstyle + right
}

// FitStyled makes styled text exactly w cells wide.
func (m Measure) FitStyled(s string, w int) string {
	cut, style := m.take(s, w)
	if style != "" {
		cut += "\x1b[m"
	}
	return cut
}

// take is the first w cells of styled text, padded, and the style in force at
// its end ("" if none).
func (m Measure) take(s string, w int) (string, string) {
	var b strings.Builder
	used, style := 0, ""
	for s != "" && used < w {
		plain, sgr, rest := nextStyle(s)
		cut, cw := m.Cut(plain, w-used)
		b.WriteString(cut)
		used += cw
		if len(cut) < len(plain) {
			b.WriteString(Blank(w - used))
			used = w
			break
		}
		b.WriteString(sgr)
		style = after(style, sgr)
		s = rest
	}
	if used >= w { // styles that end exactly here
		for strings.HasPrefix(s, "\x1b[") {
			_, sgr, rest := nextStyle(s)
			style = after(style, sgr)
			b.WriteString(sgr)
			s = rest
		}
		return b.String(), style
	}
	if style != "" {
		b.WriteString("\x1b[m")
	}
	b.WriteString(Blank(w - used))
	return b.String(), ""
}

// drop is styled text without its first w cells, and the style in force there.
func (m Measure) drop(s string, w int) (string, string) {
	used, style := 0, ""
	for s != "" {
		plain, sgr, rest := nextStyle(s)
		cut, cw := m.Cut(plain, w-used)
		used += cw
		if left := plain[len(cut):]; left != "" {
			pad := ""
			if used < w { // a wide character straddles the edge
				n := firstCluster(left)
				pad = Blank(used + m.Width(left[:n]) - w)
				left = left[n:]
			}
			return pad + left + sgr + rest, style
		}
		style = after(style, sgr)
		s = rest
	}
	return "", ""
}

func after(style, sgr string) string {
	switch sgr {
	case "":
		return style
	case "\x1b[m", "\x1b[0m":
		return ""
	}
	return style + sgr
}

// nextStyle splits styled text at its first SGR sequence.
func nextStyle(s string) (plain, sgr, rest string) {
	i := strings.Index(s, "\x1b[")
	if i < 0 {
		return s, "", ""
	}
	j := strings.IndexByte(s[i:], 'm')
	if j < 0 {
		return s[:i], s[i:], ""
	}
	return s[:i], s[i : i+j+1], s[i+j+1:]
}
