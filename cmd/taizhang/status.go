package main

import (
	"context"

	"github.com/spf13/cobra"

	"taizhang/sheet/syncer"
)

type statusOptions struct {
	ledgers []string
	csv     bool
}

func newStatus(a *app) *cobra.Command {
	var opt statusOptions
	cmd := &cobra.Command{
		Use:               "status [LEDGER...]",
		Short:             a.Say("cmd.status_short"),
		Long:              a.Say("cmd.status_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.ledgers = args
			return a.runStatus(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func (a *app) runStatus(ctx context.Context, opt statusOptions) error {
	return a.viewAll(ctx, opt.ledgers, func(s *syncer.Snapshot) error { return a.Status(a.called(s), s, opt.csv) })
}

func newRequirements(a *app) *cobra.Command {
	var opt statusOptions
	cmd := &cobra.Command{
		Use:               "requirements [LEDGER...]",
		Short:             a.Say("cmd.requirements_short"),
		Long:              a.Say("cmd.requirements_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.ledgers = args
			return a.runRequirements(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

func (a *app) runRequirements(ctx context.Context, opt statusOptions) error {
	return a.viewAll(ctx, opt.ledgers, func(s *syncer.Snapshot) error { return a.Requirements(s.Ledger, opt.csv) })
}
