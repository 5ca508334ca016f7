package tui

import (
	"context"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/screen"
)

// View is how the task table, or the list of a register, stands: what is shown, in which
// order, under which headings, in which columns.
type View struct {
	Register string          `json:"register,omitempty"` // the kind of register; "": the tasks
	Filter   string          `json:"filter,omitempty"`
	Sort     string          `json:"sort,omitempty"` // a column; "": the workbook's order, or the most urgent first
	Down     bool            `json:"down,omitempty"` // greatest first
	Group    string          `json:"group,omitempty"`
	Columns  []screen.Column `json:"columns,omitempty"` // in order; empty: those of the settings
	Name     string          `json:"name,omitempty"`    // of the saved view that is in use
}

// Views are the views that are kept by name; nil functions keep none.
type Views struct {
	Saved map[string]View
	Keep  func(ctx context.Context, name string, v View) error // replaces one of that name
	Drop  func(ctx context.Context, name string) error
}

// viewOf is how a table stands: that of the register of a kind, or of the tasks.
func viewOf(t *screen.Arranged, kind string) View {
	return View{
		Register: kind, Filter: t.Filter.Value(), Sort: t.Sorting.Column, Down: t.Sorting.Down, Group: t.Sorting.Group,
		Columns: t.Chosen, Name: t.Named,
	}
}

// arranges reports whether a view makes a table stand otherwise than at first.
func (v View) arranges() bool {
	return v.Name != "" || v.Filter != "" || v.Sort != "" || v.Group != "" || len(v.Columns) > 0
}

// tableOf is the table that a view is of, nil if the ledger has no such register.
func (r *stage) tableOf(v View) *screen.Arranged {
	if v.Register == "" {
		return &r.tasks.Arranged
	}
	return r.registers.TableOf(v.Register)
}

// use makes a table stand as in a view.
func (r *stage) use(v View) {
	t := r.tableOf(v)
	t.Filter.Set(v.Filter)
	t.Sorting = index.Sorting{Column: v.Sort, Down: v.Down, Group: v.Group}
	t.Choose(v.Columns)
	t.Named = v.Name
	t.Refilter()
}

// restoreViews brings back how the tables stood when the person left. A filter comes
// back only with a saved view: nobody looks for rows that a forgotten word hides.
func (r *stage) restoreViews(kept Remembered) tea.Cmd {
	for _, v := range append([]View{kept.View}, kept.Registers...) {
		saved, ok := r.opt.Views.Saved[v.Name]
		if !ok || saved.Register != v.Register {
			v.Name, saved.Filter = "", ""
		}
		v.Filter = saved.Filter
		if v.arranges() && r.tableOf(v) != nil {
			r.use(v)
		}
	}
	return r.reorder()
}

func (r *stage) openViews() {
	u := r.ui
	why := ""
	switch {
	case r.opt.Views.Keep == nil:
		why = u.Say("tui.why.not_offered")
	case r.table() == nil:
		why = u.Say("tui.why.no_register")
	}
	current := ""
	if t := r.table(); t != nil {
		current = t.Named
	}
	var names []dialog.ViewName
	for _, name := range slices.Sorted(maps.Keys(r.opt.Views.Saved)) {
		of := u.Say("tui.screen.tasks")
		if kind := r.opt.Views.Saved[name].Register; kind != "" {
			of = kind
			if def := u.Index.Ledger.RegisterDef(kind); def != nil {
				of = u.Clean(def.Name)
			}
		}
		names = append(names, dialog.ViewName{Name: name, Table: of, Current: name == current})
	}
	r.push(dialog.Views(u, names, why))
}

func (r *stage) handleView(want intent.Intent) tea.Cmd {
	u := r.ui
	switch a := want.(type) {
	case intent.UseView:
		v := r.opt.Views.Saved[a.Name]
		v.Name = a.Name
		r.dialogs = nil
		if r.tableOf(v) == nil {
			r.say(u.Say("tui.view.no_register", "Name", a.Name), true)
			return r.startTick()
		}
		r.screen, r.from = onTasks, nil
		if v.Register != "" {
			r.screen = onRegisters
			r.registers.Show(v.Register)
		}
		r.use(v)
		return r.reorder()
	case intent.NameView:
		r.dialogs.close(r.dialogs.top())
		name := func(v string) intent.Intent { return intent.KeepView{Name: v} }
		r.ask(dialog.NewEntry(u, u.Say("tui.view.keep"), u.Say("tui.view.name_note"), r.table().Named, false, name))
	case intent.KeepView:
		t := r.table()
		if a.Name == "" || t == nil {
			return nil
		}
		v, keep := viewOf(t, r.kindHere()), r.opt.Views.Keep
		v.Name = ""
		save := func(ctx context.Context) error { return keep(ctx, a.Name, v) }
		return r.decideView(u.Say("tui.view.kept", "Name", a.Name), save, func() {
			if r.opt.Views.Saved == nil {
				r.opt.Views.Saved = map[string]View{}
			}
			r.opt.Views.Saved[a.Name], t.Named = v, a.Name
		})
	case intent.DropView:
		drop, t := r.opt.Views.Drop, r.tableOf(r.opt.Views.Saved[a.Name])
		gone := func(ctx context.Context) error { return drop(ctx, a.Name) }
		return r.decideView(u.Say("tui.view.dropped", "Name", a.Name), gone, func() {
			delete(r.opt.Views.Saved, a.Name)
			if t != nil && t.Named == a.Name {
				t.Named = ""
			}
		})
	}
	return nil
}

// viewMsg tells that a view was kept or dropped.
type viewMsg struct {
	op   int
	note string
	then func()
	err  error
}

func (r *console) decideView(note string, do func(context.Context) error, then func()) tea.Cmd {
	id := r.jobs.begin(r.ui.Say("tui.op.save"), r.dialogs.top(), r.ui.Now())
	ctx := r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg { return viewMsg{id, note, then, do(ctx)} })
}

func (r *console) viewDone(m viewMsg) tea.Cmd {
	o := r.jobs.end(m.op)
	if m.err != nil {
		sentence, hint := r.ui.Why(m.err)
		o.dialog.Wait(false, sentence, hint)
		return nil
	}
	m.then()
	r.dialogs = nil
	r.say(m.note, false)
	return r.startTick()
}

// place is where a figure led away from.
type place struct {
	screen int
	filter string
	shown  string // the filter that it led to
}

// show shows the tasks that a figure counts.
func (r *stage) show(filter string) {
	s := r.tasks
	if r.from == nil || r.screen != onTasks {
		r.from = &place{screen: r.screen, filter: s.Filter.Value()}
	}
	r.from.shown = filter
	r.dialogs = nil
	r.screen, s.Typing = onTasks, false
	s.Filter.Set(filter)
	s.Refilter()
	s.Grid.Go(s, 0)
}

// comeBack goes back to where a figure led away from, unless the person has made
// the filter their own since.
func (r *stage) comeBack() bool {
	from := r.from
	r.from = nil
	if from == nil || len(r.tasks.Marks) > 0 || r.tasks.Filter.Value() != from.shown {
		return false
	}
	r.screen = from.screen
	r.tasks.Filter.Set(from.filter)
	r.tasks.Refilter()
	return true
}
