package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/edit"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Tasks is the table of all tasks with a detail pane: filter, sort, group,
// mark, edit.
type Tasks struct {
	taskList

	Filter edit.Text
	Typing bool // keys go to the filter

	Sorting index.Sorting // wished for; order follows
	Order   *index.Order
	Matcher *index.Matcher
	Chosen  []Column  // the columns that a person chose, in order; empty: those of the settings
	Match   index.Set // what the filter leaves; nil: everything

	time timeline

	folded  map[string]bool // groups of which only the heading is shown, by name
	tallies []tally         // by group

	Found  int    // tasks among lines
	Wanted string // the task to put the cursor on when it comes
}

func NewTasks(u *kit.Kit) *Tasks {
	s := &Tasks{taskList: taskList{ui: u, Marks: Marks{}, look: u.Cells}}
	s.rows = s
	s.Filter = edit.Text{Measure: u.Measure}
	return s
}

// Refresh takes a newly prepared ledger, and keeps the cursor on its task.
func (s *Tasks) Refresh(p Prepared) {
	keep := s.Wanted
	if _, ok := p.Index.Find(keep); !ok {
		if t := s.Here(); t != nil {
			keep = t.ID
		}
	}
	s.Order, s.Index = p.Order, p.Index
	s.Matcher = p.Matcher
	s.Rematch()
	keepMarks(s.ui, s.Marks)
	s.columns()
	s.Relist(keep)
	if _, ok := p.Index.Find(s.Wanted); ok {
		s.Wanted = ""
	}
}

// SetOrder takes an order made in the background, if it is still the one
// wished for.
func (s *Tasks) SetOrder(x *index.Index, o *index.Order) {
	if x != s.ui.Index || o.Sorting != s.Sorting {
		return
	}
	keep := ""
	if t := s.Here(); t != nil {
		keep = t.ID
	}
	s.Order, s.Index = o, x
	s.columns()
	s.Relist(keep)
}

// Rematch finds the tasks that the filter leaves.
func (s *Tasks) Rematch() { s.Match = s.Matcher.Match(index.Parse(s.Filter.Value())) }

// Refilter follows the filter's text.
func (s *Tasks) Refilter() {
	if s.ui.Index == nil {
		return
	}
	keep := ""
	if t := s.Here(); t != nil {
		keep = t.ID
	}
	s.Rematch()
	s.Relist(keep)
}

// Relist lists the tasks that are shown, with the headings of their groups.
func (s *Tasks) Relist(keep string) {
	if s.Index == nil {
		return
	}
	place := s.Grid.Line()
	s.Lines = s.Lines[:0]
	s.Found = 0
	group := int32(-1)
	at := -1
	want := int32(-1)
	if n, ok := s.Index.Find(keep); ok {
		want = n
	}
	s.tallies = make([]tally, len(s.Order.Groups))
	folded := make([]bool, len(s.Order.Groups))
	for g, at := range s.Order.Groups {
		folded[g] = s.folded[at.Name]
	}
	for _, n := range s.Order.Rows {
		if s.Match != nil && !s.Match.Has(n) {
			continue
		}
		if s.Order.Groups != nil {
			g := s.Order.GroupOf(n)
			if g != group {
				group = g
				s.Lines = append(s.Lines, -1-g)
			}
			t, c := s.Index.Task(n), &s.tallies[g]
			c.tasks++
			if t.Status.Kind == ledger.Done {
				c.done++
			}
			if t.Overdue {
				c.overdue++
			}
			if folded[g] {
				s.Found++
				continue
			}
		}
		if n == want {
			at = len(s.Lines)
		}
		s.Lines = append(s.Lines, n)
		s.Found++
	}
	switch {
	case at >= 0:
		s.Grid.Go(s, at)
	case s.Typing:
		s.Grid.Go(s, 0)
	default: // the row left the list: the next one takes its place
		s.Grid.Go(s, place)
	}
	s.detailTop = 0
}

// Group is the heading at line i.
func (s *Tasks) Group(i int) (string, bool) {
	if n := s.Lines[i]; n < 0 && !s.folded[s.Order.Groups[-1-n].Name] {
		return s.heading(-1 - n), true
	}
	return "", false
}

// Column is the key of the column under the cursor.
func (s *Tasks) Column() string {
	if len(s.Grid.Columns) == 0 {
		return ""
	}
	if key := s.Grid.Columns[s.Grid.Column()].Key; key != weekColumn {
		return key
	}
	return ledger.FieldDeadline
}

func (s *Tasks) Position() string {
	i := s.Grid.Cursor(s)
	if i < 0 {
		return ""
	}
	at := 0
	for _, n := range s.Lines[:i+1] {
		if n >= 0 {
			at++
		}
	}
	return s.ui.Say("tui.list.position", "At", at, "All", s.Found)
}

// SortHere sorts by the column under the cursor: up, down, not at all.
func (s *Tasks) SortHere() { s.Sorting.Turn(s.Column()) }

// Escape takes back, one after the other, what narrows the view: the filter,
// the marks.
func (s *Tasks) Escape() {
	switch {
	case s.Filter.Value() != "":
		s.Filter.Clear()
		s.Refilter()
	case len(s.Marks) > 0:
		clear(s.Marks)
	}
}

// Typed takes a key for the filter; taken is false if the key is not for it.
func (s *Tasks) Typed(k tea.KeyPressMsg) (res intent.Intent, taken bool) {
	return typedFilter(&s.Filter, k, &s.Typing, s.Refilter, s.Key)
}

// typedFilter takes a key for a filter: refilter follows its text, and move takes
// the keys that move the cursor.
func typedFilter(filter *edit.Text, k tea.KeyPressMsg, typing *bool, refilter func(), move func(tea.KeyPressMsg) intent.Intent) (res intent.Intent, taken bool) {
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
