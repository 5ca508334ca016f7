package tui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
)

func heads(d *desk) []string { return strings.Fields(strings.Split(d.screen(), "\n")[2]) }

// A phone number is whole or not there; units with one beginning stay apart.
func TestColumnsTakeTheWidthOfTheirContent(t *testing.T) {
	tabs := tables(40)
	for i := range tabs[0].Rows {
		tabs[0].Rows[i].Values[4] = fmt.Sprintf("某某国家级经济技术开发区管理委员会%s",
			[]string{"党政办公室", "财政金融局", "生态环境局", "社会事业局"}[i%4])
		tabs[0].Rows[i].Values[7] = fmt.Sprintf("0512-6288%04d转80%02d", i, i)
	}
	for _, w := range []int{80, 100, 120, 160, 200, 240} {
		d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, w, 40)
		for _, screen := range []string{"2", "3", "4"} {
			d.keys(screen, "home")
			for range 14 {
				for _, l := range strings.Split(d.screen(), "\n") {
					if i := strings.Index(l, "0512-"); i >= 0 && !strings.Contains(l[i:], "转80") {
						t.Fatalf("%d cells, screen %s: a phone number is cut: %s", w, screen, l)
					}
				}
				d.keys("right")
				d.whole()
			}
			if screen == "3" {
				break // right is the next unit there
			}
		}
		d.keys("2", "home")
		for range 14 {
			d.keys("left")
		}
		seen := map[string]bool{}
		for _, l := range strings.Split(d.screen(), "\n")[3:9] {
			for _, end := range []string{"办公室", "金融局", "环境局", "事业局"} {
				if strings.Contains(l, end) {
					seen[end] = true
				}
			}
		}
		if len(seen) != 4 {
			t.Errorf("%d cells: of four units with one beginning %d can be told:\n%s", w, len(seen), d.screen())
		}
	}
}

// On a wide screen the details stand beside the table, on every screen with tasks.
func TestWideScreensAreNotHalfEmpty(t *testing.T) {
	d := newDesk(t, sample(30), Options{}, 200, 60)
	for _, screen := range []string{"2", "3", "4"} {
		d.keys(screen)
		if lines := strings.Split(d.screen(), "\n"); !strings.Contains(lines[8], "│") &&
			!strings.Contains(lines[12], "│") {
			t.Errorf("screen %s has no details beside it:\n%s", screen, d.screen())
		}
	}
}

func TestColumnsAreArrangedOnTheScreenAndKept(t *testing.T) {
	var left Remembered
	opt := Options{
		Recall: func(context.Context, string) (Remembered, error) {
			return Remembered{Known: []string{"r"}, View: left.View}, nil
		},
		Remember: func(_ context.Context, _ string, r Remembered) error { left = r; return nil },
	}
	d := newDesk(t, sample(12), opt, 120, 40)
	d.keys("2", "right", "right", "x") // 牵头单位
	if got := strings.Join(heads(d)[:4], " "); got != "序号 重点任务 完成状态 时限情况" {
		t.Errorf("hidden: %s", got)
	}
	d.keys(">")
	if got := strings.Join(heads(d)[:4], " "); got != "序号 重点任务 时限情况 完成状态" {
		t.Errorf("moved: %s", got)
	}
	if got := d.r.tasks.Column(); got != "status" {
		t.Errorf("the cursor is on %s", got)
	}
	d.keys("+", "+")
	d.sees("时限情况   完成状态         完成时限")
	d.whole()
	d.keys("C")
	d.sees("牵头单位", "隐藏", "恢复默认栏目")
	d.keys("esc", "q")
	again := newDesk(t, sample(12), opt, 120, 40)
	again.keys("2")
	again.sees("时限情况   完成状态         完成时限")
	again.seesNot("牵头单位       ")
	again.keys("C", "end", "enter")
	if got := strings.Join(heads(again)[:4], " "); got != "序号 重点任务 牵头单位 完成状态" {
		t.Errorf("reset: %s", got)
	}
}

func TestGroupsFoldAndCount(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "g", "down", "enter") // by unit
	d.sees("# 党政办公室  5项 完成2 逾期2")
	d.keys("z")
	d.sees("> + 党政办公室  5项 完成2 逾期2", "# 财政分局  5项", "24/24项")
	d.whole()
	d.keys("s") // no task is under the cursor
	d.sees("没有选中任务")
	d.keys("enter")
	d.sees("# 党政办公室  5项", "主动公开目录更新")
	d.keys("Z")
	d.sees("+ 沿江街道办事处  4项")
	d.seesNot("主动公开目录更新  ")
	d.keys("/")
	d.typing("逾期")
	d.sees("+ 党政办公室  2项 完成0 逾期2")
	d.keys("enter", "Z")
	d.sees("# 党政办公室  2项")
}

// No heading stands in the last line of a table, over nothing.
func TestNoHeadingOverNothing(t *testing.T) {
	for h := 14; h < 40; h++ {
		d := newDesk(t, sample(40), Options{}, 100, h)
		d.keys("2", "g", "down", "enter")
		for range 30 {
			lines := strings.Split(d.screen(), "\n")
			for y, l := range lines[:len(lines)-3] {
				if strings.HasPrefix(l, "# ") && (strings.HasPrefix(lines[y+1], "─") ||
					strings.TrimSpace(lines[y+1]) == "") {
					t.Fatalf("%d lines: a heading over nothing:\n%s", h, d.screen())
				}
			}
			d.keys("down")
		}
	}
}

// Folded groups are counted too: only their rows are out of view.
func TestCountingByAColumnWhereGroupsAreFolded(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "g", "down", "enter", "Z", "right", "right", "#")
	d.sees("按“牵头单位”统计：5种", "5项 完成2 逾期2")
}

// A hidden column that always stays in view takes no other with it.
func TestHidingAPinnedColumnHidesNoOther(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "home", "left", "left", "left", "left", "x")
	d.sees("重点任务", "牵头单位")
	if head := strings.Split(d.screen(), "\n")[2]; strings.Contains(head, "序号") || strings.HasPrefix(head, "<") {
		t.Errorf("headings: %s", head)
	}
}

// A short list leaves its lines to the details.
func TestAShortListLeavesItsLinesToTheDetails(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2")
	d.sees("详情 1-7/")
	d.keys("/")
	d.typing("序号:3")
	d.keys("enter")
	d.sees("所在位置")
	d.whole()
}

func TestCountingByAColumn(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "right", "right", "#")
	d.sees("按“牵头单位”统计：5种", "党政办公室", "5项 完成2 逾期2", "沿江街道办事处", "4项")
	d.typing("沿江")
	d.keys("enter")
	if d.r.tasks.Found != 4 {
		t.Errorf("%d rows", d.r.tasks.Found)
	}
	d.sees("牵头单位=沿江街道办事处")
	d.keys("esc")
	if d.r.tasks.Found != 24 {
		t.Errorf("Esc leaves %d rows", d.r.tasks.Found)
	}
}

func TestARegisterIsArrangedLikeTheTasks(t *testing.T) {
	var left Remembered
	saved := map[string]View{}
	opt := Options{
		Recall:   func(context.Context, string) (Remembered, error) { return left, nil },
		Remember: func(_ context.Context, _ string, r Remembered) error { left = r; return nil },
		Views: Views{Saved: saved, Keep: func(_ context.Context, name string, v View) error {
			saved[name] = v
			return nil
		}},
	}
	d := newDesk(t, registered(12), opt, 120, 40)
	titles := func(d *desk) string { return strings.Join(strings.Fields(strings.Split(d.screen(), "\n")[4])[:4], " ") }
	d.keys("7")
	if got := titles(d); got != "受理号 申请内容 时限情况 期限" {
		t.Fatalf("at first: %s", got)
	}
	d.keys("right", "right", "x", ">")
	if got := titles(d); got != "受理号 申请内容 承办单位 期限" {
		t.Errorf("hidden and moved: %s", got)
	}
	d.keys("+", "+", "g", "down", "enter")
	d.sees("按承办单位", "# 党政办公室  1条 在办1 已超期1", "# 项目建设中心  2条 在办2 已超期0")
	d.keys("z")
	d.sees("> + 党政办公室  1条", "5/5条")
	d.whole()
	d.keys("E") // no row is under the cursor
	d.sees("没有选中登记簿的条目")
	d.keys("enter")
	d.sees("# 党政办公室  1条")
	d.keys("Z")
	d.sees("+ 项目建设中心  2条")
	d.keys("enter", "/")
	d.typing("项目建设")
	d.keys("enter")
	d.sees("2/5条")
	d.keys("V")
	d.typing("保存")
	d.keys("enter")
	d.typing("项目申请")
	d.keys("enter")
	if v := saved["项目申请"]; v.Register != "requests" || v.Group != "unit" || v.Filter != "项目建设" || len(v.Columns) == 0 {
		t.Errorf("kept: %+v", v)
	}
	// The next register stands as it did.
	d.keys("]")
	d.sees("3/3条")
	d.seesNot("按承办单位")
	d.keys("q")

	left.Known = []string{"r"}
	again := newDesk(t, registered(12), opt, 120, 40)
	again.keys("7")
	again.sees("按承办单位", "# 项目建设中心  2条", "2/5条")
	if got := titles(again); got != "受理号 申请内容 承办单位 期限" {
		t.Errorf("the next day: %s", got)
	}
	again.keys("C", "end", "enter", "esc")
	if got := titles(again); got != "受理号 申请内容 时限情况 期限" {
		t.Errorf("reset: %s", got)
	}
	again.keys("2", "V")
	again.typing("项目申请")
	again.keys("enter")
	again.sees("[7 登记]")
	if got := titles(again); got != "受理号 申请内容 承办单位 期限" {
		t.Errorf("by the view: %s", got)
	}
}

func TestARegisterIsCountedByAColumn(t *testing.T) {
	d := newDesk(t, registered(12), Options{}, 120, 40)
	d.keys("7")
	for _, c := range []struct {
		column, value string
		figures, says string
		found         int
	}{
		{"clock.state", "按期办结", "1条 在办0 已超期0", "时限情况=按期办结", 1},
		{"clock.due", "2022-09-22", "1条 在办1 已超期0", "期限=2022-09-22", 1},
		{"unit", "项目建设", "2条 在办2 已超期0", "承办单位=项目建设中心", 2},
		{"received", "2022-09-05", "1条 在办1 已超期0", "收到日期:2022-09-05", 1},
		{"owner", "未填", "1条 在办1 已超期0", "空:承办人", 1},
	} {
		for range 20 {
			d.keys("left")
		}
		for d.r.table().Column() != c.column {
			d.keys("right")
		}
		d.keys("#")
		d.typing(c.value)
		d.sees(c.figures)
		d.keys("enter")
		d.sees(c.says)
		if got := d.r.table().Found; got != c.found {
			t.Errorf("%s %s: %d rows, the figure was %d", c.column, c.value, got, c.found)
		}
		d.keys("esc")
	}
}

// What is marked on a screen where tasks and registers stand together is of one table.
func TestRowsOfRegistersAreMarkedAmongTheTasks(t *testing.T) {
	d := newDesk(t, registered(12), Options{}, 120, 40)
	for _, screen := range []string{"4", "3"} {
		d.keys(screen, "home")
		for range 30 { // to the first row of the register of requests
			if e := d.r.entryHere(); e != nil && e.Kind == "requests" {
				break
			}
			d.keys("down")
		}
		at := d.r.entryHere()
		if at == nil || at.Kind != "requests" {
			t.Fatalf("screen %s lists no request:\n%s", screen, d.screen())
		}
		d.keys("space")
		if got := d.r.current().Target().IDs(); len(got) != 1 || got[0] != at.ID {
			t.Errorf("screen %s: %s is marked, actions apply to %v", screen, at.ID, got)
		}
		d.whole()
		for d.r.entryHere() != nil && d.r.entryHere().Kind == "requests" {
			d.keys("down")
		}
		d.keys("space")
		d.sees("不属于同一张表")
		d.keys("esc")
		for d.r.entryHere() == nil || d.r.entryHere().Kind != "requests" {
			d.keys("up")
		}
		d.keys("ctrl+a")
		target := d.r.current().Target()
		if len(target.Tasks) > 0 || len(target.Entries) == 0 {
			t.Errorf("screen %s: Ctrl+A on a request marks %v", screen, target.IDs())
		}
		for _, e := range target.Entries {
			if e.Kind != "requests" {
				t.Errorf("screen %s: Ctrl+A on a request marks %s", screen, e.ID)
			}
		}
		d.keys("esc")
	}
}
