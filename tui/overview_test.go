package tui

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
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
	d.sees("> 党政办公室", "（未明确牵头单位）")
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
