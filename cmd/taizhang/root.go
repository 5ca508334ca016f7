package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/msg"
)

// define adds the global flags to set.
func (g *globals) define(set *pflag.FlagSet, a *app) {
	g.set = set
	set.StringArray("ledger", nil, a.Say("cmd.flag_ledger"))
	set.StringVar(&g.config, "config", "", a.Say("cmd.flag_config"))
	set.String("today", "", a.Say("cmd.flag_today"))
	set.StringVar(&g.asOf, "as-of", "", a.Say("cmd.flag_as_of"))
	set.String("lang", "", a.Say("cmd.flag_lang"))
	set.BoolVar(&a.AsJSON, "json", false, a.Say("cmd.flag_json"))
	set.Bool("no-color", false, a.Say("cmd.flag_no_color"))
	set.Bool("readonly", false, a.Say("cmd.flag_readonly"))
	set.String("password-file", "", a.Say("cmd.flag_password_file"))
}

func newRoot(a *app) *cobra.Command {
	cobra.MousetrapHelpText = "" // started by a double click on Windows, the dashboard opens
	cobra.EnableCommandSorting = false
	root := &cobra.Command{
		Use:               "taizhang [LEDGER...]",
		Short:             a.Say("cmd.root_short"),
		Long:              a.Say("cmd.root_long"),
		Args:              a.rootArgs,
		RunE:              a.runRoot,
		ValidArgsFunction: manyWorkbooks,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	a.flags.define(root.PersistentFlags(), a)
	root.PersistentFlags().BoolP("help", "h", false, a.Say("cmd.flag_help"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(cmd, err) })
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { a.help(cmd) })
	root.SetHelpCommand(newHelp(a))
	root.AddCommand(
		newStatus(a), newTasks(a), newOverdue(a), newRequirements(a), newRegisters(a), newCheck(a),
		newSet(a), newAdd(a), newRecord(a), newSync(a),
		newMerge(a), newConflicts(a), newResolve(a), newLog(a), newUndo(a), newRedo(a), newRestore(a),
		newReview(a), newExtend(a), newEvidence(a), newScore(a), newChanges(a),
		newInit(a), newSplit(a), newRemind(a), newExport(a), newBulletin(a), newAnnual(a), newRollover(a),
		newDemo(a), newConfig(a), newCompletion(a), newVersion(a),
	)
	root.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions([]string{string(msg.ZH), string(msg.EN)},
		cobra.ShellCompDirectiveNoFileComp))
	root.MarkPersistentFlagFilename("ledger", workbookEndings...)
	root.MarkPersistentFlagFilename("config", "yaml", "yml")
	return root
}

// runRoot opens the dashboard; without a terminal it prints the status.
func (a *app) runRoot(cmd *cobra.Command, args []string) error {
	if a.AsJSON || !print.IsTerminal(a.in) || !print.IsTerminal(a.out) {
		return a.runStatus(cmd.Context(), statusOptions{ledgers: args})
	}
	return a.runDashboard(cmd, args)
}

// rootArgs tells a mistyped command from a ledger that is not there.
func (a *app) rootArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	word := args[0]
	if _, err := os.Stat(word); err == nil || len(args) > 1 {
		return nil
	}
	if filepath.Ext(word) == "" && !strings.ContainsAny(word, `/\`) {
		return unknownCommand(cmd.Root(), word)
	}
	return nil
}

func unknownCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	hint := msg.New("cmd.unknown_command_hint")
	if near := config.Nearest(word, names); near != "" {
		hint = msg.New("config.nearest", "Nearest", "taizhang "+near)
	}
	return usage(msg.New("cmd.unknown_command", "Word", word), hint)
}

// atMost, atLeast and exactly are cobra's rules with our sentences.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage(msg.New("cmd.too_many_arguments", "Command", cmd.CommandPath(), "Argument", args[n]),
				usageHint(cmd))
		}
		return nil
	}
}

func atLeast(n int, missing msg.Text) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return usage(missing, usageHint(cmd))
		}
		return nil
	}
}

func exactly(n int, missing msg.Text) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := atLeast(n, missing)(cmd, args); err != nil {
			return err
		}
		return atMost(n)(cmd, args)
	}
}

func usageHint(cmd *cobra.Command) msg.Text {
	return msg.New("cmd.usage_hint", "Usage", useLine(cmd), "Command", cmd.CommandPath())
}

// flagError puts what pflag says into words.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		dashes := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dashes = "-"
		}
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		hint := usageHint(cmd)
		if near := config.Nearest(name, names); near != "" {
			hint = msg.New("config.nearest", "Nearest", "--"+near)
		}
		return usage(msg.New("cmd.unknown_flag", "Flag", dashes+name, "Command", cmd.CommandPath()), hint)
	case errors.As(err, &missing):
		return usage(msg.New("cmd.flag_needs_value", "Flag", "--"+missing.GetFlag().Name), usageHint(cmd))
	case errors.As(err, &invalid):
		want := msg.New("config.want_text")
		switch invalid.GetFlag().Value.Type() {
		case "bool":
			want = msg.New("config.want_bool")
		case "int":
			want = msg.New("cmd.want_count")
			if invalid.GetFlag().Name == "due-within" {
				want = msg.New("cmd.want_days")
			}
		}
		return usage(msg.New("cmd.flag_value", "Flag", "--"+invalid.GetFlag().Name, "Value", invalid.GetValue(), "Want",
			want), usageHint(cmd))
	}
	return usage(msg.New("cmd.flag_syntax", "Why", err.Error()), usageHint(cmd))
}

// workbookEndings are those of the files that can be a ledger or a copy.
var workbookEndings = []string{"xlsx", "xlsm"}

// manyWorkbooks completes any number of workbooks.
func manyWorkbooks(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return workbookEndings, cobra.ShellCompDirectiveFilterFileExt
}
