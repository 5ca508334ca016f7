package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui/intent"
)

var fourSizes = [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}}

// planned is a ledger with every kind of deadline, and a holiday in view.
func planned() *ledger.Ledger {
	ts := tables(14)
	at := ts[0].Index("deadline")
	for i, text := range []string{"2022年9月底前", "2022年8月至11月", "每月25日前", "每季度末", "长期坚持", "2022-10-07", "2022-09-20",
		"2022-10-31", "2022-10-31", ""} {
		ts[0].Rows[i].Values[at] = text
	}
	return ledger.Build(ts, ledger.Options{Today: today})
}

// What opens over the screens, and the table of weeks, in whole: four sizes, two
// languages.
func TestWhatOpensLooksAsItDid(t *testing.T) {
	for _, size := range fourSizes {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			d := newDesk(t, planned(), Options{Lang: lang, NoColor: true}, size[0], size[1])
			busy(d)
			var b strings.Builder
			shot := func(name string, keys ...string) {
				d.r.dialogs = nil
				d.r.said.drop()
				d.keys(keys...)
				d.r.said.drop()
				d.whole()
				fmt.Fprintf(&b, "=== %s\n%s\n", name, d.screen())
			}
			shot("timeline", "2", "t")
			shot("timeline, later", "right", "right", "right", "right")
			d.keys("t")
			shot("calendar", "m")
			shot("calendar, next month", "m", "pgdown", "tab")
			shot("day", "m", "tab", "enter")
			shot("line", ":", "7")
			shot("delete", "2", "delete")
			shot("conflict", "6", "enter")
			golden(t, fmt.Sprintf("over.%dx%d.%s.golden", size[0], size[1], lang), b.String())
		}
	}
}

// The calendar moves by days, weeks and months, and leads to what falls due.
func TestTheCalendarLeadsToTheTasks(t *testing.T) {
	d := newDesk(t, planned(), Options{}, 80, 24)
	d.keys("m")
	d.sees("2022年9月", "[20]", ">[20]", "到期任务1项")
	d.keys("tab")
	d.sees("2022-09-25") // 每月25日前
	d.keys("pgdown", "home", "pgup", "pgup")
	d.sees("2022年7月", "2022-07-20")
	d.keys("left", "up", "right", "down")
	d.sees("2022-07-20")
	d.keys("pgdown", "pgdown", "pgdown")
	d.sees("2022年10月", "1休", "8班")
	d.keys("home")
	for range 41 { // 31 October
		if d.keys("right"); strings.Contains(d.screen(), "2022-10-01") {
			d.sees("（国庆节）")
		}
	}
	d.sees("2022-10-31", "到期任务2项")
	d.keys("enter")
	d.sees("2022-10-31 到期 2 项")
	d.keys("down", "enter")
	if d.r.screen != onTasks || d.r.tasks.Here().ID != "t8" || len(d.r.dialogs) != 0 {
		t.Errorf("it leads to %+v", d.r.tasks.Here())
	}
	d.keys("m", "enter", "esc")
	for n := 28; n < 32; n++ { // the last day of a month, and months without it
		d.keys("m")
		for range 12 {
			d.keys("pgdown")
			d.whole()
		}
		d.keys("esc")
	}
}

// The table of weeks is the table of tasks: what is done there is done to them.
func TestTheTimeLineIsTheTaskTable(t *testing.T) {
	d := newDesk(t, planned(), Options{}, 120, 40)
	d.keys("1", "t")
	if d.r.screen != onTasks || !d.r.tasks.Timeline() {
		t.Fatal("it does not open from elsewhere")
	}
	d.sees("◆时限", "9月", "10月", "长期坚持")
	d.keys("x")
	d.sees("时间轴里不能调整栏目")
	d.keys("/")
	d.typing("开放日")
	d.keys("enter", "s")
	d.sees("完成状态")
	d.keys("esc", "esc", "S")
	d.keys("2", "t")
	d.seesNot("◆时限")
	d.keys("right", "x") // the columns are as they were
	d.sees("牵头单位")
}

// A number typed into the palette leads to that line, or to the task that bears it.
func TestANumberInThePaletteIsALine(t *testing.T) {
	ts := tables(30)
	ts[0].Rows[20].Values[0] = "7"
	d := newDesk(t, ledger.Build(ts, ledger.Options{Today: today}), Options{}, 80, 24)
	d.keys("2", ":")
	d.typing("12")
	d.sees("> 转到第12行")
	d.keys("enter")
	if d.r.tasks.Here().ID != "t11" {
		t.Errorf("line 12: %s", d.r.tasks.Here().ID)
	}
	d.keys(":")
	d.typing("7")
	d.sees("转到任务 7 ")
	d.keys("down", "down", "enter")
	if d.r.tasks.Here().ID != "t20" {
		t.Errorf("the second task 7: %s", d.r.tasks.Here().ID)
	}
	d.keys(":")
	d.typing("99999999999999999999")
	d.keys("enter")
	d.handle(intent.GoLine{Line: 500})
	d.sees("共30行，已到最后一行")
	d.keys("4", ":", "2", "enter")
	if d.r.screen != onOverdue {
		t.Error("another screen has its own lines")
	}
	for _, none := range []string{"1", "5", "6"} {
		d.keys(none, ":")
		d.typing("3")
		d.keys("enter")
		if d.r.screen != onTasks || d.r.tasks.Here().ID != "t2" {
			t.Errorf("from screen %s: %d %v", none, d.r.screen, d.r.tasks.Here())
		}
	}
}

// A message gives way to what is done next, not only to the clock.
func TestAMessageGivesWayToTheNextKey(t *testing.T) {
	d := newDesk(t, sample(30), Options{}, 80, 24)
	d.keys("2", "x")
	for _, key := range []string{"down", "1", "f8"} {
		d.r.say("没有可以撤销的修改", true)
		d.clock = d.clock.Add(2 * time.Second)
		d.keys(key)
		d.seesNot("没有可以撤销的修改")
		d.r.dialogs = nil
	}
}
