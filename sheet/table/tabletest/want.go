// Package tabletest gives tests the collection of ledgers in
// sheet/table/testdata/ledgers with what a person reads in them.
//
// Beside each NAME.xlsx stands NAME.want.yaml, written by hand from what the
// person who keeps such a ledger would say, never from what this project
// read. It has these parts; each may be missing:
//
//	made_by: openpyxl          the program that wrote the workbook
//	about: …                   what is peculiar about it
//	tables:                    every table, in tab order, top down
//	  - kind: tasks            tasks, activities, units or requirements
//	    sheet: 任务台账
//	    title: [附件1, …]      texts above the header, top down
//	    header: [4, 5]         first and last header row
//	    columns: {A: number}   every column: letter → field, or heading if it means none; "a|b" allows both, "*" anything
//	    data: 6-15             data rows: "6-9,11"; "" for none
//	    blank: 9-11            prepared blank rows below the data
//	    footer: 16             first row below that is not the table's; 0 if there is none
//	    skipped: {9: category} rows above the footer that are not data
//	    values: {E7: 党政办公室}   spot values by cell, merged cells filled in; "" is an empty cell
//	    sections: {6: 一、…}   section of a data row
//	    choices: {H: [a, b]}   drop-down lists by column
//	    formats: {G: date}     date or number; columns that are not named hold text
//	    formulas: B7,B8        cells that hold formulas, among others
//	    shared: {E7: "6,7"}    rows that share the merged cell
//	bare: {采购: 1}            sheets without a table → row of the best candidate, 0 if there is none
//	problems:                  what the reading of the tables complains about, all of it
//	  - {sheet: Sheet1, cell: G8, severity: error}
//	ledger:                    what the tables mean
//	  today: 2022-07-15        the day it is read on
//	  year: 2022               the year that its texts give
//	  tasks: 10
//	  leads: {党政办公室: 3}   tasks by canonical lead, complete; "" for none
//	  status: {done: 2}        tasks by kind of status, complete
//	  deadline: {date: 8}      tasks by kind of deadline, complete
//	  due: {任务台账!6: 2022-06-30}       dated deadlines
//	  support: {任务台账!6: [财政局]}     canonical supporting units, in order
//	  overdue: [任务台账!10]   every dated task that is overdue
//	  due_soon: [任务台账!13]  every dated task that falls due within 30 days
//	  late: []                 every dated task done after its date
//	  titles: {任务台账!6: …}  the task's title
//	  unknown: [任务台账!15]   rows whose status word means nothing to anybody
//	  units: 7                 units of the units sheet
//	  events: 4                events in the activities sheet
//	  counted: 2               events that count towards a requirement
//
// A part that is missing under ledger says nothing; overdue, due_soon and late
// are complete lists where they stand. Recurring deadlines are in none of them.
package tabletest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Want is what a person reads in one workbook.
type Want struct {
	Name string `yaml:"-"` // file name without folder and extension
	Path string `yaml:"-"` // of the workbook

	MadeBy   string         `yaml:"made_by"`
	About    string         `yaml:"about"`
	Tables   []Table        `yaml:"tables"`
	Bare     map[string]int `yaml:"bare"`
	Problems []Problem      `yaml:"problems"`
	Ledger   *Ledger        `yaml:"ledger"`
}

// Table is one expected table; see the package comment.
type Table struct {
	Kind     string              `yaml:"kind"`
	Sheet    string              `yaml:"sheet"`
	Title    []string            `yaml:"title"`
	Header   [2]int              `yaml:"header"`
	Columns  map[string]string   `yaml:"columns"`
	Data     Rows                `yaml:"data"`
	Blank    Rows                `yaml:"blank"`
	Footer   int                 `yaml:"footer"`
	Skipped  map[int]string      `yaml:"skipped"`
	Values   map[string]string   `yaml:"values"`
	Sections map[int]string      `yaml:"sections"`
	Choices  map[string][]string `yaml:"choices"`
	Formats  map[string]string   `yaml:"formats"`
	Formulas string              `yaml:"formulas"`
	Shared   map[string]Rows     `yaml:"shared"`
}

// Problem is one expected complaint.
type Problem struct {
	Sheet    string `yaml:"sheet"`
	Cell     string `yaml:"cell"`
	Severity string `yaml:"severity"`
}

// Ledger is what the tables mean. Tasks are named "sheet!row".
type Ledger struct {
	Today    string              `yaml:"today"`
	Year     int                 `yaml:"year"`
	Tasks    int                 `yaml:"tasks"`
	Leads    map[string]int      `yaml:"leads"`
	Status   map[string]int      `yaml:"status"`
	Deadline map[string]int      `yaml:"deadline"`
	Due      map[string]string   `yaml:"due"`
	Support  map[string][]string `yaml:"support"`
	Overdue  []string            `yaml:"overdue"`
	DueSoon  []string            `yaml:"due_soon"`
	Late     []string            `yaml:"late"`
	Titles   map[string]string   `yaml:"titles"`
	Unknown  []string            `yaml:"unknown"`
	Units    int                 `yaml:"units"`
	Events   int                 `yaml:"events"`
	Counted  int                 `yaml:"counted"`
}

// Rows is a set of row numbers, written "6-9,11".
type Rows []int

// UnmarshalYAML reads the written form.
func (r *Rows) UnmarshalYAML(n *yaml.Node) error {
	if n.Value == "" {
		return nil
	}
	for part := range strings.SplitSeq(n.Value, ",") {
		from, to, ok := strings.Cut(strings.TrimSpace(part), "-")
		if !ok {
			to = from
		}
		a, err := strconv.Atoi(from)
		if err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		b, err := strconv.Atoi(to)
		if err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		for ; a <= b; a++ {
			*r = append(*r, a)
		}
	}
	return nil
}

// Load reads every expectation of the collection, by name. It fails the test
// if a workbook has none, or the other way round, or one is written wrongly.
func Load(t testing.TB) []Want {
	t.Helper()
	dir := filepath.Join(Root(t), "sheet", "table", "testdata", "ledgers")
	books, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	wants, err := filepath.Glob(filepath.Join(dir, "*.want.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(books) != len(wants) || len(books) == 0 {
		t.Errorf("%s: %d workbooks, but %d expectations", dir, len(books), len(wants))
	}
	all := make([]Want, len(books))
	for i, path := range books {
		stem := strings.TrimSuffix(path, ".xlsx")
		data, err := os.ReadFile(stem + ".want.yaml")
		if err != nil {
			t.Fatal(err)
		}
		dec := yaml.NewDecoder(bytes.NewReader(data))
		dec.KnownFields(true)
		if err := dec.Decode(&all[i]); err != nil {
			t.Fatalf("%s.want.yaml: %v", stem, err)
		}
		all[i].Name, all[i].Path = filepath.Base(stem), path
	}
	return all
}

// Root is the folder of go.mod, from any package's folder.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the working folder")
		}
		dir = up
	}
}
