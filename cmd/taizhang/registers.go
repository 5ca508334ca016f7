package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

type registersOptions struct {
	kind            string // "": the figures of all
	overdue         bool
	within          int // days; negative: any
	units, statuses []string
	csv, fees       bool
}

func newRegisters(a *app) *cobra.Command {
	opt := registersOptions{}
	cmd := &cobra.Command{
		Use:   "registers [KIND]",
		Short: a.Say("cmd.registers_short"),
		Long:  a.Say("cmd.registers_long"),
		Example: "  taizhang registers\n  taizhang registers requests --due-within 7\n  taizhang registers messages " +
			"--overdue --csv > overdue.csv",
		Args: atMost(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return registerKinds(ledger.Registers()), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.kind = first(args)
			switch {
			case opt.fees && opt.kind != "" && opt.kind != "requests":
				return usage(msg.New("cmd.fees_of_requests"), usageHint(cmd))
			case !cmd.Flags().Changed("due-within"):
				opt.within = -1
			case opt.within < 0:
				return usage(msg.New("cmd.flag_value", "Flag", "--due-within", "Value", opt.within, "Want",
					msg.New("cmd.want_days")), usageHint(cmd))
			}
			return a.runRegisters(cmd.Context(), opt)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&opt.overdue, "overdue", false, a.Say("cmd.flag_overdue_rows"))
	fl.IntVar(&opt.within, "due-within", 0, a.Say("cmd.flag_due_within_rows"))
	fl.StringArrayVar(&opt.units, "unit", nil, a.Say("cmd.flag_unit_rows"))
	fl.StringSliceVar(&opt.statuses, "status", nil, a.Say("cmd.flag_status_rows"))
	fl.BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	fl.BoolVar(&opt.fees, "fees", false, a.Say("cmd.flag_fees"))
	cmd.RegisterFlagCompletionFunc("status", cobra.FixedCompletions(stateNames(), cobra.ShellCompDirectiveNoFileComp))
	cmd.AddCommand(newFill(a), newSteps(a))
	return cmd
}

func stateNames() (out []string) {
	for _, s := range ledger.States {
		out = append(out, string(s))
	}
	return out
}

func registerKinds(defs []ledger.RegisterDef) (out []string) {
	for _, d := range defs {
		out = append(out, d.Kind)
	}
	return out
}

func (a *app) runRegisters(ctx context.Context, opt registersOptions) error {
	return a.view(ctx, "", func(s *syncer.Snapshot) error {
		l := s.Ledger
		if opt.fees {
			return a.Fees(l, opt.csv)
		}
		if opt.kind == "" {
			return a.Registers(a.path, l, opt.csv)
		}
		def, err := registerNamed(l, opt.kind)
		if err != nil {
			return err
		}
		states, err := statesNamed(opt.statuses, a.Lang)
		if err != nil {
			return err
		}
		r := l.Register(def.Kind)
		if r == nil {
			r = &ledger.Register{Def: def}
		}
		units := map[string]bool{}
		for _, name := range opt.units {
			for _, u := range append(l.Directory.Expand(name), l.Directory.Canonical(name)) {
				units[u] = true
			}
		}
		var rows []*ledger.Entry
		for _, e := range r.Worst() {
			if e.Within(l.Today, opt.overdue, opt.within) && (len(opt.units) == 0 ||
				slices.ContainsFunc(append(slices.Clone(e.Units), e.Unit), func(u string) bool { return units[u] })) &&
				(len(states) == 0 || slices.Contains(states, e.State)) {
				rows = append(rows, e)
			}
		}
		return a.Entries(a.path, l, r, rows, opt.csv)
	})
}

// registerNamed is the register that a person means by its kind or its name.
func registerNamed(l *ledger.Ledger, word string) (*ledger.RegisterDef, error) {
	defs := l.RegisterDefs()
	for i := range defs {
		if strings.EqualFold(defs[i].Kind, word) || defs[i].Name == word {
			return &defs[i], nil
		}
	}
	kinds := registerKinds(defs)
	hint := msg.New("cmd.no_register_hint", "Kinds", strings.Join(kinds, ", "))
	if near := config.Nearest(word, kinds); near != "" {
		hint = msg.New("config.nearest", "Nearest", near)
	}
	return nil, usage(msg.New("cmd.no_register", "Word", word), hint)
}

// statesNamed are the states that a person means by their names or words.
func statesNamed(words []string, lang msg.Lang) (out []due.State, err error) {
	for _, w := range words {
		i := slices.IndexFunc(ledger.States, func(s due.State) bool {
			return string(s) == w ||
				ledger.StateText(s).In(lang) == w
		})
		if i < 0 {
			return nil, usage(msg.New("cmd.no_status", "Word", w),
				msg.New("cmd.no_status_hint", "Kinds", strings.Join(stateNames(), ", ")))
		}
		out = append(out, ledger.States[i])
	}
	return out, nil
}
