package main

import (
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func newSet(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "set TASK FIELD=VALUE...",
		Short:   a.say("cmd.set_short"),
		Long:    a.say("cmd.set_long"),
		Example: "  taizhang set 3 status=done completed=2022-06-20\n  taizhang set 3 备注=已与财政局核对",
		Args:    atLeast(2, msg.New("cmd.set_missing")),
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := assignments(cmd, args[1:])
			if err != nil {
				return err
			}
			return a.edit(cmd, func(s *syncer.Session) (string, syncer.Report, error) {
				t, err := s.Snapshot().Ledger.Find(args[0])
				if err != nil {
					return "", syncer.Report{}, err
				}
				var edits []syncer.Edit
				for _, v := range values {
					edits = append(edits, syncer.Edit{Task: t.ID, Field: v.field, Value: v.value})
				}
				r, err := s.Change(cmd.Context(), edits)
				return t.ID, r, err
			})
		},
	}
}

func newAdd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "add FIELD=VALUE...",
		Short:   a.say("cmd.add_short"),
		Long:    a.say("cmd.add_long"),
		Example: "  taizhang add title=更新机构职能目录 lead=党政办 deadline=6月30日前",
		Args:    atLeast(1, msg.New("cmd.add_missing")),
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := assignments(cmd, args)
			if err != nil {
				return err
			}
			return a.edit(cmd, func(s *syncer.Session) (string, syncer.Report, error) {
				return s.Add(cmd.Context(), asMap(values))
			})
		},
	}
}

func newRecord(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "record KIND FIELD=VALUE...",
		Short:   a.say("cmd.record_short"),
		Long:    a.say("cmd.record_long"),
		Example: "  taizhang record training unit=财政局 date=2022-05-18 topic=业务培训 people=42\n  taizhang record open_day unit=党政办 date=2022-09-20 parts=答疑、座谈",
		Args:    atLeast(2, msg.New("cmd.record_missing")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			}
			return []string{"training", "open_day"}, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := assignments(cmd, args[1:])
			if err != nil {
				return err
			}
			return a.edit(cmd, func(s *syncer.Session) (string, syncer.Report, error) {
				return s.Record(cmd.Context(), args[0], asMap(values))
			})
		},
	}
}

// edit opens the ledger, makes a change and says what became of it.
func (a *app) edit(cmd *cobra.Command, do func(*syncer.Session) (id string, r syncer.Report, err error)) error {
	return a.within(cmd, "", func(s *syncer.Session) error {
		id, r, err := do(s)
		return a.done(s, id, r, err)
	})
}

// done says what became of a change. id is the task or event, "" if there is
// not just one.
func (a *app) done(s *syncer.Session, id string, r syncer.Report, err error) error {
	if err != nil {
		return err
	}
	a.settle(r)
	if a.flags.json {
		return a.printJSON(editDocOf(id, r))
	}
	a.reportText(s.Snapshot(), r)
	return nil
}

// reportText says what changed, what waits and which conflicts are open.
func (a *app) reportText(s *syncer.Snapshot, r syncer.Report) {
	for _, c := range r.Copies {
		a.copyText(c)
	}
	a.changeLines("", r.Changes)
	if len(r.Changes) == 0 {
		a.line(a.say("cmd.no_changes"))
	}
	if r.Waiting {
		a.stateOfSync(s)
	}
	if r.Conflicts > 0 {
		a.line(a.say("cmd.conflict_count", "Count", r.Conflicts))
	}
}

// changeLines says each change; of a row that came or went only that it did.
func (a *app) changeLines(indent string, list []syncer.Change) {
	for _, c := range list {
		if c.What == "" || c.Field == "" {
			a.line(indent + a.changeLine(c))
		}
	}
}

func (a *app) changeLine(c syncer.Change) string {
	name := named(c.Number, c.Title)
	switch c.What {
	case "added":
		return a.say("cmd.row_added", "Task", name)
	case "deleted":
		return a.say("cmd.row_deleted", "Task", name)
	}
	return a.say("cmd.change", "Task", name, "Field", a.fieldName(c.Field), "From", a.orEmptyWord(c.From), "To", a.orEmptyWord(c.To))
}

// named is a row as people speak of it.
func named(number, title string) string { return strings.TrimSpace(number + " " + title) }

// fieldName is a field's heading; a column without a known meaning goes by its key.
func (a *app) fieldName(key string) string {
	for _, f := range taskFields {
		if f.name == key {
			return f.heading.In(a.lang)
		}
	}
	return key
}

type assignment struct{ field, value string }

// assignments reads FIELD=VALUE arguments. The sign may be typed full-width, as
// it is when an input method is on.
func assignments(cmd *cobra.Command, args []string) ([]assignment, error) {
	var out []assignment
	seen := map[string]bool{}
	for _, arg := range args {
		i := strings.IndexAny(arg, "=＝")
		if i < 0 || strings.TrimSpace(arg[:i]) == "" {
			return nil, usage(msg.New("cmd.not_assignment", "Argument", arg), usageHint(cmd))
		}
		_, sign := utf8.DecodeRuneInString(arg[i:])
		field, value := strings.TrimSpace(arg[:i]), arg[i+sign:]
		if seen[field] {
			return nil, usage(msg.New("cmd.field_twice", "Field", field), usageHint(cmd))
		}
		seen[field] = true
		out = append(out, assignment{field, value})
	}
	return out, nil
}

func asMap(list []assignment) map[string]string {
	out := make(map[string]string, len(list))
	for _, v := range list {
		out[v.field] = v.value
	}
	return out
}
