package notices

import (
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/table"
)

// four units that owe different things, and one that owes nothing yet.
func fourUnits() *ledger.Ledger {
	today := time.Date(2022, 10, 20, 0, 0, 0, 0, time.UTC)
	late := func(title, lead string, days int) *ledger.Task {
		return &ledger.Task{Title: title, Lead: lead, Overdue: true, DaysOverdue: days}
	}
	year := func(unit string, state ledger.RequirementState) ledger.Requirement {
		return ledger.Requirement{Name: "培训", Unit: unit, Required: 1, State: state, Due: today.AddDate(0, 2, 0)}
	}
	var units []ledger.Unit
	for _, n := range []string{"财政局", "建设局", "司法局", "水务局", "卫健局"} {
		units = append(units, ledger.Unit{Name: n})
	}
	worst := late("久拖之事", "建设局", 90)
	worst.Owner, worst.Phone = "钱七", "3200007"
	return &ledger.Ledger{Title: "台账", Year: 2022, Today: today, Directory: ledger.NewDirectory(units),
		Tasks: []*ledger.Task{
			late("甲事", "财政局", 3), late("乙事", "财政局", 20), late("无主之事", "", 200), late("丙事", "建设局", 5), worst,
			{Title: "丁事", Lead: "司法局", DueSoon: true, Deadline: due.Deadline{Due: today.AddDate(0, 0, 5)},
				DueNow: today.AddDate(0, 0, 5)},
		},
		Requirements: []ledger.Requirement{year("水务局", ledger.Open), year("卫健局", ledger.AtRisk),
			year("财政局", ledger.Met)},
	}
}

func TestNoticesAreSortedByUrgency(t *testing.T) {
	var got []string
	notices := All(fourUnits())
	for _, n := range notices {
		got = append(got, n.Unit)
	}
	if want := []string{"建设局", "财政局", "卫健局", "司法局", ""}; !slices.Equal(got, want) {
		t.Errorf("units %q, want %q: 水务局 has time enough left, tasks without a lead come last", got, want)
	}
	text := notices[0].Paper(fourUnits(), Options{}).Plain()
	first, second := strings.Index(text, "久拖之事"), strings.Index(text, "丙事")
	if first < 0 || second < first {
		t.Errorf("the longest overdue does not stand first:\n%s", text)
	}
	if !strings.Contains(text, "钱七") || !strings.Contains(text, "3200007") {
		t.Errorf("whom to call is not said:\n%s", text)
	}
}

func TestClocksThatRunOutAreReminded(t *testing.T) {
	rows := &table.Table{Kind: "requests", Sheet: "依申请公开"}
	for _, k := range []string{"number", "received", "applicant", "content", "unit", "owner", "replied"} {
		rows.Columns = append(rows.Columns, table.Column{Key: k, Field: k, Heading: k})
	}
	for _, v := range []string{"1|2022-08-01|甲|预算|财政局|钱七|", "2|2022-09-19|甲|规划|住建局||", "3|2022-08-24|甲|补偿|财政局、住建局||",
		"4|2022-08-22|甲|无主|||"} {
		rows.Rows = append(rows.Rows, table.Row{Values: strings.Split(v, "|")})
	}
	l := ledger.Build([]*table.Table{rows}, ledger.Options{Today: time.Date(2022, 9, 20, 0, 0, 0, 0, time.UTC)})
	all := All(l)
	if len(all) != 3 || all[0].Unit != "财政局" || all[1].Unit != "住建局" || all[2].Unit != "" {
		t.Fatalf("%+v", all)
	}
	text := Text(l, "财政局", Options{})
	for _, want := range []string{"1.依申请公开“预算”（编号1）：答复期限2022年8月29日；已超期15个工作日；责任人：钱七。",
		"2.依申请公开“补偿”（编号3）：答复期限2022年9月22日；还剩2个工作日。"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "规划") {
		t.Error("another unit's row is told")
	}
	if page := Overview(l, all, Options{}).Plain(); !strings.Contains(page, "无主") {
		t.Errorf("what no unit handles is missing\n%s", page)
	}
}
