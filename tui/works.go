package tui

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/report/notices"
)

// What is made for other people: a workbook for the leadership, notices for the
// units, and a notice on the clipboard.

// clipMsg is a text made away from the interface, for the clipboard.
type clipMsg struct {
	op         int
	text, note string
}

// portion is how far a piece of work is, in hundredths; set by who does it.
type portion struct{ percent atomic.Int32 }

func (p *portion) set(done, total int) {
	if total > 0 {
		p.percent.Store(int32(min(100, 100*done/total)))
	}
}

// make has something made beside the ledger, and shows how far it is.
func (r *root) make(label string, do func(ctx context.Context, progress func(done, total int)) (note string, err error)) tea.Cmd {
	var p portion
	cmd := r.request(label, nil, func(ctx context.Context, _ Backend) (string, string, error) {
		note, err := do(ctx, p.set)
		return note, "", err
	})
	o := r.ops[r.opSeq]
	o.portion = &p
	r.ops[r.opSeq] = o
	return cmd
}

func (r *root) export() tea.Cmd {
	u := r.ui
	return r.make(u.say("tui.op.export"), func(ctx context.Context, progress func(done, total int)) (string, error) {
		file, err := u.opt.Export(ctx, progress)
		return u.say("tui.done.exported", "File", file), err
	})
}

// split makes the copies for the units. That some unit has none, or that a copy
// is behind, is told in the same breath.
func (r *root) split() tea.Cmd {
	u := r.ui
	return r.make(u.say("tui.op.split"), func(ctx context.Context, progress func(done, total int)) (string, error) {
		made, err := u.opt.Split(ctx, progress)
		if err != nil {
			return "", err
		}
		note := u.say("tui.done.split", "Count", len(made.Units), "Folder", made.Folder)
		if made.Waiting > 0 {
			note += u.say("tui.done.split_behind", "Count", made.Waiting)
		}
		for _, r := range made.Refused {
			sentence, _ := u.why(r)
			note += u.say("tui.done.split_refused", "Why", sentence)
		}
		return note, nil
	})
}

func (r *root) remind() tea.Cmd {
	u, make := r.ui, r.ui.opt.Remind
	return r.request(u.say("tui.op.remind"), nil, func(ctx context.Context, _ Backend) (string, string, error) {
		dir, n, err := make(ctx)
		if n == 0 {
			return u.say("tui.done.nobody_reminded"), "", err
		}
		return u.say("tui.done.reminded", "Count", n, "Folder", dir), "", err
	})
}

// unitHere is the unit that the cursor stands for; ok is false if there is none.
func (r *root) unitHere() (unit string, ok bool) {
	if r.ui.x == nil {
		return "", false
	}
	if r.screen == onUnits {
		unit = r.units.unit()
	} else if t := r.current().looked(); t != nil {
		unit = t.Lead
	} else if s, is := r.current().(interface{ unit() string }); is {
		unit = s.unit()
	}
	return unit, unit != ""
}

// copyReminder puts the notice to a unit on the clipboard.
func (r *root) copyReminder() tea.Cmd {
	u := r.ui
	unit, _ := r.unitHere()
	l := u.x.Ledger
	id := r.begin(u.say("tui.op.remind"), nil)
	return tea.Batch(r.startTick(), func() tea.Msg {
		return clipMsg{id, notices.Text(l, unit, u.lang), u.say("tui.done.copied_reminder", "Unit", u.Clean(unit))}
	})
}

func (r *root) tookClip(m clipMsg) tea.Cmd {
	delete(r.ops, m.op)
	r.say(m.note, false)
	return tea.Batch(tea.SetClipboard(m.text), r.startTick())
}

func needsUnit(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if _, ok := r.unitHere(); !ok {
		return r.ui.say("tui.why.no_unit")
	}
	return ""
}

func canExport(r *root) string {
	if r.ui.opt.Export == nil {
		return r.ui.say("tui.why.not_offered")
	}
	return needsLedger(r)
}

func canSplit(r *root) string {
	if r.ui.opt.Split == nil {
		return r.ui.say("tui.why.not_offered")
	}
	if why := canChange(r); why != "" {
		return why // the copies are stamped, which the history must know
	}
	if len(r.ui.x.Ledger.Directory.Units()) == 0 {
		return r.ui.say("tui.why.no_units")
	}
	return ""
}

func canRemind(r *root) string {
	if r.ui.opt.Remind == nil {
		return r.ui.say("tui.why.not_offered")
	}
	return needsLedger(r)
}
