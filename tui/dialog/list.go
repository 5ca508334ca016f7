package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
)

// Item is one line to choose.
type Item struct {
	Label  string // clean
	Value  string // clean; shown at the right of the label
	Why    string // why it cannot be chosen; "" if it can
	Result intent.Intent
}

// List is a list to choose from: with the arrows and Enter, by typing part
// of a line, or with the mouse.
type List struct {
	trouble
	ui     *kit.Kit
	title  string
	items  []Item
	Wide   bool   // give the values room
	fill   bool   // take all the room there is
	Search bool   // typing narrows the list
	Note   string // clean; stands above the list
	// Extra, if not nil, is what stands first for what is typed, such as a number.
	Extra func(typed string) []Item
	// Reload, if not nil, makes the items anew when the ledger changed.
	Reload func() []Item

	extra struct { // of what was typed last
		typed string
		items []Item
	}
	entry edit.Text
	cur   int
	top   int
	room  int
	head  int // lines above the items
}

func NewList(u *kit.Kit, title string, items []Item) *List {
	return &List{ui: u, title: u.Clean(title), items: items, entry: edit.Text{Measure: u.Measure},
		Search: len(items) > 8}
}

// startAt puts the cursor on the first item with that result.
func (d *List) startAt(label string) *List {
	for i, it := range d.items {
		if it.Label == label {
			d.cur = i
		}
	}
	return d
}

// shown are the items that the typed text leaves.
func (d *List) shown() []Item {
	if strings.TrimSpace(d.entry.Value()) == "" {
		return d.items
	}
	var out []Item
	if typed := d.entry.Value(); d.Extra != nil {
		if typed != d.extra.typed {
			d.extra.typed, d.extra.items = typed, d.Extra(typed)
		}
		out = append(out, d.extra.items...)
	}
	for _, it := range d.items {
		if index.Finds(it.Label+" "+it.Value, d.entry.Value()) {
			out = append(out, it)
		}
	}
	return out
}

func (d *List) Key(k tea.KeyPressMsg) intent.Intent {
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
		return intent.Closed{}
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
		return d.Choose()
	case "backspace":
		d.entry.Backspace()
		d.cur = 0
	default:
		if k.Text != "" && d.Search {
			d.entry.Insert(k.Text)
			d.cur = 0
		}
	}
	d.cur = max(0, min(d.cur, n-1))
	return nil
}

func (d *List) Choose() intent.Intent {
	shown := d.shown()
	if d.cur < 0 || d.cur >= len(shown) {
		return nil
	}
	if it := shown[d.cur]; it.Why == "" {
		return it.Result
	}
	d.sentence, d.hint = shown[d.cur].Why, ""
	return nil
}

func (d *List) Paste(s string) {
	if d.Search && !d.busy {
		d.entry.Insert(s)
		d.cur = 0
	}
}

func (d *List) Click(x, y int, double bool) intent.Intent {
	i := d.top + y - d.head
	if d.busy || y < d.head || i >= len(d.shown()) || y >= d.head+d.room {
		return nil
	}
	again := d.cur == i
	d.cur = i
	if double || again {
		return d.Choose()
	}
	return nil
}

func (d *List) Wheel(n int) { d.cur = max(0, min(d.cur+n, len(d.shown())-1)) }

func (d *List) Help() [][2]string {
	u := d.ui
	out := [][2]string{{u.Say("tui.keys.updown"), u.Say("tui.key.move")}, {"Enter", u.Say("tui.key.choose")}}
	if d.Search {
		out = append(out, [2]string{u.Say("tui.keys.typing"), u.Say("tui.key.narrow")})
	}
	if d.entry.Value() != "" { // the first Esc takes back what was typed
		return append(out, [2]string{"Esc", u.Say("tui.key.clear")})
	}
	return append(out, [2]string{"Esc", u.Say("tui.key.close")})
}

func (d *List) Draw(w, h int) inside {
	u := d.ui
	if d.Reload != nil {
		d.items = d.Reload()
	}
	wide, labels, values := u.Width(d.title)+2, 0, 0
	for _, it := range d.items {
		labels, values = max(labels, u.Width(it.Label)), max(values, u.Width(it.Value))
	}
	labels = min(labels, max(w*2/5, w-4-values))
	for _, it := range d.items {
		need := labels + 2
		if it.Value != "" {
			need += 2 + u.Width(it.Value)
		}
		wide = max(wide, need, u.Width(it.Label)+2)
	}
	if !d.fill {
		w = min(w, max(wide, 34))
	}
	if d.Wide || d.seen != nil && d.seen.stirred() != "" {
		w = min(100, max(w, 60))
	}
	shown := d.shown()
	d.cur = max(0, min(d.cur, len(shown)-1))
	var lines []string
	var cursor *kit.Spot
	if d.Note != "" {
		for _, l := range u.Wrap(d.Note, w) {
			lines = append(lines, u.Fit(l, w))
		}
		lines = append(lines, text.Blank(w))
	}
	d.head = len(lines)
	if d.Search {
		label := u.Say("tui.list.find") + " "
		lw := u.Width(label)
		el, x, _ := d.entry.Draw(max(1, w-lw), 1)
		lines = append(lines, u.Theme.Dim.On(label)+u.Theme.Entry.On(el[0]))
		cursor = &kit.Spot{X: lw + x, Y: d.head}
		d.head++
	}
	foot := d.trouble.lines(u, w)
	if len(foot) == 0 && d.cur < len(shown) && shown[d.cur].Why != "" {
		foot = append(foot, u.Theme.Warn.On(u.Fit(shown[d.cur].Why, w)))
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
		lines[d.head] = u.Theme.Dim.On(u.Fit(u.Say("tui.list.nothing"), w))
	}
	hint := u.Say("tui.list.keys")
	if d.entry.Value() != "" {
		hint = u.Say("tui.list.keys_typed")
	}
	if len(shown) > d.room {
		hint = u.Say("tui.list.position", "At", d.cur+1, "All", len(shown)) + "  " + hint
	}
	lines = append(lines, foot...)
	lines = append(lines, u.Theme.Dim.On(u.Fit(hint, w)))
	return inside{title: d.title, lines: lines, w: w, cursor: cursor}
}

func (d *List) line(it Item, current bool, w, labels int) string {
	u := d.ui
	lead := "  "
	if current {
		lead = "> "
	}
	label, value := it.Label, it.Value
	var s string
	if value == "" {
		s = lead + u.Fit(label, w-2)
	} else {
		s = lead + u.Fit(label, labels) + "  " + u.Fit(value, max(0, w-labels-4))
	}
	s = u.Fit(s, w)
	switch {
	case current:
		return u.Theme.Cursor.On(s)
	case it.Why != "":
		return u.Theme.Dim.On(s)
	}
	return s
}
