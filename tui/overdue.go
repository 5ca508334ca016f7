package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
)

// overdueScreen is what is overdue and due soon, worst first.
type overdueScreen struct {
	taskList        // lateHead and soonHead are its headings
	on       string // the task under the cursor when it was drawn
}

const (
	lateHead = -1
	soonHead = -2
)

func newOverdue(u *ui) *overdueScreen {
	s := &overdueScreen{taskList: taskList{ui: u, marks: marks{}, look: u.look}}
	s.rows = s
	return s
}

func (s *overdueScreen) refresh(prepared) {
	s.grid.Columns = s.ui.taskColumns([]string{
		index.StateColumn, ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus,
		ledger.FieldOwner, ledger.FieldPhone, ledger.FieldProgress,
	})
	at := max(0, s.grid.Cursor(s))
	x := s.ui.x
	s.x, s.lines = x, s.lines[:0]
	if len(x.Overdue) > 0 {
		s.lines = append(append(s.lines, lateHead), x.Overdue...)
	}
	if len(x.Soon) > 0 {
		s.lines = append(append(s.lines, soonHead), x.Soon...)
	}
	s.ui.keep(s.marks)
	if !s.goTo(s.on) {
		s.grid.Go(s, at)
	}
}

// Group is a heading: overdue, or due soon.
func (s *overdueScreen) Group(i int) (string, bool) {
	switch s.lines[i] {
	case lateHead:
		return s.ui.say("tui.overdue.late", "Count", len(s.x.Overdue)), true
	case soonHead:
		key := "tui.overdue.soon"
		if s.x.Both > 0 { // the totals count them
			key = "tui.overdue.soon_and_late"
		}
		return s.ui.say(key, "Count", len(s.x.Soon), "Days", s.ui.soonDays(), "Both", s.x.Both), true
	}
	return "", false
}

func (u *ui) soonDays() int {
	if u.opt.DueSoonDays > 0 {
		return u.opt.DueSoonDays
	}
	return 30
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

func (s *overdueScreen) key(k tea.KeyPressMsg) any {
	if sideKey(&s.grid, k) {
		return nil
	}
	return s.taskList.key(k)
}

func (s *overdueScreen) click(x, y int, double bool) any { return s.taskList.click(x, y, 0, double) }

func (s *overdueScreen) draw(w, h int) frame {
	u := s.ui
	if s.Len() == 0 {
		lines := []string{
			u.th.Good.On(u.say("tui.overdue.none")), "",
			u.th.Dim.On(u.say("tui.overdue.none_hint", "Days", u.soonDays())),
		}
		if more := u.undated(min(w-2, 60), 4); more != nil {
			lines = append(append(lines, ""), more...)
		}
		return frame{lines: u.center(lines, w, h)}
	}
	if t := s.here(); t != nil {
		s.on = t.ID
	}
	if h < 16 {
		return frame{lines: s.alone(w, h, true)}
	}
	return frame{lines: s.above(w, h, min(14, h*2/5), 0, true)}
}
