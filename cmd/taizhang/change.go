package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// changeOptions are what to change, and into what.
type changeOptions struct {
	row    string   // the kind of event; "" for a new task
	tasks  []string // as they were named: ids, codes, numbers, lists and ranges of them
	values []assignment
}

func newSet(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "set TASK... FIELD=VALUE...",
		Short: a.Say("cmd.set_short"),
		Long:  a.Say("cmd.set_long"),
		Example: "  taizhang set 3 status=done completed=2022-06-20\n  taizhang set 3 备注=已与财政局核对\n  " +
			"taizhang set requests:2022-7 replied=今天 outcome=granted\n  taizhang set 4 5 8-10 lead=项目办",
		Args:              atLeast(2, msg.New("cmd.set_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			first := slices.IndexFunc(args, func(arg string) bool { return strings.ContainsAny(arg, "=＝") })
			if first < 0 {
				first = len(args) - 1 // to be told what an assignment looks like
			}
			if first == 0 {
				return usage(msg.New("cmd.set_missing"), usageHint(cmd))
			}
			values, err := assignments(cmd, args[first:])
			if err != nil {
				return err
			}
			return a.runSet(cmd.Context(), changeOptions{tasks: args[:first], values: values})
		},
	}
}

// runSet changes the tasks: all of them, or none.
func (a *app) runSet(ctx context.Context, opt changeOptions) error {
	kind := ledger.KindTasks
	if of, _, ok := strings.Cut(opt.tasks[0], ":"); ok {
		kind = of
	}
	return a.edit(ctx, kind, opt.values, func(s books) (string, syncer.Report, error) {
		tasks := opt.tasks
		if slices.ContainsFunc(tasks, namesSeveral) {
			found, err := s.Snapshot().Ledger.FindAll(tasks)
			if err != nil {
				return "", syncer.Report{}, err
			}
			tasks = nil
			for _, t := range found {
				tasks = append(tasks, t.ID)
			}
		}
		var edits []syncer.Edit
		for _, task := range tasks {
			for _, v := range opt.values {
				edits = append(edits, syncer.Edit{Task: task, Field: v.field, Value: v.value, KeepBoth: true})
			}
		}
		r, err := s.Change(ctx, edits)
		if len(tasks) > 1 {
			return "", r, err
		}
		return r.Task, r, err
	})
}

// namesSeveral reports whether an argument may name several tasks; a row of a
// register (requests:2022-7) is one.
func namesSeveral(ref string) bool { return !strings.ContainsAny(ref, ":：") && ledger.IsSeveral(ref) }

func newAdd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "add FIELD=VALUE...",
		Short:             a.Say("cmd.add_short"),
		Long:              a.Say("cmd.add_long"),
		Example:           "  taizhang add title=更新机构职能目录 lead=党政办 deadline=6月30日前",
		Args:              atLeast(1, msg.New("cmd.add_missing")),
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := assignments(cmd, args)
			if err != nil {
				return err
			}
			return a.runAdd(cmd.Context(), changeOptions{values: values})
		},
	}
}

func (a *app) runAdd(ctx context.Context, opt changeOptions) error {
	return a.edit(ctx, ledger.KindTasks, opt.values, func(s books) (string, syncer.Report, error) {
		return s.Add(ctx, asMap(opt.values))
	})
}

func newRecord(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "record KIND FIELD=VALUE...",
		Short: a.Say("cmd.record_short"),
		Long:  a.Say("cmd.record_long"),
		Example: "  taizhang record training unit=财政局 date=2022-05-18 topic=业务培训 people=42\n  taizhang record " +
			"open_day unit=党政办 date=2022-09-20 parts=答疑、座谈\n  taizhang record requests content=预算执行情况 applicant=某某 " +
			"received=9月19日 unit=财政局",
		Args: atLeast(2, msg.New("cmd.record_missing")),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			}
			return append([]string{"training", "open_day"}, registerKinds(ledger.Registers())...),
				cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := assignments(cmd, args[1:])
			if err != nil {
				return err
			}
			return a.runRecord(cmd.Context(), changeOptions{row: args[0], values: values})
		},
	}
}

func (a *app) runRecord(ctx context.Context, opt changeOptions) error {
	return a.edit(ctx, opt.row, opt.values, func(s books) (string, syncer.Report, error) {
		return s.Record(ctx, opt.row, asMap(opt.values))
	})
}

// edit opens the ledger, changes a table of that kind (also the kind of an event or
// the name of a register) with values and says what became of it.
func (a *app) edit(ctx context.Context, kind string, values []assignment,
	do func(books) (id string, r syncer.Report, err error)) error {
	a.later = true
	return a.withinAll(ctx, nil, func(s books) error {
		id, r, err := do(s)
		if t := s.Snapshot().Trouble; t != nil && err != nil && t.Error() != err.Error() {
			a.Warn(t)
		}
		if errors.Is(err, ledger.ErrNoField) {
			err = nearField(err, s.Snapshot(), kind, values)
		}
		return a.done(s, id, r, err)
	})
}

// nearField has err, an unknown column among values, ask whether a column with a
// name much like it was meant.
func nearField(err error, s *syncer.Snapshot, kind string, values []assignment) error {
	var said *msg.Error
	if !errors.As(err, &said) {
		return err
	}
	var names []string
	def := s.Ledger.RegisterNamed(kind)
	switch {
	case def != nil:
		kind = def.Kind
	case kind != ledger.KindTasks:
		kind = ledger.KindActivities
	}
	for _, t := range s.Found.Tables {
		if t.Kind == kind {
			for _, c := range t.Columns {
				names = append(names, c.Key, c.Heading)
			}
		}
	}
	if len(names) == 0 && def != nil {
		names = def.FieldNames()
	}
	if len(names) == 0 && kind == ledger.KindActivities {
		names = ledger.ActivityFields()
	}
	for _, v := range values {
		if near := config.Nearest(v.field, names); near != "" && !slices.Contains(names, v.field) {
			e := *said
			e.Hint = msg.New("config.nearest", "Nearest", near)
			return &e
		}
	}
	return err
}

// done says what became of a change, and what a person should look at in it. id
// is the task or event, "" if there is not just one.
func (a *app) done(s books, id string, r syncer.Report, err error) error {
	kept := err != nil && len(r.Changes) > 0 && errors.Is(err, s.Snapshot().Trouble)
	if err != nil && !kept {
		return err
	}
	a.settle(r)
	doubts := []string{}
	rows := []string{id}
	if id == "" {
		rows = r.Tasks
	}
	for _, row := range rows {
		for _, d := range s.Snapshot().Ledger.Doubts(row, r.FieldsOf(row)) {
			doubts = append(doubts, d.In(a.Lang))
		}
	}
	if err := a.Edit(s.Snapshot(), id, r, doubts); err != nil {
		return err
	}
	for _, l := range r.Listed {
		a.Note(a.Say("cmd.listed", "Title", l.Title, "Heading", l.Heading, "Typed", l.Typed, "Written", l.Written))
	}
	for _, m := range r.Moved {
		by := m.By
		if by == "" {
			by = a.Say("syncer.somebody")
		}
		a.Note(a.Say("cmd.moved", "Title", m.Title, "Field", m.Heading, "Now", m.Now, "By", by, "At", print.Clock(m.At),
			"Typed", m.Typed, "ID", m.Conflict, "Gone", m.Gone))
		a.waits = true
	}
	for _, d := range doubts {
		a.Note(a.Say("cmd.doubt", "Text", d))
		a.waits = true
	}
	if kept { // in the history; the workbook could not be written, and will be
		a.warnOnce(err)
		a.waits = true
	}
	return nil
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
