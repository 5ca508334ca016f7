package tui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
)

// Remembered is what a person's dashboard keeps of a ledger from one run to the
// next.
type Remembered struct {
	Known []string  `json:"known"` // the newest revisions whose changes the person has looked at
	At    time.Time `json:"at"`    // when they left
	View  View      `json:"view"`  // how the task table stood
	// Registers is how the lists of registers stood that were not as they are at first.
	Registers []View `json:"registers,omitempty"`
}

// news are the changes of others that the person has not looked at yet.
type news struct {
	known   map[string]bool // revisions that were looked at or are in entries; nil: not recalled yet
	order   []string        // of known, newest first
	entries []syncer.Entry  // newest first
}

// recallMax is how many revisions are remembered, and how far back is looked.
const recallMax = 400

type recalledMsg struct {
	kept    Remembered
	entries []syncer.Entry
}

// recall asks what the person saw last, and what happened since.
func (r *console) recall() tea.Cmd {
	b, ctx, get, id := r.feed.backend, r.ctx, r.opt.Recall, r.ledgerID()
	if b == nil {
		return nil
	}
	return func() tea.Msg {
		var m recalledMsg
		if get != nil {
			m.kept, _ = get(ctx, id) // what cannot be read is as if nothing had been kept
		}
		m.entries, _ = b.Log(ctx, syncer.LogOptions{Max: recallMax})
		return m
	}
}

// ledgerID is what a ledger is remembered by.
func (r *console) ledgerID() string {
	if id := r.feed.snap.LedgerID; id != "" {
		return id
	}
	return r.feed.snap.Path
}

// recalled begins to tell what is new from what was seen. Who opens a ledger for
// the first time has not missed anything.
func (r *stage) recalled(m recalledMsg) tea.Cmd {
	n := &r.feed.news
	fresh := len(m.kept.Known) == 0
	seen := map[string]bool{}
	for _, id := range m.kept.Known {
		seen[id] = true
	}
	last := len(m.entries) - 1 // what is older than everything that was seen is not new
	for last >= 0 && !seen[m.entries[last].Revision] {
		last--
	}
	n.known = map[string]bool{}
	for i, e := range m.entries {
		n.known[e.Revision] = true
		n.order = append(n.order, e.Revision)
		if !fresh && i < last && !seen[e.Revision] && !r.isMine(e) {
			n.entries = append(n.entries, e)
		}
	}
	cmd := r.restoreViews(m.kept)
	if len(n.entries) > 0 {
		cmd = tea.Batch(cmd, r.took(r.feed.snap))
	}
	r.ui.News = n.entries
	return cmd
}

// isMine reports a change that the person made here.
func (r *console) isMine(e syncer.Entry) bool {
	return e.Source == syncer.SourceTerminal && e.Author == r.opt.Author
}

// hear notes what a snapshot brings that is new. It returns how many saves of
// others there are among it.
func (r *console) hear(s *syncer.Snapshot) int {
	n := &r.feed.news
	if n.known == nil {
		return 0
	}
	var came []syncer.Entry
	for _, e := range slices.Backward(s.Latest) {
		if n.known[e.Revision] {
			continue
		}
		n.known[e.Revision] = true
		n.order = slices.Insert(n.order, 0, e.Revision)
		if !r.isMine(e) && len(e.Changes) > 0 {
			came = slices.Insert(came, 0, e)
		}
	}
	n.entries = append(came, n.entries...)
	r.ui.News = n.entries
	return len(came)
}

// lookedUp takes all marks of what is new away.
func (r *stage) lookedUp() tea.Cmd {
	r.feed.news.entries, r.ui.News = nil, nil
	r.say(r.ui.Say("tui.done.seen"), false)
	keep := r.remember()
	return tea.Batch(r.took(r.feed.snap), func() tea.Msg { keep(); return nil })
}

// openNews lists what came since the person last looked.
func (r *console) openNews() {
	if d := dialog.History(r.ui, r.feed.news.entries); d != nil {
		r.push(d)
	}
}

func needsNews(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if len(r.feed.news.entries) == 0 {
		return r.ui.Say("tui.why.no_news")
	}
	return ""
}

// remember is what keeps that everything there is now was looked at.
func (r *stage) remember() (keep func()) {
	put, n := r.opt.Remember, r.feed.news
	if put == nil || n.known == nil || r.feed.snap == nil {
		return func() {}
	}
	known := slices.Clone(n.order[:min(len(n.order), recallMax)])
	id, m := r.ledgerID(), Remembered{Known: known, At: r.ui.Now(), View: viewOf(&r.tasks.Arranged, "")}
	for _, kind := range r.registers.Kinds() {
		if v := viewOf(r.registers.TableOf(kind), kind); v.arranges() {
			m.Registers = append(m.Registers, v)
		}
	}
	return func() { _ = put(context.WithoutCancel(r.ctx), id, m) } // what is not kept is shown again
}

// leave ends the program.
func (r *stage) leave() tea.Cmd {
	keep := r.remember()
	return func() tea.Msg {
		keep()
		return tea.QuitMsg{}
	}
}

// alarm rings the terminal's bell, if the person wants it, for what they may not
// have seen come: a save of somebody else, a conflict, a deadline that passed.
func (r *console) alarm(came int, before, after *syncer.Snapshot) tea.Cmd {
	if !r.opt.Bell || before == nil || before.Ledger == nil || after.Ledger == nil {
		return nil
	}
	passed := after.Ledger.Today.After(before.Ledger.Today) &&
		after.Ledger.Totals.Overdue > before.Ledger.Totals.Overdue
	if came > 0 || len(after.Conflicts) > len(before.Conflicts) || passed {
		return tea.Raw("\a")
	}
	return nil
}
