package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// useLine is how a command is called: its path and its arguments.
func useLine(cmd *cobra.Command) string {
	_, args, _ := strings.Cut(cmd.Use, " ")
	return strings.TrimSpace(cmd.CommandPath() + " " + args)
}

// help prints a command's help in the interface language.
func (a *app) help(cmd *cobra.Command) {
	var b strings.Builder
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	fmt.Fprintf(&b, "%s\n\n%s\n  %s\n", strings.TrimSpace(text), a.Say("cmd.help_usage"), useLine(cmd))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", a.Say("cmd.help_commands"))
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-13s %s\n", c.Name(), c.Short)
			}
		}
	}
	if cmd.HasExample() {
		fmt.Fprintf(&b, "\n%s\n%s\n", a.Say("cmd.help_examples"), strings.TrimRight(cmd.Example, "\n"))
	}
	if local := cmd.LocalNonPersistentFlags(); local.HasAvailableFlags() {
		fmt.Fprintf(&b, "\n%s\n%s\n", a.Say("cmd.help_flags"), strings.TrimRight(local.FlagUsages(), "\n"))
	}
	global := cmd.InheritedFlags()
	if cmd == cmd.Root() {
		global = cmd.PersistentFlags()
	}
	fmt.Fprintf(&b, "\n%s\n%s\n", a.Say("cmd.help_global"), strings.TrimRight(global.FlagUsages(), "\n"))
	if cmd == cmd.Root() {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(a.Say("cmd.help_footer")))
	}
	fmt.Fprint(a, b.String())
}

func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: a.Say("cmd.help_short"),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 || target == nil {
				return unknownCommand(cmd.Root(), strings.Join(args, " "))
			}
			a.help(target)
			return nil
		},
	}
}
