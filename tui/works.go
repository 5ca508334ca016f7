package tui

import (
	"context"
	"slices"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/notices"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
)

// What is made for other people: a workbook for the leadership, notices for the
// units, and a notice on the clipboard.

// portion is how far a piece of work is, in hundredths; set by who does it.
type portion struct{ percent atomic.Int32 }

func (p *portion) Set(done, total int) {
	if total > 0 {
		p.percent.Store(int32(min(100, 100*done/total)))
	}
}

// make has something made beside the ledger, and shows how far it is.
func (r *root) make(label string, do func(ctx context.Context, progress func(done, total int)) (note string, err error)) tea.Cmd {
	var p portion
	cmd := r.request(label, nil, func(ctx context.Context, _ Backend) (string, string, error) {
		note, err := do(ctx, p.Set)
		return note, "", err
	})
	r.jobs.measure(&p)
	return cmd
}

func (r *root) export() tea.Cmd {
	u := r.ui
	return r.make(u.Say("tui.op.export"), func(ctx context.Context, progress func(done, total int)) (string, error) {
		file, err := r.opt.Export(ctx, progress)
		return u.Say("tui.done.exported", "File", file), err
	})
}

// split makes the copies for the units. That some unit has none, or that a copy
// is behind, is told in the same breath.
func (r *root) split() tea.Cmd {
	u := r.ui
	return r.make(u.Say("tui.op.split"), func(ctx context.Context, progress func(done, total int)) (string, error) {
		made, err := r.opt.Split(ctx, progress)
		if err != nil {
			return "", err
		}
		note := u.Say("tui.done.split", "Count", len(made.Units), "Folder", made.Folder)
		if made.Waiting > 0 {
			note += u.Say("tui.done.split_behind", "Count", made.Waiting)
		}
		for _, r := range made.Refused {
			sentence, _ := u.Why(r)
			note += u.Say("tui.done.split_refused", "Why", sentence)
		}
		return note, nil
	})
}

func (r *root) remind() tea.Cmd {
	u, make := r.ui, r.opt.Remind
	return r.request(u.Say("tui.op.remind"), nil, func(ctx context.Context, _ Backend) (string, string, error) {
		dir, n, err := make(ctx)
		if n == 0 {
			return u.Say("tui.done.nobody_reminded"), "", err
		}
		return u.Say("tui.done.reminded", "Count", n, "Folder", dir), "", err
	})
}

// unitHere is the unit that the cursor stands for; ok is false if there is none.
func (r *root) unitHere() (unit string, ok bool) {
	if r.ui.Index == nil {
		return "", false
	}
	if r.screen == onUnits {
		unit = r.units.Unit()
	} else if t := r.current().Looked(); t != nil {
		unit = t.Lead
	} else if s, is := r.current().(interface{ Unit() string }); is {
		unit = s.Unit()
	}
	return unit, unit != ""
}

// openLetter shows the notice to the unit that the cursor stands for, to be read
// before it goes out.
func (r *root) openLetter() tea.Cmd {
	unit, _ := r.unitHere()
	return r.letter(unit)
}

// letterMsg is a notice, made away from the interface.
type letterMsg struct {
	op         int
	unit, text string
}

func (r *root) letter(unit string) tea.Cmd {
	u := r.ui
	l := u.Index.Ledger
	id := r.jobs.begin(u.Say("tui.op.remind"), nil, r.ui.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		return letterMsg{id, unit, notices.Text(l, unit, notices.Options{Lang: u.Lang})}
	})
}

func (r *root) tookLetter(m letterMsg) {
	r.jobs.end(m.op)
	if d, ok := r.dialogs.top().(*dialog.Letter); ok {
		r.dialogs.close(d) // the one to the unit before
	}
	r.push(dialog.NewLetter(r.ui, m.unit, m.text))
	r.lettered = m.unit
}

// nextNotice shows the notice to the next unit, or the one before.
func (r *root) nextNotice(by int) tea.Cmd {
	all := r.ui.Index.Units
	i := slices.IndexFunc(all, func(c ledger.UnitCounts) bool { return c.Unit == r.lettered })
	if len(all) == 0 {
		return nil
	}
	return r.letter(all[(i+by+len(all))%len(all)].Unit)
}

// sentMsg tells what became of a text.
type sentMsg struct {
	op   int
	line string
	err  error
	osc  string // to be sent to the terminal's clipboard as well; "" for nothing
}

// sendText copies a text: to the desktop's clipboard if there is one, which can be
// known to have worked; else by the terminal, which says nothing, and a file holds the
// text too.
func (r *root) sendText(a intent.SendText) tea.Cmd {
	return r.copy(a.Text, r.ui.Unit(a.Unit), r.dialogs.top())
}

// copy copies a text and says truly what became of it; name is what a file of it is
// called.
func (r *root) copy(text, name string, d dialog.Dialog) tea.Cmd {
	u, clip, save, ctx := r.ui, r.opt.Clipboard, r.opt.Save, r.ctx
	id := r.jobs.begin(u.Say("tui.op.copy"), d, u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		if clip != nil && clip(ctx, text) == nil {
			return sentMsg{op: id, line: u.Say("tui.copy.done")}
		}
		if save == nil {
			return sentMsg{op: id, line: u.Say("tui.copy.terminal"), osc: text}
		}
		file, err := save(ctx, name, text)
		if err != nil {
			return sentMsg{op: id, line: u.Say("tui.copy.terminal"), osc: text}
		}
		return sentMsg{op: id, line: u.Say("tui.copy.terminal_file", "File", file), osc: text}
	})
}

// saveText writes a text beside the ledger.
func (r *root) saveText(a intent.SaveText) tea.Cmd {
	u, save, ctx := r.ui, r.opt.Save, r.ctx
	id := r.jobs.begin(u.Say("tui.op.save"), r.dialogs.top(), u.Now())
	return tea.Batch(r.startTick(), func() tea.Msg {
		if save == nil {
			return sentMsg{op: id, line: u.Say("tui.why.not_offered")}
		}
		file, err := save(ctx, u.Unit(a.Unit), a.Text)
		return sentMsg{op: id, line: u.Say("tui.letter.saved", "File", file), err: err}
	})
}

func (r *root) sent(m sentMsg) tea.Cmd {
	o := r.jobs.end(m.op)
	var cmds []tea.Cmd
	if m.osc != "" {
		cmds = append(cmds, tea.SetClipboard(m.osc))
	}
	letter, ok := o.dialog.(*dialog.Letter)
	switch {
	case m.err != nil && o.dialog != nil:
		sentence, hint := r.ui.Why(m.err)
		o.dialog.Wait(false, sentence, hint)
	case ok && r.dialogs.has(letter):
		letter.Wait(false, "", "")
		letter.Told(m.line)
	default:
		r.say(m.line, false)
	}
	return tea.Batch(append(cmds, r.startTick())...)
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

func canExport(r *root) string {
	if r.opt.Export == nil {
		return r.ui.Say("tui.why.not_offered")
	}
	return needsLedger(r)
}

func canSplit(r *root) string {
	if r.opt.Split == nil {
		return r.ui.Say("tui.why.not_offered")
	}
	if why := canChange(r); why != "" {
		return why // the copies are stamped, which the history must know
	}
	if len(r.ui.Index.Ledger.Directory.Units()) == 0 {
		return r.ui.Say("tui.why.no_units")
	}
	return ""
}

func canRemind(r *root) string {
	if r.opt.Remind == nil {
		return r.ui.Say("tui.why.not_offered")
	}
	return needsLedger(r)
}

// recordHere asks for an event of the unit on the screen.
func (r *root) recordHere() {
	unit := ""
	if r.screen == onUnits {
		unit = r.units.Unit()
	}
	r.push(dialog.Kinds(r.ui, unit))
}
