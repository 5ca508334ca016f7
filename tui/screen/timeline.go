package screen

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// The time line: the tasks of the table as it is filtered and sorted, with the weeks of
// the year across. It is another set of columns of the same table, so that all that can
// be done to tasks can be done there.

// weekCells is the width of a week.
const weekCells = 3

// timeline is which weeks are in view.
type timeline struct {
	on    bool
	shift int  // weeks to the right of where it begins
	tight bool // there is no room for the units
}

// ToggleTimeline shows the weeks in place of the other columns, or takes them away.
func (s *Tasks) ToggleTimeline() {
	s.time.on, s.time.shift = !s.time.on, 0
	if s.ui.Index != nil {
		s.columns()
	}
}

// Timeline reports whether the weeks are shown.
func (s *Tasks) Timeline() bool { return s.time.on }

// timeColumns are the columns of the time line.
func (s *Tasks) timeColumns() []grid.Column {
	keys := []string{ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, index.StateColumn}
	if s.time.tight {
		keys = slices.Delete(keys, 2, 3)
	}
	out := taskColumns(s.ui, keys)
	for i := range out {
		out[i].Flex = false
	}
	return append(out, grid.Column{
		Key: ledger.FieldDeadline, Title: s.ui.FieldName(ledger.FieldDeadline), Width: 4 * weekCells, Flex: true,
		Head: s.weekHead,
	})
}

// fitTimeColumns leaves as much room as can be to the weeks.
func (s *Tasks) fitTimeColumns(w int) {
	for i := range s.Grid.Columns {
		c := &s.Grid.Columns[i]
		switch c.Key {
		case ledger.FieldTitle:
			c.Width = max(16, min(36, w*3/10))
		case ledger.FieldNumber:
			c.Width = max(4, min(6, s.ui.Widths[c.Key]))
		case index.StateColumn:
			if c.Width = 10; s.ui.Lang == msg.EN {
				c.Width = 12
			}
		case ledger.FieldLead:
			c.Width = 10
			if w >= 120 {
				c.Width = max(14, min(s.ui.Widths[c.Key], w/8))
			}
		}
	}
}

// firstWeek is the first week in view where there is room for n: a quarter of them are
// past.
func (s *Tasks) firstWeek(n int) time.Time {
	return index.Monday(s.ui.Index.Ledger.Today).AddDate(0, 0, 7*(s.time.shift-n/4))
}

// weekHead is the heading of the weeks in w cells: the day on which each begins.
func (s *Tasks) weekHead(w int) string {
	var b strings.Builder
	n := w / weekCells
	first := s.firstWeek(n)
	for i := range n {
		b.WriteString(first.AddDate(0, 0, 7*i).Format("02") + " ")
	}
	return b.String()
}

// monthLine is the line over the table: the months over their weeks, which begin at
// cell x and have w cells.
func (s *Tasks) monthLine(x, w, all int) string {
	u := s.ui
	n := w / weekCells
	first := s.firstWeek(n)
	var b strings.Builder
	used := 0
	for i := range n {
		day := first.AddDate(0, 0, 7*i)
		if i > 0 && day.AddDate(0, 0, -7).Month() == day.Month() {
			continue
		}
		weeks := 1 // of this month
		for i+weeks < n && first.AddDate(0, 0, 7*(i+weeks)).Month() == day.Month() {
			weeks++
		}
		name := u.Say("tui.timeline.month", "Month", int(day.Month()))
		if long := u.Month(day); (day.Month() == time.January || i == 0) && u.Width(long) < weeks*weekCells {
			name = long
		}
		if i*weekCells < used || u.Width(name) > (n-i)*weekCells {
			continue
		}
		b.WriteString(text.Blank(i*weekCells-used) + name)
		used = i*weekCells + u.Width(name)
	}
	legend := u.Fit(" "+u.Say("tui.timeline.legend", "Due", s.sign(signDue), "Done", s.sign(signDone), "Cycle",
		s.sign(signCycle), "Late", s.sign(signLate)), max(0, x))
	return u.FitStyled(u.Theme.Dim.On(legend)+u.Theme.Title.On(b.String()), all)
}

// The signs of the time line.
const (
	signDue = iota
	signDone
	signCycle
	signLate
	signRange
	signToday
)

// sign is a character of one cell.
func (s *Tasks) sign(i int) string {
	if s.ui.Wide { // such signs would take two
		return [...]string{"*", "o", "^", "=", "-", "|"}[i]
	}
	return [...]string{"◆", "●", "◇", "▒", "─", "│"}[i]
}

// paintWeeks draws a task's weeks in w cells.
func (s *Tasks) paintWeeks(t *ledger.Task, w int, current bool) string {
	u := s.ui
	base := u.Theme.Text
	if current {
		base = u.Theme.Cursor
	}
	n := w / weekCells
	first := s.firstWeek(n)
	now := index.Monday(u.Index.Ledger.Today)
	d := t.Deadline
	if d.Due.IsZero() {
		if d.Text == "" {
			return base.On(text.Blank(w))
		}
		style := u.Theme.Dim
		if current {
			style = base
		}
		return style.On(u.Fit(u.Clean(d.Text), w))
	}
	done := t.Status.Kind == ledger.Done
	var b strings.Builder
	for i := range n {
		week := first.AddDate(0, 0, 7*i)
		last := week.AddDate(0, 0, 6)
		in := func(day time.Time) bool { return !day.Before(week) && !day.After(last) }
		mark, fill, style := " ", " ", theme.Style{}
		switch {
		case d.Kind == due.Recurring:
			if next := d.Every.Next(week); in(next) {
				mark, style = s.sign(signCycle), u.Theme.Info
			}
			if t.Overdue && week.Before(now.AddDate(0, 0, 7)) &&
				!last.Before(u.Index.Ledger.Today.AddDate(0, 0, -t.DaysOverdue)) {
				fill, style = s.sign(signLate), u.Theme.Bad
			}
		case in(d.Due) && done:
			mark, style = s.sign(signDone), u.Theme.Good
		case in(d.Due):
			mark, style = s.sign(signDue), u.Theme.Warn
			if t.Overdue {
				style = u.Theme.Bad
			}
		case t.Overdue && week.After(d.Due) && !week.After(now):
			mark, fill, style = s.sign(signLate), s.sign(signLate), u.Theme.Bad
		case d.Due.Sub(d.From) > 31*24*time.Hour && !last.Before(d.From) && week.Before(d.Due):
			mark, fill, style = s.sign(signRange), s.sign(signRange), u.Theme.Dim
		}
		if mark == " " && fill == " " && week.Equal(now) {
			mark, style = s.sign(signToday), u.Theme.Border
		}
		if current {
			style = base
		}
		b.WriteString(style.On(fill + mark + fill))
	}
	return b.String() + base.On(text.Blank(w-n*weekCells))
}

// drawTimeline draws the table of weeks in h lines.
func (s *Tasks) drawTimeline(w, h, top int) []string {
	if tight := w < 100; tight != s.time.tight {
		s.time.tight = tight
		s.columns()
	}
	s.fitTimeColumns(w)
	dh := 0
	if h >= 20 {
		dh = min(10, h/3)
	}
	table := s.Grid.Draw(s.src, w, h-1-dh, s.look(!s.Typing))
	x, cells := s.Grid.Span(len(s.Grid.Columns) - 1)
	out := append([]string{s.monthLine(x, cells, w)}, table...)
	s.detailAt = kit.Box{}
	if dh > 0 {
		out = append(out, s.Details(w, dh, kit.Box{X: 0, Y: top + h - dh, W: w, H: dh})...)
	}
	return out
}
