package tui

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
)

// unitsScreen is one unit at a time: its figures, its requirements, the tasks
// it leads and those it supports.
type unitsScreen struct {
	taskList // ledHead and helpedHead are its headings
	name     string
	named    bool   // name is one that was shown; "" may be one
	at       int    // line of the table on the screen
	on       string // the task under the cursor when it was drawn
}

const (
	ledHead    = -1
	helpedHead = -2
)

func newUnits(u *ui) *unitsScreen {
	s := &unitsScreen{taskList: taskList{ui: u, marks: marks{}, look: u.look}}
	s.rows = s
	return s
}

func (s *unitsScreen) refresh(prepared) {
	// Who leads stands above most of the rows: it needs no room in them.
	keys := []string{ledger.FieldNumber, ledger.FieldTitle, ledger.FieldStatus, index.StateColumn, ledger.FieldDeadline, ledger.FieldOwner, ledger.FieldProgress, ledger.FieldLead}
	for _, c := range s.ui.x.Columns {
		keys = append(keys, c.Key)
	}
	s.grid.Columns = s.ui.taskColumns(keys)
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
	s.x = x
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
	s.goTo(s.on)
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

func (s *unitsScreen) key(k tea.KeyPressMsg) any {
	switch k.String() {
	case "shift+right":
		s.grid.Side(1)
		return nil
	case "shift+left":
		s.grid.Side(-1)
		return nil
	}
	return s.taskList.key(k)
}

func (s *unitsScreen) click(x, y int, double bool) any {
	if y == 0 {
		return runAction{"unit"}
	}
	return s.taskList.click(x, y, s.at, double)
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
	if room := h - len(out); room >= 14 {
		out = append(out, s.above(w, room, min(12, room*2/5), len(out), true)...)
	} else {
		out = append(out, s.alone(w, room, true)...)
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
