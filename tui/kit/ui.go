// Package kit is what screens and dialogs are made with: how to measure, paint and
// speak, and the prepared ledger in words. A [Kit] is shared by all of them; only
// the root changes it, between two frames. Its methods return text that is clean
// and may be painted as it is.
package kit

import (
	"strings"
	"time"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Kit is what every screen and dialog shares: how to measure, paint and speak,
// and the prepared ledger. Only root changes it.
type Kit struct {
	text.Measure
	Theme      theme.Theme
	Lang       msg.Lang
	ReadOnly   bool           // nothing that changes the ledger is available
	Wished     []string       // columns of the task table by key, in order; empty: a useful choice
	Widths     map[string]int // cells that the content of each column needs, by key
	Soon       int            // days before a deadline is due soon
	Now        func() time.Time
	Index      *index.Index // nil until the first snapshot is prepared
	Past       histories
	Quiet      Quiet          // changes that nobody approved
	News       []syncer.Entry // what others changed since the person last looked, newest first
	Since      *Since         // how it stood when the last month ended, nil if that is not known
	Complaints []string       // settings that cannot be followed, a sentence each
	Lines      border
}

// border is the characters that lines are drawn with. Box-drawing characters
// are ambiguous: where those are wide, ASCII keeps the frames whole.
type border struct{ H, V, Tl, Tr, Bl, Br string }

func Borders(wide bool) border {
	if wide {
		return border{"-", "|", "+", "+", "+", "+"}
	}
	return border{"─", "│", "╭", "╮", "╰", "╯"}
}

func (u *Kit) Say(key string, pairs ...any) string { return msg.Say(u.Lang, key, pairs...) }

// Look is a table whose rows are chosen; in cells, columns are chosen too.
func (u *Kit) Look(focus bool) grid.Look {
	return grid.Look{Measure: u.Measure, Theme: &u.Theme, Focus: focus}
}

func (u *Kit) Cells(focus bool) grid.Look {
	l := u.Look(focus)
	l.Cells = true
	return l
}

// Rule is a line of w cells with a title in it.
func (u *Kit) Rule(title string, w int) string {
	if w < 4 {
		return text.Blank(w)
	}
	title = u.Clean(title)
	if u.Width(title) > w-4 {
		title = strings.TrimRight(u.Fit(title, w-4), " ")
	}
	return u.Theme.Border.On(u.Lines.H) + " " + u.Theme.Title.On(title) + " " +
		u.Theme.Border.On(strings.Repeat(u.Lines.H, max(0, w-3-u.Width(title))))
}

// Beside joins two blocks of lines, lw and rw cells wide, with a line between.
func (u *Kit) Beside(left, right []string, lw, rw int) []string {
	out := make([]string, max(len(left), len(right)))
	sep := u.Theme.Border.On(u.Lines.V)
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

// Block makes lines exactly h lines of w cells.
func (u *Kit) Block(lines []string, w, h int) []string {
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

// Center puts lines in the middle of a block of h lines of w cells.
func (u *Kit) Center(lines []string, w, h int) []string {
	out := make([]string, 0, h)
	for range max(0, (h-len(lines))/3) {
		out = append(out, "")
	}
	for _, l := range lines {
		out = append(out, text.Blank((w-u.StyledWidth(l))/2)+l)
	}
	return u.Block(out, w, h)
}

// Spot is a cell, for the cursor.
type Spot struct{ X, Y int }

// Frame is what a screen draws: lines of exactly the width asked for, and the
// cell of the terminal's cursor if text is being typed.
type Frame struct {
	Lines  []string
	Cursor *Spot
}

// Box is a dialog's frame on the screen.
type Box struct{ X, Y, W, H int }

func InBox(b Box, x, y int) bool { return x >= b.X && x < b.X+b.W && y >= b.Y && y < b.Y+b.H }

// Nth is a line of some, "" behind their end.
func Nth(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
