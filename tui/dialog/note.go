package dialog

import (
	"taizhang/tui/intent"
	"taizhang/tui/kit"

	tea "charm.land/bubbletea/v2"
)

// Note shows text to read: a message, or help.
type Note struct {
	trouble
	ui    *kit.Kit
	title string
	// rows are paragraphs; a pair is shown in two columns.
	rows [][2]string
	top  int
	page int
	all  int
}

func NewNote(u *kit.Kit, title string, rows ...[2]string) *Note {
	return &Note{ui: u, title: u.Clean(title), rows: rows}
}

func (d *Note) Key(k tea.KeyPressMsg) intent.Intent {
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
		return intent.Closed{}
	}
	return nil
}

func (d *Note) Paste(string) {}

func (d *Note) Click(int, int, bool) intent.Intent { return nil }

func (d *Note) Wheel(n int) { d.top += n }

func (d *Note) Help() [][2]string { return [][2]string{{"Esc", d.ui.Say("tui.key.close")}} }

func (d *Note) Draw(w, h int) inside {
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
			body = append(body, u.Theme.Key.On(u.Fit(kit.Nth(names, i), keyw))+"  "+u.Fit(kit.Nth(values, i), w-keyw-2))
		}
	}
	d.all, d.page = len(body), max(1, h-2)
	room := max(1, h-1)
	d.top = max(0, min(d.top, len(body)-room))
	end := min(len(body), d.top+room)
	lines := append([]string(nil), body[d.top:end]...)
	foot := u.Say("tui.note.close")
	if len(body) > room {
		foot = u.Say("tui.note.more", "From", d.top+1, "To", end, "All", len(body))
	}
	lines = append(lines, u.Theme.Dim.On(u.Fit(foot, w)))
	return inside{title: d.title, lines: lines, w: w}
}
