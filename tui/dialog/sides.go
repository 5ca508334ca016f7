package dialog

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// sides shows values of one place under each other, each whole, with who put it
// there and when, and what differs marked; below them are choices.
type sides struct {
	trouble
	ui *kit.Kit

	cur   int // choice
	top   int // first line of the values in view
	room  int
	foot  int       // line of the choices
	spans []kit.Box // of the choices, in the line
}

// side is one of the values.
type side struct {
	label string
	by    string // clean; "" if that is not known
	at    time.Time
	text  string
}

// choice is what can be done; its result is intent.Closed to go back.
type choice struct {
	label  string
	why    string // why it cannot be chosen; "" if it can
	result intent.Intent
}

func (d *sides) choose(choices []choice, i int) intent.Intent {
	if i < 0 || i >= len(choices) {
		return nil
	}
	d.cur = i
	if c := choices[i]; c.why == "" {
		return c.result
	}
	d.sentence, d.hint = choices[i].why, ""
	return nil
}

func (d *sides) key(k tea.KeyPressMsg, choices []choice) intent.Intent {
	if d.busy {
		return nil
	}
	n := len(choices)
	switch name := k.String(); name {
	case "esc", "ctrl+c", "q":
		return intent.Closed{}
	case "left", "shift+tab":
		d.cur = (d.cur + n - 1) % n
	case "right", "tab":
		d.cur = (d.cur + 1) % n
	case "up", "k":
		d.top--
	case "down", "j":
		d.top++
	case "pgup":
		d.top -= d.room
	case "pgdown":
		d.top += d.room
	case "enter", "space":
		return d.choose(choices, d.cur)
	default:
		if len(name) == 1 && name[0] >= '1' && name[0] <= '9' {
			return d.choose(choices, int(name[0]-'1'))
		}
	}
	return nil
}

func (d *sides) Paste(string) {}
func (d *sides) Wheel(n int)  { d.top += n }

func (d *sides) click(x, y int, choices []choice) intent.Intent {
	if d.busy {
		return nil
	}
	for i, b := range d.spans {
		if y == d.foot+b.Y && x >= b.X && x < b.X+b.W {
			return d.choose(choices, i)
		}
	}
	return nil
}

func (d *sides) help(leave string) [][2]string {
	u := d.ui
	return [][2]string{
		{u.Say("tui.keys.leftright"), u.Say("tui.key.pick")}, {"Enter", u.Say("tui.key.choose")},
		{u.Say("tui.keys.updown"), u.Say("tui.key.scroll")}, {"Esc", leave},
	}
}

// stacked draws values under each other. What a value has that before has not is
// marked in it.
func (d *sides) stacked(before string, all []side, w int) []string {
	u := d.ui
	var out []string
	for _, s := range all {
		who := s.by
		if at := u.Stamp(s.at); at != "" {
			who = kit.Join(who, at)
		}
		label := s.label
		if who != "" {
			label += "  " + u.Theme.Dim.On(u.Clean(who))
		}
		out = append(out, u.FitStyled(u.Theme.Title.On(s.label)+label[len(s.label):], w))
		for _, l := range u.Compared(before, s.text, w-2) {
			out = append(out, "  "+l)
		}
	}
	return out
}

// assemble draws the body, as much of it as there is room for, over the choices.
func (d *sides) assemble(title, note string, body []string, choices []choice, w, h int) inside {
	u := d.ui
	foot := d.trouble.lines(u, w)
	buttons := d.drawChoices(choices, w)
	says := u.Wrap(note, w)
	d.room = max(1, h-len(foot)-len(buttons)-len(says))
	if len(body) > d.room { // the lines in view are told, on the note's line if there is room
		line := u.Say("tui.conflict.scroll", "From", len(body), "To", len(body), "All", len(body))
		says = u.Wrap(kit.Join(line, note), w)
		d.room = max(1, h-len(foot)-len(buttons)-len(says))
	}
	d.top = max(0, min(d.top, len(body)-d.room))
	end := min(len(body), d.top+d.room)
	lines := slices.Clone(body[d.top:end])
	if len(body) > d.room {
		line := u.Say("tui.conflict.scroll", "From", d.top+1, "To", end, "All", len(body))
		says = u.Wrap(kit.Join(line, note), w)
	}
	for _, l := range says {
		lines = append(lines, u.Theme.Dim.On(u.Fit(l, w)))
	}
	lines = append(lines, foot...)
	d.foot = len(lines)
	return inside{title: title, lines: append(lines, buttons...), w: w}
}

// drawChoices draws the choices, on as many lines as they take.
func (d *sides) drawChoices(choices []choice, w int) []string {
	u := d.ui
	d.spans = d.spans[:0]
	var lines []string
	line, used := "", 0
	for i, c := range choices {
		label := " " + c.label + " "
		style := u.Theme.Button
		if i == d.cur {
			style = u.Theme.ButtonOn
			label = ">" + label[1:]
		}
		lw := u.Width(label)
		if used > 0 && used+2+lw > w {
			lines = append(lines, u.FitStyled(line, w))
			line, used = "", 0
		}
		if used > 0 {
			line += "  "
			used += 2
		}
		d.spans = append(d.spans, kit.Box{X: used, Y: len(lines), W: lw, H: 1})
		line += style.On(label)
		used += lw
	}
	return append(lines, u.FitStyled(line, w))
}
