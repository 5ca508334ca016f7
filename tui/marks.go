package tui

import (
	"taizhang/tui/index"
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
	if r.screen == onRegisters {
		r.registers.Escape()
		return
	}
	clear(r.marks())
}

// sort sorts the table by the column under the cursor, and says how.
func (r *root) sort() tea.Cmd {
	var how index.Sorting
	title, unsorted := "", "tui.done.unsorted"
	if r.screen == onRegisters {
		how, title, unsorted = r.registers.SortHere(), r.registers.ColumnTitle(), "tui.done.worst_first"
	} else {
		s := r.tasks
		s.SortHere()
		how, title = s.Sorting, s.Grid.Columns[s.Grid.Column()].Title
	}
	switch {
	case how.Column == "":
		r.say(r.ui.Say(unsorted), false)
	case how.Down:
		r.say(r.ui.Say("tui.done.sorted_down", "Column", title), false)
	default:
		r.say(r.ui.Say("tui.done.sorted", "Column", title), false)
	}
	return r.reorder()
}
