package dialog

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Entry asks for one value: a line, or a longer text.
type Entry struct {
	trouble
	ui     *kit.Kit
	title  string
	Note   string // a line of explanation
	Secret bool   // a password: not shown
	Light  bool   // an answer to a question, which Esc may drop at once
	entry  edit.Text
	before string // the value that stood there
	submit func(value string) intent.Intent
	// read says how a value is understood, while it is typed; bad marks one that will
	// not be taken. nil: nothing is to be said.
	read func(value string) (line string, bad bool)
	Save string // what the button is called; "" is to save
	keys string // what stands beside the buttons; "" is what is usual

	button int     // 0: the text has the keys; 1: save; 2: cancel
	at     kit.Box // where the text was drawn
	foot   int     // line of the buttons
}

func NewEntry(u *kit.Kit, title, note, value string, multi bool, submit func(string) intent.Intent) *Entry {
	d := &Entry{ui: u, title: u.Clean(title), Note: note, submit: submit}
	d.entry = edit.Text{Multi: multi, Measure: u.Measure}
	d.entry.Set(value)
	d.before = d.entry.Value()
	return d
}

func (d *Entry) Key(k tea.KeyPressMsg) intent.Intent {
	if d.busy {
		return nil
	}
	switch k.String() {
	case "esc", "ctrl+c":
		if d.leave(d.ui, !d.Secret && !d.Light && d.entry.Value() != d.before) {
			return intent.Closed{}
		}
		return nil
	}
	d.stay()
	switch k.String() {
	case "f10", "ctrl+s":
		return d.submit(d.entry.Value())
	case "ctrl+g":
		if d.entry.Multi && !d.Secret {
			return intent.EditOutside{Text: d.entry.Value()}
		}
		return nil
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
	kit.TypeKey(&d.entry, k)
	return nil
}

func (d *Entry) buttonKey(k string) intent.Intent {
	switch k {
	case "enter", "space":
		if d.button == 1 {
			return d.submit(d.entry.Value())
		}
		return intent.Closed{}
	case "left", "right":
		d.button = 3 - d.button
	case "up":
		d.button = 0
	}
	return nil
}

func (d *Entry) Paste(s string) {
	if !d.busy {
		d.button = 0
		d.entry.Insert(s)
	}
}

func (d *Entry) Click(x, y int, _ bool) intent.Intent {
	switch {
	case d.busy:
	case y == d.foot:
		save, cancel := d.buttons()
		sw := d.ui.Width(save)
		if x < sw {
			return d.submit(d.entry.Value())
		}
		if x >= sw+2 && x < sw+2+d.ui.Width(cancel) {
			return intent.Closed{}
		}
	case y >= d.at.Y && y < d.at.Y+d.at.H:
		d.button = 0
		d.entry.Click(x-d.at.X, y-d.at.Y)
	}
	return nil
}

func (d *Entry) Wheel(n int) {
	if d.entry.Multi {
		d.entry.Vertical(n)
	}
}

func (d *Entry) buttons() (save, cancel string) {
	name := d.Save
	if name == "" {
		name = d.ui.Say("tui.button.save")
	}
	return " " + name + " ", " " + d.ui.Say("tui.button.cancel") + " "
}

func (d *Entry) Help() [][2]string {
	u := d.ui
	out := [][2]string{{"F10 / Ctrl+S", u.Say("tui.key.save")}, {"Tab", u.Say("tui.key.buttons")},
		{"Ctrl+Z", u.Say("tui.short.undo")}, {"Ctrl+U", u.Say("tui.key.to_start")}, {"Esc", u.Say("tui.key.cancel")}}
	if d.entry.Multi {
		out = append([][2]string{{"Enter", u.Say("tui.key.newline")}}, out...)
		return append(out, [2]string{"Ctrl+G", u.Say("tui.key.outside")})
	}
	return append([][2]string{{"Enter", u.Say("tui.key.save")}}, out...)
}

func (d *Entry) Draw(w, h int) inside {
	u := d.ui
	rows := 1
	if d.entry.Multi {
		rows = h
	} else {
		w = min(w, 72)
	}
	var lines []string
	if d.Note != "" {
		for _, l := range u.Wrap(d.Note, w) {
			lines = append(lines, u.Theme.Dim.On(u.Fit(l, w)))
		}
	}
	foot := append(d.understood(w), d.trouble.lines(u, w)...)
	rows = max(1, min(rows, h-len(lines)-len(foot)-2))
	drawn := &d.entry
	if d.Secret {
		drawn = &edit.Text{Measure: u.Measure}
		for range d.entry.Value() {
			drawn.Insert("*")
		}
	}
	body, x, y := drawn.Draw(w, rows)
	d.at = kit.Box{X: 0, Y: len(lines), W: w, H: len(body)}
	cursor := &kit.Spot{X: x, Y: len(lines) + y}
	if d.button > 0 || d.busy {
		cursor = nil
	}
	for _, l := range body {
		lines = append(lines, u.Theme.Entry.On(l))
	}
	lines = append(lines, foot...)
	lines = append(lines, u.Theme.Dim.On(u.FitRight(d.size(), w)))
	d.foot = len(lines)
	save, cancel := d.buttons()
	s1, s2 := u.Theme.Button, u.Theme.Button
	hint := u.Say("tui.entry.keys")
	if d.entry.Multi {
		hint = u.Say("tui.entry.keys_long")
	}
	if d.keys != "" {
		hint = d.keys
	}
	switch d.button {
	case 1:
		s1 = u.Theme.ButtonOn
		save = ">" + save[1:]
	case 2:
		s2 = u.Theme.ButtonOn
		cancel = ">" + cancel[1:]
	}
	bw := u.Width(save) + 2 + u.Width(cancel)
	lines = append(lines, u.FitStyled(s1.On(save)+"  "+s2.On(cancel)+"  "+u.Theme.Dim.On(u.Fit(hint, max(0, w-bw-2))),
		w))
	return inside{title: d.title, lines: lines, w: w, cursor: cursor}
}

// Whole reports that the dialog wants the whole screen: a longer text.
func (d *Entry) Whole() bool { return d.entry.Multi }

// understood is how the value that is being typed will be understood.
func (d *Entry) understood(w int) []string {
	if d.read == nil || d.entry.Value() == d.before {
		return nil
	}
	u := d.ui
	line, bad := d.read(d.entry.Value())
	if line == "" {
		return nil
	}
	style := u.Theme.Good
	if bad {
		style = u.Theme.Warn
	}
	var out []string
	for _, l := range u.Wrap(line, w) {
		out = append(out, style.On(u.Fit(l, w)))
	}
	return out
}

// size is how long a longer text is, and where in it the cursor stands.
func (d *Entry) size() string {
	if !d.entry.Multi {
		return ""
	}
	at, all := d.entry.Lines()
	return d.ui.Say("tui.entry.size", "Count", utf8.RuneCountInString(d.entry.Value()), "At", at, "All", all)
}

// Replace replaces the text, as one change that can be undone.
func (d *Entry) Replace(s string) {
	d.entry.Clear()
	d.entry.Insert(s)
}

// Add puts a text below what stands there, as one change that can be undone.
func (d *Entry) Add(s string) {
	d.entry.Finish()
	if held := d.entry.Value(); held != "" && held[len(held)-1] != '\n' && d.entry.Multi {
		s = "\n" + s
	}
	d.entry.Insert(s)
}
