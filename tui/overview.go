package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/grid"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// overviewScreen answers in five seconds: who is behind, what is burning, what
// comes next, which requirements are unmet.
type overviewScreen struct {
	ui   *ui
	grid grid.Grid
	at   box
	low  box      // where the most urgent tasks stand
	hot  []string // and which they are, by id
	on   *string  // the unit under the cursor when it was drawn, nil if it never was
}

func newOverview(u *ui) *overviewScreen { return &overviewScreen{ui: u} }

func (s *overviewScreen) refresh(prepared) {
	u := s.ui
	names := 8
	for _, c := range u.x.Ledger.ByUnit {
		names = max(names, u.Width(u.unit(c.Unit)))
	}
	col := func(key, title string) grid.Column {
		return grid.Column{Key: key, Title: title, Width: max(4, u.Width(title)), Right: true}
	}
	count := func(key string) grid.Column { return col(key, u.say(key)) }
	state := func(k ledger.StatusKind) grid.Column { return col(string(k), u.stateInShort(k)) }
	s.grid.Columns = []grid.Column{
		{Key: "unit", Title: u.fieldName(ledger.EventUnit), Width: min(names, 20), Pin: true, Name: true},
		{Key: "bar", Title: u.say("tui.overview.bar"), Width: 8, Flex: true},
		count("tui.count.overdue"), count("tui.count.soon"), count("tui.count.tasks"), state(ledger.Done),
		state(ledger.InProgress), state(ledger.NotStarted), state(ledger.Ongoing),
	}
	s.stay()
}

// stay keeps the cursor on its unit when the units change places.
func (s *overviewScreen) stay() {
	if s.on == nil || s.unit() == *s.on {
		return
	}
	for i := range s.Len() {
		if s.ui.x.Ledger.ByUnit[s.place(i)].Unit == *s.on {
			s.grid.Go(s, i)
			return
		}
	}
}

// Len, Group and Row lend the table of units its rows.
func (s *overviewScreen) Len() int {
	if s.ui.x == nil {
		return 0
	}
	return len(s.ui.x.Ledger.ByUnit)
}

// manyUnits is how many there may be for all of them to be in view on a small
// screen; they then stand as in the ledger, which is how an office knows them.
const manyUnits = 9

// place is the unit that stands in row i.
func (s *overviewScreen) place(i int) int32 {
	if s.Len() <= manyUnits {
		return int32(i)
	}
	return s.ui.x.Behind[i]
}

// Group: the units stand under no headings.
func (s *overviewScreen) Group(int) (string, bool) { return "", false }

// Row is a unit with its bar.
func (s *overviewScreen) Row(i int) grid.Row {
	u := s.ui
	c := u.x.Ledger.ByUnit[s.place(i)]
	r := grid.Row{
		Cells:  []string{u.unit(c.Unit), ""},
		Styles: make([]theme.Style, 2),
		Paint: func(col, w int, current bool) string {
			if col != 1 {
				return ""
			}
			return u.bar(c.Counts, w, s.most(), current)
		},
	}
	for _, f := range [...]struct {
		n     int
		style theme.Style
	}{{c.Overdue, u.th.Bad}, {c.DueSoon, u.th.Warn}, {c.Tasks, u.th.Text}, {c.Done, u.th.Text}, {c.InProgress, u.th.Text}, {c.NotStarted, u.th.Text}, {c.Ongoing, u.th.Text}} {
		cell, style := itoa(f.n), f.style
		if f.n == 0 { // what there is none of need not be read
			cell, style = "-", u.th.Dim
		}
		r.Cells, r.Styles = append(r.Cells, cell), append(r.Styles, style)
	}
	return r
}

func (s *overviewScreen) most() int {
	most := 1
	for _, c := range s.ui.x.Ledger.ByUnit {
		most = max(most, c.Tasks)
	}
	return most
}

// segments are the parts of a stacked bar, each with a character of its own, so
// that they differ without colour.
func (u *ui) segments(c ledger.Counts) []segment {
	g := [...]string{"█", "▓", "▒", "░", "?"}
	if u.Wide {
		g = [...]string{"#", "=", "+", ".", "?"}
	}
	return []segment{
		{c.Done, g[0], u.th.Good, ledger.Done},
		{c.InProgress, g[1], u.th.Info, ledger.InProgress},
		{c.Ongoing, g[2], u.th.Dim, ledger.Ongoing},
		{c.NotStarted, g[3], u.th.Idle, ledger.NotStarted},
		{c.Unknown, g[4], u.th.Warn, ledger.UnknownStatus},
	}
}

// stateInShort is a state in a legend or above a narrow column.
func (u *ui) stateInShort(k ledger.StatusKind) string {
	if k == ledger.Ongoing {
		return u.say("tui.count.ongoing")
	}
	return k.Text().In(u.lang)
}

type segment struct {
	n     int
	glyph string
	style theme.Style
	kind  ledger.StatusKind
}

// bar is a stacked bar in w cells; most is the count that fills it.
func (u *ui) bar(c ledger.Counts, w, most int, current bool) string {
	var b strings.Builder
	used, sum := 0, 0
	for _, s := range u.segments(c) {
		sum += s.n
		to := sum * w / max(most, 1)
		if s.n > 0 && to <= used {
			to = used + 1 // what there is shows
		}
		to = min(to, w)
		if n := to - used; n > 0 {
			style := s.style
			if current && style == u.th.Text {
				style = u.th.Cursor
			}
			b.WriteString(style.On(strings.Repeat(s.glyph, n)))
			used = to
		}
	}
	style := u.th.Text
	if current {
		style = u.th.Cursor
	}
	return b.String() + style.On(text.Blank(w-used))
}

func (s *overviewScreen) key(k tea.KeyPressMsg) any {
	if sideKey(&s.grid, k) {
		return nil
	}
	return moveKey(&s.grid, s, k, s.open)
}

func (s *overviewScreen) open() any {
	if i := s.grid.Cursor(s); i >= 0 {
		return openUnit{s.ui.x.Ledger.ByUnit[s.place(i)].Unit}
	}
	return nil
}

func (s *overviewScreen) click(x, y int, double bool) any {
	if inBox(s.low, x, y) && double && y-s.low.y < len(s.hot) {
		return goTask{s.hot[y-s.low.y]}
	}
	if !inBox(s.at, x, y) {
		return nil
	}
	if s.grid.Click(s, s.grid.At(s, x-s.at.x, y-s.at.y)) && double {
		return s.open()
	}
	return nil
}

func (s *overviewScreen) wheel(_, _, n int) any {
	s.grid.Scroll(s, n)
	return nil
}

func (s *overviewScreen) target() target       { return target{} }
func (s *overviewScreen) looked() *ledger.Task { return nil }
func (s *overviewScreen) position() string     { return "" }

func (s *overviewScreen) draw(w, h int) frame {
	u := s.ui
	if u.x.Len() == 0 {
		return frame{lines: u.center([]string{u.th.Title.On(u.say("tui.tasks.empty")), "", u.say("tui.tasks.empty_hint")}, w, h)}
	}
	on := s.unit()
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
	title := u.say("tui.overview.units")
	if s.Len() > manyUnits {
		title = u.say("tui.overview.units_worst", "Count", s.Len())
	}
	left = append(left, u.rule(title, lw))
	// The units, but what burns must have its lines too.
	th := max(2, min(h-len(left)-min(6, 2+len(u.x.Overdue)+len(u.x.Soon)), s.Len()+1))
	if h >= 30 {
		th = min(th, h*3/5)
	}
	s.at = box{0, len(left), lw, th}
	left = append(left, s.grid.Draw(s, lw, th, u.look(true))...)
	s.low = box{}
	if room := h - len(left); room >= 3 {
		s.low = box{0, len(left) + 1, lw, room - 1} // below its title
		left = append(left, s.urgent(lw, room)...)
	}
	if side < 0 {
		return frame{lines: u.block(left, lw, h)}
	}
	right := s.side(side, h)
	return frame{lines: u.beside(u.block(left, lw, h), right, lw, side)}
}

// totals are the figures of the whole ledger, with a bar and its legend.
func (s *overviewScreen) totals(w int) []string {
	u := s.ui
	c := u.x.Ledger.Totals
	done := 0
	if c.Tasks > 0 {
		done = c.Done * 100 / c.Tasks
	}
	out := []string{u.rule(u.say("tui.overview.totals"), w)}
	figures := " " + u.say("tui.overview.tasks", "Tasks", c.Tasks, "Percent", done)
	warn := u.say("tui.overview.overdue", "Overdue", c.Overdue)
	soon := u.say("tui.overview.soon", "Soon", c.DueSoon)
	ws, ss := u.th.Bad, u.th.Warn
	if c.Overdue == 0 {
		warn, ws = u.say("tui.overview.none_overdue"), u.th.Good
	}
	out = append(out, u.FitStyled(u.th.Strong.On(figures)+"  "+ws.On(warn)+"  "+ss.On(soon), w))
	out = append(out, " "+u.FitStyled(u.bar(c, w-2, c.Tasks, false), w-1))
	return append(out, u.legend(c, w)...)
}

// legend tells the parts of a bar in words, on as many lines as it takes.
func (u *ui) legend(c ledger.Counts, w int) []string {
	var out []string
	var line strings.Builder
	used := 1
	for _, seg := range u.segments(c) {
		if seg.n == 0 {
			continue
		}
		t := seg.glyph + " " + u.stateInShort(seg.kind) + " " + itoa(seg.n) + "  "
		if used+u.Width(t) > w && used > 1 {
			out = append(out, " "+u.FitStyled(line.String(), w-1))
			line.Reset()
			used = 1
		}
		used += u.Width(t)
		line.WriteString(seg.style.On(t))
	}
	return append(out, " "+u.FitStyled(line.String(), w-1))
}

// unit is the unit under the cursor.
func (s *overviewScreen) unit() string {
	if i := s.grid.Cursor(s); i >= 0 {
		return s.ui.x.Ledger.ByUnit[s.place(i)].Unit
	}
	return ""
}
