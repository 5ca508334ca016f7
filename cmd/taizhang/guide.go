package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/seeds/sample"
	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/report/newledger"
	"taizhang/sheet/safefile"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
	"taizhang/tui"
)

// guide leads a person at a terminal to a ledger: which one, and what its
// columns mean. Its methods are called by the dashboard, one at a time.
type guide struct {
	a         *app
	arguments []string // that the program was started with
	path      string   // of the ledger; "" until it is settled
	// Of several ledgers that are opened as one: their paths, path among them, and the
	// settings file that names them.
	paths []string
	under string
	asked bool // about doubtful columns
}

// ready settles which ledgers they are, as far as the arguments, the settings and the
// folder tell; start leads a person where they do not.
func (g *guide) ready() (start *tui.Start, err error) {
	paths, under, err := g.a.workbooks(g.arguments)
	if errors.Is(err, errUsage) && len(g.arguments)+len(g.a.flags.ledgers()) == 0 {
		if books, ok := g.a.unsettled(); ok {
			return g.start(books), nil
		}
	}
	if err != nil {
		return nil, err
	}
	if len(paths) == 1 {
		if err := mustExist(paths[0]); err != nil {
			return nil, err
		}
	}
	g.path, g.paths, g.under = paths[0], paths, under
	return nil, nil
}

// called is what the ledger is called until it is read.
func (g *guide) called() string {
	if len(g.paths) < 2 {
		return g.path
	}
	return g.a.Say("cmd.workbook_count", "Count", len(g.paths))
}

// start offers what can be opened; books are the workbooks in the folder.
func (g *guide) start(books []string) *tui.Start {
	return &tui.Start{Books: books, Choose: g.choose, Sample: g.sample, Create: g.create}
}

func (g *guide) choose(_ context.Context, book string) error {
	if err := mustExist(book); err != nil {
		return err
	}
	return g.settle(book)
}

// settle takes the settings that lie beside the ledger.
func (g *guide) settle(path string) error {
	if err := g.a.load(path); err != nil {
		return told(err)
	}
	g.path, g.paths = path, nil
	return nil
}

func (g *guide) sample(context.Context) error {
	path, err := demoFile(demoOptions{})
	if err != nil {
		return print.Plain(err)
	}
	g.a.assumed = map[string]config.System{"today": {Value: sample.Today.Format(time.DateOnly), From: "demo"}}
	return g.settle(path)
}

func (g *guide) create(_ context.Context, name string) error {
	if filepath.Ext(name) == "" {
		name += ".xlsx"
	}
	if strings.ToLower(filepath.Ext(name)) != ".xlsx" {
		return usage(msg.New("cmd.init_not_xlsx", "File", name), msg.New("cmd.init_not_xlsx_hint"))
	}
	if err := g.a.load(name); err != nil {
		return err
	}
	if err := vacant(name); err != nil {
		return print.Plain(err)
	}
	data, err := newledger.Make(g.a.blank(g.a.ledgerYear()))
	if err != nil {
		return print.Plain(err)
	}
	if err := safefile.Write(name, data, safefile.Options{Check: vacant}); err != nil {
		return print.Plain(err)
	}
	g.path = name
	return nil
}

// doubts is, the first time, a tui.ErrDoubtful if the meaning of a column is doubtful.
func (g *guide) doubts(s *syncer.Session) error {
	if g.asked || !slices.ContainsFunc(s.Snapshot().Ledger.Tables, g.isDoubtful) {
		return nil
	}
	g.asked = true
	return &msg.Error{Class: tui.ErrDoubtful, Text: msg.New("cmd.doubtful_columns"),
		Hint: msg.New("cmd.doubtful_columns_hint")}
}

// isDoubtful reports whether a table of tasks has a column with a heading about which
// the user should be asked.
func (g *guide) isDoubtful(t *table.Table) bool {
	return t.Kind == ledger.KindTasks && slices.ContainsFunc(t.Columns, g.isDoubtfulColumn)
}

// isDoubtfulColumn reports whether a column is doubtful and no setting says what its
// heading means.
func (g *guide) isDoubtfulColumn(c table.Column) bool {
	for _, headings := range g.a.settings.Headings[ledger.KindTasks] {
		if slices.ContainsFunc(headings,
			func(h string) bool { return table.Normalize(h) == table.Normalize(c.Heading) }) {
			return false
		}
	}
	return c.Field != "" && c.Heading != "" && len(c.Reading.Why) > 0 && c.Reading.Sure < table.Doubtful
}

// doubtOf is the columns of a table with what they were taken for.
func (g *guide) doubtOf(t *table.Table) tui.Guess {
	gs := tui.Guess{Sheet: t.Sheet, Row: t.Place.HeaderLast}
	for i, c := range t.Columns {
		if c.Heading == "" {
			continue
		}
		var samples []string
		for _, r := range t.Rows {
			if v := strings.TrimSpace(r.Values[i]); v != "" && !slices.Contains(samples, v) && len(samples) < 2 {
				samples = append(samples, v)
			}
		}
		gs.Headings, gs.Means, gs.Samples = append(gs.Headings, c.Heading), append(gs.Means, c.Field),
			append(gs.Samples, samples)
		gs.Doubtful, gs.Else = append(gs.Doubtful, g.isDoubtfulColumn(c)), append(gs.Else, c.Reading.Else)
	}
	return gs
}

// guess is what each sheet's likeliest header holds, where no table was found.
func (g *guide) guess(_ context.Context, password string) ([]tui.Guess, error) {
	if password == "" {
		given, err := g.a.passwordFromFile()
		if err != nil {
			return nil, err
		}
		password = given
	}
	wb, err := ooxml.Open(g.path, ooxml.Options{Password: password})
	if err != nil {
		return nil, err
	}
	schemas := ledger.Schemas(g.a.ledgerOptions())
	found, err := table.Find(wb, schemas)
	if err != nil {
		return nil, err
	}
	var out []tui.Guess
	for _, t := range found.Tables {
		if g.isDoubtful(t) {
			out = append(out, g.doubtOf(t))
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	for _, s := range found.Sheets {
		if s.Candidate == nil || len(s.Tables) > 0 {
			continue
		}
		out = append(out, guessOf(wb, s, schemas))
	}
	return out, nil
}

func guessOf(wb *ooxml.Workbook, s table.SheetFound, schemas []table.Schema) tui.Guess {
	c := s.Candidate
	gs := tui.Guess{Sheet: s.Name, Row: c.Row, Headings: c.Headings, Means: make([]string, len(c.Headings)),
		Samples: make([][]string, len(c.Headings))}
	taken := map[string]bool{}
	for i, h := range c.Headings {
		if f := means(schemas, h); f != "" && !taken[f] {
			gs.Means[i], taken[f] = f, true
		}
	}
	sheet, err := wb.Sheet(s.Name)
	if err != nil {
		return gs
	}
	columns := make([]int, len(c.Headings)) // where each heading stands, 0 if that is not plain
	for _, cell := range sheet.Row(c.Row) {
		if i := slices.Index(c.Headings, strings.Join(strings.Fields(wb.Text(cell)), " ")); i >= 0 && columns[i] == 0 {
			columns[i] = cell.Col
		}
	}
	const rows, most = 20, 2
	for i, col := range columns {
		for row := c.Row + 1; col > 0 && row <= c.Row+rows && len(gs.Samples[i]) < most; row++ {
			if cell, ok := sheet.Cell(a1.Ref{Row: row, Col: col}); ok {
				if text := strings.TrimSpace(wb.Text(cell)); text != "" && !slices.Contains(gs.Samples[i], text) {
					gs.Samples[i] = append(gs.Samples[i], text)
				}
			}
		}
	}
	return gs
}

// means is the field of tasks that a heading stands for by itself, "" if none.
func means(schemas []table.Schema, heading string) string {
	for _, s := range schemas {
		if s.Kind == ledger.KindTasks {
			return s.Likeliest(heading)
		}
	}
	return ""
}

// keep remembers headings in the settings file beside the ledger, or the one of
// --config, and takes them into force. Headings that another file says stay in
// force: a setting is not mixed from two files.
func (g *guide) keep(_ context.Context, headings map[string][]string) error {
	a, file := g.a, g.settingsFile()
	data, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return print.Plain(err)
	}
	if from := a.settings.Origin("headings"); from.Source != config.FromDefault && !sameFile(from.File, file) {
		for _, kind := range slices.Sorted(maps.Keys(a.settings.Headings)) {
			if data, err = config.AddHeadings(file, data, kind, a.settings.Headings[kind]); err != nil {
				return print.Plain(err)
			}
		}
	}
	if data, err = config.AddHeadings(file, data, ledger.KindTasks, headings); err != nil {
		return print.Plain(err)
	}
	if err := safefile.Write(file, data, safefile.Options{}); err != nil {
		return err
	}
	return g.settle(g.path)
}

// settingsFile is where the dashboard keeps settings: the file of --config, or the
// one beside the ledger.
func (g *guide) settingsFile() string {
	if file := g.a.flags.config; file != "" {
		return file
	}
	return filepath.Join(filepath.Dir(g.path), config.FileName)
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// unsettled reports that it is not settled which ledger to open, and the
// workbooks that one may choose from.
func (a *app) unsettled() (books []string, ok bool) {
	if a.settings.Ledger != "" || len(a.settings.Workbooks) > 0 {
		return nil, false
	}
	_, err := a.ledger()
	if !errors.Is(err, errUsage) {
		return nil, false
	}
	books, err = candidates(".")
	return a.notMade(".", books), err == nil
}
