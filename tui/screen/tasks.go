package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/edit"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Tasks is the table of all tasks with a detail pane: filter, sort, group,
// mark, edit.
type Tasks struct {
	taskList
	Arranged

	time   timeline
	Wanted string // the task to put the cursor on when it comes
}

func NewTasks(u *kit.Kit) *Tasks {
	s := &Tasks{taskList: newTaskList(u, u.Cells)}
	s.src = s
	s.Arranged = Arranged{
		owner: s, table: s.rows, pane: &s.taskList.pane, marks: s.Marks, Filter: edit.Text{Measure: u.Measure},
	}
	return s
}

// Refresh takes a newly prepared ledger, and keeps the cursor on its task.
func (s *Tasks) Refresh(p Prepared) {
	keep, wanted := p.Index.Find(s.Wanted)
	if wanted {
		s.Wanted = ""
	} else if t := s.Here(); t != nil {
		keep, wanted = p.Index.Find(t.ID)
	}
	if !wanted {
		keep = -1
	}
	s.Order, s.Index = p.Order, p.Index
	s.Matcher = p.Matcher
	keepMarks(s.ui, s.Marks)
	s.columns()
	s.relist(keep)
}

// SetOrder takes an order made in the background, if it is still the one
// wished for.
func (s *Tasks) SetOrder(x *index.Index, o *index.Order) {
	if x == s.ui.Index && x == s.Index && o.Sorting == s.Sorting {
		s.takeOrder(o)
	}
}

// makeColumns, standing and heading make it an arranger.
func (s *Tasks) makeColumns() {
	wished := s.wished()
	if len(wished) == 0 {
		wished = s.ui.Wished
	}
	s.Grid.Columns = taskColumns(s.ui, wished)
	if s.time.on {
		s.Grid.Columns = s.timeColumns()
	}
}

func (s *Tasks) standing(n int32) (done, overdue bool) {
	t := s.Index.Task(n)
	return t.Status.Kind == ledger.Done, t.Overdue
}

func (s *Tasks) heading(group string, c tally) string {
	return s.ui.Say("tui.group.heading", "Name", s.ui.Group(s.Order.Sorting.Group, group),
		"Tasks", c.rows, "Done", c.done, "Overdue", c.overdue)
}

// Row is the task, or the folded group, at line i.
func (s *Tasks) Row(i int) grid.Row {
	if n := s.Lines[i]; n < 0 {
		return s.foldedRow(-1-n, s.ui.Theme.Group)
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

func (s *Tasks) Position() string {
	if at := s.position(); at > 0 {
		return s.ui.Say("tui.list.position", "At", at, "All", s.Found)
	}
	return ""
}

// typedFilter takes a key for a filter: refilter follows its text, and move takes
// the keys that move the cursor.
func typedFilter(filter *edit.Text, k tea.KeyPressMsg, typing *bool, refilter func(),
	move func(tea.KeyPressMsg) intent.Intent) (res intent.Intent, taken bool) {
	switch k.String() {
	case "esc":
		*typing = false
		filter.Clear()
		refilter()
		return nil, true
	case "enter", "tab":
		*typing = false
		return nil, true
	case "up", "down", "pgup", "pgdown":
		return move(k), true
	case "ctrl+c", "ctrl+p":
		return nil, false
	}
	if len(k.String()) > 1 && k.Text == "" && k.String()[0] == 'f' {
		return nil, false // function keys keep their meaning
	}
	before := filter.Value()
	kit.TypeKey(filter, k)
	if filter.Value() != before {
		refilter()
	}
	return nil, true
}
