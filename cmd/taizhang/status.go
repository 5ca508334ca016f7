package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/syncer"
)

type statusOptions struct {
	ledger string
	csv    bool
}

func newStatus(a *app) *cobra.Command {
	var opt statusOptions
	cmd := &cobra.Command{
		Use:               "status [LEDGER]",
		Short:             a.Say("cmd.status_short"),
		Long:              a.Say("cmd.status_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.ledger = first(args)
			return a.runStatus(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func (a *app) runStatus(ctx context.Context, opt statusOptions) error {
	return a.view(ctx, opt.ledger, func(s *syncer.Snapshot) error { return a.Status(a.path, s, opt.csv) })
}

func newRequirements(a *app) *cobra.Command {
	var opt statusOptions
	cmd := &cobra.Command{
		Use:               "requirements [LEDGER]",
		Short:             a.Say("cmd.requirements_short"),
		Long:              a.Say("cmd.requirements_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.ledger = first(args)
			return a.runRequirements(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func (a *app) runRequirements(ctx context.Context, opt statusOptions) error {
	return a.view(ctx, opt.ledger, func(s *syncer.Snapshot) error { return a.Requirements(s.Ledger, opt.csv) })
}
