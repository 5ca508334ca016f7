package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/cmd/taizhang/print"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/plan"
	"taizhang/sheet/report/newledger"
	"taizhang/sheet/safefile"
)

type initOptions struct {
	path string
	from string // the plan document; "": a blank ledger
	year int    // 0: the plan's, else this one
}

func newInit(a *app) *cobra.Command {
	var opt initOptions
	cmd := &cobra.Command{
		Use:   "init LEDGER",
		Short: a.Say("cmd.init_short"),
		Long:  a.Say("cmd.init_long"),
		Example: "  taizhang init 台账.xlsx\n  taizhang init 台账.xlsx --from 工作方案.docx\n  taizhang init 台账.xlsx --from " +
			"工作方案.txt --year 2026",
		Args: exactly(1, msg.New("cmd.init_missing")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkYear(cmd, opt.year); err != nil {
				return err
			}
			opt.path = args[0]
			return a.runInit(opt)
		},
	}
	cmd.Flags().StringVar(&opt.from, "from", "", a.Say("cmd.flag_init_from"))
	cmd.MarkFlagFilename("from", "txt", "docx")
	cmd.Flags().IntVar(&opt.year, "year", 0, a.Say("cmd.flag_init_year"))
	return cmd
}

// checkYear refuses a --year that no ledger is of.
func checkYear(cmd *cobra.Command, year int) error {
	if cmd.Flags().Changed("year") && (year < 1900 || year > 2199) {
		return usage(msg.New("cmd.init_year", "Value", year), usageHint(cmd))
	}
	return nil
}

func (a *app) runInit(opt initOptions) error {
	path, from := opt.path, opt.from
	if err := a.load(path); err != nil {
		return err
	}
	if a.settings.ReadOnly {
		return &msg.Error{Text: msg.New("cmd.init_readonly")}
	}
	if strings.ToLower(filepath.Ext(path)) != ".xlsx" {
		return usage(msg.New("cmd.init_not_xlsx", "File", path), msg.New("cmd.init_not_xlsx_hint"))
	}
	if err := vacant(path); err != nil {
		return err
	}
	doc := print.InitDoc{Ledger: path, Year: opt.year, Units: []string{}, Collectives: []string{},
		Requirements: []string{}, Doubts: []print.DoubtDoc{}}
	var spec newledger.Spec
	if from == "" {
		if doc.Year == 0 {
			doc.Year = a.ledgerYear()
		}
		spec = a.blank(doc.Year)
	} else {
		p, err := a.plan(from, &doc)
		if err != nil {
			return err
		}
		spec, doc.Collectives = newledger.OfPlan(p, doc.Year, a.today())
		doc.Collectives = print.OrEmpty(doc.Collectives)
	}
	data, err := newledger.Make(spec)
	if err != nil {
		return err
	}
	if err := safefile.Write(path, data, safefile.Options{Check: vacant}); err != nil {
		return err
	}
	doc.Title = spec.Title
	for _, u := range spec.Units {
		doc.Units = append(doc.Units, u.Name)
	}
	for _, r := range spec.Requirements {
		doc.Requirements = append(doc.Requirements, r.Name)
	}
	a.waits = len(doc.Doubts) > 0
	return a.LedgerMade(doc, from)
}

// blank is a ledger of a year without tasks.
func (a *app) blank(year int) newledger.Spec {
	opt := a.ledgerOptions()
	rules := opt.Rules
	if rules == nil {
		rules = ledger.DefaultRules()
	}
	return newledger.Blank(year, rules, opt.Units, a.today(), a.Lang)
}

// plan reads the plan document and notes in doc what is known of it.
func (a *app) plan(from string, doc *print.InitDoc) (*plan.Plan, error) {
	if err := mustExist(from); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return nil, err
	}
	d, err := plan.Read(from, data)
	if err != nil {
		return nil, err
	}
	known := a.ledgerOptions().Rules
	if known == nil {
		known = ledger.DefaultRules()
	}
	p, err := plan.Parse(d, known)
	if err != nil {
		return nil, err
	}
	if doc.Year == 0 {
		doc.Year = p.Year
	}
	if doc.Year == 0 {
		doc.Year = a.ledgerYear()
		doc.Doubts = append(doc.Doubts, print.DoubtDoc{Line: 1, Message: a.Say("cmd.init_no_year", "Year", doc.Year)})
	}
	for _, it := range p.Items {
		if it.Measure {
			doc.Measures++
		} else {
			doc.Tasks++
			if it.Lead == "" {
				doc.Unled++
			}
		}
	}
	for _, d := range p.Doubts {
		doc.Doubts = append(doc.Doubts, print.DoubtDoc{Line: d.Line, Message: d.Text.In(a.Lang)})
	}
	return p, nil
}

// ledgerYear is the year of a ledger that says nothing of it.
func (a *app) ledgerYear() int {
	if a.settings.Year != 0 {
		return a.settings.Year
	}
	return a.today().Year()
}

// vacant is an error if something stands at path: nothing is overwritten.
func vacant(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return &msg.Error{Class: fs.ErrExist, Text: msg.New("cmd.file_exists", "File", path),
			Hint: msg.New("cmd.file_exists_hint")}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}
