// Package dialog is what opens over a screen and takes the keys: lists to choose
// from, text entry, forms, conflicts, notes to read.
//
// A dialog reads the ledger through a [kit.Kit], keeps what is being typed, and
// returns an intent; it changes nothing else. One that waits for what it decided is
// told with Wait, stays open when that failed, and loses nothing that was typed.
package dialog

import (
	"strings"
	"taizhang/tui/intent"
	"taizhang/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Dialog is something over the screen that takes the keys. What a person
// decides in it comes back as an intent, nil if nothing is decided yet.
type Dialog interface {
	Key(k tea.KeyPressMsg) intent.Intent
	Paste(s string)
	Click(x, y int, double bool) intent.Intent // relative to the dialog's inside
	Wheel(n int)
	// Draw draws the inside, at most w × h cells.
	Draw(w, h int) inside
	// Wait tells that what was decided is being done, and how it failed.
	Wait(busy bool, sentence, hint string)
	Waits() bool
	// Help is pairs of keys and what they do here.
	Help() [][2]string
}

// inside is what stands within a dialog's frame.
type inside struct {
	title  string
	lines  []string // exactly w cells each
	w      int
	cursor *kit.Spot
}

// Overlay draws a dialog into the middle of the screen.
func Overlay(u *kit.Kit, d Dialog, base []string, w, h int) ([]string, *kit.Spot, kit.Box) {
	most := 100
	if big, ok := d.(interface{ Whole() bool }); ok && big.Whole() {
		most = w
	}
	in := d.Draw(max(4, min(w-4, most)), max(1, h-4))
	bw, bh := in.w+4, len(in.lines)+2
	b := kit.Box{X: max(0, (w-bw)/2), Y: max(0, (h-bh)/2), W: bw, H: bh}
	if bw > w || bh > h {
		return base, nil, b // no room: the screen says so by itself
	}
	side := u.Theme.Border.On(u.Lines.V)
	title := in.title
	if u.Width(title) > in.w-2 {
		title = strings.TrimRight(u.Fit(title, in.w-2), " ")
	}
	top := u.Theme.Border.On(u.Lines.Tl+u.Lines.H) + " " + u.Theme.Title.On(title) + " " +
		u.Theme.Border.On(strings.Repeat(u.Lines.H, max(0, in.w-1-u.Width(title)))+u.Lines.Tr)
	out := append([]string(nil), base...)
	put := func(y int, s string) {
		if y < len(out) {
			out[y] = u.Overlay(out[y], u.FitStyled(s, bw), b.X, bw)
		}
	}
	put(b.Y, top)
	for i, l := range in.lines {
		put(b.Y+1+i, side+" "+l+" "+side)
	}
	put(b.Y+bh-1, u.Theme.Border.On(u.Lines.Bl+strings.Repeat(u.Lines.H, in.w+2)+u.Lines.Br))
	if in.cursor == nil {
		return out, nil, b
	}
	return out, &kit.Spot{X: b.X + 2 + in.cursor.X, Y: b.Y + 1 + in.cursor.Y}, b
}

// trouble is the line that a dialog shows while it waits, or when what was
// decided failed.
type trouble struct {
	busy           bool
	sentence, hint string
	leaving        bool // Esc was pressed once over what is not saved
	seen           *seen
	moved          string // what became, while the dialog is open, of what it began with
}

// leave reports whether Esc may drop what was typed: at once if nothing was,
// else when it is pressed again. Who cancels in an input method presses it once
// too often.
func (t *trouble) leave(u *kit.Kit, typed bool) bool {
	if !typed || t.leaving {
		return true
	}
	t.leaving, t.sentence, t.hint = true, u.Say("tui.entry.unsaved"), ""
	return false
}

// stay takes a first Esc back.
func (t *trouble) stay() {
	if t.leaving {
		t.leaving, t.sentence = false, ""
	}
}

func (t *trouble) Wait(busy bool, sentence, hint string) {
	t.busy, t.sentence, t.hint = busy, sentence, hint
}

func (t *trouble) Waits() bool { return t.busy }

func (t *trouble) lines(u *kit.Kit, w int) []string {
	if t.busy {
		return []string{u.Theme.Info.On(u.Fit(u.Say("tui.saving"), w))}
	}
	var out []string
	if t.seen != nil {
		t.moved = t.seen.stirred()
	}
	if t.moved != "" {
		for _, l := range u.Wrap(t.moved, w) {
			out = append(out, u.Theme.Warn.On(u.Fit(l, w)))
		}
	}
	if t.sentence != "" {
		for _, l := range u.Wrap(t.sentence, w) {
			out = append(out, u.Theme.Bad.On(u.Fit(l, w)))
		}
	}
	if t.hint != "" {
		for _, l := range u.Wrap(t.hint, w) {
			out = append(out, u.Theme.Dim.On(u.Fit(l, w)))
		}
	}
	return out
}
