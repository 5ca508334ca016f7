package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
)

// unitsScreen is one unit at a time: its figures, its requirements, the tasks
// it leads and those it supports.
type unitsScreen struct {
	ui    *ui
	name  string
	named bool // name is one that was shown; "" may be one
	grid  grid.Grid
	lines []int32 // tasks; ledHead and helpedHead are headings
	at    int     // line of the table on the screen
}

const (
	ledHead    = -1
	helpedHead = -2
)

func newUnits(u *ui) *unitsScreen { return &unitsScreen{ui: u} }

func (s *unitsScreen) refresh(prepared) {
	s.grid.Columns = s.ui.taskColumns(nil)
	s.show(s.name) // again: its tasks may have changed
}

// unit is the unit on the screen.
func (s *unitsScreen) unit() string { return s.name }

// show shows a unit; one that the ledger does not know becomes the first.
func (s *unitsScreen) show(name string) {
	x := s.ui.x
	if x == nil {
		return
	}
	if !s.named && name == "" || s.place(name) < 0 {
		name = ""
		if len(x.Units) > 0 {
			name = x.Units[0].Unit
		}
	}
	moved := name != s.name
	s.name, s.named = name, true
	s.lines = s.lines[:0]
	if led := x.Led[name]; len(led) > 0 {
		s.lines = append(append(s.lines, ledHead), led...)
	}
	if helped := x.Helped[name]; len(helped) > 0 && name != "" {
		s.lines = append(append(s.lines, helpedHead), helped...)
	}
	if moved {
		s.grid.Go(s, 0)
	}
}

func (s *unitsScreen) place(name string) int {
	for i, c := range s.ui.x.Units {
		if c.Unit == name {
			return i
		}
	}
	return -1
}

// choose shows a unit that a person chose, which may be "": the tasks without one.
func (s *unitsScreen) choose(name string) {
	s.named = true
	s.show(name)
}

// step goes to the next unit, or the one before.
func (s *unitsScreen) step(n int) {
	if s.ui.x == nil || len(s.ui.x.Units) == 0 {
		return
	}
	all := s.ui.x.Units
	i := (s.place(s.name) + n + len(all)) % len(all)
	s.choose(all[i].Unit)
}

// Len, Group and Row lend the table its rows.
func (s *unitsScreen) Len() int { return len(s.lines) }

// Group is a heading: led, or supported.
func (s *unitsScreen) Group(i int) (string, bool) {
	switch s.lines[i] {
	case ledHead:
		return s.ui.say("tui.unit.led", "Count", len(s.ui.x.Led[s.name])), true
	case helpedHead:
		return s.ui.say("tui.unit.helped", "Count", len(s.ui.x.Helped[s.name])), true
	}
	return "", false
}

// Row is a task.
func (s *unitsScreen) Row(i int) grid.Row {
	return s.ui.row(s.grid.Columns, s.ui.x.Task(s.lines[i]), false)
}

func (s *unitsScreen) target() target {
	if s.ui.x == nil {
		return target{}
	}
	if i := s.grid.Cursor(s); i >= 0 {
		return target{tasks: []*ledger.Task{s.ui.x.Task(s.lines[i])}}
	}
	return target{}
}

func (s *unitsScreen) position() string {
	if i := s.place(s.name); i >= 0 {
		return s.ui.say("tui.unit.position", "At", i+1, "All", len(s.ui.x.Units))
	}
	return ""
}

func (s *unitsScreen) open() any {
	if len(s.target().tasks) == 0 {
		return nil
	}
	return openTask{}
}

func (s *unitsScreen) key(k tea.KeyPressMsg) any { return moveKey(&s.grid, s, k, s.open) }

func (s *unitsScreen) click(x, y int, double bool) any {
	if y == 0 {
		return runAction{"unit"}
	}
	if s.grid.Click(s, s.grid.At(s, x, y-s.at)) && double {
		return s.open()
	}
	return nil
}

func (s *unitsScreen) wheel(_, _, n int) any {
	s.grid.Scroll(s, n)
	return nil
}

func (s *unitsScreen) draw(w, h int) frame {
	u := s.ui
	i := s.place(s.name)
	if i < 0 {
		return frame{lines: u.center([]string{u.th.Title.On(u.say("tui.tasks.empty")), "", u.say("tui.tasks.empty_hint")}, w, h)}
	}
	c := u.x.Units[i].Counts
	out := []string{u.rule("< "+u.unit(s.name)+" >  "+s.position(), w)}
	line := " " + u.say("tui.overview.tasks", "Tasks", c.Tasks, "Percent", c.Done*100/max(c.Tasks, 1))
	out = append(out, u.FitStyled(u.th.Strong.On(line)+"  "+u.th.Bad.On(u.say("tui.overview.overdue", "Overdue", c.Overdue))+
		"  "+u.th.Warn.On(u.say("tui.overview.soon", "Soon", c.DueSoon)), w))
	bw := min(w-2, 60)
	out = append(out, " "+u.FitStyled(u.bar(c, bw, c.Tasks, false), w-1))
	out = append(out, s.needs(w)...)
	s.at = len(out)
	room := h - len(out)
	if dh := min(12, room*2/5); room >= 14 {
		out = append(out, s.grid.Draw(s, w, room-dh, u.look(true))...)
		var t *ledger.Task
		if to := s.target(); len(to.tasks) > 0 {
			t = to.tasks[0]
		}
		pane, _ := u.detailPane(t, w, dh, 0)
		out = append(out, pane...)
	} else {
		out = append(out, s.grid.Draw(s, w, room, u.look(true))...)
	}
	return frame{lines: out}
}

// needs is how the unit stands with its annual requirements.
func (s *unitsScreen) needs(w int) []string {
	u := s.ui
	var out []string
	for _, q := range u.x.Ledger.Requirements {
		if q.Unit != s.name || q.Unit == "" {
			continue
		}
		word, style := u.requirement(q.State)
		out = append(out, " "+style.On(u.Fit(u.say("tui.unit.requirement", "Name", u.Clean(q.Name), "Held", q.Held, "Required", q.Required, "State", word, "Due", u.date(q.Due)), w-1)))
	}
	return out
}
