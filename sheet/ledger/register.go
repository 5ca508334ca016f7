package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Register is all rows of one kind of register, wherever they stand.
type Register struct {
	Def     *RegisterDef
	Tables  []*table.Table
	Entries []*Entry
	Counts  RegisterCounts
}

// RegisterCounts are the figures of a register. Each row counts once, by its
// state; a row without a clock is counted in Rows alone.
type RegisterCounts struct {
	Rows, Open, DueSoon, Overdue, Paused, Done, Late, Ended, Unknown int
}

// Entry is one row of a register, read.
type Entry struct {
	ID     string
	Kind   string
	Number string
	Title  string
	Unit   string   // canonical name of the first unit
	Units  []string // canonical names of all, collectives expanded
	Clocks []RowClock
	// State is how the row stands: the worst of the clocks that are not optional.
	State  due.State
	Source Source
	Def    *RegisterDef
	Row    *table.Row
	Table  *table.Table
	// days are those of its dates that name no year, by field; nil if there are none.
	days map[string]time.Time
}

// RowClock is one clock of a row.
type RowClock struct {
	Def   *ClockDef
	Clock due.Clock
	due.Reading
	Starts []Start   // the days of its from fields that are filled; day 0 is the last
	Spans  []Span    // the times in which it stands or stood still
	Asked  time.Time // of a clock that waits: since when
	// Unconfirmed: the law may not mean what day 0 was taken from, so the day is
	// to be checked by a person (待核对).
	Unconfirmed bool
	// Awaited is the field with the day that the clock is to run from by law and that is
	// still empty; "" if there is none.
	Awaited string
	// Pending: the term runs into a year whose notice on days off nobody has yet
	// compared with its printed text.
	Pending bool
}

// Start is a day from which a clock may run, and the field it stands in.
type Start struct {
	Field string
	Day   time.Time
}

// Span is a time in which a clock stands still, and the field in which it begins.
type Span struct {
	Field    string
	From, To time.Time // To is zero while it goes on
}

// Get is the text of a field of the row; "" where the table has no such column.
func (e *Entry) Get(field string) string { return strings.TrimSpace(e.Table.Get(e.Row, field)) }

// Value is the name of the value that a choice of the row means, "" if it means
// none.
func (e *Entry) Value(field string) string {
	f := e.Def.Field(field)
	if f == nil {
		return ""
	}
	return f.Value(e.Get(field))
}

// Private reports whether the row never enters a unit's copy.
func (e *Entry) Private() bool {
	for field, values := range e.Def.Private {
		if v := e.Value(field); v != "" && slices.Contains(values, v) {
			return true
		}
	}
	return false
}

// Main is the clock that the row is judged by: of those that are not optional
// the worst. nil if it has none.
func (e *Entry) Main() *RowClock {
	var best *RowClock
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if !c.Def.Optional && (best == nil || urgency(c.State) < urgency(best.State) ||
			urgency(c.State) == urgency(best.State) && c.Left < best.Left) {
			best = c
		}
	}
	return best
}

// urgency orders states, the most urgent first.
func urgency(s due.State) int {
	return slices.Index(States, s)
}

// Worst are the entries in the order in which they want attention: what is over
// first, the longest over before the others; then by the days left.
func (r *Register) Worst() []*Entry {
	out := slices.Clone(r.Entries)
	slices.SortStableFunc(out, CompareUrgency)
	return out
}

// CompareUrgency orders entries, those that want attention first.
func CompareUrgency(a, b *Entry) int {
	if d := urgency(a.State) - urgency(b.State); d != 0 {
		return d
	}
	ma, mb := a.Main(), b.Main()
	if ma == nil || mb == nil {
		return 0
	}
	if d := cmp.Compare(ma.Left, mb.Left); d != 0 {
		return d
	}
	return ma.Due.Compare(mb.Due)
}

// Register is the register of a kind, nil if the ledger has no row and no table
// of it.
func (l *Ledger) Register(kind string) *Register {
	i := slices.IndexFunc(l.Registers, func(r *Register) bool { return r.Def.Kind == kind })
	if i < 0 {
		return nil
	}
	return l.Registers[i]
}

// RegisterDef is the definition of a kind of register, nil if there is none.
func (l *Ledger) RegisterDef(kind string) *RegisterDef { return l.opt.registerKind(kind) }

// Entry is the row of a register with that id, nil if there is none.
func (l *Ledger) Entry(id string) *Entry { return l.entries[id] }

// registers reads the rows of all registers.
func (b *builder) registers() {
	defs := b.opt.registers()
	b.l.entries = map[string]*Entry{}
	for i := range defs {
		tables := b.kind(defs[i].Kind)
		if len(tables) == 0 {
			continue
		}
		r := &Register{Def: &defs[i], Tables: tables}
		for _, t := range tables {
			b.register(r, t)
		}
		b.identifyEntries(r)
		for _, e := range r.Entries {
			r.Counts.add(e.State)
			b.l.entries[e.ID] = e
		}
		b.l.Registers = append(b.l.Registers, r)
	}
	b.checkHolidays()
}

func (c *RegisterCounts) add(s due.State) {
	c.Rows++
	switch s {
	case due.Open:
		c.Open++
	case due.DueSoon:
		c.DueSoon++
	case due.Overdue:
		c.Overdue++
	case due.Paused:
		c.Paused++
	case due.Done:
		c.Done++
	case due.Late:
		c.Late++
	case due.Ended:
		c.Ended++
	case due.Unclear:
		c.Unknown++
	}
}

// CountsOf are the figures of registers together, without those whose rows are nothing to
// be done.
func CountsOf(registers []*Register) (c RegisterCounts) {
	for _, r := range registers {
		if !r.Def.Aside {
			c = c.Plus(r.Counts)
		}
	}
	return c
}

// Plus is the figures of two registers.
func (c RegisterCounts) Plus(d RegisterCounts) RegisterCounts {
	return RegisterCounts{
		Rows: c.Rows + d.Rows, Open: c.Open + d.Open, DueSoon: c.DueSoon + d.DueSoon, Overdue: c.Overdue + d.Overdue,
		Paused: c.Paused + d.Paused,
		Done:   c.Done + d.Done, Late: c.Late + d.Late, Ended: c.Ended + d.Ended, Unknown: c.Unknown + d.Unknown,
	}
}

func (b *builder) register(r *Register, t *table.Table) {
	slab := make([]Entry, len(t.Rows))
	cols := columns{}
	for i, c := range t.Columns {
		if r.Def.Field(c.Key) != nil {
			cols[c.Key] = i
		}
	}
	for i := range t.Rows {
		slab[i] = Entry{ID: t.Rows[i].ID, Kind: r.Def.Kind, Def: r.Def, Row: &t.Rows[i], Table: t,
			Source: Source{Sheet: t.Sheet, Row: t.Rows[i].Row}}
	}
	b.shortDays(r.Def, slab, cols)
	for i := range slab {
		e := &slab[i]
		rr := rowClocks{b: b, e: e, cols: cols}
		e.Number = rr.get(r.Def.Number)
		for _, f := range r.Def.Title {
			if e.Title = rr.get(f); e.Title != "" {
				break
			}
		}
		if e.Kind == KindSupervision {
			e.Title = LabelName(e.Title)
		}
		b.entryUnits(e, rr.get(r.Def.Unit))
		for j := range r.Def.Clocks {
			if c := rr.read(&r.Def.Clocks[j]); !c.Def.Optional || c.State != due.NoClock {
				e.Clocks = append(e.Clocks, c)
			}
		}
		e.State = due.NoClock
		if m := e.Main(); m != nil {
			e.State = m.State
		}
		rr.complain()
		r.Entries = append(r.Entries, e)
	}
}

func (b *builder) entryUnits(e *Entry, cell string) {
	if cell == "" {
		return
	}
	u, ok := b.entryUnit[cell]
	if !ok {
		for _, p := range b.parties(cell) {
			name := b.l.Directory.Canonical(p.name)
			if u.lead == "" {
				u.lead = name
			}
			for _, member := range b.l.Directory.Expand(name) {
				if !slices.Contains(u.support, member) {
					u.support = append(u.support, member)
				}
			}
		}
		b.entryUnit[cell] = u
	}
	e.Unit, e.Units = u.lead, u.support
}

// identifyEntries gives rows without an id a provisional one, made of what the
// row says of itself.
func (b *builder) identifyEntries(r *Register) {
	seen := map[string]int{}
	for _, e := range r.Entries {
		if e.ID != "" {
			continue
		}
		e.ID = shortID('r', hashOf(e.Kind, e.Number, e.Title))
		if seen[e.ID]++; seen[e.ID] > 1 {
			e.ID = fmt.Sprintf("%s-%d", e.ID, seen[e.ID])
		}
	}
}

// rowClocks reads the clocks of one row.
type rowClocks struct {
	b    *builder
	e    *Entry
	cols columns
	// unread are the date fields whose text is no date, and what was read.
	unread []string
}

// get is the text of a field; like Entry.Get, without looking for the column.
func (r *rowClocks) get(field string) string {
	if i, ok := r.cols[field]; ok && i < len(r.e.Row.Values) {
		return strings.TrimSpace(r.e.Row.Values[i])
	}
	return ""
}

// value is the value that a choice of the row means.
func (r *rowClocks) value(field string) string {
	f := r.e.Def.Field(field)
	if f == nil || len(f.Values) == 0 {
		return ""
	}
	meant := r.b.meant[f]
	if meant == nil {
		meant = map[string]string{}
		r.b.meant[f] = meant
	}
	text := r.get(field)
	v, ok := meant[text]
	if !ok {
		v = f.Value(text)
		meant[text] = v
	}
	return v
}

// day is a field as a day; ok is false if it is empty or no day.
func (r *rowClocks) day(field string) (time.Time, bool) {
	text := r.get(field)
	if field == "" || text == "" {
		return time.Time{}, false
	}
	if d, ok := r.e.days[field]; ok {
		return d, true
	}
	d := r.b.date(text)
	switch {
	case d.IsDay():
		return d.Due, true
	case d.Kind == due.None:
		return time.Time{}, false
	}
	if !slices.Contains(r.unread, field) {
		r.unread = append(r.unread, field)
	}
	return time.Time{}, false
}

func (r *rowClocks) read(def *ClockDef) RowClock {
	out := RowClock{Def: def}
	c := &out.Clock
	today := r.b.l.Today
	c.Soon, c.PauseDays = def.Soon, def.PauseDays
	if c.Soon.IsZero() {
		c.Soon = due.Term{N: r.b.opt.DueSoonDays, Unit: due.CalendarDays}
	}
	unclear := false
	for _, f := range def.From {
		switch d, ok := r.day(f); {
		case ok:
			c.Start, unclear = d, false
			out.Starts = append(out.Starts, Start{f, d})
			out.Unconfirmed = slices.Contains(def.Unconfirmed, f)
		case slices.Contains(r.unread, f):
			unclear = true
		}
	}
	if f := def.ConfirmField; f != "" && len(out.Starts) > 0 && r.get(f) == "" && r.fits(def.ConfirmWhen) &&
		slices.Index(def.From, out.Starts[len(out.Starts)-1].Field) < slices.Index(def.From, f) {
		out.Awaited = f
	}
	c.Within = r.within(def)
	if t, ok := r.extension(def); ok {
		c.Extended = []due.Term{t}
	}
	for _, p := range def.Pause {
		if from, ok := r.day(p[0]); ok {
			to, _ := r.day(p[1])
			pause := due.Pause{From: from, To: to, Lapse: def.Lapse}
			c.Pauses = append(c.Pauses, pause)
			out.Spans = append(out.Spans, Span{p[0], from, pause.Last(r.b.l.Calendar, today)})
		}
	}
	if asked, ok := r.day(def.Waiting[0]); ok {
		if _, came := r.day(def.Waiting[1]); !came {
			c.Waiting, out.Asked = true, asked
		}
	}
	r.typed(def, c)
	r.ending(def, c, today)
	out.Reading = c.Read(r.b.l.Calendar, today)
	switch {
	case unclear && out.State == due.NoClock && !def.Optional:
		out.State = due.Unclear
	case def.Optional && (out.State == due.Overdue || out.State == due.Ended),
		slices.ContainsFunc(def.Unless, r.isFilled) && !c.Finished:
		out.State, out.Left = due.NoClock, 0
	}
	if !out.Computed.IsZero() && out.Counted == due.Workdays {
		for y := out.From.Year(); y <= out.Computed.Year(); y++ {
			out.Pending = out.Pending || r.b.l.Calendar.KnowsYear(y) && !r.b.l.Calendar.Compared(y)
		}
	}
	return out
}

func (r *rowClocks) isFilled(field string) bool { return r.get(field) != "" }

// within are the terms of a clock in this row.
func (r *rowClocks) within(def *ClockDef) (out []due.Term) {
	limit := def.Within
	for _, l := range def.Limits {
		if r.fits(l.When) {
			limit = l.Within
			break
		}
	}
	if def.Every != "" {
		if t, ok := r.b.cycle(r.get(def.Every)); ok {
			out = append(out, t)
		}
	}
	if !limit.IsZero() {
		out = append(out, limit)
	}
	return out
}

// fits reports whether the row has one of the values of every field.
func (r *rowClocks) fits(when map[string][]string) bool {
	for field, values := range when {
		text, ok := fold.Text(r.get(field)), false
		value := r.value(field)
		for _, v := range values {
			if value != "" && v == value || text != "" && contains(text, fold.Text(v)) {
				ok = true
				break
			}
		}
		if !ok {
			return false
		}
	}
	return len(when) > 0
}

// notSo are texts of a cell that deny what its heading asks.
var notSo = []string{"否", "无", "未", "不", "没有", "没", "-", "—", "——", "/", "×", "x", "no", "none", "待", "暂"}

// denies reports whether a text says that something is not so.
func denies(text string) bool {
	s := fold.Text(text)
	if s == "" {
		return true
	}
	for _, w := range notSo {
		if s == w || strings.HasPrefix(s, w) && len(w) >= 3 && w != "无" {
			return true
		}
	}
	return false
}

// extension is how much longer the term is: what the cell says, else the usual.
func (r *rowClocks) extension(def *ClockDef) (due.Term, bool) {
	text := r.get(def.ExtendField)
	if def.ExtendField == "" || denies(text) {
		return due.Term{}, false
	}
	if t, ok := due.ParseTerm(text); ok {
		return t, true
	}
	return def.ExtendBy, true
}

// typed takes the due day that somebody typed; a term in its place (3个工作日)
// is the term of the row.
func (r *rowClocks) typed(def *ClockDef, c *due.Clock) {
	text := r.get(def.Due)
	if def.Due == "" || text == "" {
		return
	}
	if t, ok := due.ParseTerm(text); ok {
		c.Within = []due.Term{t}
		return
	}
	if d, ok := r.e.days[def.Due]; ok {
		c.Typed = d
		return
	}
	switch d := r.b.date(text); {
	case d.Kind == due.Dated:
		c.Typed = d.Due
	case d.Kind != due.None && d.Kind != due.Ongoing:
		r.unread = append(r.unread, def.Due)
	}
}

// ending tells whether the clock has come to its end. A day after today ends
// nothing yet.
func (r *rowClocks) ending(def *ClockDef, c *due.Clock, today time.Time) {
	for _, f := range def.Until {
		d, ok := r.day(f)
		switch {
		case ok && !d.After(today):
			c.Finished, c.Until = true, d
		case !ok && r.isFilled(f) && r.b.date(r.get(f)).Fault == due.NoFault && !denies(r.get(f)):
			c.Finished = true
		}
	}
	if !c.Finished {
		c.Finished = r.has(def.DoneBy)
	}
	c.Stopped = r.has(def.EndedBy)
}

// has reports whether a field has one of the values given for it; "*" is any
// text that does not say that nothing was done yet.
func (r *rowClocks) has(by map[string][]string) bool {
	for field, values := range by {
		text := r.get(field)
		if text == "" {
			continue
		}
		value := r.value(field)
		if slices.Contains(values, value) && value != "" || slices.Contains(values, "*") && value != "pending" &&
			!denies(text) {
			return true
		}
	}
	return false
}

// complain lists what in the row cannot be read or does not agree.
func (r *rowClocks) complain() {
	b, e := r.b, r.e
	for _, f := range r.unread {
		d := b.date(r.get(f))
		if d.Fault != due.NoFault {
			b.log.warnImpossible(e.Table, e.Row, f, d)
			continue
		}
		b.log.warn(e.Table, e.Row, f, r.get(f), "ledger.register_no_day", "Text", r.get(f))
	}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if c.Differs() && !c.Def.Usual {
			b.log.warn(e.Table, e.Row, c.Def.Due, c.Def.Name, "ledger.register_due_differs", "Clock", c.Def.Name,
				"Typed", c.Due.Format(time.DateOnly), "Computed", c.Computed.Format(time.DateOnly), "Start",
				c.From.Format(time.DateOnly))
		}
		if c.Awaited != "" && !c.Def.Optional && !c.Finished() && c.Clock.Typed.IsZero() {
			b.log.warn(e.Table, e.Row, c.Starts[len(c.Starts)-1].Field, c.Def.Name, "ledger.register_awaited", "Clock",
				c.Def.Name,
				"Field", e.Def.Field(c.Awaited).Heading(), "Start", c.From.Format(time.DateOnly))
		}
		if !c.Until.IsZero() && !c.From.IsZero() && c.Until.Before(c.From) {
			b.log.warn(e.Table, e.Row, c.Def.Until[0], c.Def.Name, "ledger.register_order", "Clock", c.Def.Name,
				"Until", c.Until.Format(time.DateOnly), "Start", c.From.Format(time.DateOnly))
		}
		if i > 0 {
			continue
		}
		for f := range c.Def.DoneBy {
			if d := e.Def.Field(f); d != nil && d.Type == ChoiceField && r.get(f) != "" && r.value(f) == "" {
				b.log.warn(e.Table, e.Row, f, r.get(f), "ledger.register_value", "Text", r.get(f), "Field", d.Heading())
			}
		}
	}
	r.unread = nil
}

// cycle reads how often something is renewed, remembering what was read.
func (b *builder) cycle(text string) (due.Term, bool) {
	t, ok := b.cycles[text]
	if !ok {
		t, _ = due.CycleTerm(text)
		b.cycles[text] = t
	}
	return t, !t.IsZero()
}

// checkHolidays tells what the calendar does not know of the years that clocks
// run through, and from November on whether next year's notice is missing.
func (b *builder) checkHolidays() {
	l := b.l
	counted := false
	pending, unknown := map[int]*Entry{}, map[int]*Entry{}
	for _, r := range l.Registers {
		for _, e := range r.Entries {
			for _, c := range e.Clocks {
				counted = counted || c.Counted == due.Workdays
				if c.Finished() || !c.Provisional && !c.Pending {
					continue
				}
				for y := c.From.Year(); !c.From.IsZero() && y <= c.Due.Year(); y++ {
					switch {
					case !l.Calendar.KnowsYear(y) && unknown[y] == nil:
						unknown[y] = e
					case l.Calendar.KnowsYear(y) && !l.Calendar.Compared(y) && pending[y] == nil:
						pending[y] = e
					}
				}
			}
		}
	}
	for _, group := range []struct {
		by map[int]*Entry
		id string
	}{{unknown, "ledger.holidays_unknown"}, {pending, "ledger.holidays_pending"}} {
		for _, y := range slices.Sorted(maps.Keys(group.by)) {
			e := group.by[y]
			b.log.warn(e.Table, nil, "", group.id, group.id, "Year", y)
		}
	}
	next := l.Today.Year() + 1
	if counted && !l.Today.IsZero() && l.Today.Month() >= time.November && !l.Calendar.KnowsYear(next) &&
		unknown[next] == nil {
		b.log.warn(l.Registers[0].Tables[0], nil, "", "", "ledger.holidays_missing", "Year", next)
	}
}

// Finished reports whether the clock runs no more.
func (c *RowClock) Finished() bool {
	return c.State == due.Done || c.State == due.Late || c.State == due.Ended
}

// Mark is one day or span on the line of a clock.
type Mark struct {
	Text msg.Text  // 收到 9-05
	From time.Time // the day
	To   time.Time // the last day of a span; zero for a single day
}

// Line is the clock as a line of dates: when it began, when it stood still, when
// it ends, and what is left.
func (e *Entry) Line(c *RowClock) []Mark {
	var out []Mark
	day := func(d time.Time) string { return d.Format("1-02") }
	for _, s := range c.Starts {
		out = append(out, Mark{Text: msg.New("ledger.line.event", "Name", e.label(s.Field), "Day", day(s.Day)),
			From: s.Day})
	}
	for _, p := range c.Spans {
		name := e.label(p.Field)
		switch {
		case p.To.IsZero():
			out = append(out, Mark{Text: msg.New("ledger.line.pausing", "Name", name, "From", day(p.From)),
				From: p.From})
		default:
			out = append(out, Mark{Text: msg.New("ledger.line.pause", "Name", name, "From", day(p.From), "To",
				day(p.To)), From: p.From, To: p.To})
		}
	}
	if c.Clock.Waiting {
		out = append(out, Mark{Text: msg.New("ledger.line.waiting", "Name", e.label(c.Def.Waiting[0]), "Day",
			day(c.Asked)), From: c.Asked})
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return a.From.Compare(b.From) })
	if !c.Due.IsZero() {
		key := "ledger.line.due"
		if c.Extended && c.Clock.Typed.IsZero() {
			key = "ledger.line.extended"
		}
		out = append(out, Mark{Text: msg.New(key, "Day", day(c.Due)), From: c.Due})
	}
	if !c.Until.IsZero() {
		out = append(out, Mark{Text: msg.New("ledger.line.event", "Name", e.label(c.Def.Until[0]), "Day", day(c.Until)),
			From: c.Until})
	}
	if s := c.Standing(); !s.IsZero() {
		out = append(out, Mark{Text: s})
	}
	for _, note := range c.Notes() {
		out = append(out, Mark{Text: note})
	}
	return out
}

// label is the heading of a field without what it shares with every other: 收到
// for 收到日期.
func (e *Entry) label(field string) string {
	name := field
	if f := e.Def.Field(field); f != nil {
		name = f.Heading()
	}
	if i := e.Table.Index(field); i >= 0 {
		_, name, _ = cutLast(e.Table.Columns[i].Heading, "/")
	}
	name = strings.Join(strings.Fields(name), "")
	for _, end := range []string{"发出日期", "发出时间", "日期", "时间"} {
		if s, ok := strings.CutSuffix(name, end); ok && s != "" {
			return s
		}
	}
	return name
}

// Standing says how the clock stands: 还剩3个工作日, 已超期2个工作日.
func (c *RowClock) Standing() msg.Text {
	unit := "days"
	if c.Counted == due.Workdays {
		unit = "workdays"
	}
	switch c.State {
	case due.Open, due.DueSoon:
		return msg.New("ledger.line.left_"+unit, "N", c.Left)
	case due.Overdue:
		return msg.New("ledger.line.over_"+unit, "N", -c.Left)
	case due.Late:
		return msg.New("ledger.line.late_"+unit, "N", -c.Left)
	case due.Paused:
		if c.Clock.Waiting {
			return msg.New("ledger.line.awaiting")
		}
		return msg.New("ledger.line.standing_"+unit, "N", c.Left)
	case due.Ended:
		return msg.New("ledger.line.ended")
	case due.Done:
		return msg.New("ledger.line.done")
	case due.Unclear:
		return msg.New("ledger.line.unclear")
	}
	return msg.Text{}
}

// Notes are what to know of the clock's day: that it was counted by weekends
// alone, that it is to be checked, that another one was typed.
func (c *RowClock) Notes() (out []msg.Text) {
	if c.Finished() {
		return nil
	}
	if c.Provisional {
		out = append(out, msg.New("ledger.line.provisional"))
	}
	if c.Pending {
		out = append(out, msg.New("ledger.line.pending"))
	}
	if c.Unconfirmed && c.Clock.Typed.IsZero() {
		out = append(out, msg.New("ledger.line.unconfirmed"))
	}
	if c.Awaited != "" && c.Clock.Typed.IsZero() {
		out = append(out, msg.New("ledger.line.awaited"))
	}
	if c.Differs() {
		out = append(out, msg.New("ledger.line.differs", "Day", c.Computed.Format("1-02")))
	}
	return out
}

// States are the states of a clock, the most urgent first.
var States = []due.State{due.Overdue, due.DueSoon, due.Unclear, due.Open, due.Paused, due.Late, due.Done, due.Ended,
	due.NoClock}

// StateText is what people call a state.
func StateText(s due.State) msg.Text { return msg.New("ledger.clock." + string(s)) }

// RegisterDefs are the kinds of registers in force.
func (l *Ledger) RegisterDefs() []RegisterDef { return l.opt.registers() }

// Within reports whether the row passes a filter: overdue ones only; with days
// not negative, those that fall due from today on in so many days.
func (e *Entry) Within(today time.Time, overdue bool, days int) bool {
	if overdue && e.State != due.Overdue {
		return false
	}
	if days < 0 {
		return true
	}
	return slices.ContainsFunc(e.Clocks, func(c RowClock) bool {
		return !c.Finished() && !c.Due.IsZero() && !c.Due.Before(today) && due.Days(today, c.Due) <= days
	})
}
