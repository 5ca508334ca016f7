package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// What waits for a person: the safety stop, and revisions to go back behind.

// openMass lets a person decide about a workbook in which many rows are gone.
func (r *console) openMass() {
	u := r.ui
	sentence, _ := u.Why(r.feed.snap.Trouble)
	d := dialog.NewList(u, u.Say("tui.mass.title"), []dialog.Item{
		{Label: u.Say("tui.mass.later"), Result: intent.Closed{}},
		{Label: u.Say("tui.mass.refuse"), Result: intent.RefuseMass{}},
		{Label: u.Say("tui.mass.accept"), Result: intent.AcceptMass{}},
	})
	d.Note, d.Wide = sentence+" "+u.Say("tui.mass.note"), true
	r.push(d)
}

// force takes over a workbook in which many rows are gone.
func (r *console) force() tea.Cmd {
	u := r.ui
	return r.request(u.Say("tui.op.sync"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		rep, err := b.Force(ctx)
		return r.waitingNote(u.Say("tui.done.synced", "Count", len(kit.RowsOnce(rep.Changes))), rep), "", err
	})
}

// refuseMass gives the workbook the rows back that are gone from it.
func (r *console) refuseMass() tea.Cmd {
	u := r.ui
	return r.request(u.Say("tui.op.undo"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		rows, rep, err := b.Refuse(ctx)
		return r.waitingNote(u.Say("tui.done.refused", "Count", rows), rep), "", err
	})
}

// reverse takes back what one revision changed, whoever made it.
func (r *console) reverse(e syncer.Entry) tea.Cmd {
	u := r.ui
	r.dialogs = nil // the list they show is of before
	return r.request(u.Say("tui.op.undo"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.UndoRevision(ctx, e.Revision)
		return r.waitingNote(u.Say("tui.done.undone", "What", u.Clean(syncer.Describe(rep.Changes).In(u.Lang))), rep),
			"", err
	})
}

// goTask puts the cursor of the task table on a task. A filter that hides it is
// taken off.
func (r *root) goTask(id string) {
	n, ok := r.ui.Index.Find(id)
	if !ok {
		if r.ui.Entry(id) != nil {
			r.handle(intent.GoEntry{ID: id})
			return
		}
		r.say(r.ui.Say("tui.why.task_gone"), true)
		return
	}
	r.dialogs = nil
	r.screen = onTasks
	r.tasks.Go(n)
}

// openNote shows a sentence in full, and what to do.
func (r *console) openNote(title string, err error) {
	u := r.ui
	sentence, hint := u.Why(err)
	rows := [][2]string{{sentence, ""}}
	if hint != "" {
		rows = append(rows, [2]string{"", ""}, [2]string{u.Say("tui.load.hint", "Hint", hint), ""})
	}
	r.push(dialog.NewNote(u, title, rows...))
}

// openConflict shows the values of a conflict beside each other, to choose one.
func (r *root) openConflict(id string) {
	i := slices.IndexFunc(r.feed.snap.Conflicts, func(c syncer.Conflict) bool { return c.ID == id })
	if i < 0 {
		return
	}
	r.push(dialog.NewConflict(r.ui, r.feed.snap.Conflicts[i], len(r.feed.snap.Conflicts)-1, canChange(r)))
}

func (r *console) answerAsk(a intent.AnswerAsk) tea.Cmd {
	u := r.ui
	return r.request(u.Say("tui.op.save"), r.dialogs.top(), func(ctx context.Context, b Backend) (string, string,
		error) {
		rep, err := b.Answer(ctx, a.Ask, a.Task)
		return r.waitingNote(u.Say("tui.done.answered", "Count", len(kit.RowsOnce(rep.Changes))), rep), "", err
	})
}
