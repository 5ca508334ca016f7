package bulletin

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/ooxmltest"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

func at(t *testing.T, day string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// stood is the ledger of some tasks (id, title, lead, deadline, status,
// completed, progress) as it was to be read on a day.
func stood(t *testing.T, day string, rows ...[]string) *ledger.Ledger {
	t.Helper()
	tb := &table.Table{Kind: ledger.KindTasks, Sheet: "台账", Place: table.Place{Title: []string{"2022年政务公开重点任务台账",
		"填报单位：党政办公室"}}}
	for _, f := range []string{ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline, ledger.FieldStatus,
		ledger.FieldCompleted, ledger.FieldProgress} {
		tb.Columns = append(tb.Columns, table.Column{Key: f, Field: f, Heading: f})
	}
	for _, r := range rows {
		tb.Rows = append(tb.Rows, table.Row{ID: r[0], Values: r[1:]})
	}
	return ledger.Build([]*table.Table{tb}, ledger.Options{Today: at(t, day), Year: 2022})
}

func september(t *testing.T) Input {
	return Input{
		Period: Month(2022, 9),
		Earlier: stood(t, "2022-07-31",
			[]string{"a", "甲事", "财政局", "2022-09-15", "推进中", "", ""},
			[]string{"b", "乙事", "财政局", "2022-08-15", "推进中", "", ""},
			[]string{"c", "丙事", "建设局", "2022-09-10", "推进中", "", ""},
			[]string{"d", "丁事", "建设局", "2022-12-31", "推进中", "", "一稿"},
			[]string{"e", "戊事", "司法局", "2022-08-20", "推进中", "", ""}),
		Start: stood(t, "2022-08-31",
			[]string{"a", "甲事", "财政局", "2022-09-15", "推进中", "", "已部署"},
			[]string{"b", "乙事", "财政局", "2022-08-15", "推进中", "", ""},
			[]string{"c", "丙事", "建设局", "2022-09-10", "推进中", "", ""},
			[]string{"d", "丁事", "建设局", "2022-12-31", "推进中", "", "一稿"},
			[]string{"e", "戊事", "司法局", "2022-08-20", "已完成", "2022-08-18", ""}),
		End: stood(t, "2022-09-30",
			[]string{"a", "甲事", "财政局", "2022-09-15", "已完成", "2022-09-12", "已部署"},
			[]string{"b", "乙事", "财政局", "2022-08-15", "已完成", "", ""},
			[]string{"c", "丙事", "建设局", "2022-09-10", "推进中", "", "正在办"},
			[]string{"d", "丁事", "建设局", "2022-12-31", "推进中", "", "一稿"},
			[]string{"e", "戊事", "司法局", "2022-08-20", "已完成", "2022-08-18", ""},
			[]string{"f", "己事", "", "长期坚持", "长期坚持", "", ""}),
		Log: []syncer.Entry{{Time: at(t, "2022-09-20"), Changes: []syncer.Change{{Kind: ledger.KindTasks, Task: "b",
			Field: ledger.FieldStatus, From: "推进中", To: "已完成"}}}},
		Copies: []syncer.Returned{{Unit: "司法局", File: "台账-司法局.xlsx", At: at(t, "2022-09-10")},
			{Unit: "司法局", File: "台账-司法局(2).xlsx", At: at(t, "2022-09-12")}},
	}
}

func titles(list []*ledger.Task) (out []string) {
	for _, t := range list {
		out = append(out, t.Title)
	}
	return out
}

func TestABulletinTellsWhatHappened(t *testing.T) {
	b := Make(september(t))
	if d := cmp.Diff([]string{"甲事", "乙事"}, titles(b.Finished)); d != "" {
		t.Errorf("finished (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"丙事"}, titles(b.NewlyLate)); d != "" {
		t.Errorf("newly late\n%s", d)
	}
	if d := cmp.Diff([]string{"丁事"}, titles(b.Unmoved)); d != "" {
		t.Errorf("unmoved\n%s", d)
	}
	want := []Unit{
		{Name: "财政局", Rank: 1, Now: Figures{Tasks: 2, Done: 2, Finished: 2, OnTime: 1},
			Before: Figures{Tasks: 2, Going: 1, Overdue: 1, NewlyLate: 1, Unmoved: 1}},
		{Name: "司法局", Rank: 2, Now: Figures{Tasks: 1, Done: 1, Copies: 1},
			Before: Figures{Tasks: 1, Done: 1, Finished: 1, OnTime: 1}},
		{Name: "建设局", Rank: 3, Now: Figures{Tasks: 2, Going: 1, Overdue: 1, NewlyLate: 1, Unmoved: 1},
			Before: Figures{Tasks: 2, Going: 2, Unmoved: 2}},
	}
	if d := cmp.Diff(want, b.Units); d != "" {
		t.Errorf("units (-want +got)\n%s", d)
	}
	if d := cmp.Diff(Figures{Tasks: 6, Done: 3, Going: 2, Overdue: 1, Finished: 2, OnTime: 1, NewlyLate: 1, Unmoved: 1,
		Copies: 1}, b.Total.Now); d != "" {
		t.Errorf("in all\n%s", d)
	}
}

func TestAHistoryThatBeginsWithinThePeriodIsSaid(t *testing.T) {
	in := september(t)
	in.Since, in.Earlier, in.Start = at(t, "2022-09-25"), nil, in.End
	b := Make(in)
	if d := cmp.Diff([]string{"甲事"}, titles(b.Finished)); d != "" {
		t.Errorf("only what its own date tells was finished (-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{"丙事"}, titles(b.NewlyLate)); d != "" || len(b.Unmoved) > 0 || b.KnownBefore {
		t.Errorf("%s, unmoved %q, before known %v", d, titles(b.Unmoved), b.KnownBefore)
	}
	text := b.Paper(Options{}).Plain()
	if b.Nobody.Now.Tasks != 1 || !strings.Contains(text, "（未明确牵头单位）") {
		t.Errorf("a task that nobody leads is left out: %+v", b.Nobody)
	}
	if !strings.Contains(text, "台账的修改记录自2022年9月25日开始") || strings.Contains(text, "比上期") {
		t.Errorf("it says\n%s", text)
	}
}

func TestABulletinAsAPaper(t *testing.T) {
	const want = `关于2022年9月政务公开重点任务落实情况的通报

各有关单位：

　　现将2022年9月“2022年政务公开重点任务台账”各项任务的落实情况通报如下。

　　一、总体情况

　　截至2022年9月30日，共有任务6项，已完成3项（比上期多2），完成率50%；正在办理和尚未启动的2项，逾期1项（与上期持平）。

　　本期完成任务2项（比上期多1），其中按时完成1项、逾期完成1项；新增逾期1项（与上期持平），没有进展的1项（比上期少2）；返回填报表的单位1家（比上期多1）。
`
	p := Make(september(t)).Paper(Options{})
	text := p.Plain()
	if !strings.HasPrefix(text, want) {
		t.Errorf("it says\n%s", text)
	}
	for _, s := range []string{"  2     2（0）  1（0）  0（1）", "1.甲事（财政局）。", "2.乙事（财政局），完成时限2022年8月15日，逾期完成。",
		"1.丙事（建设局），完成时限2022年9月10日，已逾期20天。", "党政办公室\n2022年9月30日\n"} {
		if !strings.Contains(text, s) {
			t.Errorf("no %q in\n%s", s, text)
		}
	}
	if _, err := p.Docx(); err != nil {
		t.Fatal(err)
	}
	if en := Make(september(t)).Paper(Options{Lang: msg.EN}).Plain(); !strings.Contains(en, "September 2022") ||
		strings.Contains(en, "bulletin.") {
		t.Errorf("in English\n%s", en)
	}
}

// A bulletin of a period in which nothing happened shows how the tasks stand, and no
// chart of zeros only; units without tasks have no bar.
func TestNoChartIsEmpty(t *testing.T) {
	charts := func(b *Bulletin) (out []string) {
		data, err := b.Paper(Options{}).Docx()
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range ooxmltest.Parts(t, data) {
			if strings.HasPrefix(name, "word/charts/chart") {
				out = append(out, text)
				if !regexp.MustCompile(`<c:val>.*<c:v>[1-9]`).MatchString(text) {
					t.Errorf("%s shows nothing:\n%s", name, text)
				}
			}
		}
		slices.Sort(out)
		return out
	}
	in := Input{Period: Month(2022, 9)}
	in.End = stood(t, "2022-09-30", []string{"a", "甲事", "财政局", "2022-12-15", "推进中", "", ""})
	in.Since, in.Start = at(t, "2022-09-01"), in.End
	in.Copies = []syncer.Returned{{Unit: "司法局", At: at(t, "2022-09-10")}}
	got := charts(Make(in))
	if len(got) != 2 || strings.Contains(strings.Join(got, ""), "司法局") {
		t.Errorf("%d charts, or a bar of a unit without tasks:\n%s", len(got), got)
	}
	in.Copies = nil
	if got = charts(Make(in)); len(got) != 2 || !strings.Contains(strings.Join(got, ""), "截至2022年9月30日任务情况") {
		t.Errorf("%d charts:\n%s", len(got), got)
	}
	in.End = stood(t, "2022-09-30")
	in.Start = in.End
	if got = charts(Make(in)); len(got) != 0 {
		t.Errorf("a ledger without tasks has %d charts", len(got))
	}
}

func TestPeriods(t *testing.T) {
	for name, c := range map[string]struct {
		p            Period
		zh, en, from string // from of the period before
	}{
		"month":       {Month(2022, 1), "2022年1月", "January 2022", "2021-12-01"},
		"quarter":     {Quarter(2022, 1), "2022年第一季度", "quarter 1 of 2022", "2021-10-01"},
		"whole month": {Days(at(t, "2022-02-01"), at(t, "2022-02-28")), "2022年2月", "February 2022", "2022-01-01"},
		"whole year":  {Days(at(t, "2022-01-01"), at(t, "2022-12-31")), "2022年", "2022", "2021-01-01"},
		"some days": {Days(at(t, "2022-09-05"), at(t, "2022-09-11")), "2022年9月5日至2022年9月11日",
			"5 September 2022 to 11 September 2022", "2022-08-29"},
		"last month":   {LastMonth(at(t, "2022-10-05")), "2022年9月", "September 2022", "2022-08-01"},
		"its last day": {LastMonth(at(t, "2022-09-30")), "2022年9月", "September 2022", "2022-08-01"},
		"in January":   {LastMonth(at(t, "2022-01-05")), "2021年12月", "December 2021", "2021-11-01"},
	} {
		if got := c.p.Name(msg.ZH); got != c.zh {
			t.Errorf("%s: %s, want %s", name, got, c.zh)
		}
		if got := c.p.Name(msg.EN); got != c.en {
			t.Errorf("%s: %s, want %s", name, got, c.en)
		}
		if got := c.p.Before(); got.From.Format(time.DateOnly) != c.from || !got.To.AddDate(0, 0, 1).Equal(c.p.From) {
			t.Errorf("%s: before it %v to %v", name, got.From, got.To)
		}
	}
}
