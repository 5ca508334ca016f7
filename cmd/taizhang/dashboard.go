package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
	"taizhang/tui"
)

// runDashboard opens the dashboard at once; the ledger is read while the first
// frame stands.
func (a *app) runDashboard(cmd *cobra.Command, args []string) error {
	g := &guide{a: a}
	paths, under, err := a.workbooks(args)
	if errors.Is(err, errUsage) && len(args)+len(a.flags.ledgers()) == 0 {
		if books, ok := a.unsettled(); ok {
			return a.dashboard(cmd.Context(), g, g.start(books))
		}
	}
	if err != nil {
		return err
	}
	if len(paths) == 1 {
		if err := mustExist(paths[0]); err != nil {
			return err
		}
	}
	g.path, g.paths, g.under = paths[0], paths, under
	return a.dashboard(cmd.Context(), g, nil)
}

// dashboard shows the dashboard; start is nil if g knows which ledger it is.
func (a *app) dashboard(ctx context.Context, g *guide, start *tui.Start) (err error) {
	given, err := a.passwordFromFile()
	if err != nil {
		return err
	}
	s := a.settings
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
	return tui.Run(ctx, nil, tui.Options{
		Lang:          a.Lang,
		Theme:         s.Theme,
		NoColor:       s.Theme == "none",
		ReadOnly:      s.ReadOnly,
		AmbiguousWide: s.AmbiguousWidth == "wide",
		Columns:       s.Columns,
		Keys:          s.Keys,
		DueSoonDays:   s.DueSoonDays,
		Author:        s.Author,
		Bell:          s.Bell,
		Recall:        readRemembered,
		Remember:      keepRemembered,
		File:          g.called(),
		Start:         start,
		Views:         g.views(),
		Editor:        editor,
		Clipboard:     copyToDesktop,
		Save: func(_ context.Context, name, text string) (string, error) {
			return a.saveBeside(open, name, text)
		},
		Notice: a.noticeOptions(),
		SaveLetters: func(_ context.Context, letters []tui.Letter) (string, error) {
			return a.lettersBeside(open, letters)
		},
		Mapping: &tui.Mapping{Guess: g.guess, Keep: g.keep},
		Load: func(ctx context.Context, password string) (tui.Backend, error) {
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
		Remind: func(ctx context.Context) (string, int, error) {
			return a.remindBeside(ctx, open)
		},
		Bulletin: func(ctx context.Context) (string, error) { return a.bulletinBeside(ctx, open) },
		Annual: func(ctx context.Context) (string, int, error) {
			return a.annualBeside(ctx, sessionWith(open, "requests"))
		},
		Rollover: func(ctx context.Context) (string, error) {
			return a.rolloverBeside(ctx, sessionWith(open, ledger.KindTasks))
		},
	})
}
