package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/theme"
)

// Overview answers in five seconds: who is behind, what is burning, what
// comes next, which requirements are unmet.
type Overview struct {
	ui    *kit.Kit
	grid  grid.Grid
	at    kit.Box
	low   kit.Box  // where the most urgent tasks stand
	hot   []string // and which they are, by id
	links []link
	names int     // cells that the names of units need
	on    *string // the unit under the cursor when it was drawn, nil if it never was
}

func NewOverview(u *kit.Kit) *Overview { return &Overview{ui: u} }

func (s *Overview) Refresh(Prepared) {
	u := s.ui
	names := 8
	for _, c := range u.Index.Ledger.ByUnit {
		names = max(names, u.Width(u.Unit(c.Unit)))
	}
	col := func(key, title string) grid.Column {
		return grid.Column{Key: key, Title: title, Width: max(4, u.Width(title)), Right: true}
	}
	count := func(key string) grid.Column { return col(key, u.Say(key)) }
	state := func(k ledger.StatusKind) grid.Column { return col(string(k), u.StateInShort(k)) }
	s.grid.Columns = []grid.Column{
		{Key: "unit", Title: u.FieldName(ledger.EventUnit), Width: min(names, 20), Pin: true, Name: true},
		{Key: "bar", Title: u.Say("tui.overview.bar"), Width: 8, Flex: true},
		count("tui.count.overdue"), count("tui.count.soon"), count("tui.count.tasks"), state(ledger.Done),
	}
	if s.ui.Since != nil {
		s.grid.Columns = append(s.grid.Columns, col(sinceColumn, u.Say("tui.since.column")))
	}
	s.grid.Columns = append(s.grid.Columns, state(ledger.InProgress), state(ledger.NotStarted), state(ledger.Ongoing))
	s.names = s.grid.Columns[0].Width
	s.stay()
}

// stay keeps the cursor on its unit when the units change places.
func (s *Overview) stay() {
	if s.on == nil || s.Unit() == *s.on {
		return
	}
	for i := range s.Len() {
		if s.ui.Index.Ledger.ByUnit[s.place(i)].Unit == *s.on {
			s.grid.Go(s, i)
			return
		}
	}
}

// Len, Group and Row lend the table of units its rows.
func (s *Overview) Len() int {
	if s.ui.Index == nil {
		return 0
	}
	return len(s.ui.Index.Ledger.ByUnit)
}

// manyUnits is how many there may be for all of them to be in view on a small
// screen; they then stand as in the ledger, which is how an office knows them.
const manyUnits = 9

// place is the unit that stands in row i.
func (s *Overview) place(i int) int32 {
	if s.Len() <= manyUnits {
		return int32(i)
	}
	return s.ui.Index.Behind[i]
}

// Group: the units stand under no headings.
func (s *Overview) Group(int) (string, bool) { return "", false }

// Row is a unit with its bar.
func (s *Overview) Row(i int) grid.Row {
	u := s.ui
	c := u.Index.Ledger.ByUnit[s.place(i)]
	r := grid.Row{
		Cells:  []string{u.UnitIn(c.Unit, s.grid.Columns[0].Width), ""},
		Styles: make([]theme.Style, 2),
		Paint: func(col, w int, current bool) string {
			if col != 1 {
				return ""
			}
			return u.Bar(c.Counts, w, s.most(), current)
		},
	}
	for _, f := range s.grid.Columns[2:] {
		n, style := 0, u.Theme.Text
		switch f.Key {
		case "tui.count.overdue":
			n, style = c.Overdue, u.Theme.Bad
		case "tui.count.soon":
			n, style = c.DueSoon, u.Theme.Warn
		case "tui.count.tasks":
			n = c.Tasks
		case string(ledger.Done):
			n = c.Done
		case string(ledger.InProgress):
			n = c.InProgress
		case string(ledger.NotStarted):
			n = c.NotStarted
		case string(ledger.Ongoing):
			n = c.Ongoing
		case sinceColumn:
			n, style = c.Done-u.Since.Done[c.Unit], u.Theme.Good
		}
		cell := kit.Itoa(n)
		if f.Key == sinceColumn {
			cell = signed(n)
		}
		if n == 0 { // what there is none of need not be read
			cell, style = "-", u.Theme.Dim
		}
		r.Cells, r.Styles = append(r.Cells, cell), append(r.Styles, style)
	}
	return r
}

// sinceColumn is how many more tasks are done than when the last month ended.
const sinceColumn = "since"

// signed is a difference.
func signed(n int) string {
	if n > 0 {
		return "+" + kit.Itoa(n)
	}
	return kit.Itoa(n)
}

// squeeze makes the columns up to the finished tasks fit w cells: the bar gives way
// first, then the names.
func (s *Overview) squeeze(w int) {
	need := 1
	for i, c := range s.grid.Columns {
		if i == 0 {
			need += s.names + 1
		} else if i > 1 {
			need += c.Width + 1
		}
		if c.Key == string(ledger.Done) {
			break
		}
	}
	bar := max(4, min(8, w-need-3))
	s.grid.Columns[0].Width = max(8, s.names-max(0, need+bar+2-w))
	s.grid.Columns[1].Width, s.grid.Columns[1].Title = bar, ""
	if title := s.ui.Say("tui.overview.bar"); s.ui.Width(title) <= bar {
		s.grid.Columns[1].Title = title
	}
}

func (s *Overview) most() int {
	most := 1
	for _, c := range s.ui.Index.Ledger.ByUnit {
		most = max(most, c.Tasks)
	}
	return most
}

func (s *Overview) Key(k tea.KeyPressMsg) intent.Intent {
	if sideKey(&s.grid, k) {
		return nil
	}
	return moveKey(&s.grid, s, k, s.open)
}

// counted is what finds the tasks that a column counts.
var counted = map[string]string{
	"tui.count.overdue": "逾期", "tui.count.soon": "即将到期", "tui.count.tasks": "",
	string(ledger.Done): "状态:done", string(ledger.InProgress): "状态:in_progress",
	string(ledger.NotStarted): "状态:not_started", string(ledger.Ongoing): "状态:ongoing",
}

// link is a line that leads somewhere when it is clicked twice.
type link struct {
	at kit.Box
	to intent.Intent
}

func (s *Overview) open() intent.Intent {
	if i := s.grid.Cursor(s); i >= 0 {
		unit := s.ui.Index.Ledger.ByUnit[s.place(i)].Unit
		if what, ok := counted[s.grid.Columns[s.grid.Column()].Key]; ok {
			return intent.Show{Filter: strings.TrimSpace(kit.LedBy(unit) + " " + what)}
		}
		return intent.OpenUnit{Unit: unit}
	}
	return nil
}

func (s *Overview) Click(x, y int, double bool) intent.Intent {
	for _, l := range s.links {
		if double && kit.InBox(l.at, x, y) {
			return l.to
		}
	}
	if kit.InBox(s.low, x, y) && double && y-s.low.Y < len(s.hot) {
		return intent.GoTask{Task: s.hot[y-s.low.Y]}
	}
	if !kit.InBox(s.at, x, y) {
		return nil
	}
	if s.grid.Click(s, s.grid.At(s, x-s.at.X, y-s.at.Y)) && double {
		return s.open()
	}
	return nil
}

func (s *Overview) Wheel(_, _, n int) intent.Intent {
	s.grid.Scroll(s, n)
	return nil
}

func (s *Overview) Target() Target { return Target{} }

func (s *Overview) Looked() *ledger.Task { return nil }

func (s *Overview) Position() string { return "" }

func (s *Overview) Draw(w, h int) kit.Frame {
	u := s.ui
	s.links, s.low = s.links[:0], kit.Box{}
	if u.Index.Len() == 0 && len(u.Index.Registers) > 0 {
		return kit.Frame{Lines: s.registersOnly(w, h)}
	}
	if u.Index.Len() == 0 {
		return kit.Frame{Lines: u.Center([]string{u.Theme.Title.On(u.Say("tui.tasks.empty")), "",
			u.Say("tui.tasks.empty_hint")}, w, h)}
	}
	on := s.Unit()
	s.on = &on
	side := 30
	if w >= 110 {
		side = min(64, w*2/5)
	}
	if w < 64 { // no room for two columns: the side is left out
		side = -1
	}
	lw := w - side - 1
	left := s.totals(lw)
	if line := s.registered(lw); line != nil {
		s.links = append(s.links, link{kit.Box{Y: len(left), W: lw, H: 1}, intent.RunAction{ID: "registers"}})
		left = append(left, line...)
	}
	s.links = append(s.links, link{kit.Box{Y: 1, W: lw, H: 1}, intent.RunAction{ID: "figures"}})
	title := u.Say("tui.overview.units")
	if s.Len() > manyUnits {
		title = u.Say("tui.overview.units_worst", "Count", s.Len())
	}
	left = append(left, u.Rule(title, lw))
	// The units, but what burns must have its lines too.
	th := max(2, min(h-len(left)-min(6, 2+len(u.Index.LateRows)+len(u.Index.SoonRows)), s.Len()+1))
	if h >= 30 {
		th = min(th, h*3/5)
	}
	s.at = kit.Box{X: 0, Y: len(left), W: lw, H: th}
	s.squeeze(lw)
	left = append(left, s.grid.Draw(s, lw, th, u.Cells(true))...)
	if room := h - len(left); room >= 3 {
		s.low = kit.Box{X: 0, Y: len(left) + 1, W: lw, H: room - 1} // below its title
		left = append(left, s.urgent(lw, room)...)
	}
	if side < 0 {
		return kit.Frame{Lines: u.Block(left, lw, h)}
	}
	right := s.side(lw+1, side, h)
	return kit.Frame{Lines: u.Beside(u.Block(left, lw, h), right, lw, side)}
}

// totals are the figures of the whole ledger, with a bar and its legend.
func (s *Overview) totals(w int) []string {
	u := s.ui
	c := u.Index.Ledger.Totals
	done := 0
	if c.Tasks > 0 {
		done = c.Done * 100 / c.Tasks
	}
	out := []string{u.Rule(u.Say("tui.overview.totals"), w)}
	figures := " " + u.Say("tui.overview.tasks", "Tasks", c.Tasks, "Percent", done)
	warn := u.Say("tui.overview.overdue", "Overdue", c.Overdue)
	soon := u.Say("tui.overview.soon", "Soon", c.DueSoon)
	ws, ss := u.Theme.Bad, u.Theme.Warn
	if c.Overdue == 0 {
		warn, ws = u.Say("tui.overview.none_overdue"), u.Theme.Good
	}
	out = append(out, u.FitStyled(u.Theme.Strong.On(figures)+"  "+ws.On(warn)+"  "+ss.On(soon), w))
	out = append(out, " "+u.FitStyled(u.Bar(c, w-2, c.Tasks, false), w-1))
	out = append(out, u.Legend(c, w)...)
	if line := u.InReview(c); line != "" {
		s.links = append(s.links, link{kit.Box{Y: len(out), W: w, H: 1}, intent.RunAction{ID: "in_review"}})
		out = append(out, u.Theme.Warn.On(u.Fit(" "+line, w)))
	}
	if p := u.Since; p != nil && (c.Done != p.Totals.Done || c.Overdue != p.Totals.Overdue) {
		out = append(out, u.Theme.Info.On(u.Fit(" "+u.Say("tui.since.figures", "Done", signed(c.Done-p.Totals.Done),
			"Overdue", signed(c.Overdue-p.Totals.Overdue)), w)))
	}
	return out
}

// Unit is the unit under the cursor.
func (s *Overview) Unit() string {
	if i := s.grid.Cursor(s); i >= 0 {
		return s.ui.Index.Ledger.ByUnit[s.place(i)].Unit
	}
	return ""
}
