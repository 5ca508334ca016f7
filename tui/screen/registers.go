package screen

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/tui/edit"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// Registers is one register at a time: its figures, its rows with the most urgent
// first, and the clocks of the row under the cursor.
type Registers struct {
	ui    *kit.Kit
	lists []*registerList // those of the ledger, in its order
	at    int
	Marks Marks // of the register that is shown

	Wanted string // the row to put the cursor on when it comes

	tabs []kit.Box // where the names of the registers were drawn
	pane
}

// PreparedRegister is what is made of a register in the background.
type PreparedRegister struct {
	*index.Register
	Order   *index.Order
	Matcher *index.Matcher
	Widths  map[string]int
}

// PrepareRegister prepares a register, in the order and for the filter that its
// list had.
func PrepareRegister(m text.Measure, r *index.Register, s index.Sorting, filter string) PreparedRegister {
	p := PreparedRegister{Register: r, Order: r.Order(s), Matcher: index.NewRegisterMatcher(r),
		Widths: entryWidths(m, r)}
	p.Matcher.Match(index.Parse(filter)) // what is found here is kept for the screen
	return p
}

// registerList is the list of one register.
type registerList struct {
	screen *Registers
	kind   string
	of     *index.Register
	widths map[string]int

	*rows
	Arranged
}

// NewRegisters makes the screen.
func NewRegisters(u *kit.Kit) *Registers { return &Registers{ui: u, Marks: Marks{}} }

// newList makes the list of a register.
func (s *Registers) newList(kind string) *registerList {
	l := &registerList{screen: s, kind: kind, rows: new(rows)}
	l.Arranged = Arranged{owner: l, table: l.rows, pane: &s.pane, marks: s.Marks,
		Filter: edit.Text{Measure: s.ui.Measure}}
	return l
}

// Len is the number of lines; the register has more rows where a filter hides some.
func (l *registerList) Len() int { return l.rows.Len() }

// Row is the row, or the folded group, at line i.
func (l *registerList) Row(i int) grid.Row {
	u := l.screen.ui
	n := l.Lines[i]
	if n < 0 {
		return l.foldedRow(-1-n, u.Theme.Group)
	}
	e := l.of.Entries[n]
	return entryRow(u, l.Grid.Columns, e, l.marks[e.ID])
}

// makeColumns, standing, heading and Key make it an arranger.
func (l *registerList) makeColumns() {
	l.Grid.Columns = entryColumns(l.screen.ui, l.of, l.wished())
}

func (l *registerList) standing(n int32) (done, overdue bool) {
	e := l.of.Entries[n]
	return !index.IsOpen(e), e.State == due.Overdue
}

func (l *registerList) heading(group string, c tally) string {
	u := l.screen.ui
	return u.Say("tui.register.group", "Name", u.EntryGroup(l.Order.Sorting.Group, group),
		"Rows", c.rows, "Open", c.rows-c.done, "Overdue", c.overdue)
}

func (l *registerList) Key(k tea.KeyPressMsg) intent.Intent { return l.screen.Key(k) }

// list is the one that is shown, nil if the ledger has no register.
func (s *Registers) list() *registerList {
	if s.at < 0 || s.at >= len(s.lists) {
		return nil
	}
	return s.lists[s.at]
}

// Table is how the list of the register on the screen is arranged, nil if there is none.
func (s *Registers) Table() *Arranged { return s.TableOf(s.Kind()) }

// TableOf is how the list of the register of a kind is arranged, nil if there is none.
func (s *Registers) TableOf(kind string) *Arranged {
	for _, l := range s.lists {
		if l.kind == kind {
			return &l.Arranged
		}
	}
	return nil
}

// Register is the register on the screen, nil if there is none.
func (s *Registers) Register() *index.Register {
	if l := s.list(); l != nil {
		return l.of
	}
	return nil
}

// Kind is the kind of the register on the screen, "" if there is none.
func (s *Registers) Kind() string {
	if l := s.list(); l != nil {
		return l.kind
	}
	return ""
}

// Kinds are the kinds of the registers that are shown.
func (s *Registers) Kinds() []string {
	var out []string
	for _, l := range s.lists {
		out = append(out, l.kind)
	}
	return out
}

// Refresh takes newly prepared registers, and keeps the cursor of each on its row.
func (s *Registers) Refresh(p Prepared) {
	shown := s.Kind()
	old := s.lists
	s.lists = nil
	for _, r := range p.Registers {
		kind := r.Def.Kind
		var l *registerList
		if i := slices.IndexFunc(old, func(o *registerList) bool { return o.kind == kind }); i >= 0 {
			l = old[i]
		} else {
			l = s.newList(kind)
		}
		keep := ""
		if e := l.here(); e != nil {
			keep = e.ID
		}
		l.of, l.Order, l.Matcher, l.widths = r.Register, r.Order, r.Matcher, r.Widths
		s.lists = append(s.lists, l)
		if e := s.ui.Entry(s.Wanted); e != nil && e.Kind == kind {
			keep, shown = s.Wanted, kind
			s.Wanted = ""
		}
		l.columns()
		l.relist(l.find(keep))
	}
	s.at = max(0, slices.IndexFunc(s.lists, func(l *registerList) bool { return l.kind == shown }))
	keepMarks(s.ui, s.Marks)
}

// SetOrder takes an order made in the background, if it is still the one wished for.
func (s *Registers) SetOrder(r *index.Register, o *index.Order) {
	for _, l := range s.lists {
		if l.of == r && o.Sorting == l.Sorting {
			l.takeOrder(o)
		}
	}
}

// Reorder calls order for each register that does not stand in the order wished for it,
// and returns the commands that order makes.
func (s *Registers) Reorder(order func(*index.Register, index.Sorting) tea.Cmd) []tea.Cmd {
	var out []tea.Cmd
	for _, l := range s.lists {
		if l.Order.Sorting != l.Sorting {
			out = append(out, order(l.of, l.Sorting))
		}
	}
	return out
}

// find is the place in Entries of a row, -1 if it is not there.
func (l *registerList) find(id string) int32 {
	return int32(slices.IndexFunc(l.of.Entries, func(e *ledger.Entry) bool { return e.ID == id }))
}

// here is the row under the cursor, nil if there is none.
func (l *registerList) here() *ledger.Entry {
	if n := l.cursor(); n >= 0 {
		return l.of.Entries[n]
	}
	return nil
}

// Here is the row under the cursor, nil if there is none.
func (s *Registers) Here() *ledger.Entry {
	if l := s.list(); l != nil {
		return l.here()
	}
	return nil
}

// Step goes to the next register, or the one before.
func (s *Registers) Step(n int) {
	if len(s.lists) > 0 {
		s.show((s.at + n + len(s.lists)) % len(s.lists))
	}
}

// show shows the register at a place. Marks are of one register.
func (s *Registers) show(at int) {
	if at != s.at {
		clear(s.Marks)
	}
	s.lists[s.at].Typing = false
	s.at, s.detailTop = at, 0
}

// Show shows the register of a kind.
func (s *Registers) Show(kind string) {
	if i := slices.IndexFunc(s.lists, func(l *registerList) bool { return l.kind == kind }); i >= 0 {
		s.show(i)
	}
}

// Choose shows a register with a filter, and the cursor on a row, "" for the first.
func (s *Registers) Choose(kind, filter, id string) {
	i := slices.IndexFunc(s.lists, func(l *registerList) bool { return l.kind == kind })
	if i < 0 {
		return
	}
	s.show(i)
	l := s.lists[i]
	l.Filter.Set(filter)
	if n := l.find(id); n >= 0 {
		l.Go(n)
		return
	}
	l.relist(-1)
	l.Grid.Go(l, 0)
}

// GoLine puts the cursor on the nth row that is listed, or the last, and returns how many
// there are.
func (s *Registers) GoLine(n int) (all int) {
	l := s.list()
	if l == nil {
		return 0
	}
	s.detailTop = 0
	return l.goLine(l, n)
}

// Target is what actions apply to: the marked rows, the most urgent first, else the one
// under the cursor.
func (s *Registers) Target() Target { return targetOf(s.ui, s.Marks, nil, s.Here()) }

// Looked is nil: no task is looked at here.
func (s *Registers) Looked() *ledger.Task { return nil }

// LookedEntry is the row under the cursor.
func (s *Registers) LookedEntry() *ledger.Entry { return s.Here() }

// Unit is the unit of the row under the cursor.
func (s *Registers) Unit() string {
	if e := s.Here(); e != nil {
		return e.Unit
	}
	return ""
}

// Position is where the cursor is.
func (s *Registers) Position() string {
	l := s.list()
	if l == nil {
		return ""
	}
	if at := l.position(); at > 0 {
		return s.ui.Say("tui.list.position", "At", at, "All", l.Found)
	}
	return ""
}

// Toggle, MarkAll, Marked and Mixes make it a Marker.
func (s *Registers) Toggle() {
	if e := s.Here(); e != nil {
		s.Marks.flip(e.ID)
		s.list().Grid.Move(s.list(), 1)
	}
}

// MarkAll marks every row that is listed.
func (s *Registers) MarkAll() {
	if l := s.list(); l != nil {
		for _, n := range l.Arranged.Rows() {
			s.Marks[l.of.Entries[n].ID] = true
		}
	}
}

func (s *Registers) Marked() Marks { return s.Marks }

// Mixes is false: all rows are of one register.
func (s *Registers) Mixes() bool { return false }

func (s *Registers) open() intent.Intent {
	if s.Here() == nil {
		return nil
	}
	return intent.OpenTask{}
}

func (s *Registers) Key(k tea.KeyPressMsg) intent.Intent {
	l := s.list()
	if l == nil {
		if k.String() == "enter" {
			return intent.RunAction{ID: "register_record"}
		}
		return nil
	}
	if k.String() == "enter" && l.unfold() || s.scrollKey(k) || sideKey(&l.Grid, k) {
		return nil
	}
	s.detailTop = 0
	return moveKey(&l.Grid, l, k, s.open)
}

// tableTop is the line of the screen on which the table begins.
const tableTop = 3

func (s *Registers) Click(x, y int, double bool) intent.Intent {
	l := s.list()
	if l == nil {
		return nil
	}
	for i, b := range s.tabs {
		if kit.InBox(b, x, y) {
			s.show(i)
			return nil
		}
	}
	switch {
	case y == 1 && double:
		return intent.RunAction{ID: "register_year"}
	case y == 2:
		l.Typing = true
		return nil
	case y < tableTop:
		return nil
	}
	on := kit.InBox(s.detailAt, x, y)
	if !on {
		l.Typing = false
		hit := l.Grid.At(l, x, y-tableTop)
		if hit.Head && hit.Column >= 0 {
			l.Grid.Side(hit.Column - l.Grid.Column())
			return intent.RunAction{ID: "sort"}
		}
		if on = l.Grid.Click(l, hit); on {
			s.detailTop = 0
		}
	}
	switch {
	case !on || !double:
		return nil
	case l.unfold():
		return nil
	}
	return s.open()
}

func (s *Registers) Wheel(x, y, n int) intent.Intent {
	if l := s.list(); l != nil {
		s.wheel(&l.Grid, l, x, y, n)
	}
	return nil
}

func (s *Registers) Draw(w, h int) kit.Frame {
	u := s.ui
	l := s.list()
	if l == nil {
		s.tabs = nil
		var lines []string
		for _, t := range u.Wrap(u.Say("tui.register.none"), min(w-2, 70)) {
			lines = append(lines, u.Theme.Title.On(t))
		}
		lines = append(lines, "")
		lines = append(lines, u.Wrap(u.Say("tui.register.none_hint"), min(w-2, 70))...)
		return kit.Frame{Lines: u.Center(lines, w, h)}
	}
	filter, cursor := s.filterLine(l, w)
	out := []string{s.strip(w), s.figures(l, w), filter}
	room := h - len(out)
	look := u.Cells(!l.Typing)
	s.detailAt = kit.Box{}
	switch {
	case l.Found == 0:
		out = append(out, u.Center(s.nothing(l, w), w, room)...)
	case w >= besideFrom:
		dw := min(72, w*2/5)
		tw := w - dw - 1
		l.fit(tw)
		s.detailAt = kit.Box{X: tw + 1, Y: tableTop, W: dw, H: room}
		out = append(out, u.Beside(l.Grid.Draw(l, tw, room, look), s.details(dw, room), tw, dw)...)
	case room >= 11:
		dh := max(6, min(14, room/2))
		l.fit(w)
		s.detailAt = kit.Box{Y: tableTop + room - dh, W: w, H: dh}
		out = append(append(out, l.Grid.Draw(l, w, room-dh, look)...), s.details(w, dh)...)
	default:
		l.fit(w)
		out = append(out, l.Grid.Draw(l, w, room, look)...)
	}
	return kit.Frame{Lines: out, Cursor: cursor}
}

func (s *Registers) details(w, h int) []string {
	pane, more := s.ui.EntryPane(s.Here(), w, h, s.detailTop)
	s.detailMore = more
	return pane
}

// strip is the names of the registers, with what in each is overdue or due soon. The
// one that is shown stands in brackets; where there is no room for all, those around
// it are in view.
func (s *Registers) strip(w int) string {
	u := s.ui
	labels := make([]string, len(s.lists))
	for i, l := range s.lists {
		labels[i] = u.Clean(l.of.Def.Name)
		if n := l.of.Counts.Overdue; n > 0 {
			labels[i] += u.Say("tui.register.tab_overdue", "Count", n)
		}
		if n := l.of.Counts.DueSoon; n > 0 {
			labels[i] += u.Say("tui.register.tab_soon", "Count", n)
		}
		if i == s.at {
			labels[i] = "[" + labels[i] + "]"
		} else {
			labels[i] = " " + labels[i] + " "
		}
	}
	width := func(from, to int) (n int) {
		for _, label := range labels[from:to] {
			n += u.Width(label)
		}
		return n
	}
	from, to := 0, len(labels)
	for from < s.at && width(from, to) > w-2 {
		if to > s.at+1 && width(from, s.at+1) <= (w-2)/2 {
			to--
			continue
		}
		from++
	}
	for to > s.at+1 && width(from, to) > w-2 {
		to--
	}
	s.tabs = make([]kit.Box, len(labels))
	var b strings.Builder
	x := 1
	lead := " "
	if from > 0 {
		lead = "<"
	}
	b.WriteString(u.Theme.Tab.On(lead))
	for i := from; i < to; i++ {
		style := u.Theme.Tab
		if i == s.at {
			style = u.Theme.TabOn
		}
		b.WriteString(style.On(labels[i]))
		s.tabs[i] = kit.Box{X: x, W: u.Width(labels[i]), H: 1}
		x += u.Width(labels[i])
	}
	rest := ""
	if to < len(labels) {
		rest = ">"
	}
	b.WriteString(u.Theme.Tab.On(u.FitRight(rest, max(0, w-x))))
	return u.FitStyled(b.String(), w)
}

// figures is the register in a line: its rows by state, and of the requests what
// became of them in the year.
func (s *Registers) figures(l *registerList, w int) string {
	u := s.ui
	c := l.of.Counts
	var b strings.Builder
	b.WriteString(" " + u.Theme.Strong.On(u.Say("tui.register.rows", "Count", c.Rows)))
	for _, f := range [...]struct {
		state due.State
		n     int
	}{{due.Overdue, c.Overdue}, {due.DueSoon, c.DueSoon}, {due.Open, c.Open}, {due.Paused, c.Paused},
		{due.Done, c.Done}, {due.Late, c.Late}, {due.Ended, c.Ended}, {due.Unclear, c.Unknown}} {
		if f.n > 0 {
			style := u.ClockStyle(f.state)
			if style == (theme.Style{}) {
				style = u.Theme.Text
			}
			b.WriteString("  " + style.On(u.Say("tui.register.in_state", "State", ledger.StateText(f.state), "Count",
				f.n)))
		}
	}
	if y, ok := u.Index.YearOfRequests(); ok && l.kind == "requests" {
		b.WriteString("  " + u.Theme.Dim.On(u.Say("tui.register.year", "Year", y.Year, "New", ledger.Total(y.New), "In",
			ledger.Total(y.CarriedIn), "Settled", y.Settled(), "On", ledger.Total(y.CarriedOn))))
	}
	return u.FitStyled(b.String(), w)
}

func (s *Registers) filterLine(l *registerList, w int) (string, *kit.Spot) {
	u := s.ui
	right := " " + u.Say("tui.register.found", "Found", l.Found, "All", len(l.of.Entries)) + " "
	if by := l.Sorting.Group; by != "" {
		right = "  " + u.Say("tui.filter.grouped", "By", u.EntryGrouping(l.of, by)) + right
	}
	return filterLine(u, &l.Filter, l.Typing, 2, w, u.Say("tui.register.filter_hint"), right)
}

// nothing is what stands in place of a list without rows.
func (s *Registers) nothing(l *registerList, w int) []string {
	u := s.ui
	if len(l.of.Entries) == 0 {
		hint := u.Say("tui.register.empty_hint")
		return []string{u.Theme.Title.On(u.Say("tui.register.empty")), "", u.Fit(hint, min(w-2, u.Width(hint)))}
	}
	return l.noMatch(u, u.Say("tui.register.no_match"), u.Say("tui.register.examples"), w)
}

// fit gives the columns their widths in a table of w cells.
func (l *registerList) fit(w int) {
	fitEntryColumns(l.screen.ui, l.Grid.Columns, l.widths, l.set, w)
}
