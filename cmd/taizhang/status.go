package main

import (
	"github.com/spf13/cobra"

	"taizhang/sheet/syncer"
)

func newStatus(a *app) *cobra.Command {
	var csv bool
	cmd := &cobra.Command{
		Use:               "status [LEDGER]",
		Short:             a.say("cmd.status_short"),
		Long:              a.say("cmd.status_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runStatus(cmd, args, csv) },
	}
	cmd.Flags().BoolVar(&csv, "csv", false, a.say("cmd.flag_csv"))
	return cmd
}

func (a *app) runStatus(cmd *cobra.Command, args []string, csv bool) error {
	return a.view(cmd, args, func(s *syncer.Snapshot) error {
		switch {
		case a.flags.json:
			return a.printJSON(a.statusDoc(s))
		case csv:
			return a.statusCSV(s)
		}
		return a.statusText(s)
	})
}

func newRequirements(a *app) *cobra.Command {
	var csv bool
	cmd := &cobra.Command{
		Use:               "requirements [LEDGER]",
		Short:             a.say("cmd.requirements_short"),
		Long:              a.say("cmd.requirements_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.view(cmd, args, func(s *syncer.Snapshot) error {
				switch {
				case a.flags.json:
					return a.printJSON(requirementDocs(s.Ledger))
				case csv:
					return a.requirementsCSV(s.Ledger)
				}
				return a.requirementsText(s.Ledger)
			})
		},
	}
	cmd.Flags().BoolVar(&csv, "csv", false, a.say("cmd.flag_csv"))
	return cmd
}
