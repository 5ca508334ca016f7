package tui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/intent"
)

// Start leads a person for whom it is not settled which ledger to open. Its
// functions are called from commands, one at a time. Each settles on a ledger,
// which Options.Load opens from then on.
type Start struct {
	Books  []string                                     // workbooks to choose from, by name
	Choose func(ctx context.Context, book string) error // one of Books, or any path that was typed
	Sample func(ctx context.Context) error              // a fresh copy of the sample ledger
	Create func(ctx context.Context, name string) error // a new, blank ledger
}

// Guess is the row of a sheet that looks most like the header of a task table.
type Guess = dialog.Guess

// ErrDoubtful is the class of the error with which Options.Load answers, once, that
// the meaning of some columns is doubtful, so that Mapping asks about them.
var ErrDoubtful = errors.New("columns whose meaning is doubtful")

// Mapping lets a person say what the columns of a workbook mean in which no task
// table was found, or one with doubtful columns. Its functions are called from commands.
type Mapping struct {
	// Guess tells what was found. The password is the one that was typed, "" if
	// none was.
	Guess func(ctx context.Context, password string) ([]dialog.Guess, error)
	// Keep remembers which headings mean which field of tasks, for good.
	Keep func(ctx context.Context, headings map[string][]string) error
}

// openStart offers what a person without a ledger can do.
func (r *console) openStart() { r.push(dialog.Welcome(r.ui, r.opt.Start.Books)) }

// decide does something that settles which ledger it is, and opens it.
func (r *console) decide(d dialog.Dialog, do func(ctx context.Context) error) tea.Cmd {
	id := r.jobs.begin(r.ui.Say("tui.op.open"), d, r.ui.Now())
	ctx := r.ctx
	return tea.Batch(r.startTick(), func() tea.Msg { return settledMsg{id, do(ctx)} })
}

func (r *root) decided(m settledMsg) tea.Cmd {
	o := r.jobs.end(m.op)
	if m.err != nil {
		sentence, hint := r.ui.Why(m.err)
		if o.dialog != nil {
			o.dialog.Wait(false, sentence, hint)
		}
		return nil
	}
	r.dialogs = nil
	return r.open(r.password)
}

func (r *root) handleStart(res intent.Intent) (tea.Cmd, bool) {
	s, u := r.opt.Start, r.ui
	switch a := res.(type) {
	case intent.ChooseBook:
		return r.decide(r.dialogs.top(), func(ctx context.Context) error { return s.Choose(ctx, a.Book) }), true
	case intent.MakeSample:
		return r.decide(r.dialogs.top(), s.Sample), true
	case intent.TypeBook:
		r.ask(dialog.NewEntry(u, u.Say("tui.start.path"), u.Say("tui.start.path_note"), "", false,
			func(v string) intent.Intent { return intent.ChooseBook{Book: strings.Trim(v, `"' `)} }))
	case intent.TypeName:
		r.ask(dialog.NewEntry(u, u.Say("tui.start.create"), u.Say("tui.start.name_note"), u.Say("tui.start.name"),
			false, func(v string) intent.Intent { return intent.CreateLedger{Name: v} }))
	case intent.CreateLedger:
		return r.decide(r.dialogs.top(), func(ctx context.Context) error { return s.Create(ctx, a.Name) }), true
	case intent.MapHeading:
		r.push(r.mapper.Fields(a.Column))
	case intent.SetHeading:
		r.dialogs.close(r.dialogs.top())
		r.mapper.Set(a.Column, a.Field)
	case intent.OtherSheet:
		r.mapper.Next()
		r.dialogs.close(r.dialogs.top())
		r.push(r.mapper.List())
	case intent.OpenAsIs:
		r.dialogs = nil
		return r.open(r.password), true
	case intent.KeepHeadings:
		return r.decide(r.dialogs.top(), func(ctx context.Context) error {
			return r.opt.Mapping.Keep(ctx,
				a.Headings)
		}), true
	default:
		return nil, false
	}
	return nil, true
}

// failedOpen offers what can be done about a ledger that did not open.
func (r *console) failedOpen(err error) tea.Cmd {
	switch {
	case errors.Is(err, ooxml.ErrEncrypted) || errors.Is(err, ooxml.ErrPassword):
		r.askPassword(err)
	case (errors.Is(err, syncer.ErrNoTable) || errors.Is(err, ErrDoubtful)) && r.opt.Mapping != nil:
		id := r.jobs.begin(r.ui.Say("tui.op.open"), nil, r.ui.Now())
		guess, ctx, password := r.opt.Mapping.Guess, r.ctx, r.password
		return tea.Batch(r.startTick(), func() tea.Msg {
			g, err := guess(ctx, password)
			return guessMsg{id, g, err}
		})
	}
	return nil
}

// guessed shows what was found in a workbook without a task table.
func (r *root) guessed(m guessMsg) {
	r.jobs.end(m.op)
	m.guesses = slices.DeleteFunc(m.guesses, func(g dialog.Guess) bool { return len(g.Headings) < 2 })
	if m.err != nil || len(m.guesses) == 0 || r.phase != failed {
		return // the failure itself stands on the screen
	}
	r.mapper = dialog.NewMapper(r.ui, m.guesses)
	r.push(r.mapper.List())
}

type (
	settledMsg struct {
		op  int
		err error
	}
	guessMsg struct {
		op      int
		guesses []dialog.Guess
		err     error
	}
)

// ask asks a question whose answer is soon typed again.
func (r *console) ask(d *dialog.Entry) {
	d.Light = true
	r.push(d)
}
