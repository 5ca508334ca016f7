package tui

import (
	"context"
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/index"
)

// handle does what a screen or dialog decided.
func (r *root) handle(res any) tea.Cmd {
	if cmd, ok := r.handleStart(res); ok {
		return cmd
	}
	switch a := res.(type) {
	case runAction:
		r.close(r.top())
		for _, act := range r.actions {
			if act.id == a.id {
				return r.run(act)
			}
		}
	case openTask:
		return r.openMenu()
	case openUnit:
		if d := r.top(); d != nil {
			r.close(d)
		}
		r.units.choose(a.unit)
		r.screen = onUnits
	case editField:
		r.edit(a.tasks, a.field, false)
	case typeValue:
		r.close(r.top())
		r.edit(a.tasks, a.field, true)
	case setField:
		return r.change(a)
	case addTask:
		return r.add(a)
	case addEvent:
		return r.record(a)
	case pickKind:
		r.close(r.top())
		r.openRecord(a.kind, a.unit)
	case openChoices:
		r.openFormChoices(a.form, a.item)
	case setFormItem:
		r.close(r.top())
		a.form.items[a.item].entry.Set(a.value)
		a.form.cur = min(a.item+1, len(a.form.items))
	case setGroup:
		r.close(r.top())
		r.tasks.sorting.Group = a.by
		return r.reorder()
	case openConflict:
		r.openConflict(a.id)
	case typeConflict:
		r.close(r.top())
		r.push(newEntry(r.ui, r.ui.say("tui.conflict.own"), "", a.value, true, func(v string) any { return settleConflict{a.id, "=" + v} }))
	case settleConflict:
		return r.settle(a)
	case setPassword:
		r.close(r.top())
		return r.open(a.password)
	case readEvent:
		r.openEvent(a.event)
	case goTask:
		r.goTask(a.task)
	case openEntry:
		r.openEntry(a.entry)
	case askRestore:
		r.close(r.top())
		r.askRestore(a.entry)
	case restore:
		return r.restore(a.entry)
	case reverse:
		return r.reverse(a.entry)
	case openAsk:
		r.openAsk(a.ask, a.copy)
	case answerAsk:
		return r.answerAsk(a)
	case readNote:
		r.openNote(a.title, a.err)
	case readText:
		r.push(&noteDialog{ui: r.ui, title: a.title, rows: [][2]string{{a.text, ""}}})
	case acceptMass:
		return r.force()
	case refuseMass:
		return r.refuseMass()
	case quitNow:
		return tea.Quit
	}
	return nil
}

// longFields are edited as texts of several lines.
var longFields = []string{
	ledger.FieldTitle, ledger.FieldRequirement, ledger.FieldProgress, ledger.FieldProblems,
	ledger.FieldNextSteps, ledger.FieldEvidence, ledger.FieldRemark,
}

// edit asks for a new value of a field: from the choices the ledger has for it,
// or as text.
func (r *root) edit(ids []string, field string, typed bool) {
	u := r.ui
	t := r.first(ids)
	if t == nil {
		return
	}
	if u.opt.ReadOnly {
		r.say(u.say("tui.why.readonly"), true)
		return
	}
	if !r.hasColumn(field) {
		r.say(u.say("tui.why.no_column", "Field", u.field(field)), true)
		return
	}
	if why := r.computed(ids, field); why != "" {
		r.say(why, true)
		return
	}
	title := u.say("tui.edit.one", "Field", u.field(field), "Task", u.name(t))
	value := held(t, field)
	if len(ids) > 1 {
		title = u.say("tui.edit.many", "Field", u.field(field), "Count", len(ids))
	}
	if choices := r.choices(t, field); len(choices) > 0 && !typed {
		items := make([]item, 0, len(choices)+1)
		for _, c := range choices {
			items = append(items, item{label: u.Clean(c), result: setField{ids, field, c}})
		}
		if field == ledger.FieldLead || field == ledger.FieldOwner {
			items = append(items, item{label: u.say("tui.edit.other"), result: typeValue{ids, field}})
		}
		r.push(newList(u, title, items).startAt(u.Clean(value)))
		return
	}
	if len(ids) > 1 {
		value = ""
	}
	note := ""
	if field == ledger.FieldDeadline {
		note = u.say("tui.edit.deadline_note")
	}
	multi := slices.Contains(longFields, field) || len(value) > 120
	r.push(newEntry(u, title, note, value, multi, func(v string) any { return setField{ids, field, v} }))
}

// held is what stands in a task's cell, character for character: what is shown
// of it may be folded, split or shortened.
func held(t *ledger.Task, field string) string {
	if t.Table != nil && t.Row != nil && t.Table.Index(field) >= 0 {
		return t.Table.Get(t.Row, field)
	}
	return t.Text(field)
}

// computed says that the workbook works a field out by itself for one of the
// tasks; "" if it does for none.
func (r *root) computed(ids []string, field string) string {
	if !slices.ContainsFunc(r.ui.x.Ledger.Tables, func(t *table.Table) bool { return len(t.Place.Formulas) > 0 }) {
		return ""
	}
	for _, id := range ids {
		if t := r.first([]string{id}); t != nil && t.Table != nil && t.Row != nil && t.Table.Computed(t.Row, t.Table.Index(field)) {
			return r.ui.say("tui.why.formula", "Task", r.ui.name(t), "Field", r.ui.field(field))
		}
	}
	return ""
}

// choices are what a person may choose from for a field, nil if it is typed.
func (r *root) choices(t *ledger.Task, field string) []string {
	if t.Table != nil {
		if c := r.ui.x.Ledger.Choices(t, field); len(c) > 0 {
			return c
		}
	}
	if field == ledger.FieldLead {
		return r.unitNames()
	}
	return nil
}

func (r *root) unitNames() []string {
	var out []string
	if d := r.ui.x.Ledger.Directory; d != nil {
		for _, u := range d.Units() {
			out = append(out, u.Name)
		}
	}
	return out
}

func (r *root) first(ids []string) *ledger.Task {
	for _, id := range ids {
		if n, ok := r.ui.x.Find(id); ok {
			return r.ui.x.Task(n)
		}
	}
	return nil
}

// change writes a value into the tasks.
func (r *root) change(a setField) tea.Cmd {
	u := r.ui
	t := r.first(a.tasks)
	if t == nil {
		return nil
	}
	if len(a.tasks) == 1 && held(t, a.field) == a.value {
		r.close(r.top())
		r.say(u.say("tui.done.same"), false)
		return r.startTick()
	}
	edits := make([]syncer.Edit, len(a.tasks))
	for i, id := range a.tasks {
		edits[i] = syncer.Edit{Task: id, Field: a.field, Value: a.value}
	}
	note := u.say("tui.done.changed", "Task", u.name(t), "Field", u.field(a.field), "Value", u.short(a.value))
	if len(a.tasks) > 1 {
		note = u.say("tui.done.changed_many", "Count", len(a.tasks), "Field", u.field(a.field), "Value", u.short(a.value))
		clear(r.marks())
	}
	return r.request(u.say("tui.op.save"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Change(ctx, edits)
		note := r.waitingNote(note, rep)
		if err == nil && len(edits) == 1 {
			note = r.doubtNote(note, b, edits[0].Task, rep)
		}
		return note, "", err
	})
}

// doubtNote adds what a person should look at in the row that was just changed.
func (r *root) doubtNote(note string, b Backend, id string, rep syncer.Report) string {
	for _, d := range b.Snapshot().Ledger.Doubts(id, rep.FieldsOf(id)) {
		note = r.ui.say("tui.done.doubt", "Note", note, "Doubt", d)
	}
	return note
}

// waitingNote adds that a value is not in the workbook yet.
func (r *root) waitingNote(note string, rep syncer.Report) string {
	if rep.Waiting {
		return r.ui.say("tui.done.waiting", "Note", note)
	}
	return note
}

// short is a value in a sentence.
func (u *ui) short(s string) string {
	s = u.Clean(s)
	if s == "" {
		return u.say("tui.done.empty")
	}
	if u.Width(s) > 24 {
		s, _ = u.Cut(s, 22)
		return s + ".."
	}
	return s
}

func (r *root) add(a addTask) tea.Cmd {
	note := r.ui.say("tui.done.added", "Title", r.ui.short(a.values[ledger.FieldTitle]))
	return r.request(r.ui.say("tui.op.save"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		id, rep, err := b.Add(ctx, a.values)
		return r.doubtNote(r.waitingNote(note, rep), b, id, rep), id, err
	})
}

func (r *root) record(a addEvent) tea.Cmd {
	note := r.ui.say("tui.done.recorded", "Topic", r.ui.short(a.values[ledger.EventTopic]))
	return r.request(r.ui.say("tui.op.save"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		id, rep, err := b.Record(ctx, a.kind, a.values)
		return r.doubtNote(r.waitingNote(note, rep), b, id, rep), "", err
	})
}

// syncNow makes a pass.
func (r *root) syncNow() tea.Cmd {
	if r.backend == nil {
		return nil
	}
	u := r.ui
	return r.request(u.say("tui.op.sync"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Sync(ctx)
		note := u.say("tui.done.synced", "Count", len(rowsOnce(rep.Changes)))
		return r.waitingNote(note, rep), "", err
	})
}

// undo reverses the last change of mine, and says what it was.
func (r *root) undo() tea.Cmd {
	u := r.ui
	return r.request(u.say("tui.op.undo"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Undo(ctx)
		if errors.Is(err, syncer.ErrNothing) {
			return u.say("tui.done.nothing_undone"), "", nil
		}
		task := ""
		if len(rep.Changes) > 0 {
			task = rep.Changes[0].Task
		}
		return r.waitingNote(u.say("tui.done.undone", "What", u.Clean(syncer.Describe(rep.Changes).In(u.lang))), rep), task, err
	})
}

// settle settles a conflict.
func (r *root) settle(a settleConflict) tea.Cmd {
	u := r.ui
	return r.request(u.say("tui.op.save"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Resolve(ctx, syncer.Decision{Conflict: a.id, Choice: a.choice})
		return r.waitingNote(u.say("tui.done.settled", "Count", rep.Conflicts), rep), "", err
	})
}

// copyRow copies the tasks as tab-separated lines, which a spreadsheet pastes
// into cells.
func (r *root) copyRow() tea.Cmd {
	u := r.ui
	tasks := r.current().target().tasks
	s := ""
	for _, t := range tasks {
		for i, c := range u.x.Columns {
			if i > 0 {
				s += "\t"
			}
			s += u.Clean(t.Text(c.Key))
		}
		s += "\n"
	}
	r.say(u.say("tui.done.copied_rows", "Count", len(tasks)), false)
	return tea.SetClipboard(s)
}

func (r *root) copyCell() tea.Cmd {
	u := r.ui
	key := r.tasks.column()
	t := r.tasks.here()
	if t == nil {
		return nil
	}
	v := t.Text(key)
	if key == index.StateColumn {
		v, _ = u.state(t)
	}
	r.say(u.say("tui.done.copied_cell", "Value", u.short(v)), false)
	return tea.SetClipboard(v)
}
