package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func newSteps(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "steps KIND:NUMBER",
		Short:             a.Say("cmd.steps_short"),
		Long:              a.Say("cmd.steps_long"),
		Example:           "  taizhang registers steps requests:2022-7",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runSteps(cmd.Context(), args[0]) },
	}
}

// runSteps shows how the clocks of a row come to their days.
func (a *app) runSteps(ctx context.Context, ref string) error {
	return a.view(ctx, "", func(s *syncer.Snapshot) error {
		line, err := s.Ledger.FindLine(ref)
		if err != nil {
			return err
		}
		e := s.Ledger.Entry(line.ID)
		if e == nil {
			return usage(msg.New("cmd.steps_not_entry", "Ref", ref), msg.New("cmd.steps_not_entry_hint"))
		}
		return a.Steps(s.Ledger, e)
	})
}
