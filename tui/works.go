package tui

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/dialog"
)

// What is made for other people: a workbook for the leadership, copies and notices for
// the units.

// portion is how far a piece of work is, in hundredths; set by who does it.
type portion struct{ percent atomic.Int32 }

func (p *portion) Set(done, total int) {
	if total > 0 {
		p.percent.Store(int32(min(100, 100*done/total)))
	}
}

// make has something made beside the ledger, and shows how far it is.
func (r *console) make(label string, do func(ctx context.Context, progress func(done, total int)) (note, path string,
	err error)) tea.Cmd {
	var p portion
	var made string
	cmd := r.request(label, nil, func(ctx context.Context, _ Backend) (string, string, error) {
		note, path, err := do(ctx, p.Set)
		made = path
		return note, "", err
	})
	r.jobs.measure(&p)
	r.jobs.makes(&made)
	return cmd
}

func (r *console) export() tea.Cmd {
	u := r.ui
	return r.make(u.Say("tui.op.export"), func(ctx context.Context, progress func(done, total int)) (string, string,
		error) {
		file, err := r.opt.Export(ctx, progress)
		return u.Say("tui.done.exported", "File", file), file, err
	})
}

// split makes the copies for the units. That some unit has none, or that a copy
// is behind, is told in the same breath.
func (r *root) split() tea.Cmd {
	u := r.ui
	return r.make(u.Say("tui.op.split"), func(ctx context.Context, progress func(done, total int)) (string, string,
		error) {
		made, err := r.opt.Split(ctx, progress)
		if err != nil {
			return "", "", err
		}
		note := u.Say("tui.done.split", "Count", len(made.Units), "Folder", made.Folder)
		if made.Waiting > 0 {
			note += u.Say("tui.done.split_behind", "Count", made.Waiting)
		}
		for _, r := range made.Refused {
			sentence, _ := u.Why(r)
			note += u.Say("tui.done.split_refused", "Why", sentence)
		}
		return note, made.Folder, nil
	})
}

// paper makes a paper that is named by its file, and says done of it.
func (r *console) paper(op, done string, make func(ctx context.Context) (string, error)) tea.Cmd {
	u := r.ui
	return r.make(u.Say(op), func(ctx context.Context, _ func(done, total int)) (string, string, error) {
		file, err := make(ctx)
		return u.Say(done, "File", file), file, err
	})
}

// annual writes the yearly report and tells how many sums do not hold.
func (r *console) annual() tea.Cmd {
	u, make := r.ui, r.opt.Annual
	return r.make(u.Say("tui.op.annual"), func(ctx context.Context, _ func(done, total int)) (string, string, error) {
		file, breaches, err := make(ctx)
		if breaches > 0 {
			return u.Say("tui.done.annual_wrong", "File", file, "Count", breaches), file, err
		}
		return u.Say("tui.done.annual", "File", file), file, err
	})
}

// rollover makes next year's ledger and names the list of what was not carried over.
func (r *console) rollover() tea.Cmd {
	u, make := r.ui, r.opt.Rollover
	return r.make(u.Say("tui.op.rollover"), func(ctx context.Context, _ func(done, total int)) (string, string, error) {
		file, list, err := make(ctx)
		return u.Say("tui.done.rollover", "File", file, "List", list), file, err
	})
}

func (r *console) remind() tea.Cmd {
	u, make := r.ui, r.opt.Remind
	return r.make(u.Say("tui.op.remind"), func(ctx context.Context, _ func(done, total int)) (string, string, error) {
		dir, n, err := make(ctx)
		if n == 0 {
			return u.Say("tui.done.nobody_reminded"), "", err
		}
		return u.Say("tui.done.reminded", "Count", n, "Folder", dir), dir, err
	})
}

// unitHere is the unit that the cursor stands for; ok is false if there is none.
func (r *stage) unitHere() (unit string, ok bool) {
	if r.ui.Index == nil {
		return "", false
	}
	if r.screen == onUnits {
		unit = r.units.Unit()
	} else if t := r.current().Looked(); t != nil {
		unit = t.Lead
	} else if e := r.entryHere(); e != nil {
		unit = e.Unit
	} else if s, is := r.current().(interface{ Unit() string }); is {
		unit = s.Unit()
	}
	return unit, unit != ""
}

func needsUnit(r *root) string {
	if why := needsLedger(r); why != "" {
		return why
	}
	if _, ok := r.unitHere(); !ok {
		return r.ui.Say("tui.why.no_unit")
	}
	return ""
}

// offered is why an action is not available: nothing here can do it (has is false), or
// what then answers.
func (r *root) offered(has bool, then func(*root) string) string {
	if !has {
		return r.ui.Say("tui.why.not_offered")
	}
	return then(r)
}

func canExport(r *root) string { return r.offered(r.opt.Export != nil, needsLedger) }

func canSplit(r *root) string {
	if why := r.offered(r.opt.Split != nil, canChange); why != "" {
		return why // the copies are stamped, which the history must know
	}
	if len(r.ui.Index.Ledger.Directory.Units()) == 0 {
		return r.ui.Say("tui.why.no_units")
	}
	return ""
}

func canRemind(r *root) string { return r.offered(r.opt.Remind != nil, needsLedger) }

func canBulletin(r *root) string { return r.offered(r.opt.Bulletin != nil, needsLedger) }

func canAnnual(r *root) string { return r.offered(r.opt.Annual != nil, needsLedger) }

// canRollover: the new ledger remembers a revision, which the history must know.
func canRollover(r *root) string { return r.offered(r.opt.Rollover != nil, canChange) }

// recordHere asks for an event of the unit on the screen.
func (r *stage) recordHere() {
	unit := ""
	if r.screen == onUnits {
		unit = r.units.Unit()
	}
	r.push(dialog.Kinds(r.ui, unit))
}
