package summary_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/table"
)

func TestEveryRegisterIsExportedWithItsClocks(t *testing.T) {
	rows := &table.Table{Kind: "requests", Sheet: "依申请公开"}
	for _, k := range []string{"number", "received", "applicant", "content", "unit", "replied"} {
		rows.Columns = append(rows.Columns, table.Column{Key: k, Field: k, Heading: k})
	}
	for _, v := range []string{"1|2022-09-19|甲|规划|住建局|", "2|2022-08-01|甲|预算|财政局|"} {
		rows.Rows = append(rows.Rows, table.Row{Values: strings.Split(v, "|")})
	}
	l := ledger.Build([]*table.Table{rows}, ledger.Options{Today: time.Date(2022, 9, 20, 0, 0, 0, 0, time.UTC)})
	var out bytes.Buffer
	if err := summary.Export(context.Background(), &out, []summary.Source{{File: "登记.xlsx", Ledger: l}},
		summary.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("依申请公开")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range got {
		lines = append(lines, strings.Join(r, "|"))
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{"共2条：已超期1", "2|预算|财政局|2022-08-01|2022-08-29|已超期|已超期15个工作日",
		"1|规划|住建局|2022-09-19|2022-10-20|在办|还剩19个工作日"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Index(all, "预算") > strings.Index(all, "规划") {
		t.Error("the most urgent row is not the first")
	}
}
