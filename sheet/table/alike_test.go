package table

import (
	"fmt"
	"strings"
	"testing"
)

// Texts that differ only in their figures are judged a few times, not once each.
func TestTextsThatDifferInFiguresAreJudgedOnce(t *testing.T) {
	m := newMatcher(testSchemas())
	sf, _ := findSheet(bigSheet(2000, "重点任务%d第%d项工作进展"), plain{}, m)
	if len(sf.Tables) != 1 || len(sf.Tables[0].Rows) != 2000 {
		t.Fatal("the table was not found whole")
	}
	if len(m.seen) > 200 {
		t.Errorf("%d texts of 6,000 that differ in figures were judged", len(m.seen))
	}
}

// Rows that were dismissed hide no header: not one with figures in its headings, and not
// one that repeats the first.
func TestDismissedRowsHideNoHeader(t *testing.T) {
	var b strings.Builder
	b.WriteString("序号|重点任务|牵头单位|完成时限|进展情况\n")
	for i := range 40 {
		fmt.Fprintf(&b, "%d|重点任务%d|财政局|2022-06-%02d|进展情况%d\n", i+1, i+1, i%28+1, i+1)
	}
	b.WriteString("\n序号|重点任务|牵头单位|完成时限|进展情况\n")
	for i := range 40 {
		fmt.Fprintf(&b, "%d|重点任务%d|教育局|2022-06-%02d|进展情况%d\n", i+1, i+1, i%28+1, i+1)
	}
	b.WriteString("\n序号|任务名称|主办单位|办结时限|6月进展情况\n1|修路|交通局|2022-07-01|已完成\n2|修桥|交通局|2022-08-01|未启动\n")
	sf, _ := findSheet(sheetOf(b.String()), plain{}, newMatcher(testSchemas()))
	rows := 0
	for _, found := range sf.Tables {
		rows += len(found.Rows)
	}
	if rows != 82 {
		t.Errorf("%d rows in %d tables, want 82", rows, len(sf.Tables))
	}
}

func TestShapeOfATextIsWithoutFigures(t *testing.T) {
	for in, want := range map[string]string{"": "", "任务": "任务", "任务12": "任务#", "1.2项": "#.#项", "第3周第14天": "第#周第#天"} {
		if got := string(appendShape(nil, in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
