package main

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
	"taizhang/tui/index"
)

// filter picks tasks; conditions that were not given let everything pass, and
// all that were given must hold.
type filter struct {
	units    map[string]bool // lead units, nil: any
	statuses map[ledger.StatusKind]bool
	overdue  bool
	before   time.Time // due on or before, and not overdue; zero: any
	words    []string  // each must stand in some field
	section  string
	ordered  map[string]bool // by leaders or meetings, by id; nil: any
}

type tasksOptions struct {
	ledgers         []string
	units, statuses []string
	anyUnit         bool // --unit was not given: "" is the name of those without one
	overdue         bool
	within          int // days; negative: any
	search, section string
	attention       bool
	csv             bool
}

func newTasks(a *app) *cobra.Command {
	opt := tasksOptions{}
	cmd := &cobra.Command{
		Use:   "tasks [LEDGER...]",
		Short: a.Say("cmd.tasks_short"),
		Long:  a.Say("cmd.tasks_long"),
		Example: "  taizhang tasks --overdue --csv > overdue.csv\n  taizhang tasks --unit 党政办 --status " +
			"in_progress\n  taizhang tasks --due-within 30 --json",
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			set := cmd.Flags().Changed
			opt.ledgers, opt.anyUnit = args, !set("unit")
			switch {
			case !set("due-within"):
				opt.within = -1
			case opt.within < 0:
				return usage(msg.New("cmd.flag_value", "Flag", "--due-within", "Value", opt.within, "Want",
					msg.New("cmd.want_days")), usageHint(cmd))
			}
			return a.runTasks(cmd.Context(), opt)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&opt.units, "unit", nil, a.Say("cmd.flag_unit"))
	fl.StringSliceVar(&opt.statuses, "status", nil, a.Say("cmd.flag_status"))
	fl.BoolVar(&opt.overdue, "overdue", false, a.Say("cmd.flag_overdue"))
	fl.IntVar(&opt.within, "due-within", 0, a.Say("cmd.flag_due_within"))
	fl.StringVar(&opt.search, "search", "", a.Say("cmd.flag_search"))
	fl.StringVar(&opt.section, "section", "", a.Say("cmd.flag_section"))
	fl.BoolVar(&opt.attention, "attention", false, a.Say("cmd.flag_attention"))
	fl.BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	cmd.RegisterFlagCompletionFunc("status", cobra.FixedCompletions(append(statusNames(), string(ledger.UnknownStatus)),
		cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (a *app) runTasks(ctx context.Context, opt tasksOptions) error {
	return a.viewAll(ctx, opt.ledgers, func(s *syncer.Snapshot) error {
		f := filter{overdue: opt.overdue, words: strings.Fields(index.Fold(opt.search)),
			section: index.Fold(opt.section)}
		if opt.attention {
			f.ordered = map[string]bool{}
			for _, t := range supervise.Attention(s.Ledger) {
				f.ordered[t.ID] = true
			}
		}
		if opt.within >= 0 {
			f.before = s.Ledger.Today.AddDate(0, 0, opt.within)
		}
		if !opt.anyUnit {
			if err := f.addUnits(s.Ledger, opt.units); err != nil {
				return err
			}
		}
		if err := f.addStatuses(opt.statuses, a.ledgerOptions()); err != nil {
			return err
		}
		return a.Tasks(s.Ledger, f.pick(s.Ledger), opt.csv)
	})
}

type overdueOptions struct {
	ledgers []string
	csv     bool
}

func newOverdue(a *app) *cobra.Command {
	var opt overdueOptions
	cmd := &cobra.Command{
		Use:               "overdue [LEDGER...]",
		Short:             a.Say("cmd.overdue_short"),
		Long:              a.Say("cmd.overdue_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.ledgers = args
			return a.runOverdue(cmd.Context(), opt)
		},
	}
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_csv"))
	return cmd
}

// runOverdue shows the overdue tasks, worst first.
func (a *app) runOverdue(ctx context.Context, opt overdueOptions) error {
	return a.viewAll(ctx, opt.ledgers, func(s *syncer.Snapshot) error {
		tasks := filter{overdue: true}.pick(s.Ledger)
		slices.SortStableFunc(tasks, func(x, y *ledger.Task) int { return cmp.Compare(y.DaysOverdue, x.DaysOverdue) })
		return a.Tasks(s.Ledger, tasks, opt.csv)
	})
}

// addUnits takes units by any of their names, and the members of a collective.
// A name that nobody in the ledger has is an error: an empty answer to a
// mistyped name would read as "nothing to do".
func (f *filter) addUnits(l *ledger.Ledger, names []string) error {
	known := knownUnits(l)
	known[""] = true
	f.units = map[string]bool{}
	for _, name := range names {
		if name == "" {
			f.units[""] = true
			continue
		}
		hit := false
		for _, unit := range append(l.Directory.Expand(name), l.Directory.Canonical(name)) {
			if known[unit] {
				f.units[unit], hit = true, true
			}
		}
		if !hit {
			return noUnit(name, known)
		}
	}
	return nil
}

// knownUnits are the units of the directory and those that owe something, if only a row of
// a register.
func knownUnits(l *ledger.Ledger) map[string]bool {
	known := map[string]bool{}
	for _, u := range l.Directory.Units() {
		known[u.Name] = true
	}
	for _, t := range l.Tasks {
		known[t.Lead] = true
	}
	for _, r := range l.Registers {
		for _, e := range r.Entries {
			known[e.Unit] = true
			for _, u := range e.Units {
				known[u] = true
			}
		}
	}
	return known
}

func noUnit(name string, known map[string]bool) error {
	var names []string
	for n := range known {
		if n != "" {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	const show = 12
	hint := msg.New("cmd.no_unit_hint", "Units", strings.Join(some(names, show), ", "))
	if near := nearUnit(name, names); near != "" {
		hint = msg.New("config.nearest", "Nearest", near)
	}
	return usage(msg.New("cmd.no_unit", "Unit", name), hint)
}

// nearUnit is the unit whose name holds the one given, or nearly is it.
func nearUnit(name string, names []string) string {
	for _, n := range names {
		if strings.Contains(n, name) {
			return n
		}
	}
	return config.Nearest(name, names)
}

// addStatuses takes kinds ("done") and words that mean one ("已完成").
func (f *filter) addStatuses(list []string, opt ledger.Options) error {
	kinds := append(statusNames(), string(ledger.UnknownStatus))
	for _, word := range list {
		kind := ledger.StatusKind(word)
		if !slices.Contains(kinds, word) {
			if kind = ledger.ParseStatus(word, opt).Kind; kind == ledger.UnknownStatus || kind == "" {
				return usage(msg.New("cmd.no_status", "Word", word),
					msg.New("cmd.no_status_hint", "Kinds", strings.Join(kinds, ", ")))
			}
		}
		if f.statuses == nil {
			f.statuses = map[ledger.StatusKind]bool{}
		}
		f.statuses[kind] = true
	}
	return nil
}

func (f filter) pick(l *ledger.Ledger) []*ledger.Task {
	var out []*ledger.Task
	for _, t := range l.Tasks {
		if f.passes(l, t) {
			out = append(out, t)
		}
	}
	return out
}

func (f filter) passes(l *ledger.Ledger, t *ledger.Task) bool {
	switch {
	case f.units != nil && !f.units[t.Lead]:
	case f.statuses != nil && !f.statuses[t.Status.Kind]:
	case f.ordered != nil && !f.ordered[t.ID]:
	case f.overdue && !t.Overdue:
	case !f.before.IsZero() && !dueBy(l, t, f.before):
	case f.section != "" && !strings.Contains(index.Fold(t.Section), f.section):
	case !hasWords(t, f.words):
	default:
		return true
	}
	return false
}

// dueBy reports an open task that falls due between today and that day.
func dueBy(l *ledger.Ledger, t *ledger.Task, day time.Time) bool {
	due := t.DueNow
	return t.Status.Kind != ledger.Done && !due.IsZero() && !due.Before(l.Today) && !due.After(day)
}

func hasWords(t *ledger.Task, words []string) bool {
	if len(words) == 0 {
		return true
	}
	all := index.Fold(strings.Join(allTexts(t), "\n"))
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

func allTexts(t *ledger.Task) []string {
	out := []string{t.ID}
	for _, c := range print.TaskColumns {
		out = append(out, print.CellText(t, c))
	}
	for _, e := range t.Extra {
		out = append(out, e.Value)
	}
	return out
}
