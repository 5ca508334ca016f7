package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/annual"
)

type annualOptions struct {
	out     string // noFile: none
	ledgers []string
	year    int    // 0: the ledger's PastYear
	last    string // a workbook with last year's figures; "": last year's ledger, if it is here
	force   bool
}

func newAnnual(a *app) *cobra.Command {
	var opt annualOptions
	cmd := &cobra.Command{
		Use:   "annual OUT.docx|OUT.xlsx|- [LEDGER...]",
		Short: a.Say("cmd.annual_short"),
		Long:  a.Say("cmd.annual_long"),
		Example: "  taizhang annual 年度报告.docx\n  taizhang annual 年报表格.xlsx --last 2021年年报.xlsx\n" +
			"  taizhang annual - --year 2022 --json",
		Args:              atLeast(1, msg.New("cmd.annual_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.out, opt.ledgers = args[0], spread(args[1:])
			if ext := strings.ToLower(filepath.Ext(opt.out)); opt.out != noFile && ext != ".docx" && ext != ".xlsx" {
				return usage(msg.New("cmd.annual_ending", "File", opt.out), usageHint(cmd))
			}
			if err := checkYear(cmd, opt.year); err != nil {
				return err
			}
			return a.runAnnual(cmd.Context(), opt)
		},
	}
	cmd.Flags().IntVar(&opt.year, "year", 0, a.Say("cmd.flag_annual_year"))
	cmd.Flags().StringVar(&opt.last, "last", "", a.Say("cmd.flag_annual_last"))
	cmd.Flags().BoolVar(&opt.force, "force", false, a.Say("cmd.flag_export_force"))
	return cmd
}

// runAnnual writes the yearly report. Where a file is written the ledger gets the
// sheet for what no register tells, if it has none yet.
func (a *app) runAnnual(ctx context.Context, opt annualOptions) error {
	if opt.out != noFile && !opt.force {
		if err := unexported(opt.out); err != nil {
			return err
		}
	}
	return a.duringAll(ctx, opt.ledgers, opt.out == noFile, func(b books) error {
		s := sessionWith(b, "requests") // of several workbooks it gets 年报数据
		a.path = s.Snapshot().Path
		year := opt.year
		if year == 0 {
			year = b.Snapshot().Ledger.PastYear()
		}
		made := 0
		if opt.out != noFile && !a.settings.ReadOnly {
			var err error
			if made, err = annual.Prepare(ctx, s, year); err != nil {
				return err
			}
		}
		var last *annual.Last
		if opt.last != "" {
			var err error
			err = a.withPassword(func(password string) error {
				last, err = annual.ReadLast(opt.last, password, year-1, a.ledgerOptions())
				return err
			})
			if err != nil {
				return err
			}
		}
		r, err := annual.From(ctx, s, b.Snapshot().Ledger, year, last)
		if err != nil {
			return err
		}
		a.waits = a.waits || len(r.Breaches()) > 0
		text := ""
		if opt.out == noFile {
			text = r.Plain(a.annualSignature())
		} else if err := a.writeAnnual(r, opt.out, opt.force); err != nil {
			return err
		}
		return a.Annual(opt.out, r, made, text)
	})
}

// annualSignature says how the report is signed.
func (a *app) annualSignature() annual.Options {
	return annual.Options{Date: a.today(), Sealed: a.settings.Papers.Seal, Chinese: a.settings.Papers.ChineseDate}
}

// annualData is the report as the file's ending asks for it: the whole of it, or
// its tables.
func (a *app) annualData(r *annual.Report, file string) ([]byte, error) {
	if strings.EqualFold(filepath.Ext(file), ".xlsx") {
		return r.Workbook(a.Lang)
	}
	return r.Paper(a.annualSignature()).Docx()
}

// writeAnnual writes the report into a file that the user named.
func (a *app) writeAnnual(r *annual.Report, file string, force bool) error {
	data, err := a.annualData(r, file)
	if err != nil {
		return err
	}
	return a.writePaper(file, data, force)
}
