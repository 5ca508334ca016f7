package bulletin

import (
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Rows of registers are counted by their own dates: settled in the period, on time
// or late, open and overdue at its end, each beside the period before.
func TestRegistersOnTimeAreTold(t *testing.T) {
	in := september(t)
	rows := &table.Table{Kind: "requests", Sheet: "依申请公开"}
	for _, f := range []string{"number", "received", "applicant", "content", "unit", "replied"} {
		rows.Columns = append(rows.Columns, table.Column{Key: f, Field: f, Heading: f})
	}
	for _, r := range []string{
		"1|2022-08-01|甲|按期|财政局|2022-08-10",
		"2|2022-08-20|甲|按期|财政局|2022-09-05",
		"3|2022-07-01|甲|超期|建设局|2022-09-05",
		"4|2022-08-01|甲|未答复|建设局|",
		"5|2022-09-25|甲|刚收到|财政局|",
		"6|2022-09-02|甲|期后答复|财政局|2022-10-08",
		"7|2022-10-08|甲|期后收到|财政局|",
	} {
		rows.Rows = append(rows.Rows, table.Row{ID: r[:1], Values: strings.Split(r, "|")})
	}
	in.End = ledger.Build(append(in.End.Tables, rows), ledger.Options{Today: at(t, "2022-09-30"), Year: 2022})
	b := Make(in)
	if len(b.Registers) != 1 {
		t.Fatalf("%+v", b.Registers)
	}
	if now, want := b.Registers[0].Now, (RegisterFigures{Settled: 2, OnTime: 1, Open: 3, Overdue: 1}); now != want {
		t.Errorf("now %+v, want %+v", now, want)
	}
	if before, want := b.Registers[0].Before, (RegisterFigures{Settled: 1, OnTime: 1, Open: 3,
		Overdue: 2}); before != want {
		t.Errorf("before %+v, want %+v", before, want)
	}
	for _, u := range b.Units {
		if u.Name == "建设局" && u.Now.Rows != (RegisterFigures{Settled: 1, Open: 1, Overdue: 1}) {
			t.Errorf("%s: %+v", u.Name, u.Now.Rows)
		}
	}
	text := b.Paper(Options{Lang: msg.ZH}).Plain()
	for _, want := range []string{
		"依申请公开：本期办结2件（比上期多1），其中按期1件、超期1件，按期办结率50%；期末在办3件，其中已超期1件（比上期少1）。",
		"期末有登记事项超期的单位：建设局1件。",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
