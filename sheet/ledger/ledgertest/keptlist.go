// Package ledgertest parses the lists that tests keep as drawings, in
// sheet/ledger/testdata/layouts. A file draws its sheets line by line:
//
//	sheet NAME                 begins a sheet; "hidden NAME" begins a hidden one
//	merge A1:B2 C1:C3          merges cells
//	| a | 2024-03-01 | 50%     a row: a text, a day, a share; figures are numbers, behind ' they are text; \n breaks a line
//	                           an empty line is an empty row
//
// Every other line says what a person reads there; the tests give it its meaning.
package ledgertest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// KeptList is a drawing: its sheets, and the lines that say what is right.
type KeptList struct {
	Sheets []KeptSheet
	Says   []string
}

// KeptSheet is one drawn sheet. A value is nil, a string, a float64, a Share or a time.Time.
type KeptSheet struct {
	Name   string
	Hidden bool
	Merges [][2]string // first and last cell
	Rows   [][]any
}

// Share is a number that shows as a percentage: 0.5 is 50%.
type Share float64

var (
	reISODay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	reFigure = regexp.MustCompile(`^-?(?:0|[1-9]\d*)(?:\.\d+)?%?$`)
)

// ParseList reads a drawing.
func ParseList(text string) (list KeptList) {
	for line := range strings.SplitSeq(text, "\n") {
		word, rest, _ := strings.Cut(line, " ")
		if word == "sheet" || word == "hidden" {
			list.Sheets = append(list.Sheets, KeptSheet{Name: rest, Hidden: word == "hidden"})
			continue
		}
		if word != "merge" && word != "|" && line != "" || len(list.Sheets) == 0 {
			list.Says = append(list.Says, line)
			continue
		}
		s := &list.Sheets[len(list.Sheets)-1]
		if word == "merge" {
			for m := range strings.FieldsSeq(rest) {
				first, last, _ := strings.Cut(m, ":")
				s.Merges = append(s.Merges, [2]string{first, last})
			}
			continue
		}
		var row []any
		for v := range strings.SplitSeq(strings.TrimPrefix(line, "|"), "|") {
			row = append(row, keptValue(strings.TrimSpace(v)))
		}
		s.Rows = append(s.Rows, row)
	}
	return list
}

func keptValue(v string) any {
	if v == "" {
		return nil
	}
	if reISODay.MatchString(v) {
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return day
		}
	}
	if reFigure.MatchString(v) {
		n, _ := strconv.ParseFloat(strings.TrimSuffix(v, "%"), 64)
		if strings.HasSuffix(v, "%") {
			return Share(n / 100)
		}
		return n
	}
	return strings.ReplaceAll(strings.TrimPrefix(v, "'"), `\n`, "\n")
}
