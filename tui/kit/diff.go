package kit

import (
	"strings"

	udiff "github.com/aymanbagabas/go-udiff"

	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// span is the bytes of a text from From to To.
type span struct{ from, to int }

// added are the parts of now that before does not have.
func added(before, now string) []span {
	var out []span
	shift := 0
	for _, e := range udiff.Strings(before, now) {
		if e.New != "" {
			out = append(out, span{e.Start + shift, e.Start + shift + len(e.New)})
		}
		shift += len(e.New) - (e.End - e.Start)
	}
	return out
}

// Compared draws a value in lines of w cells, with what it has more than before
// marked. An empty value is said to be one.
func (u *Kit) Compared(before, value string, w int) []string {
	if strings.TrimSpace(value) == "" {
		return []string{u.Theme.Dim.On(u.Fit(u.Say("tui.done.empty"), w))}
	}
	var marks []span
	if before != value && strings.TrimSpace(before) != "" {
		marks = added(before, value)
	}
	pieces := u.Pieces(value, true)
	var out []string
	for _, row := range text.Rows(pieces, w) {
		var line, part strings.Builder
		var style theme.Style
		for _, p := range pieces[row.From:row.To] {
			for len(marks) > 0 && marks[0].to <= p.From {
				marks = marks[1:]
			}
			s := u.Theme.Text
			if len(marks) > 0 && marks[0].from < p.To {
				s = u.Theme.Changed
			}
			if s != style {
				line.WriteString(style.On(part.String()))
				part.Reset()
				style = s
			}
			part.WriteString(p.Shown)
		}
		line.WriteString(style.On(part.String()))
		out = append(out, u.FitStyled(line.String(), w))
	}
	return out
}

// Joined is one text with what two people made of before: both changes where they
// do not touch each other, else the one under the other. It is shown before it is
// saved, so that a person judges it.
func Joined(before, a, b string) string {
	x, y := udiff.Strings(before, a), udiff.Strings(before, b)
	if strings.TrimSpace(before) != "" && len(x)+len(y) <= 6 {
		if all, ok := udiff.Merge(x, y); ok {
			if s, err := udiff.Apply(before, all); err == nil {
				return s
			}
		}
	}
	return strings.TrimRight(a, "\n") + "\n" + strings.TrimLeft(b, "\n")
}
