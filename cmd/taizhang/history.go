package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

type logOptions struct {
	ledgers []string
	task    string // only what changed it; "": everything
	max     int    // 0: all
}

func newLog(a *app) *cobra.Command {
	var opt logOptions
	cmd := &cobra.Command{
		Use:               "log [LEDGER...]",
		Short:             a.Say("cmd.log_short"),
		Long:              a.Say("cmd.log_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.max < 0 {
				return usage(msg.New("cmd.flag_value", "Flag", "--max", "Value", opt.max, "Want",
					msg.New("cmd.want_count")), usageHint(cmd))
			}
			opt.ledgers = args
			return a.runLog(cmd.Context(), opt)
		},
	}
	cmd.Flags().StringVar(&opt.task, "task", "", a.Say("cmd.flag_log_task"))
	cmd.Flags().IntVar(&opt.max, "max", 0, a.Say("cmd.flag_log_max"))
	return cmd
}

func (a *app) runLog(ctx context.Context, opt logOptions) error {
	return a.lookAll(ctx, opt.ledgers, func(s books) error {
		which := syncer.LogOptions{Max: opt.max}
		if opt.task != "" {
			t, err := s.Snapshot().Ledger.Find(opt.task)
			if err != nil {
				return err
			}
			which.Task = t.ID
		}
		entries, err := s.Log(ctx, which)
		if err != nil {
			return err
		}
		return a.Log(s.Snapshot(), entries)
	})
}

func newUndo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "undo [LEDGER...]",
		Short:             a.Say("cmd.undo_short"),
		Long:              a.Say("cmd.undo_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runUndo(cmd.Context(), args) },
	}
}

func (a *app) runUndo(ctx context.Context, ledgers []string) error {
	return a.withinAll(ctx, ledgers, func(s books) error {
		r, err := s.Undo(ctx)
		if err == nil {
			a.Headline("cmd.undone", r)
		}
		return a.done(s, "", r, err)
	})
}

func newRedo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "redo [LEDGER...]",
		Short:             a.Say("cmd.redo_short"),
		Long:              a.Say("cmd.redo_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runRedo(cmd.Context(), args) },
	}
}

func (a *app) runRedo(ctx context.Context, ledgers []string) error {
	return a.withinAll(ctx, ledgers, func(s books) error {
		r, err := s.Redo(ctx)
		if err == nil {
			a.Headline("cmd.redone", r)
		}
		return a.done(s, "", r, err)
	})
}

func newRestore(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "restore REV",
		Short:             a.Say("cmd.restore_short"),
		Long:              a.Say("cmd.restore_long"),
		Args:              exactly(1, msg.New("cmd.restore_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runRestore(cmd.Context(),
				args[0])
		},
	}
}

func (a *app) runRestore(ctx context.Context, revision string) error {
	return a.withinAll(ctx, nil, func(s books) error {
		r, err := s.Restore(ctx, revision)
		return a.done(s, "", r, err)
	})
}
