package tui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/tui/dialog"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
	"taizhang/tui/screen"
)

// toggleTimeline shows the weeks of the task table, or its columns again.
func (r *stage) toggleTimeline() {
	if r.screen != onTasks {
		r.screen = onTasks
		if r.tasks.Timeline() {
			return
		}
	}
	r.tasks.ToggleTimeline()
	if r.tasks.Timeline() {
		r.say(r.ui.Say("tui.done.timeline"), false)
	}
}

// openColumns lists the columns of the table, to show and hide.
func (r *stage) openColumns() {
	u := r.ui
	items := func() []dialog.Item {
		var out []dialog.Item
		for _, c := range r.allColumns() {
			shown := u.Say("tui.columns.hidden")
			if r.table().Shows(c.Key) {
				shown = u.Say("tui.columns.shown")
			}
			out = append(out, dialog.Item{Label: c.Title, Value: shown, Result: intent.ToggleColumn{Key: c.Key}})
		}
		return append(out, dialog.Item{Label: u.Say("tui.columns.reset"), Result: intent.ResetColumns{}})
	}
	d := dialog.NewList(u, u.Say("tui.act.columns"), items())
	d.Note, d.Reload, d.Search = u.Say("tui.columns.note"), items, false
	r.push(d)
}

// allColumns are the columns that the table can have.
func (r *stage) allColumns() []grid.Column {
	if reg := r.registerHere(); reg != nil {
		return screen.EntryColumns(r.ui, reg)
	}
	u := r.ui
	var out []grid.Column
	for _, c := range u.Index.Columns {
		out = append(out, grid.Column{Key: c.Key, Title: u.Field(c.Key)})
	}
	return append(out, grid.Column{Key: index.StateColumn, Title: u.FieldName(index.StateColumn)})
}

// counted is how often a value stands in a column.
type counted struct {
	value               string
	rows, done, overdue int
}

// countedMsg are the values of a column of what is listed, the most frequent first.
type countedMsg struct {
	op     int
	key    string
	kind   string // of the register, "": the tasks
	title  string // of the column
	name   string // what it is called in a filter
	values []counted
}

// counter is what is counted: what row n says in the column, whether it is done, and
// whether it is overdue.
type counter func(n int32) (value string, done, overdue bool)

// count counts what is listed by the values of the column under the cursor.
func (r *stage) count() tea.Cmd {
	u, t := r.ui, r.table()
	key, kind, title, rows := t.Column(), r.kindHere(), t.ColumnTitle(), t.Left()
	says := taskCounter(u, key)
	if reg := r.registerHere(); reg != nil {
		says = entryCounter(u, reg, key)
	}
	name := key // of the titles only those stand in a filter that mean this column there
	if titled := u.Index.FilterKey(kind, title); titled == key && !strings.ContainsAny(title, " <>=:|\"-") {
		name = title
	}
	id := r.jobs.begin(u.Say("tui.op.count"), nil, u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		return countedMsg{op: id, key: key, kind: kind, title: title, name: name, values: tallied(rows, says)}
	})
}

func taskCounter(u *kit.Kit, key string) counter {
	x := u.Index
	return func(n int32) (string, bool, bool) {
		t := x.Task(n)
		return strings.TrimSpace(u.CellOf(t, key)), t.Status.Kind == ledger.Done, t.Overdue
	}
}

func entryCounter(u *kit.Kit, reg *index.Register, key string) counter {
	return func(n int32) (string, bool, bool) {
		e := reg.Entries[n]
		v := strings.TrimSpace(u.EntryCell(e, key))
		if key == index.ClockColumn { // and not by the days that are left
			v = ledger.StateText(e.State).In(u.Lang)
		}
		return v, !index.IsOpen(e), e.State == due.Overdue
	}
}

// tallied counts rows by what they say, the most frequent first.
func tallied(rows []int32, says counter) []counted {
	by := map[string]*counted{}
	for _, n := range rows {
		v, done, overdue := says(n)
		c := by[v]
		if c == nil {
			c = &counted{value: v}
			by[v] = c
		}
		c.rows++
		if done {
			c.done++
		}
		if overdue {
			c.overdue++
		}
	}
	var out []counted
	for _, c := range by {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b counted) int {
		return cmp.Or(b.rows-a.rows, strings.Compare(a.value, b.value))
	})
	return out
}

// mostValues bounds the list of values.
const mostValues = 1000

func (r *stage) tookCount(m countedMsg) tea.Cmd {
	r.jobs.end(m.op)
	u := r.ui
	value, filter, def := "tui.count.value", r.tasks.Filter.Value(), u.Index.Ledger.RegisterDef(m.kind)
	if m.kind != "" {
		t := r.registers.TableOf(m.kind)
		if t == nil {
			return nil
		}
		value, filter = "tui.count.register_value", t.Filter.Value()
	}
	var items []dialog.Item
	for _, c := range m.values[:min(len(m.values), mostValues)] {
		name := u.Clean(c.value)
		if name == "" {
			name = u.Say("tui.group.none")
		}
		figures := u.Say(value, "Tasks", c.rows, "Open", c.rows-c.done, "Done", c.done, "Overdue", c.overdue)
		it := dialog.Item{Label: name, Value: figures}
		if says, ok := saying(m.key, m.name, def, c.value); ok {
			says = strings.TrimSpace(filter + " " + says)
			it.Result = intent.Show{Filter: says}
			if m.kind != "" {
				it.Result = intent.ShowRegister{Kind: m.kind, Filter: says}
			}
		} else {
			it.Why = u.Say("tui.count.no_filter")
		}
		items = append(items, it)
	}
	d := dialog.NewList(u, u.Say("tui.count.title", "Field", m.title, "Count", len(m.values)), items)
	d.Search = true
	r.push(d)
	return nil
}

// saying is the filter that finds what says a value in a column of a register, or of the
// tasks if def is nil; false if there is none. Name is what the column is called in a filter.
func saying(key, name string, def *ledger.RegisterDef, value string) (filter string, ok bool) {
	switch {
	case def == nil && key == index.StateColumn, strings.ContainsAny(value, "\"|\n\r"), len(value) > 200:
		return "", false
	case value == "":
		return "空:" + name, true
	case key == ledger.FieldNumber:
		return key + ":" + value, true
	case def == nil && key == ledger.FieldDeadline, def != nil && def.Number == key:
		return name + ":" + quote(value), true
	case def != nil && def.Field(key) != nil && def.Field(key).Type == ledger.DateField:
		return name + ":" + quote(value), true // as a condition, = means the day
	}
	return name + "=" + quote(value), true
}

func quote(s string) string {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return `"` + s + `"`
	}
	return s
}
