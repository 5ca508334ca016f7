package tui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/screen"
	"taizhang/tui/theme"
)

// The messages that commands come back with.
type (
	tickMsg   struct{}
	pulseMsg  struct{}
	openedMsg struct {
		op      int
		backend Backend
		snap    *syncer.Snapshot
		opt     *Options // what the settings say by now, nil if they stay
		err     error
	}
	snapshotMsg   struct{ snap *syncer.Snapshot }
	watchEndedMsg struct{ err error }
	preparedMsg   struct{ screen.Prepared }
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
	load, inForce, ctx := r.opt.Load, r.opt.InForce, r.ctx
	id := r.jobs.begin(r.ui.Say("tui.op.open"), nil, r.ui.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		if load == nil {
			return openedMsg{op: id, err: errNoBackend}
		}
		b, err := load(ctx, password)
		if err != nil {
			return openedMsg{op: id, err: err}
		}
		m := openedMsg{op: id, backend: b, snap: b.Snapshot()}
		if inForce != nil {
			m.opt = new(Options)
			inForce(m.opt)
		}
		return m
	})
}

var (
	errNoBackend  = errors.New("no ledger and no way to open one was given")
	errNotOffered = &msg.Error{Text: msg.New("tui.why.not_offered")}
)

// attach takes the backend that Run was given.
func (r *console) attach() tea.Cmd {
	b := r.feed.backend
	return func() tea.Msg { return openedMsg{backend: b, snap: b.Snapshot()} }
}

// opened begins to follow a ledger, or says why it could not be opened.
func (r *root) opened(m openedMsg) tea.Cmd {
	r.jobs.end(m.op)
	if m.err != nil {
		r.phase, r.failure = failed, m.err
		return r.failedOpen(m.err)
	}
	r.feed.backend = m.backend
	if m.opt != nil {
		r.follows(*m.opt)
	}
	updates, ctx := r.feed.updates, r.ctx
	watch := func() tea.Msg {
		return watchEndedMsg{m.backend.Watch(ctx, func(s *syncer.Snapshot) { offer(ctx, updates, s) })}
	}
	return tea.Batch(watch, r.took(m.snap), r.Next())
}

// follows takes what the settings say.
func (r *root) follows(s Options) {
	o, u := &r.opt, r.ui
	o.Lang, o.Theme, o.NoColor, o.ReadOnly = s.Lang, s.Theme, s.NoColor, s.ReadOnly
	o.Columns, o.Keys, o.DueSoonDays, o.Views = s.Columns, s.Keys, s.DueSoonDays, s.Views
	o.Author, o.Bell, o.File, o.Notice = s.Author, s.Bell, s.File, s.Notice
	o.Rules = s.Rules
	if o.NoColor {
		o.Theme = "none"
	}
	u.Lang, u.ReadOnly, u.Wished, u.Soon = o.Lang, o.ReadOnly, o.Columns, cmp.Or(max(o.DueSoonDays, 0), 30)
	u.Theme = theme.New(o.Theme, r.dark)
	r.keys = makeKeymap(r.actions, o.Keys)
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

// Next waits for a snapshot.
func (r *console) Next() tea.Cmd {
	updates, ctx := r.feed.updates, r.ctx
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
func (r *stage) prepare() tea.Cmd {
	r.feed.building = true
	snap, news := r.feed.snap, slices.Clone(r.feed.news.entries)
	sorting, query := r.tasks.Sorting, r.tasks.Filter.Value()
	measure := r.ui.Measure
	sortings := map[string]index.Sorting{}
	filters := map[string]string{}
	for _, kind := range r.registers.Kinds() {
		t := r.registers.TableOf(kind)
		sortings[kind], filters[kind] = t.Sorting, t.Filter.Value()
	}
	return func() tea.Msg {
		x := index.Build(snap, news)
		p := screen.Prepared{Index: x, Order: x.Order(sorting), Matcher: index.NewMatcher(x),
			Widths: screen.Widths(measure, x)}
		p.Matcher.Match(index.Parse(query)) // what is found here is kept for the screen
		for _, reg := range x.Registers {
			p.Registers = append(p.Registers, screen.PrepareRegister(measure, reg, sortings[reg.Def.Kind],
				filters[reg.Def.Kind]))
		}
		return preparedMsg{p}
	}
}

// request asks the backend for something; do runs away from the interface. The
// dialog d stays open until it is done, and shows why it failed.
func (r *console) request(label string, d dialog.Dialog, do func(context.Context, Backend) (note, task string,
	err error)) tea.Cmd {
	id := r.jobs.begin(label, d, r.ui.Now())
	b, ctx := r.feed.backend, r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg {
		note, task, err := do(ctx, b)
		return doneMsg{op: id, snap: b.Snapshot(), err: err, note: note, task: task}
	})
}

// submit is request for an intent over values that a person saw: if they moved, the
// person is asked what is to become of what they typed.
func (r *console) submit(asked intent.Intent, do func(context.Context, Backend) (note, task string,
	err error)) tea.Cmd {
	cmd := r.request(r.ui.Say("tui.op.save"), r.dialogs.top(), do)
	o := r.jobs.open[r.jobs.seq]
	o.asked, o.closes = asked, r.typed()
	r.jobs.open[r.jobs.seq] = o
	return cmd
}

// done takes what a request came back with.
func (r *stage) done(m doneMsg) tea.Cmd {
	o := r.jobs.end(m.op)
	var moved *syncer.MovedError
	if o.asked != nil && errors.As(m.err, &moved) {
		if o.dialog != nil {
			o.dialog.Wait(false, "", "")
		}
		if _, asks := r.dialogs.top().(*dialog.Moved); asks {
			r.dialogs.close(r.dialogs.top()) // they moved once more
		}
		r.push(dialog.NewMoved(r.ui, o.asked, moved.Values))
	} else if m.err != nil {
		sentence, hint := r.ui.Why(m.err)
		if o.dialog != nil && r.dialogs.has(o.dialog) {
			o.dialog.Wait(false, sentence, hint)
			var at *ledger.FieldError
			if form, ok := o.dialog.(*dialog.Form); ok && errors.As(m.err, &at) {
				form.Blame(at.Field)
			}
		} else {
			r.fail(m.err)
		}
	} else {
		if o.dialog != nil {
			o.dialog.Wait(false, "", "")
			if o.closes != nil {
				o.dialog = o.closes
			}
			r.dialogs.close(o.dialog)
		}
		if o.made != nil && *o.made != "" {
			r.made = *o.made
		}
		if m.note != "" {
			r.say(m.note, false)
		}
		if m.task != "" {
			r.tasks.Wanted, r.registers.Wanted = m.task, m.task
		}
		if o.marks != nil && len(*o.marks) > 1 {
			if list, ok := r.current().(screen.Marker); ok {
				for _, id := range *o.marks {
					list.Marked()[id] = true
				}
			}
		}
	}
	return r.took(m.snap)
}

// pulse comes once a second, all the time: a share may stop to answer while
// nobody has asked it for anything.
func pulse() tea.Cmd {
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return pulseMsg{} })
}
