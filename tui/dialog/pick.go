package dialog

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Pick is a list in which a person chooses several lines: Space marks one, Enter goes on
// with the marked ones, or with the one under the cursor where none is marked.
type Pick struct {
	*List
	names  []string // what the lines stand for
	labels []string
	marked map[string]bool
	submit func(names []string) intent.Intent
}

// NewPick offers lines of label and value; marked are those that are chosen at first.
func NewPick(u *kit.Kit, title, note string, names, labels, values []string, marked map[string]bool,
	submit func(names []string) intent.Intent) *Pick {
	items := make([]Item, len(names))
	for i := range names {
		items[i].Value = values[i]
	}
	d := &Pick{List: NewList(u, title, items), names: names, labels: labels, marked: marked, submit: submit}
	d.Note, d.Search, d.Wide = note, false, true
	return d
}

func (d *Pick) chosen() []string {
	var out []string
	for _, n := range d.names {
		if d.marked[n] {
			out = append(out, n)
		}
	}
	if len(out) == 0 && d.cur < len(d.names) {
		out = []string{d.names[d.cur]}
	}
	return out
}

func (d *Pick) Key(k tea.KeyPressMsg) intent.Intent {
	switch k.String() {
	case "space":
		if d.cur < len(d.names) {
			d.marked[d.names[d.cur]] = !d.marked[d.names[d.cur]]
			d.cur = min(d.cur+1, len(d.names)-1)
		}
		return nil
	case "ctrl+a", "*":
		all := len(d.chosen()) < len(d.names)
		for _, n := range d.names {
			d.marked[n] = all
		}
		return nil
	case "enter":
		if len(d.names) == 0 {
			return nil
		}
		return d.submit(d.chosen())
	}
	return d.List.Key(k)
}

// Click marks a line; a double click goes on.
func (d *Pick) Click(x, y int, double bool) intent.Intent {
	i := d.top + y - d.head
	if y < d.head || y >= d.head+d.room || i >= len(d.names) {
		return nil
	}
	d.cur = i
	if double {
		return d.submit(d.chosen())
	}
	d.marked[d.names[i]] = !d.marked[d.names[i]]
	return nil
}

func (d *Pick) Help() [][2]string {
	u := d.ui
	return [][2]string{{u.Say("tui.keys.space"), u.Say("tui.short.mark")}, {"Ctrl+A", u.Say("tui.pick.all")},
		{"Enter", u.Say("tui.pick.go")}, {"Esc", u.Say("tui.key.close")}}
}

func (d *Pick) Draw(w, h int) inside {
	for i, n := range d.names {
		box := "[ ] "
		if d.marked[n] {
			box = "[*] "
		}
		d.items[i].Label = box + d.labels[i]
	}
	return d.List.Draw(w, h)
}
