package main

import (
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/report/notices"
	"taizhang/sheet/syncer"
)

// remindDoc is what remind wrote.
type remindDoc struct {
	Today   string      `json:"today"`
	Notices []noticeDoc `json:"notices"`
	Summary []string    `json:"summary"`
}

type noticeDoc struct {
	Unit         string   `json:"unit"`
	Overdue      int      `json:"overdue"`
	LongestDays  int      `json:"longest_days"`
	DueSoon      int      `json:"due_soon"`
	Stale        int      `json:"stale"`
	Requirements int      `json:"requirements"`
	Files        []string `json:"files"`
}

func newRemind(a *app) *cobra.Command {
	var out, unit string
	cmd := &cobra.Command{
		Use:     "remind --out DIR",
		Short:   a.say("cmd.remind_short"),
		Long:    a.say("cmd.remind_long"),
		Example: "  taizhang remind --out 提醒\n  taizhang remind --out 提醒 --unit 财政局",
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage(msg.New("cmd.out_missing"), usageHint(cmd))
			}
			return a.view(cmd, nil, func(s *syncer.Snapshot) error { return a.runRemind(s.Ledger, out, unit) })
		},
	}
	cmd.Flags().StringVar(&out, "out", "", a.say("cmd.flag_out_dir"))
	cmd.MarkFlagDirname("out")
	cmd.Flags().StringVar(&unit, "unit", "", a.say("cmd.flag_one_unit"))
	return cmd
}

func (a *app) runRemind(l *ledger.Ledger, dir, unit string) error {
	doc, err := a.remindInto(l, dir, unit)
	if err != nil {
		return err
	}
	return a.printRemind(doc, unit)
}

// remindInto writes the notices into a folder; unit is "" for all of them.
func (a *app) remindInto(l *ledger.Ledger, dir, unit string) (remindDoc, error) {
	doc := remindDoc{Today: l.Today.Format(time.DateOnly), Notices: []noticeDoc{}, Summary: []string{}}
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
	letter := func(text string, page *notices.Letter) ([]string, error) {
		word, err := page.Docx()
		if err != nil {
			return nil, err
		}
		txt, docx := names.Name(text, ".txt"), names.Name(text, ".docx")
		files = append(files, outFile{txt, []byte(page.Text())}, outFile{docx, word})
		return []string{filepath.Join(dir, txt), filepath.Join(dir, docx)}, nil
	}
	day := l.Today.Format("20060102")
	for i := range list {
		n := &list[i]
		if n.Unit == "" || !n.Urgent() {
			continue
		}
		paths, err := letter(a.say("remind.file", "Unit", n.Unit, "Day", day), n.Letter(l, a.lang))
		if err != nil {
			return doc, err
		}
		d := noticeDoc{Unit: n.Unit, Overdue: len(n.Overdue), DueSoon: len(n.DueSoon), Stale: len(n.Stale), Requirements: len(n.Unmet), Files: paths}
		if d.Overdue > 0 {
			d.LongestDays = n.Overdue[0].DaysOverdue
		}
		doc.Notices = append(doc.Notices, d)
	}
	if unit == "" && len(list) > 0 {
		var err error
		if doc.Summary, err = letter(a.say("remind.file_summary", "Day", day), notices.Overview(l, list, a.lang)); err != nil {
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

func (a *app) printRemind(doc remindDoc, unit string) error {
	if a.flags.json {
		return a.printJSON(doc)
	}
	switch {
	case len(doc.Notices) == 0 && unit != "":
		a.line(a.say("cmd.remind_not_unit", "Unit", unit))
	case len(doc.Notices) == 0 && len(doc.Summary) == 0:
		a.line(a.say("cmd.remind_nobody"))
	}
	for _, n := range doc.Notices {
		a.line(a.say("cmd.remind_unit", "Unit", n.Unit, "Overdue", n.Overdue, "Days", n.LongestDays, "DueSoon", n.DueSoon, "Stale", n.Stale,
			"Requirements", n.Requirements, "File", n.Files[1]))
	}
	if len(doc.Summary) > 0 {
		a.line(a.say("cmd.remind_summary", "File", doc.Summary[1]))
	}
	return nil
}

// unitNamed is the canonical name of a unit that the ledger knows.
func unitNamed(l *ledger.Ledger, unit string) (string, error) {
	known := map[string]bool{}
	for _, u := range l.Directory.Units() {
		known[u.Name] = true
	}
	for _, t := range l.Tasks {
		known[t.Lead] = true
	}
	name := l.Directory.Canonical(unit)
	if name == "" || !known[name] {
		return "", noUnit(unit, known)
	}
	return name, nil
}
