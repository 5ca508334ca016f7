package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/index"
	"taizhang/tui/text"
)

// conflictDialog shows the three values of a conflict beside each other, and
// lets a person choose: what the ledger holds, what the other side brought, or a
// value of their own.
type conflictDialog struct {
	trouble
	ui       *ui
	c        syncer.Conflict
	more     int    // other conflicts that are open
	readOnly string // why nothing can be chosen, "" if it can

	cur   int // button
	top   int // first line of the values in view
	all   int // their lines
	room  int
	foot  int   // line of the buttons
	spans []box // of the buttons, in the line
}

func newConflict(u *ui, c syncer.Conflict, more int, readOnly string) *conflictDialog {
	return &conflictDialog{ui: u, c: c, more: more, readOnly: readOnly}
}

// conflictButton is one of the choices; its result is nil to close.
type conflictButton struct {
	label  string
	result any
}

func (d *conflictDialog) buttons() []conflictButton {
	u, id := d.ui, d.c.ID
	out := []conflictButton{
		{u.say("tui.conflict.take_mine"), settleConflict{id, syncer.Mine}},
		{u.say("tui.conflict.take_theirs"), settleConflict{id, syncer.Theirs}},
	}
	if d.c.Field != "" {
		out = append(out, conflictButton{u.say("tui.conflict.own"), typeConflict{id, d.c.Mine}})
	}
	return append(out, conflictButton{u.say("tui.conflict.later"), closed{}})
}

func (d *conflictDialog) choose(i int) any {
	b := d.buttons()
	if i < 0 || i >= len(b) {
		return nil
	}
	d.cur = i
	if _, later := b[i].result.(closed); !later && d.readOnly != "" {
		d.sentence = d.readOnly
		return nil
	}
	return b[i].result
}

func (d *conflictDialog) key(k tea.KeyPressMsg) any {
	if d.busy {
		return nil
	}
	n := len(d.buttons())
	switch k.String() {
	case "esc", "ctrl+c", "q":
		return closed{}
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
		return d.choose(int(k.String()[0] - '1'))
	case "enter", "space":
		return d.choose(d.cur)
	}
	return nil
}

func (d *conflictDialog) paste(string) {}
func (d *conflictDialog) wheel(n int)  { d.top += n }

func (d *conflictDialog) click(x, y int, _ bool) any {
	if d.busy {
		return nil
	}
	for i, b := range d.spans {
		if y == d.foot+b.y && x >= b.x && x < b.x+b.w {
			return d.choose(i)
		}
	}
	return nil
}

func (d *conflictDialog) help() [][2]string {
	u := d.ui
	return [][2]string{
		{u.say("tui.keys.leftright"), u.say("tui.key.pick")}, {"Enter", u.say("tui.key.choose")},
		{u.say("tui.keys.updown"), u.say("tui.key.scroll")}, {"Esc", u.say("tui.conflict.later")},
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
			s = u.say("tui.done.empty")
		}
		return wrap(u.th.Text.On, s)
	}
	head := func(title, by, at string) []string {
		out := wrap(u.th.Title.On, title)
		out = append(out, wrap(u.th.Dim.On, by)...)
		return append(out, wrap(u.th.Dim.On, at)...)
	}
	heads = [][]string{
		head(u.say("tui.conflict.base"), "", ""),
		head(u.say("tui.conflict.mine"), u.Clean(c.MineBy), u.stamp(c.MineAt)),
		head(u.say("tui.conflict.theirs"), u.Clean(c.TheirsBy), u.stamp(c.TheirsAt)),
	}
	return heads, [][]string{value(c.Base), value(c.Mine), value(c.Theirs)}
}

func (d *conflictDialog) draw(w, h int) inside {
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
		return u.FitStyled(strings.Join(parts, " "+u.th.Border.On(u.lines.v)+" "), w)
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
	rule := u.th.Border.On(strings.Repeat(u.lines.h, w))
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
		note = u.say("tui.conflict.scroll", "From", d.top+1, "To", end, "All", d.all)
	case d.more > 0:
		note = u.say("tui.conflict.more", "Count", d.more)
	}
	lines = append(lines, u.th.Dim.On(u.Fit(note, w)))
	lines = append(lines, foot...)
	d.foot = len(lines)
	lines = append(lines, buttons...)
	title := u.say("tui.conflict.title", "Task", u.ref(d.c.Number, d.c.Title), "Field", u.conflictField(d.c))
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
		style := u.th.Button
		if i == d.cur {
			style = u.th.ButtonOn
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
		d.spans = append(d.spans, box{used, len(lines), lw, 1})
		line += style.On(label)
		used += lw
	}
	return append(lines, u.FitStyled(line, w))
}

// openConflict shows the values of a conflict beside each other, to choose one.
func (r *root) openConflict(id string) {
	i := slices.IndexFunc(r.snap.Conflicts, func(c syncer.Conflict) bool { return c.ID == id })
	if i < 0 {
		return
	}
	r.push(newConflict(r.ui, r.snap.Conflicts[i], len(r.snap.Conflicts)-1, canChange(r)))
}

func (u *ui) conflictField(c syncer.Conflict) string {
	switch {
	case c.Field == "":
		return u.say("tui.conflict.row")
	case c.Heading == "":
		return u.field(c.Field)
	}
	return u.Clean(index.LastPart(c.Heading))
}
