package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/index"
)

// The messages that commands come back with.
type (
	tickMsg   struct{}
	pulseMsg  struct{}
	openedMsg struct {
		op      int
		backend Backend
		snap    *syncer.Snapshot
		err     error
	}
	snapshotMsg   struct{ snap *syncer.Snapshot }
	watchEndedMsg struct{ err error }
	preparedMsg   struct{ prepared }
	orderMsg      struct {
		x     *index.Index
		order *index.Order
	}
	doneMsg struct {
		op   int
		snap *syncer.Snapshot
		err  error
		note string // what was done, in words
		task string // the task to put the cursor on, "" for none
	}
)

// open opens the ledger.
func (r *root) open(password string) tea.Cmd {
	r.phase, r.failure, r.password = loading, nil, password
	load, ctx := r.ui.opt.Load, r.ctx
	id := r.begin(r.ui.say("tui.op.open"), nil)
	return tea.Batch(r.startTick(), func() tea.Msg {
		if load == nil {
			return openedMsg{op: id, err: errNoBackend}
		}
		b, err := load(ctx, password)
		if err != nil {
			return openedMsg{op: id, err: err}
		}
		return openedMsg{op: id, backend: b, snap: b.Snapshot()}
	})
}

var errNoBackend = errors.New("no ledger and no way to open one was given")

// attach takes the backend that Run was given.
func (r *root) attach() tea.Cmd {
	b := r.backend
	return func() tea.Msg { return openedMsg{backend: b, snap: b.Snapshot()} }
}

// opened begins to follow a ledger, or says why it could not be opened.
func (r *root) opened(m openedMsg) tea.Cmd {
	delete(r.ops, m.op)
	if m.err != nil {
		r.phase, r.failure = failed, m.err
		return r.failedOpen(m.err)
	}
	r.backend = m.backend
	updates, ctx := r.updates, r.ctx
	watch := func() tea.Msg {
		return watchEndedMsg{m.backend.Watch(ctx, func(s *syncer.Snapshot) { offer(ctx, updates, s) })}
	}
	return tea.Batch(watch, r.took(m.snap), r.next())
}

// offer puts the newest snapshot where next finds it, in place of an older one
// that nobody has taken yet.
func offer(ctx context.Context, updates chan *syncer.Snapshot, s *syncer.Snapshot) {
	for {
		select {
		case updates <- s:
			return
		case <-ctx.Done():
			return
		default:
		}
		select {
		case <-updates:
		default:
		}
	}
}

// next waits for a snapshot.
func (r *root) next() tea.Cmd {
	updates, ctx := r.updates, r.ctx
	return func() tea.Msg {
		select {
		case s := <-updates:
			return snapshotMsg{s}
		case <-ctx.Done():
			return nil
		}
	}
}

// prepare makes the index of the newest snapshot, in the background.
func (r *root) prepare() tea.Cmd {
	r.building = true
	snap := r.snap
	sorting, query := r.tasks.sorting, r.tasks.filter.Value()
	return func() tea.Msg {
		x := index.Build(snap)
		p := prepared{x: x, order: x.Order(sorting), matcher: index.NewMatcher(x)}
		p.matcher.Match(index.Parse(query)) // what is found here is kept for the screen
		return preparedMsg{p}
	}
}

// begin notes that the backend is at work.
func (r *root) begin(label string, d dialog) int {
	r.opSeq++
	r.ops[r.opSeq] = op{label: label, since: r.ui.now(), dialog: d}
	if d != nil {
		d.wait(true, "", "")
	}
	return r.opSeq
}

// request asks the backend for something; do runs away from the interface. The
// dialog d stays open until it is done, and shows why it failed.
func (r *root) request(label string, d dialog, do func(context.Context, Backend) (note, task string, err error)) tea.Cmd {
	id := r.begin(label, d)
	b, ctx := r.backend, r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg {
		note, task, err := do(ctx, b)
		return doneMsg{op: id, snap: b.Snapshot(), err: err, note: note, task: task}
	})
}

// done takes what a request came back with.
func (r *root) done(m doneMsg) tea.Cmd {
	o := r.ops[m.op]
	delete(r.ops, m.op)
	if m.err != nil {
		sentence, hint := r.ui.why(m.err)
		if o.dialog != nil && r.isOpen(o.dialog) {
			o.dialog.wait(false, sentence, hint)
		} else {
			r.fail(m.err)
		}
	} else {
		if o.dialog != nil {
			o.dialog.wait(false, "", "")
			r.close(o.dialog)
		}
		if m.note != "" {
			r.say(m.note, false)
		}
		if m.task != "" {
			r.tasks.wanted = m.task
		}
	}
	return r.took(m.snap)
}

func (r *root) isOpen(d dialog) bool {
	for _, o := range r.dialogs {
		if o == d {
			return true
		}
	}
	return false
}

// startTick wakes the screen while something runs or a message stands.
func (r *root) startTick() tea.Cmd {
	if r.tick {
		return nil
	}
	r.tick = true
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return tickMsg{} })
}

func (r *root) ticked() tea.Cmd {
	r.tick = false
	r.spin++
	if r.toast != "" && r.ui.now().After(r.toastUntil) {
		r.toast = ""
	}
	if len(r.ops) > 0 || r.toast != "" || r.phase == loading {
		return r.startTick()
	}
	return nil
}

// pulse comes once a second, all the time: a share may stop to answer while
// nobody has asked it for anything.
func pulse() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return pulseMsg{} })
}

// felt notes whether the folder answers.
func (r *root) felt() {
	r.mute = 0
	if r.backend != nil {
		if d := r.backend.Busy(); d >= syncer.Patience {
			r.mute = d
		}
	}
}

// running is what the backend has been doing for longer than a moment; percent
// is 0 where nobody knows how far it is.
func (r *root) running() (label string, since time.Duration, percent int) {
	for _, o := range r.ops {
		if d := r.ui.now().Sub(o.since); d > since && d >= 500*time.Millisecond {
			label, since, percent = o.label, d, 0
			if o.portion != nil {
				percent = int(o.portion.percent.Load())
			}
		}
	}
	return label, since, percent
}
