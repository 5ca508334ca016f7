package tui

import (
	"strings"
	"time"

	"taizhang/sheet/msg"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// ui is what every screen and dialog shares: how to measure, paint and speak,
// and the prepared ledger. Only root changes it.
type ui struct {
	text.Measure
	th         theme.Theme
	lang       msg.Lang
	opt        Options
	now        func() time.Time
	x          *index.Index // nil until the first snapshot is prepared
	past       histories
	complaints []string // see root.complaints
	lines      border
}

// border is the characters that lines are drawn with. Box-drawing characters
// are ambiguous: where those are wide, ASCII keeps the frames whole.
type border struct{ h, v, tl, tr, bl, br string }

func borders(wide bool) border {
	if wide {
		return border{"-", "|", "+", "+", "+", "+"}
	}
	return border{"─", "│", "╭", "╮", "╰", "╯"}
}

func (u *ui) say(key string, pairs ...any) string { return msg.Say(u.lang, key, pairs...) }

// look is a table of which rows are chosen; cells one of which columns are too.
func (u *ui) look(focus bool) grid.Look {
	return grid.Look{Measure: u.Measure, Theme: &u.th, Focus: focus}
}

func (u *ui) cells(focus bool) grid.Look {
	l := u.look(focus)
	l.Cells = true
	return l
}

// rule is a line of w cells with a title in it.
func (u *ui) rule(title string, w int) string {
	if w < 4 {
		return text.Blank(w)
	}
	title = u.Clean(title)
	if u.Width(title) > w-4 {
		title = strings.TrimRight(u.Fit(title, w-4), " ")
	}
	return u.th.Border.On(u.lines.h) + " " + u.th.Title.On(title) + " " + u.th.Border.On(strings.Repeat(u.lines.h, max(0, w-3-u.Width(title))))
}

// beside joins two blocks of lines, lw and rw cells wide, with a line between.
func (u *ui) beside(left, right []string, lw, rw int) []string {
	out := make([]string, max(len(left), len(right)))
	sep := u.th.Border.On(u.lines.v)
	for i := range out {
		l, r := text.Blank(lw), text.Blank(rw)
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = l + sep + r
	}
	return out
}

// block makes lines exactly h lines of w cells.
func (u *ui) block(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			if u.StyledWidth(lines[i]) == w {
				out[i] = lines[i]
			} else {
				out[i] = u.FitStyled(lines[i], w)
			}
		} else {
			out[i] = text.Blank(w)
		}
	}
	return out
}

// center puts lines in the middle of a block of h lines of w cells.
func (u *ui) center(lines []string, w, h int) []string {
	out := make([]string, 0, h)
	for range max(0, (h-len(lines))/3) {
		out = append(out, "")
	}
	for _, l := range lines {
		out = append(out, text.Blank((w-u.StyledWidth(l))/2)+l)
	}
	return u.block(out, w, h)
}

// spot is a cell, for the cursor.
type spot struct{ x, y int }

// frame is what a screen draws: lines of exactly the width asked for, and the
// cell of the terminal's cursor if text is being typed.
type frame struct {
	lines  []string
	cursor *spot
}
