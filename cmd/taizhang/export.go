package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/bulletin"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/syncer"
)

// noFile in place of OUT writes no workbook: --json or --csv is all that is
// wanted.
const noFile = "-"

type exportOptions struct {
	out        string // noFile: none
	ledgers    []string
	force, csv bool
	period     periodOptions // of the bulletin
}

func newExport(a *app) *cobra.Command {
	var opt exportOptions
	cmd := &cobra.Command{
		Use:   "export OUT.xlsx [LEDGER...]",
		Short: a.Say("cmd.export_short"),
		Long:  a.Say("cmd.export_long"),
		Example: "  taizhang export 汇总.xlsx\n  taizhang export 汇总.xlsx 政务公开.xlsx 督查督办.xlsx --force\n  " +
			"taizhang export - 政务公开.xlsx 督查督办.xlsx --csv > 任务总表.csv",
		Args:              atLeast(1, msg.New("cmd.export_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.out, opt.ledgers = args[0], spread(args[1:])
			switch {
			case opt.csv && a.AsJSON:
				return usage(msg.New("cmd.export_json_csv"), usageHint(cmd))
			case opt.out == noFile && !opt.csv && !a.AsJSON:
				return usage(msg.New("cmd.export_nothing"), usageHint(cmd))
			case opt.out != noFile && strings.ToLower(filepath.Ext(opt.out)) != ".xlsx":
				return usage(msg.New("cmd.export_not_xlsx", "File", opt.out), usageHint(cmd))
			}
			return a.runExport(cmd.Context(), opt, usageHint(cmd))
		},
	}
	cmd.Flags().BoolVar(&opt.force, "force", false, a.Say("cmd.flag_export_force"))
	cmd.Flags().BoolVar(&opt.csv, "csv", false, a.Say("cmd.flag_export_csv"))
	opt.period.flags(a, cmd)
	return cmd
}

// exportMemory is what an export of a hundred thousand tasks needs with the
// collector at work; without the limit garbage takes up as much again.
const exportMemory = 250 << 20

// runExport makes the consolidated workbook; hint tells how the command is used.
func (a *app) runExport(ctx context.Context, opt exportOptions, hint msg.Text) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(exportMemory))
	}
	if opt.out != noFile && !opt.force {
		if err := unexported(opt.out); err != nil {
			return err
		}
	}
	sources, named, err := a.exportSources(ctx, opt, hint)
	if err != nil {
		return err
	}
	if opt.out == noFile {
		return a.Exported("", sources, named, opt.csv)
	}
	if err := a.writeExport(ctx, opt.out, sources, opt.force); err != nil {
		return err
	}
	return a.Exported(opt.out, sources, named, opt.csv)
}

// unexported is vacant, and knows what else may be done.
func unexported(path string) error {
	err := vacant(path)
	var taken *msg.Error
	if errors.As(err, &taken) {
		said := *taken
		said.Hint = msg.New("cmd.export_exists_hint")
		return &said
	}
	return err
}

// exportSources reads the ledgers, one after the other, each with the settings
// that lie beside it; named is what each was called by. None of them may be what
// is to be written.
func (a *app) exportSources(ctx context.Context, opt exportOptions, hint msg.Text) (sources []summary.Source,
	named []string, err error) {
	paths, under, err := a.workbooks(opt.ledgers)
	if err != nil {
		return nil, nil, err
	}
	target, _ := os.Stat(opt.out) // what is not there is no ledger
	var failed []error
	for path, err := range a.eachOf(paths, under) {
		var s *syncer.Session
		if err == nil {
			s, err = a.openOne(ctx, path, true)
		}
		if err != nil {
			failed = append(failed, err)
			continue
		}
		src, err := summary.From(ctx, s, a.rules())
		if err == nil && opt.out != noFile {
			src.Bulletin, err = a.exportBulletin(ctx, s, src, opt, hint)
		}
		s.Close()
		if err != nil {
			return nil, nil, err
		}
		info, err := os.Stat(src.File)
		if err == nil && target != nil && os.SameFile(info, target) {
			return nil, nil, usage(msg.New("cmd.export_onto_ledger", "File", opt.out),
				msg.New("cmd.export_onto_ledger_hint"))
		}
		sources, named = append(sources, src), append(named, a.path)
	}
	return underOneName(sources), named, a.failedSome(failed, len(paths))
}

// exportBulletin is the bulletin of the period that was named, else of the last
// month if the history reaches back to it; nil if there is none.
func (a *app) exportBulletin(ctx context.Context, s *syncer.Session, src summary.Source, opt exportOptions,
	hint msg.Text) (*bulletin.Bulletin, error) {
	p, err := opt.period.period(a.today(), hint)
	if err != nil || !opt.period.isSet() && !bulletin.Reaches(src.Log, p) {
		return nil, err
	}
	return bulletin.From(ctx, s, p, a.rules())
}

func (a *app) writeExport(ctx context.Context, out string, sources []summary.Source, force bool) error {
	check := unexported // somebody may have made it in the meantime
	if force {
		check = nil
	}
	err := summary.ExportFile(ctx, out, sources, summary.Options{Lang: a.Lang, Zone: time.Local,
		Progress: a.Progress(a.Say("cmd.exporting"))}, check)
	a.EndProgress()
	return err
}
