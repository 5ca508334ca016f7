package ledger

import (
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// TestNumbersThatAreFormulasWithoutResultAreTold: openpyxl keeps no result of
// =ROW()-1, so that task 1 cannot be found by its number, and people must learn why.
func TestNumbersThatAreFormulasWithoutResultAreTold(t *testing.T) {
	for _, known := range []bool{false, true} {
		tasks := sheetOf(KindTasks, "number title lead", "|修路|住建局", "|架桥|交通局")
		tasks.Place.Formulas = map[a1.Ref]bool{{Row: 4, Col: 1}: true, {Row: 5, Col: 1}: true}
		if known {
			tasks.Rows[0].Values[0], tasks.Rows[1].Values[0] = "1", "2"
		}
		l := Build([]*table.Table{tasks}, on("2022-05-20"))
		sentences(t, l)
		told := 0
		for _, p := range l.Problems {
			if p.Text.Key == "ledger.silent" {
				told++
			}
		}
		if want := map[bool]int{false: 1, true: 0}[known]; told != want {
			t.Errorf("told %d times, want %d", told, want)
		}
		_, err := l.Find("9")
		var said *msg.Error
		if !errors.As(err, &said) || !errors.Is(err, ErrNoTask) || strings.Contains(said.Hint.Key, "silent") == known {
			t.Errorf("%v", err)
		}
	}
}

// A column of formulas without results says nothing, and that is told; one whose formulas
// give blanks here and there is read as it is.
func TestFormulasWithoutResultsAreTold(t *testing.T) {
	for _, c := range []struct {
		due  []string
		told bool
	}{{[]string{"", ""}, true}, {[]string{"2022-06-30", ""}, false}} {
		tb := sheetOf(KindTasks, "title deadline", "甲|"+c.due[0], "乙|"+c.due[1])
		tb.Place.Formulas = map[a1.Ref]bool{{Row: 4, Col: 2}: true, {Row: 5, Col: 2}: true}
		told := false
		for _, p := range Build([]*table.Table{tb}, on("2022-05-20")).Problems {
			told = told || p.Text.Key == "ledger.no_results" && p.Cell == a1.Ref{Row: 4, Col: 2}
		}
		if told != c.told {
			t.Errorf("%q: told %v", c.due, told)
		}
	}
}
