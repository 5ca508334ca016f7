package dialog

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// formItem is one value of a form.
type formItem struct {
	key     string
	label   string // clean
	must    bool
	choices []string
	adds    bool                                       // a choice is added to what stands there
	read    func(value string) (line string, bad bool) // as in Entry
	entry   edit.Text
}

// Form asks for several values at once: a new task, an event.
type Form struct {
	trouble
	ui     *kit.Kit
	title  string
	items  []formItem
	submit func(values map[string]string) intent.Intent
	before []string // the values it began with
	wrong  string   // the item that was not taken, by key; "" if none was refused
	all    bool     // empty values are handed on too: the row exists
	// live says what will become of the values, in lines, while they are typed; nil:
	// nothing is to be said.
	live  func(values map[string]string) []string
	lived []string // what it said last, of the values in liven
	liven []string

	cur, top, room int // cur == len(items): the save button
	foot           int // line of the button
}

func newForm(u *kit.Kit, title string, items []formItem, submit func(map[string]string) intent.Intent) *Form {
	for i := range items {
		value := items[i].entry.Value()
		items[i].entry = edit.Text{Measure: u.Measure}
		items[i].entry.Set(value)
	}
	d := &Form{ui: u, title: u.Clean(title), items: items, submit: submit}
	d.before = d.values()
	return d
}

// preset gives an item its first value.
func preset(s string) edit.Text {
	var t edit.Text
	t.Set(s)
	return t
}

// values are what stands in the form, by item.
func (d *Form) values() []string {
	var out []string
	for i := range d.items {
		out = append(out, d.items[i].entry.Value())
	}
	return out
}

// Blame goes to the item for which what was typed is not taken. The error that was
// said stays under the form until the item is changed.
func (d *Form) Blame(key string) {
	for i := range d.items {
		if d.items[i].key == key {
			d.cur, d.wrong = i, key
		}
	}
}

func (d *Form) done() intent.Intent {
	d.wrong = ""
	values := map[string]string{}
	for i := range d.items {
		it := &d.items[i]
		if v := it.entry.Value(); v != "" || d.all && !it.must {
			values[it.key] = v
		} else if it.must {
			d.cur, d.wrong = i, it.key
			d.sentence, d.hint = d.ui.Say("tui.form.needed", "Field", it.label), ""
			return nil
		}
	}
	return d.submit(values)
}

func (d *Form) Key(k tea.KeyPressMsg) intent.Intent {
	if d.busy {
		return nil
	}
	n := len(d.items)
	switch k.String() {
	case "esc", "ctrl+c":
		if d.leave(d.ui, !slices.Equal(d.values(), d.before)) {
			return intent.Closed{}
		}
		return nil
	}
	d.stay()
	switch k.String() {
	case "f10", "ctrl+s":
		return d.done()
	case "up", "shift+tab":
		d.cur = (d.cur + n) % (n + 1)
		return nil
	case "down", "tab":
		d.cur = (d.cur + 1) % (n + 1)
		return nil
	case "pgup":
		d.cur = max(0, d.cur-d.room)
		return nil
	case "pgdown":
		d.cur = min(n, d.cur+d.room)
		return nil
	case "enter":
		if d.cur == n {
			return d.done()
		}
		if len(d.items[d.cur].choices) > 0 {
			return intent.OpenChoices{Item: d.cur}
		}
		d.cur++
		return nil
	}
	if d.cur < n {
		d.sentence, d.hint, d.wrong = "", "", ""
		kit.TypeKey(&d.items[d.cur].entry, k)
	}
	return nil
}

func (d *Form) Paste(s string) {
	if d.cur < len(d.items) && !d.busy {
		d.items[d.cur].entry.Insert(s)
	}
}

func (d *Form) Click(x, y int, _ bool) intent.Intent {
	if d.busy || y < 0 {
		return nil
	}
	if y < d.room && d.top+y < len(d.items) {
		again := d.cur == d.top+y
		d.cur = d.top + y
		if again && len(d.items[d.cur].choices) > 0 {
			return intent.OpenChoices{Item: d.cur}
		}
	} else if y == d.foot {
		d.cur = len(d.items)
		return d.done()
	}
	return nil
}

func (d *Form) Wheel(n int) { d.cur = max(0, min(d.cur+n, len(d.items))) }

func (d *Form) Help() [][2]string {
	u := d.ui
	return [][2]string{
		{u.Say("tui.keys.updown"), u.Say("tui.key.move")},
		{"Enter", u.Say("tui.key.form_enter")},
		{"F10 / Ctrl+S", u.Say("tui.key.save")},
		{"Esc", u.Say("tui.key.cancel")},
	}
}

func (d *Form) Draw(w, h int) inside {
	u := d.ui
	w = min(w, 76)
	labels := 0
	for _, it := range d.items {
		labels = max(labels, u.Width(it.label)+2)
	}
	labels = min(labels, w/3)
	foot := append(append(d.understood(w), d.prospect(w)...), d.trouble.lines(u, w)...)
	d.room = max(1, min(len(d.items), h-len(foot)-2))
	at := min(d.cur, len(d.items)-1)
	if at < d.top {
		d.top = at
	}
	if at >= d.top+d.room {
		d.top = at - d.room + 1
	}
	d.top = max(0, min(d.top, len(d.items)-d.room))
	var lines []string
	var cursor *kit.Spot
	for i := d.top; i < d.top+d.room; i++ {
		it := &d.items[i]
		lead, mark := "  ", ""
		if i == d.cur {
			lead = "> "
		}
		if it.key == d.wrong {
			lead = lead[:1] + "!"
		}
		if it.must {
			mark = "*"
		}
		label := lead + u.Fit(it.label+mark, labels)
		lw := u.Width(label) + 1
		more := ""
		if len(it.choices) > 0 {
			more = " " + u.Say("tui.form.choose")
		}
		ew := max(1, w-lw-u.Width(more))
		el, x, _ := it.entry.Draw(ew, 1)
		style := u.Theme.Text
		if i == d.cur {
			style = u.Theme.Entry
			cursor = &kit.Spot{X: lw + x, Y: len(lines)}
			label = u.Theme.Strong.On(label)
		}
		if it.key == d.wrong {
			label = u.Theme.Bad.On(lead + u.Fit(it.label+mark, labels))
		}
		lines = append(lines, u.FitStyled(label+" "+style.On(el[0])+u.Theme.Dim.On(more), w))
	}
	if d.busy {
		cursor = nil
	}
	if len(foot) == 0 {
		foot = []string{text.Blank(w)}
	}
	lines = append(lines, foot...)
	d.foot = len(lines)
	save := " " + u.Say("tui.button.save") + " "
	style := u.Theme.Button
	if d.cur == len(d.items) {
		style = u.Theme.ButtonOn
		save = ">" + save[1:]
	}
	lines = append(lines, u.FitStyled(style.On(save)+"  "+u.Theme.Dim.On(u.Fit(u.Say("tui.form.keys"),
		max(0, w-u.Width(save)-2))), w))
	return inside{title: d.title, lines: lines, w: w, cursor: cursor}
}

// prospect is what will become of the values as they stand.
func (d *Form) prospect(w int) []string {
	if d.live == nil {
		return nil
	}
	if now := d.values(); d.lived == nil || !slices.Equal(now, d.liven) {
		values := map[string]string{}
		for i := range d.items {
			values[d.items[i].key] = now[i]
		}
		d.liven, d.lived = now, d.live(values)
	}
	var out []string
	for _, line := range d.lived {
		for _, l := range d.ui.Wrap(line, w) {
			out = append(out, d.ui.Theme.Info.On(d.ui.Fit(l, w)))
		}
	}
	return out
}

// understood is how the value of the item under the cursor will be understood.
func (d *Form) understood(w int) []string {
	if d.cur >= len(d.items) || d.items[d.cur].read == nil {
		return nil
	}
	it := &d.items[d.cur]
	line, bad := it.read(it.entry.Value())
	if line == "" {
		return nil
	}
	style := d.ui.Theme.Good
	if bad {
		style = d.ui.Theme.Warn
	}
	return []string{style.On(d.ui.Fit(line, w))}
}
