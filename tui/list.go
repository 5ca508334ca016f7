package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/index"
	"taizhang/tui/text"
)

// item is one line to choose.
type item struct {
	label  string // clean
	value  string // clean; shown at the right of the label
	why    string // why it cannot be chosen; "" if it can
	result any
}

// listDialog is a list to choose from: with the arrows and Enter, by typing part
// of a line, or with the mouse.
type listDialog struct {
	trouble
	ui     *ui
	title  string
	items  []item
	wide   bool   // give the values room
	fill   bool   // take all the room there is
	search bool   // typing narrows the list
	note   string // clean; stands above the list
	// reload, if not nil, makes the items anew when the ledger changed.
	reload func() []item

	entry edit.Text
	cur   int
	top   int
	room  int
	head  int // lines above the items
}

func newList(u *ui, title string, items []item) *listDialog {
	return &listDialog{ui: u, title: u.Clean(title), items: items, entry: edit.Text{Measure: u.Measure}, search: len(items) > 8}
}

// startAt puts the cursor on the first item with that result.
func (d *listDialog) startAt(label string) *listDialog {
	for i, it := range d.items {
		if it.label == label {
			d.cur = i
		}
	}
	return d
}

// shown are the items that the typed text leaves.
func (d *listDialog) shown() []item {
	q := strings.Fields(index.Fold(d.entry.Value()))
	if len(q) == 0 {
		return d.items
	}
	var out []item
next:
	for _, it := range d.items {
		s := index.Fold(it.label + " " + it.value)
		for _, w := range q {
			if !strings.Contains(s, w) {
				continue next
			}
		}
		out = append(out, it)
	}
	return out
}

func (d *listDialog) key(k tea.KeyPressMsg) any {
	if d.busy {
		return nil
	}
	n := len(d.shown())
	switch k.String() {
	case "esc", "ctrl+c":
		if d.entry.Value() != "" {
			d.entry.Clear()
			return nil
		}
		return closed{}
	case "up", "shift+tab":
		d.cur = (d.cur + n - 1) % max(n, 1)
	case "down", "tab":
		d.cur = (d.cur + 1) % max(n, 1)
	case "pgup":
		d.cur -= d.room
	case "pgdown":
		d.cur += d.room
	case "home":
		d.cur = 0
	case "end":
		d.cur = n - 1
	case "enter":
		return d.choose()
	case "backspace":
		d.entry.Backspace()
		d.cur = 0
	default:
		if k.Text != "" && d.search {
			d.entry.Insert(k.Text)
			d.cur = 0
		}
	}
	d.cur = max(0, min(d.cur, n-1))
	return nil
}

func (d *listDialog) choose() any {
	shown := d.shown()
	if d.cur < 0 || d.cur >= len(shown) {
		return nil
	}
	if it := shown[d.cur]; it.why == "" {
		return it.result
	}
	d.sentence, d.hint = shown[d.cur].why, ""
	return nil
}

func (d *listDialog) paste(s string) {
	if d.search && !d.busy {
		d.entry.Insert(s)
		d.cur = 0
	}
}

func (d *listDialog) click(x, y int, double bool) any {
	i := d.top + y - d.head
	if d.busy || y < d.head || i >= len(d.shown()) || y >= d.head+d.room {
		return nil
	}
	again := d.cur == i
	d.cur = i
	if double || again {
		return d.choose()
	}
	return nil
}

func (d *listDialog) wheel(n int) { d.cur = max(0, min(d.cur+n, len(d.shown())-1)) }

func (d *listDialog) help() [][2]string {
	u := d.ui
	out := [][2]string{{u.say("tui.keys.updown"), u.say("tui.key.move")}, {"Enter", u.say("tui.key.choose")}}
	if d.search {
		out = append(out, [2]string{u.say("tui.keys.typing"), u.say("tui.key.narrow")})
	}
	if d.entry.Value() != "" { // the first Esc takes back what was typed
		return append(out, [2]string{"Esc", u.say("tui.key.clear")})
	}
	return append(out, [2]string{"Esc", u.say("tui.key.close")})
}

func (d *listDialog) draw(w, h int) inside {
	u := d.ui
	if d.reload != nil {
		d.items = d.reload()
	}
	wide, labels, values := u.Width(d.title)+2, 0, 0
	for _, it := range d.items {
		labels, values = max(labels, u.Width(it.label)), max(values, u.Width(it.value))
	}
	labels = min(labels, max(w*2/5, w-4-values))
	for _, it := range d.items {
		need := labels + 2
		if it.value != "" {
			need += 2 + u.Width(it.value)
		}
		wide = max(wide, need, u.Width(it.label)+2)
	}
	if !d.fill {
		w = min(w, max(wide, 34))
	}
	if d.wide {
		w = min(100, max(w, 60))
	}
	shown := d.shown()
	d.cur = max(0, min(d.cur, len(shown)-1))
	var lines []string
	var cursor *spot
	if d.note != "" {
		for _, l := range u.Wrap(d.note, w) {
			lines = append(lines, u.Fit(l, w))
		}
		lines = append(lines, text.Blank(w))
	}
	d.head = len(lines)
	if d.search {
		label := u.say("tui.list.find") + " "
		lw := u.Width(label)
		el, x, _ := d.entry.Draw(max(1, w-lw), 1)
		lines = append(lines, u.th.Dim.On(label)+u.th.Entry.On(el[0]))
		cursor = &spot{lw + x, d.head}
		d.head++
	}
	foot := d.trouble.lines(u, w)
	if len(foot) == 0 && d.cur < len(shown) && shown[d.cur].why != "" {
		foot = append(foot, u.th.Warn.On(u.Fit(shown[d.cur].why, w)))
	}
	d.room = max(1, min(max(len(d.items), 1), h-d.head-len(foot)-1))
	if d.cur < d.top {
		d.top = d.cur
	}
	if d.cur >= d.top+d.room {
		d.top = d.cur - d.room + 1
	}
	d.top = max(0, min(d.top, len(shown)-d.room))
	for i := d.top; i < d.top+d.room; i++ {
		if i >= len(shown) {
			lines = append(lines, text.Blank(w))
			continue
		}
		lines = append(lines, d.line(shown[i], i == d.cur, w, labels))
	}
	if len(shown) == 0 && len(lines) > d.head {
		lines[d.head] = u.th.Dim.On(u.Fit(u.say("tui.list.nothing"), w))
	}
	hint := u.say("tui.list.keys")
	if d.entry.Value() != "" {
		hint = u.say("tui.list.keys_typed")
	}
	if len(shown) > d.room {
		hint = u.say("tui.list.position", "At", d.cur+1, "All", len(shown)) + "  " + hint
	}
	lines = append(lines, foot...)
	lines = append(lines, u.th.Dim.On(u.Fit(hint, w)))
	return inside{title: d.title, lines: lines, w: w, cursor: cursor}
}

func (d *listDialog) line(it item, current bool, w, labels int) string {
	u := d.ui
	lead := "  "
	if current {
		lead = "> "
	}
	label, value := it.label, it.value
	var s string
	if value == "" {
		s = lead + u.Fit(label, w-2)
	} else {
		s = lead + u.Fit(label, labels) + "  " + u.Fit(value, max(0, w-labels-4))
	}
	s = u.Fit(s, w)
	switch {
	case current:
		return u.th.Cursor.On(s)
	case it.why != "":
		return u.th.Dim.On(s)
	}
	return s
}
