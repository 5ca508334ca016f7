package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/ledgertest"
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
				if fold := strings.NewReplacer("\n", "", "\\n", "", " ", "", "　", ""); want != "*" &&
					fold.Replace(got[k]) != fold.Replace(want) {
					t.Errorf("row %s: %q, want %q", row, got[k], want)
				}
			}
		}
	}
}

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
	list := ledgertest.ParseList(text)
	for i, s := range list.Sheets {
		if i == 0 {
			f.SetSheetName("Sheet1", s.Name)
		} else if _, err := f.NewSheet(s.Name); err != nil {
			t.Fatal(err)
		}
		if s.Hidden {
			f.SetSheetVisible(s.Name, false)
		}
		for _, m := range s.Merges {
			if err := f.MergeCell(s.Name, m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
		for r, row := range s.Rows {
			for c, v := range row {
				at := a1.At(r+1, c+1).String()
				switch v := v.(type) {
				case time.Time:
					f.SetCellValue(s.Name, at, v)
					f.SetCellStyle(s.Name, at, at, day)
				case ledgertest.Share:
					f.SetCellValue(s.Name, at, float64(v))
					f.SetCellStyle(s.Name, at, at, share)
				case string:
					f.SetCellStr(s.Name, at, v)
				case float64:
					f.SetCellValue(s.Name, at, v)
				}
			}
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
	return wb, list.Says
}
