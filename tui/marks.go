package tui

import (
	"taizhang/tui/screen"

	tea "charm.land/bubbletea/v2"
)

// marks are those of the screen that is shown; nil if nothing is marked there.
func (r *root) marks() screen.Marks {
	if m, ok := r.current().(screen.Marker); ok {
		return m.Marked()
	}
	return nil
}

// Escape takes away a message, and what narrows the view, or the marks.
func (r *root) Escape() {
	r.said.drop()
	if r.screen == onTasks {
		if r.comeBack() {
			return
		}
		r.tasks.Escape()
		return
	}
	clear(r.marks())
}

// sort sorts the table by the column under the cursor, and says how.
func (r *root) sort() tea.Cmd {
	s := r.tasks
	s.SortHere()
	switch {
	case s.Sorting.Column == "":
		r.say(r.ui.Say("tui.done.unsorted"), false)
	case s.Sorting.Down:
		r.say(r.ui.Say("tui.done.sorted_down", "Column", s.Grid.Columns[s.Grid.Column()].Title), false)
	default:
		r.say(r.ui.Say("tui.done.sorted", "Column", s.Grid.Columns[s.Grid.Column()].Title), false)
	}
	return r.reorder()
}
