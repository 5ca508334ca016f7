package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui/theme"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "check [LEDGER]",
		Short:             a.say("cmd.check_short"),
		Long:              a.say("cmd.check_long"),
		Args:              atMost(1),
		ValidArgsFunction: workbookFiles,
		RunE:              func(cmd *cobra.Command, args []string) error { return a.runCheck(first(args)) },
	}
}

// reading is how a workbook was understood. It is made of the workbook alone,
// without the store: what is asked is what stands in the file.
type reading struct {
	path     string
	wb       *ooxml.Workbook
	found    *table.Found
	problems []table.Problem
	tasks    int
	year     int // of the ledger: its title's, else as set, else today's
}

func (a *app) read(argument string) (*reading, error) {
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
	return &reading{path, wb, found, append(found.Problems, l.Problems...), len(l.Tasks), l.Year}, nil
}

func (a *app) runCheck(argument string) error {
	r, err := a.read(argument)
	if err != nil {
		return err
	}
	if a.flags.json {
		err = a.printJSON(a.checkDoc(r))
	} else {
		a.checkText(r)
	}
	if err == nil && !ledger.HasTasks(r.found) {
		text, hint := ledger.NoTasks(filepath.Base(r.path), r.found, a.ledgerOptions())
		return &msg.Error{Class: syncer.ErrNoTable, Text: text, Hint: hint}
	}
	return err
}

type checkDocument struct {
	Ledger   string       `json:"ledger"`
	Sheets   []sheetDoc   `json:"sheets"` // one for each table; a sheet without a table is one of role "other"
	Problems []problemDoc `json:"problems"`
}

type sheetDoc struct {
	Name       string      `json:"name"`
	Role       string      `json:"role"`
	HeaderRows []int       `json:"header_rows"`
	FirstRow   int         `json:"first_row"`
	LastRow    int         `json:"last_row"`
	Rows       int         `json:"rows"`
	Columns    []columnDoc `json:"columns"`
}

type columnDoc struct {
	Column  string `json:"column"`
	Heading string `json:"heading"`
	Field   string `json:"field"`
}

type problemDoc struct {
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

func (a *app) checkDoc(r *reading) checkDocument {
	d := checkDocument{Ledger: r.path, Sheets: []sheetDoc{}, Problems: []problemDoc{}}
	for _, s := range r.found.Sheets {
		if len(s.Tables) == 0 {
			d.Sheets = append(d.Sheets, sheetDoc{Name: s.Name, Role: "other", HeaderRows: []int{}, Columns: []columnDoc{}})
		}
		for _, t := range s.Tables {
			d.Sheets = append(d.Sheets, sheetDocOf(t))
		}
	}
	for _, p := range r.problems {
		d.Problems = append(d.Problems, problemDoc{p.Sheet, cellName(p.Cell), severity(p.Severity), p.Text.In(a.lang)})
	}
	return d
}

func sheetDocOf(t *table.Table) sheetDoc {
	d := sheetDoc{
		Name: t.Sheet, Role: t.Kind, HeaderRows: []int{t.Place.HeaderFirst, t.Place.HeaderLast},
		FirstRow: t.Place.First, LastRow: t.Place.Last, Rows: len(t.Rows), Columns: []columnDoc{},
	}
	for _, c := range t.Columns {
		d.Columns = append(d.Columns, columnDoc{a1.ColumnName(c.Col), c.Heading, c.Field})
	}
	return d
}

func severity(s table.Severity) string {
	if s == table.Err {
		return "error"
	}
	return "warning"
}

// cellName is a cell as people name it, "" for none; a whole column by its
// letters.
func cellName(at a1.Ref) string {
	if at.Row == 0 {
		return a1.ColumnName(at.Col)
	}
	return at.String()
}

func (a *app) checkText(r *reading) {
	a.line(a.say("cmd.check_head", "File", r.path, "Sheets", len(r.found.Sheets), "Tables", len(r.found.Tables), "Tasks", r.tasks, "Year", number(r.year)))
	for _, s := range r.found.Sheets {
		fmt.Fprintln(&a.page)
		for _, t := range s.Tables {
			a.checkTable(t)
		}
		if len(s.Tables) > 0 {
			continue
		}
		a.line(a.say("cmd.check_other", "Sheet", s.Name))
		if c := s.Candidate; c != nil {
			var known []string
			for _, field := range c.Recognised {
				known = append(known, a.fieldName(field))
			}
			a.line(a.say("cmd.check_candidate", "Row", c.Row, "Headings", strings.Join(c.Headings, " | "), "Fields", orNone(a, known)))
		}
	}
	fmt.Fprintln(&a.page)
	if len(r.problems) == 0 {
		if !ledger.HasTasks(r.found) {
			return // that no task was found is said as an error
		}
		a.line(a.say("cmd.check_clean"))
		return
	}
	a.line(a.say("cmd.check_problems", "Count", len(r.problems)))
	th := a.theme()
	rows := [][]cell{{left(a.say("cmd.check_severity")), left(a.say("cmd.check_place")), left(a.say("cmd.check_what"))}}
	for _, p := range r.problems {
		word, style := a.say("cmd.warning"), th.Warn
		if p.Severity == table.Err {
			word, style = a.say("cmd.error"), th.Bad
		}
		place := p.Sheet
		if name := cellName(p.Cell); name != "" {
			place += "!" + name
		}
		rows = append(rows, []cell{{text: word, style: style}, left(place), left(p.Text.In(a.lang))})
	}
	a.printTable(rows)
}

func orNone(a *app, list []string) string {
	if len(list) == 0 {
		return a.say("cmd.none")
	}
	return strings.Join(list, ", ")
}

func (a *app) checkTable(t *table.Table) {
	role := t.Kind
	switch t.Kind {
	case ledger.KindTasks:
		role = a.say("cmd.role_tasks")
	case ledger.KindActivities:
		role = a.say("cmd.role_activities")
	case ledger.KindUnits:
		role = a.say("cmd.role_units")
	case ledger.KindRequirements:
		role = a.say("cmd.role_requirements")
	}
	p := t.Place
	head := number(p.HeaderFirst)
	if p.HeaderLast != p.HeaderFirst {
		head += "-" + number(p.HeaderLast)
	}
	if len(t.Rows) == 0 {
		a.line(a.say("cmd.check_empty", "Sheet", t.Sheet, "Role", role, "Header", head))
	} else {
		a.line(a.say("cmd.check_table", "Sheet", t.Sheet, "Role", role, "Header", head, "First", p.First, "Last", p.Last, "Rows", len(t.Rows)))
	}
	rows := [][]cell{{left(a.say("cmd.check_column")), left(a.say("cmd.check_heading")), left(a.say("cmd.check_field")), left(a.say("cmd.check_key"))}}
	dim := a.theme().Dim
	for _, c := range t.Columns {
		field := left(a.fieldName(c.Field))
		if c.Field == "" {
			field = cell{text: a.say("cmd.check_carried"), style: dim}
		}
		rows = append(rows, []cell{left(a1.ColumnName(c.Col)), left(c.Heading), field, {text: c.Field, style: dim}})
	}
	for i := range rows {
		rows[i][0].style = theme.Style{}
	}
	a.printTable(rows)
}
