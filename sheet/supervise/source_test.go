package supervise_test

import (
	"slices"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/supervise"
	"taizhang/sheet/table"
)

// withColumn is a ledger whose tasks have one more column under that heading.
func withColumn(heading string, rows ...[2]string) *ledger.Ledger {
	m := newModel()
	m.tasks.Columns = append(m.tasks.Columns, table.Column{Key: "x", Heading: heading})
	for i, r := range rows {
		row := table.Row{ID: "task" + strings.Repeat("0", 7) + string(rune('1'+i)),
			Values: make([]string, len(m.tasks.Columns))}
		row.Values[0], row.Values[1], row.Values[len(row.Values)-1] = r[0], "事项"+r[0], r[1]
		row.Values[2], row.Values[5] = "财政局", "推进中"
		m.tasks.Rows = append(m.tasks.Rows, row)
	}
	return m.on(due.Date(2022, 6, 1))
}

func TestWhoOrderedATaskIsReadFromItsColumn(t *testing.T) {
	rows := [][2]string{{"1", "市长批示"}, {"2", "县政府常务会议"}, {"3", "政府工作报告"}, {"4", "专项督查"}, {"5", "自筹"}, {"6", ""}}
	for heading, want := range map[string][]string{
		"来源": {"1", "2"}, "基本情况/任务来源": {"1", "2"}, "督办事项来源": {"1", "2"}, "资金来源": nil, "数据来源": nil,
	} {
		l := withColumn(heading, rows...)
		var got []string
		for _, task := range supervise.Attention(l) {
			got = append(got, task.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: leaders ordered %v, want %v", heading, got, want)
		}
	}
	l := withColumn("来源", rows...)
	var got []supervise.Source
	for _, task := range l.Tasks {
		s, _ := supervise.SourceOf(task)
		got = append(got, s)
	}
	if want := []supervise.Source{supervise.Directive, supervise.FromMeeting, supervise.Yearly, supervise.Campaign, "",
		""}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPartsOfATaskAreFoundByNumberAndByColumn(t *testing.T) {
	parts := func(l *ledger.Ledger) (out []string) {
		for _, task := range l.Tasks {
			for _, p := range supervise.Children(l)[task.ID] {
				out = append(out, task.Number+">"+p.Number)
			}
		}
		return out
	}
	l := withColumn("备用", [2]string{"1", ""}, [2]string{"1.1", ""}, [2]string{"1.2", ""}, [2]string{"1.2.1", ""},
		[2]string{"3.1", ""}, [2]string{"2", ""})
	if got := parts(l); !slices.Equal(got, []string{"1>1.1", "1>1.2", "1.2>1.2.1"}) {
		t.Errorf("by number: %v", got)
	}
	l = withColumn("父任务", [2]string{"1", ""}, [2]string{"2", "1"}, [2]string{"3", "事项1"}, [2]string{"4", "4"},
		[2]string{"5", "没有的"})
	if got := parts(l); !slices.Equal(got, []string{"1>2", "1>3"}) {
		t.Errorf("by column: %v", got)
	}
	if got := supervise.PartsText(supervise.Children(l)[l.Tasks[0].ID]).In(""); got != "分项2项，已完成0项；未完成：2 事项2、3 事项3" {
		t.Errorf("%s", got)
	}
}
