package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

func newFill(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "fill [KIND]",
		Short:   a.Say("cmd.fill_short"),
		Long:    a.Say("cmd.fill_long"),
		Example: "  taizhang registers fill\n  taizhang registers fill requests",
		Args:    atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return registerKinds(ledger.Registers()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error { return a.runFill(cmd.Context(), first(args)) },
	}
}

// runFill writes the due days that the clocks say into the empty cells of one
// register, or of all.
func (a *app) runFill(ctx context.Context, kind string) error {
	return a.edit(ctx, kind, nil, func(s books) (string, syncer.Report, error) {
		l := s.Snapshot().Ledger
		if kind != "" {
			def, err := registerNamed(l, kind)
			if err != nil {
				return "", syncer.Report{}, err
			}
			kind = def.Kind
		}
		cells, unsure := l.DueCells(kind)
		if len(unsure) > 0 {
			a.Note(a.Say("cmd.fill_unsure", "Count", len(unsure)))
		}
		r, err := s.Change(ctx, syncer.FillEdits(cells))
		return "", r, err
	})
}
