package ledger

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

func TestComposeWritesTheLedgersOwnWords(t *testing.T) {
	free := sheetOf(KindTasks, "number:序号 title:重点任务 lead:牵头单位 deadline:完成时限 status:办理状态 progress:进展情况 x:资金来源",
		"1|甲|财政局|6月底|办理中|", "2|乙|财政局|6月底|办理中|", "3|丙|财政局|6月底|推进中|", "4|丁|财政局|6月底|随缘|")
	listed := column(sheetOf(KindTasks, "title:任务 status:状态 deadline:时限 lead:单位 completed:办结日期", "甲|已办结|2022-06-30||"),
		FieldStatus, table.AsText, "未启动", "推进中", "已办结")
	column(listed, FieldDeadline, table.AsDate)
	column(listed, FieldCompleted, table.AsDate)
	column(listed, FieldLead, table.AsText, "党政办公室", "财政局")
	usual := sheetOf(KindTasks, "title:任务 status:状态", "甲|推进中", "乙|办理中", "丙|推进中")
	even := sheetOf(KindTasks, "title:任务 status:状态", "甲|√", "乙|已完成", "丙|办理中")
	english := sheetOf(KindTasks, "title:Task status:Status", "a|")
	cases := []struct {
		t            *table.Table
		field, value string
		key, text    string
		err          error
	}{
		{free, "status", "in_progress", "status", "办理中", nil},
		{free, "status", "推进中", "status", "推进中", nil},
		{free, "status", "进行中", "status", "进行中", nil}, // it means something: it stays
		{free, "status", "√", "status", "√", nil},
		{free, "status", "finished", "status", "已完成", nil},
		{english, "status", "finished", "status", "finished", nil},
		{free, "status", "done", "status", "已完成", nil},
		{free, "status", "办结", "status", "办结", nil},
		{free, "办理状态", "Done", "status", "已完成", nil},
		{free, "完成状态", "not_started", "status", "未启动", nil},
		{free, "status", "80%", "status", "80%", nil},
		{free, "status", "随缘", "status", "随缘", nil},
		{free, "status", "随便", "", "", ErrValue},
		{free, "status", "", "status", "", nil},
		{free, "deadline", "9月底前", "deadline", "9月底前", nil},
		{free, "deadline", "2月30日", "", "", ErrValue},
		{free, "progress", " 完成\r\n一半\x1b[31m ", "progress", "完成\n一半[31m", nil},
		{free, "资金来源", "省级", "x", "省级", nil},
		{free, "x", "省级", "x", "省级", nil},
		{free, "owner", "张三", "", "", ErrNoField},
		{free, "备注", "好", "", "", ErrNoField},
		{free, "progress", strings.Repeat("长", 32768), "", "", ErrValue},
		{even, "status", "done", "status", "已完成", nil},
		{listed, "status", "done", "status", "已办结", nil},
		{listed, "status", "完成", "status", "已办结", nil},
		{listed, "status", "ongoing", "", "", ErrValue},
		{listed, "status", "随便", "", "", ErrValue},
		{listed, "deadline", "6月底前", "deadline", "2022-06-30", nil},
		{listed, "deadline", "2022.7.1", "deadline", "2022-07-01", nil},
		{listed, "deadline", "长期坚持", "deadline", "长期坚持", nil},
		{listed, "deadline", "不久", "", "", ErrValue},
		{listed, "completed", "今天", "completed", "2022-05-20", nil},
		{listed, "completed", "5-8", "completed", "2022-05-08", nil},
		{listed, "deadline", "12-9", "deadline", "2022-12-09", nil},
		{listed, "deadline", "2-30", "", "", ErrValue},
		{listed, "completed", "长期", "", "", ErrValue},
		{listed, "lead", "党政办", "lead", "党政办公室", nil},
		{listed, "lead", "教育局", "", "", ErrValue},
		{usual, "status", "in_progress", "status", "推进中", nil},
		{english, "status", "done", "status", "Done", nil},
	}
	opt := on("2022-05-20")
	opt.Units = []Unit{{Name: "党政办公室"}, {Name: "财政局"}}
	for _, c := range cases {
		l := Build([]*table.Table{c.t}, opt)
		key, text, err := l.Compose(l.Tasks[0], c.field, c.value)
		if !errors.Is(err, c.err) || err == nil && (key != c.key || text != c.text) {
			t.Errorf("%s=%.20q: %s %q %v, want %s %q %v", c.field, c.value, key, text, err, c.key, c.text, c.err)
		}
		spoken(t, err)
	}
}

// spoken fails if an error cannot be said in both languages.
func spoken(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
		sentence, hint := msg.Explain(lang, err)
		if strings.HasPrefix(sentence, "ledger.") || strings.HasPrefix(hint, "ledger.") ||
			strings.Contains(sentence+hint, "<no value>") {
			t.Errorf("%s: %s / %s", lang, sentence, hint)
		}
	}
}

func TestChoices(t *testing.T) {
	l := Build([]*table.Table{column(sheetOf(KindTasks, "title:任务 status owner", "甲|办理中|", "乙|办理中|", "丙|推进中|"),
		FieldOwner, table.AsText, "张", "李")}, on("2022-05-20"))
	for field, want := range map[string][]string{"status": {"未启动", "办理中", "已完成", "长期坚持"}, "owner": {"张", "李"},
		"title": nil, "nothing": nil} {
		if d := cmp.Diff(want, l.Choices(l.Tasks[0], field)); d != "" {
			t.Errorf("%s: %s", field, d)
		}
	}
}

func TestATaskWithoutATableHasNoColumns(t *testing.T) {
	l := Build(nil, on("2022-05-20"))
	if c := l.Choices(&Task{ID: "x"}, FieldStatus); c != nil {
		t.Errorf("choices %v", c)
	}
	if _, _, err := l.Compose(&Task{ID: "x"}, FieldStatus, "done"); !errors.Is(err, ErrNoField) {
		t.Errorf("%v, want ErrNoField", err)
	}
}

// A row without a title is no task: emptying it would delete the task.
func TestATaskKeepsATitle(t *testing.T) {
	both := sheetOf(KindTasks, "title:任务 requirement:内容 lead:单位", "甲|做甲|财政局", "|做乙|财政局")
	only := sheetOf(KindTasks, "requirement:内容 lead:单位", "做丙|财政局")
	l := Build([]*table.Table{both, only}, on("2022-05-20"))
	for _, c := range []struct {
		task         int
		field, value string
		refused      bool
	}{
		{0, FieldTitle, "", true},
		{0, FieldTitle, " \t", true},
		{0, FieldTitle, "新名", false},
		{0, FieldRequirement, "", false},
		{0, FieldLead, "", false},
		{1, FieldTitle, "", false},
		{1, FieldRequirement, "", true},
		{2, FieldRequirement, "", true},
	} {
		_, text, err := l.Compose(l.Tasks[c.task], c.field, c.value)
		if errors.Is(err, ErrValue) != c.refused || err == nil && text != strings.TrimSpace(c.value) {
			t.Errorf("task %d %s=%q: %q, %v", c.task, c.field, c.value, text, err)
		}
		if err != nil {
			spoken(t, err)
		}
	}
}

func TestFind(t *testing.T) {
	l := Build([]*table.Table{sheetOf(KindTasks, "number code title lead", "1|K-1|甲|财政局", "2|K-2|乙|财政局", "2||丙|环保局",
		"3|1|丁|环保局")}, on("2022-05-20"))
	for ref, want := range map[string]string{"K-1": "甲", "k-2": "乙", " Ｋ-2 ": "乙", "3": "丁", l.Tasks[2].ID: "丙"} {
		if got, err := l.Find(ref); err != nil || got.Title != want {
			t.Errorf("%s: %v %v, want %s", ref, got, err, want)
		}
	}
	for ref, want := range map[string]error{"2": ErrAmbiguous, "1": ErrAmbiguous, "9": ErrNoTask, "": ErrNoTask} {
		_, err := l.Find(ref)
		if !errors.Is(err, want) {
			t.Errorf("%q: %v", ref, err)
		}
		spoken(t, err)
	}
	if _, err := l.Find("2"); !strings.Contains(err.Error(), "乙") || !strings.Contains(err.Error(), "丙") {
		t.Errorf("both tasks should be named: %v", err)
	}
}

func TestNewTasks(t *testing.T) {
	first := column(sheetOf(KindTasks, "number title lead status", "1|甲|财政局|办理中", "2|乙|财政局|办理中"), FieldStatus,
		table.AsText)
	second := sheetOf(KindTasks, "number title lead", "A-08|丙|环保局", "A-09|丁|环保局")
	second.Sheet = "环保"
	formula := sheetOf(KindTasks, "number title", "1|甲")
	formula.Place.Formulas = map[a1.Ref]bool{{Row: 4, Col: 1}: true}
	both := []*table.Table{first, second}
	page1, page2 := sheetOf(KindTasks, "number title lead", "1|甲|财政局", "2|乙|财政局"),
		sheetOf(KindTasks, "number title lead", "3|丙|财政局", "4|丁|环保局")
	again := sheetOf(KindTasks, "number title lead", "1|戊|教育局")
	again.Sheet = "下半年"
	cases := []struct {
		tables []*table.Table
		values map[string]string
		in     *table.Table
		want   map[string]string
		err    error
	}{
		{both, map[string]string{"title": "新", "status": "in_progress"}, first,
			map[string]string{"number": "3", "title": "新", "status": "办理中"}, nil},
		{both, map[string]string{"任务名称": "新", "lead": "环保局"}, second,
			map[string]string{"number": "A-10", "title": "新", "lead": "环保局"}, nil},
		{both, map[string]string{"title": "新", "lead": "教育局", "number": "7"}, first,
			map[string]string{"number": "7", "title": "新", "lead": "教育局"}, nil},
		{[]*table.Table{page1, page2}, map[string]string{"title": "新", "lead": "财政局"}, page2,
			map[string]string{"number": "5", "title": "新", "lead": "财政局"}, nil},
		{[]*table.Table{page1, page2}, map[string]string{"title": "新"}, page2,
			map[string]string{"number": "5", "title": "新"}, nil},
		{[]*table.Table{page1, again}, map[string]string{"title": "新", "lead": "教育局"}, again,
			map[string]string{"number": "2", "title": "新", "lead": "教育局"}, nil},
		{both, map[string]string{"lead": "财政局"}, nil, nil, ErrValue},
		{both, map[string]string{"title": " \n "}, nil, nil, ErrValue},
		{both, map[string]string{"title": "新", "owner": "张"}, nil, nil, ErrNoField},
		{both, map[string]string{"title": "新", "任务名称": "旧"}, nil, nil, ErrValue},
		{nil, map[string]string{"title": "新"}, nil, nil, ErrNoField},
		{[]*table.Table{formula}, map[string]string{"title": "新"}, formula, map[string]string{"title": "新"}, nil},
		{[]*table.Table{sheetOf(KindTasks, "number title")}, map[string]string{"title": "新"}, nil,
			map[string]string{"number": "1", "title": "新"}, nil},
		{[]*table.Table{sheetOf(KindTasks, "number requirement", "(1)|甲")}, map[string]string{"requirement": "新"}, nil,
			map[string]string{"number": "(2)", "requirement": "新"}, nil},
	}
	for _, c := range cases {
		in, got, err := Build(c.tables, on("2022-05-20")).ComposeNew(c.values)
		if !errors.Is(err, c.err) || c.in != nil && in != c.in {
			t.Errorf("%v: %v", c.values, err)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%v: %s", c.values, d)
		}
		spoken(t, err)
	}
}

func TestNewEvents(t *testing.T) {
	free := sheetOf(KindActivities, "kind unit date topic", "业务培训|财政局|2022-01-05|")
	listed := column(column(sheetOf(KindActivities, "kind:类型 unit:单位 date:日期 parts:环节"), EventKind, table.AsText,
		"学习培训", "政府开放日"), EventUnit, table.AsText, "党政办", "财政局")
	single := titled(sheetOf(KindActivities, "date topic unit"), "2022年培训记录")
	cases := []struct {
		t      *table.Table
		kind   string
		values map[string]string
		want   map[string]string
		err    error
	}{
		{nil, "training", map[string]string{"unit": "党政办", "date": "5月3日", "主题": "条例"},
			map[string]string{"kind": "培训", "unit": "党政办公室", "date": "2022-05-03", "topic": "条例"}, nil},
		{nil, "开放日", map[string]string{"date": "today", "parts": "座谈"},
			map[string]string{"kind": "开放日", "date": "2022-05-20", "parts": "座谈"}, nil},
		{free, "training", map[string]string{"unit": "生态环境分局、财政局", "date": "2022/5/3"},
			map[string]string{"kind": "业务培训", "unit": "环保分局、财政局", "date": "2022-05-03"}, nil},
		{listed, "培训", map[string]string{"单位": "党政办公室", "日期": "2022.5.3"},
			map[string]string{"kind": "学习培训", "unit": "党政办", "date": "2022-05-03"}, nil},
		{single, "training", map[string]string{"unit": "财政局", "date": "2022-05-03"},
			map[string]string{"unit": "财政局", "date": "2022-05-03"}, nil},
		{single, "open_day", map[string]string{"date": "2022-05-03"},
			map[string]string{"kind": "开放日", "date": "2022-05-03"}, nil},
		{nil, "团建", map[string]string{"date": "2022-05-03"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "财政局"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "财政局", "date": "不久"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "财政局", "date": "2022年5月"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "财政局", "date": "每月5日"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "林业局", "date": "2022-05-03"}, nil, ErrValue},
		{nil, "training", map[string]string{"date": "2022-05-03"}, nil, ErrValue},
		{nil, "training", map[string]string{"unit": "财政局", "date": "2022-05-03", "经费": "1"}, nil, ErrNoField},
		{free, "training", map[string]string{"unit": "财政局", "date": "2022-05-03", "地点": "会议室"}, nil, ErrNoField},
	}
	for _, c := range cases {
		tables := []*table.Table{zoneUnits()}
		if c.t != nil {
			tables = append(tables, c.t)
		}
		_, got, err := Build(tables, on("2022-05-20")).ComposeEvent(c.kind, c.values)
		if !errors.Is(err, c.err) {
			t.Errorf("%s %v: %v, want %v", c.kind, c.values, err, c.err)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s %v: %s", c.kind, c.values, d)
		}
		spoken(t, err)
	}
}

// Who adds a word to an indented text has not asked for it to be moved; space
// that was not there before goes, as ever.
func TestComposeKeepsTheSpaceThatStoodAroundAText(t *testing.T) {
	free := sheetOf(KindTasks, "number:序号 title:重点任务 status:办理状态 progress:进展情况", "1|甲|办理中|x")
	free.Rows[0].Values[3] = "　　已印发\n"
	l := Build([]*table.Table{free}, Options{})
	for typed, want := range map[string]string{
		"　　已印发方案\n": "　　已印发方案\n", " 已印发方案 ": "已印发方案", "　　已印发方案": "　　已印发方案", "　　": "",
	} {
		if _, got, err := l.Compose(l.Tasks[0], "progress", typed); err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", typed, got, err, want)
		}
	}
}
