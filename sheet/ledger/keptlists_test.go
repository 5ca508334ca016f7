package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// TestListsAsOfficesKeepThem reads every list of testdata/layouts. A file draws its sheets
// with | between cells, then says what is right: "columns" the field of each column
// (several where more than one is right, other for none), "task" title, lead,
// owner, due day and status of a row (* where that is open), "tasks" how many there are;
// 0 is a list that is no task list. A figure behind ' is text.
func TestListsAsOfficesKeepThem(t *testing.T) {
	files, err := filepath.Glob("testdata/layouts/*.txt")
	if err != nil || len(files) < 30 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			readKeptList(t, string(data))
		})
	}
}

func readKeptList(t *testing.T, text string) {
	wb, says := keptBook(t, text)
	found, err := table.Find(wb, Schemas(Options{}))
	if err != nil {
		t.Fatal(err)
	}
	l := Build(found.Tables, Options{Today: time.Date(2024, 7, 15, 0, 0, 0, 0, time.UTC)})
	for _, line := range says {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "tasks":
			if got := strconv.Itoa(len(l.Tasks)); got != rest {
				t.Errorf("%s tasks, want %s", got, rest)
			}
		case "columns":
			for pair := range strings.FieldsSeq(rest) {
				at, fields, _ := strings.Cut(pair, "=")
				got := "other"
				for _, tb := range found.Tables {
					for _, c := range tb.Columns {
						if tb.Kind == KindTasks && a1.ColumnName(c.Col) == at && c.Field != "" {
							got = c.Field
						}
					}
				}
				if !slices.Contains(strings.Split(fields, "|"), got) {
					t.Errorf("column %s is %s, want %s", at, got, fields)
				}
			}
		case "task":
			row, values, _ := strings.Cut(rest, " ")
			i := slices.IndexFunc(l.Tasks, func(task *Task) bool { return strconv.Itoa(task.Source.Row) == row })
			if i < 0 {
				t.Errorf("row %s is no task", row)
				continue
			}
			task := l.Tasks[i]
			due := ""
			if !task.Deadline.Due.IsZero() {
				due = task.Deadline.Due.Format(time.DateOnly)
			}
			got := []string{task.Title, task.Lead, task.Owner, due, string(task.Status.Kind)}
			for k, want := range strings.Split(values, "|") {
				want = strings.TrimSpace(want)
				if fold := strings.NewReplacer("\n", "", "\\n", "", " ", "", "　", ""); want != "*" && fold.Replace(got[k]) != fold.Replace(want) {
					t.Errorf("row %s: %q, want %q", row, got[k], want)
				}
			}
		}
	}
}

var (
	reISODay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	reFigure = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?%?$`)
)

// keptBook is the workbook that a file draws, and what the file says of it.
func keptBook(t *testing.T, text string) (*ooxml.Workbook, []string) {
	f := excelize.NewFile()
	defer f.Close()
	format := func(id int) int {
		style, err := f.NewStyle(&excelize.Style{NumFmt: id})
		if err != nil {
			t.Fatal(err)
		}
		return style
	}
	day, share := format(14), format(9)
	var says []string
	sheet, row := "", 0
	for line := range strings.SplitSeq(text, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case word == "sheet" || word == "hidden":
			if sheet == "" {
				f.SetSheetName("Sheet1", rest)
			} else if _, err := f.NewSheet(rest); err != nil {
				t.Fatal(err)
			}
			if sheet, row = rest, 0; word == "hidden" {
				f.SetSheetVisible(rest, false)
			}
		case word == "merge":
			for m := range strings.FieldsSeq(rest) {
				first, last, _ := strings.Cut(m, ":")
				if err := f.MergeCell(sheet, first, last); err != nil {
					t.Fatal(err)
				}
			}
		case word == "|" || line == "":
			row++
			for i, v := range strings.Split(strings.TrimPrefix(line, "|"), "|") {
				at := a1.At(row, i+1).String()
				switch v = strings.TrimSpace(v); {
				case v == "":
				case reISODay.MatchString(v):
					d, err := time.Parse(time.DateOnly, v)
					if err != nil {
						t.Fatal(err)
					}
					f.SetCellValue(sheet, at, d)
					f.SetCellStyle(sheet, at, at, day)
				case reFigure.MatchString(v):
					n, _ := strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64)
					if strings.HasSuffix(v, "%") {
						n /= 100
						f.SetCellStyle(sheet, at, at, share)
					}
					f.SetCellValue(sheet, at, n)
				default:
					f.SetCellStr(sheet, at, strings.ReplaceAll(strings.TrimPrefix(v, "'"), `\n`, "\n"))
				}
			}
		default:
			says = append(says, line)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	wb, err := ooxml.Read("list.xlsx", out.Bytes(), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return wb, says
}
