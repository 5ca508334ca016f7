package ledger_test

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// Layouts of offices and companies that are kept as text in testdata/layouts,
// with invented contents and with what a person reads in them. Lines:
//
//	sheet NAME              begins a sheet; "hidden NAME" a hidden one
//	| a | b | c             a row; 2024-05-31 is a date cell, 12.5 a number, 80% a number that shows as that; an empty line is an empty row
//	merge A1:C1 …           merged cells of the sheet
//	columns A=number C=title|other     what columns mean; "other" is none, "|" lets both be right
//	task ROW title | lead | owner | due | state     a task; "*" is anything
//	tasks N                 how many tasks there are in all; 0 where the sheets hold no task list
func TestLayoutsOfOffices(t *testing.T) {
	files, err := filepath.Glob("testdata/layouts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d layouts, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			l := readLayout(t, string(text))
			opt := ledger.Options{Today: due.Date(2024, 7, 15)}
			wb, err := ooxml.Read("layout.xlsx", l.workbook(t), ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found, err := table.Find(wb, ledger.Schemas(opt))
			if err != nil {
				t.Fatal(err)
			}
			l.compare(t, found, ledger.Build(found.Tables, opt))
		})
	}
}

// layout is one file.
type layout struct {
	sheets  []layoutSheet
	columns map[string]string
	rows    []string // the lines of the tasks that are looked at
	tasks   int
}

type layoutSheet struct {
	name   string
	hidden bool
	rows   [][]string
	merges []string
}

func readLayout(t *testing.T, text string) (l layout) {
	t.Helper()
	l.columns = map[string]string{}
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		var s *layoutSheet
		if n := len(l.sheets); n > 0 {
			s = &l.sheets[n-1]
		}
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "sheet", "hidden":
			l.sheets = append(l.sheets, layoutSheet{name: rest, hidden: word == "hidden"})
		case "":
			s.rows = append(s.rows, nil)
		case "|":
			var row []string
			for _, c := range strings.Split(rest, "|") {
				row = append(row, strings.ReplaceAll(strings.TrimSpace(c), `\n`, "\n"))
			}
			s.rows = append(s.rows, row)
		case "merge":
			s.merges = strings.Fields(rest)
		case "columns":
			for _, c := range strings.Fields(rest) {
				letter, field, _ := strings.Cut(c, "=")
				l.columns[letter] = field
			}
		case "task":
			l.rows = append(l.rows, rest)
		case "tasks":
			l.tasks, _ = strconv.Atoi(rest)
		default:
			t.Fatalf("what is %q", line)
		}
	}
	return l
}

var (
	dayCell     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	percentCell = regexp.MustCompile(`^([\d.]+)%$`)
)

// workbook builds the layout's workbook.
func (l *layout) workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	day, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	percent, _ := f.NewStyle(&excelize.Style{NumFmt: 9})
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, s := range l.sheets {
		if i == 0 {
			must(f.SetSheetName("Sheet1", s.name))
		} else {
			_, err := f.NewSheet(s.name)
			must(err)
		}
		for r, row := range s.rows {
			for c, v := range row {
				at := a1.At(r+1, c+1).String()
				switch number, err := strconv.ParseFloat(v, 64); {
				case v == "":
				case dayCell.MatchString(v):
					d, _ := time.Parse(time.DateOnly, v)
					must(f.SetCellValue(s.name, at, d))
					must(f.SetCellStyle(s.name, at, at, day))
				case percentCell.MatchString(v):
					number, _ = strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64)
					must(f.SetCellValue(s.name, at, number/100))
					must(f.SetCellStyle(s.name, at, at, percent))
				case err == nil:
					must(f.SetCellValue(s.name, at, number))
				default:
					must(f.SetCellStr(s.name, at, v))
				}
			}
		}
		for _, m := range s.merges {
			from, to, _ := strings.Cut(m, ":")
			must(f.MergeCell(s.name, from, to))
		}
		if s.hidden {
			must(f.SetSheetVisible(s.name, false))
		}
	}
	var buf bytes.Buffer
	must(f.Write(&buf))
	return buf.Bytes()
}

// compare holds what was read against what a person reads.
func (l *layout) compare(t *testing.T, found *table.Found, got *ledger.Ledger) {
	t.Helper()
	if len(got.Tasks) != l.tasks {
		t.Errorf("%d tasks, want %d", len(got.Tasks), l.tasks)
	}
	sheet := l.sheets[0].name
	for _, tb := range found.Tables {
		if l.tasks == 0 && tb.Kind == ledger.KindTasks {
			t.Errorf("%s is taken for a task list", tb.Sheet)
		}
		if tb.Kind != ledger.KindTasks || tb.Sheet != sheet {
			continue
		}
		fields := map[string]string{}
		for _, c := range tb.Columns {
			fields[a1.ColumnName(c.Col)] = cmp.Or(c.Field, "other")
		}
		for letter, want := range l.columns {
			if have := cmp.Or(fields[letter], "other"); !slices.Contains(strings.Split(want, "|"), have) {
				t.Errorf("column %s is %s, want %s", letter, have, want)
			}
		}
	}
	for _, line := range l.rows {
		number, want, _ := strings.Cut(line, " ")
		row, _ := strconv.Atoi(number)
		i := slices.IndexFunc(got.Tasks, func(t *ledger.Task) bool { return t.Source.Sheet == sheet && t.Source.Row == row })
		if i < 0 {
			t.Errorf("row %d is no task", row)
			continue
		}
		task := got.Tasks[i]
		day := ""
		if !task.Deadline.Due.IsZero() {
			day = task.Deadline.Due.Format(time.DateOnly)
		}
		have := []string{task.Title, task.Lead, task.Owner, day, fmt.Sprint(task.Status.Kind)}
		wants := strings.Split(want, "|")
		for i := range wants {
			if wants[i] = strings.TrimSpace(wants[i]); wants[i] == "*" {
				wants[i] = have[i]
			}
		}
		if d := gocmp.Diff(wants, have); d != "" {
			t.Errorf("row %d (-want +got)\n%s", row, d)
		}
	}
}
