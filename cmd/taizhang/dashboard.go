package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui"
)

// runDashboard opens the dashboard at once; the ledger is read while the first
// frame stands. What goes wrong before that is shown there too: who started the
// program with a double click sees nothing of what is printed.
func (a *app) runDashboard(cmd *cobra.Command, args []string) error {
	g := &guide{a: a, arguments: args}
	start, failed := g.ready()
	if failed != nil {
		if a.settings == nil { // it failed before they were read; what is wrong with them is told next
			_ = a.load("")
		}
		books, _ := a.unsettled()
		start = g.start(books)
	}
	return a.dashboard(cmd.Context(), g, start, failed)
}

// dashboard shows the dashboard; start is nil if g knows which ledger it is, and
// failed is why it does not.
func (a *app) dashboard(ctx context.Context, g *guide, start *tui.Start, failed error) (err error) {
	var open books
	defer func() {
		if open == nil {
			return
		}
		a.left(open.Snapshot())
		told := time.AfterFunc(time.Second, func() { fmt.Fprintln(a.errs, a.Say("cmd.leaving")) })
		err = errors.Join(err, open.Close())
		told.Stop()
	}()
	opt := tui.Options{
		InForce:   func(opt *tui.Options) { a.inForce(g, opt) },
		Start:     start,
		Failed:    told(failed),
		Recall:    readRemembered,
		Remember:  keepRemembered,
		Editor:    editor,
		Clipboard: copyToDesktop,
		Open:      openOnDesktop,
		Save: func(_ context.Context, name, text string) (string, error) {
			return a.saveBeside(open, name, text)
		},
		SaveLetters: func(_ context.Context, letters []tui.Letter) (string, error) {
			return a.lettersBeside(open, letters)
		},
		Mapping: &tui.Mapping{Guess: g.guess, Keep: g.keep},
		Load: func(ctx context.Context, password string) (tui.Backend, error) {
			if failed != nil { // what was wrong may have been put right
				start, err := g.ready()
				if start != nil {
					_, err = a.ledger()
				}
				if err != nil {
					return nil, told(err)
				}
				failed = nil
			}
			if len(g.paths) > 1 {
				d, err := a.openDesk(ctx, g.paths, g.under, password, false)
				if err != nil {
					return nil, err
				}
				a.path = g.path
				open = d
				return d, nil
			}
			if password == "" {
				given, err := a.passwordFromFile()
				if err != nil {
					return nil, told(err)
				}
				password = given
			}
			session, err := syncer.Open(ctx, g.path, a.syncOptions(password))
			if err != nil {
				return nil, print.Plain(err)
			}
			if err := g.doubts(session); err != nil {
				return nil, errors.Join(err, session.Close())
			}
			open = session
			return session, nil
		},
		Export: func(ctx context.Context, progress func(done, total int)) (string, error) {
			return a.exportBeside(ctx, open, progress)
		},
		Split: func(ctx context.Context, progress func(done, total int)) (tui.Copies, error) {
			return a.splitBeside(ctx, open, progress)
		},
		Evidence: func(values map[string]string) (map[string]string, error) {
			return a.keepEvidence(open.Snapshot().Ledger, values)
		},
		Remind: func(ctx context.Context) (string, int, error) {
			return a.remindBeside(ctx, open)
		},
		Bulletin: func(ctx context.Context) (string, error) { return a.bulletinBeside(ctx, open) },
		Annual: func(ctx context.Context) (string, int, error) {
			return a.annualBeside(ctx, open)
		},
		Rollover: func(ctx context.Context) (string, string, error) {
			return a.rolloverBeside(ctx, sessionWith(open, ledger.KindTasks))
		},
	}
	opt.InForce(&opt)
	err = tui.Run(ctx, nil, opt)
	if err == nil && open == nil {
		err = failed // for who reads what is printed, and for the exit code
	}
	return err
}

// inForce sets what the settings say of the dashboard. Some of them lie beside the
// ledger, which may be settled on only later.
func (a *app) inForce(g *guide, opt *tui.Options) {
	s := a.settings
	opt.Lang, opt.File = a.Lang, g.called()
	opt.Theme, opt.NoColor, opt.AmbiguousWide = s.Theme, s.Theme == "none", s.AmbiguousWidth == "wide"
	opt.ReadOnly, opt.Author, opt.Bell = s.ReadOnly, s.Author, s.Bell
	opt.Columns, opt.Keys, opt.DueSoonDays, opt.Views = s.Columns, s.Keys, s.DueSoonDays, g.views()
	opt.Notice = a.noticeOptions()
	opt.Rules = a.rules()
}

// told puts what is wrong before a ledger is open into one sentence.
func told(err error) error {
	var mistakes config.Errors
	if !errors.As(err, &mistakes) || len(mistakes) == 0 {
		if err == nil {
			return nil
		}
		return print.Plain(err)
	}
	out := print.Mistake(mistakes[0])
	for _, m := range mistakes[1:] {
		out.Text = msg.New("cmd.mistakes", "First", out.Text, "Next", print.Mistake(m).Text)
	}
	return out
}
