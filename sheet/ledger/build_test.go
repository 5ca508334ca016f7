package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/table"
)

func TestTheYearComesFromTheTitleThenTheSheetThenTheOptions(t *testing.T) {
	plain := func() *table.Table { return sheetOf(KindTasks, "number title lead", "1|甲|财政局") }
	named := plain()
	named.Sheet = "2023年台账"
	cases := []struct {
		t     *table.Table
		title string
		year  int
	}{
		{titled(plain(), "附件1", "2024年重点任务台账", "填报时间：2025年1月3日"), "2024年重点任务台账", 2024},
		{titled(plain(), "二〇二一年度工作台账"), "二〇二一年度工作台账", 2021},
		{titled(plain(), "重点任务台账", "填报时间：2025年1月3日"), "重点任务台账", 2025},
		{titled(plain(), "经开区2020-2021年任务"), "经开区2020-2021年任务", 2020},
		{named, "", 2023},
		{plain(), "", 2022},
		{titled(plain(), "2023—2024学年第二学期工作安排"), "2023—2024学年第二学期工作安排", 2024},
		{titled(plain(), "2023-2024学年第一学期工作安排"), "2023-2024学年第一学期工作安排", 2023},
		{titled(plain(), "政务公开任务（白政公组办〔2022〕5号）"), "政务公开任务（白政公组办〔2022〕5号）", 2022},
	}
	for _, c := range cases {
		if l := Build([]*table.Table{c.t}, on("2022-05-20")); l.Title != c.title || l.Year != c.year {
			t.Errorf("%q of %d, want %q of %d", l.Title, l.Year, c.title, c.year)
		}
	}
	if l := Build([]*table.Table{plain()}, Options{Today: due.Date(2019, 1, 1)}); l.Year != 2019 {
		t.Errorf("without any other word the year is today's, not %d", l.Year)
	}
}

func TestAnOldLedgerIsOfTheYearOfItsDeadlines(t *testing.T) {
	for _, c := range []struct {
		deadlines []string
		year      int
	}{
		{[]string{"2019-05-01", "2019年6月底前", "2018-12-31"}, 2019},
		{[]string{"2018-05-01至2019-02-01", "2019-03-01"}, 2019},
		{[]string{"2018-12-31", "2019-12-31"}, 2019},
		{[]string{"2019-05-01", "2019-06-01", "2022-01-31"}, 2022}, // it goes on
		{[]string{"2019-05-01", "6月底", "长期"}, 2022},                // one date may be a slip
		{[]string{"6月底", "编号20190501", "2019"}, 2022},
	} {
		var rows []string
		for i, d := range c.deadlines {
			rows = append(rows, fmt.Sprintf("任务%d|%s", i, d))
		}
		if l := Build([]*table.Table{sheetOf(KindTasks, "title deadline", rows...)},
			Options{Today: due.Date(2022, 5, 20)}); l.Year != c.year || l.YearStated {
			t.Errorf("%q: %d (stated %v), want %d", c.deadlines, l.Year, l.YearStated, c.year)
		}
	}
}

func TestWhatIsDueAndOverdue(t *testing.T) {
	rows := sheetOf(KindTasks, "title lead deadline status completed",
		"过期|甲局|5月19日|推进中|",
		"当天|甲局|5月20日|推进中|",
		"三十天|甲局|2022-06-19|未启动|",
		"三十一天|甲局|2022-06-20|未启动|",
		"完成|甲局|5月1日|已完成|5月1日",
		"迟了|甲局|5月1日|已完成|5月2日",
		"同月|甲局|5月15日|已完成|5月",
		"次月|甲局|4月15日|已完成|5月",
		"不明|甲局|5月1日|差不多了|",
		"没有状态但有完成日期|甲局|5月1日||4月30日",
		"长期|甲局|长期坚持|推进中|",
		"空白|甲局||推进中|",
	)
	l := Build([]*table.Table{rows}, on("2022-05-20"))
	var got []string
	for _, task := range l.Tasks {
		s := task.Title
		if task.Overdue {
			s += fmt.Sprint(" 逾期", task.DaysOverdue)
		}
		if task.DueSoon {
			s += " 临期"
		}
		if task.Late {
			s += " 晚"
		}
		got = append(got, s)
	}
	want := []string{"过期 逾期1", "当天 临期", "三十天 临期", "三十一天", "完成", "迟了 晚", "同月", "次月 晚", "不明 逾期19", "没有状态但有完成日期", "长期",
		"空白"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Counts{Tasks: 12, Done: 5, InProgress: 4, NotStarted: 2, Unknown: 1, Overdue: 2, DueSoon: 2},
		l.Totals); d != "" {
		t.Error(d)
	}
}

func TestRecurringTasksAreOverdueWhenAPeriodPassedWithoutAWord(t *testing.T) {
	const today = "2022-07-10" // the second quarter ended on 30 June, the first on 31 March
	long := history{known: due.Date(2021, 1, 1)}
	young := history{known: due.Date(2022, 7, 1)}
	with := func(day string) history {
		return history{known: due.Date(2021, 1, 1), progress: map[string]time.Time{"r1": parse(day)}}
	}
	cases := []struct {
		name, deadline, status, completed string
		column                            bool
		h                                 History
		overdue                           int
		soon                              bool
	}{
		{"nothing done, completions are kept", "每季度末", "推进中", "", true, nil, 10, false},
		{"done within the period", "每季度末", "推进中", "6月20日", true, nil, 0, false},
		{"done late", "每季度末", "推进中", "7月5日", true, nil, 0, false},
		{"done for the period before", "每季度末", "推进中", "3月31日", true, nil, 10, false},
		{"done for the year", "每季度末", "已完成", "", true, nil, 0, false},
		{"nothing is known", "每季度末", "推进中", "", false, nil, 0, false},
		{"the history is too young", "每季度末", "推进中", "", false, young, 0, false},
		{"the history knows of nothing", "每季度末", "推进中", "", false, long, 10, false},
		{"progress changed in the period", "每季度末", "推进中", "", false, with("2022-06-01"), 0, false},
		{"progress changed before it", "每季度末", "推进中", "", false, with("2022-03-20"), 10, false},
		{"monthly, due soon", "每月25日前", "推进中", "", false, nil, 0, true},
		{"monthly, done for this month", "每月25日前", "推进中", "7月2日", true, nil, 0, false},
		{"a date in the future completes nothing", "每季度末", "推进中", "2022-09-01", true, nil, 10, false},
		{"the last period was another year's", "每年12月底", "推进中", "", true, long, 0, false},
	}
	for _, c := range cases {
		heads := "title lead deadline status"
		if c.column {
			heads += " completed"
		}
		rows := sheetOf(KindTasks, heads, strings.Join([]string{"报表", "甲局", c.deadline, c.status, c.completed}, "|"))
		rows.Rows[0].ID = "r1"
		opt := on(today)
		opt.History = c.h
		task := Build([]*table.Table{rows}, opt).Tasks[0]
		if task.DaysOverdue != c.overdue || task.Overdue != (c.overdue > 0) || task.DueSoon != c.soon {
			t.Errorf("%s: overdue %d, due soon %v", c.name, task.DaysOverdue, task.DueSoon)
		}
	}
}

func TestStaleIsWhatNobodyTouched(t *testing.T) {
	opt := on("2022-07-10")
	opt.History = history{known: due.Date(2022, 5, 1), changed: map[string]time.Time{"r2": parse("2022-06-01"),
		"r4": parse("2022-05-26"), "r5": parse("2022-05-27")}}
	rows := sheetOf(KindTasks, "title lead status", "甲|局|推进中", "乙|局|推进中", "丙|局|已完成", "丁|局|推进中", "戊|局|长期坚持")
	var stale []string
	for i := range rows.Rows {
		rows.Rows[i].ID = fmt.Sprint("r", i+1)
	}
	for _, task := range Build([]*table.Table{rows}, opt).Tasks {
		if task.Stale {
			stale = append(stale, task.Title)
		}
	}
	if d := cmp.Diff([]string{"甲", "丁"}, stale); d != "" {
		t.Error(d)
	}
}

func TestProvisionalIDsSurviveRenumberingAndSorting(t *testing.T) {
	build := func(rows ...string) map[string]string {
		ids := map[string]string{}
		for _, task := range Build([]*table.Table{sheetOf(KindTasks, "number code title requirement lead status",
			rows...)}, on("2022-05-20")).Tasks {
			if other, ok := ids[task.ID]; ok {
				t.Fatalf("%q and %q share id %s", other, task.Requirement, task.ID)
			}
			ids[task.ID] = task.Title + task.Requirement
		}
		return ids
	}
	a := build("1||甲|一|财政局|", "2||乙|一|财政局|", "3||乙|二|财政局|", "4|K-4|丙||环保局|", "5||甲|一|环保局|")
	b := build("1|K-4|丙改了名||财政局|完成", "7||甲|一|环保局|完成", "8||乙|二|财政局|", "9||乙|一|财政局|", "10||甲|一|财政局|")
	for id, what := range a {
		if b[id] != what && b[id] != "丙改了名" {
			t.Errorf("%s was %s, is %s", id, what, b[id])
		}
	}
	double := build("1||甲|一|财政局|", "2||甲|一|财政局|")
	if len(double) != 2 {
		t.Errorf("two rows alike: %v", double)
	}
}

func TestProblemsNameTheirCells(t *testing.T) {
	tasks := titled(sheetOf(KindTasks, "number code title lead deadline status completed:办结时间",
		"1|A1|甲|财政局|6月底|推进中|",
		"2|A1|乙||随缘|推进中|",
		"3||丙|教育局|2月30日|快了|",
		"4||丁|财政局、教育局|年底前|是|",
		"5||丁|财政局、教育局|年底前|是|",
	), "2022年台账")
	tasks.Place.Formulas = map[a1.Ref]bool{{Row: 5, Col: 6}: true, {Row: 6, Col: 6}: true}
	units := sheetOf(KindUnits, "name aliases groups", "财政局|财政|各部门", "环保局|财政|各部门")
	units.Sheet = "名录"
	events := sheetOf(KindActivities, "kind unit date topic parts",
		"培训|财政局|2022-03-01|学习|", "团建|财政局|2022-03-01||", "培训|财政局|2021-12-01||", "培训|林业局|不久||", "培训|财政局|||")
	events.Sheet = "活动"
	l := Build([]*table.Table{tasks, units, events}, on("2022-05-20"))
	sentences(t, l)
	var got []string
	for _, p := range l.Problems {
		got = append(got, p.Sheet+" "+p.Cell.String()+" "+strings.TrimPrefix(p.Text.Key, "ledger."))
	}
	want := []string{
		"名录 B5 unit_twice",
		"台账 B5 code_twice", "台账 D5 no_lead", "台账 E5 unknown_deadline", "台账 F5 formula",
		"台账 D6 unknown_unit", "台账 E6 impossible_date", "台账 F6 unknown_status",
		"台账 D7 unknown_unit", "台账 C8 task_twice", "台账 D8 unknown_unit",
		"活动 A5 unknown_kind", "活动 C6 other_year", "活动 B7 unknown_unit", "活动 C7 unknown_date", "活动 C8 no_date",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestManyLikeProblemsAreCounted(t *testing.T) {
	rows := slices.Repeat([]string{"甲|财政局|差不多"}, 100)
	for i := range rows {
		rows[i] = fmt.Sprint(i, rows[i])
	}
	l := Build([]*table.Table{sheetOf(KindTasks, "title lead status", rows...)}, on("2022-05-20"))
	sentences(t, l)
	if n := len(l.Problems); n != maxAlike+1 {
		t.Errorf("%d problems", n)
	}
	if last := l.Problems[len(l.Problems)-1].Text; last.Key != "ledger.and_more" ||
		!strings.Contains(last.In("zh"), "79") {
		t.Errorf("last problem: %s", last.In("zh"))
	}
}

func TestControlCharactersStayOutOfSentences(t *testing.T) {
	l := Build([]*table.Table{sheetOf(KindTasks, "title lead status", "甲|财政局|\x1b[2J坏\u202e了")}, on("2022-05-20"))
	for _, p := range l.Problems {
		if s := p.Text.In("zh"); strings.ContainsAny(s, "\x1b\u202e") {
			t.Errorf("%q", s)
		}
	}
}

func TestUnitsAreThoseFoundWhereNobodyListsThem(t *testing.T) {
	l := Build([]*table.Table{sheetOf(KindTasks, "title lead support",
		"甲|党政办|财政局、各街道办事处", "乙|党政办公室|环保局", "丙|财政局|", "丁||")}, on("2022-05-20"))
	var names []string
	for _, u := range l.Directory.Units() {
		names = append(names, u.Name)
	}
	if d := cmp.Diff([]string{"党政办公室", "财政局", "环保局"}, names); d != "" {
		t.Error(d)
	}
	want := []UnitCounts{{"党政办公室", Counts{Tasks: 2, Unknown: 2}}, {"财政局", Counts{Tasks: 1, Unknown: 1}},
		{"", Counts{Tasks: 1, Unknown: 1}}}
	if d := cmp.Diff(want, l.ByUnit); d != "" {
		t.Error(d)
	}
	if got := complaints(l); !slices.Equal(got, []string{"B7 no_lead"}) {
		t.Errorf("problems: %v", got)
	}
}

func TestUnitsOfTheWorkbookGoBeforeThoseOfTheConfiguration(t *testing.T) {
	opt := on("2022-05-20")
	opt.Units = []Unit{{Name: "配置里的单位"}}
	tasks := sheetOf(KindTasks, "title lead", "甲|财政局")
	for _, c := range []struct {
		tables []*table.Table
		want   string
	}{
		{[]*table.Table{tasks}, "配置里的单位"},
		{[]*table.Table{tasks, sheetOf(KindUnits, "name aliases", "财政局|财政")}, "财政局"},
	} {
		if u := Build(c.tables, opt).Directory.Units(); len(u) != 1 || u[0].Name != c.want {
			t.Errorf("%v, want only %s", u, c.want)
		}
	}
}

func TestColumnsWithoutMeaningAreCarried(t *testing.T) {
	l := Build([]*table.Table{sheetOf(KindTasks, "title x:经费(万元) lead progress progress#2:二季度进展", "甲|30|财政局|一|二")},
		on("2022-05-20"))
	want := []Extra{{"x", "经费(万元)", "30"}, {"progress#2", "二季度进展", "二"}}
	if d := cmp.Diff(want, l.Tasks[0].Extra); d != "" {
		t.Error(d)
	}
}

func TestNothingIsAnEmptyLedger(t *testing.T) {
	l := Build(nil, Options{})
	if len(l.Tasks) != 0 || l.Task("x") != nil || l.Directory.Canonical("财政局") != "财政局" {
		t.Errorf("%+v", l)
	}
	if _, err := l.Find("1"); err == nil {
		t.Error("found a task in nothing")
	}
}

func TestStatusWords(t *testing.T) {
	cases := map[StatusKind][]string{
		NotStarted: {"未启动", "未开展", "未完成", "否", "0%", "尚未启动", "Not started", "×"},
		InProgress: {"正在推进", "推进中", "办理中", "进行中", "欠进度", "达进度", "80%", "完成80%", "已完成 60%", "目前完成进度约35%", "99.5%",
			"In Progress", "推进中（缺人手）"},
		Done: {"已完成", "完成", "办结", "已办结", "销号", "是", "√", "✓", "100%", "完成100％", "已完成。", "已 完 成", "已完成（6月30日）",
			"DONE", "1.已完成"},
		Ongoing:       {"长期坚持", "持续推进", "常态化", "ongoing"},
		UnknownStatus: {"", "差不多了", "已完成方案制定，正在推进实施", "待定", "80", "0.8", "财政局"},
	}
	for kind, words := range cases {
		for _, w := range words {
			if got := ParseStatus(w, Options{}); got.Kind != kind || got.Text != w {
				t.Errorf("%q is %s, want %s", w, got.Kind, kind)
			}
		}
	}
	own := Options{StatusWords: map[StatusKind][]string{Done: {"差不多了", "否"}}}
	if got := ParseStatus("否", own).Kind; got != Done {
		t.Errorf("the configuration's word lost: %s", got)
	}
}
