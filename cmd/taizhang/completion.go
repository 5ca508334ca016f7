package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/config"
	"taizhang/sheet/msg"
)

func newCompletion(a *app) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     a.Say("cmd.completion_short"),
		Long:      a.Say("cmd.completion_long"),
		ValidArgs: shells,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && slices.Contains(shells, args[0]) {
				return nil
			}
			hint := usageHint(cmd)
			if near := config.Nearest(first(args), shells); near != "" {
				hint = msg.New("config.nearest", "Nearest", near)
			}
			return usage(msg.New("cmd.completion_shell", "Shells", strings.Join(shells, ", ")), hint)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			}
			return root.GenPowerShellCompletionWithDesc(a.out)
		},
	}
}
