package main

import (
	"cmp"

	"github.com/spf13/cobra"
)

func newConfig(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: a.Say("cmd.config_short"),
		Long:  a.Say("cmd.config_long"),
		Args:  atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			// what is in force besides is shown all the same: that is how one finds the right name
			mistakes := a.load("")
			return cmp.Or(mistakes, a.Config(a.settings))
		},
	}
}
