package table

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// plain reads hand-made cells: style 14 shows dates, style 9 per cents.
type plain struct{}

func (plain) Text(c ooxml.Cell) string {
	if c.Style == 9 && c.Kind == ooxml.Number {
		f, _ := strconv.ParseFloat(c.Value, 64)
		return strconv.FormatFloat(f*100, 'f', -1, 64) + "%"
	}
	if t, ok := (plain{}).Time(c); ok {
		return t.Format("2006-01-02")
	}
	return c.Value
}

func (plain) Time(c ooxml.Cell) (time.Time, bool) {
	n, err := strconv.Atoi(c.Value)
	if c.Style != 14 || c.Kind != ooxml.Number || err != nil {
		return time.Time{}, false
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}

func (plain) IsDate(style int) bool { return style == 14 }

func (plain) NumberLook(style int) (percent bool, places int) {
	if style == 2 {
		places = 2
	}
	return style == 9, places
}

func (p plain) Enter(style int, text string) (number string, ok bool) {
	if style == 14 {
		return "", false
	}
	// A number as it is entered shows as per cents, too.
	shown, ok := ooxml.ShownNumber(text, style == 9, 0)
	if digits, percent := strings.CutSuffix(shown, "%"); percent && ok {
		f, err := strconv.ParseFloat(digits, 64)
		return strconv.FormatFloat(f/100, 'f', -1, 64), err == nil
	}
	return shown, ok
}

// sheetOf draws a sheet: a line a row, cells parted by |, "." an empty formatted
// cell, digits a number, =x a formula with the result x, an empty line a row that
// is not stored.
func sheetOf(drawing string, merges ...string) *ooxml.Sheet {
	s := &ooxml.Sheet{Name: "S"}
	for i, line := range strings.Split(strings.TrimPrefix(drawing, "\n"), "\n") {
		for j, v := range strings.Split(line, "|") {
			c := ooxml.Cell{Ref: a1.Ref{Row: i + 1, Col: j + 1}, Style: 1, Kind: ooxml.Text,
				Value: strings.TrimSpace(v)}
			c.Value, c.Formula = strings.CutPrefix(c.Value, "=")
			if _, err := strconv.ParseFloat(c.Value, 64); err == nil {
				c.Kind = ooxml.Number
			}
			switch c.Value {
			case "":
				continue
			case ".":
				c.Kind, c.Value = ooxml.Blank, ""
			}
			s.Cells = append(s.Cells, c)
		}
	}
	for _, m := range merges {
		first, last, _ := strings.Cut(m, ":")
		a, _ := a1.ParseRef(first)
		b, _ := a1.ParseRef(last)
		s.Merges = append(s.Merges, a1.Range{First: a, Last: b})
	}
	return s
}

// find reads a drawn sheet; the test fails unless it holds n tables.
func find(t *testing.T, n int, drawing string, merges ...string) ([]*Table, []Problem) {
	t.Helper()
	sf, problems := findSheet(sheetOf(drawing, merges...), plain{}, newMatcher(testSchemas()))
	if len(sf.Tables) != n {
		t.Fatalf("%d tables, want %d", len(sf.Tables), n)
	}
	return sf.Tables, problems
}

// rowsOf is the numbers of the data rows, such as "3 4 6".
func rowsOf(t *Table) string {
	var b []string
	for _, r := range t.Rows {
		b = append(b, strconv.Itoa(r.Row))
	}
	return strings.Join(b, " ")
}

// skippedOf is the rows that are not data, such as "5:blank 7:note".
func skippedOf(t *Table) string {
	var b []string
	for _, s := range t.Place.Skipped {
		b = append(b, strconv.Itoa(s.Row)+":"+s.Why)
	}
	return strings.Join(b, " ")
}

// keysOf is the columns, such as "A=number C=title".
func keysOf(t *Table) string {
	var b []string
	for _, c := range t.Columns {
		b = append(b, a1.ColumnName(c.Col)+"="+c.Key)
	}
	return strings.Join(b, " ")
}
