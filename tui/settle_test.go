package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
)

// kept is a history of two revisions.
func kept() []syncer.Entry {
	at := time.Date(2022, 9, 19, 8, 30, 0, 0, time.UTC)
	return []syncer.Entry{
		{Revision: "r2", Time: at, Author: "李强", Source: "workbook", Changes: []syncer.Change{
			{Kind: "tasks", Task: "t0", Number: "1", Title: "主动公开目录更新", Field: "status", From: "未启动", To: "已完成"},
			{Kind: "tasks", Task: "t3", Number: "4", Title: "依申请公开办理规范", Field: "owner", From: "", To: "王芳"},
		}},
		{Revision: "r1", Time: at.Add(-time.Hour), Author: "张三", Source: "财政分局.xlsx", Changes: []syncer.Change{
			{Kind: "tasks", Task: "t0", Number: "1", Title: "主动公开目录更新", Field: "progress", From: "初稿", To: "定稿"},
		}},
	}
}

func TestTheDetailsTellWhatHappenedToTheTask(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 200, 60)
	d.f.log = kept()
	d.keys("2", "home")
	d.sees("修改记录", "09-19 08:30 李强 完成状态由“未启动”改为“已完成”", "09-19 07:30 张三 进展情况由“初稿”改为“定稿”")
	d.keys("down")
	d.seesNot("李强 完成状态由")
	asked := len(d.f.logged)
	d.keys("up", "down", "up") // known already
	if len(d.f.logged) != asked {
		t.Errorf("the same histories were asked for again: %v", d.f.logged[asked:])
	}
	for i, o := range d.f.logged {
		if o.Task == "" && i > 0 || o.Max == 0 { // the first asks what is new
			t.Errorf("asked for %+v", o)
		}
	}
	d.keys("down", "s", "home", "enter") // the ledger changes
	d.keys("up")
	if len(d.f.logged) == asked {
		t.Error("after a change the history is not asked for again")
	}
	d.whole()
}

func TestTheDetailsTellOfOpenConflicts(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	busy(d)
	d.keys("2", "down", "down", "down", "down", "v")
	d.sees("待处理冲突", "台账：初稿已完成（李强）", "对方：正在收集材料（财政分")
	d.keys("esc", "enter")
	d.sees("处理冲突")
	d.keys("enter")
	d.sees("采用对方的值")
}

func TestHistoryUndoesAndRestores(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.f.log = kept()
	d.keys("6", "h")
	d.sees("修改记录 2 条", "李强", "在工作簿中修改", "返回的文件 财政分局.xlsx")
	d.keys("enter")
	d.sees("撤销这次修改", "已完成（原：未启动）")
	d.keys("enter") // what it changed, not the undo of it
	d.sees("改前", "改后")
	d.keys("esc", "home", "enter")
	d.keys("h", "down", "enter", "home", "down", "enter")
	d.sees("以后的修改都会退回")
	d.keys("enter", "esc") // not unless one says so
	d.keys("h", "down", "enter", "home", "down", "enter", "down", "enter")
	if got := strings.Join(d.f.restored, " "); got != "undo r2 r1" {
		t.Errorf("done: %s\n%s", got, d.screen())
	}
	d.sees("已恢复到 09-19 07:30，3处变化")
	d.whole()
}

func TestAConflictShowsBothSidesWhole(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	s := *d.f.snap
	s.Seq++
	s.Conflicts = []syncer.Conflict{
		{ID: "c1", Task: "t0", Number: "1", Title: "主动公开目录更新", Field: "progress", Heading: "进展情况",
			Base: strings.Repeat("原文，", 60), Mine: strings.Repeat("我方修改，", 60), Theirs: "对方改短了",
			MineBy: "李强", TheirsBy: "财政分局", MineAt: today, TheirsAt: today},
		{ID: "c2", Task: "t1", Title: "乙", Field: ""},
	}
	d.f.snap = &s
	d.do(d.r.took(&s))
	d.keys("6", "enter")
	d.whole()
	d.sees("双方修改前", "台账现值", "对方的值", "李强", "09-20 00:00", "原文，原文，", "我方修改", "对方改短了", "共")
	if n := strings.Count(d.screen(), "我方修改"); n < 50 { // a word may be broken over two lines
		t.Errorf("our side is not whole: %d of 60", n)
	}
	d.keys("end", "pgdown")
	d.sees("双方修改前", "原文，原文，")
	d.keys("right", "right", "enter", "ctrl+u")
	d.typing("两处都写")
	d.keys("f10")
	if !slices.Equal(d.f.resolved, []string{"c1 =两处都写"}) {
		t.Errorf("resolved %q", d.f.resolved)
	}
	d.keys("enter")
	d.seesNot("另填一个值") // a row has no value of one's own
	lines := strings.Split(d.screen(), "\n")
	y := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "采用对方的值") })
	x := d.r.ui.Width(lines[y][:strings.Index(lines[y], "采用对方的值")])
	d.Click(x, y)
	if len(d.f.resolved) != 2 || d.f.resolved[1] != "c2 theirs" {
		t.Errorf("resolved %q", d.f.resolved)
	}
}

func TestARowThatCouldBeTwoIsAskedAbout(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	s := *d.f.snap
	s.Seq++
	s.Asks = []syncer.Ask{{ID: "a1", Sheet: "任务台账", Row: 9, Candidates: []string{"t2", "t5"},
		Values: map[string]string{"number": "9", "title": "公开与开放日", "progress": strings.Repeat("已经开过两次会，", 40),
			"lead": "项目建设中心"}}}
	s.Inbox = []syncer.CopyReport{{File: "/srv/share/回收/财政.xlsx",
		Asks: []syncer.Ask{{ID: "a2", Sheet: "台账", Row: 4, Candidates: []string{"e1", "t0", "gone"},
			Values: map[string]string{"topic": "条例解读会"}}}}}
	d.f.snap = &s
	d.do(d.r.took(&s))
	d.keys("6")
	d.sees("需确认对应任务的行 2 处", "工作表“任务台账”第9行", "公开与开放日", "2选一", "条例解读会", "“财政.xlsx”")
	d.keys("enter")
	d.sees("3 政务开放日筹备", "6 重大项目信息公开", "都不是，作为新任务")
	d.whole()
	compared := func(want ...string) {
		t.Helper()
		for _, l := range strings.Split(d.screen(), "\n") {
			all := true
			for _, w := range want {
				all = all && strings.Contains(l, w)
			}
			if all {
				return
			}
		}
		t.Errorf("no line has all of %q:\n%s", want, d.screen())
	}
	compared("不同", "重点任务", "公开与开放日", "│ 政务开放日筹备")
	d.keys("down")
	compared("不同", "重点任务", "公开与开放日", "│ 重大项目信息公开")
	d.keys("pgdown", "pgdown", "pgdown")
	d.seesNot("│ 重大项目信息公开")
	d.whole()
	d.keys("enter")
	if !slices.Equal(d.f.answered, []string{"a1 t5"}) {
		t.Errorf("answered %q", d.f.answered)
	}
	d.keys("home", "enter")
	compared("不同", "条例解读会", "│ 条例解读")
	d.keys("down", "down", "enter")
	if !slices.Equal(d.f.answered, []string{"a1 t5", "a2 new"}) {
		t.Errorf("answered %q", d.f.answered)
	}
}

func TestACopyThatIsNotWholeYetIsAwaited(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	s := *d.f.snap
	s.Seq++
	s.Arriving = []syncer.CopyReport{{File: "/srv/share/回收/环保.xlsx", Err: &msg.Error{Class: syncer.ErrMissing,
		Text: msg.New("syncer.arriving", "File", "环保.xlsx"), Hint: msg.New("syncer.arriving.hint")}}}
	d.f.snap = &s
	d.do(d.r.took(&s))
	d.keys("6")
	d.sees("收件文件夹中的 环保.xlsx 尚未复制完整")
	d.keys("enter")
	d.sees("复制完成后自动合并")
}

func TestTheSafetyStopIsDecided(t *testing.T) {
	for _, c := range []struct{ choose, want string }{{"", "later"}, {"down", "refused"}, {"end", "accepted"}} {
		t.Run(c.want, func(t *testing.T) {
			d := newDesk(t, sample(12), Options{}, 80, 24)
			s := *d.f.snap
			s.Seq++
			s.Trouble = &msg.Error{Class: syncer.ErrMass, Text: msg.New("tui.mass.title")}
			d.f.snap = &s
			d.f.refused = 2
			d.do(d.r.took(&s))
			d.keys("6")
			d.sees("同步已停止")
			d.keys("enter")
			d.sees("以后再定", "不接受：把任务写回工作簿")
			d.whole()
			if c.choose != "" {
				d.keys(c.choose)
			}
			d.keys("enter")
			got := "later"
			if d.f.forced {
				got = "accepted"
				if slices.Equal(d.f.restored, []string{"refused"}) {
					got = "refused"
					d.sees("2项任务写回工作簿")
				}
			}
			if got != c.want {
				t.Errorf("%s, restored %v", got, d.f.restored)
			}
		})
	}
}

func TestMarksOnEveryTaskScreen(t *testing.T) {
	for _, c := range []struct{ screen, want string }{{"2", "t0 t1"}, {"3", "t0 t5"}, {"4", "t2 t1"}} {
		t.Run(c.screen, func(t *testing.T) {
			d := newDesk(t, sample(12), Options{}, 80, 24)
			d.keys(c.screen, "space", "space")
			d.sees("已标记2项", " *")
			d.keys("s", "end", "enter")
			got := map[string]bool{}
			for _, e := range d.f.edits {
				got[e.Task] = e.Value == "长期坚持"
			}
			want := map[string]bool{}
			for _, id := range strings.Fields(c.want) {
				want[id] = true
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("changed %v, want %v", got, want)
			}
			d.seesNot("已标记")
			d.keys("ctrl+a")
			d.sees("已标记")
			d.keys("esc")
			d.seesNot("已标记")
		})
	}
}

func TestTheCursorStaysOnItsTaskWhenOthersLeaveTheList(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("4", "down", "down", "down")
	on := d.r.current().Looked().ID
	first := d.f.snap.Ledger.Tasks[d.r.ui.Index.Overdue[0]].ID
	d.f.Change(t.Context(), []syncer.Edit{{Task: first, Field: "status", Value: "已完成"}})
	d.do(d.r.took(d.f.snap))
	if got := d.r.current().Looked().ID; got != on {
		t.Errorf("the cursor went from %s to %s", on, got)
	}
}

// All conflicts that one save left are settled at once, after they were seen whole.
func TestConflictsOfOneSaveAreSettledTogether(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			d := newDesk(t, sample(24), Options{Lang: lang}, size[0], size[1])
			at := time.Date(2022, 9, 20, 0, 30, 0, 0, time.UTC)
			s := *d.f.snap
			s.Seq++
			for i := range 4 {
				c := syncer.Conflict{ID: fmt.Sprint("c", i), Kind: "tasks", Task: fmt.Sprint("t", i),
					Number: fmt.Sprint(i + 1), Title: "任务", Field: "progress", Heading: "进展情况",
					Mine: "甲" + fmt.Sprint(i), Theirs: "乙" + fmt.Sprint(i), MineBy: "李强", TheirsBy: "财政分局", MineAt: at,
					TheirsAt: at, Since: at}
				if i == 3 {
					c.TheirsAt = at.Add(time.Hour) // another save
				}
				s.Conflicts = append(s.Conflicts, c)
			}
			d.f.snap = &s
			d.do(d.r.took(d.f.snap))
			d.keys("6", "enter")
			d.whole()
			d.handle(intent.OpenSave{ID: "c0"})
			d.whole()
			d.sees("甲0", "乙0", "财政分局")
			d.keys("end", "right", "right", "enter")
			if got := strings.Join(d.f.resolved, ", "); got != "c0 theirs, c1 theirs, c2 theirs" ||
				len(d.r.dialogs) != 0 {
				t.Fatalf("%s, %d dialogs", got, len(d.r.dialogs))
			}
			d.keys("6", "enter") // the one that is left has no others
			if strings.Contains(d.screen(), "一并处理") {
				t.Error(d.screen())
			}
		}
	}
	d := newDesk(t, sample(24), Options{}, 80, 24)
	busy(d)
	s := *d.f.snap
	s.Seq++
	more := s.Conflicts[0]
	more.ID, more.Task = "c2", "t5"
	s.Conflicts = append(s.Conflicts, more)
	d.f.snap = &s
	d.do(d.r.took(d.f.snap))
	d.keys("6", "enter", "5")
	d.sees("财政分局", "2处冲突", "都采用台账现值（2处）")
}

// A workbook of many that cannot be opened is named on every screen, and stands first on
// the sync screen: its rows are missing everywhere.
func TestAWorkbookOfManyThatCannotBeOpenedIsNamedOnEveryScreen(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	s := *d.f.snap
	s.Seq++
	for i := range 20 {
		s.Workbooks = append(s.Workbooks, syncer.Workbook{Name: fmt.Sprintf("b%02d.xlsx", i), Open: true})
	}
	s.Workbooks = append(s.Workbooks, syncer.Workbook{Name: "坏.xlsx",
		Trouble: &msg.Error{Text: msg.New("tui.load.failed")}})
	d.f.snap = &s
	d.do(d.r.took(&s))
	for _, key := range []string{"1", "2", "4"} {
		d.keys(key)
		d.sees("无法打开：坏.xlsx")
	}
	d.keys("6")
	lines := strings.Split(d.screen(), "\n")
	at := func(name string) int {
		return slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, name) })
	}
	if bad, first := at("坏.xlsx "), at("b00.xlsx"); bad < 0 || bad > first {
		t.Errorf("it stands in line %d, the first workbook in line %d\n%s", bad, first, d.screen())
	}
}
