package tui

import (
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/tui/index"
	"taizhang/tui/theme"
)

// openMenu opens the menu of the tasks that the screen points at: every field
// with its value; Enter changes it.
func (r *root) openMenu() tea.Cmd {
	u := r.ui
	to := r.current().target()
	if len(to.tasks) == 0 {
		return nil
	}
	ids := to.ids()
	title := u.say("tui.menu.many", "Count", len(ids))
	if len(ids) == 1 {
		title = u.name(to.tasks[0])
	}
	items := func() []item {
		t := r.first(ids)
		if t == nil {
			return nil
		}
		var out []item
		if len(ids) == 1 {
			for _, c := range u.x.Snap.Conflicts {
				if c.Task == t.ID {
					out = append(out, item{label: u.say("tui.menu.conflict"), value: u.conflictField(c), result: openConflict{c.ID}})
				}
			}
		}
		for _, key := range r.editable() {
			it := item{label: u.field(key), result: editField{ids, key}}
			if len(ids) == 1 {
				it.value = u.Clean(t.Text(key))
				it.why = r.computed(ids, key)
			}
			if u.opt.ReadOnly {
				it.why = u.say("tui.why.readonly")
			}
			out = append(out, it)
		}
		return out
	}
	d := newList(u, title, items())
	d.wide, d.search, d.reload = true, false, items
	r.push(d)
	return nil
}

// editable are the columns in the order in which a coordinator needs them.
func (r *root) editable() []string {
	first := []string{ledger.FieldStatus, ledger.FieldProgress, ledger.FieldOwner, ledger.FieldDeadline, ledger.FieldCompleted, ledger.FieldRemark}
	var out, rest []string
	for _, k := range first {
		if slices.ContainsFunc(r.ui.x.Columns, func(c index.Column) bool { return c.Key == k }) {
			out = append(out, k)
		}
	}
	for _, c := range r.ui.x.Columns {
		if !slices.Contains(first, c.Key) {
			rest = append(rest, c.Key)
		}
	}
	return append(out, rest...)
}

// openAdd asks for a new task.
func (r *root) openAdd() {
	u := r.ui
	var items []formItem
	blank := &ledger.Task{}
	for _, t := range u.x.Ledger.Tables {
		if t.Kind == ledger.KindTasks {
			blank.Table = t
			break
		}
	}
	first := []string{ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus, ledger.FieldOwner}
	keys := append([]string{}, first...)
	for _, c := range u.x.Columns {
		if !slices.Contains(first, c.Key) && c.Key != ledger.FieldNumber {
			keys = append(keys, c.Key)
		}
	}
	for _, k := range keys {
		if k != ledger.FieldTitle && !slices.ContainsFunc(u.x.Columns, func(c index.Column) bool { return c.Key == k }) {
			continue
		}
		items = append(items, formItem{key: k, label: u.field(k), must: k == ledger.FieldTitle, choices: r.choices(blank, k)})
	}
	r.push(newForm(u, u.say("tui.act.add"), items, func(v map[string]string) any { return addTask{v} }))
}

// openKinds asks which kind of event is to be recorded; with one kind, there
// is nothing to ask.
func (r *root) openKinds() {
	u := r.ui
	unit := ""
	if r.screen == onUnits {
		unit = r.units.unit()
	}
	rules := u.x.Ledger.Rules
	if len(rules) == 1 {
		r.openRecord(rules[0].Kind, unit)
		return
	}
	var items []item
	for _, rule := range rules {
		items = append(items, item{label: u.Clean(rule.Name), result: pickKind{rule.Kind, unit}})
	}
	r.push(newList(u, u.say("tui.record.kind"), items))
}

// openRecord asks for an event.
func (r *root) openRecord(kind, unit string) {
	u := r.ui
	name := kind
	for _, rule := range u.x.Ledger.Rules {
		if rule.Kind == kind {
			name = rule.Name
		}
	}
	items := []formItem{
		{key: ledger.EventUnit, must: true, choices: r.unitNames(), entry: preset(unit)},
		{key: ledger.EventDate, must: true, entry: preset(u.date(u.x.Ledger.Today))},
		{key: ledger.EventTopic}, {key: ledger.EventPlace}, {key: ledger.EventPeople},
		{key: ledger.EventParts}, {key: ledger.FieldEvidence}, {key: ledger.FieldRemark},
	}
	for i := range items {
		items[i].label = u.fieldName(items[i].key)
	}
	r.push(newForm(u, u.say("tui.record.title", "Name", u.Clean(name)), items, func(v map[string]string) any { return addEvent{kind, v} }))
}

func (r *root) openFormChoices(f *formDialog, i int) {
	var items []item
	for _, c := range f.items[i].choices {
		items = append(items, item{label: r.ui.Clean(c), result: setFormItem{f, i, c}})
	}
	r.push(newList(r.ui, f.items[i].label, items).startAt(f.items[i].entry.Value()))
}

// openGroups asks what the task table is to be grouped by.
func (r *root) openGroups() {
	u := r.ui
	r.push(newList(u, u.say("tui.act.group"), []item{
		{label: u.say("tui.group.by_none"), result: setGroup{""}},
		{label: u.say("tui.group.by_unit"), result: setGroup{index.ByUnit}},
		{label: u.say("tui.group.by_section"), result: setGroup{index.BySection}},
		{label: u.say("tui.group.by_status"), result: setGroup{index.ByStatus}},
		{label: u.say("tui.group.by_month"), result: setGroup{index.ByMonth}},
	}))
}

// openUnits asks for a unit to show.
func (r *root) openUnits() {
	u := r.ui
	var items []item
	for _, c := range u.x.Units {
		items = append(items, item{label: u.unit(c.Unit), value: u.say("tui.unit.figures", "Tasks", c.Tasks, "Overdue", c.Overdue), result: openUnit{c.Unit}})
	}
	d := newList(u, u.say("tui.act.unit"), items)
	d.search = true
	r.push(d)
}

// openDetail shows all of a task, to read.
func (r *root) openDetail() {
	t := r.current().looked()
	if t == nil {
		t = r.current().target().tasks[0]
	}
	d := &noteDialog{ui: r.ui, title: r.ui.name(t)}
	for _, f := range append(r.ui.details(t), r.ui.pastOf(t)...) {
		d.rows = append(d.rows, [2]string{f.label, f.value})
	}
	r.push(d)
}

// openEvent shows all of an event, to read.
func (r *root) openEvent(v *ledger.Event) {
	u := r.ui
	d := &noteDialog{ui: u, title: u.Clean(v.KindText + " " + v.Topic)}
	for _, f := range [...][2]string{
		{ledger.EventKind, v.KindText}, {ledger.EventUnit, v.Unit}, {ledger.EventDate, v.DateText}, {ledger.EventTopic, v.Topic},
		{ledger.EventPlace, v.Place}, {ledger.EventPeople, v.People}, {ledger.EventParts, v.Parts},
		{ledger.FieldEvidence, v.Evidence}, {ledger.FieldRemark, v.Remark},
	} {
		if f[1] != "" {
			d.rows = append(d.rows, [2]string{u.fieldName(f[0]), f[1]})
		}
	}
	counts := u.say("tui.year.yes")
	if !v.Counts {
		counts = u.say("tui.year.no")
		if why := v.WhyNot.In(u.lang); why != "" {
			counts = why
		}
	}
	d.rows = append(d.rows, [2]string{u.say("tui.year.counts"), counts})
	r.push(d)
}

// openPalette lists every action, with its keys, and why it is not available.
func (r *root) openPalette() {
	u := r.ui
	var items []item
	for _, a := range r.actions {
		if a.quiet {
			continue
		}
		it := item{label: u.say(a.title), value: r.keyNames(a), result: runAction{a.id}}
		if a.why != nil {
			if it.why = a.why(r); it.why != "" {
				it.value = u.say("tui.list.not_now") // its keys are of no use just now
			}
		}
		items = append(items, it)
	}
	d := newList(u, u.say("tui.act.palette"), items)
	d.search = true
	r.push(d)
}

// openHelp lists the keys in force here.
func (r *root) openHelp() {
	u := r.ui
	d := &noteDialog{ui: u, title: u.say("tui.help.title", "Screen", u.say(screenTitles[r.screen]))}
	add := func(k, what string) { d.rows = append(d.rows, [2]string{k, what}) }
	add(u.say("tui.keys.updown")+" PgUp PgDn Home End", u.say("tui.key.move"))
	switch r.screen {
	case onTasks:
		add(u.say("tui.keys.leftright"), u.say("tui.key.column"))
		add("Enter", u.say("tui.key.menu"))
		add(u.say("tui.keys.shiftupdown"), u.say("tui.key.scroll_detail"))
	case onUnits, onOverdue:
		add("Enter", u.say("tui.key.menu"))
		add(u.say("tui.keys.shiftupdown"), u.say("tui.key.scroll_detail"))
	case onYear:
		add(u.say("tui.keys.leftright"), u.say("tui.key.column"))
		add("Enter", u.say("tui.key.year_help"))
	case onSync:
		add("Enter", u.say("tui.key.sync_help"))
	case onOverview:
		add(u.say("tui.keys.leftright"), u.say("tui.key.column"))
		add("Enter", u.say("tui.key.open_unit"))
	}
	for _, a := range r.actions {
		if a.on == nil || slices.Contains(a.on, r.screen) {
			if k := r.keyNames(a); k != "" {
				add(k, u.say(a.title))
			}
		}
	}
	add(u.say("tui.keys.mouse"), u.say("tui.key.mouse"))
	d.rows = append(d.rows, [2]string{"", ""}, [2]string{u.say("tui.help.filter"), ""}, [2]string{u.say("tui.help.ime"), ""})
	r.push(d)
}

// keyNames are the keys of an action as they stand on a keyboard.
func (r *root) keyNames(a *action) string {
	names := make([]string, 0, 3)
	for _, k := range keysOf(a, r.ui.opt.Keys) {
		names = append(names, r.ui.keyName(k))
	}
	return strings.Join(names, "  ")
}

func (u *ui) keyName(k string) string {
	switch k {
	case "space":
		return u.say("tui.keys.space")
	case "left":
		return u.say("tui.keys.left")
	case "right":
		return u.say("tui.keys.right")
	}
	parts := strings.Split(k, "+")
	for i, p := range parts {
		if len(p) > 1 || i < len(parts)-1 {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		} else if len(parts) > 1 {
			parts[i] = strings.ToUpper(p)
		}
	}
	return strings.Join(parts, "+")
}

var themeTitles = map[string]string{
	"light": "tui.theme.light", "dark": "tui.theme.dark", "high-contrast": "tui.theme.contrast", "none": "tui.theme.none",
}

// nextTheme changes to the next theme, for this run.
func (r *root) nextTheme() {
	i := slices.Index(theme.Names, r.ui.th.Name)
	name := theme.Names[1:][i%(len(theme.Names)-1)]
	r.ui.opt.Theme = name
	r.ui.th = theme.New(name, r.dark)
	r.say(r.ui.say("tui.done.theme", "Name", r.ui.say(themeTitles[name])), false)
}

// askPassword asks for the password of an encrypted workbook.
func (r *root) askPassword(err error) {
	u := r.ui
	note, _ := u.why(err)
	d := newEntry(u, u.say("tui.password.title"), note, "", false, func(v string) any { return setPassword{v} })
	d.secret = true
	if errors.Is(err, ooxml.ErrPassword) {
		d.note = ""
		d.wait(false, note, "")
	}
	r.push(d)
}

// quit ends the program; what still waits to be written is said first.
func (r *root) quit() tea.Cmd {
	u := r.ui
	if len(r.ops) == 0 && (r.snap == nil || len(r.snap.Waiting) == 0) {
		return tea.Quit
	}
	note := u.say("tui.quit.busy")
	if len(r.ops) == 0 {
		note = u.say("tui.quit.waiting", "Count", len(r.snap.Waiting), "Why", r.whyWaiting())
	}
	d := newList(u, u.say("tui.quit.title"), []item{
		{label: u.say("tui.quit.stay"), result: closed{}},
		{label: u.say("tui.quit.leave"), result: quitNow{}},
	})
	d.note, d.wide = note, true
	r.push(d)
	return nil
}
