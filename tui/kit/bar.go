package kit

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// segments are the parts of a stacked bar, each with a character of its own, so
// that they differ without colour.
func (u *Kit) segments(c ledger.Counts) []segment {
	g := [...]string{"█", "▓", "▒", "░", "?"}
	if u.Wide {
		g = [...]string{"#", "=", "+", ".", "?"}
	}
	return []segment{
		{c.Done, g[0], u.Theme.Good, ledger.Done},
		{c.InProgress, g[1], u.Theme.Info, ledger.InProgress},
		{c.Ongoing, g[2], u.Theme.Dim, ledger.Ongoing},
		{c.NotStarted, g[3], u.Theme.Idle, ledger.NotStarted},
		{c.Unknown, g[4], u.Theme.Warn, ledger.UnknownStatus},
	}
}

// StateInShort is a state in a legend or above a narrow column.
func (u *Kit) StateInShort(k ledger.StatusKind) string {
	if k == ledger.Ongoing {
		return u.Say("tui.count.ongoing")
	}
	return k.Text().In(u.Lang)
}

type segment struct {
	n     int
	glyph string
	style theme.Style
	kind  ledger.StatusKind
}

// Bar is a stacked bar in w cells; most is the count that fills it.
func (u *Kit) Bar(c ledger.Counts, w, most int, current bool) string {
	var b strings.Builder
	used, sum := 0, 0
	for _, s := range u.segments(c) {
		sum += s.n
		to := sum * w / max(most, 1)
		if s.n > 0 && to <= used {
			to = used + 1 // what there is shows
		}
		to = min(to, w)
		if n := to - used; n > 0 {
			style := s.style
			if current && style == u.Theme.Text {
				style = u.Theme.Cursor
			}
			b.WriteString(style.On(strings.Repeat(s.glyph, n)))
			used = to
		}
	}
	style := u.Theme.Text
	if current {
		style = u.Theme.Cursor
	}
	return b.String() + style.On(text.Blank(w-used))
}

// Legend tells the parts of a bar in words, on as many lines as it takes.
func (u *Kit) Legend(c ledger.Counts, w int) []string {
	var out []string
	var line strings.Builder
	used := 1
	for _, seg := range u.segments(c) {
		if seg.n == 0 {
			continue
		}
		t := seg.glyph + " " + u.StateInShort(seg.kind) + " " + Itoa(seg.n) + "  "
		if used+u.Width(t) > w && used > 1 {
			out = append(out, " "+u.FitStyled(line.String(), w-1))
			line.Reset()
			used = 1
		}
		used += u.Width(t)
		line.WriteString(seg.style.On(t))
	}
	return append(out, " "+u.FitStyled(line.String(), w-1))
}

// InReview says how many tasks wait for review and how many were returned; "" where there
// are none.
func (u *Kit) InReview(c ledger.Counts) string {
	if c.InReview+c.Returned == 0 {
		return ""
	}
	return u.Say("tui.supervise.in_review", "InReview", c.InReview, "Returned", c.Returned)
}
