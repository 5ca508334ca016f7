package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

func TestADoubleClickOnWhatBurnsLeadsToTheTask(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	for y, l := range strings.Split(d.screen(), "\n") {
		if strings.Contains(l, "逾期54天") {
			d.Click(5, y)
			d.Click(5, y)
		}
	}
	if d.r.screen != onTasks {
		t.Fatalf("screen %d is shown", d.r.screen)
	}
	if here := d.r.tasks.Here(); here == nil || here.Title != "财政预决算公开" {
		t.Errorf("under the cursor: %+v", here)
	}
}

// A ledger with tasks that nobody leads: the cursor begins on the first unit.
func TestTheCursorOfTheOverviewBeginsAtTheTop(t *testing.T) {
	ts := tables(12)
	ts[0].Rows[3].Values[ts[0].Index("lead")] = ""
	d := newDesk(t, ledger.Build(ts, ledger.Options{Today: today}), Options{}, 80, 24)
	d.sees("> 党政办公室", "已完成", "（未")
}

// Many units and a small screen: who is behind stands first, and what burns has
// its place.
func TestWithManyUnitsTheOverviewStillSaysWhoIsBehindAndWhatBurns(t *testing.T) {
	ts := tables(60)
	tasks := ts[0]
	for i := range tasks.Rows {
		tasks.Rows[i].Values[tasks.Index("lead")] = fmt.Sprintf("经济技术开发区第%d街道办事处", i%30)
		tasks.Rows[i].Values[tasks.Index("status")] = "已完成"
	}
	for _, i := range []int{25, 55} { // both of unit 25, due on the 28th of February and of August
		tasks.Rows[i].Values[tasks.Index("status")] = "推进中"
	}
	d := newDesk(t, ledger.Build(ts, ledger.Options{Today: today}), Options{}, 80, 24)
	d.sees("30个牵头单位（逾期多的在前）", "─ 紧急任务", "逾期204天")
	d.whole()
	d.keys("enter")
	d.sees("经济技术开发区第25街道办事处")

	// When another one falls behind, the cursor stays on its unit.
	d.keys("1")
	d.f.publish(func(tasks, _ *table.Table) {
		for _, i := range []int{2, 32, 4, 34} {
			tasks.Rows[i].Values[tasks.Index("status")] = "推进中"
		}
	})
	d.do(d.r.took(d.f.snap))
	d.keys("enter")
	d.sees("经济技术开发区第25街道办事处")
}

// Every figure up to the finished tasks is in view in 80 columns, with whatever names
// the units have.
func TestTheFinishedTasksAreInViewInANarrowTerminal(t *testing.T) {
	for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
		for _, name := range []string{"财政局", "沿江街道办事处", "国家税务总局经济技术开发区税务局", "（原）农业农村和生态环境保护综合执法大队"} {
			ts := tables(12)
			for i := range ts[0].Rows {
				ts[0].Rows[i].Values[ts[0].Index("lead")] = name
			}
			d := newDesk(t, ledger.Build(ts, ledger.Options{Today: today}), Options{Lang: lang}, 80, 24)
			units := d.screen()[strings.Index(d.screen(), map[msg.Lang]string{msg.ZH: "各牵头单位",
				msg.EN: "Lead units"}[lang]):]
			if want := " " + ledger.Done.Text().In(lang); !strings.Contains(units, want+" ") &&
				!strings.Contains(units, want+">") {
				t.Errorf("%s: no %s in\n%s", name, want, units)
			}
			d.whole()
		}
	}
}

// What became of the ledger since last month ended stands in figures on the overview,
// and by name in a list.
func TestProgressSinceLastMonth(t *testing.T) {
	then := tables(12)
	now := tables(12)
	now[0].Rows[2].Values[9] = "已完成"                    // was 未启动
	now[0].Rows[1].Values[10] = "已征求意见"                 // moved on
	now[0].Rows[0].Values[9] = "推进中"                    // was 已完成
	then[0].Rows = append(then[0].Rows, now[0].Rows[5]) // gone since
	then[0].Rows[12].ID, then[0].Rows[12].Values = "old", slices.Clone(then[0].Rows[12].Values)
	then[0].Rows[12].Values[2] = "已并入他项"
	then[0].Rows = slices.Delete(then[0].Rows, 7, 8) // added since
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			f := newFake(ledger.Build(now, ledger.Options{Today: today}))
			f.past = ledger.Build(then, ledger.Options{Today: time.Date(2022, 8, 31, 0, 0, 0, 0, time.UTC)})
			d := newDeskOn(t, f, Options{Lang: lang}, size[0], size[1])
			d.whole()
			if size[0] >= 120 && lang == msg.ZH {
				d.sees("比上月")
			}
			d.keys("b")
			d.whole()
			if lang == msg.ZH {
				d.sees("2022年8月末以来的进展", "完成  3 政务开放日筹备", "新增  8 环境监测信息发布", "有进展  2 政策解读材料同步发布", "重新办理  1 主动公开目录更新",
					"删除  6 已并入他项", "已完成 3→3 项")
			}
			d.keys("enter")
			if d.r.screen != onTasks || d.r.tasks.Here().ID != "t2" {
				t.Errorf("Enter leads to %v", d.r.tasks.Here())
			}
		}
	}
}
