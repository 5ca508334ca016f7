package ledger

import (
	"slices"
	"testing"

	"taizhang/sheet/table"
)

func TestDoubtsAboutWhatWasJustTyped(t *testing.T) {
	tasks := sheetOf(KindTasks, "number title lead support deadline", "1|甲事|财政局|外星办|看情况再说", "2|乙事|财政局||2022-06-30")
	events := sheetOf(KindActivities, "kind unit date parts",
		"培训|财政局|2022-05-18|",
		"培训|财政局|2021-05-18|",
		"培训|财攻局|2022-05-18|",
		"开放日|财政局|2022-05-18|参观",
		"培训|财政局|2022-11-18|")
	for i := range tasks.Rows {
		tasks.Rows[i].ID = []string{"t1", "t2"}[i]
	}
	for i := range events.Rows {
		events.Rows[i].ID = []string{"good", "year", "unit", "parts", "future"}[i]
	}
	found := Build([]*table.Table{tasks, events}, on("2022-06-30"))
	listed := on("2022-06-30")
	listed.Units = []Unit{{Name: "财政局"}}
	directory := Build([]*table.Table{tasks, events}, listed)
	for _, c := range []struct {
		what   string
		l      *Ledger
		id     string
		fields []string
		want   []string
	}{
		{"a deadline that cannot be read", found, "t1", []string{FieldDeadline}, []string{"ledger.unknown_deadline"}},
		{"only what was typed", found, "t1", []string{FieldProgress}, nil},
		{"a date", found, "t2", []string{FieldDeadline, FieldLead}, nil},
		{"a new unit where the tasks make the directory", found, "t1", []string{FieldSupport}, nil},
		{"a unit that is not in the directory", directory, "t1", []string{FieldLead, FieldSupport},
			[]string{"ledger.unknown_unit"}},
		{"an event that counts", found, "good", nil, nil},
		{"an event of another year", found, "year", nil, []string{"ledger.event_not_counted"}},
		{"an event of a unit that no task names", found, "unit", nil, []string{"ledger.event_unit"}},
		{"an event without what makes it count", found, "parts", nil, []string{"ledger.event_not_counted"}},
		{"an event yet to be held", found, "future", nil, nil},
		{"no such row", found, "none", []string{FieldDeadline}, nil},
	} {
		var got []string
		for _, d := range c.l.Doubts(c.id, c.fields) {
			got = append(got, d.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
