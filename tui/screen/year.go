package screen

import (
	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/theme"
)

// Year is the annual requirements: a matrix of units and requirements,
// and the events below it. Moving down past the matrix leads into the events.
type Year struct {
	ui     *kit.Kit
	matrix matrix
	events events
	low    bool // the events have the keys
	at     int  // line of the events on the screen
}

func NewYear(u *kit.Kit) *Year {
	return &Year{ui: u, matrix: matrix{ui: u}, events: events{ui: u}}
}

func (s *Year) Refresh(Prepared) {
	s.matrix.Refresh()
	s.events.Refresh()
	if s.low && s.events.Len() == 0 {
		s.low = false
	}
}

func (s *Year) Target() Target { return Target{} }

func (s *Year) Looked() *ledger.Task { return nil }

func (s *Year) Position() string { return "" }

func (s *Year) Key(k tea.KeyPressMsg) intent.Intent {
	g, src := &s.matrix.grid, grid.Source(&s.matrix)
	if s.low {
		g, src = &s.events.grid, &s.events
	}
	switch k.String() {
	case "left":
		g.Side(-1)
		return nil
	case "right":
		g.Side(1)
		return nil
	case "down", "j":
		if !g.Move(src, 1) && !s.low && s.events.Len() > 0 {
			s.low = true
			s.events.grid.Go(&s.events, 0)
		}
		return nil
	case "up", "k":
		if !g.Move(src, -1) && s.low {
			s.low = false
		}
		return nil
	}
	return moveKey(g, src, k, s.open)
}

// open is what Enter means: record an event for the unit under the cursor, or
// read the event.
func (s *Year) open() intent.Intent {
	if s.low {
		if i := s.events.grid.Cursor(&s.events); i >= 0 {
			if s.ui.ReadOnly {
				return intent.ReadEvent{Event: s.ui.Index.Ledger.Events[i]}
			}
			return intent.CorrectEvent{Event: s.ui.Index.Ledger.Events[i]}
		}
		return nil
	}
	if unit, kind, ok := s.matrix.Here(); ok && kind != "" {
		if s.ui.ReadOnly {
			return intent.RunAction{ID: "record"} // which says why not
		}
		return intent.PickKind{Kind: kind, Unit: unit}
	}
	return nil
}

func (s *Year) Click(x, y int, double bool) intent.Intent {
	if y >= s.at {
		if s.events.grid.Click(&s.events, s.events.grid.At(&s.events, x, y-s.at)) {
			s.low = true
			if double {
				return s.open()
			}
		}
		return nil
	}
	if s.matrix.grid.Click(&s.matrix, s.matrix.grid.At(&s.matrix, x, y-1)) {
		s.low = false
		if double {
			return s.open()
		}
	}
	return nil
}

func (s *Year) Wheel(_, y, n int) intent.Intent {
	if y >= s.at {
		s.events.grid.Scroll(&s.events, n)
	} else {
		s.matrix.grid.Scroll(&s.matrix, n)
	}
	return nil
}

func (s *Year) Draw(w, h int) kit.Frame {
	u := s.ui
	if s.matrix.Len() == 0 && s.events.Len() == 0 {
		return kit.Frame{Lines: u.Center([]string{u.Say("tui.why.no_rules"), "",
			u.Theme.Dim.On(u.Say("tui.year.no_rules_hint"))}, w, h)}
	}
	// Three fifths for the requirements, or what the events leave over.
	mh := min(s.matrix.Len()+1, max(3, (h-3)*3/5, h-3-max(2, s.events.Len()+1)))
	upper := s.matrix.grid.Draw(&s.matrix, w, mh, u.Cells(!s.low))
	out := append([]string{u.Rule(part(u, &s.matrix.grid, u.Say("tui.year.matrix", "Year", u.Index.Ledger.Year)), w)},
		upper...)
	s.at = len(out) + 1
	title := u.Say("tui.year.events", "Count", s.events.Len())
	if s.events.Len() == 0 {
		out = append(out, u.Rule(title, w))
		out = append(out, u.Theme.Dim.On(u.Fit(" "+u.Say("tui.year.no_events"), w)))
		return kit.Frame{Lines: out}
	}
	lower := s.events.grid.Draw(&s.events, w, max(1, h-s.at), u.Look(s.low))
	return kit.Frame{Lines: append(append(out, u.Rule(part(u, &s.events.grid, title), w)), lower...)}
}

// part is the title of a table, with the lines in view where there are more:
// a unit that is out of sight must not seem to owe nothing.
func part(u *kit.Kit, g *grid.Grid, title string) string {
	from, to, all := g.Shown()
	if to-from+1 >= all {
		return title
	}
	return u.Say("tui.year.part", "Title", title, "From", from, "To", to, "All", all)
}

// matrix is units × requirements; the ledger as a whole stands first.
type matrix struct {
	ui    *kit.Kit
	grid  grid.Grid
	units []string // "" is the ledger as a whole
	cells map[string]map[string]ledger.Requirement
}

func (m *matrix) Refresh() {
	u := m.ui
	m.units = m.units[:0]
	m.cells = map[string]map[string]ledger.Requirement{}
	names := 12
	for _, q := range u.Index.Ledger.Requirements {
		row := m.cells[q.Unit]
		if row == nil {
			row = map[string]ledger.Requirement{}
			m.cells[q.Unit] = row
			m.units = append(m.units, q.Unit)
			names = max(names, u.Width(m.Name(q.Unit)))
		}
		row[q.Kind] = q
	}
	m.grid.Columns = []grid.Column{{Key: "unit", Title: u.FieldName(ledger.EventUnit), Width: min(names, 28), Pin: true,
		Name: true}}
	for _, r := range u.Index.Ledger.Rules {
		title := u.Clean(r.Name)
		m.grid.Columns = append(m.grid.Columns, grid.Column{Key: r.Kind, Title: title, Width: max(24, u.Width(title))})
	}
}

func (m *matrix) Name(unit string) string {
	if unit == "" {
		return m.ui.Say("tui.year.whole")
	}
	return m.ui.Clean(unit)
}

// Here is the unit and requirement under the cursor.
func (m *matrix) Here() (unit, kind string, ok bool) {
	i := m.grid.Cursor(m)
	if i < 0 {
		return "", "", false
	}
	unit = m.units[i]
	if c := m.grid.Column(); c > 0 {
		return unit, m.grid.Columns[c].Key, true
	}
	for _, c := range m.grid.Columns[1:] {
		if q, there := m.cells[unit][c.Key]; there && q.State != ledger.Met {
			return unit, c.Key, true
		}
	}
	for k := range m.cells[unit] {
		kind = max(kind, k)
	}
	return unit, kind, true
}

// Len, Group and Row lend the table its rows.
func (m *matrix) Len() int { return len(m.units) }

// Group: units stand under no headings.
func (m *matrix) Group(int) (string, bool) { return "", false }

// Row is a unit: how often each event was held, of how often it must be.
func (m *matrix) Row(i int) grid.Row {
	u := m.ui
	r := grid.Row{Cells: make([]string, len(m.grid.Columns)), Styles: make([]theme.Style, len(m.grid.Columns))}
	r.Cells[0] = m.Name(m.units[i])
	for j, c := range m.grid.Columns[1:] {
		q, ok := m.cells[m.units[i]][c.Key]
		if !ok {
			r.Cells[j+1], r.Styles[j+1] = "-", u.Theme.Dim
			continue
		}
		word, style := u.Requirement(q.State)
		s := kit.Itoa(q.Held) + "/" + kit.Itoa(q.Required) + " " + word
		if q.State != ledger.Met && !q.Due.IsZero() {
			s += " " + u.Date(q.Due)
		}
		r.Cells[j+1], r.Styles[j+1] = s, style
	}
	return r
}

// events is the list of events, as they stand in the workbook.
type events struct {
	ui   *kit.Kit
	grid grid.Grid
}

func (e *events) Refresh() {
	u := e.ui
	col := func(key string, w int) grid.Column {
		return grid.Column{Key: key, Title: u.FieldName(key), Width: w}
	}
	counts := grid.Column{Key: "counts", Title: u.Say("tui.year.counts"), Width: 16}
	unit := col(ledger.EventUnit, 14)
	unit.Name = true
	topic := col(ledger.EventTopic, 20)
	topic.Flex = true
	e.grid.Columns = []grid.Column{
		col(ledger.EventDate, 10), col(ledger.EventKind, 10), unit, topic, counts,
		col(ledger.EventParts, 14), col(ledger.EventPlace, 12), col(ledger.EventPeople, 6),
		col(ledger.FieldEvidence, 16), col(ledger.FieldRemark, 16),
	}
}

// Len, Group and Row lend the table its rows.
func (e *events) Len() int {
	if e.ui.Index == nil {
		return 0
	}
	return len(e.ui.Index.Ledger.Events)
}

// Group: events stand under no headings.
func (e *events) Group(int) (string, bool) { return "", false }

// Row is an event, and why it does not count if it does not.
func (e *events) Row(i int) grid.Row {
	u := e.ui
	v := u.Index.Ledger.Events[i]
	date := u.Date(v.Date)
	if date == "" {
		date = u.Clean(v.DateText)
	}
	counts, style := u.Say("tui.year.yes"), u.Theme.Good
	if !v.Counts {
		counts, style = u.Say("tui.year.no"), u.Theme.Warn
		if why := u.Clean(v.WhyNot.In(u.Lang)); why != "" {
			counts = why
		}
	}
	return grid.Row{
		Cells: []string{
			date, u.Clean(v.KindText), u.Unit(v.Unit), u.Clean(v.Topic), counts,
			u.Clean(v.Parts), u.Clean(v.Place), u.Clean(v.People), u.Clean(v.Evidence), u.Clean(v.Remark),
		},
		Styles: []theme.Style{{}, {}, {}, {}, style, {}, {}, {}, {}, {}},
	}
}

// Rows is the event under the cursor, by id: what can be deleted.
func (s *Year) Rows() []string {
	if i := s.events.grid.Cursor(&s.events); s.low && i >= 0 {
		return []string{s.ui.Index.Ledger.Events[i].ID}
	}
	return nil
}

// Unit is the unit under the cursor of the matrix, or of the event.
func (s *Year) Unit() string {
	if s.low {
		if i := s.events.grid.Cursor(&s.events); i >= 0 {
			return s.ui.Index.Ledger.Events[i].Unit
		}
		return ""
	}
	unit, _, _ := s.matrix.Here()
	return unit
}
