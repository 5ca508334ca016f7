package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/text"
)

// entryDialog asks for one value: a line, or a longer text.
type entryDialog struct {
	trouble
	ui     *ui
	title  string
	note   string // a line of explanation
	secret bool   // a password: not shown
	light  bool   // an answer to a question, which Esc may drop at once
	entry  edit.Text
	before string // the value that stood there
	submit func(value string) any

	button int // 0: the text has the keys; 1: save; 2: cancel
	at     box // where the text was drawn
	foot   int // line of the buttons
}

func newEntry(u *ui, title, note, value string, multi bool, submit func(string) any) *entryDialog {
	d := &entryDialog{ui: u, title: u.Clean(title), note: note, submit: submit}
	d.entry = edit.Text{Multi: multi, Measure: u.Measure}
	d.entry.Set(value)
	d.before = d.entry.Value()
	return d
}

func (d *entryDialog) key(k tea.KeyPressMsg) any {
	if d.busy {
		return nil
	}
	switch k.String() {
	case "esc", "ctrl+c":
		if d.leave(d.ui, !d.secret && !d.light && d.entry.Value() != d.before) {
			return closed{}
		}
		return nil
	}
	d.stay()
	switch k.String() {
	case "f10", "ctrl+s":
		return d.submit(d.entry.Value())
	case "tab":
		d.button = (d.button + 1) % 3
		return nil
	case "shift+tab":
		d.button = (d.button + 2) % 3
		return nil
	}
	if d.button > 0 {
		return d.buttonKey(k.String())
	}
	if k.String() == "enter" && !d.entry.Multi {
		return d.submit(d.entry.Value())
	}
	if k.String() == "down" && (!d.entry.Multi || !d.entry.Vertical(1)) {
		d.button = 1
		return nil
	}
	typeKey(&d.entry, k)
	return nil
}

func (d *entryDialog) buttonKey(k string) any {
	switch k {
	case "enter", "space":
		if d.button == 1 {
			return d.submit(d.entry.Value())
		}
		return closed{}
	case "left", "right":
		d.button = 3 - d.button
	case "up":
		d.button = 0
	}
	return nil
}

// typeKey does in a text what a key says. "down" has been done by the caller.
func typeKey(e *edit.Text, k tea.KeyPressMsg) {
	switch k.String() {
	case "left":
		e.Left()
	case "right":
		e.Right()
	case "up":
		e.Vertical(-1)
	case "home", "ctrl+a":
		e.Home()
	case "end", "ctrl+e":
		e.End()
	case "ctrl+home":
		e.Start()
	case "ctrl+end":
		e.Finish()
	case "backspace":
		e.Backspace()
	case "delete":
		e.Delete()
	case "ctrl+u":
		e.DeleteToStart()
	case "ctrl+k":
		e.DeleteToEnd()
	case "ctrl+z":
		e.Undo()
	case "ctrl+y":
		e.Redo()
	case "enter":
		if e.Multi {
			e.Insert("\n")
		}
	case "pgup", "pgdown":
		for range 5 {
			if k.String() == "pgup" {
				e.Vertical(-1)
			} else {
				e.Vertical(1)
			}
		}
	default:
		if k.Text != "" {
			e.Insert(k.Text)
		}
	}
}

func (d *entryDialog) paste(s string) {
	if !d.busy {
		d.button = 0
		d.entry.Insert(s)
	}
}

func (d *entryDialog) click(x, y int, _ bool) any {
	switch {
	case d.busy:
	case y == d.foot:
		save, cancel := d.buttons()
		sw := d.ui.Width(save)
		if x < sw {
			return d.submit(d.entry.Value())
		}
		if x >= sw+2 && x < sw+2+d.ui.Width(cancel) {
			return closed{}
		}
	case y >= d.at.y && y < d.at.y+d.at.h:
		d.button = 0
		d.entry.Click(x-d.at.x, y-d.at.y)
	}
	return nil
}

func (d *entryDialog) wheel(n int) {
	if d.entry.Multi {
		d.entry.Vertical(n)
	}
}

func (d *entryDialog) buttons() (save, cancel string) {
	return " " + d.ui.say("tui.button.save") + " ", " " + d.ui.say("tui.button.cancel") + " "
}

func (d *entryDialog) help() [][2]string {
	u := d.ui
	out := [][2]string{{"F10 / Ctrl+S", u.say("tui.key.save")}, {"Tab", u.say("tui.key.buttons")}, {"Ctrl+U", u.say("tui.key.clear")}, {"Esc", u.say("tui.key.cancel")}}
	if d.entry.Multi {
		return append([][2]string{{"Enter", u.say("tui.key.newline")}}, out...)
	}
	return append([][2]string{{"Enter", u.say("tui.key.save")}}, out...)
}

func (d *entryDialog) draw(w, h int) inside {
	u := d.ui
	w = min(w, 72)
	rows := 1
	if d.entry.Multi {
		w = min(w, 96)
		rows = 10
	}
	var lines []string
	if d.note != "" {
		for _, l := range u.Wrap(d.note, w) {
			lines = append(lines, u.th.Dim.On(u.Fit(l, w)))
		}
	}
	foot := d.trouble.lines(u, w)
	rows = max(1, min(rows, h-len(lines)-len(foot)-2))
	drawn := &d.entry
	if d.secret {
		drawn = &edit.Text{Measure: u.Measure}
		for range d.entry.Value() {
			drawn.Insert("*")
		}
	}
	body, x, y := drawn.Draw(w, rows)
	d.at = box{0, len(lines), w, len(body)}
	cursor := &spot{x, len(lines) + y}
	if d.button > 0 || d.busy {
		cursor = nil
	}
	for _, l := range body {
		lines = append(lines, u.th.Entry.On(l))
	}
	lines = append(lines, foot...)
	lines = append(lines, text.Blank(w))
	d.foot = len(lines)
	save, cancel := d.buttons()
	s1, s2 := u.th.Button, u.th.Button
	hint := u.say("tui.entry.keys")
	if d.entry.Multi {
		hint = u.say("tui.entry.keys_long")
	}
	switch d.button {
	case 1:
		s1 = u.th.ButtonOn
		save = ">" + save[1:]
	case 2:
		s2 = u.th.ButtonOn
		cancel = ">" + cancel[1:]
	}
	bw := u.Width(save) + 2 + u.Width(cancel)
	lines = append(lines, u.FitStyled(s1.On(save)+"  "+s2.On(cancel)+"  "+u.th.Dim.On(u.Fit(hint, max(0, w-bw-2))), w))
	return inside{title: d.title, lines: lines, w: w, cursor: cursor}
}
