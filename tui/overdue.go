package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/index"
)

// overdueScreen is what is overdue and due soon, worst first.
type overdueScreen struct {
	ui   *ui
	grid grid.Grid
}

func newOverdue(u *ui) *overdueScreen { return &overdueScreen{ui: u} }

func (s *overdueScreen) refresh(prepared) {
	s.grid.Columns = s.ui.taskColumns([]string{
		index.StateColumn, ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus,
		ledger.FieldOwner, ledger.FieldPhone, ledger.FieldProgress,
	})
	s.grid.Go(s, max(0, s.grid.Cursor(s)))
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
	return s.ui.row(s.grid.Columns, s.ui.x.Task(n), false)
}

func (s *overdueScreen) target() target {
	if i := s.grid.Cursor(s); i >= 0 {
		if n, _ := s.at(i); n >= 0 {
			return target{tasks: []*ledger.Task{s.ui.x.Task(n)}}
		}
	}
	return target{}
}

func (s *overdueScreen) position() string { return "" }

func (s *overdueScreen) open() any {
	if len(s.target().tasks) == 0 {
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
	}
	return moveKey(&s.grid, s, k, s.open)
}

func (s *overdueScreen) click(x, y int, double bool) any {
	if s.grid.Click(s, s.grid.At(s, x, y)) && double {
		return s.open()
	}
	return nil
}

func (s *overdueScreen) wheel(_, _, n int) any {
	s.grid.Scroll(s, n)
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
	if h < 16 {
		return frame{lines: s.grid.Draw(s, w, h, u.look(true))}
	}
	dh := min(14, h*2/5)
	out := s.grid.Draw(s, w, h-dh, u.look(true))
	var t *ledger.Task
	if to := s.target(); len(to.tasks) > 0 {
		t = to.tasks[0]
	}
	pane, _ := u.detailPane(t, w, dh, 0)
	return frame{lines: append(out, pane...)}
}
