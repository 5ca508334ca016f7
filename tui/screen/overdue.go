package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Overdue is what is overdue and due soon, worst first.
type Overdue struct {
	taskList        // lateHead and soonHead are its headings
	on       string // the row under the cursor when it was drawn
}

const (
	lateHead = -1
	soonHead = -2
)

func NewOverdue(u *kit.Kit) *Overdue {
	s := &Overdue{taskList: newTaskList(u, u.Look)}
	s.src = s
	return s
}

func (s *Overdue) Refresh(Prepared) {
	s.Grid.Columns = mixedColumns(s.ui, []string{
		index.StateColumn, ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline,
		ledger.FieldStatus,
		ledger.FieldOwner, ledger.FieldPhone, ledger.FieldProgress,
	})
	at := max(0, s.Grid.Cursor(s))
	x := s.ui.Index
	s.Index, s.Lines = x, s.Lines[:0]
	if len(x.LateRows) > 0 {
		s.Lines = append(append(s.Lines, lateHead), x.LateRows...)
	}
	if len(x.SoonRows) > 0 {
		s.Lines = append(append(s.Lines, soonHead), x.SoonRows...)
	}
	keepMarks(s.ui, s.Marks)
	if !s.goTo(s.on) {
		s.Grid.Go(s, at)
	}
}

// Group is a heading: overdue, or due soon.
func (s *Overdue) Group(i int) (string, bool) {
	switch s.Lines[i] {
	case lateHead:
		return s.ui.Say("tui.overdue.late", "Count",
			len(s.Index.Overdue)) + s.registered(len(s.Index.LateRows)-len(s.Index.Overdue)), true
	case soonHead:
		key := "tui.overdue.soon"
		if s.Index.Both > 0 { // the totals count them
			key = "tui.overdue.soon_and_late"
		}
		return s.ui.Say(key, "Count", len(s.Index.Soon), "Days", s.ui.Soon, "Both",
			s.Index.Both) + s.registered(len(s.Index.SoonRows)-len(s.Index.Soon)), true
	}
	return "", false
}

// registered says that there are so many rows of registers among the tasks.
func (s *Overdue) registered(n int) string {
	if n == 0 {
		return ""
	}
	return s.ui.Say("tui.overdue.registered", "Count", n)
}

// Position counts rows, not headings.
func (s *Overdue) Position() string {
	i := s.Grid.Cursor(s)
	if i < 0 {
		return ""
	}
	late, soon := len(s.ui.Index.LateRows), len(s.ui.Index.SoonRows)
	if late > 0 && i > late {
		i--
	}
	return s.ui.Say("tui.list.position", "At", i, "All", late+soon)
}

func (s *Overdue) Key(k tea.KeyPressMsg) intent.Intent {
	if sideKey(&s.Grid, k) {
		return nil
	}
	return s.taskList.Key(k)
}

func (s *Overdue) Click(x, y int, double bool) intent.Intent {
	return s.taskList.Click(x, y, 0, double)
}

func (s *Overdue) Draw(w, h int) kit.Frame {
	u := s.ui
	if s.Len() == 0 {
		lines := []string{
			u.Theme.Good.On(u.Say("tui.overdue.none")), "",
			u.Theme.Dim.On(u.Say("tui.overdue.none_hint", "Days", u.Soon)),
		}
		if more := undated(u, min(w-2, 60), 4); more != nil {
			lines = append(append(lines, ""), more...)
		}
		return kit.Frame{Lines: u.Center(lines, w, h)}
	}
	if id := s.hereID(); id != "" {
		s.on = id
	}
	if w >= besideFrom {
		return kit.Frame{Lines: s.Beside(w, h, min(72, w*2/5), 0, true)}
	}
	if h < 16 {
		return kit.Frame{Lines: s.alone(w, h, true)}
	}
	return kit.Frame{Lines: s.above(w, h, min(14, h*2/5), 0, true)}
}
