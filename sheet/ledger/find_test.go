package ledger

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"taizhang/sheet/table"
)

// Several tasks named at once: only what cannot mean anything else is read as a list
// or a range.
func TestSeveralTasksAreNamed(t *testing.T) {
	plain := Build([]*table.Table{sheetOf(KindTasks, "number code title", "1|ZW-01|甲", "2|ZW-02|乙", "3|ZW-03|丙",
		"4|ZW-04|丁", "7|A,B|戊")}, Options{})
	nested := Build([]*table.Table{sheetOf(KindTasks, "number title", "1-1|甲", "1-2|乙", "2|丙", "3|丁")}, Options{})
	for _, c := range []struct {
		l    *Ledger
		refs string
		want string // titles, or the class of error
	}{
		{plain, "1 3", "甲丙"}, {plain, "1,3", "甲丙"}, {plain, "1、2，4", "甲乙丁"}, {plain, "1-3", "甲乙丙"},
		{plain, "2至4", "乙丙丁"}, {plain, "3 1-4", "丙甲乙丁"},
		{plain, "ZW-02-ZW-04", "乙丙丁"}, {plain, "A,B", "戊"}, {plain, "1-7", ErrNoTask.Error()},
		{plain, "3-1", ErrNoTask.Error()},
		{plain, "1-99999999", ErrNoTask.Error()}, {plain, "1,9", ErrNoTask.Error()}, {nested, "1-2", "乙"},
		{nested, "2-3", ErrNoTask.Error()}, {nested, "1-1,3", "甲丁"},
	} {
		found, err := c.l.FindAll(strings.Fields(c.refs))
		got := ""
		for _, x := range found {
			got += x.Title
		}
		if err != nil {
			got = "other"
			if errors.Is(err, ErrNoTask) {
				got = ErrNoTask.Error()
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s (%v)", c.refs, got, c.want, err)
		}
	}
	if !slices.ContainsFunc([]string{"1,2"}, IsSeveral) || IsSeveral("ZW") || IsSeveral("3") {
		t.Error("which refs may name several")
	}
}
