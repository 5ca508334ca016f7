package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// patience is how long a workbook may be missing or half-written before a word
// is said: a save of another program is over sooner.
const patience = 3 * time.Second

// watcher says what happens to a ledger that is kept in step without a screen:
// each thing once, when it happens.
type watcher struct {
	a      *app
	last   *syncer.Snapshot
	copies int       // of the inbox that were reported
	told   string    // the trouble that was told, "" if there is none
	since  time.Time // when the trouble began
}

// watch keeps the workbook in step until the user interrupts.
func (a *app) watch(ctx context.Context, s books) error {
	a.Line(a.Say("cmd.watching", "File", a.called(s.Snapshot())))
	w := &watcher{a: a, last: s.Snapshot(), copies: len(s.Snapshot().Inbox)}
	err := s.Watch(ctx, w.show)
	a.left(s.Snapshot())
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

func (w *watcher) show(n *syncer.Snapshot) {
	a := w.a
	for _, c := range n.Inbox[min(w.copies, len(n.Inbox)):] {
		a.CopyText(n, c)
	}
	w.copies = len(n.Inbox)
	recovered := w.trouble(n.Trouble)
	if recovered || n.Revision != w.last.Revision || w.waitsOtherwise(n) {
		a.Line(a.Say("cmd.watch_line", "Time", time.Now().Format(time.TimeOnly), "Revision", print.Short(n.Revision),
			"Waiting", len(n.Waiting)))
		if fresh := w.fresh(n); len(fresh) > 0 {
			a.LogText(n, fresh)
		}
		if len(n.Waiting) > 0 {
			a.StateOfSync(n)
		}
	}
	if len(n.Conflicts) > 0 && len(n.Conflicts) != len(w.last.Conflicts) {
		a.Line(a.Say("cmd.conflict_count", "Count", len(n.Conflicts)))
	}
	if fresh := newAsks(w.last.Asks, n.Asks); len(fresh) > 0 {
		a.AsksText(n, fresh)
	}
	w.last = n
}

// trouble tells what the last pass met, once; it reports whether what had been
// told is over.
func (w *watcher) trouble(err error) (recovered bool) {
	if err == nil {
		recovered = w.told != ""
		w.told, w.since = "", time.Time{}
		return recovered
	}
	if w.since.IsZero() {
		w.since = time.Now()
	}
	sentence, _ := msg.Explain(w.a.Lang, err)
	if sentence == w.told || errors.Is(err, syncer.ErrMissing) && time.Since(w.since) < patience {
		return false
	}
	w.told = sentence
	w.a.Warn(err)
	return false
}

// waitsOtherwise reports whether something else waits, or for somebody else.
func (w *watcher) waitsOtherwise(n *syncer.Snapshot) bool {
	if len(n.Waiting) != len(w.last.Waiting) {
		return true
	}
	return len(n.Waiting) > 0 && ownerName(n) != ownerName(w.last)
}

func ownerName(n *syncer.Snapshot) string {
	if n.Owner == nil {
		return ""
	}
	return n.Owner.Program + " " + n.Owner.Name
}

// fresh is the entries of the log that the last snapshot did not have, latest
// first.
func (w *watcher) fresh(n *syncer.Snapshot) []syncer.Entry {
	var out []syncer.Entry
	for _, e := range n.Latest {
		if !e.IsEmpty() && !slices.ContainsFunc(w.last.Latest,
			func(o syncer.Entry) bool { return o.Revision == e.Revision }) {
			out = append(out, e)
		}
	}
	return out
}

func newAsks(old, now []syncer.Ask) []syncer.Ask {
	var out []syncer.Ask
	for _, q := range now {
		if !slices.ContainsFunc(old, func(o syncer.Ask) bool { return o.ID == q.ID }) {
			out = append(out, q)
		}
	}
	return out
}
