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
	on    string  // the task under the cursor when it was drawn
	marks marks

	detailPart
}

const (
	ledHead    = -1
	helpedHead = -2
)

func newUnits(u *ui) *unitsScreen { return &unitsScreen{ui: u, marks: marks{}} }

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
	s.ui.keep(s.marks)
	if moved {
		clear(s.marks)
		s.detailTop = 0
		s.grid.Go(s, 0)
		return
	}
	for i, n := range s.lines {
		if n >= 0 && x.Task(n).ID == s.on {
			s.grid.Go(s, i)
			return
		}
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
	t := s.ui.x.Task(s.lines[i])
	return s.ui.row(s.grid.Columns, t, s.marks[t.ID])
}

// here is the task under the cursor, nil if there is none.
func (s *unitsScreen) here() *ledger.Task {
	if s.ui.x == nil {
		return nil
	}
	if i := s.grid.Cursor(s); i >= 0 && s.lines[i] >= 0 {
		return s.ui.x.Task(s.lines[i])
	}
	return nil
}

func (s *unitsScreen) target() target       { return s.ui.target(s.marks, s.here()) }
func (s *unitsScreen) looked() *ledger.Task { return s.here() }
func (s *unitsScreen) marked() marks        { return s.marks }

func (s *unitsScreen) toggle() {
	if t := s.here(); t != nil {
		s.marks.flip(t)
		s.detailTop = 0
		s.grid.Move(s, 1)
	}
}

// markAll marks the tasks that the unit leads.
func (s *unitsScreen) markAll() {
	for _, n := range s.ui.x.Led[s.name] {
		s.marks[s.ui.x.Task(n).ID] = true
	}
}

func (s *unitsScreen) position() string {
	if i := s.place(s.name); i >= 0 {
		return s.ui.say("tui.unit.position", "At", i+1, "All", len(s.ui.x.Units))
	}
	return ""
}

func (s *unitsScreen) open() any {
	if s.here() == nil {
		return nil
	}
	return openTask{}
}

func (s *unitsScreen) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "shift+down", "J":
		s.detailTop = min(s.detailTop+1, s.detailMore)
		return nil
	case "shift+up", "K":
		s.detailTop = max(0, s.detailTop-1)
		return nil
	case "shift+right":
		s.grid.Side(1)
		return nil
	case "shift+left":
		s.grid.Side(-1)
		return nil
	}
	s.detailTop = 0
	return moveKey(&s.grid, s, k, s.open)
}

func (s *unitsScreen) click(x, y int, double bool) any {
	if y == 0 {
		return runAction{"unit"}
	}
	if inBox(s.detailAt, x, y) {
		if double {
			return s.open()
		}
		return nil
	}
	if s.grid.Click(s, s.grid.At(s, x, y-s.at)) {
		s.detailTop = 0
		if double {
			return s.open()
		}
	}
	return nil
}

func (s *unitsScreen) wheel(x, y, n int) any {
	s.scroll(&s.grid, s, x, y, n)
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
	if t := s.here(); t != nil {
		s.on = t.ID
	}
	s.detailAt = box{}
	room := h - len(out)
	if dh := min(12, room*2/5); room >= 14 {
		out = append(out, s.grid.Draw(s, w, room-dh, u.look(true))...)
		pane, more := u.detailPane(s.here(), w, dh, s.detailTop)
		s.detailMore = more
		s.detailAt = box{0, len(out), w, dh}
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
