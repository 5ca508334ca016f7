package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

func newCheck(a *app) *cobra.Command {
	changes := false
	cmd := &cobra.Command{
		Use:               "check [LEDGER...]",
		Short:             a.Say("cmd.check_short"),
		Long:              a.Say("cmd.check_long"),
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if changes {
				return a.lookAll(cmd.Context(), args, func(s books) error {
					return a.changes(cmd.Context(), s, true,
						false)
				})
			}
			return a.runCheck(cmd.Context(), args)
		},
	}
	cmd.Flags().BoolVar(&changes, "changes", false, a.Say("cmd.flag_check_changes"))
	return cmd
}

// addRecorded adds the problems of the supervision record, and of the files that it names,
// as the history has them: the record need not stand in the workbook. Without a history
// there are none.
func (a *app) addRecorded(ctx context.Context, r *print.Reading) {
	beside := filepath.Join(filepath.Dir(r.Path), ".taizhang")
	if _, err := os.Stat(cmp.Or(a.settings.Sync.State, beside)); err != nil {
		return
	}
	var s *syncer.Session
	err := a.withPassword(func(password string) (err error) {
		opt := a.syncOptions(password)
		opt.ReadOnly = true
		s, err = syncer.Open(ctx, r.Path, opt)
		return err
	})
	if err != nil {
		return // what keeps it from being opened is told by whoever opens it
	}
	defer s.Close()
	a.path = r.Path
	l := s.Snapshot().Ledger
	if !l.Supervised() {
		return
	}
	known := map[string]bool{}
	for _, p := range r.Problems {
		known[p.Text.In(a.Lang)] = true
	}
	for _, p := range l.Problems {
		if strings.HasPrefix(p.Text.Key, "ledger.act_") && !known[p.Text.In(a.Lang)] {
			r.Problems = append(r.Problems, p)
		}
	}
	for _, f := range a.evidenceProblems(l) {
		at := f.Act.Entry.Source // row 0 where the record stands in no sheet, and then no column either
		cell := a1.Ref{Row: at.Row, Col: min(1, at.Row)}
		r.Problems = append(r.Problems, table.Problem{Sheet: at.Sheet, Cell: cell, Severity: table.Warning,
			Text: f.Text()})
	}
}

// read reads the workbook whose settings are in force.
func (a *app) read(path string) (*print.Reading, error) {
	if err := mustExist(path); err != nil {
		return nil, err
	}
	wb, err := a.workbook(path)
	if err != nil {
		return nil, err
	}
	opt := a.ledgerOptions()
	found, err := table.Find(wb, ledger.Schemas(opt))
	if err != nil {
		return nil, err
	}
	l := ledger.Build(found.Tables, opt)
	return &print.Reading{Path: path, Found: found, Problems: append(found.Problems, l.Problems...),
		Tasks: len(l.Tasks), Year: l.Year, Registers: l.RegisterDefs()}, nil
}

// runCheck reads the workbooks, each with the settings beside it. One that cannot be
// read keeps the others from nothing.
func (a *app) runCheck(ctx context.Context, arguments []string) error {
	paths, under, err := a.workbooks(arguments)
	if err != nil {
		return err
	}
	var readings []*print.Reading
	var failed []error
	for path, err := range a.eachOf(paths, under) {
		var r *print.Reading
		if err == nil {
			if r, err = a.read(path); err == nil {
				a.addRecorded(ctx, r)
			}
		}
		if err == nil && !ledger.IsLedger(r.Found) {
			text, hint := ledger.NoTasks(filepath.Base(r.Path), r.Found, a.ledgerOptions())
			err = &msg.Error{Class: syncer.ErrNoTable, Text: text, Hint: hint}
		}
		if r != nil {
			readings = append(readings, r)
		}
		if err != nil {
			failed = append(failed, err)
		}
	}
	if len(readings) == 0 {
		return failed[0]
	}
	if err := a.Check(readings); err != nil {
		return err
	}
	return a.failedSome(failed, len(paths))
}

// failedSome is the error of workbooks that failed: where others of so many did not,
// each is told here, and something is left for a person to do.
func (a *app) failedSome(failed []error, of int) error {
	if len(failed) == of && of > 0 {
		for _, err := range failed[1:] {
			a.Warn(print.Plain(err))
		}
		return failed[0]
	}
	for _, err := range failed {
		a.Warn(print.Plain(firstMistake(err)))
		a.waits = true
	}
	return nil
}

// firstMistake is the first of the mistakes in settings, in words; any other error is
// left as it is.
func firstMistake(err error) error {
	var mistakes config.Errors
	if errors.As(err, &mistakes) && len(mistakes) > 0 {
		return print.Mistake(mistakes[0])
	}
	return err
}
