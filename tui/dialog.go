package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// dialog is something over the screen that takes the keys. What a person
// decides in it comes back as one of the results of results.go, nil if nothing
// is decided yet.
type dialog interface {
	key(k tea.KeyPressMsg) any
	paste(s string)
	click(x, y int, double bool) any // relative to the dialog's inside
	wheel(n int)
	// draw draws the inside, at most w × h cells.
	draw(w, h int) inside
	// wait tells that what was decided is being done, and how it failed.
	wait(busy bool, sentence, hint string)
	waits() bool
	// help is pairs of keys and what they do here.
	help() [][2]string
}

// inside is what stands within a dialog's frame.
type inside struct {
	title  string
	lines  []string // exactly w cells each
	w      int
	cursor *spot
}

// box is a dialog's frame on the screen.
type box struct{ x, y, w, h int }

// frameDialog draws a dialog into the middle of the screen.
func (u *ui) frameDialog(d dialog, base []string, w, h int) ([]string, *spot, box) {
	in := d.draw(max(4, min(w-4, 100)), max(1, h-4))
	bw, bh := in.w+4, len(in.lines)+2
	b := box{x: max(0, (w-bw)/2), y: max(0, (h-bh)/2), w: bw, h: bh}
	if bw > w || bh > h {
		return base, nil, b // no room: the screen says so by itself
	}
	side := u.th.Border.On(u.lines.v)
	title := in.title
	if u.Width(title) > in.w-2 {
		title = strings.TrimRight(u.Fit(title, in.w-2), " ")
	}
	top := u.th.Border.On(u.lines.tl+u.lines.h) + " " + u.th.Title.On(title) + " " +
		u.th.Border.On(strings.Repeat(u.lines.h, max(0, in.w-1-u.Width(title)))+u.lines.tr)
	out := append([]string(nil), base...)
	put := func(y int, s string) {
		if y < len(out) {
			out[y] = u.Overlay(out[y], u.FitStyled(s, bw), b.x, bw)
		}
	}
	put(b.y, top)
	for i, l := range in.lines {
		put(b.y+1+i, side+" "+l+" "+side)
	}
	put(b.y+bh-1, u.th.Border.On(u.lines.bl+strings.Repeat(u.lines.h, in.w+2)+u.lines.br))
	if in.cursor == nil {
		return out, nil, b
	}
	return out, &spot{b.x + 2 + in.cursor.x, b.y + 1 + in.cursor.y}, b
}

// trouble is the line that a dialog shows while it waits, or when what was
// decided failed.
type trouble struct {
	busy           bool
	sentence, hint string
	leaving        bool // Esc was pressed once over what is not saved
}

// leave reports whether Esc may drop what was typed: at once if nothing was,
// else when it is pressed again. Who cancels in an input method presses it once
// too often.
func (t *trouble) leave(u *ui, typed bool) bool {
	if !typed || t.leaving {
		return true
	}
	t.leaving, t.sentence, t.hint = true, u.say("tui.entry.unsaved"), ""
	return false
}

// stay takes a first Esc back.
func (t *trouble) stay() {
	if t.leaving {
		t.leaving, t.sentence = false, ""
	}
}

func (t *trouble) wait(busy bool, sentence, hint string) {
	t.busy, t.sentence, t.hint = busy, sentence, hint
}

func (t *trouble) waits() bool { return t.busy }

func (t *trouble) lines(u *ui, w int) []string {
	if t.busy {
		return []string{u.th.Info.On(u.Fit(u.say("tui.saving"), w))}
	}
	var out []string
	if t.sentence != "" {
		for _, l := range u.Wrap(t.sentence, w) {
			out = append(out, u.th.Bad.On(u.Fit(l, w)))
		}
	}
	if t.hint != "" {
		for _, l := range u.Wrap(t.hint, w) {
			out = append(out, u.th.Dim.On(u.Fit(l, w)))
		}
	}
	return out
}

// noteDialog shows text to read: a message, or help.
type noteDialog struct {
	trouble
	ui    *ui
	title string
	// rows are paragraphs; a pair is shown in two columns.
	rows [][2]string
	top  int
	page int
	all  int
}

func (d *noteDialog) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "up", "k":
		d.top--
	case "down", "j":
		d.top++
	case "pgup":
		d.top -= d.page
	case "pgdown", "space":
		d.top += d.page
	case "home":
		d.top = 0
	case "end":
		d.top = d.all
	default:
		return closed{}
	}
	return nil
}

func (d *noteDialog) paste(string)             {}
func (d *noteDialog) click(int, int, bool) any { return nil }
func (d *noteDialog) wheel(n int)              { d.top += n }

func (d *noteDialog) help() [][2]string { return [][2]string{{"Esc", d.ui.say("tui.key.close")}} }

func (d *noteDialog) draw(w, h int) inside {
	u := d.ui
	keyw, wide := 0, u.Width(d.title)+2
	for _, r := range d.rows {
		if r[1] != "" {
			keyw = max(keyw, u.Width(r[0]))
			wide = max(wide, keyw+2+u.Width(r[1]))
		} else {
			wide = max(wide, u.Width(r[0]))
		}
	}
	keyw = min(keyw, w/2)
	w = min(w, max(wide, 30))
	var body []string
	for _, r := range d.rows {
		if r[1] == "" {
			for _, l := range u.Wrap(r[0], w) {
				body = append(body, u.Fit(l, w))
			}
			continue
		}
		names, values := u.Wrap(r[0], keyw), u.Wrap(r[1], w-keyw-2)
		for i := range max(len(names), len(values)) {
			body = append(body, u.th.Key.On(u.Fit(nth(names, i), keyw))+"  "+u.Fit(nth(values, i), w-keyw-2))
		}
	}
	d.all, d.page = len(body), max(1, h-2)
	room := max(1, h-1)
	d.top = max(0, min(d.top, len(body)-room))
	end := min(len(body), d.top+room)
	lines := append([]string(nil), body[d.top:end]...)
	foot := u.say("tui.note.close")
	if len(body) > room {
		foot = u.say("tui.note.more", "From", d.top+1, "To", end, "All", len(body))
	}
	lines = append(lines, u.th.Dim.On(u.Fit(foot, w)))
	return inside{title: d.title, lines: lines, w: w}
}
