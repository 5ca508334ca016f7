package kit

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

// Entry is the row of a register with that id, nil if there is none.
func (u *Kit) Entry(id string) *ledger.Entry {
	if u.Index == nil {
		return nil
	}
	return u.Index.Ledger.Entry(id)
}

// FirstEntry is the first of those rows of registers that is still there.
func (u *Kit) FirstEntry(ids []string) *ledger.Entry {
	for _, id := range ids {
		if e := u.Entry(id); e != nil {
			return e
		}
	}
	return nil
}

// RowName is a task, or a row of a register, as people refer to it; "" if there is
// no such row.
func (u *Kit) RowName(id string) string {
	if e := u.Entry(id); e != nil {
		return u.EntryName(e)
	}
	if t := u.First([]string{id}); t != nil {
		return u.Name(t)
	}
	return ""
}

// HeldBy is what stands in a cell of a task or of a row of a register, character
// for character; ok is false if there is no such row.
func (u *Kit) HeldBy(id, field string) (text string, ok bool) {
	if e := u.Entry(id); e != nil {
		return e.Table.Get(e.Row, field), true
	}
	if t := u.First([]string{id}); t != nil {
		return Held(t, field), true
	}
	return "", false
}

// FieldOf is what a column is called in the table that a row stands in.
func (u *Kit) FieldOf(id, key string) string {
	if e := u.Entry(id); e != nil {
		return u.EntryField(e, key)
	}
	return u.Field(key)
}

// EntryField is what a column of a register is called.
func (u *Kit) EntryField(e *ledger.Entry, key string) string {
	if i := e.Table.Index(key); i >= 0 && e.Table.Columns[i].Heading != "" {
		return u.Clean(index.LastPart(e.Table.Columns[i].Heading))
	}
	return u.RegisterField(e.Def, key)
}

// RegisterField is what a field of a register is usually called.
func (u *Kit) RegisterField(def *ledger.RegisterDef, key string) string {
	if f := def.Field(key); f != nil {
		return u.Clean(f.Heading())
	}
	if name := u.FieldName(key); name != "" {
		return name
	}
	return u.Clean(key)
}

// CellOf is what a column of a table says of a task, whole.
func (u *Kit) CellOf(t *ledger.Task, key string) string {
	if key == index.StateColumn {
		v, _ := u.State(t)
		return v
	}
	return t.Text(key)
}

// EntryCell is what a column of a register's list says of a row, whole.
func (u *Kit) EntryCell(e *ledger.Entry, key string) string {
	switch key {
	case index.ClockColumn:
		v, _ := u.EntryState(e)
		return v
	case index.DueColumn:
		return u.Date(index.DueOf(e))
	case ledger.ActTask:
		if e.Kind == ledger.KindSupervision {
			return ledger.LabelName(e.Get(key)) // without the identity at its end
		}
	}
	return e.Get(key)
}

// EntryGroup is what stands over a group of a register's rows.
func (u *Kit) EntryGroup(by, name string) string {
	if by == index.ByStatus {
		return ledger.StateText(due.State(name)).In(u.Lang)
	}
	return u.Group(by, name)
}

// EntryGrouping says what a register's rows are grouped by.
func (u *Kit) EntryGrouping(r *index.Register, by string) string {
	switch by {
	case index.ByUnit:
		return u.Say("tui.register.by_unit")
	case index.ByStatus:
		return u.Say("tui.register.by_state")
	case index.ByMonth:
		return u.Say("tui.register.by_month")
	}
	return u.Say("tui.register.by_column", "Column", u.RegisterField(r.Def, by))
}

// EntryName is a row of a register as people refer to it.
func (u *Kit) EntryName(e *ledger.Entry) string { return u.Ref(e.Number, e.Title) }

// EntryState is how a row of a register stands: how much time is left, or how it
// ended.
func (u *Kit) EntryState(e *ledger.Entry) (string, theme.Style) {
	word := ledger.StateText(e.State).In(u.Lang)
	if c := e.Main(); c != nil {
		if e.State == due.DueSoon && c.Left == 0 {
			word = u.Say("tui.state.today")
		} else if s := c.Standing(); !s.IsZero() {
			word = s.In(u.Lang)
		}
	}
	return word, u.ClockStyle(e.State)
}

// EntryStateShort is EntryState in calendar days, as tasks say it.
func (u *Kit) EntryStateShort(e *ledger.Entry) (string, theme.Style) {
	today, day := u.Index.Ledger.Today, index.DueOf(e)
	switch n := due.Days(today, day); {
	case e.State == due.Overdue:
		return u.Say("tui.state.overdue_days", "Days", -n), u.Theme.Bad
	case e.State == due.DueSoon && n <= 0:
		return u.Say("tui.state.today"), u.Theme.Warn
	case e.State == due.DueSoon || e.State == due.Open:
		return u.Say("tui.state.soon_days", "Days", n), u.ClockStyle(e.State)
	}
	return ledger.StateText(e.State).In(u.Lang), u.ClockStyle(e.State)
}

// Running is how many rows of a register have a clock that has not ended.
func Running(c ledger.RegisterCounts) int { return c.Open + c.DueSoon + c.Overdue + c.Paused }

// ClockStyle is the style of a state of a clock.
func (u *Kit) ClockStyle(s due.State) theme.Style {
	switch s {
	case due.Overdue:
		return u.Theme.Bad
	case due.DueSoon, due.Unclear:
		return u.Theme.Warn
	case due.Done:
		return u.Theme.Good
	case due.Paused:
		return u.Theme.Info
	case due.Late, due.Ended, due.NoClock:
		return u.Theme.Dim
	}
	return u.Theme.Text
}

// ClockLine is a clock as a line of dates.
func (u *Kit) ClockLine(e *ledger.Entry, c *ledger.RowClock) string {
	var marks []string
	for _, m := range e.Line(c) {
		marks = append(marks, u.Clean(m.Text.In(u.Lang)))
	}
	return strings.Join(marks, " · ")
}

// ClockWhy says how the clock comes to its day.
func (u *Kit) ClockWhy(e *ledger.Entry, c *ledger.RowClock) string {
	return u.Clean(u.Index.Ledger.Why(e, c).In(u.Lang))
}

// EntryPane draws a row of a register with its clocks and all its text.
func (u *Kit) EntryPane(e *ledger.Entry, w, h, top int) (lines []string, more int) {
	if e == nil {
		return u.Block([]string{u.Rule(u.Say("tui.detail.title"), w)}, w, h), 0
	}
	var body []string
	for _, l := range u.Wrap(u.EntryName(e), w-1) {
		body = append(body, " "+u.Theme.Strong.On(u.Fit(l, w-1)))
	}
	full := func(s string, style theme.Style) {
		for _, l := range u.Wrap(s, w-2) {
			body = append(body, " "+style.On(u.Fit(l, w-1)))
		}
	}
	main := e.Main()
	if main != nil {
		full(u.ClockLine(e, main), u.ClockStyle(main.State))
		if why := u.ClockWhy(e, main); why != "" && !main.Finished() {
			full(why, u.Theme.Dim)
		}
	}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if line := u.ClockLine(e, c); c != main && line != "" {
			body = u.detailLines(body, u.Clean(c.Def.Name), line, u.ClockStyle(c.State), w)
		}
	}
	for _, d := range append(u.EntryDetails(e), u.PastOf(e.ID)...) {
		style := u.Theme.Text
		if d.key == conflictDetail {
			style = u.Theme.Bad
		}
		body = u.detailLines(body, d.Label, d.Value, style, w)
	}
	return u.detailPane(body, w, h, top)
}

// EntryDetails are what the cells of a row of a register hold, what it may cost, and
// where it stands.
func (u *Kit) EntryDetails(e *ledger.Entry) []detail {
	var out []detail
	for _, c := range e.Table.Columns {
		if v := strings.TrimSpace(e.Table.Get(e.Row, c.Key)); v != "" && v != e.Title && v != e.Number {
			out = append(out, detail{c.Key, u.EntryField(e, c.Key), v})
		}
	}
	if fee := u.FeeLine(e); fee != "" {
		out = append(out, detail{"", u.Say("tui.register.fee"), fee})
	}
	out = append(out, detail{"", u.Say("tui.field.register"), u.Clean(e.Def.Name)})
	if e.Source.Row > 0 {
		out = append(out, detail{"", u.Say("tui.field.source"), u.Say("tui.detail.source", "Sheet",
			u.Clean(e.Source.Sheet), "Row", e.Source.Row)})
	}
	return out
}

// FeeLine is what a request for disclosure may cost, by item and by page, with the
// bands that make it; "" for other rows, and where nothing can cost anything.
func (u *Kit) FeeLine(e *ledger.Entry) string {
	if u.Index == nil || e.Kind != "requests" {
		return ""
	}
	f, ok := u.Index.FeeOf(e)
	if !ok {
		return ""
	}
	var parts []string
	if f.Nth > 0 {
		band := u.Say("tui.register.items", "From", f.Band.From, "To", f.Band.To, "Price", f.Band.Price)
		parts = append(parts, u.Say("tui.register.by_item", "Month", f.Month, "Nth", f.Nth, "Band", band, "Fee",
			f.ByItem))
	}
	if f.Pages > 0 {
		parts = append(parts, u.Say("tui.register.by_page", "Pages", f.Pages, "Bands", u.PageBands(f), "Fee", f.ByPage))
	}
	return strings.Join(parts, u.Say("tui.register.or"))
}

// PageBands are the bands that the pages of a request fall into, in words.
func (u *Kit) PageBands(f ledger.Fee) string {
	var bands []string
	for _, b := range f.Bands {
		bands = append(bands, u.Say("tui.register.pages", "From", b.From, "To", b.To, "Price", b.Price))
	}
	return strings.Join(bands, u.Say("tui.register.comma"))
}

// EntryFields are the columns of a row of a register in the order in which a person
// needs them: what ends its clock first.
func (u *Kit) EntryFields(e *ledger.Entry) []string {
	var first, rest []string
	add := func(key string) {
		if e.Table.Index(key) >= 0 && !slices.Contains(first, key) {
			first = append(first, key)
		}
	}
	if c := e.Main(); c != nil {
		for _, f := range c.Def.Until {
			add(f)
		}
		for _, f := range fieldsOf(c.Def.DoneBy) {
			add(f)
		}
		for _, f := range fieldsOf(c.Def.EndedBy) {
			add(f)
		}
		for _, f := range c.Def.From {
			add(f)
		}
		add(c.Def.Due)
	}
	for _, c := range e.Table.Columns {
		if !slices.Contains(first, c.Key) {
			rest = append(rest, c.Key)
		}
	}
	return append(first, rest...)
}

func fieldsOf(by map[string][]string) []string {
	var out []string
	for f := range by {
		out = append(out, f)
	}
	slices.Sort(out)
	return out
}

// EntryKey is the column of a register that answers to a field of a task: who does
// it, by when, how far it is; "" if there is none.
func (u *Kit) EntryKey(e *ledger.Entry, field string) string {
	if e.Table.Index(field) >= 0 {
		return field
	}
	c := e.Main()
	if c == nil {
		return ""
	}
	var keys []string
	switch field {
	case ledger.FieldDeadline:
		keys = []string{c.Def.Due}
	case ledger.FieldCompleted:
		keys = c.Def.Until
	case ledger.FieldStatus:
		keys = append(fieldsOf(c.Def.DoneBy), fieldsOf(c.Def.EndedBy)...)
	}
	for _, k := range keys {
		if k != "" && e.Table.Index(k) >= 0 {
			return k
		}
	}
	return ""
}

// EntryComputed says that the workbook works a column out by itself for one of those
// rows; "" if it does for none.
func (u *Kit) EntryComputed(ids []string, field string) string {
	for _, id := range ids {
		if e := u.Entry(id); e != nil && e.Table.Computed(e.Row, e.Table.Index(field)) {
			return u.Say("tui.why.formula", "Task", u.EntryName(e), "Field", u.EntryField(e, field))
		}
	}
	return ""
}

// EntryChoices are what a person may choose from for a column of a register, nil if
// it is typed.
func (u *Kit) EntryChoices(e *ledger.Entry, field string) []string {
	return u.FieldChoices(e.Def, e, field)
}

// FieldChoices are the choices for a field of a register. e is the row that is edited,
// nil for a new one.
func (u *Kit) FieldChoices(def *ledger.RegisterDef, e *ledger.Entry, field string) []string {
	var out []string
	if e != nil {
		out = def.EntryChoices(e.Table, field)
	} else {
		out = def.EntryChoices(u.Index.Ledger.EntryTable(def, nil), field)
	}
	if f := def.Field(field); len(out) == 0 && f != nil && f.Type == ledger.UnitField {
		return u.UnitNames()
	}
	return out
}

// ReadEntry says how a value of a column of a register will be understood and what
// will be written.
func (u *Kit) ReadEntry(line *ledger.Line, def *ledger.RegisterDef, field, value string) (says string, bad bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return "", false
	}
	stored := value
	if line != nil {
		_, text, err := u.Index.Ledger.ComposeLine(line, field, value)
		if err != nil {
			sentence, _ := u.Why(err)
			return sentence, true
		}
		stored = text
	}
	f := def.Field(field)
	switch {
	case f == nil:
	case f.Type == ledger.DateField:
		if d := u.Index.Ledger.ReadDay(stored); d.IsDay() {
			return u.Say("tui.read.day", "Date", d.Due.Format(time.DateOnly)), false
		}
		if _, ok := due.ParseTerm(stored); ok {
			return "", false
		}
		return u.Say("tui.read.no_date"), true
	case f.Type == ledger.ChoiceField && f.Value(stored) == "":
		return u.Say("tui.read.no_value", "Field", u.RegisterField(def, field)), true
	}
	if stored != value {
		return u.Say("tui.read.stored", "Value", u.Short(stored)), false
	}
	return "", false
}

// Weekday is a day of the week in short.
func (u *Kit) Weekday(t time.Time) string {
	return u.Say("tui.weekday." + Itoa(int(t.Weekday())))
}
