package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// registerTable is a table of a register with the usual headings; a row is its cells
// parted by |.
func registerTable(kind, fields string, rows ...string) *table.Table {
	var def ledger.RegisterDef
	for _, d := range ledger.Registers() {
		if d.Kind == kind {
			def = d
		}
	}
	t := &table.Table{Kind: kind, Sheet: def.Name}
	for i, f := range strings.Fields(fields) {
		c := table.Column{Key: f, Field: f, Heading: f, Col: i + 1}
		if of := def.Field(f); of != nil {
			c.Heading = of.Heading()
			if of.Type == ledger.DateField {
				c.Format = table.AsDate
			}
		}
		t.Columns = append(t.Columns, c)
	}
	for i, line := range rows {
		r := table.Row{ID: fmt.Sprint(kind, i+1), Row: i + 3, Values: make([]string, len(t.Columns))}
		for j, v := range strings.Split(line, "|") {
			r.Values[j] = strings.TrimSpace(v)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// registered is a ledger of n tasks with registers; today is 20 September 2022.
func registered(n int, more ...*table.Table) *ledger.Ledger {
	tabs := append(tables(n),
		registerTable("requests",
			"number received channel applicant applicant_kind content unit owner consulted opinion extended due "+
				"replied outcome pages fee remark",
			"2022-1|2022-08-22|网络|甲某|自然人|预算执行情况|财政分局|李强|||||2022-09-19|予以公开|46||",
			"2022-2|2022-08-24|当面|乙公司|商业企业|某路规划方案|项目建设中心|王芳||||||||",
			"2022-3|2022-09-05|网络|丙某|自然人|环评报告全文|生态环境分局|王芳|2022-09-08|||||||",
			"2022-4|2022-08-12|网络|丙某|自然人|救助标准|党政办公室|李强|||||||||第三方来函",
			"2022-5|2022-09-13|网络|丁某|自然人|招标文件|项目建设中心|||||||||"),
		registerTable("columns", "number section name every unit last_update",
			"1|网站|要闻动态|每周|党政办公室|2022-09-16", "2|网站|财政信息|每月|财政分局|2022-08-30", "3|新媒体|公众号|每周|党政办公室|2022-09-01"))
	return ledger.Build(append(tabs, more...), ledger.Options{Today: today})
}

func TestRegistersFillTheTerminalExactly(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {24, 8}, {40, 12}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			for _, wide := range []bool{false, true} {
				d := newDesk(t, registered(20), Options{Lang: lang, Theme: "dark", AmbiguousWide: wide}, size[0],
					size[1])
				for _, screen := range []string{"1", "3", "4", "7"} {
					d.keys(screen)
					d.whole()
					d.keys("down", "down", "end")
					d.whole()
				}
				for _, open := range []string{"enter", "a", "E", "d", "v", "t", "F", "f8", "f9", "f7"} {
					d.keys(open)
					d.whole()
					d.keys("down", "enter")
					d.whole()
					d.keys("esc", "esc", "esc", "esc")
					d.r.dialogs, d.r.screen = nil, onRegisters
				}
				d.keys("]", "[", "[")
				d.whole()
			}
		}
	}
}

// The words of the register screen, and of those that show rows of registers, are
// pinned in whole.
func TestRegistersLookAsTheyDid(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			d := newDesk(t, registered(8), Options{Lang: lang, NoColor: true}, size[0], size[1])
			d.clock = time.Date(2022, 9, 21, 9, 0, 0, 0, time.Local)
			var b strings.Builder
			for _, s := range []struct {
				name string
				keys []string
			}{{"overview", []string{"1"}}, {"units", []string{"3"}}, {"overdue", []string{"4"}},
				{"registers", []string{"7"}}, {"menu", []string{"enter"}}, {"form", []string{"esc", "a"}},
				{"steps", []string{"esc", "d"}}, {"year", []string{"esc", "t"}}, {"fill", []string{"esc", "F"}},
				{"columns", []string{"esc", "]"}}} {
				d.keys(s.keys...)
				fmt.Fprintf(&b, "=== %s\n%s\n", s.name, d.screen())
			}
			golden(t, fmt.Sprintf("registers.%dx%d.%s.golden", size[0], size[1], lang), b.String())
		}
	}
}

func TestARegisterListsTheMostUrgentFirst(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 120, 40)
	d.keys("7")
	d.sees("[依申请公开 超1 急1]", "栏目更新 超1 急1", "共5条", "2022年新收5 办结1 结转4", "已超期", "救助标准")
	if e := d.r.registers.Here(); e == nil || e.Number != "2022-4" {
		t.Fatalf("the cursor is on %+v", e)
	}
	d.keys("down")
	d.sees("收到 8-24 · 期限 9-22 · 还剩2个工作日", "收到 8-24 的次日起20个工作日", "第三十条")
	d.keys("down", "down")
	d.sees("征求意见 9-08 起（不计）", "暂停")
	d.keys("]")
	d.sees("[栏目更新 超1 急1]", "公众号", "已超期")
	d.keys("]") // round to the first
	d.sees("[依申请公开")
}

func TestARegisterIsFilteredAndSortedLikeTasks(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 120, 40)
	d.keys("7", "f7")
	for _, c := range []struct{ typed, found string }{
		{"项目", "2/5条"}, {"已超期", "1/5条"}, {"即将到期", "1/5条"}, {"未办结", "4/5条"}, {"-网络", "1/5条"}, {"单位:财政", "1/5条"},
		{"期限<9-22", "2/5条"}, {"收到日期>=9月", "2/5条"},
		{"状态:暂停", "1/5条"}, {"空:承办人", "1/5条"}, {"有:备注", "1/5条"}, {"ys", "1/5条"}, {"承办人:wf", "2/5条"}, {"逾期>5", "1/5条"},
		{"网络|当面", "5/5条"}, {"没有的字", "0/5条"}, {"本月", "3/5条"},
	} {
		d.typing(c.typed)
		d.sees(c.found)
		d.keys("ctrl+u")
	}
	d.keys("esc")
	d.sees("5/5条")
	order := func() (out []string) {
		l := d.r.registers
		l.MarkAll()
		for _, id := range l.Target().IDs() {
			out = append(out, id[len("requests"):])
		}
		clear(l.Marks)
		return out
	}
	if got := order(); len(got) != 5 || got[0] != "4" {
		t.Errorf("most urgent first: %v", got)
	}
	for d.r.table().Column() != "received" {
		d.keys("right")
	}
	d.keys("S")
	d.sees("已按“收到日期")
	first := func() string { d.keys("home"); return d.r.registers.Here().Number }
	if n := first(); n != "2022-4" {
		t.Errorf("first received: %s", n)
	}
	d.keys("S")
	if n := first(); n != "2022-5" {
		t.Errorf("last received: %s", n)
	}
	d.keys("S")
	if n := first(); n != "2022-4" {
		t.Errorf("most urgent again: %s", n)
	}
}

func TestCellsOfARegisterAreEditedLikeThoseOfTasks(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 120, 40)
	d.keys("7", "down", "enter")
	d.sees("2022-2 某路规划方案", "收到 8-24 · 期限 9-22 · 还剩2个工作日", "答复日期", "整条更正")
	d.keys("enter") // the day of the reply comes first
	d.typing("9月20日")
	d.sees("按期办结", "2022-09-20")
	d.keys("enter")
	want := syncer.Edit{Kind: "requests", Task: "requests2", Field: "replied", Value: "9月20日", Seen: syncer.Saw("")}
	if diff := cmp.Diff([]syncer.Edit{want}, d.f.edits); diff != "" {
		t.Error(diff)
	}
	d.sees("已保存：2022-2 某路规划方案，答复日期改为")
	// A choice.
	d.r.registers.Choose("requests", "", "requests4")
	d.r.dialogs = nil
	d.keys("enter", "down", "enter")
	d.sees("不掌握", "予以公开", "自行填写")
	d.keys("esc", "esc")
	// Several at once.
	d.f.edits = nil
	d.r.registers.Choose("requests", "网络", "")
	d.keys("ctrl+a", "enter")
	d.sees("4条", "答复日期")
	d.keys("down", "enter", "enter") // the first outcome
	var ids []string
	for _, e := range d.f.edits {
		ids = append(ids, e.Task+" "+e.Field)
	}
	if diff := cmp.Diff([]string{"requests4 outcome", "requests5 outcome", "requests3 outcome", "requests1 outcome"},
		ids); diff != "" {
		t.Error(diff)
	}
}

func TestAValueOfARegisterThatMovedIsAskedAbout(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 120, 40)
	d.keys("7", "down", "enter", "enter")
	d.typing("2022-09-19")
	d.f.by = "财政分局"
	d.f.republish(func(tabs []*table.Table) {
		for _, tab := range tabs {
			if tab.Kind == "requests" {
				tab.Rows[1].Values = slices.Clone(tab.Rows[1].Values)
				tab.Rows[1].Values[tab.Index("replied")] = "2022-09-16"
			}
		}
	})
	d.do(d.r.took(d.f.snap))
	d.sees("2022-09-16")
	d.keys("enter")
	d.sees("2022-09-19", "2022-09-16", "财政分局")
	if len(d.f.edits) != 0 {
		t.Errorf("saved over a value that nobody saw: %v", d.f.edits)
	}
}

func TestARowIsRecordedWhileItsDueDateIsWorkedOut(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 100, 40)
	d.keys("7", "a")
	d.sees("登记：依申请公开", "收到日期", "2022-09-20", "期限 10-21", "20个工作日", "第三十条")
	d.keys("down", "ctrl+u") // the day it came
	d.sees("填写收到后推算期限")
	d.typing("9-5")
	d.sees("即 2022-09-05", "期限 10-09")
	d.keys("ctrl+u")
	d.typing("9月5日")
	d.sees("即 2022-09-05", "期限 10-09", "还剩10个工作日")
	d.keys("down", "enter", "down", "enter") // a channel
	d.typing("戊某")
	d.keys("down", "enter", "enter")
	d.typing("某项目土地批文")
	d.keys("f10")
	if diff := cmp.Diff([]string{"requests"}, d.f.recorded); diff != "" {
		t.Fatalf("%s\n%s", diff, d.screen())
	}
	e := d.r.registers.Here()
	if e == nil || e.Title != "某项目土地批文" || e.Get("received") != "2022-09-05" || e.Get("channel") == "" ||
		e.Get("applicant_kind") != "自然人" {
		t.Fatalf("the cursor is on %+v\n%s", e, d.screen())
	}
	d.sees("已登记：某项目土地批文")
}

func TestARowIsCorrectedAsAForm(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 100, 40)
	d.keys("7", "down", "E")
	d.sees("更正：2022-2 某路规划方案", "期限 9-22")
	d.keys("down", "ctrl+u")
	d.typing("2022-09-01")
	d.sees("期限 9-30")
	d.keys("f10")
	want := []syncer.Edit{{Kind: "requests", Task: "requests2", Field: "received", Value: "2022-09-01",
		Seen: syncer.Saw("2022-08-24")}}
	if diff := cmp.Diff(want, d.f.edits); diff != "" {
		t.Error(diff)
	}
}

// A register that the ledger does not have yet is chosen by name, and gets its sheet
// with its first row.
func TestTheFirstRowMakesTheRegister(t *testing.T) {
	d := newDesk(t, sample(8), Options{}, 80, 24)
	d.keys("7")
	d.sees("台账里还没有登记簿")
	d.whole()
	d.keys("enter")
	d.sees("依申请公开", "尚无，自动建表", "建议提案")
	d.keys("down", "down", "enter")
	d.sees("登记：留言办理", "还剩7个工作日")
	d.keys("down", "down", "down", "down")
	d.typing("路灯不亮")
	d.keys("f10")
	d.sees("[留言办理]", "路灯不亮", "还剩7个工作日")
}

func TestEmptyDueCellsAreFilledAfterTheyWereSeen(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 100, 30)
	d.keys("7", "F")
	d.sees("将填写4条的期限", "2022-2 某路规划方案", "2022-09-22", "另有1条的期限还会变动", "填写4条")
	if len(d.f.edits) != 0 {
		t.Fatal("filled before it was seen")
	}
	d.keys("right", "enter")
	if len(d.f.edits) != 4 || d.f.edits[1] != (syncer.Edit{Kind: "requests", Task: "requests2", Field: "due",
		Value: "2022-09-22", Seen: syncer.Saw("")}) {
		t.Errorf("%+v", d.f.edits)
	}
	d.sees("已填写4条的期限")
	d.keys("F")
	d.sees("没有空着的")
	d.keys("]", "F")
	d.sees("登记簿没有期限一列")
}

func TestClocksStandAmongWhatIsOverdue(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 120, 40)
	d.sees("登记8条，在办7条", "已超期2条", "紧急事项", "依申请公开：救助标准", "栏目更新：公众号")
	d.keys("4")
	d.sees("另有登记事项 2 条", "救助标准", "依申请公开")
	for i := 0; i < 20 && d.r.entryHere() == nil; i++ {
		d.keys("down")
	}
	e := d.r.entryHere()
	if e == nil {
		t.Fatal("no row of a register is reached")
	}
	d.sees(d.r.ui.ClockLine(e, e.Main()))
	d.keys("enter")
	d.sees(e.Title, "整条更正")
	d.keys("esc", "v")
	d.sees("登记簿")
	d.keys("esc", "3")
	d.r.units.Choose("生态环境分局")
	d.sees("在办登记事项 1 条", "环评报告全文", "暂停计时")
	d.keys("home")
	if e := d.r.entryHere(); e == nil || e.Number != "2022-3" {
		t.Errorf("the cursor is on %+v", e)
	}
	d.keys("space", "p") // marks are of tasks; a row of a register has no progress
	d.whole()
}

func TestATaskShowsAndTakesTheFiguresOfItsRegister(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 100, 40)
	d.keys("2")
	for i, task := range d.r.ui.Index.Ledger.Tasks {
		if strings.Contains(task.Title, "依申请公开") {
			d.r.goTask(task.ID)
			d.sees("收到5件，按期答复1件，在办4件（已超期1件），最近到期9-22")
			d.keys("T")
			d.sees("F10 保存", "依申请公开：收到5件")
			d.keys("f10")
			got := d.f.edits[len(d.f.edits)-1]
			if got.Task != task.ID || got.Field != "progress" || !strings.HasSuffix(got.Value, "最近到期9-22") ||
				!strings.HasPrefix(got.Value, task.Progress) || got.Seen != syncer.Saw(task.Progress) {
				t.Errorf("%+v", got)
			}
			return
		}
		_ = i
	}
	t.Fatal("no such task")
}

func TestATaskWithoutARegisterSaysSo(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 100, 40)
	d.keys("2", "home", "T")
	d.sees("没有对应的登记簿")
}

func TestTheAnnualCountAndFeesOfRequests(t *testing.T) {
	d := newDesk(t, registered(8), Options{}, 160, 40)
	d.keys("7", "t")
	d.sees("2022年依申请公开统计", "本年新收", "5（自然人4、商业企业1）", "予以公开", "勾稽相符", "2022-1 甲某", "按量：46页（1至30页免费、31",
		"至100页每页10元），160元")
}

func TestConflictsAndNewsOfRegistersAreMarked(t *testing.T) {
	d := newDesk(t, registered(8), Options{Author: "我"}, 120, 40)
	s := *d.f.snap
	s.Seq++
	at := time.Date(2022, 9, 20, 0, 30, 0, 0, time.UTC)
	s.Conflicts = []syncer.Conflict{{ID: "c1", Kind: "requests", Task: "requests2", Number: "2022-2", Title: "某路规划方案",
		Field: "replied", Heading: "答复日期",
		Mine: "2022-09-19", Theirs: "2022-09-16", MineBy: "李强", TheirsBy: "财政分局", MineAt: at, TheirsAt: at, Since: at}}
	s.Latest = []syncer.Entry{{Revision: "r2", Time: at, Author: "财政分局",
		Changes: []syncer.Change{{Kind: "requests", Task: "requests5", Number: "2022-5", Title: "招标文件",
			Field: "channel", From: "当面", To: "网络"}}}}
	d.f.snap = &s
	d.r.feed.news.entries = s.Latest
	d.do(d.r.took(d.f.snap))
	d.keys("7")
	d.sees("7 登记+1", " !2022-2", " +2022-5")
	d.keys("down")
	d.sees("冲突", "2022-09-16")
	d.keys("enter", "home", "enter") // the conflict is the first line of the menu
	d.sees("2022-09-19", "2022-09-16", "财政分局")
	d.keys("esc", "esc")
	d.keys("f7")
	d.typing("新变化")
	d.sees("1/5条", "招标文件")
}

func TestAWorkbookWithNothingButRegistersHasAnOverview(t *testing.T) {
	tab := registerTable("requests", "number received applicant content unit replied", "1|2022-08-24|甲|某路规划|项目建设中心|",
		"2|2022-08-12|乙|救助标准|财政分局|")
	l := ledger.Build([]*table.Table{tab}, ledger.Options{Today: today})
	for _, size := range [][2]int{{80, 24}, {40, 12}, {200, 60}} {
		d := newDesk(t, l, Options{}, size[0], size[1])
		d.whole()
		d.sees("登记2条")
		for i := range len(d.r.rooms) {
			d.keys(fmt.Sprint(i + 1))
			d.whole()
		}
		d.keys("3", "right")
		if size[0] >= 80 {
			d.sees("项目建设中心", "某路规划")
			d.keys("4")
			d.sees("救助标准", "财政分局", "2022-09-09")
		}
	}
}

// Nothing that reads changes a ledger that is only looked at.
func TestRegistersAreOnlyReadWhereNothingMayChange(t *testing.T) {
	d := newDesk(t, registered(8), Options{ReadOnly: true}, 100, 30)
	for _, k := range []string{"a", "E", "F", "delete"} {
		d.keys("7", k)
		d.whole()
		d.r.dialogs = nil
	}
	d.keys("enter", "enter", "enter")
	if len(d.f.edits)+len(d.f.recorded) != 0 {
		t.Error("something was changed")
	}
}
