package ledger

import (
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/table"
)

func TestStruckOutTextSaysNothing(t *testing.T) {
	tb := &table.Table{Kind: KindTasks, Sheet: "任务", Columns: []table.Column{
		{Key: FieldTitle, Field: FieldTitle, Heading: "任务", Col: 1},
		{Key: FieldLead, Field: FieldLead, Heading: "责任单位", Col: 2},
		{Key: FieldDeadline, Field: FieldDeadline, Heading: "时限", Col: 3},
		{Key: FieldStatus, Field: FieldStatus, Heading: "状态", Col: 4}}}
	for i, v := range [][]string{{"修订制度", "财政局", "6月底8月底", "已完成"}, {"撤销的任务", "财政局", "1月底", "未启动"},
		{"更换设备", "民政局", "3月底", ""}} {
		tb.Rows = append(tb.Rows, table.Row{Row: i + 2, Values: v})
	}
	tb.Place.Struck = map[a1.Ref]string{a1.At(2, 3): "8月底", a1.At(2, 4): " ", a1.At(3, 1): ""}
	l := Build([]*table.Table{tb}, Options{Today: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)})
	if len(l.Tasks) != 2 || !l.Tasks[1].Overdue {
		t.Fatalf("%d tasks", len(l.Tasks))
	}
	if d := l.Tasks[0]; d.Deadline.Due.Format(time.DateOnly) != "2024-08-31" || d.Status.Kind != UnknownStatus {
		t.Errorf("%+v %+v", d.Deadline, d.Status)
	}
	ids := map[string]int{}
	for _, p := range l.Problems {
		ids[p.Text.Key+" "+p.Cell.String()]++
	}
	for _, want := range []string{"ledger.struck_value C2", "ledger.struck_value D2", "ledger.struck_task A3"} {
		if ids[want] != 1 {
			t.Errorf("%s is not told: %v", want, ids)
		}
	}
}
