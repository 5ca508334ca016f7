package tui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// handle does what a screen or dialog decided.
func (r *root) handle(res intent.Intent) tea.Cmd {
	if cmd, ok := r.handleStart(res); ok {
		return cmd
	}
	if cmd, ok := r.handleRegister(res); ok {
		return cmd
	}
	switch a := res.(type) {
	case intent.RunAction:
		r.dialogs.close(r.dialogs.top())
		for _, act := range r.actions {
			if act.id == a.ID {
				return r.run(act)
			}
		}
	case intent.OpenTask:
		if ids := r.current().Target().IDs(); r.ui.FirstEntry(ids) != nil {
			key := ""
			if r.screen == onRegisters {
				key = r.table().Column()
			}
			r.push(dialog.EntryMenu(r.ui, ids, key))
		} else if len(ids) > 0 {
			r.push(dialog.TaskMenu(r.ui, ids))
		}
	case intent.OpenUnit:
		if d := r.dialogs.top(); d != nil {
			r.dialogs.close(d)
		}
		r.units.Choose(a.Unit)
		r.screen = onUnits
	case intent.EditField:
		return r.edit(a.Tasks, a.Field, false)
	case intent.TypeValue:
		r.dialogs.close(r.dialogs.top())
		return r.edit(a.Tasks, a.Field, true)
	case intent.SetField:
		return r.Change(a)
	case intent.TypeJoined:
		r.dialogs.close(r.typed())
		r.push(dialog.EditJoined(r.ui, a.Set))
	case intent.Abandon:
		r.dialogs.close(r.typed())
	case intent.EditOutside:
		return r.editOutside(a.Text)
	case intent.AddTask:
		return r.add(a)
	case intent.CorrectEvent:
		if d := dialog.EventEdit(r.ui, a.Event); d != nil {
			r.push(d)
		} else {
			r.push(dialog.EventNote(r.ui, a.Event))
		}
	case intent.ChangeEvent:
		return r.changeEvent(a)
	case intent.AskDelete:
		r.dialogs.close(r.dialogs.top()) // the menu of what is to go
		r.push(dialog.NewDelete(r.ui, a.Rows))
	case intent.DeleteRows:
		return r.delete(a)
	case intent.GoLine:
		r.goLine(a.Line)
	case intent.OpenDay:
		r.push(dialog.Day(r.ui, a.Day))
	case intent.SendText:
		return r.sendText(a)
	case intent.SaveText:
		return r.saveText(a)
	case intent.NextNotice:
		return r.nextNotice(a.By)
	case intent.SaveLetters:
		return r.saveLetters(a.All)
	case intent.PickNotices:
		return r.pickNotices()
	case intent.ShowNotices:
		r.dialogs = nil
		r.letters = newLetters(a.Units...)
		return r.letter()
	case intent.OpenSave:
		if i := slices.IndexFunc(r.feed.snap.Conflicts, func(c syncer.Conflict) bool { return c.ID == a.ID }); i >= 0 {
			r.dialogs.close(r.dialogs.top())
			r.push(dialog.NewConflicts(r.ui, r.feed.snap.Conflicts[i]))
		}
	case intent.SettleAll:
		return r.settleAll(a)
	case intent.AddEvent:
		return r.record(a)
	case intent.PickKind:
		r.dialogs.close(r.dialogs.top())
		r.push(dialog.EventForm(r.ui, a.Kind, a.Unit))
	case intent.OpenChoices:
		if f, ok := r.dialogs.top().(*dialog.Form); ok {
			r.push(f.Choices(a.Item))
		}
	case intent.FillItem:
		r.dialogs.close(r.dialogs.top())
		if f, ok := r.dialogs.top().(*dialog.Form); ok {
			f.Fill(a.Item, a.Value)
		}
	case intent.ToggleColumn:
		r.table().ToggleColumn(a.Key)
	case intent.ResetColumns:
		r.dialogs.close(r.dialogs.top())
		r.table().Choose(nil)
	case intent.Show:
		r.show(a.Filter)
	case intent.UseView, intent.NameView, intent.KeepView, intent.DropView:
		return r.handleView(res)
	case intent.SetGroup:
		r.dialogs.close(r.dialogs.top())
		r.table().Sorting.Group = a.By
		return r.reorder()
	case intent.OpenConflict:
		r.openConflict(a.ID)
	case intent.TypeConflict:
		r.dialogs.close(r.typed())
		r.push(dialog.NewEntry(r.ui, r.ui.Say("tui.conflict.own"), "", a.Value, true, func(v string) intent.Intent {
			return intent.SettleConflict{ID: a.ID, Choice: "=" + v, Seen: a.Seen}
		}))
	case intent.SettleConflict:
		return r.settle(a)
	case intent.SetPassword:
		r.dialogs.close(r.dialogs.top())
		return r.open(a.Password)
	case intent.ReadEvent:
		r.push(dialog.EventNote(r.ui, a.Event))
	case intent.GoTask:
		r.goTask(a.Task)
	case intent.OpenEntry:
		r.push(dialog.Revision(r.ui, a.Entry, a.Entry.Revision == r.feed.snap.Revision))
	case intent.ReadChange:
		r.push(dialog.NewChange(r.ui, a.Entry, a.Change))
	case intent.AskRestore:
		r.dialogs.close(r.dialogs.top())
		r.push(dialog.Restore(r.ui, a.Entry))
	case intent.Restore:
		return r.restore(a.Entry)
	case intent.Reverse:
		return r.reverse(a.Entry)
	case intent.OpenAsk:
		r.push(dialog.NewAsk(r.ui, a.Ask, a.Copy))
	case intent.AnswerAsk:
		return r.answerAsk(a)
	case intent.ReadNote:
		r.openNote(a.Title, a.Err)
	case intent.ReadText:
		r.push(dialog.NewNote(r.ui, a.Title, [2]string{a.Text, ""}))
	case intent.AcceptMass:
		return r.force()
	case intent.RefuseMass:
		return r.refuseMass()
	case intent.QuitNow:
		return r.leave()
	}
	return nil
}

// edit asks for a new value of a field of tasks, or says why it cannot be changed.
func (r *console) edit(ids []string, field string, typed bool) tea.Cmd {
	d, why := dialog.Edit(r.ui, ids, field, typed)
	if d == nil {
		r.say(why, true)
		return r.startTick()
	}
	r.push(d)
	return nil
}

// Change writes a value into the tasks.
func (r *stage) Change(a intent.SetField) tea.Cmd {
	u := r.ui
	name, field := u.RowName(a.Tasks[0]), u.FieldOf(a.Tasks[0], a.Field)
	if seen, known := a.Seen[a.Tasks[0]]; known && len(a.Tasks) == 1 && seen == a.Value {
		r.dialogs.close(r.typed())
		r.say(u.Say("tui.done.same"), false)
		return r.startTick()
	}
	if len(a.Tasks) > dialog.ManyRows && !a.Sure {
		r.push(dialog.NewMany(u, a))
		return nil
	}
	edits := make([]syncer.Edit, len(a.Tasks))
	for i, id := range a.Tasks {
		edits[i] = syncer.Edit{Kind: a.Kind, Task: id, Field: a.Field, Value: a.Value, KeepBoth: a.KeepBoth}
		if seen, known := a.Seen[id]; known {
			edits[i].Seen = syncer.Saw(seen)
		}
	}
	note := u.Say("tui.done.changed", "Task", name, "Field", field, "Value", u.Short(a.Value))
	if len(a.Tasks) > 1 {
		note = u.Say("tui.done.changed_many", "Count", len(a.Tasks), "Field", field, "Value", u.Short(a.Value))
		clear(r.marks())
	}
	return r.submit(a, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Change(ctx, edits)
		note := r.waitingNote(note, rep)
		if n := len(rep.Moved); n > 0 {
			return u.Say("tui.moved.kept", "Count", n), "", err
		}
		if err == nil && len(edits) == 1 {
			note = r.doubtNote(note, b, edits[0].Task, rep)
		}
		return note, "", err
	})
}

// doubtNote adds what a person should look at in the row that was just changed.
func (r *console) doubtNote(note string, b Backend, id string, rep syncer.Report) string {
	for _, d := range b.Snapshot().Ledger.Doubts(id, rep.FieldsOf(id)) {
		note = r.ui.Say("tui.done.doubt", "Note", note, "Doubt", d)
	}
	return note
}

// waitingNote adds that a value is not in the workbook yet.
func (r *console) waitingNote(note string, rep syncer.Report) string {
	if rep.Waiting {
		return r.ui.Say("tui.done.waiting", "Note", note)
	}
	return note
}

func (r *console) add(a intent.AddTask) tea.Cmd {
	note := r.ui.Say("tui.done.added", "Title", r.ui.Short(a.Values[ledger.FieldTitle]))
	return r.request(r.ui.Say("tui.op.save"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		id, rep, err := b.Add(ctx, a.Values)
		return r.doubtNote(r.waitingNote(note, rep), b, id, rep), id, err
	})
}

func (r *console) record(a intent.AddEvent) tea.Cmd {
	note := r.ui.Say("tui.done.recorded", "Topic", r.ui.Short(a.Values[ledger.EventTopic]))
	return r.request(r.ui.Say("tui.op.save"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		id, rep, err := b.Record(ctx, a.Kind, a.Values)
		return r.doubtNote(r.waitingNote(note, rep), b, id, rep), "", err
	})
}

// changeEvent corrects an event, or a row of a register: of its values only those that differ from what was
// seen.
func (r *console) changeEvent(a intent.ChangeEvent) tea.Cmd {
	u := r.ui
	var edits []syncer.Edit
	for _, field := range slices.Sorted(maps.Keys(a.Values)) {
		if a.Values[field] != a.Seen[field] {
			edits = append(edits, syncer.Edit{Kind: a.Kind, Task: a.ID, Field: field, Value: a.Values[field],
				Seen: syncer.Saw(a.Seen[field])})
		}
	}
	if len(edits) == 0 {
		r.dialogs.close(r.typed())
		r.say(u.Say("tui.done.same"), false)
		return r.startTick()
	}
	return r.submit(a, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Change(ctx, edits)
		return r.doubtNote(r.waitingNote(u.Say("tui.done.corrected", "Count", len(edits)), rep), b, a.ID, rep), "", err
	})
}

// delete deletes rows that the person has seen and agreed to.
func (r *console) delete(a intent.DeleteRows) tea.Cmd {
	u := r.ui
	return r.request(u.Say("tui.op.delete"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		rep, err := b.Delete(ctx, a.Rows)
		return r.waitingNote(u.Say("tui.done.deleted", "What", u.Clean(syncer.Describe(rep.Changes).In(u.Lang))), rep),
			"", err
	})
}

// rowsHere are the rows that a deletion would be about, by id.
func (r *stage) rowsHere() []string {
	if s, ok := r.current().(interface{ Rows() []string }); ok {
		return s.Rows()
	}
	return r.current().Target().IDs()
}

// syncNow makes a pass.
func (r *console) syncNow() tea.Cmd {
	if r.feed.backend == nil {
		return nil
	}
	u := r.ui
	return r.request(u.Say("tui.op.sync"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Sync(ctx)
		note := u.Say("tui.done.synced", "Count", len(kit.RowsOnce(rep.Changes)))
		return r.waitingNote(note, rep), "", err
	})
}

// undo reverses the last change of mine, and says what it was.
func (r *stage) undo() tea.Cmd {
	return r.back(r.ui.Say("tui.op.undo"), "tui.done.undone", "tui.done.nothing_undone", Backend.Undo)
}

// redo takes the last undo back, and says what came back.
func (r *stage) redo() tea.Cmd {
	return r.back(r.ui.Say("tui.op.redo"), "tui.done.redone", "tui.done.nothing_redone", Backend.Redo)
}

// back goes a step back or forth in what the person did. The cursor returns to the
// rows, and where there are several, their marks do.
func (r *stage) back(label, done, nothing string, step func(Backend, context.Context) (syncer.Report, error)) tea.Cmd {
	u := r.ui
	var rows []string
	inRegister := r.screen == onRegisters
	cmd := r.request(label, nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := step(b, ctx)
		if errors.Is(err, syncer.ErrNothing) {
			return u.Say(nothing), "", nil
		}
		task := ""
		for _, c := range rep.Changes {
			if c.Kind == ledger.KindTasks && !inRegister || c.Kind == "" || inRegister && c.Kind == r.kindHere() {
				if task == "" {
					task = c.Task
				}
				if len(rows) == 0 || rows[len(rows)-1] != c.Task {
					rows = append(rows, c.Task)
				}
			}
		}
		return r.waitingNote(u.Say(done, "What", u.Clean(syncer.Describe(rep.Changes).In(u.Lang))), rep), task, err
	})
	o := r.jobs.open[r.jobs.seq]
	o.marks = &rows
	r.jobs.open[r.jobs.seq] = o
	return cmd
}

// settle settles a conflict.
func (r *console) settle(a intent.SettleConflict) tea.Cmd {
	u := r.ui
	return r.submit(a, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Resolve(ctx, syncer.Decision{Conflict: a.ID, Choice: a.Choice, Seen: syncer.Saw(a.Seen)})
		return r.waitingNote(u.Say("tui.done.settled", "Count", rep.Conflicts), rep), "", err
	})
}

// settleAll settles conflicts together.
func (r *console) settleAll(a intent.SettleAll) tea.Cmd {
	u := r.ui
	return r.request(u.Say("tui.op.save"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		rep, err := b.Resolve(ctx, a.Decisions...)
		return r.waitingNote(u.Say("tui.done.settled_all", "Count", len(a.Decisions), "Left", rep.Conflicts), rep), "",
			err
	})
}

// copyRow copies the rows as tab-separated lines, which a spreadsheet pastes into
// cells: a value with a line break or a tab stands in quotation marks.
func (r *stage) copyRow() tea.Cmd {
	u := r.ui
	var b strings.Builder
	cell := func(i int, v string) {
		if i > 0 {
			b.WriteByte('\t')
		}
		if strings.ContainsAny(v, "\t\n\r\"") {
			v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
		b.WriteString(v)
	}
	target := r.current().Target()
	for _, t := range target.Tasks {
		for i, c := range u.Index.Columns {
			cell(i, t.Text(c.Key))
		}
		b.WriteByte('\n')
	}
	for _, e := range target.Entries {
		for i, c := range e.Table.Columns {
			cell(i, e.Table.Get(e.Row, c.Key))
		}
		b.WriteByte('\n')
	}
	return r.copy(b.String(), u.Say("tui.copy.rows_name"), nil)
}

// copyMarkdown copies the rows as a table in Markdown, with the columns of their table.
func (r *stage) copyMarkdown() tea.Cmd {
	var b strings.Builder
	cell := func(s string) {
		s = strings.NewReplacer("|", `\|`, "\r\n", "<br>", "\n", "<br>").Replace(s)
		b.WriteString("| " + s + " ")
	}
	target := r.current().Target()
	columns := r.tasks.Columns()
	if len(target.Entries) > 0 {
		columns = r.registers.TableOf(target.Entries[0].Kind).Columns()
	}
	for _, c := range columns {
		cell(c.Title)
	}
	b.WriteString("|\n" + strings.Repeat("| --- ", len(columns)) + "|\n")
	row := func(text func(key string) string) {
		for _, c := range columns {
			cell(text(c.Key))
		}
		b.WriteString("|\n")
	}
	for _, t := range target.Tasks {
		row(func(key string) string { return r.ui.CellOf(t, key) })
	}
	for _, e := range target.Entries {
		row(func(key string) string { return r.ui.EntryCell(e, key) })
	}
	return r.copy(b.String(), r.ui.Say("tui.copy.rows_name"), nil)
}

// copyCell copies what stands under the cursor.
func (r *stage) copyCell() tea.Cmd {
	key := r.table().Column()
	v := ""
	if e := r.entryHere(); e != nil {
		v = r.ui.EntryCell(e, key)
	} else if t := r.current().Looked(); t != nil {
		v = r.ui.CellOf(t, key)
	} else {
		return nil
	}
	return r.copy(v, r.ui.Say("tui.copy.rows_name"), nil)
}
