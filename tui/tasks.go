package tui

import (
	"sort"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/edit"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

// tasksScreen is the table of all tasks with a detail pane: filter, sort, group,
// mark, edit.
type tasksScreen struct {
	taskList

	filter edit.Text
	typing bool // keys go to the filter

	sorting index.Sorting // wished for; order follows
	order   *index.Order
	matcher *index.Matcher
	match   index.Set // what the filter leaves; nil: everything

	heads  []int  // the lines that are headings; that of group g is -1-g
	found  int    // tasks among lines
	wanted string // the task to put the cursor on when it comes
}

func newTasks(u *ui) *tasksScreen {
	s := &tasksScreen{taskList: taskList{ui: u, marks: marks{}, look: u.cells}}
	s.rows = s
	s.filter = edit.Text{Measure: u.Measure}
	return s
}

// refresh takes a newly prepared ledger, and keeps the cursor on its task.
func (s *tasksScreen) refresh(p prepared) {
	keep := s.wanted
	if _, ok := p.x.Find(keep); !ok {
		if t := s.here(); t != nil {
			keep = t.ID
		}
	}
	s.order, s.x = p.order, p.x
	s.matcher = p.matcher
	s.rematch()
	s.ui.keep(s.marks)
	s.columns()
	s.relist(keep)
	if _, ok := p.x.Find(s.wanted); ok {
		s.wanted = ""
	}
}

// setOrder takes an order made in the background, if it is still the one
// wished for.
func (s *tasksScreen) setOrder(x *index.Index, o *index.Order) {
	if x != s.ui.x || o.Sorting != s.sorting {
		return
	}
	keep := ""
	if t := s.here(); t != nil {
		keep = t.ID
	}
	s.order, s.x = o, x
	s.columns()
	s.relist(keep)
}

// rematch finds the tasks that the filter leaves.
func (s *tasksScreen) rematch() { s.match = s.matcher.Match(index.Parse(s.filter.Value())) }

// refilter follows the filter's text.
func (s *tasksScreen) refilter() {
	if s.ui.x == nil {
		return
	}
	keep := ""
	if t := s.here(); t != nil {
		keep = t.ID
	}
	s.rematch()
	s.relist(keep)
}

// relist lists the tasks that are shown, with the headings of their groups.
func (s *tasksScreen) relist(keep string) {
	if s.x == nil {
		return
	}
	s.lines = s.lines[:0]
	s.heads = s.heads[:0]
	s.found = 0
	group := int32(-1)
	at := -1
	want := int32(-1)
	if n, ok := s.x.Find(keep); ok {
		want = n
	}
	for _, n := range s.order.Rows {
		if s.match != nil && !s.match.Has(n) {
			continue
		}
		if s.order.Groups != nil {
			if g := s.order.GroupOf(n); g != group {
				group = g
				s.heads = append(s.heads, len(s.lines))
				s.lines = append(s.lines, -1-g)
			}
		}
		if n == want {
			at = len(s.lines)
		}
		s.lines = append(s.lines, n)
		s.found++
	}
	if at >= 0 {
		s.grid.Go(s, at)
	} else {
		s.grid.Go(s, 0)
	}
	s.detailTop = 0
}

// Group is the heading at line i.
func (s *tasksScreen) Group(i int) (string, bool) {
	if n := s.lines[i]; n < 0 {
		return s.ui.group(s.order.Sorting.Group, s.order.Groups[-1-n].Name), true
	}
	return "", false
}

// row is a task as a row of a table.
func (u *ui) row(columns []grid.Column, t *ledger.Task, marked bool) grid.Row {
	r := grid.Row{Cells: make([]string, len(columns)), Styles: make([]theme.Style, len(columns)), Marked: marked}
	for i, c := range columns {
		switch c.Key {
		case index.StateColumn:
			r.Cells[i], r.Styles[i] = u.state(t)
		case ledger.FieldStatus:
			r.Cells[i], r.Styles[i] = u.status(t)
		default:
			r.Cells[i] = u.Clean(t.Text(c.Key))
		}
	}
	return r
}

// column is the key of the column under the cursor.
func (s *tasksScreen) column() string {
	if len(s.grid.Columns) == 0 {
		return ""
	}
	return s.grid.Columns[s.grid.Column()].Key
}

func (s *tasksScreen) position() string {
	i := s.grid.Cursor(s)
	if i < 0 {
		return ""
	}
	i -= sort.SearchInts(s.heads, i)
	return s.ui.say("tui.list.position", "At", i+1, "All", s.found)
}

// sortHere sorts by the column under the cursor: up, down, not at all.
func (s *tasksScreen) sortHere() {
	key := s.column()
	switch {
	case s.sorting.Column != key:
		s.sorting.Column, s.sorting.Down = key, false
	case !s.sorting.Down:
		s.sorting.Down = true
	default:
		s.sorting.Column, s.sorting.Down = "", false
	}
}

// sort sorts the table by the column under the cursor, and says how.
func (r *root) sort() tea.Cmd {
	s := r.tasks
	s.sortHere()
	switch {
	case s.sorting.Column == "":
		r.say(r.ui.say("tui.done.unsorted"), false)
	case s.sorting.Down:
		r.say(r.ui.say("tui.done.sorted_down", "Column", s.grid.Columns[s.grid.Column()].Title), false)
	default:
		r.say(r.ui.say("tui.done.sorted", "Column", s.grid.Columns[s.grid.Column()].Title), false)
	}
	return r.reorder()
}

// escape takes back, one after the other, what narrows the view: the filter,
// the marks.
func (s *tasksScreen) escape() {
	switch {
	case s.filter.Value() != "":
		s.filter.Clear()
		s.refilter()
	case len(s.marks) > 0:
		clear(s.marks)
	}
}

// typed takes a key for the filter; taken is false if the key is not for it.
func (s *tasksScreen) typed(k tea.KeyPressMsg) (res any, taken bool) {
	switch k.String() {
	case "esc":
		s.typing = false
		s.filter.Clear()
		s.refilter()
		return nil, true
	case "enter", "tab":
		s.typing = false
		return nil, true
	case "up", "down", "pgup", "pgdown":
		return s.key(k), true
	case "ctrl+c", "ctrl+p":
		return nil, false
	}
	if len(k.String()) > 1 && k.Text == "" && k.String()[0] == 'f' {
		return nil, false // function keys keep their meaning
	}
	before := s.filter.Value()
	typeKey(&s.filter, k)
	if s.filter.Value() != before {
		s.refilter()
	}
	return nil, true
}
