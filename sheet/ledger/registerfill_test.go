package ledger

import (
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

func TestEmptyDueCellsAreFilledWithWhatTheRulesSay(t *testing.T) {
	requests := sheetOf("requests",
		"number received channel applicant content corrected_notice corrected consulted opinion extended due replied "+
			"outcome paid",
		"1|2022-09-05|网络|甲|某信息|||||||||",
		"2|2022-08-22|当面|甲|已答复的也补上|||||||2022-09-19|予以公开|",
		"3|2022-09-01|当面|甲|待补正的还会变|2022-09-07||||||||",
		"4|2022-09-05|当面|甲|正在征求意见的还会变|||2022-09-08||||||",
		"5|2022-09-05|当面|甲|手工填的不动||||||2022-09-30|||",
		"6||当面|甲|没有收到日期|||||||||",
		"7|2022-08-01|当面|甲|已撤回||||||||撤回|",
		"8|2022-08-01|当面|甲|缴费后是否重新起算待核对|||||||||2022-09-15",
		"9|2022-09-05|当面|甲|公式格|||||||||",
		"10|2030-09-05|当面|甲|没有放假安排的年份|||||||||",
		"11|2022-09-05|当面|甲|文字也是手工填的||||||见批示|||",
	)
	requests.Place.Formulas = map[a1.Ref]bool{{Row: requests.Rows[8].Row,
		Col: requests.Columns[requests.Index("due")].Col}: true}
	l := Build([]*table.Table{requests, sheetOf("messages", "number received title unit replied",
		"1|2022-09-19|没有期限列|财政局|")}, on("2022-09-20"))
	cells, unsure := l.DueCells("")
	var got, left []string
	for _, c := range cells {
		got = append(got, c.Entry.Number+" "+c.Field+" "+c.Day.Format(time.DateOnly))
	}
	for _, e := range unsure {
		left = append(left, e.Number)
	}
	same(t, []string{"1 due 2022-10-09", "2 due 2022-09-20"}, got)
	same(t, []string{"3", "4", "8", "10"}, left)
	if cells, _ := l.DueCells("messages"); len(cells) != 0 || l.Register("messages").HasDueCells() ||
		!l.Register("requests").HasDueCells() {
		t.Error("a register without a column for due days has none to fill")
	}
	// What was filled changes no clock: the day stays, and differs from nothing.
	for _, c := range cells {
		c.Entry.Row.Values[requests.Index("due")] = c.Day.Format(time.DateOnly)
	}
	again := Build([]*table.Table{requests}, on("2022-09-20"))
	for i, e := range again.Register("requests").Entries[:2] {
		before, now := l.Register("requests").Entries[i].Main(), e.Main()
		if !now.Due.Equal(before.Due) || now.State != before.State || now.Differs() {
			t.Errorf("row %s: %+v became %+v", e.Number, before.Reading, now.Reading)
		}
	}
	if cells, _ := again.DueCells("requests"); len(cells) != 0 {
		t.Errorf("filled twice: %v", cells)
	}
}

func TestADraftHasItsClocks(t *testing.T) {
	l := Build([]*table.Table{sheetOf("tasks", "number title lead", "1|公开|财政局")}, on("2022-09-20"))
	def := l.RegisterDef("requests")
	why := func(values map[string]string) (due, why string) {
		e := l.Draft(def, l.EntryTable(def, values), values)
		c := e.Main()
		if !c.Due.IsZero() {
			due = c.Due.Format(time.DateOnly)
		}
		return due, l.Why(e, c).In(msg.ZH)
	}
	for _, c := range []struct {
		values    map[string]string
		due, says string
	}{
		{map[string]string{"content": "某信息"}, "", "填写收到 / 收到申请之日后推算期限"},
		{map[string]string{"received": "9月5日"}, "2022-10-09", "收到 9-05 的次日起20个工作日，推算至 10-09"},
		{map[string]string{"received": "2022-09-05", "consulted": "9月8日", "opinion": "9月15日"}, "2022-10-13",
			"征求意见的4个工作日不计"},
		{map[string]string{"received": "2022-09-05", "extended": "是"}, "2022-11-04", "再延长20个工作日"},
		{map[string]string{"received": "2022-09-05", "corrected_notice": "2022-09-07"}, "", "暂停计时，补正收到后重新起算"},
		{map[string]string{"received": "看不懂"}, "", "填写收到"},
	} {
		due, says := why(c.values)
		if due != c.due || !strings.Contains(says, c.says) {
			t.Errorf("%v: %s, %s; want %s, …%s…", c.values, due, says, c.due, c.says)
		}
	}
	if len(l.Registers) != 0 || len(l.Problems) != 0 {
		t.Error("a draft left something in the ledger")
	}
}

func TestTasksShowTheFiguresOfTheRegistersTheyOrder(t *testing.T) {
	l := Build([]*table.Table{
		titled(sheetOf("tasks", "number title requirement lead", "1|依申请公开|限期答复|财政局", "2|平台|明确栏目内容、更新周期|财政局",
			"3|专栏维护|巡查专栏|财政局", "4|咨询|规范12345热线和留言答复|财政局"), "2022年任务"),
		sheetOf("requests", "number received applicant content due replied outcome",
			"1|2022-08-22|甲|某信息||2022-09-19|予以公开", "2|2022-08-22|甲|某信息||2022-09-28|予以公开", "3|2022-09-05|甲|某信息|||",
			"4|2022-09-13|甲|某信息|||", "5|2021-12-20|甲|去年没办完的||2022-01-10|予以公开", "6|2021-03-20|甲|去年的事||2021-04-10|予以公开",
			"7|2022-07-20|甲|某信息|||", "8|2022-07-20|甲|某信息|||撤回"),
		sheetOf("columns", "section name every unit last_update", "动态|要闻|每周|财政局|2022-09-28", "动态|快讯|每周|财政局|2022-08-01"),
	}, on("2022-09-29"))
	for number, want := range map[string]string{
		"1": "收到6件，上年结转1件，按期答复2件，超期答复1件，终结1件，在办3件（已超期1件），最近到期10-09",
		"2": "共2个，按期更新1个，超期未更新1个，最近到期10-08",
		"3": "", "4": "",
	} {
		task, err := l.Find(number)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range l.OrderedBy(task) {
			got = append(got, l.Figures(r).In(msg.ZH))
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s: %s; want %s", number, s, want)
		}
	}
}

func TestTheStepsOfAClockAreToldDayByDay(t *testing.T) {
	l := Build([]*table.Table{sheetOf("requests", "number received applicant content consulted opinion",
		"1|2022-09-26|甲|某信息|2022-09-28|2022-09-30")}, on("2022-10-10"))
	var got []string
	for _, s := range l.Steps(l.Register("requests").Entries[0].Main()) {
		got = append(got, s.Day.Format("1-02 ")+StepText(s).In(msg.ZH))
	}
	same(t, []string{"9-26 起算日，不计", "9-27 第1天", "9-28 第2天", "9-29 暂停，不计", "9-30 暂停，不计", "10-01 国庆节放假，不计"}, got[:6])
	all := strings.Join(got, "\n")
	for _, want := range []string{"10-08 第3天（调休上班）", "10-09 第4天（调休上班）", "10-10 第5天"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not among the steps:\n%s", want, all)
		}
	}
}

// A clock of the office's own says what it stood still for in the office's own words.
func TestAPauseBearsItsOwnNameInTheCalculation(t *testing.T) {
	def := RegisterDef{Kind: "orders", Name: "督办单", Number: "number", Title: []string{"matter"}, Unit: "unit",
		Fields: []RegisterField{{Name: "number", Headings: []string{"督办单号"}, Type: CodeField},
			{Name: "matter", Headings: []string{"督办事项"}, Type: TextField},
			{Name: "sent", Headings: []string{"下达日期"}, Type: DateField},
			{Name: "stopped", Headings: []string{"中止日期"}, Type: DateField},
			{Name: "resumed", Headings: []string{"恢复日期"}, Type: DateField}},
		Clocks: []ClockDef{{Name: "办结", From: []string{"sent"}, Within: due.Term{N: 20, Unit: due.Workdays},
			Pause: [][2]string{{"stopped", "resumed"}}}}}
	l := Build([]*table.Table{sheetOf("orders", "number matter sent stopped resumed",
		"督1|核查|2025-09-22|2025-09-25|2025-10-09")},
		Options{Today: on("2025-10-20").Today, Registers: []RegisterDef{def}})
	e := l.Register("orders").Entries[0]
	if got, want := l.Why(e, e.Main()).In(msg.ZH), "stopped的5个工作日不计"; !strings.Contains(got, want) {
		t.Errorf("%s; want %s", got, want)
	}
}
