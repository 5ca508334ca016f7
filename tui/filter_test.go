package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
)

func TestTheCursorFollowsTheFilter(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("f7")
	d.typing("公开")
	v := d.r.View()
	if v.Cursor == nil || v.Cursor.Y != 1 {
		t.Fatalf("cursor %v", v.Cursor)
	}
	line := strings.Split(d.screen(), "\n")[1]
	if before := left(line, v.Cursor.X); before != " 筛选 公开" {
		t.Errorf("the cursor stands after %q", before)
	}
}

func TestFilterNarrowsAsOneTypes(t *testing.T) {
	for _, typed := range []string{
		"", "目录", "目录 王芳", "unit:财政", "状态:已完成", "status:done", "overdue 财政分局", "逾期", "牵头:党政办公室 逾期", "没有的字", "配合:财政",
		"冲突", "序号:3", "时限:2022-03", "状态：逾期", "将到期",
	} {
		t.Run(typed, func(t *testing.T) {
			d := newDesk(t, sample(24), Options{}, 120, 40)
			busy(d)
			d.keys("2", "/")
			for _, r := range typed {
				d.typing(string(r))
				d.whole()
			}
			want := 0 // counted by hand, from the ledger
			for _, task := range d.f.snap.Ledger.Tasks {
				if meetsByHand(task, typed) {
					want++
				}
			}
			if d.r.tasks.Found != want {
				t.Errorf("%d tasks are found, %d fit", d.r.tasks.Found, want)
			}
			for range typed {
				d.keys("backspace")
			}
			if d.r.tasks.Found != 24 {
				t.Errorf("after deleting the filter %d tasks are shown", d.r.tasks.Found)
			}
		})
	}
}

// meetsByHand says without the index whether a task fits the filters above.
func meetsByHand(t *ledger.Task, q string) bool {
	all := strings.Join(append([]string{t.Title, t.Lead, t.Owner, t.Status.Text, t.Requirement, t.Progress},
		t.Support...), " ")
	for _, w := range strings.Fields(q) {
		ok := strings.Contains(all, w)
		switch w {
		case "unit:财政":
			ok = strings.Contains(t.Lead+strings.Join(t.Support, ""), "财政")
		case "状态:已完成", "status:done":
			ok = t.Status.Kind == ledger.Done
		case "overdue", "逾期":
			ok = t.Overdue
		case "配合:财政":
			ok = strings.Contains(strings.Join(t.Support, ""), "财政")
		case "冲突":
			ok = t.ID == "t4"
		case "序号:3":
			ok = t.Number == "3"
		case "时限:2022-03":
			ok = t.Deadline.Due.Month() == time.March
		case "状态：逾期":
			ok = t.Overdue
		case "将到期":
			ok = t.DueSoon
		case "牵头:党政办公室":
			ok = t.Lead == "党政办公室"
		}
		if !ok {
			return false
		}
	}
	return true
}

func TestSortingFollowsTheHeaderClickedOn(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 120, 40)
	d.keys("2")
	head := strings.Split(d.screen(), "\n")[2]
	x := d.r.ui.Width(head[:strings.Index(head, "完成时限")])
	d.Click(x+1, 2)
	d.sees("完成时限 ^")
	if got := d.r.tasks.Index.Task(d.r.tasks.Lines[0]).Deadline.Text; got != "2022-01-28" {
		t.Errorf("first is %s", got)
	}
	d.Click(x+1, 2)
	if got := d.r.tasks.Index.Task(d.r.tasks.Lines[0]).Deadline.Text; got != "2022-12-28" {
		t.Errorf("the other way, first is %s", got)
	}
}

func TestGroupsStandUnderHeadings(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "f12", "down", "enter")
	d.sees("# 党政办公室", "按牵头单位")
	if i := d.r.tasks.Grid.Cursor(d.r.tasks); i != 1 {
		t.Errorf("the cursor is on line %d", i)
	}
	d.sees(" 1/24")
	d.keys("end")
	d.sees("24/24")
	d.whole()
}

func TestMouse(t *testing.T) {
	d := newDesk(t, sample(60), Options{}, 80, 24)
	d.Click(12, 0)
	if d.r.screen != onTasks {
		t.Fatalf("a click on the tab led to screen %d", d.r.screen+1)
	}
	d.Click(20, 6)
	if here := d.r.tasks.Here(); here.ID != "t3" {
		t.Errorf("the click met %s", here.ID)
	}
	d.Click(20, 6)
	d.sees("依申请公开办理规范 ─", "Enter 选定")
	d.keys("esc")
	for range 20 {
		d.send(tea.MouseWheelMsg{X: 10, Y: 6, Button: tea.MouseWheelDown})
	}
	d.sees("60 依申请") // not reached unless the wheel scrolls
	d.whole()
}

func TestTheUnitScreenBeginsWithTheFirstUnit(t *testing.T) {
	tabs := tables(12)
	tabs[0].Rows[0].Values[4] = "" // a task without a lead unit
	d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, 80, 24)
	first := d.f.snap.Ledger.ByUnit[0].Unit
	d.keys("3")
	d.sees("< " + d.r.ui.Unit(first) + " >")
	for range len(d.r.ui.Index.Units) - 1 {
		d.keys("right")
	}
	d.keys("right")
	d.sees("< " + d.r.ui.Unit(first) + " >")
	d.keys("left")
	d.seesNot("< " + d.r.ui.Unit(first) + " >")
}
