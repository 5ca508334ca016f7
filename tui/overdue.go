package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/index"
)

// overdueScreen is what is overdue and due soon, worst first.
type overdueScreen struct {
	ui    *ui
	grid  grid.Grid
	marks marks
	on    string // the task under the cursor when it was drawn

	detailPart
}

func newOverdue(u *ui) *overdueScreen { return &overdueScreen{ui: u, marks: marks{}} }

func (s *overdueScreen) refresh(prepared) {
	s.grid.Columns = s.ui.taskColumns([]string{
		index.StateColumn, ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus,
		ledger.FieldOwner, ledger.FieldPhone, ledger.FieldProgress,
	})
	s.ui.keep(s.marks)
	at := max(0, s.grid.Cursor(s))
	for i := range s.Len() {
		if n, _ := s.at(i); n >= 0 && s.ui.x.Task(n).ID == s.on {
			at = i
			break
		}
	}
	s.grid.Go(s, at)
}

// Len, Group and Row lend the table its rows: a heading and the overdue ones, a
// heading and those due soon.
func (s *overdueScreen) Len() int {
	x := s.ui.x
	if x == nil {
		return 0
	}
	n := 0
	if len(x.Overdue) > 0 {
		n += 1 + len(x.Overdue)
	}
	if len(x.Soon) > 0 {
		n += 1 + len(x.Soon)
	}
	return n
}

// at is the task at line i, and which list it is of; task is -1 for a heading.
func (s *overdueScreen) at(i int) (task int32, late bool) {
	x := s.ui.x
	if n := len(x.Overdue); n > 0 {
		switch {
		case i == 0:
			return -1, true
		case i <= n:
			return x.Overdue[i-1], true
		}
		i -= n + 1
	}
	if i == 0 {
		return -1, false
	}
	return x.Soon[i-1], false
}

// Group is a heading: overdue, or due soon.
func (s *overdueScreen) Group(i int) (string, bool) {
	n, late := s.at(i)
	switch {
	case n >= 0:
		return "", false
	case late:
		return s.ui.say("tui.overdue.late", "Count", len(s.ui.x.Overdue)), true
	}
	return s.ui.say("tui.overdue.soon", "Count", len(s.ui.x.Soon), "Days", s.ui.soonDays()), true
}

func (u *ui) soonDays() int {
	if u.opt.DueSoonDays > 0 {
		return u.opt.DueSoonDays
	}
	return 30
}

// Row is a task.
func (s *overdueScreen) Row(i int) grid.Row {
	n, _ := s.at(i)
	t := s.ui.x.Task(n)
	return s.ui.row(s.grid.Columns, t, s.marks[t.ID])
}

// here is the task under the cursor, nil if there is none.
func (s *overdueScreen) here() *ledger.Task {
	if s.ui.x == nil {
		return nil
	}
	if i := s.grid.Cursor(s); i >= 0 {
		if n, _ := s.at(i); n >= 0 {
			return s.ui.x.Task(n)
		}
	}
	return nil
}

func (s *overdueScreen) target() target       { return s.ui.target(s.marks, s.here()) }
func (s *overdueScreen) looked() *ledger.Task { return s.here() }
func (s *overdueScreen) marked() marks        { return s.marks }

func (s *overdueScreen) toggle() {
	if t := s.here(); t != nil {
		s.marks.flip(t)
		s.detailTop = 0
		s.grid.Move(s, 1)
	}
}

func (s *overdueScreen) markAll() {
	for _, list := range [][]int32{s.ui.x.Overdue, s.ui.x.Soon} {
		for _, n := range list {
			s.marks[s.ui.x.Task(n).ID] = true
		}
	}
}

// position counts tasks, not headings.
func (s *overdueScreen) position() string {
	i := s.grid.Cursor(s)
	if i < 0 {
		return ""
	}
	late, soon := len(s.ui.x.Overdue), len(s.ui.x.Soon)
	if late > 0 && i > late {
		i--
	}
	return s.ui.say("tui.list.position", "At", i, "All", late+soon)
}

func (s *overdueScreen) open() any {
	if s.here() == nil {
		return nil
	}
	return openTask{}
}

func (s *overdueScreen) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "left":
		s.grid.Side(-1)
	case "right":
		s.grid.Side(1)
	case "shift+down", "J":
		s.detailTop = min(s.detailTop+1, s.detailMore)
		return nil
	case "shift+up", "K":
		s.detailTop = max(0, s.detailTop-1)
		return nil
	}
	s.detailTop = 0
	return moveKey(&s.grid, s, k, s.open)
}

func (s *overdueScreen) click(x, y int, double bool) any {
	if inBox(s.detailAt, x, y) {
		if double {
			return s.open()
		}
		return nil
	}
	if s.grid.Click(s, s.grid.At(s, x, y)) {
		s.detailTop = 0
		if double {
			return s.open()
		}
	}
	return nil
}

func (s *overdueScreen) wheel(x, y, n int) any {
	s.scroll(&s.grid, s, x, y, n)
	return nil
}

func (s *overdueScreen) draw(w, h int) frame {
	u := s.ui
	if s.Len() == 0 {
		return frame{lines: u.center([]string{
			u.th.Good.On(u.say("tui.overdue.none")), "",
			u.th.Dim.On(u.say("tui.overdue.none_hint", "Days", u.soonDays())),
		}, w, h)}
	}
	s.detailAt = box{}
	if h < 16 {
		return frame{lines: s.grid.Draw(s, w, h, u.look(true))}
	}
	dh := min(14, h*2/5)
	out := s.grid.Draw(s, w, h-dh, u.look(true))
	t := s.here()
	if t != nil {
		s.on = t.ID
	}
	pane, more := u.detailPane(t, w, dh, s.detailTop)
	s.detailMore = more
	s.detailAt = box{0, h - dh, w, dh}
	return frame{lines: append(out, pane...)}
}
