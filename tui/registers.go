package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/screen"
)

// What is done about registers and their rows.

var registerOnly = []int{onRegisters}

// registerActions are the actions of the register screen, and those that lead to it.
func registerActions() []*action {
	return []*action{
		{id: "register_edit", title: "tui.act.register_edit", keys: []string{"e"}, on: registerOnly, why: needsEntry,
			run: func(r *root) tea.Cmd { return r.handle(intent.OpenTask{}) }},
		{id: "register_record", title: "tui.act.register_record", short: "tui.short.register_record",
			keys: []string{"a", "r", "insert"}, on: registerOnly, why: canChange, run: (*root).recordEntryHere},
		{id: "register_correct", title: "tui.act.register_correct", keys: []string{"E"},
			on: registerOnly, why: canChangeEntry,
			run: func(r *root) tea.Cmd { return r.handle(intent.CorrectEntry{ID: r.entryHere().ID}) }},
		{id: "register_steps", title: "tui.act.register_steps", short: "tui.short.register_steps", keys: []string{"d"},
			on: registerOnly, why: needsEntry,
			run: func(r *root) tea.Cmd { return r.handle(intent.ReadSteps{ID: r.entryHere().ID}) }},
		{id: "register_detail", title: "tui.act.register_detail", keys: []string{"v"},
			on: registerOnly, why: needsEntry,
			run: (*root).readRow},
		{id: "register_year", title: "tui.act.register_year", short: "tui.short.register_year", keys: []string{"t"},
			on: registerOnly, why: needsRequests,
			run: does(func(r *root) { r.push(dialog.YearNote(r.ui)) })},
		{id: "register_fill", title: "tui.act.register_fill", short: "tui.short.register_fill", keys: []string{"F"},
			on: registerOnly, why: canFill,
			run: func(r *root) tea.Cmd { return r.handle(intent.FillDue{Kind: r.kindHere()}) }},
		{id: "register_prev", title: "tui.act.register_prev", keys: []string{"[", "ctrl+left"},
			on: registerOnly, why: needsRegister,
			run: stepRegister(-1)},
		{id: "register_next", title: "tui.act.register_next", short: "tui.short.register_next",
			keys: []string{"]", "ctrl+right"}, on: registerOnly, why: needsRegister,
			run: stepRegister(1)},
		{id: "register_choose", title: "tui.act.register_choose", why: needsRegister,
			run: does(func(r *root) { r.push(dialog.RegisterList(r.ui)) })},
		{id: "take_figures", title: "tui.act.take_figures", keys: []string{"T"}, on: taskScreens, why: canTakeFigures,
			run: func(r *root) tea.Cmd { return r.handle(intent.TakeFigures{Task: r.lookedAt().ID}) }},
	}
}

// stepRegister goes to the next register, or the one before.
func stepRegister(n int) func(*root) tea.Cmd {
	return func(r *root) tea.Cmd {
		r.screen = onRegisters
		r.registers.Step(n)
		return r.reorder()
	}
}

// entryHere is the row of a register under the cursor, nil if there is none.
func (r *stage) entryHere() *ledger.Entry {
	if s, ok := r.current().(screen.Registered); ok {
		return s.LookedEntry()
	}
	return nil
}

// kindHere is the register on the screen; "" on other screens.
func (r *stage) kindHere() string {
	if r.screen == onRegisters {
		return r.registers.Kind()
	}
	return ""
}

// The reasons why actions are not available, "" if they are.

func needsRegister(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if len(r.ui.Index.Registers) == 0 {
		return r.ui.Say("tui.why.no_register")
	}
	return ""
}

func needsEntry(r *root) string {
	if r.entryHere() == nil {
		return r.ui.Say("tui.why.no_entry")
	}
	return ""
}

// needsOnlyTasks: only tasks order registers.
func needsOnlyTasks(r *root) string {
	if len(r.current().Target().Tasks) == 0 {
		return r.ui.Say("tui.why.no_task")
	}
	return ""
}

func canChangeEntry(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	return needsEntry(r)
}

func needsRequests(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if r.ui.Index.Register("requests") == nil {
		return r.ui.Say("tui.why.no_requests")
	}
	if _, ok := r.ui.Index.YearOfRequests(); !ok {
		return r.ui.Say("tui.why.counting")
	}
	return ""
}

func canFill(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	kind := r.kindHere()
	for _, reg := range r.ui.Index.Registers {
		if (kind == "" || reg.Def.Kind == kind) && reg.HasDueCells() {
			return ""
		}
	}
	return r.ui.Say("tui.why.no_due_column")
}

func canTakeFigures(r *root) string {
	if why := canEdit(ledger.FieldProgress)(r); why != "" {
		return why
	}
	if why := needsOnlyTasks(r); why != "" {
		return why
	}
	if len(r.ui.Index.Ledger.OrderedBy(r.lookedAt())) == 0 {
		return r.ui.Say("tui.why.orders_no_register")
	}
	return ""
}

// handleRegister does what was decided about registers; ok is false if it is about
// something else.
func (r *stage) handleRegister(want intent.Intent) (cmd tea.Cmd, ok bool) {
	u := r.ui
	switch a := want.(type) {
	case intent.ShowRegister:
		r.dialogs = nil
		r.screen = onRegisters
		r.registers.Choose(a.Kind, a.Filter, "")
		return r.reorder(), true
	case intent.GoEntry:
		e := u.Entry(a.ID)
		if e == nil {
			r.say(u.Say("tui.why.task_gone"), true)
			return nil, true
		}
		r.dialogs = nil
		r.screen = onRegisters
		r.registers.Choose(e.Kind, "", e.ID)
		return r.reorder(), true
	case intent.RecordIn:
		r.dialogs.close(r.dialogs.top())
		if def := u.Index.Ledger.RegisterDef(a.Kind); def != nil {
			r.push(dialog.EntryForm(u, def))
		}
		return nil, true
	case intent.AddEntry:
		return r.addEntry(a), true
	case intent.CorrectEntry:
		if d := r.dialogs.top(); d != nil {
			r.dialogs.close(d)
		}
		if e := u.Entry(a.ID); e != nil {
			r.push(dialog.EntryEdit(u, e))
		}
		return nil, true
	case intent.ReadSteps:
		if e := u.Entry(a.ID); e != nil {
			r.push(dialog.EntrySteps(u, e))
		}
		return nil, true
	case intent.FillDue:
		return r.askFill(a.Kind), true
	case intent.FillSure:
		return r.fill(a.Cells), true
	case intent.TakeFigures:
		return r.takeFigures(a.Task), true
	}
	return nil, false
}

// typeFilter has the keys go to the filter: of the register on the screen, or else
// of the tasks.
func (r *stage) typeFilter() tea.Cmd {
	if r.screen != onRegisters || r.table() == nil {
		r.screen = onTasks
	}
	r.table().Typing = true
	return nil
}

// readRow shows all of the row under the cursor.
func (r *stage) readRow() tea.Cmd {
	if e := r.entryHere(); e != nil {
		r.push(dialog.EntryNote(r.ui, e))
	} else {
		r.push(dialog.TaskNote(r.ui, r.lookedAt()))
	}
	return nil
}

// recordEntryHere asks for a new row of the register on the screen, or which register
// it is for.
func (r *root) recordEntryHere() tea.Cmd {
	if kind := r.kindHere(); kind != "" {
		return r.handle(intent.RecordIn{Kind: kind})
	}
	r.push(dialog.RegisterKinds(r.ui))
	return nil
}

func (r *stage) addEntry(a intent.AddEntry) tea.Cmd {
	u := r.ui
	title := ""
	if def := u.Index.Ledger.RegisterDef(a.Kind); def != nil {
		for _, f := range def.Title {
			if title == "" {
				title = a.Values[f]
			}
		}
	}
	if a.Kind != ledger.KindSupervision { // which is written from the task that it is about
		r.screen = onRegisters
	}
	proves := r.provesWithFile(a.Kind, a.Values)
	note := u.Say("tui.done.entered", "Title", u.Short(title))
	save := func(ctx context.Context, b Backend) (string, string, error) {
		values := a.Values
		if proves {
			var err error
			if values, err = r.opt.Evidence(values); err != nil {
				return "", "", err
			}
		}
		id, rep, err := b.Record(ctx, a.Kind, values)
		return r.doubtNote(r.waitingNote(note, rep), b, id, rep), id, err
	}
	return r.request(u.Say("tui.op.save"), r.dialogs.top(), save)
}

// fillMsg is what a register's empty due cells can be filled with, worked out away
// from the interface.
type fillMsg struct {
	op     int
	cells  []ledger.DueCell
	unsure int
}

func (r *console) askFill(kind string) tea.Cmd {
	l := r.ui.Index.Ledger
	id := r.jobs.begin(r.ui.Say("tui.op.fill"), nil, r.ui.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		cells, unsure := l.DueCells(kind)
		return fillMsg{id, cells, len(unsure)}
	})
}

func (r *console) tookFill(m fillMsg) tea.Cmd {
	r.jobs.end(m.op)
	if len(m.cells) == 0 {
		r.say(r.ui.Say("tui.register.nothing_to_fill", "Unsure", m.unsure), false)
		return r.startTick()
	}
	r.push(dialog.NewFill(r.ui, m.cells, m.unsure))
	return nil
}

func (r *console) fill(cells []ledger.DueCell) tea.Cmd {
	u := r.ui
	save := func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Change(ctx, syncer.FillEdits(cells))
		return r.waitingNote(u.Say("tui.done.filled", "Count", len(cells)), rep), "", err
	}
	return r.request(u.Say("tui.op.save"), r.dialogs.top(), save)
}

// takeFigures opens the progress of a task with the figures of the registers that it
// orders added, to be read before it is saved.
func (r *console) takeFigures(id string) tea.Cmd {
	t := r.ui.First([]string{id})
	if t == nil {
		return nil
	}
	l := r.ui.Index.Ledger
	var parts []string
	for _, reg := range l.OrderedBy(t) {
		parts = append(parts, r.ui.Say("tui.register.clock", "Name", reg.Def.Name, "Line", l.Figures(reg).In(l.Lang())))
	}
	d, why := dialog.Edit(r.ui, []string{id}, ledger.FieldProgress, true)
	entry, ok := d.(*dialog.Entry)
	if !ok {
		r.say(why, true)
		return r.startTick()
	}
	entry.Add(strings.Join(parts, "\n"))
	r.push(entry)
	return nil
}

// registerOrderMsg is a register's rows in another order.
type registerOrderMsg struct {
	reg   *index.Register
	order *index.Order
}
