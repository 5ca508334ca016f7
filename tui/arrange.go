package tui

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/intent"
)

// toggleTimeline shows the weeks of the task table, or its columns again.
func (r *root) toggleTimeline() {
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

// openColumns lists the columns of the task table, to show and hide.
func (r *root) openColumns() {
	u := r.ui
	items := func() []dialog.Item {
		var out []dialog.Item
		add := func(key, name string) {
			shown := u.Say("tui.columns.hidden")
			if r.tasks.Shows(key) {
				shown = u.Say("tui.columns.shown")
			}
			out = append(out, dialog.Item{Label: name, Value: shown, Result: intent.ToggleColumn{Key: key}})
		}
		for _, c := range u.Index.Columns {
			add(c.Key, u.Field(c.Key))
		}
		add(index.StateColumn, u.FieldName(index.StateColumn))
		return append(out, dialog.Item{Label: u.Say("tui.columns.reset"), Result: intent.ResetColumns{}})
	}
	d := dialog.NewList(u, u.Say("tui.act.columns"), items())
	d.Note, d.Reload, d.Search = u.Say("tui.columns.note"), items, false
	r.push(d)
}

// counted is how often a value stands in a column.
type counted struct {
	value                string
	tasks, done, overdue int
}

// countedMsg are the values of a column of what is listed, the most frequent first.
type countedMsg struct {
	op     int
	key    string
	values []counted
	from   *index.Index
}

// count counts what is listed by the values of the column under the cursor.
func (r *root) count() tea.Cmd {
	s, u := r.tasks, r.ui
	key, x, lines := s.Column(), u.Index, slices.Clone(s.Lines)
	id := r.jobs.begin(u.Say("tui.op.count"), nil, u.Now())
	state := func(t *ledger.Task) string { v, _ := u.State(t); return v }
	return tea.Batch(r.startTick(), func() tea.Msg {
		by := map[string]*counted{}
		for _, n := range lines {
			if n < 0 {
				continue
			}
			t := x.Task(n)
			v := strings.TrimSpace(t.Text(key))
			if key == index.StateColumn {
				v = state(t)
			}
			c := by[v]
			if c == nil {
				c = &counted{value: v}
				by[v] = c
			}
			c.tasks++
			if t.Status.Kind == ledger.Done {
				c.done++
			}
			if t.Overdue {
				c.overdue++
			}
		}
		m := countedMsg{op: id, key: key, from: x}
		for _, c := range by {
			m.values = append(m.values, *c)
		}
		slices.SortFunc(m.values, func(a, b counted) int { return cmp.Or(b.tasks-a.tasks, strings.Compare(a.value, b.value)) })
		return m
	})
}

// mostValues bounds the list of values.
const mostValues = 1000

func (r *root) tookCount(m countedMsg) tea.Cmd {
	r.jobs.end(m.op)
	u := r.ui
	var items []dialog.Item
	for _, c := range m.values[:min(len(m.values), mostValues)] {
		name := u.Clean(c.value)
		if name == "" {
			name = u.Say("tui.group.none")
		}
		it := dialog.Item{Label: name, Value: u.Say("tui.count.value", "Tasks", c.tasks, "Done", c.done, "Overdue", c.overdue)}
		if filter, ok := saying(m.key, c.value); ok {
			it.Result = intent.Show{Filter: strings.TrimSpace(r.tasks.Filter.Value() + " " + filter)}
		} else {
			it.Why = u.Say("tui.count.no_filter")
		}
		items = append(items, it)
	}
	d := dialog.NewList(u, u.Say("tui.count.title", "Field", u.Field(m.key), "Count", len(m.values)), items)
	d.Search = true
	r.push(d)
	return nil
}

// saying is the filter that finds what says a value in a column; false if there is
// none.
func saying(key, value string) (filter string, ok bool) {
	switch {
	case key == index.StateColumn, strings.ContainsAny(value, "\"|\n\r"), len(value) > 200:
		return "", false
	case value == "":
		return "空:" + key, true
	case key == ledger.FieldNumber:
		return key + ":" + value, true
	case key == ledger.FieldDeadline:
		return key + ":" + quote(value), true
	}
	return key + "=" + quote(value), true
}

func quote(s string) string {
	if strings.ContainsFunc(s, unicode.IsSpace) {
		return `"` + s + `"`
	}
	return s
}
