package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Units is one unit at a time: its figures, its requirements, the rows of registers
// that it owes, the tasks it leads and those it supports.
type Units struct {
	taskList // ledHead, helpedHead and owedHead are its headings
	name     string
	named    bool   // name is one that was shown; "" may be one
	at       int    // line of the table on the screen
	on       string // the row under the cursor when it was drawn
}

const (
	ledHead    = -1
	helpedHead = -2
	owedHead   = -3
)

func NewUnits(u *kit.Kit) *Units {
	s := &Units{taskList: newTaskList(u, u.Look)}
	s.src = s
	return s
}

func (s *Units) Refresh(Prepared) {
	// Who leads stands above most of the rows: it needs no room in them.
	keys := []string{ledger.FieldNumber, ledger.FieldTitle, ledger.FieldStatus, index.StateColumn, ledger.FieldDeadline,
		ledger.FieldOwner, ledger.FieldProgress, ledger.FieldLead}
	for _, c := range s.ui.Index.Columns {
		keys = append(keys, c.Key)
	}
	s.Grid.Columns = mixedColumns(s.ui, keys)
	s.show(s.name) // again: its tasks may have changed
}

// Unit is the unit on the screen.
func (s *Units) Unit() string { return s.name }

// show shows a unit; one that the ledger does not know becomes the first.
func (s *Units) show(name string) {
	x := s.ui.Index
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
	s.Index = x
	s.name, s.named = name, true
	s.Lines = s.Lines[:0]
	if owed := x.OwedRows[name]; len(owed) > 0 && name != "" {
		s.Lines = append(append(s.Lines, owedHead), owed...)
	}
	if led := x.Led[name]; len(led) > 0 {
		s.Lines = append(append(s.Lines, ledHead), led...)
	}
	if helped := x.Helped[name]; len(helped) > 0 && name != "" {
		s.Lines = append(append(s.Lines, helpedHead), helped...)
	}
	keepMarks(s.ui, s.Marks)
	if moved {
		clear(s.Marks)
		s.detailTop = 0
		s.Grid.Go(s, 0)
		return
	}
	s.goTo(s.on)
}

func (s *Units) place(name string) int {
	for i, c := range s.ui.Index.Units {
		if c.Unit == name {
			return i
		}
	}
	return -1
}

// Choose shows a unit that a person chose, which may be "": the tasks without one.
func (s *Units) Choose(name string) {
	s.named = true
	s.show(name)
}

// Step goes to the next unit, or the one before.
func (s *Units) Step(n int) {
	if s.ui.Index == nil || len(s.ui.Index.Units) == 0 {
		return
	}
	all := s.ui.Index.Units
	i := (s.place(s.name) + n + len(all)) % len(all)
	s.Choose(all[i].Unit)
}

// Group is a heading: led, or supported.
func (s *Units) Group(i int) (string, bool) {
	switch s.Lines[i] {
	case ledHead:
		return s.ui.Say("tui.unit.led", "Count", len(s.ui.Index.Led[s.name])), true
	case owedHead:
		return s.ui.Say("tui.unit.owed", "Count", len(s.ui.Index.OwedRows[s.name])), true
	case helpedHead:
		return s.ui.Say("tui.unit.helped", "Count", len(s.ui.Index.Helped[s.name])), true
	}
	return "", false
}

// MarkAll marks the tasks that the unit leads, or, with the cursor on a row of a register,
// the rows of that register that it owes.
func (s *Units) MarkAll() {
	s.markAll(s.ui.Index.Led[s.name])
	s.markAll(s.ui.Index.OwedRows[s.name])
}

func (s *Units) Position() string {
	if i := s.place(s.name); i >= 0 {
		return s.ui.Say("tui.unit.position", "At", i+1, "All", len(s.ui.Index.Units))
	}
	return ""
}

func (s *Units) Key(k tea.KeyPressMsg) intent.Intent {
	switch k.String() {
	case "shift+right":
		s.Grid.Side(1)
		return nil
	case "shift+left":
		s.Grid.Side(-1)
		return nil
	}
	return s.taskList.Key(k)
}

func (s *Units) Click(x, y int, double bool) intent.Intent {
	if y == 0 {
		return intent.RunAction{ID: "unit"}
	}
	return s.taskList.Click(x, y, s.at, double)
}

func (s *Units) Draw(w, h int) kit.Frame {
	u := s.ui
	i := s.place(s.name)
	if i < 0 {
		return kit.Frame{Lines: u.Center([]string{u.Theme.Title.On(u.Say("tui.tasks.empty")), "",
			u.Say("tui.tasks.empty_hint")}, w, h)}
	}
	c := u.Index.Units[i].Counts
	out := []string{u.Rule("< "+u.Unit(s.name)+" >  "+s.Position(), w)}
	line := " " + u.Say("tui.overview.tasks", "Tasks", c.Tasks, "Percent", c.Done*100/max(c.Tasks, 1))
	out = append(out, u.FitStyled(u.Theme.Strong.On(line)+"  "+u.Theme.Bad.On(u.Say("tui.overview.overdue", "Overdue",
		c.Overdue))+
		"  "+u.Theme.Warn.On(u.Say("tui.overview.soon", "Soon", c.DueSoon)), w))
	if line := u.InReview(c); line != "" {
		out = append(out, " "+u.Theme.Warn.On(u.Fit(line, w-1)))
	}
	bw := min(w-2, 60)
	out = append(out, " "+u.FitStyled(u.Bar(c, bw, c.Tasks, false), w-1))
	out = append(out, s.needs(w)...)
	s.at = len(out)
	if id := s.hereID(); id != "" {
		s.on = id
	}
	if room := h - len(out); w >= besideFrom {
		out = append(out, s.Beside(w, room, min(72, w*2/5), len(out), true)...)
	} else if room >= 14 {
		out = append(out, s.above(w, room, min(12, room*2/5), len(out), true)...)
	} else {
		out = append(out, s.alone(w, room, true)...)
	}
	return kit.Frame{Lines: out}
}

// needs is how the unit stands with its annual requirements.
func (s *Units) needs(w int) []string {
	u := s.ui
	var out []string
	for _, q := range u.Index.Ledger.Requirements {
		if q.Unit != s.name || q.Unit == "" {
			continue
		}
		word, style := u.Requirement(q.State)
		out = append(out, " "+style.On(u.Fit(u.Say("tui.unit.requirement", "Name", u.Clean(q.Name), "Held", q.Held,
			"Required", q.Required, "State", word, "Due", u.Date(q.Due)), w-1)))
	}
	return out
}
