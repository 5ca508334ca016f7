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

// View is how the task table stands: what is shown, in which order, under which
// headings, in which columns.
type View struct {
	Filter  string          `json:"filter,omitempty"`
	Sort    string          `json:"sort,omitempty"` // a column; "": the workbook's order
	Down    bool            `json:"down,omitempty"` // greatest first
	Group   string          `json:"group,omitempty"`
	Columns []screen.Column `json:"columns,omitempty"` // in order; empty: those of the settings
	Name    string          `json:"name,omitempty"`    // of the saved view that is in use
}

// Views are the views that are kept by name; nil functions keep none.
type Views struct {
	Saved map[string]View
	Keep  func(ctx context.Context, name string, v View) error // replaces one of that name
	Drop  func(ctx context.Context, name string) error
}

// view is how the table stands now.
func (r *root) view() View {
	s := r.tasks
	return View{Filter: s.Filter.Value(), Sort: s.Sorting.Column, Down: s.Sorting.Down, Group: s.Sorting.Group, Columns: s.Chosen, Name: r.named}
}

// use makes the table stand as in a view.
func (r *root) use(v View) tea.Cmd {
	s := r.tasks
	s.Filter.Set(v.Filter)
	s.Sorting = index.Sorting{Column: v.Sort, Down: v.Down, Group: v.Group}
	s.Choose(v.Columns)
	r.named = v.Name
	s.Refilter()
	return r.reorder()
}

// restoreView brings back how the table stood when the person left. A filter comes
// back only with a saved view: nobody looks for rows that a forgotten word hides.
func (r *root) restoreView(v View) tea.Cmd {
	if v.Name != "" {
		saved, ok := r.opt.Views.Saved[v.Name]
		if !ok {
			v.Name = ""
		}
		v.Filter = saved.Filter
	} else {
		v.Filter = ""
	}
	if v.Filter == "" && v.Sort == "" && v.Group == "" && len(v.Columns) == 0 {
		return nil
	}
	return r.use(v)
}

func (r *root) openViews() {
	why := ""
	if r.opt.Views.Keep == nil {
		why = r.ui.Say("tui.why.not_offered")
	}
	r.push(dialog.Views(r.ui, slices.Sorted(maps.Keys(r.opt.Views.Saved)), r.named, why))
}

func (r *root) handleView(want intent.Intent) tea.Cmd {
	u := r.ui
	switch a := want.(type) {
	case intent.UseView:
		r.dialogs = nil
		v := r.opt.Views.Saved[a.Name]
		v.Name = a.Name
		r.screen, r.from = onTasks, nil
		return r.use(v)
	case intent.NameView:
		r.dialogs.close(r.dialogs.top())
		r.ask(dialog.NewEntry(u, u.Say("tui.view.keep"), u.Say("tui.view.name_note"), r.named, false, func(v string) intent.Intent { return intent.KeepView{Name: v} }))
	case intent.KeepView:
		if a.Name == "" {
			return nil
		}
		v, keep := r.view(), r.opt.Views.Keep
		v.Name = ""
		return r.decideView(u.Say("tui.view.kept", "Name", a.Name), func(ctx context.Context) error { return keep(ctx, a.Name, v) }, func() {
			if r.opt.Views.Saved == nil {
				r.opt.Views.Saved = map[string]View{}
			}
			r.opt.Views.Saved[a.Name], r.named = v, a.Name
		})
	case intent.DropView:
		drop := r.opt.Views.Drop
		return r.decideView(u.Say("tui.view.dropped", "Name", a.Name), func(ctx context.Context) error { return drop(ctx, a.Name) }, func() {
			delete(r.opt.Views.Saved, a.Name)
			if r.named == a.Name {
				r.named = ""
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

func (r *root) decideView(note string, do func(context.Context) error, then func()) tea.Cmd {
	id := r.jobs.begin(r.ui.Say("tui.op.save"), r.dialogs.top(), r.ui.Now())
	ctx := r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg { return viewMsg{id, note, then, do(ctx)} })
}

func (r *root) viewDone(m viewMsg) tea.Cmd {
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
func (r *root) show(filter string) {
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
func (r *root) comeBack() bool {
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
