package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
)

// Each kind of condition finds what looking at every task finds.
func TestTheFilterLanguage(t *testing.T) {
	month := func(t *ledger.Task, m time.Month) bool { return t.Deadline.Due.Month() == m }
	for typed, fits := range map[string]func(*ledger.Task) bool{
		"未完成":     func(t *ledger.Task) bool { return t.Status.Kind != ledger.Done },
		"-长期坚持":   func(t *ledger.Task) bool { return t.Status.Kind != ledger.Ongoing },
		"-逾期":     func(t *ledger.Task) bool { return !t.Overdue },
		"空:进展":    func(t *ledger.Task) bool { return t.Progress == "" },
		"有:进展 逾期": func(t *ledger.Task) bool { return t.Progress != "" && t.Overdue },
		"空：备注":    func(t *ledger.Task) bool { return t.Remark == "" },
		"本月":      func(t *ledger.Task) bool { return month(t, time.September) },
		"下月":      func(t *ledger.Task) bool { return month(t, time.October) },
		"上月|下月":   func(t *ledger.Task) bool { return month(t, time.August) || month(t, time.October) },
		"状态:推进中|未启动": func(t *ledger.Task) bool {
			return t.Status.Kind == ledger.InProgress || t.Status.Kind == ledger.NotStarted
		},
		"-状态:推进中|未启动": func(t *ledger.Task) bool {
			return t.Status.Kind != ledger.InProgress && t.Status.Kind != ledger.NotStarted
		},
		"时限<3-28":     func(t *ledger.Task) bool { return t.Deadline.Due.Month() < time.March },
		"时限<=3-28":    func(t *ledger.Task) bool { return t.Deadline.Due.Month() <= time.March },
		"时限<3月":       func(t *ledger.Task) bool { return t.Deadline.Due.Month() < time.March },
		"时限<=3月":      func(t *ledger.Task) bool { return t.Deadline.Due.Month() <= time.March },
		"时限>10月":      func(t *ledger.Task) bool { return t.Deadline.Due.Month() > time.October },
		"时限≥2022-10":  func(t *ledger.Task) bool { return t.Deadline.Due.Month() >= time.October },
		"时限＜今天":       func(t *ledger.Task) bool { return t.Deadline.Due.Before(today) },
		"due=2022-06": func(t *ledger.Task) bool { return month(t, time.June) },
		"逾期>100":      func(t *ledger.Task) bool { return t.Overdue && t.DaysOverdue > 100 },
		"牵头=财政分局":     func(t *ledger.Task) bool { return t.Lead == "财政分局" },
		"序号>20":       func(t *ledger.Task) bool { return len(t.Number) == 2 && t.Number > "20" },
		"重点领域:二":      func(t *ledger.Task) bool { return strings.Contains(t.Section, "二") },
		"zdxm":        func(t *ledger.Task) bool { return strings.Contains(t.Title, "重大项目") },
		"单位:czfj": func(t *ledger.Task) bool {
			return t.Lead == "财政分局" || len(t.Support) > 0 && t.Support[0] == "财政分局"
		},
		"责任人:wf 王芳|李强":  func(t *ledger.Task) bool { return t.Owner == "王芳" },
		`牵头="财政分局" 未完成`: func(t *ledger.Task) bool { return t.Lead == "财政分局" && t.Status.Kind != ledger.Done },
		"12:30":         func(*ledger.Task) bool { return false }, // a word, not a field
		"|":             func(*ledger.Task) bool { return true },
		"-":             func(t *ledger.Task) bool { return true },
	} {
		d := newDesk(t, sample(24), Options{}, 120, 40)
		d.keys("2", "/")
		for _, r := range typed {
			d.typing(string(r))
			d.whole()
		}
		want := 0
		for _, task := range d.f.snap.Ledger.Tasks {
			if fits(task) {
				want++
			}
		}
		if d.r.tasks.Found != want {
			t.Errorf("%s: %d tasks are found, %d fit", typed, d.r.tasks.Found, want)
		}
	}
}

func TestAFilterThatFindsNothingShowsWhatWould(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "/")
	d.typing("财政分局 逾期 已归档")
	d.sees("没有符合筛选条件的任务", "去掉“已归档”：4项", "可以这样写", "cb（催办的拼音首字母）")
	d.whole()
}

// The palette and lists are searched by first letters too: the input method can
// stay off.
func TestListsAreSearchedByFirstLetters(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("f9")
	d.typing("dchz") // 导出汇总工作簿
	d.sees("导出汇总工作簿")
	d.seesNot("任务分组")
	d.keys("esc", "esc", "u")
	d.typing("czfj")
	d.keys("enter")
	if d.r.units.Unit() != "财政分局" {
		t.Errorf("the unit is %s", d.r.units.Unit())
	}
}

// In a filtered list the cursor keeps its place when its row leaves.
func TestTheCursorKeepsItsPlaceWhenItsRowLeaves(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "/")
	d.typing("状态:推进中")
	d.keys("enter", "home", "down", "down")
	after := d.r.tasks.Lines[3]
	d.keys("s", "end", "enter")
	if got := d.r.tasks.Grid.Cursor(d.r.tasks); got != 2 || d.r.tasks.Lines[2] != after {
		t.Errorf("the cursor is on line %d, %s", got, d.r.tasks.Here().Title)
	}
}

// Every figure leads to the rows that it counts, and Esc back.
func TestFiguresLeadToTheirRows(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("1", "right", "right", "enter") // 逾期 of the first unit
	if d.r.screen != onTasks {
		t.Fatal(d.screen())
	}
	want := d.f.snap.Ledger.ByUnit[0]
	if d.r.tasks.Found != want.Overdue {
		t.Errorf("%d rows, the figure was %d", d.r.tasks.Found, want.Overdue)
	}
	d.keys("esc")
	if d.r.screen != onOverview || d.r.tasks.Filter.Value() != "" {
		t.Errorf("Esc leads to screen %d with the filter %q", d.r.screen, d.r.tasks.Filter.Value())
	}
	d.keys("f")
	items := strings.Count(d.screen(), "项")
	if items < 5 {
		t.Errorf("few figures:\n%s", d.screen())
	}
	d.keys("esc")
	for _, c := range []struct {
		typed string
		want  int
	}{{"逾期", d.f.snap.Ledger.Totals.Overdue}, {"推进中", d.f.snap.Ledger.Totals.InProgress}, {"2022年10月", 2},
		{"长期坚持", d.f.snap.Ledger.Totals.Ongoing}} {
		d.keys("1", "f")
		d.typing(c.typed)
		d.keys("enter")
		if d.r.tasks.Found != c.want || d.r.screen != onTasks {
			t.Errorf("%s: %d rows, the figure was %d", c.typed, d.r.tasks.Found, c.want)
		}
		d.keys("esc")
	}
	// Twice on a month.
	d.keys("1")
	for y, l := range strings.Split(d.screen(), "\n") {
		if strings.Contains(l, "10月 下月") {
			d.Click(60, y)
			d.Click(60, y)
		}
	}
	if d.r.screen != onTasks || d.r.tasks.Found != 2 {
		t.Errorf("the month leads to screen %d with %d rows", d.r.screen, d.r.tasks.Found)
	}
}

func TestViewsAreSavedAndComeBack(t *testing.T) {
	kept := map[string]View{}
	opt := Options{Views: Views{
		Saved: map[string]View{"逾期督办": {Filter: "逾期", Sort: "deadline", Group: "unit"}},
		Keep:  func(_ context.Context, name string, v View) error { kept[name] = v; return nil },
		Drop:  func(context.Context, string) error { return errors.New("no room") },
	}}
	d := newDesk(t, sample(24), opt, 80, 24)
	d.keys("2", "V")
	d.sees("逾期督办", "把当前设置保存为视图")
	d.keys("enter")
	d.sees("按牵头单位", "# 党政办公室")
	if d.r.tasks.Found != d.f.snap.Ledger.Totals.Overdue {
		t.Errorf("%d rows", d.r.tasks.Found)
	}
	d.keys("/")
	d.typing(" 未完成")
	d.keys("enter", "V", "down", "enter", "ctrl+u")
	d.typing("未完成的")
	d.keys("enter")
	d.sees("已保存视图“未完成的”")
	if v := kept["未完成的"]; v.Filter != "逾期 未完成" || v.Sort != "deadline" || v.Group != "unit" {
		t.Errorf("%+v", v)
	}
	d.keys("V", "end", "enter")
	d.sees("no room")
	d.whole()

	// It comes back at the next start, under its name.
	opt.Recall = func(context.Context, string) (Remembered, error) {
		return Remembered{Known: []string{"r"}, View: View{Name: "逾期督办", Sort: "deadline", Group: "unit",
			Filter: "不再是"}}, nil
	}
	again := newDesk(t, sample(24), opt, 80, 24)
	again.keys("2")
	if again.r.tasks.Filter.Value() != "逾期" || again.r.tasks.Sorting.Group != "unit" {
		t.Errorf("filter %q, %+v", again.r.tasks.Filter.Value(), again.r.tasks.Sorting)
	}
}
