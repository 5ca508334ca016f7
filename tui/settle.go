package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
)

// What waits for a person: the safety stop, and revisions to go back behind.

// openMass lets a person decide about a workbook in which many rows are gone.
func (r *root) openMass() {
	u := r.ui
	sentence, _ := u.why(r.snap.Trouble)
	d := newList(u, u.say("tui.mass.title"), []item{
		{label: u.say("tui.mass.later"), result: closed{}},
		{label: u.say("tui.mass.refuse"), result: refuseMass{}},
		{label: u.say("tui.mass.accept"), result: acceptMass{}},
	})
	d.note, d.wide = sentence+" "+u.say("tui.mass.note"), true
	r.push(d)
}

// force takes over a workbook in which many rows are gone.
func (r *root) force() tea.Cmd {
	u := r.ui
	return r.request(u.say("tui.op.sync"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Force(ctx)
		return r.waitingNote(u.say("tui.done.synced", "Count", len(rowsOnce(rep.Changes))), rep), "", err
	})
}

// refuseMass gives the workbook its rows back: what its save did becomes a
// revision, so that it stays in the history, and is reversed as a whole.
func (r *root) refuseMass() tea.Cmd {
	u := r.ui
	return r.request(u.say("tui.op.undo"), r.top(), func(ctx context.Context, b Backend) (string, string, error) {
		if _, err := b.Force(ctx); err != nil {
			return "", "", err
		}
		entries, err := b.Log(ctx, syncer.LogOptions{Max: 20})
		if err != nil {
			return "", "", err
		}
		for _, e := range entries {
			if e.Source == syncer.SourceWorkbook && gone(e) > 0 {
				rep, err := b.UndoRevision(ctx, e.Revision)
				return r.waitingNote(u.say("tui.done.refused", "Count", gone(e)), rep), "", err
			}
		}
		return u.say("tui.done.synced", "Count", 0), "", nil
	})
}

// gone counts the rows that a revision deleted.
func gone(e syncer.Entry) int {
	n := 0
	for _, c := range rowsOnce(e.Changes) {
		if c.What == "deleted" {
			n++
		}
	}
	return n
}

// reverse takes back what one revision changed, whoever made it.
func (r *root) reverse(e syncer.Entry) tea.Cmd {
	u := r.ui
	r.dialogs = nil // the list they show is of before
	return r.request(u.say("tui.op.undo"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.UndoRevision(ctx, e.Revision)
		return r.waitingNote(u.say("tui.done.undone", "What", u.Clean(syncer.Describe(rep.Changes).In(u.lang))), rep), "", err
	})
}

// goTask puts the cursor of the task table on a task. A filter that hides it is
// taken off.
func (r *root) goTask(id string) {
	n, ok := r.ui.x.Find(id)
	if !ok {
		r.say(r.ui.say("tui.why.task_gone"), true)
		return
	}
	r.dialogs = nil
	r.screen = onTasks
	s := r.tasks
	if s.match != nil && !s.match.Has(n) {
		s.filter.Clear()
		s.rematch()
	}
	s.relist(id)
}

// openNote shows a sentence in full, and what to do.
func (r *root) openNote(title string, err error) {
	u := r.ui
	sentence, hint := u.why(err)
	d := &noteDialog{ui: u, title: u.Clean(title), rows: [][2]string{{sentence, ""}}}
	if hint != "" {
		d.rows = append(d.rows, [2]string{"", ""}, [2]string{u.say("tui.load.hint", "Hint", hint), ""})
	}
	r.push(d)
}
