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
	Marks Marks

	Typing bool   // keys go to the filter
	Wanted string // the row to put the cursor on when it comes

	tabs []kit.Box // where the names of the registers were drawn
	pane
}

// PreparedRegister is what is made of a register in the background.
type PreparedRegister struct {
	*index.Register
	Order   *index.RegisterOrder
	Matcher *index.Matcher
	Widths  map[string]int
}

// PrepareRegister prepares a register, in the order and for the filter that its
// list had.
func PrepareRegister(m text.Measure, r *index.Register, s index.Sorting, filter string) PreparedRegister {
	p := PreparedRegister{Register: r, Order: r.Order(s), Matcher: index.NewRegisterMatcher(r), Widths: entryWidths(m, r)}
	p.Matcher.Match(index.Parse(filter)) // what is found here is kept for the screen
	return p
}

// registerList is the list of one register.
type registerList struct {
	kind string
	PreparedRegister
	grid    grid.Grid
	filter  edit.Text
	sorting index.Sorting // wished for; Order follows
	lines   []int32       // places in Entries
	row     func(i int) grid.Row
}

// NewRegisters makes the screen.
func NewRegisters(u *kit.Kit) *Registers { return &Registers{ui: u, Marks: Marks{}} }

// Len, Group and Row lend the table its rows.
func (l *registerList) Len() int { return len(l.lines) }

// Group: rows stand under no headings.
func (l *registerList) Group(int) (string, bool) { return "", false }

func (l *registerList) Row(i int) grid.Row { return l.row(i) }

// entry is the row at line i.
func (l *registerList) entry(i int) *ledger.Entry { return l.Entries[l.lines[i]] }

// list is the one that is shown, nil if the ledger has no register.
func (s *Registers) list() *registerList {
	if s.at < 0 || s.at >= len(s.lists) {
		return nil
	}
	return s.lists[s.at]
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

// Standing is how the list of a kind stands: its order and its filter.
func (s *Registers) Standing(kind string) (index.Sorting, string) {
	for _, l := range s.lists {
		if l.kind == kind {
			return l.sorting, l.filter.Value()
		}
	}
	return index.Sorting{}, ""
}

// Refresh takes newly prepared registers, and keeps the cursor of each on its row.
func (s *Registers) Refresh(p Prepared) {
	shown := s.Kind()
	old := s.lists
	s.lists = nil
	for _, r := range p.Registers {
		kind := r.Def.Kind
		l := &registerList{kind: kind, filter: edit.Text{Measure: s.ui.Measure}}
		if i := slices.IndexFunc(old, func(o *registerList) bool { return o.kind == kind }); i >= 0 {
			l = old[i]
		}
		keep := ""
		if e := s.here(l); e != nil {
			keep = e.ID
		}
		l.PreparedRegister = r
		l.row = func(i int) grid.Row {
			e := l.entry(i)
			return entryRow(s.ui, l.grid.Columns, e, s.Marks[e.ID])
		}
		s.lists = append(s.lists, l)
		if e := s.ui.Entry(s.Wanted); e != nil && e.Kind == kind {
			keep, shown = s.Wanted, kind
			s.Wanted = ""
		}
		s.relist(l, l.find(keep))
	}
	s.at = max(0, slices.IndexFunc(s.lists, func(l *registerList) bool { return l.kind == shown }))
	keepMarks(s.ui, s.Marks)
}

// SetOrder takes an order made in the background, if it is still the one wished for.
func (s *Registers) SetOrder(r *index.Register, o *index.RegisterOrder) {
	for _, l := range s.lists {
		if l.Register == r && o.Sorting == l.sorting {
			keep := s.cursor(l)
			l.Order = o
			s.relist(l, keep)
		}
	}
}

// Reorder is the register that is shown, and the order that is wished for where it
// has another one; nil if it stands as wished.
func (s *Registers) Reorder() (*index.Register, index.Sorting) {
	l := s.list()
	if l == nil || l.Order.Sorting == l.sorting {
		return nil, index.Sorting{}
	}
	return l.Register, l.sorting
}

// find is the place in Entries of a row, -1 if it is not there.
func (l *registerList) find(id string) int32 {
	return int32(slices.IndexFunc(l.Entries, func(e *ledger.Entry) bool { return e.ID == id }))
}

// relist lists the rows that the filter leaves, with the cursor on the one to keep:
// its place in Entries, or -1.
func (s *Registers) relist(l *registerList, keep int32) {
	place := l.grid.Line()
	match := l.Matcher.Match(index.Parse(l.filter.Value()))
	l.lines = l.lines[:0]
	at := -1
	for _, n := range l.Order.Rows {
		if match != nil && !match.Has(n) {
			continue
		}
		if n == keep {
			at = len(l.lines)
		}
		l.lines = append(l.lines, n)
	}
	l.grid.Columns = entryColumns(s.ui, l.Register)
	for i := range l.grid.Columns {
		if c := &l.grid.Columns[i]; c.Key == l.sorting.Column {
			if c.Sort = 1; l.sorting.Down {
				c.Sort = -1
			}
		}
	}
	switch {
	case at >= 0:
		l.grid.Go(l, at)
	case s.Typing:
		l.grid.Go(l, 0)
	default: // the row left the list: the next one takes its place
		l.grid.Go(l, place)
	}
	s.detailTop = 0
}

// cursor is the place in Entries of the row under the cursor of a list, -1 if there
// is none.
func (s *Registers) cursor(l *registerList) int32 {
	if l == nil || l.Register == nil {
		return -1
	}
	if i := l.grid.Cursor(l); i >= 0 {
		return l.lines[i]
	}
	return -1
}

// here is the row under the cursor of a list.
func (s *Registers) here(l *registerList) *ledger.Entry {
	if n := s.cursor(l); n >= 0 {
		return l.Entries[n]
	}
	return nil
}

// Here is the row under the cursor, nil if there is none.
func (s *Registers) Here() *ledger.Entry { return s.here(s.list()) }

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
	s.at, s.Typing, s.detailTop = at, false, 0
}

// Choose shows a register with a filter, and the cursor on a row, "" for the first.
func (s *Registers) Choose(kind, filter, id string) {
	i := slices.IndexFunc(s.lists, func(l *registerList) bool { return l.kind == kind })
	if i < 0 {
		return
	}
	s.show(i)
	s.lists[i].filter.Set(filter)
	s.relist(s.lists[i], s.lists[i].find(id))
	if id == "" {
		s.lists[i].grid.Go(s.lists[i], 0)
	}
}

// Column is the key of the column under the cursor.
func (s *Registers) Column() string {
	l := s.list()
	if l == nil || len(l.grid.Columns) == 0 {
		return ""
	}
	return l.grid.Columns[l.grid.Column()].Key
}

// ColumnTitle is what the column under the cursor is called.
func (s *Registers) ColumnTitle() string {
	if l := s.list(); l != nil && len(l.grid.Columns) > 0 {
		return l.grid.Columns[l.grid.Column()].Title
	}
	return ""
}

// SortHere sorts by the column under the cursor: up, down, not at all.
func (s *Registers) SortHere() index.Sorting {
	l := s.list()
	if l == nil {
		return index.Sorting{}
	}
	l.sorting.Turn(s.Column())
	return l.sorting
}

// Filter is the text of the filter of the register on the screen, nil if there is
// none.
func (s *Registers) Filter() *edit.Text {
	if l := s.list(); l != nil {
		return &l.filter
	}
	return nil
}

// Refilter follows the filter's text.
func (s *Registers) Refilter() {
	if l := s.list(); l != nil {
		s.relist(l, s.cursor(l))
	}
}

// Forget drops what the filter of the register on the screen remembers.
func (s *Registers) Forget() {
	if l := s.list(); l != nil {
		l.Matcher = index.NewRegisterMatcher(l.Register)
	}
}

// Escape takes back, one after the other, what narrows the view: the filter, the
// marks.
func (s *Registers) Escape() {
	if f := s.Filter(); f != nil && f.Value() != "" {
		f.Clear()
		s.Refilter()
		return
	}
	clear(s.Marks)
}

// Narrowed reports whether there is something for Escape to take back.
func (s *Registers) Narrowed() bool {
	f := s.Filter()
	return len(s.Marks) > 0 || f != nil && f.Value() != ""
}

// Typed takes a key for the filter; taken is false if the key is not for it.
func (s *Registers) Typed(k tea.KeyPressMsg) (res intent.Intent, taken bool) {
	f := s.Filter()
	if f == nil {
		s.Typing = false
		return nil, false
	}
	return typedFilter(f, k, &s.Typing, s.Refilter, s.Key)
}

// Target is what actions apply to: the marked rows in the order of the list, else
// the one under the cursor.
func (s *Registers) Target() Target {
	e := s.Here()
	switch l := s.list(); {
	case len(s.Marks) > 0 && l != nil:
		var out Target
		for _, e := range l.Entries {
			if s.Marks[e.ID] {
				out.Entries = append(out.Entries, e)
			}
		}
		return out
	case e != nil:
		return Target{Entries: []*ledger.Entry{e}}
	}
	return Target{}
}

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
	if l == nil || l.Len() == 0 {
		return ""
	}
	return s.ui.Say("tui.list.position", "At", l.grid.Cursor(l)+1, "All", l.Len())
}

// Toggle, MarkAll and Marked make it a Marker.
func (s *Registers) Toggle() {
	if e := s.Here(); e != nil {
		s.Marks.flip(e.ID)
		s.list().grid.Move(s.list(), 1)
	}
}

// MarkAll marks every row that is listed.
func (s *Registers) MarkAll() {
	if l := s.list(); l != nil {
		for i := range l.lines {
			s.Marks[l.entry(i).ID] = true
		}
	}
}

func (s *Registers) Marked() Marks { return s.Marks }

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
	if s.scrollKey(k) || sideKey(&l.grid, k) {
		return nil
	}
	s.detailTop = 0
	return moveKey(&l.grid, l, k, s.open)
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
		s.Typing = true
		return nil
	case y < tableTop:
		return nil
	}
	on := kit.InBox(s.detailAt, x, y)
	if !on {
		s.Typing = false
		hit := l.grid.At(l, x, y-tableTop)
		if hit.Head && hit.Column >= 0 {
			l.grid.Side(hit.Column - l.grid.Column())
			return intent.RunAction{ID: "sort"}
		}
		if on = l.grid.Click(l, hit); on {
			s.detailTop = 0
		}
	}
	if on && double {
		return s.open()
	}
	return nil
}

func (s *Registers) Wheel(x, y, n int) intent.Intent {
	if l := s.list(); l != nil {
		s.wheel(&l.grid, l, x, y, n)
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
	look := u.Cells(!s.Typing)
	s.detailAt = kit.Box{}
	switch {
	case l.Len() == 0:
		out = append(out, u.Center(s.nothing(l, w), w, room)...)
	case w >= besideFrom:
		dw := min(72, w*2/5)
		tw := w - dw - 1
		fitEntryColumns(u, l.grid.Columns, l.Widths, tw)
		s.detailAt = kit.Box{X: tw + 1, Y: tableTop, W: dw, H: room}
		out = append(out, u.Beside(l.grid.Draw(l, tw, room, look), s.details(dw, room), tw, dw)...)
	case room >= 11:
		dh := max(6, min(14, room/2))
		fitEntryColumns(u, l.grid.Columns, l.Widths, w)
		s.detailAt = kit.Box{Y: tableTop + room - dh, W: w, H: dh}
		out = append(append(out, l.grid.Draw(l, w, room-dh, look)...), s.details(w, dh)...)
	default:
		fitEntryColumns(u, l.grid.Columns, l.Widths, w)
		out = append(out, l.grid.Draw(l, w, room, look)...)
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
		labels[i] = u.Clean(l.Def.Name)
		if n := l.Counts.Overdue; n > 0 {
			labels[i] += u.Say("tui.register.tab_overdue", "Count", n)
		}
		if n := l.Counts.DueSoon; n > 0 {
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
	c := l.Counts
	var b strings.Builder
	b.WriteString(" " + u.Theme.Strong.On(u.Say("tui.register.rows", "Count", c.Rows)))
	for _, f := range [...]struct {
		state due.State
		n     int
	}{{due.Overdue, c.Overdue}, {due.DueSoon, c.DueSoon}, {due.Open, c.Open}, {due.Paused, c.Paused}, {due.Done, c.Done}, {due.Late, c.Late}, {due.Ended, c.Ended}, {due.Unclear, c.Unknown}} {
		if f.n > 0 {
			style := u.ClockStyle(f.state)
			if style == (theme.Style{}) {
				style = u.Theme.Text
			}
			b.WriteString("  " + style.On(u.Say("tui.register.in_state", "State", ledger.StateText(f.state), "Count", f.n)))
		}
	}
	if y, ok := u.Index.YearOfRequests(); ok && l.kind == "requests" {
		b.WriteString("  " + u.Theme.Dim.On(u.Say("tui.register.year", "Year", y.Year, "New", ledger.Total(y.New), "In", ledger.Total(y.CarriedIn), "Settled", y.Settled(), "On", ledger.Total(y.CarriedOn))))
	}
	return u.FitStyled(b.String(), w)
}

func (s *Registers) filterLine(l *registerList, w int) (string, *kit.Spot) {
	return filterLine(s.ui, &l.filter, s.Typing, 2, w, s.ui.Say("tui.register.filter_hint"), " "+s.ui.Say("tui.register.found", "Found", l.Len(), "All", len(l.Entries))+" ")
}

// nothing is what stands in place of a list without rows.
func (s *Registers) nothing(l *registerList, w int) []string {
	u := s.ui
	if len(l.Entries) == 0 {
		return []string{u.Theme.Title.On(u.Say("tui.register.empty")), "", u.Fit(u.Say("tui.register.empty_hint"), min(w-2, u.Width(u.Say("tui.register.empty_hint"))))}
	}
	out := []string{u.Theme.Strong.On(u.Say("tui.register.no_match")), ""}
	for _, t := range u.Wrap(u.Say("tui.register.examples"), min(w-2, 70)) {
		out = append(out, u.Theme.Dim.On(t))
	}
	return append(out, "", u.Theme.Dim.On(u.Say("tui.tasks.no_match_hint")))
}
