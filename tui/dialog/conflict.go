package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// conflictDialog shows the three values of a conflict beside each other, and
// lets a person choose: what the ledger holds, what the other side brought, or a
// value of their own.
type conflictDialog struct {
	trouble
	ui       *kit.Kit
	c        syncer.Conflict
	more     int    // other conflicts that are open
	readOnly string // why nothing can be chosen, "" if it can

	cur   int // button
	top   int // first line of the values in view
	all   int // their lines
	room  int
	foot  int       // line of the buttons
	spans []kit.Box // of the buttons, in the line
}

func NewConflict(u *kit.Kit, c syncer.Conflict, more int, readOnly string) *conflictDialog {
	return &conflictDialog{ui: u, c: c, more: more, readOnly: readOnly}
}

// conflictButton is one of the choices; its result is nil to close.
type conflictButton struct {
	label  string
	result intent.Intent
}

func (d *conflictDialog) buttons() []conflictButton {
	u, id := d.ui, d.c.ID
	out := []conflictButton{
		{u.Say("tui.conflict.take_mine"), intent.SettleConflict{ID: id, Choice: syncer.Mine}},
		{u.Say("tui.conflict.take_theirs"), intent.SettleConflict{ID: id, Choice: syncer.Theirs}},
	}
	if d.c.Field != "" {
		out = append(out, conflictButton{u.Say("tui.conflict.own"), intent.TypeConflict{ID: id, Value: d.c.Mine}})
	}
	return append(out, conflictButton{u.Say("tui.conflict.later"), intent.Closed{}})
}

func (d *conflictDialog) Choose(i int) intent.Intent {
	b := d.buttons()
	if i < 0 || i >= len(b) {
		return nil
	}
	d.cur = i
	if _, later := b[i].result.(intent.Closed); !later && d.readOnly != "" {
		d.sentence = d.readOnly
		return nil
	}
	return b[i].result
}

func (d *conflictDialog) Key(k tea.KeyPressMsg) intent.Intent {
	if d.busy {
		return nil
	}
	n := len(d.buttons())
	switch k.String() {
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
	case "1", "2", "3":
		return d.Choose(int(k.String()[0] - '1'))
	case "enter", "space":
		return d.Choose(d.cur)
	}
	return nil
}

func (d *conflictDialog) Paste(string) {}

func (d *conflictDialog) Wheel(n int) { d.top += n }

func (d *conflictDialog) Click(x, y int, _ bool) intent.Intent {
	if d.busy {
		return nil
	}
	for i, b := range d.spans {
		if y == d.foot+b.Y && x >= b.X && x < b.X+b.W {
			return d.Choose(i)
		}
	}
	return nil
}

func (d *conflictDialog) Help() [][2]string {
	u := d.ui
	return [][2]string{
		{u.Say("tui.keys.leftright"), u.Say("tui.key.pick")}, {"Enter", u.Say("tui.key.choose")},
		{u.Say("tui.keys.updown"), u.Say("tui.key.scroll")}, {"Esc", u.Say("tui.conflict.later")},
	}
}

// columns are the three values: what they are, whose and of when, the text.
func (d *conflictDialog) columns(w int) (heads [][]string, bodies [][]string) {
	u, c := d.ui, d.c
	wrap := func(style func(string) string, s string) []string {
		var out []string
		for _, l := range u.Wrap(s, w) {
			out = append(out, style(u.Fit(l, w)))
		}
		return out
	}
	value := func(s string) []string {
		if strings.TrimSpace(s) == "" {
			s = u.Say("tui.done.empty")
		}
		return wrap(u.Theme.Text.On, s)
	}
	head := func(title, by, at string) []string {
		out := wrap(u.Theme.Title.On, title)
		out = append(out, wrap(u.Theme.Dim.On, by)...)
		return append(out, wrap(u.Theme.Dim.On, at)...)
	}
	heads = [][]string{
		head(u.Say("tui.conflict.base"), "", ""),
		head(u.Say("tui.conflict.mine"), u.Clean(c.MineBy), u.Stamp(c.MineAt)),
		head(u.Say("tui.conflict.theirs"), u.Clean(c.TheirsBy), u.Stamp(c.TheirsAt)),
	}
	return heads, [][]string{value(c.Base), value(c.Mine), value(c.Theirs)}
}

func (d *conflictDialog) Draw(w, h int) inside {
	u := d.ui
	cw := (w - 6) / 3
	if cw < 8 { // too narrow to stand side by side: one below the other
		return d.drawNarrow(w, h)
	}
	heads, bodies := d.columns(cw)
	line := func(cols [][]string, i int) string {
		parts := make([]string, len(cols))
		for j, c := range cols {
			parts[j] = text.Blank(cw)
			if i < len(c) {
				parts[j] = c[i]
			}
		}
		return u.FitStyled(strings.Join(parts, " "+u.Theme.Border.On(u.Lines.V)+" "), w)
	}
	tall := func(cols [][]string) int {
		n := 0
		for _, c := range cols {
			n = max(n, len(c))
		}
		return n
	}
	var top, body []string
	for i := range tall(heads) {
		top = append(top, line(heads, i))
	}
	rule := u.Theme.Border.On(strings.Repeat(u.Lines.H, w))
	top = append(top, rule)
	for i := range tall(bodies) {
		body = append(body, line(bodies, i))
	}
	return d.assemble(top, body, w, h)
}

// drawNarrow is for a terminal with no room for three columns.
func (d *conflictDialog) drawNarrow(w, h int) inside {
	heads, bodies := d.columns(w)
	var body []string
	for i := range heads {
		body = append(body, heads[i]...)
		body = append(body, bodies[i]...)
	}
	return d.assemble(nil, body, w, h)
}

func (d *conflictDialog) assemble(top, body []string, w, h int) inside {
	u := d.ui
	foot := d.trouble.lines(u, w)
	buttons := d.drawButtons(w)
	d.room = max(1, h-len(top)-len(foot)-len(buttons)-1)
	d.all = len(body)
	d.top = max(0, min(d.top, d.all-d.room))
	end := min(d.all, d.top+d.room)
	lines := append(slices.Clone(top), body[d.top:end]...)
	note := ""
	switch {
	case d.all > d.room:
		note = u.Say("tui.conflict.scroll", "From", d.top+1, "To", end, "All", d.all)
	case d.more > 0:
		note = u.Say("tui.conflict.more", "Count", d.more)
	}
	lines = append(lines, u.Theme.Dim.On(u.Fit(note, w)))
	lines = append(lines, foot...)
	d.foot = len(lines)
	lines = append(lines, buttons...)
	title := u.Say("tui.conflict.title", "Task", u.Ref(d.c.Number, d.c.Title), "Field", u.ConflictField(d.c))
	return inside{title: title, lines: lines, w: w}
}

// drawButtons draws the choices, on as many lines as they take.
func (d *conflictDialog) drawButtons(w int) []string {
	u := d.ui
	d.spans = d.spans[:0]
	var lines []string
	line, used := "", 0
	for i, b := range d.buttons() {
		label := " " + b.label + " "
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
