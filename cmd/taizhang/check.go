package main

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "check [LEDGER]",
		Short:             a.Say("cmd.check_short"),
		Long:              a.Say("cmd.check_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runCheck(first(args)) },
	}
}

func (a *app) read(argument string) (*print.Reading, error) {
	if err := a.load(argument); err != nil {
		return nil, err
	}
	path, err := a.ledger()
	if err != nil {
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
	return &print.Reading{Path: path, Found: found, Problems: append(found.Problems, l.Problems...), Tasks: len(l.Tasks), Year: l.Year, Registers: l.RegisterDefs()}, nil
}

func (a *app) runCheck(argument string) error {
	r, err := a.read(argument)
	if err != nil {
		return err
	}
	err = a.Check(r)
	if err == nil && !ledger.IsLedger(r.Found) {
		text, hint := ledger.NoTasks(filepath.Base(r.Path), r.Found, a.ledgerOptions())
		return &msg.Error{Class: syncer.ErrNoTable, Text: text, Hint: hint}
	}
	return err
}
