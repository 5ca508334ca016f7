package screen

import (
	"slices"

	"taizhang/tui/grid"
	"taizhang/tui/theme"
)

// How a person arranges the task table: its columns, and the groups that are folded.

// chosen are the columns as they stand, with the widths that were set.
func (s *Tasks) chosen() []Column {
	var out []Column
	for _, c := range s.Grid.Columns {
		out = append(out, Column{Key: c.Key, Width: s.set[c.Key]})
	}
	return out
}

// arrange shows those columns, with the cursor on the one of that key.
func (s *Tasks) arrange(columns []Column, key string) {
	s.Choose(columns)
	i := slices.IndexFunc(s.Grid.Columns, func(c grid.Column) bool { return c.Key == key })
	if i >= 0 {
		s.Grid.Side(i - s.Grid.Column())
	}
}

// MoveColumn moves the column under the cursor by n places.
func (s *Tasks) MoveColumn(n int) {
	all, i := s.chosen(), s.Grid.Column()
	to := i + n
	if to < 0 || to >= len(all) {
		return
	}
	c := all[i]
	all = slices.Insert(slices.Delete(all, i, i+1), to, c)
	s.arrange(all, c.Key)
}

// WidenColumn makes the column under the cursor n cells wider.
func (s *Tasks) WidenColumn(n int) {
	all, i := s.chosen(), s.Grid.Column()
	if i >= len(all) {
		return
	}
	all[i].Width = max(4, min(s.Grid.Columns[i].Width+n, 120))
	s.arrange(all, all[i].Key)
}

// ToggleColumn hides a column, or shows it at the end. The last one stays.
func (s *Tasks) ToggleColumn(key string) {
	all := s.chosen()
	i := slices.IndexFunc(all, func(c Column) bool { return c.Key == key })
	switch {
	case i < 0:
		all = append(all, Column{Key: key})
	case len(all) > 1:
		all = slices.Delete(all, i, i+1)
	}
	s.arrange(all, s.Column())
}

// Shows reports whether a column is shown.
func (s *Tasks) Shows(key string) bool {
	return slices.ContainsFunc(s.Grid.Columns, func(c grid.Column) bool { return c.Key == key })
}

// tally is what a group holds of what the filter leaves.
type tally struct{ tasks, done, overdue int }

// groupHere is the group that the cursor is in, or on if it is folded.
func (s *Tasks) groupHere() (g int32, ok bool) {
	if s.Order == nil || s.Order.Groups == nil || len(s.Lines) == 0 {
		return 0, false
	}
	n := s.Lines[max(0, min(s.Grid.Line(), len(s.Lines)-1))]
	if n < 0 {
		return -1 - n, true
	}
	return s.Order.GroupOf(n), true
}

// Fold folds the group under the cursor, or opens it. It reports false if there
// are no groups.
func (s *Tasks) Fold() bool {
	g, ok := s.groupHere()
	if !ok {
		return false
	}
	name := s.Order.Groups[g].Name
	if s.folded == nil {
		s.folded = map[string]bool{}
	}
	s.folded[name] = !s.folded[name]
	s.Relist("")
	for i, n := range s.Lines {
		if n == -1-g {
			if s.folded[name] {
				s.Grid.Go(s, i)
			} else {
				s.Grid.Go(s, i+1)
			}
		}
	}
	return true
}

// unfold opens the folded group that the cursor is on; false if it is on none.
func (s *Tasks) unfold() bool {
	i := s.Grid.Cursor(s)
	return i >= 0 && s.Lines[i] < 0 && s.Fold()
}

// FoldAll folds every group, or opens all if every one is folded.
func (s *Tasks) FoldAll() bool {
	if s.Order == nil || s.Order.Groups == nil {
		return false
	}
	all := true
	for _, g := range s.Order.Groups {
		all = all && s.folded[g.Name]
	}
	s.folded = map[string]bool{}
	for _, g := range s.Order.Groups {
		s.folded[g.Name] = !all
	}
	s.Relist("")
	s.Grid.Go(s, 0)
	return true
}

// heading is a group's name with what it holds.
func (s *Tasks) heading(g int32) string {
	c := s.tallies[g]
	return s.ui.Say("tui.group.heading", "Name", s.ui.Group(s.Order.Sorting.Group, s.Order.Groups[g].Name), "Tasks", c.tasks, "Done", c.done, "Overdue", c.overdue)
}

// Row is the task, or the folded group, at line i.
func (s *Tasks) Row(i int) grid.Row {
	if n := s.Lines[i]; n < 0 {
		return grid.Row{Span: "+ " + s.heading(-1-n), Styles: []theme.Style{s.ui.Theme.Group}}
	}
	r := s.taskList.Row(i)
	if s.time.on {
		t, weeks := s.Index.Task(s.Lines[i]), len(s.Grid.Columns)-1
		r.Paint = func(col, w int, current bool) string {
			if col != weeks {
				return ""
			}
			return s.paintWeeks(t, w, current)
		}
	}
	return r
}
