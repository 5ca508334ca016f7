package dialog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// EntryMenu is the menu of rows of a register: every column with its value; Enter
// changes it. The cursor begins on the column of that key.
func EntryMenu(u *kit.Kit, ids []string, key string) *List {
	title := u.Say("tui.register.menu_many", "Count", len(ids))
	if e := u.FirstEntry(ids); len(ids) == 1 && e != nil {
		title = u.EntryName(e)
	}
	items := func() []Item {
		e := u.FirstEntry(ids)
		if e == nil {
			return nil
		}
		var out []Item
		if len(ids) == 1 {
			for _, c := range u.Index.Snap.Conflicts {
				if c.Task == e.ID {
					out = append(out, Item{Label: u.Say("tui.menu.conflict"), Value: u.ConflictField(c),
						Result: intent.OpenConflict{ID: c.ID}})
				}
			}
		}
		for _, key := range u.EntryFields(e) {
			it := Item{Label: u.EntryField(e, key), Result: intent.EditField{Tasks: ids, Field: key}}
			if len(ids) == 1 {
				it.Value = u.Clean(e.Table.Get(e.Row, key))
				it.Why = u.EntryComputed(ids, key)
			}
			if u.ReadOnly {
				it.Why = u.Say("tui.why.readonly")
			}
			out = append(out, it)
		}
		if len(ids) == 1 {
			correct := Item{Label: u.Say("tui.register.correct"), Result: intent.CorrectEntry{ID: e.ID}}
			if u.ReadOnly {
				correct.Why = u.Say("tui.why.readonly")
			}
			out = append(out, correct, Item{Label: u.Say("tui.register.steps"), Result: intent.ReadSteps{ID: e.ID}})
		}
		return out
	}
	d := NewList(u, title, items())
	d.Wide, d.Search, d.Reload = true, false, items
	if e := u.FirstEntry(ids); len(ids) == 1 && e != nil {
		if c := e.Main(); c != nil {
			d.Note = u.ClockLine(e, c)
		}
		if key != "" && key != e.Def.Number { // what the cursor began on says nothing
			d.startAt(u.EntryField(e, key))
		}
	}
	return d
}

// editEntry asks for a new value of a column of rows of a register, as Edit does for
// tasks.
func editEntry(u *kit.Kit, ids []string, field string, typed bool) (d Dialog, why string) {
	e := u.FirstEntry(ids)
	if why := u.CannotChange(); why != "" {
		return nil, why
	}
	if key := u.EntryKey(e, field); key != "" {
		field = key
	} else {
		return nil, u.Say("tui.why.no_column", "Field", u.RegisterField(e.Def, field))
	}
	if why := u.EntryComputed(ids, field); why != "" {
		return nil, why
	}
	seen := newSeen(u, ids, field)
	set := func(v string) intent.Intent {
		return intent.SetField{Kind: e.Kind, Tasks: ids, Field: field, Value: v, Seen: seen.texts}
	}
	title := u.Say("tui.edit.one", "Field", u.EntryField(e, field), "Task", u.EntryName(e))
	value := e.Table.Get(e.Row, field)
	if len(ids) > 1 {
		title, value = u.Say("tui.edit.many", "Field", u.EntryField(e, field), "Count", len(ids)), ""
	}
	column := e.Table.Index(field)
	if choices := u.EntryChoices(e, field); len(choices) > 0 && !typed {
		items := make([]Item, 0, len(choices)+2)
		for _, c := range choices {
			items = append(items, Item{Label: u.Clean(c), Result: set(c)})
		}
		if value != "" {
			items = append(items, Item{Label: u.Say("tui.register.clear"), Result: set("")})
		}
		if len(e.Table.Columns[column].Choices) == 0 {
			items = append(items, Item{Label: u.Say("tui.edit.other"),
				Result: intent.TypeValue{Tasks: ids, Field: field}})
		}
		list := NewList(u, title, items).startAt(u.Clean(value))
		list.seen = seen
		return list, ""
	}
	f := e.Def.Field(field)
	multi := f != nil && f.Type == ledger.ProseField || len(value) > 120 || strings.Contains(value, "\n")
	entry := NewEntry(u, title, "", value, multi, set)
	entry.seen = seen
	line := u.Index.Ledger.Line(e.ID)
	entry.read = func(v string) (string, bool) {
		says, bad := u.ReadEntry(line, e.Def, field, v)
		if bad || len(ids) > 1 {
			return says, bad
		}
		values := map[string]string{}
		for _, c := range e.Table.Columns {
			values[c.Key] = e.Table.Get(e.Row, c.Key)
		}
		values[field] = v
		clocks := clockLines(u, u.Index.Ledger.Draft(e.Def, e.Table, values), false)
		return joinLines(says, strings.Join(clocks, "\n")), false
	}
	return entry, ""
}

func joinLines(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}

// clockLines are the clocks of a row as lines of dates; why adds how they come to
// their days.
func clockLines(u *kit.Kit, e *ledger.Entry, why bool) []string {
	var out []string
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if c.Def.Optional && c.From.IsZero() {
			continue
		}
		if line := u.ClockLine(e, c); line != "" {
			out = append(out, u.Say("tui.register.clock", "Name", u.Clean(c.Def.Name), "Line", line))
		}
		if says := u.ClockWhy(e, c); says != "" && why && !c.Def.Optional {
			out = append(out, says)
		}
	}
	return out
}

// EntryForm asks for a new row of a register. The clocks that it will have are shown
// while it is typed.
func EntryForm(u *kit.Kit, def *ledger.RegisterDef) *Form {
	t := u.Index.Ledger.EntryTable(def, nil)
	held := map[string]string{}
	if len(def.Clocks) > 0 && len(def.Clocks[0].From) > 0 {
		held[def.Clocks[0].From[0]] = u.Date(u.Index.Ledger.Today)
	}
	title := u.Say("tui.register.form", "Name", u.Clean(def.Name))
	d := newForm(u, title, entryItems(u, def, t, nil, held), func(v map[string]string) intent.Intent {
		return intent.AddEntry{Kind: def.Kind, Values: v}
	})
	d.live = liveClocks(u, def, t)
	return d
}

// EntryEdit is the form of a row of a register that exists, to correct it.
func EntryEdit(u *kit.Kit, e *ledger.Entry) *Form {
	held := map[string]string{}
	for _, c := range e.Table.Columns {
		held[c.Key] = e.Table.Get(e.Row, c.Key)
	}
	items := slices.DeleteFunc(entryItems(u, e.Def, e.Table, e, held), func(it formItem) bool {
		return e.Table.Computed(e.Row, e.Table.Index(it.key))
	})
	before := map[string]string{}
	for _, it := range items {
		before[it.key] = held[it.key]
	}
	title := u.Say("tui.register.form_edit", "Name", u.EntryName(e))
	d := newForm(u, title, items, func(v map[string]string) intent.Intent {
		return intent.ChangeEvent{Kind: e.Kind, ID: e.ID, Values: v, Seen: before}
	})
	d.all = true
	live := liveClocks(u, e.Def, e.Table)
	d.live = func(values map[string]string) []string {
		all := map[string]string{}
		for k, v := range held {
			all[k] = v
		}
		for k, v := range values {
			all[k] = v
		}
		return live(all)
	}
	return d
}

// liveClocks shows the clocks that a row of those values has.
func liveClocks(u *kit.Kit, def *ledger.RegisterDef, t *table.Table) func(values map[string]string) []string {
	return func(values map[string]string) []string {
		return clockLines(u, u.Index.Ledger.Draft(def, t, values), true)
	}
}

// entryItems are the values of a row of a register: those of the columns of its
// table, in their order, or of all fields where there is no table yet.
func entryItems(u *kit.Kit, def *ledger.RegisterDef, t *table.Table, e *ledger.Entry,
	held map[string]string) []formItem {
	var keys []string
	if t == nil {
		keys = def.FieldNames()
	} else {
		for i, c := range t.Columns {
			last := len(t.Rows) - 1
			if e == nil && last >= 0 && t.Computed(&t.Rows[last], i) {
				continue // the workbook works it out
			}
			keys = append(keys, c.Key)
		}
	}
	var line *ledger.Line
	if e != nil {
		line = u.Index.Ledger.Line(e.ID)
	}
	titled := false
	var items []formItem
	for _, k := range keys {
		it := formItem{key: k, label: u.RegisterField(def, k), choices: u.FieldChoices(def, e, k)}
		if t != nil {
			if heading := t.Columns[t.Index(k)].Heading; heading != "" {
				it.label = u.Clean(cmp.Or(index.LastPart(heading), heading))
			}
		}
		if !titled && slices.Contains(def.Title, k) {
			titled = true
			it.must = e == nil && !hasOtherTitle(def, keys, k)
		}
		it.read = func(v string) (string, bool) { return u.ReadEntry(line, def, k, v) }
		it.entry = preset(held[k])
		items = append(items, it)
	}
	return items
}

// hasOtherTitle reports whether another column than k can say what a row is called.
func hasOtherTitle(def *ledger.RegisterDef, keys []string, k string) bool {
	return slices.ContainsFunc(def.Title, func(f string) bool { return f != k && slices.Contains(keys, f) })
}

// RegisterKinds asks into which register a row is to be recorded; each has a sheet
// already, or gets one with its first row.
func RegisterKinds(u *kit.Kit) *List {
	var items []Item
	defs := u.Index.Ledger.RegisterDefs()
	for i := range defs {
		value := u.Say("tui.register.new_sheet")
		if r := u.Index.Register(defs[i].Kind); r != nil {
			value = u.Say("tui.register.rows", "Count", r.Counts.Rows)
		}
		items = append(items, Item{Label: u.Clean(defs[i].Name), Value: value,
			Result: intent.RecordIn{Kind: defs[i].Kind}})
	}
	return NewList(u, u.Say("tui.act.register_record"), items)
}

// RegisterList asks which register is to be shown.
func RegisterList(u *kit.Kit) *List {
	var items []Item
	for _, r := range u.Index.Registers {
		c := r.Counts
		figures := u.Say("tui.register.figures", "Rows", c.Rows, "Open", kit.Running(c), "Soon", c.DueSoon,
			"Overdue", c.Overdue)
		items = append(items, Item{Label: u.Clean(r.Def.Name), Value: figures,
			Result: intent.ShowRegister{Kind: r.Def.Kind}})
	}
	return NewList(u, u.Say("tui.act.register_choose"), items)
}

// EntryNote shows all of a row of a register, to read.
func EntryNote(u *kit.Kit, e *ledger.Entry) *Note {
	d := &Note{ui: u, title: u.EntryName(e)}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		if line := u.ClockLine(e, c); line != "" {
			d.rows = append(d.rows, [2]string{u.Clean(c.Def.Name), line})
		}
		if why := u.ClockWhy(e, c); why != "" {
			d.rows = append(d.rows, [2]string{" ", why})
		}
	}
	for _, f := range append(u.EntryDetails(e), u.PastOf(e.ID)...) {
		d.rows = append(d.rows, [2]string{f.Label, f.Value})
	}
	return d
}

// EntrySteps shows how the clocks of a row come to their days, day by day.
func EntrySteps(u *kit.Kit, e *ledger.Entry) *Note {
	d := &Note{ui: u, title: u.Say("tui.register.steps_of", "Name", u.EntryName(e))}
	for i := range e.Clocks {
		c := &e.Clocks[i]
		steps := u.Index.Ledger.Steps(c)
		if len(d.rows) > 0 {
			d.rows = append(d.rows, [2]string{"", ""})
		}
		clock := u.Say("tui.register.clock", "Name", u.Clean(c.Def.Name), "Line", u.ClockLine(e, c))
		d.rows = append(d.rows, [2]string{clock, ""})
		if why := u.ClockWhy(e, c); why != "" {
			d.rows = append(d.rows, [2]string{why, ""})
		}
		for _, s := range steps {
			day := s.Day.Format(time.DateOnly) + " " + u.Weekday(s.Day)
			d.rows = append(d.rows, [2]string{day, u.Clean(ledger.StepText(s).In(u.Lang))})
		}
		if len(steps) == 0 {
			d.rows = append(d.rows, [2]string{u.Say("tui.register.no_steps"), ""})
		}
	}
	return d
}

// YearNote shows the annual count of the requests for disclosure, and what they may
// cost.
func YearNote(u *kit.Kit) *Note {
	y, ok := u.Index.YearOfRequests()
	d := &Note{ui: u, title: u.Say("tui.register.year_title", "Year", y.Year)}
	if !ok {
		return d
	}
	line := func(label string, by map[string]int) {
		var kinds []string
		for _, k := range append(slices.Clone(ledger.ApplicantKinds), ledger.UnknownApplicant) {
			if by[k] > 0 {
				kinds = append(kinds, u.Say("tui.register.kind."+cmp.Or(k, "unknown"))+kit.Itoa(by[k]))
			}
		}
		value := kit.Itoa(ledger.Total(by))
		if len(kinds) > 0 {
			value += u.Say("tui.register.of_which", "Kinds", strings.Join(kinds, u.Say("tui.register.comma")))
		}
		d.rows = append(d.rows, [2]string{label, value})
	}
	line(u.Say("tui.register.year_new"), y.New)
	line(u.Say("tui.register.year_in"), y.CarriedIn)
	for _, o := range ledger.Outcomes {
		if ledger.Total(y.Outcomes[o.Key]) > 0 {
			line("  "+o.Name, y.Outcomes[o.Key])
		}
	}
	d.rows = append(d.rows, [2]string{u.Say("tui.register.year_settled"), kit.Itoa(y.Settled())})
	line(u.Say("tui.register.year_on"), y.CarriedOn)
	sum := [2]int{ledger.Total(y.New) + ledger.Total(y.CarriedIn), y.Settled() + ledger.Total(y.CarriedOn)}
	key := "tui.register.year_sums"
	if sum[0] != sum[1] {
		key = "tui.register.year_differs"
	}
	d.rows = append(d.rows, [2]string{u.Say(key, "Came", sum[0], "Went", sum[1]), ""})
	for _, group := range []struct {
		key  string
		list []*ledger.Entry
	}{{"tui.register.unmapped", y.Unmapped}, {"tui.register.undated", y.Undated}} {
		for _, e := range group.list[:min(len(group.list), 200)] {
			row := u.Ref(e.Number, e.Title) + "  " + u.Clean(e.Get("outcome"))
			d.rows = append(d.rows, [2]string{u.Say(group.key), row})
		}
	}
	d.rows = append(d.rows, [2]string{"", ""}, [2]string{u.Say("tui.register.fees"), ""})
	n := len(d.rows)
	for _, e := range u.Index.Register("requests").Register.Entries {
		if f, ok := u.Index.FeeOf(e); ok && (f.ByItem > 0 || f.ByPage > 0) && len(d.rows) < n+500 {
			d.rows = append(d.rows, [2]string{u.Ref(e.Number, e.Get("applicant")), u.FeeLine(e)})
		}
	}
	if len(d.rows) == n {
		d.rows = append(d.rows, [2]string{u.Say("tui.register.no_fees"), ""})
	}
	return d
}

// Fill shows which empty cells get which due day, and asks whether that is meant.
type Fill struct {
	sides
	cells  []ledger.DueCell
	unsure int
}

// NewFill asks about due days for empty cells.
func NewFill(u *kit.Kit, cells []ledger.DueCell, unsure int) *Fill {
	return &Fill{sides: sides{ui: u}, cells: cells, unsure: unsure}
}

func (d *Fill) choices() []choice {
	return []choice{
		{d.ui.Say("tui.many.back"), "", intent.Closed{}},
		{d.ui.Say("tui.register.fill_yes", "Count", len(d.cells)), "", intent.FillSure{Cells: d.cells}},
	}
}

// Key, Click, Help and Draw make it a Dialog.
func (d *Fill) Key(k tea.KeyPressMsg) intent.Intent { return d.key(k, d.choices()) }

func (d *Fill) Click(x, y int, _ bool) intent.Intent { return d.click(x, y, d.choices()) }

func (d *Fill) Help() [][2]string { return d.help(d.ui.Say("tui.many.back")) }

func (d *Fill) Draw(w, h int) inside {
	u := d.ui
	name := max(6, w-30)
	line := func(a, b, c string) string { return u.Fit(a, name) + "  " + u.Fit(b, 12) + "  " + u.Fit(c, 14) }
	head := line(u.Say("tui.register.row"), u.Say("tui.register.due"), u.Say("tui.register.cell"))
	body := []string{u.FitStyled(u.Theme.Title.On(head), w)}
	for _, c := range d.cells[:min(len(d.cells), 2000)] {
		body = append(body, u.FitStyled(line(u.EntryName(c.Entry), u.Date(c.Day), u.EntryField(c.Entry, c.Field)), w))
	}
	note := u.Say("tui.register.fill_note", "Unsure", d.unsure)
	return d.assemble(u.Say("tui.register.fill_title", "Count", len(d.cells)), note, body, d.choices(), w, h)
}
