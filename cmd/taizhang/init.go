package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/plan"
	"taizhang/sheet/report/newledger"
	"taizhang/sheet/safefile"
)

// initDoc is what init made.
type initDoc struct {
	Ledger       string     `json:"ledger"`
	Title        string     `json:"title"`
	Year         int        `json:"year"`
	Tasks        int        `json:"tasks"`
	Measures     int        `json:"measures"`
	Units        []string   `json:"units"`
	Collectives  []string   `json:"collectives"`
	Requirements []string   `json:"requirements"`
	Doubts       []doubtDoc `json:"doubts"`
}

type doubtDoc struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

func newInit(a *app) *cobra.Command {
	var from string
	var year int
	cmd := &cobra.Command{
		Use:     "init LEDGER",
		Short:   a.say("cmd.init_short"),
		Long:    a.say("cmd.init_long"),
		Example: "  taizhang init 台账.xlsx\n  taizhang init 台账.xlsx --from 工作方案.docx\n  taizhang init 台账.xlsx --from 工作方案.txt --year 2026",
		Args:    exactly(1, msg.New("cmd.init_missing")),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("year") && (year < 1900 || year > 2199) {
				return usage(msg.New("cmd.init_year", "Value", year), usageHint(cmd))
			}
			return a.runInit(args[0], from, year)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", a.say("cmd.flag_init_from"))
	cmd.MarkFlagFilename("from", "txt", "docx")
	cmd.Flags().IntVar(&year, "year", 0, a.say("cmd.flag_init_year"))
	return cmd
}

func (a *app) runInit(path, from string, year int) error {
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
	doc := initDoc{Ledger: path, Year: year, Units: []string{}, Collectives: []string{}, Requirements: []string{}, Doubts: []doubtDoc{}}
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
		doc.Collectives = orEmpty(doc.Collectives)
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
	return a.printInit(doc, from)
}

// blank is a ledger of a year without tasks.
func (a *app) blank(year int) newledger.Spec {
	opt := a.ledgerOptions()
	rules := opt.Rules
	if rules == nil {
		rules = ledger.DefaultRules()
	}
	return newledger.Blank(year, rules, opt.Units, a.today(), a.lang)
}

// plan reads the plan document and notes in doc what is known of it.
func (a *app) plan(from string, doc *initDoc) (*plan.Plan, error) {
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
		doc.Doubts = append(doc.Doubts, doubtDoc{1, a.say("cmd.init_no_year", "Year", doc.Year)})
	}
	for _, it := range p.Items {
		if it.Measure {
			doc.Measures++
		} else {
			doc.Tasks++
		}
	}
	for _, d := range p.Doubts {
		doc.Doubts = append(doc.Doubts, doubtDoc{d.Line, d.Text.In(a.lang)})
	}
	return p, nil
}

func (a *app) printInit(doc initDoc, from string) error {
	for _, d := range doc.Doubts {
		a.note(a.say("cmd.init_doubt", "File", filepath.Base(from), "Line", d.Line, "Text", d.Message))
	}
	if len(doc.Collectives) > 0 {
		a.note(a.say("cmd.init_collectives", "Units", strings.Join(doc.Collectives, "、")))
	}
	if a.flags.json {
		return a.printJSON(doc)
	}
	if from == "" {
		a.line(a.say("cmd.init_blank", "File", doc.Ledger, "Title", doc.Title))
		return nil
	}
	a.line(a.say("cmd.init_made", "File", doc.Ledger, "Title", doc.Title))
	a.line(a.say("cmd.init_counts", "Tasks", doc.Tasks, "Measures", doc.Measures, "Units", len(doc.Units), "Requirements", len(doc.Requirements)))
	return nil
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
		return &msg.Error{Class: fs.ErrExist, Text: msg.New("cmd.file_exists", "File", path), Hint: msg.New("cmd.file_exists_hint")}
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return err
}
