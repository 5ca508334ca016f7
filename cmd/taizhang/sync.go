package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
)

type syncOptions struct {
	ledgers      []string
	watch, force bool
	answers      map[string]string // by question: the row's id, or "new"
}

func newSync(a *app) *cobra.Command {
	var opt syncOptions
	var answers []string
	cmd := &cobra.Command{
		Use:               "sync [LEDGER...]",
		Short:             a.Say("cmd.sync_short"),
		Long:              a.Say("cmd.sync_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.watch && a.AsJSON {
				return usage(msg.New("cmd.watch_json"), usageHint(cmd))
			}
			var err error
			if opt.answers, err = asAnswers(cmd, answers); err != nil {
				return err
			}
			opt.ledgers = args
			return a.runSync(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.watch, "watch", false, a.Say("cmd.flag_watch"))
	cmd.Flags().BoolVar(&opt.force, "force", false, a.Say("cmd.flag_force"))
	cmd.Flags().StringArrayVar(&answers, "answer", nil, a.Say("cmd.flag_merge_answer"))
	return cmd
}

func (a *app) runSync(ctx context.Context, opt syncOptions) error {
	a.agrees = opt.force
	return a.withinAll(ctx, opt.ledgers, func(s books) error {
		pass := s.Sync
		if opt.force {
			pass = s.Force
		}
		for ask, task := range opt.answers {
			if _, err := s.Answer(ctx, ask, task); err != nil {
				return err
			}
		}
		if _, err := pass(ctx); err != nil {
			return err
		}
		r := s.SinceOpened()
		a.settle(r)
		if err := a.Synced(a.called(s.Snapshot()), s.Snapshot(), r); err != nil {
			return err
		}
		if opt.watch {
			return a.watch(ctx, s)
		}
		return nil
	})
}
