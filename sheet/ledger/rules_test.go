package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

var zoneUnits = func() *table.Table {
	return sheetOf(KindUnits, "name aliases groups",
		"党政办公室|党政办|各部门", "财政局||各部门", "环保分局|生态环境分局|各部门",
		"幸福街道办事处||各街道办事处", "保平街道办事处||各街道办事处")
}

func states(l *Ledger) (out []string) {
	for _, r := range l.Requirements {
		out = append(out, strings.TrimSpace(fmt.Sprint(r.Kind, " ", r.Unit, " ", r.Held, "/", r.Required, " ", r.State,
			" ", r.Due.Format("01-02"))))
	}
	return out
}

func TestDefaultRequirementsOfThePlan(t *testing.T) {
	events := sheetOf(KindActivities, "kind unit date topic parts remark",
		"业务培训|党政办|2022-03-18|学习条例||",
		"培训|各街道办事处|2022年4月|集中培训||",
		"培训|生态环境分局|2021-12-20|旧年||",
		"培训|财政局|2022-12-01|计划||",
		"政府开放日|党政办公室|2022-05-10|走进大厅|参观|",
		"政府开放日|党政办公室|2022-05-11|走进大厅|参观、座谈交流|",
	)
	l := Build([]*table.Table{zoneUnits(), events}, on("2022-05-20"))
	want := []string{
		"open_day  1/1 met 12-31",
		"training 党政办公室 1/1 met 12-31", "training 财政局 0/1 open 12-31", "training 环保分局 0/1 open 12-31",
		"training 幸福街道办事处 1/1 met 12-31", "training 保平街道办事处 1/1 met 12-31",
	}
	if d := cmp.Diff(want, states(l)); d != "" {
		t.Error(d)
	}
	var why []string
	for _, e := range l.Events {
		why = append(why, strings.TrimPrefix(e.WhyNot.Key, "ledger."))
		if e.Counts != e.WhyNot.IsZero() {
			t.Errorf("%s: counts is %v but %s", e.DateText, e.Counts, e.WhyNot)
		}
	}
	if d := cmp.Diff([]string{"", "", "not_counted_year", "not_counted_future", "not_counted_parts", ""},
		why); d != "" {
		t.Error(d)
	}
}

func TestRequirementStatesFollowTheDay(t *testing.T) {
	for day, want := range map[string]RequirementState{
		"2022-12-01": Open, "2022-12-02": AtRisk, "2022-12-31": AtRisk, "2023-01-01": Missed, "2022-01-01": Open,
	} {
		l := Build([]*table.Table{titled(sheetOf(KindTasks, "title lead", "举办政府开放日活动|财政局"), "2022年台账")}, on(day))
		if got := l.Requirements[0]; got.Kind != "open_day" || got.State != want {
			t.Errorf("%s: %s, want %s", day, got.State, want)
		}
	}
}

// What an open-government office must do in a year is not asked of a ledger about
// anything else: a default rule holds where a task orders it or an event is recorded.
func TestDefaultRequirementsHoldWhereTheLedgerAsksForThem(t *testing.T) {
	tasks := func(title string, rows ...string) *table.Table {
		return titled(sheetOf(KindTasks, "section title requirement lead", rows...), title)
	}
	for _, c := range []struct {
		name   string
		tables []*table.Table
		want   string
	}{
		{"another campaign", []*table.Table{tasks("2022年安全生产台账", "|排查隐患||财政局", "|组织消防培训|全员参加培训|财政局")}, ""},
		{"a campus open day", []*table.Table{tasks("2022年招生工作", "|办好校园开放日||财政局")}, ""},
		{"a training of the plan", []*table.Table{tasks("2022年政务公开工作台账", "|加强队伍|开展业务培训|财政局")}, "training"},
		{"a training in the topic", []*table.Table{tasks("2022年重点工作", "|加强队伍|政务公开业务培训每年一次|财政局")}, "training"},
		{"an open day", []*table.Table{tasks("2022年重点工作", "|举办政府开放日||财政局")}, "open_day"},
		{"an event", []*table.Table{tasks("2022年安全生产台账", "|排查隐患||财政局"),
			sheetOf(KindActivities, "kind unit date", "开放日|财政局|2022-03-01")}, "open_day"},
	} {
		var kinds []string
		for _, r := range Build(append(c.tables, zoneUnits()), on("2022-05-20")).Requirements {
			if !slices.Contains(kinds, r.Kind) {
				kinds = append(kinds, r.Kind)
			}
		}
		if got := strings.Join(kinds, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	plain := Build([]*table.Table{tasks("2022年安全生产台账", "|排查隐患||财政局"), zoneUnits()}, on("2022-05-20"))
	if len(plain.Unasked) == 0 || plain.Unasked[0].Kind != "open_day" || plain.Unasked[0].State != Open {
		t.Errorf("what nobody asked for: %+v", plain.Unasked)
	}
	l := Build([]*table.Table{tasks("2022年安全生产台账", "|排查隐患||财政局")}, Options{Today: on("2022-05-20").Today,
		Rules: DefaultRules()})
	if len(l.Requirements) == 0 {
		t.Error("what the settings state does not hold")
	}
}

func TestRequirementsSheet(t *testing.T) {
	rules := sheetOf(KindRequirements, "name min scope units due needs",
		"政务公开培训|2次|每单位|各街道办事处、财政局|6月底前|",
		"政府开放日|≥1|整体||11月底|环节含答疑、座谈或问卷调查之一",
		"新闻发布会|两次|全区||年底前|",
		"信息公开年报|1|各单位||12月20日|",
		"坏的|若干|随意||不久|",
	)
	l := Build([]*table.Table{zoneUnits(), rules, sheetOf(KindActivities, "kind unit date parts",
		"培训|财政局|2022-02-01|", "培训|财政局|2022-03-01|", "新闻发布会||2022-03-01|", "开放日||2022-03-01|问卷")}, on("2022-06-10"))
	sentences(t, l)
	want := []string{
		"open_day  1/1 met 11-30", "新闻发布会  1/2 open 12-31", "坏的  0/1 open 12-31",
		"信息公开年报 党政办公室 0/1 open 12-20", "training 财政局 2/2 met 06-30", "信息公开年报 财政局 0/1 open 12-20",
		"信息公开年报 环保分局 0/1 open 12-20",
		"training 幸福街道办事处 0/2 at_risk 06-30", "信息公开年报 幸福街道办事处 0/1 open 12-20",
		"training 保平街道办事处 0/2 at_risk 06-30", "信息公开年报 保平街道办事处 0/1 open 12-20",
	}
	if d := cmp.Diff(want, states(l)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"答疑", "座谈", "问卷"}, l.Rules[1].Needs); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"B8 rule_min", "C8 rule_scope", "E8 unknown_deadline"}, complaints(l)); d != "" {
		t.Error(d)
	}
}

// asTable is how a new sheet reads once it is in a workbook.
func asTable(kind string, s ooxml.NewSheet) *table.Table {
	t := &table.Table{Kind: kind, Sheet: s.Name}
	for i, h := range s.Header {
		c := table.Column{Key: h, Heading: h, Col: i + 1}
		for _, f := range fieldsOf(kind, Options{}) {
			for _, known := range f.Headings {
				if table.Normalize(known) == table.Normalize(h) {
					c.Key, c.Field = f.Name, f.Name
				}
			}
		}
		t.Columns = append(t.Columns, c)
	}
	for i, row := range s.Rows {
		r := table.Row{Row: i + 3}
		for _, v := range row {
			r.Values = append(r.Values, v.Text)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func TestTheSheetOfEventsHasTheirFields(t *testing.T) {
	for _, heading := range []string{"任务", "Task"} {
		l := Build([]*table.Table{{Kind: KindTasks, Columns: []table.Column{{Key: FieldTitle, Field: FieldTitle,
			Heading: heading}}}}, on("2022-05-20"))
		head := asTable(KindActivities, l.ActivitySheet())
		var keys []string
		for _, c := range head.Columns {
			keys = append(keys, c.Key)
		}
		if d := cmp.Diff(ActivityFields(), keys); d != "" {
			t.Errorf("%s: %s", l.Lang(), d)
		}
	}
}

// A configuration with a requirement of its own does not make the sheet's other
// ones unknown: record open_day goes on working.
func TestKindsOfTheSheetAreKnownBesideTheConfiguredOnes(t *testing.T) {
	opt := on("2022-05-20")
	opt.Rules = []RequirementRule{{Kind: "training", Name: "培训", Words: []string{"培训"}, Min: 1}}
	sheet := sheetOf(KindRequirements, "kind name min", "开放日|政府开放日|1", "培训|政务公开工作培训|2", "督查|专项督查|1")
	var got []string
	for _, r := range Build([]*table.Table{sheet}, opt).Rules {
		got = append(got, r.Kind)
	}
	if d := cmp.Diff([]string{"open_day", "training", "督查"}, got); d != "" {
		t.Error(d)
	}
}

func TestAnEventThatNamesAUnitTwiceCountsOnce(t *testing.T) {
	events := sheetOf(KindActivities, "kind unit date topic parts remark", "业务培训|财政局、财政局、各部门|2022-03-18|学习条例||")
	for _, s := range states(Build([]*table.Table{zoneUnits(), events}, on("2022-05-20"))) {
		if strings.HasPrefix(s, "training 财政局") && s != "training 财政局 1/1 met 12-31" {
			t.Error(s)
		}
	}
}

// What is asked of a collective whose members nobody named stands under its own
// name; of the default rules, which nobody stated for this office, it does not.
func TestRequirementOfACollectiveWithoutKnownMembers(t *testing.T) {
	units := sheetOf(KindUnits, "name", "党政办公室", "财政局")
	rules := sheetOf(KindRequirements, "name min scope units", "志愿清扫|2|每单位|各乡镇", "政策宣讲|3|每单位|各单位")
	events := sheetOf(KindActivities, "kind unit date", "志愿清扫|各乡镇|2022-03-18")
	want := []string{"政策宣讲 党政办公室 0/3 open 12-31", "政策宣讲 财政局 0/3 open 12-31", "志愿清扫 各乡镇 1/2 open 12-31"}
	if d := cmp.Diff(want, states(Build([]*table.Table{units, rules, events}, on("2022-05-20")))); d != "" {
		t.Error(d)
	}
	want = []string{"open_day  0/1 open 12-31", "training 党政办公室 0/1 open 12-31", "training 财政局 0/1 open 12-31"}
	tasks := titled(sheetOf(KindTasks, "title lead", "开展业务培训|财政局", "举办政府开放日|财政局"), "2022年政务公开工作台账")
	if d := cmp.Diff(want, states(Build([]*table.Table{units, tasks}, on("2022-05-20")))); d != "" {
		t.Error(d)
	}
}
