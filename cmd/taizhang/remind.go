package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/report/notices"
	"taizhang/sheet/report/paper"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// outOptions are where what is made for units goes.
type outOptions struct {
	dir  string
	unit string // for one unit only; "": for all
}

// flags defines --out and --unit.
func (o *outOptions) flags(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.dir, "out", "", a.Say("cmd.flag_out_dir"))
	cmd.MarkFlagDirname("out")
	cmd.Flags().StringVar(&o.unit, "unit", "", a.Say("cmd.flag_one_unit"))
}

// given is an error if nobody said where to.
func (o *outOptions) given(cmd *cobra.Command) error {
	if o.dir == "" {
		return usage(msg.New("cmd.out_missing"), usageHint(cmd))
	}
	return nil
}

func newRemind(a *app) *cobra.Command {
	var opt outOptions
	cmd := &cobra.Command{
		Use:               "remind --out DIR [LEDGER...]",
		Short:             a.Say("cmd.remind_short"),
		Long:              a.Say("cmd.remind_long"),
		Example:           "  taizhang remind --out 提醒\n  taizhang remind --out 提醒 --unit 财政局",
		ValidArgsFunction: manyWorkbooks,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opt.given(cmd); err != nil {
				return err
			}
			return a.runRemind(cmd.Context(), opt, spread(args))
		},
	}
	opt.flags(a, cmd)
	return cmd
}

func (a *app) runRemind(ctx context.Context, opt outOptions, ledgers []string) error {
	if _, _, err := a.workbooks(ledgers); err != nil { // it also puts the settings in force
		return err
	}
	return a.duringAll(ctx, ledgers, !a.climbs(), func(b books) error {
		if err := a.climb(ctx, b, opt.unit); err != nil {
			return err
		}
		doc, err := a.remindInto(b.Snapshot().Ledger, opt.dir, opt.unit)
		if err != nil {
			return err
		}
		return a.Reminders(doc, opt.unit)
	})
}

// climbs reports whether a reminder may record a step of the ladder.
func (a *app) climbs() bool {
	return len(a.settings.Supervision.Ladder) > 0 && !a.settings.ReadOnly && a.asOf.IsZero()
}

// remindInto writes the notices into a folder; unit is "" for all of them.
func (a *app) remindInto(l *ledger.Ledger, dir, unit string) (print.RemindDoc, error) {
	doc := print.RemindDoc{Today: l.Today.Format(time.DateOnly), Notices: []print.NoticeDoc{}, Summary: []string{}}
	list := notices.All(l)
	if unit != "" {
		name, err := unitNamed(l, unit)
		if err != nil {
			return doc, err
		}
		list = []notices.Notice{notices.For(l, name)}
	}
	var files []outFile
	var names filename.Names
	letter := func(text string, page *paper.Paper) ([]string, error) {
		word, err := page.Docx()
		if err != nil {
			return nil, err
		}
		txt, docx := names.Name(text, ".txt"), names.Name(text, ".docx")
		files = append(files, outFile{txt, []byte(page.Plain())}, outFile{docx, word})
		return []string{filepath.Join(dir, txt), filepath.Join(dir, docx)}, nil
	}
	opt := a.noticeOptions()
	day := l.Today.Format("20060102")
	for i := range list {
		n := &list[i]
		if n.Unit == "" || !n.Urgent() {
			continue
		}
		paths, err := letter(a.Say("remind.file", "Unit", n.Unit, "Day", day), n.Paper(l, opt))
		if err != nil {
			return doc, err
		}
		d := print.NoticeDoc{Unit: n.Unit, Overdue: len(n.Overdue), DueSoon: len(n.DueSoon), Stale: len(n.Stale),
			Requirements: len(n.Unmet), Clocks: len(n.Entries), Files: paths}
		for _, s := range n.Steps {
			d.Steps = append(d.Steps, print.StepDoc{Task: s.Row, Step: s.Word, Number: s.Number,
				Due: print.Date(s.OldDue), Entry: s.ID})
		}
		if d.Overdue > 0 {
			d.LongestDays = n.Overdue[0].DaysOverdue
		}
		doc.Notices = append(doc.Notices, d)
	}
	if unit == "" && len(list) > 0 {
		var err error
		if doc.Summary, err = letter(a.Say("remind.file_summary", "Day", day),
			notices.Overview(l, list, opt)); err != nil {
			return doc, err
		}
	}
	if len(files) > 0 {
		if err := writeNew(dir, files, a.path); err != nil {
			return doc, err
		}
	}
	return doc, nil
}

// climb records the steps of the ladder that are due today, so that the notices of today
// say them; unit is "" for all. Without a ladder there are none. They stand in the record
// before any paper is made: of two coordinators who send them at once the second finds
// them there, and a notice that could not be written is written by the next call today.
func (a *app) climb(ctx context.Context, b books, unit string) error {
	if !a.climbs() {
		return nil
	}
	rules := a.rules()
	_, r, err := b.Supervise(ctx, func(l *ledger.Ledger) (acts []syncer.NewAct, err error) {
		name := ""
		if unit != "" {
			if name, err = unitNamed(l, unit); err != nil {
				return nil, nil // who writes the notices says so
			}
		}
		for _, step := range supervise.Steps(l, rules, name) {
			acts = append(acts, step.Act(l.Today))
		}
		return acts, nil
	})
	if err != nil && len(r.Changes) > 0 && errors.Is(err, b.Snapshot().Trouble) {
		a.warnOnce(err) // it stands in the history, and will be written
		err = nil
	}
	return err
}

// noticeOptions are how the settings have notices set.
func (a *app) noticeOptions() notices.Options {
	return notices.Options{Lang: a.Lang, Sealed: a.settings.Papers.Seal, Chinese: a.settings.Papers.ChineseDate}
}

// unitNamed is the canonical name of a unit that the ledger knows.
func unitNamed(l *ledger.Ledger, unit string) (string, error) {
	known := knownUnits(l)
	name := l.Directory.Canonical(unit)
	if name == "" || !known[name] {
		return "", noUnit(unit, known)
	}
	return name, nil
}
