package tui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// histories keeps what happened to the tasks that were looked at. A task's
// history is asked for when the cursor has rested on it for a moment, so that
// running down a table asks for nothing; what came is good until the ledger
// changes.
type histories struct {
	seq     uint64
	of      map[string][]syncer.Entry // by task
	resting string                    // the task whose rest is being waited for
	asking  bool                      // one at a time
}

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

// history is what happened to a task, as far as it is known yet.
func (u *ui) history(task string) (entries []syncer.Entry, known bool) {
	if u.x == nil || u.past.seq != u.x.Snap.Seq {
		return nil, false
	}
	entries, known = u.past.of[task]
	return entries, known
}

// looked is the task whose details are on the screen, "" if there is none.
func (r *root) looked() string {
	if r.phase != ready || r.ui.x == nil || r.backend == nil {
		return ""
	}
	if t := r.current().looked(); t != nil {
		return t.ID
	}
	return ""
}

// follow waits for the cursor to rest on a task whose history is not known.
func (r *root) follow() tea.Cmd {
	past := &r.ui.past
	task := r.looked()
	if task == "" || past.asking || past.resting == task {
		return nil
	}
	if _, known := r.ui.history(task); known {
		return nil
	}
	past.resting = task
	return tea.Tick(r.rest, func(time.Time) tea.Msg { return restMsg{task} })
}

// rested asks for the history of the task that the cursor rested on.
func (r *root) rested(m restMsg) tea.Cmd {
	past := &r.ui.past
	if past.resting == m.task {
		past.resting = ""
	}
	if past.asking || r.looked() != m.task {
		return nil
	}
	past.asking = true
	b, ctx, seq := r.backend, r.ctx, r.ui.x.Snap.Seq
	return func() tea.Msg {
		// What cannot be read is shown as empty: the sync screen tells of damage.
		entries, _ := b.Log(ctx, syncer.LogOptions{Task: m.task, Max: historyMax})
		return historyMsg{seq, m.task, entries}
	}
}

func (r *root) tookHistory(m historyMsg) {
	past := &r.ui.past
	past.asking = false
	if r.ui.x == nil || m.seq != r.ui.x.Snap.Seq {
		return
	}
	if past.seq != m.seq || past.of == nil || len(past.of) > 1000 {
		past.seq, past.of = m.seq, map[string][]syncer.Entry{}
	}
	past.of[m.task] = brief(m.entries)
}

// historyMaxAll is how many entries the list of all history shows.
const historyMaxAll = 500

// openHistory asks for the whole history; it is shown when it comes.
func (r *root) openHistory() tea.Cmd {
	id := r.begin(r.ui.say("tui.op.history"), nil)
	b, ctx := r.backend, r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg {
		entries, err := b.Log(ctx, syncer.LogOptions{Max: historyMaxAll})
		return logMsg{id, entries, err}
	})
}

func (r *root) tookLog(m logMsg) tea.Cmd {
	u := r.ui
	delete(r.ops, m.op)
	if m.err != nil {
		r.fail(m.err)
		return r.startTick()
	}
	var items []item
	for _, e := range brief(m.entries) {
		items = append(items, item{label: u.stamp(e.Time) + "  " + u.Fit(u.author(e), 10), value: u.entryLine(e), result: openEntry{e}})
	}
	if len(items) == 0 {
		r.say(u.say("tui.overview.no_changes"), false)
		return r.startTick()
	}
	d := newList(u, u.say("tui.history.title", "Count", len(items)), items)
	d.search, d.wide = true, true
	r.push(d)
	return nil
}

// openEntry shows what a revision changed, and offers to return to it.
func (r *root) openEntry(e syncer.Entry) {
	u := r.ui
	why := canChange(r)
	restoreWhy := why
	if why == "" && e.Revision == r.snap.Revision {
		restoreWhy = u.say("tui.why.is_head")
	}
	if why == "" && len(e.Changes) == 0 {
		why = u.say("tui.why.no_changes")
	}
	items := []item{
		{label: u.say("tui.history.reverse"), why: why, result: reverse{e}},
		{label: u.say("tui.history.restore"), why: restoreWhy, result: askRestore{e}},
	}
	for _, c := range some(e.Changes) {
		l := u.historyLine(e, c)
		items = append(items, item{label: l.cells[0], value: join(l.cells[1], l.cells[2]), result: goTask{c.Task}})
	}
	d := newList(u, u.stamp(e.Time)+"  "+u.author(e)+"  "+u.source(e), items)
	d.wide = true
	r.push(d)
}

// some bounds the changes that a list shows.
func some(c []syncer.Change) []syncer.Change { return c[:min(len(c), 500)] }

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "  " + b
}

// askRestore makes sure before the ledger returns to an earlier state.
func (r *root) askRestore(e syncer.Entry) {
	u := r.ui
	d := newList(u, u.say("tui.history.restore"), []item{
		{label: u.say("tui.button.cancel"), result: closed{}},
		{label: u.say("tui.history.restore_yes", "At", u.stamp(e.Time)), result: restore{e}},
	})
	d.note, d.wide = u.say("tui.history.restore_hint", "At", u.stamp(e.Time)), true
	r.push(d)
}

func (r *root) restore(e syncer.Entry) tea.Cmd {
	u := r.ui
	r.dialogs = nil // the list they show is of before
	return r.request(u.say("tui.op.restore"), nil, func(ctx context.Context, b Backend) (string, string, error) {
		rep, err := b.Restore(ctx, e.Revision)
		return r.waitingNote(u.say("tui.done.restored", "At", u.stamp(e.Time), "Count", len(rowsOnce(rep.Changes))), rep), "", err
	})
}

// stamp is a moment to the minute; the year only where it is another one.
func (u *ui) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.Local()
	if t.Year() != u.now().Year() {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("01-02 15:04")
}

// author is who made a revision.
func (u *ui) author(e syncer.Entry) string {
	if a := u.Clean(e.Author); a != "" {
		return a
	}
	return u.say("tui.history.nobody")
}

// source is where a revision came from, in words.
func (u *ui) source(e syncer.Entry) string { return u.Clean(e.SourceText().In(u.lang)) }

// entryLine is a revision in a line: its changes, and where it came from.
func (u *ui) entryLine(e syncer.Entry) string {
	if len(e.Changes) == 0 {
		return u.source(e)
	}
	return u.entryChanges(e) + "  (" + u.source(e) + ")"
}

// entryChanges is the first change of a revision, and how many there are.
func (u *ui) entryChanges(e syncer.Entry) string {
	s := u.change(e.Changes[0])
	if n := len(e.Changes); n > 1 {
		s = u.say("tui.done.undone_more", "What", s, "Count", n)
	}
	return s
}

// pastOf is what a task's details say of its conflicts and its history.
func (u *ui) pastOf(t *ledger.Task) []detail {
	var out []detail
	for _, c := range u.x.Snap.Conflicts {
		if c.Task == t.ID {
			out = append(out, detail{conflictDetail, u.say("tui.detail.conflict"), u.say("tui.detail.conflict_values",
				"Field", u.conflictField(c), "Mine", u.short(c.Mine), "MineBy", u.Clean(c.MineBy), "Theirs", u.short(c.Theirs), "TheirsBy", u.Clean(c.TheirsBy))})
		}
	}
	entries, known := u.history(t.ID)
	label := u.say("tui.detail.history")
	if !known {
		return out
	}
	for _, e := range entries {
		for _, c := range e.Changes {
			what := u.stamp(e.Time) + " " + u.author(e) + " " + u.say("tui.detail.change", "Field", u.field(c.Field), "From", u.short(c.From), "To", u.short(c.To))
			if c.What == "added" {
				what = u.stamp(e.Time) + " " + u.author(e) + " " + u.say("tui.change.new")
			}
			out = append(out, detail{"", label, what})
			label = ""
		}
	}
	return out
}

// conflictDetail marks a detail that tells of a conflict.
const conflictDetail = "\x00conflict"

// brief makes one change of a row that came or went: the log has one for each
// of its values.
func brief(entries []syncer.Entry) []syncer.Entry {
	out := slices.Clone(entries)
	for i := range out {
		out[i].Changes = rowsOnce(out[i].Changes)
	}
	return out
}

func rowsOnce(changes []syncer.Change) []syncer.Change {
	var out []syncer.Change
	seen := map[string]bool{}
	for _, c := range changes {
		if c.What != "" {
			if key := c.What + " " + c.Kind + " " + c.Task; seen[key] {
				continue
			} else {
				seen[key] = true
			}
		}
		out = append(out, c)
	}
	return out
}
