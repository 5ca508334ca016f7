package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/supervise"
	"taizhang/tui/dialog"
	"taizhang/tui/screen"
)

// superviseActions are those of an office that supervises; they are in the palette only,
// so that who does not use them meets no key of theirs.
func superviseActions() []*action {
	return []*action{
		{id: "supervise", title: "tui.act.supervise", on: taskScreens, why: canSupervise, run: func(r *root) tea.Cmd {
			if d := dialog.SuperviseForm(r.ui, r.lookedAt()); d != nil {
				r.push(d)
			}
			return nil
		}},
		{id: "in_review", title: "tui.act.in_review", why: needsSupervision,
			run: does(func(r *root) { r.show("待审核|已退回") })},
		{id: "attention", title: "tui.act.attention", why: needsAttention, run: does(func(r *root) { r.show("领导关注") })},
		{id: "score", title: "tui.act.score", why: needsSupervision,
			run: func(r *root) tea.Cmd { return r.gather(true) }},
	}
}

// needsSupervision says that nobody has supervised anything yet.
func needsSupervision(r *root) string {
	if r.ui.Index == nil || !r.ui.Index.Ledger.Supervised() {
		return r.ui.Say("tui.why.unsupervised")
	}
	return ""
}

// needsAttention says that leaders ordered none of the tasks.
func needsAttention(r *root) string {
	if r.ui.Index == nil || !r.ui.Index.HasAttention() {
		return r.ui.Say("tui.why.no_attention")
	}
	return ""
}

// factsMsg is what the history says of supervision.
type factsMsg struct {
	op     int // 0: it was not asked for, but belongs to the sync screen
	seq    uint64
	quiet  []supervise.Quieted
	scores []supervise.UnitScore
	err    error
}

// followQuiet has the changes found that nobody approved, once for each state of the
// ledger, when the screen comes up that lists them.
func (r *root) followQuiet() tea.Cmd {
	q := &r.ui.Quiet
	if r.phase != ready || r.screen != onSync || q.Asking || needsSupervision(r) != "" || r.feed.backend == nil ||
		q.Seq == r.ui.Index.Snap.Seq {
		return nil
	}
	q.Asking = true
	return r.gather(false)
}

// gather reads the history for what it says of supervision; score has the appraisal shown.
func (r *console) gather(score bool) tea.Cmd {
	id := 0
	if score {
		id = r.jobs.begin(r.ui.Say("tui.op.score"), nil, r.ui.Now())
	}
	b, ctx, l, seq, rules := r.feed.backend, r.ctx, r.ui.Index.Ledger, r.ui.Index.Snap.Seq, r.opt.Rules
	return tea.Batch(r.startTick(), func() tea.Msg {
		m := factsMsg{op: id, seq: seq}
		f, err := supervise.From(ctx, b)
		switch {
		case err != nil:
			m.err = err
		case score:
			m.scores = supervise.Score(l, rules, f)
		default:
			m.quiet = supervise.Quiet(l, f, rules)
			slices.Reverse(m.quiet)
		}
		return m
	})
}

func (r *stage) tookFacts(m factsMsg) tea.Cmd {
	u := r.ui
	if m.op == 0 {
		u.Quiet.Asking = false
		if m.seq >= u.Quiet.Seq {
			u.Quiet.Seq, u.Quiet.List = m.seq, m.quiet // what cannot be read is told as damage
			r.rooms[onSync].screen.Refresh(screen.Prepared{Index: u.Index, Widths: u.Widths})
		}
		return nil
	}
	r.jobs.end(m.op)
	if m.err != nil {
		r.fail(m.err)
		return r.startTick()
	}
	r.push(dialog.Scores(u, m.scores))
	return nil
}

func canSupervise(r *root) string {
	if why := canChange(r); why != "" {
		return why
	}
	if r.current().Looked() == nil && len(r.current().Target().Tasks) == 0 { // a row of a register is none
		return r.ui.Say("tui.why.no_task")
	}
	return ""
}

// provesWithFile reports whether an entry of the supervision record may name a file that
// proves something, which is then kept beside the ledger.
func (r *console) provesWithFile(kind string, values map[string]string) bool {
	if kind != ledger.KindSupervision || r.opt.Evidence == nil {
		return false
	}
	def := r.ui.Index.Ledger.RegisterDef(kind)
	return def != nil && def.Field(ledger.ActKindOf).Value(values[ledger.ActKindOf]) == string(ledger.Proof)
}
