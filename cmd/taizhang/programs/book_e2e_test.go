//go:build e2e

package programs

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// book is what testdata/ledger.json describes.
type book struct {
	Sheets []sheet `json:"sheets"`
}

type sheet struct {
	Name    string             `json:"name"`
	Rows    [][]any            `json:"rows"` // texts, numbers, nil, {"date"}, {"formula", "result"}
	Merges  []string           `json:"merges,omitempty"`
	Styles  [][2]string        `json:"styles,omitempty"` // range, look
	Widths  map[string]float64 `json:"widths,omitempty"`
	Heights map[string]float64 `json:"heights,omitempty"`
	Hidden  []string           `json:"hidden,omitempty"` // columns
	Freeze  string             `json:"freeze,omitempty"`
	Filter  string             `json:"filter,omitempty"`
	Protect bool               `json:"protect,omitempty"`
	Lists   []struct {
		Range string   `json:"range"`
		Words []string `json:"words,omitempty"`
		From  string   `json:"from,omitempty"` // or a range that holds the words
	} `json:"lists,omitempty"`
	Dates []struct {
		Range string `json:"range"`
		From  string `json:"from"` // the first day allowed
	} `json:"dates,omitempty"`
	Conditions []struct {
		Range   string `json:"range"`
		Formula string `json:"formula"`
		Fill    string `json:"fill"`
	} `json:"conditions,omitempty"`
	Comments []struct {
		Cell   string `json:"cell"`
		Author string `json:"author"`
		Text   string `json:"text"`
	} `json:"comments,omitempty"`
	Table struct {
		Range string `json:"range,omitempty"`
		Name  string `json:"name,omitempty"`
	} `json:"table,omitzero"`
	Print struct {
		Landscape bool   `json:"landscape,omitempty"`
		Area      string `json:"area,omitempty"`
		Rows      [2]int `json:"rows,omitempty"`
		Footer    string `json:"footer,omitempty"`
	} `json:"print,omitzero"`
}

const (
	tasksSheet  = "任务台账"
	eventsSheet = "年度活动"
	unitsSheet  = "单位名录"
	countsSheet = "统计"
	firstRow    = 5 // of the tasks
	lastRow     = 12
)

// fields are the columns of the tasks, by the names of tasks --json.
var fields = []string{"number", "section", "title", "requirement", "lead", "support", "owner", "phone", "deadline",
	"status", "progress", "remark"}

func readBook(t *testing.T) *book {
	data, err := os.ReadFile("testdata/ledger.json")
	if err != nil {
		t.Fatal(err)
	}
	var b book
	if err := json.Unmarshal(data, &b); err != nil {
		t.Fatal(err)
	}
	return &b
}

// without is a book with one sheet less.
func (b *book) without(name string) *book {
	return &book{slices.DeleteFunc(slices.Clone(b.Sheets), func(s sheet) bool { return s.Name == name })}
}

// tasks are what a person reads in the book, by number and field. A merged
// cell counts for all its rows.
func (b *book) tasks(t *testing.T) map[string]map[string]string {
	s := b.Sheets[0]
	above := map[int]string{}
	for _, m := range s.Merges {
		from, to := corners(m)
		col, first, err := excelize.CellNameToCoordinates(from)
		if err != nil {
			t.Fatal(err)
		}
		_, last, err := excelize.CellNameToCoordinates(to)
		if err != nil {
			t.Fatal(err)
		}
		for row := first + 1; row <= last; row++ {
			above[row*100+col] = plain(s.Rows[first-1][col-1])
		}
	}
	out := map[string]map[string]string{}
	for row := firstRow; row <= lastRow; row++ {
		task := map[string]string{}
		for i, field := range fields {
			task[field] = plain(s.Rows[row-1][i])
			if v, merged := above[row*100+i+1]; merged {
				task[field] = v
			}
		}
		out[task["number"]] = task
	}
	return out
}

func plain(v any) string {
	if v == nil {
		return ""
	}
	if object, ok := v.(map[string]any); ok {
		return object["date"].(string)
	}
	return fmt.Sprint(v)
}

// readTasks are the tasks as tasks --json prints them, in the same form.
func readTasks(doc string) (map[string]map[string]string, error) {
	var list []struct {
		Number, Section, Title, Requirement, Lead string
		Support                                   []string
		Owner, Phone                              string
		Deadline                                  struct{ Due string }
		Status                                    struct{ Text string }
		Progress, Remark                          string
	}
	if err := json.Unmarshal([]byte(doc), &list); err != nil {
		return nil, err
	}
	out := map[string]map[string]string{}
	for _, d := range list {
		if out[d.Number] != nil {
			return nil, fmt.Errorf("two tasks of number %s", d.Number)
		}
		out[d.Number] = map[string]string{"number": d.Number, "section": d.Section, "title": d.Title,
			"requirement": d.Requirement, "lead": d.Lead, "support": strings.Join(d.Support, "、"),
			"owner": d.Owner, "phone": d.Phone, "deadline": d.Deadline.Due, "status": d.Status.Text,
			"progress": d.Progress, "remark": d.Remark}
	}
	return out, nil
}
