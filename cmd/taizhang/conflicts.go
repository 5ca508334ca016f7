package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

type conflictDoc struct {
	ID       string `json:"id"`
	Task     string `json:"task"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	Field    string `json:"field"`
	Base     string `json:"base"`
	Mine     string `json:"mine"`
	Theirs   string `json:"theirs"`
	MineBy   string `json:"mine_by"`
	TheirsBy string `json:"theirs_by"`
	Since    string `json:"since"`
}

func newConflicts(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "conflicts [LEDGER]",
		Short:             a.say("cmd.conflicts_short"),
		Long:              a.say("cmd.conflicts_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.view(cmd, args, func(s *syncer.Snapshot) error {
				if a.flags.json {
					return a.printJSON(conflictDocs(s.Conflicts))
				}
				a.conflictsText(s.Conflicts)
				return nil
			})
		},
	}
}

func newResolve(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "resolve ID mine|theirs|=VALUE",
		Short:   a.say("cmd.resolve_short"),
		Long:    a.say("cmd.resolve_long"),
		Example: "  taizhang resolve 3f2a mine\n  taizhang resolve 3f2a =已完成",
		Args:    exactly(2, msg.New("cmd.resolve_missing")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) != 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return []string{syncer.Mine, syncer.Theirs}, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.edit(cmd, ledger.KindTasks, nil, func(s *syncer.Session) (string, syncer.Report, error) {
				r, err := s.Resolve(cmd.Context(), syncer.Decision{Conflict: args[0], Choice: args[1]})
				return args[0], r, err
			})
		},
	}
}

func conflictDocs(list []syncer.Conflict) []conflictDoc {
	out := make([]conflictDoc, 0, len(list))
	for _, c := range list {
		out = append(out, conflictDoc{c.ID, c.Task, c.Number, c.Title, c.Field, c.Base, c.Mine, c.Theirs, c.MineBy, c.TheirsBy, moment(c.Since)})
	}
	return out
}

// moment is a time as scripts read it, "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}

// clock is a time as people read it, in their own time zone.
func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func (a *app) conflictsText(list []syncer.Conflict) {
	if len(list) == 0 {
		a.line(a.say("cmd.no_conflicts"))
		return
	}
	for _, c := range list {
		a.line(a.say("cmd.conflict_head", "ID", c.ID, "Task", named(c.Number, c.Title), "Field", a.conflictField(c), "Since", clock(c.Since)))
		a.line(a.say("cmd.conflict_base", "Value", a.orEmptyWord(c.Base)))
		a.line(a.say("cmd.conflict_mine", "Value", a.orEmptyWord(c.Mine), "By", a.orSomebody(c.MineBy), "At", clock(c.MineAt)))
		a.line(a.say("cmd.conflict_theirs", "Value", a.orEmptyWord(c.Theirs), "By", a.orSomebody(c.TheirsBy), "At", clock(c.TheirsAt)))
		fmt.Fprintln(&a.page)
	}
	a.line(a.say("cmd.conflicts_hint", "ID", list[0].ID))
}

func (a *app) conflictField(c syncer.Conflict) string {
	switch {
	case c.Field == "":
		return a.say("cmd.conflict_row")
	case c.Heading != "":
		return c.Heading
	}
	return a.fieldName(c.Field)
}

// orSomebody is a person's name, or that nobody knows it: not every program says
// who saved a workbook.
func (a *app) orSomebody(name string) string {
	if name == "" {
		return a.say("cmd.author_unknown")
	}
	return name
}

func (a *app) orEmptyWord(s string) string {
	if s == "" {
		return a.say("cmd.empty")
	}
	return s
}
