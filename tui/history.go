package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/kit"
)

// resting is how long the cursor must stay before a history is asked for.
const resting = 150 * time.Millisecond

// historyMax is how many entries of a task's history are shown.
const historyMax = 50

type (
	restMsg    struct{ task string }
	historyMsg struct {
		seq     uint64
		task    string
		entries []syncer.Entry
	}
	logMsg struct {
		op      int
		entries []syncer.Entry
		err     error
	}
)

// Looked is the task whose details are on the screen, "" if there is none.
func (r *root) Looked() string {
	if r.phase != ready || r.ui.Index == nil || r.feed.backend == nil {
		return ""
	}
	if t := r.current().Looked(); t != nil {
		return t.ID
	}
	if e := r.entryHere(); e != nil {
		return e.ID
	}
	return ""
}

// follow waits for the cursor to rest on a task whose history is not known.
func (r *root) follow() tea.Cmd {
	past := &r.ui.Past
	task := r.Looked()
	if task == "" || past.Asking || past.Resting == task {
		return nil
	}
	if _, known := r.ui.History(task); known {
		return nil
	}
	past.Resting = task
	return tea.Tick(r.rest, func(time.Time) tea.Msg { return restMsg{task} })
}

// rested asks for the history of the task that the cursor rested on.
func (r *root) rested(m restMsg) tea.Cmd {
	past := &r.ui.Past
	if past.Resting == m.task {
		past.Resting = ""
	}
	if past.Asking || r.Looked() != m.task {
		return nil
	}
	past.Asking = true
	b, ctx, seq := r.feed.backend, r.ctx, r.ui.Index.Snap.Seq
	return func() tea.Msg {
		// What cannot be read is shown as empty: the sync screen tells of damage.
		entries, _ := b.Log(ctx, syncer.LogOptions{Task: m.task, Max: historyMax})
		return historyMsg{seq, m.task, entries}
	}
}

func (r *console) tookHistory(m historyMsg) {
	past := &r.ui.Past
	past.Asking = false
	if r.ui.Index == nil || m.seq != r.ui.Index.Snap.Seq {
		return
	}
	if past.Seq != m.seq || past.Of == nil || len(past.Of) > 1000 {
		past.Seq, past.Of = m.seq, map[string][]syncer.Entry{}
	}
	past.Of[m.task] = kit.Brief(m.entries)
}

// historyMaxAll is how many entries the list of all history shows.
const historyMaxAll = 500

// openHistory asks for the whole history; it is shown when it comes.
func (r *console) openHistory() tea.Cmd {
	id := r.jobs.begin(r.ui.Say("tui.op.history"), nil, r.ui.Now())
	b, ctx := r.feed.backend, r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg {
		entries, err := b.Log(ctx, syncer.LogOptions{Max: historyMaxAll})
		return logMsg{id, entries, err}
	})
}

func (r *console) tookLog(m logMsg) tea.Cmd {
	u := r.ui
	r.jobs.end(m.op)
	if m.err != nil {
		r.fail(m.err)
		return r.startTick()
	}
	d := dialog.History(u, m.entries)
	if d == nil {
		r.say(u.Say("tui.overview.no_changes"), false)
		return r.startTick()
	}
	r.push(d)
	return nil
}

func (r *console) restore(e syncer.Entry) tea.Cmd {
	u := r.ui
	r.dialogs = nil // the list they show is of before
	return r.request(u.Say("tui.op.restore"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Restore(ctx, e.Revision)
		return r.waitingNote(u.Say("tui.done.restored", "At", u.Stamp(e.Time), "Count", len(kit.RowsOnce(rep.Changes))),
			rep), "", err
	})
}
