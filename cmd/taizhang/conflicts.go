package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func newConflicts(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "conflicts [LEDGER...]",
		Short:             a.Say("cmd.conflicts_short"),
		Long:              a.Say("cmd.conflicts_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.viewAll(cmd.Context(), args, func(s *syncer.Snapshot) error { return a.Conflicts(s.Conflicts) })
		},
	}
}

func newResolve(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "resolve ID mine|theirs|=VALUE",
		Short:   a.Say("cmd.resolve_short"),
		Long:    a.Say("cmd.resolve_long"),
		Example: "  taizhang resolve 3f2a mine\n  taizhang resolve 3f2a =已完成",
		Args:    exactly(2, msg.New("cmd.resolve_missing")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return []string{syncer.Mine, syncer.Theirs}, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runResolve(cmd.Context(), syncer.Decision{Conflict: args[0], Choice: args[1]})
		},
	}
}

func (a *app) runResolve(ctx context.Context, d syncer.Decision) error {
	return a.edit(ctx, ledger.KindTasks, nil, func(s books) (string, syncer.Report, error) {
		r, err := s.Resolve(ctx, d)
		return d.Conflict, r, err
	})
}
