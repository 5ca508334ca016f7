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

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/summary"
)

// noFile in place of OUT writes no workbook: --json or --csv is all that is
// wanted.
const noFile = "-"

func newExport(a *app) *cobra.Command {
	var force, csv bool
	cmd := &cobra.Command{
		Use:               "export OUT.xlsx [LEDGER...]",
		Short:             a.say("cmd.export_short"),
		Long:              a.say("cmd.export_long"),
		Example:           "  taizhang export 汇总.xlsx\n  taizhang export 汇总.xlsx 政务公开.xlsx 督查督办.xlsx --force\n  taizhang export - 政务公开.xlsx 督查督办.xlsx --csv > 任务总表.csv",
		Args:              atLeast(1, msg.New("cmd.export_missing")),
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if csv && a.flags.json {
				return usage(msg.New("cmd.export_json_csv"), usageHint(cmd))
			}
			if args[0] == noFile && !csv && !a.flags.json {
				return usage(msg.New("cmd.export_nothing"), usageHint(cmd))
			}
			if args[0] != noFile && strings.ToLower(filepath.Ext(args[0])) != ".xlsx" {
				return usage(msg.New("cmd.export_not_xlsx", "File", args[0]), usageHint(cmd))
			}
			return a.runExport(cmd, args[0], spread(args[1:]), force, csv)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, a.say("cmd.flag_export_force"))
	cmd.Flags().BoolVar(&csv, "csv", false, a.say("cmd.flag_export_csv"))
	return cmd
}

// exportMemory is what an export of a hundred thousand tasks needs with the
// collector at work; without the limit garbage takes up as much again.
const exportMemory = 250 << 20

func (a *app) runExport(cmd *cobra.Command, out string, ledgers []string, force, csv bool) error {
	if os.Getenv("GOMEMLIMIT") == "" {
		defer debug.SetMemoryLimit(debug.SetMemoryLimit(exportMemory))
	}
	if out != noFile && !force {
		if err := unexported(out); err != nil {
			return err
		}
	}
	sources, named, err := a.exportSources(cmd, out, ledgers)
	if err != nil {
		return err
	}
	if out != noFile {
		if err := a.writeExport(cmd.Context(), out, sources, force); err != nil {
			return err
		}
	}
	switch {
	case a.flags.json:
		return a.printJSON(exportDocOf(out, sources, named))
	case csv:
		return a.exportCSV(sources, named)
	}
	tasks := 0
	for _, s := range sources {
		tasks += len(s.Ledger.Tasks)
	}
	a.line(a.say("cmd.exported", "File", out, "Ledgers", len(sources), "Tasks", tasks))
	return nil
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
func (a *app) exportSources(cmd *cobra.Command, out string, ledgers []string) (sources []summary.Source, named []string, err error) {
	if len(ledgers) == 0 {
		ledgers = []string{""}
	}
	target, _ := os.Stat(out) // what is not there is no ledger
	for _, path := range ledgers {
		s, err := a.open(cmd.Context(), path, true)
		if err != nil {
			return nil, nil, err
		}
		src, err := summary.From(cmd.Context(), s)
		s.Close()
		if err != nil {
			return nil, nil, err
		}
		info, err := os.Stat(src.File)
		if err == nil && target != nil && os.SameFile(info, target) {
			return nil, nil, usage(msg.New("cmd.export_onto_ledger", "File", out), msg.New("cmd.export_onto_ledger_hint"))
		}
		for _, other := range sources {
			if before, e := os.Stat(other.File); err == nil && e == nil && os.SameFile(info, before) {
				return nil, nil, usage(msg.New("cmd.export_twice", "File", src.File), usageHint(cmd))
			}
		}
		sources, named = append(sources, src), append(named, a.path)
	}
	return sources, named, nil
}

func (a *app) writeExport(ctx context.Context, out string, sources []summary.Source, force bool) error {
	check := unexported // somebody may have made it in the meantime
	if force {
		check = nil
	}
	err := summary.ExportFile(ctx, out, sources, summary.Options{Lang: a.lang, Zone: time.Local, Progress: a.progress(a.say("cmd.exporting"))}, check)
	a.endProgress()
	return err
}

// exportDoc is what export printed or wrote.
type exportDoc struct {
	File    string            `json:"file"` // "" if none was written
	Today   string            `json:"today"`
	Ledgers []exportLedgerDoc `json:"ledgers"`
	Totals  countsDoc         `json:"totals"`
	Units   []unitDoc         `json:"units"`
	Tasks   []exportTaskDoc   `json:"tasks"`
}

type exportLedgerDoc struct {
	Ledger       string           `json:"ledger"`
	Title        string           `json:"title"`
	Year         int              `json:"year"`
	Revision     string           `json:"revision"`
	Totals       countsDoc        `json:"totals"`
	Requirements []requirementDoc `json:"requirements"`
}

type exportTaskDoc struct {
	Ledger string `json:"ledger"`
	taskDoc
}

func exportDocOf(out string, sources []summary.Source, named []string) exportDoc {
	d := exportDoc{File: out, Ledgers: []exportLedgerDoc{}, Units: []unitDoc{}, Tasks: []exportTaskDoc{}}
	if out == noFile {
		d.File = ""
	}
	at := map[string]int{}
	var totals ledger.Counts
	units := []ledger.UnitCounts{}
	for n, s := range sources {
		l := s.Ledger
		d.Today = date(l.Today)
		e := exportLedgerDoc{Ledger: named[n], Title: l.Title, Year: l.Year, Revision: s.Revision, Totals: countsOf(l.Totals), Requirements: requirementDocs(l)}
		e.Totals.Conflicts = len(s.Conflicts)
		d.Ledgers = append(d.Ledgers, e)
		d.Totals.Conflicts += len(s.Conflicts)
		totals = totals.Plus(l.Totals)
		for _, u := range l.ByUnit {
			i, ok := at[u.Unit]
			if !ok {
				i = len(units)
				at[u.Unit] = i
				units = append(units, ledger.UnitCounts{Unit: u.Unit})
			}
			units[i].Counts = units[i].Plus(u.Counts)
		}
		for _, task := range l.Tasks {
			t := taskDocOf(task)
			d.Tasks = append(d.Tasks, exportTaskDoc{named[n], t})
		}
	}
	conflicts := d.Totals.Conflicts
	d.Totals = countsOf(totals)
	d.Totals.Conflicts = conflicts
	for _, u := range units {
		d.Units = append(d.Units, unitDoc{u.Unit, countsOf(u.Counts)})
	}
	return d
}

// exportCSV prints all tasks, with the ledger in front.
func (a *app) exportCSV(sources []summary.Source, named []string) error {
	var tasks []*ledger.Task
	var files []string
	for n, s := range sources {
		for _, t := range s.Ledger.Tasks {
			tasks, files = append(tasks, t), append(files, named[n])
		}
	}
	records := a.taskRecords(tasks)
	records[0] = append([]string{a.say("cmd.field_ledger")}, records[0]...)
	for i, file := range files {
		records[i+1] = append([]string{file}, records[i+1]...)
	}
	return a.printCSV(records)
}
