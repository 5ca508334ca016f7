package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/screen"
)

// marks are those of the screen that is shown; nil if nothing is marked there.
func (r *stage) marks() screen.Marks {
	if m, ok := r.current().(screen.Marker); ok {
		return m.Marked()
	}
	return nil
}

// mixed says why the row under the cursor cannot be marked besides those that are; "" if
// it can.
func (r *stage) mixed() string {
	if r.current().(screen.Marker).Mixes() {
		return r.ui.Say("tui.why.mixed_marks", "Count", len(r.marks()))
	}
	return ""
}

// mark marks the row under the cursor, or takes its mark off. A row of another table than
// the marked ones is passed over, and that is said.
func (r *stage) mark() {
	why := r.mixed()
	r.current().(screen.Marker).Toggle()
	if why != "" {
		r.say(why, true)
	}
}

// Escape takes away a message, and what narrows the view, or the marks.
func (r *stage) Escape() {
	r.said.drop()
	switch {
	case r.screen == onTasks && r.comeBack():
	case slices.Contains(ownOrder, r.screen) && r.table() != nil:
		r.table().Escape()
	default:
		clear(r.marks())
	}
}

// sort sorts the table by the column under the cursor, and says how.
func (r *stage) sort() tea.Cmd {
	t, unsorted := r.table(), "tui.done.unsorted"
	if r.screen == onRegisters {
		unsorted = "tui.done.worst_first"
	}
	t.SortHere()
	title := t.ColumnTitle()
	switch {
	case t.Sorting.Column == "":
		r.say(r.ui.Say(unsorted), false)
	case t.Sorting.Down:
		r.say(r.ui.Say("tui.done.sorted_down", "Column", title), false)
	default:
		r.say(r.ui.Say("tui.done.sorted", "Column", title), false)
	}
	return r.reorder()
}
