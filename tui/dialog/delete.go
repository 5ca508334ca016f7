package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Delete shows rows that are to be deleted, whole, and asks whether that is meant. What
// somebody changes in them meanwhile is shown; only what was shown is deleted.
type Delete struct {
	sides
	rows  []string                     // ids
	began map[string]map[string]string // what stood there when it opened: by row, by column
	shown map[string]map[string]string // and when it was drawn last
	of    *index.Index                 // what shown was read from
	body  []string                     // the rows as drawn, nil if they must be drawn anew
	w     int                          // and in how many cells
}

// NewDelete asks about rows of any kind of table.
func NewDelete(u *kit.Kit, rows []string) *Delete {
	d := &Delete{sides: sides{ui: u}, rows: rows}
	d.began = d.values()
	d.shown, d.of = d.began, u.Index
	return d
}

// values are what stands in the rows now; one that is gone is missing.
func (d *Delete) values() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, id := range d.rows {
		n := d.ui.Index.Ledger.Line(id)
		if n == nil {
			continue
		}
		out[id] = map[string]string{}
		for _, c := range n.Table.Columns {
			out[id][c.Key] = n.Table.Get(n.Row, c.Key)
		}
	}
	return out
}

// conflicts are the open conflicts of a row, as they were drawn: a row that goes takes
// what others typed into it along.
func (d *Delete) conflicts(id string) (out []syncer.Conflict) {
	for _, c := range d.of.Snap.Conflicts {
		if c.Task == id && c.Field != "" {
			out = append(out, c)
		}
	}
	return out
}

func (d *Delete) choices() []choice {
	var rows []syncer.Removal
	for _, id := range d.rows {
		if seen, there := d.shown[id]; there {
			var conflicts []string
			for _, c := range d.conflicts(id) {
				conflicts = append(conflicts, c.ID)
			}
			rows = append(rows, syncer.Removal{Row: id, Seen: seen, Conflicts: conflicts})
		}
	}
	why := d.ui.CannotChange()
	if len(rows) == 0 {
		why = d.ui.Say("tui.delete.gone")
	}
	return []choice{
		{d.ui.Say("tui.many.back"), "", intent.Closed{}},
		{d.what("tui.delete.task", "tui.delete.event", "tui.delete.entry", len(rows)), why,
			intent.DeleteRows{Rows: rows}},
	}
}

// what says it of tasks, of events, or of rows of a register.
func (d *Delete) what(task, event, entry string, count int) string {
	key := entry
	for _, id := range d.rows {
		if n := d.ui.Index.Ledger.Line(id); n != nil {
			switch n.Table.Kind {
			case ledger.KindTasks:
				key = task
			case ledger.KindActivities:
				key = event
			}
			break
		}
	}
	return d.ui.Say(key, "Count", count)
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Delete) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Delete) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Delete) Help() [][2]string { return d.help(d.ui.Say("tui.many.back")) }

func (d *Delete) Draw(w, h int) inside {
	u := d.ui
	if d.of != u.Index {
		d.shown, d.of, d.body = d.values(), u.Index, nil
	}
	if d.body == nil || d.w != w {
		d.w = w
		d.drawRows()
	}
	title := d.what("tui.delete.title_task", "tui.delete.title_event", "tui.delete.title_entry", len(d.shown))
	return d.assemble(title, u.Say("tui.delete.note"), d.body, d.choices(), w, h)
}

// drawRows draws the rows, and says how many of them changed or are gone. There may be
// thousands: not every frame draws them.
func (d *Delete) drawRows() {
	u := d.ui
	moved := 0
	body := []string{}
	for _, id := range d.rows {
		n, seen, began := u.Index.Ledger.Line(id), d.shown[id], d.began[id]
		if n == nil {
			moved++
			continue
		}
		changed := slices.ContainsFunc(n.Table.Columns,
			func(c table.Column) bool { return seen[c.Key] != began[c.Key] })
		if changed {
			moved++
		}
		body = append(body, u.Theme.Strong.On(u.Fit(rowName(u, n), d.w)))
		if len(d.rows) == 1 || changed {
			body = append(body, d.drawRow(n, seen, began)...)
		} else {
			body = append(body, "  "+u.Theme.Dim.On(u.Fit(briefly(u, n), d.w-2)))
		}
		for _, c := range d.conflicts(id) {
			said := u.Say("tui.delete.conflict", "Field", u.ConflictField(c), "Theirs", u.Clean(c.Theirs), "By", u.Clean(c.TheirsBy))
			for _, l := range u.Wrap(said, d.w-2) {
				body = append(body, u.FitStyled("  "+u.Theme.Warn.On(l), d.w))
			}
		}
	}
	d.body, d.moved = body, ""
	if moved > 0 {
		d.moved = u.Say("tui.delete.moved", "Count", moved)
	}
}

// drawRow draws what stands in a row; what changed since it was shown first stands out.
func (d *Delete) drawRow(n *ledger.Line, seen, began map[string]string) []string {
	u := d.ui
	var lines []string
	for _, c := range n.Table.Columns {
		if seen[c.Key] == "" && began[c.Key] == "" {
			continue
		}
		style := u.Theme.Text
		if seen[c.Key] != began[c.Key] {
			style = u.Theme.Changed
		}
		label := u.Fit(u.Clean(index.LastPart(c.Heading)), 12)
		for i, l := range u.Wrap(seen[c.Key], d.w-16) {
			if i > 0 {
				label = u.Fit("", 12)
			}
			lines = append(lines, u.FitStyled("  "+u.Theme.Dim.On(label)+"  "+style.On(l), d.w))
		}
	}
	return lines
}

// rowName is what a row is called.
func rowName(u *kit.Kit, n *ledger.Line) string {
	if n.Table.Kind == ledger.KindActivities {
		var parts []string
		for _, key := range []string{ledger.EventKind, ledger.EventUnit, ledger.EventDate, ledger.EventTopic} {
			if v := n.Table.Get(n.Row, key); v != "" {
				parts = append(parts, v)
			}
		}
		return u.Clean(strings.Join(parts, "  "))
	}
	return u.Ref(n.Number, n.Title)
}

// briefly is what else stands in a row, in a line.
func briefly(u *kit.Kit, n *ledger.Line) string {
	var parts []string
	for _, c := range n.Table.Columns {
		if v := n.Table.Get(n.Row, c.Key); v != "" && v != n.Title && v != n.Number {
			parts = append(parts, v)
		}
	}
	return u.Clean(strings.Join(parts, "  "))
}
