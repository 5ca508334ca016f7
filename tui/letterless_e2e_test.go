//go:build e2e

package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/tui/tmux"
)

// coordinator works without a letter key: what a Chinese input method leaves are
// arrows, Enter, Esc, Tab, function keys, Backspace, and the text it puts in.
type coordinator struct {
	*tmux.Terminal
	t *testing.T
}

// to moves down a list until the cursor stands on a line that begins with label.
func (c *coordinator) to(label string) {
	c.t.Helper()
	for range 150 {
		for _, l := range strings.Split(c.Screen(), "\n") {
			if _, rest, ok := strings.Cut(l, "│ > "); ok && strings.HasPrefix(rest, label) {
				return
			}
		}
		c.Keys("Down")
		time.Sleep(30 * time.Millisecond)
	}
	c.t.Fatalf("%q cannot be reached with the arrows:\n%s", label, c.Screen())
}

// does runs an action from the palette.
func (c *coordinator) does(action string) {
	c.t.Helper()
	c.Keys("F9")
	c.Shows("输入文字 缩小范围")
	c.to(action)
	c.Keys("Enter")
	c.Hides("输入文字 缩小范围")
}

// Field opens the editor of a field of the task under the cursor.
func (c *coordinator) Field(name string) {
	c.t.Helper()
	c.Keys("Enter")
	c.Shows("Enter 选定")
	c.to(name + " ")
	c.Keys("Enter")
}

// rubs deletes n characters before the cursor.
func (c *coordinator) rubs(n int) {
	for range n {
		c.Keys("BSpace")
	}
}

// saved waits for what a change says, and closes the menu behind it.
func (c *coordinator) saved(says string) {
	c.t.Helper()
	c.Shows(says)
	c.Keys("Escape")
	c.Hides("Enter 选定")
}

func TestAWholeSessionWithoutALetterKey(t *testing.T) {
	c := &coordinator{tmux.Open(t, 100, 32), t}
	dir := filepath.Join(c.Dir, "demo")
	c.Tmux("set", "-s", "set-clipboard", "on") // OSC 52 becomes a paste buffer
	c.Run("taizhang demo --dir demo; echo THE END")
	c.Shows("各牵头单位")
	// The screens, with Tab and back.
	for _, s := range []string{"[2 任务]", "[3 单位]", "[4 逾期]", "[5 年度]", "[6 同步]", "[7 登记]", "[1 总览]"} {
		c.Keys("Tab")
		c.Shows(s)
	}
	path, _ := book(t, dir)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	// Filter, sort, group.
	c.Keys("F2", "F7")
	c.Type("疫情")
	c.Shows("1/22项")
	c.Keys("Escape")
	c.Shows("22/22项")
	c.Keys("Right", "F11")
	c.Shows("升序", "重点任务 ^")
	c.Keys("F11")
	c.Shows("降序", "重点任务 v")
	c.Keys("F11")
	c.Shows("恢复工作簿里的顺序")
	c.Keys("F12")
	c.to("按牵头单位")
	c.Keys("Enter")
	c.Shows("# 党政办公室")
	c.Keys("F12")
	c.Shows("不分组")
	c.Keys("Home", "Enter")
	c.Hides("# 党政办公室")

	// Mark two, change them together.
	c.Keys("Home")
	c.does("标记或取消标记")
	c.does("标记或取消标记")
	c.Shows("已标记2项")
	c.Field("完成状态")
	c.to("已完成")
	c.Keys("Enter")
	c.saved("已保存：2项任务，完成状态改为“已完成”")

	// Every kind of field of one task, with the editor's buttons and without.
	c.Keys("Home")
	c.Field("责任人")
	c.Shows("Enter 保存")
	c.rubs(2)
	c.Type("欧阳建国")
	c.Keys("Enter")
	c.saved("责任人改为“欧阳建国”")
	c.Field("存在问题")
	c.Shows("F10 保存")
	c.Type("缺人手；")
	c.Keys("Enter")
	c.Type("缺经费。")
	c.Keys("Tab", "Enter")
	c.saved("存在问题改为“缺人手")
	c.Field("完成时限")
	c.rubs(8)
	c.Type("6月底")
	c.Keys("F10")
	c.saved("完成时限改为“6月底”")
	c.Field("牵头单位")
	c.to("财政局")
	c.Keys("Enter")
	c.Shows("与其他行合并") // refused, with the reason; the others cannot be meant
	c.Keys("Escape", "Escape")
	c.Hides("Enter 选定")
	c.Keys("Down", "Down", "Down", "Down", "Down", "Down", "Down")
	c.Field("牵头单位")
	c.to("环保分局")
	c.Keys("Enter")
	c.saved("8 财政资金和减税降费信息，牵头单位改为“环保分局”")

	// A new task; an event, of a kind chosen first.
	c.does("新增任务")
	c.Shows("带 * 的必填")
	c.Type("公开信箱答复")
	c.Keys("Down", "Enter")
	c.to("环保分局")
	c.Keys("Enter", "F10")
	c.Shows("已新增任务：公开信箱答复")
	c.Keys("F5")
	c.does("登记活动")
	c.to("政府开放日")
	c.Keys("Enter")
	c.Shows("带 * 的必填")
	c.Keys("Enter")
	c.to("党政办公室")
	c.Keys("Enter", "Down")
	c.Type("走进大厅")
	c.Keys("Down", "Down", "Down")
	c.Type("答疑")
	c.Keys("F10")
	c.Shows("已登记活动：走进大厅", "1/1 已达标")

	// Somebody saves a copy of before over it, with another name in it.
	stale := filepath.Join(t.TempDir(), "stale.xlsx")
	if err := os.WriteFile(stale, before, 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(stale)
	if err != nil {
		t.Fatal(err)
	}
	owner, err := f.SearchSheet("任务台账", "张三")
	if err != nil || len(owner) == 0 {
		t.Fatal(owner, err)
	}
	for _, err := range []error{f.SetCellStr("任务台账", owner[0], "赵敏"), f.Save(), f.Close(), os.Rename(stale, path)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	c.Keys("F6")
	c.Shows("待处理冲突")
	for i := 0; strings.Contains(c.Screen(), "待处理冲突"); i++ {
		if i == 20 {
			t.Fatalf("the conflicts cannot be settled:\n%s", c.Screen())
		}
		c.Keys("Home", "Enter")
		screen := c.Shows("台账现值", "采用对方的值")
		if strings.Contains(screen, "赵敏") {
			c.Keys("Right") // theirs
		}
		c.Keys("Enter")
		c.Shows("冲突已处理")
		c.Hides("台账现值")
		time.Sleep(300 * time.Millisecond)
	}

	// Undo, copy, read, quit.
	c.Keys("F2", "Home")
	c.does("复制整行")
	c.Shows("请终端复制")
	if got := c.Tmux("show-buffer"); !strings.Contains(got, "信息公开制度和年度报告") || !strings.Contains(got, "赵敏") {
		t.Errorf("on the clipboard: %q", got)
	}
	c.Field("责任人")
	c.rubs(2)
	c.Type("错了")
	c.Keys("Enter")
	c.saved("责任人改为“错了”")
	c.does("撤销我的上一次修改")
	c.Shows("已撤销", "→ 赵敏")
	c.does("阅读全文")
	c.Shows("缺人手；", "缺经费。", "欧阳建国")
	c.Keys("Escape")
	c.does("退出")
	c.Shows("\nTHE END")

	_, cells := book(t, dir)
	for _, want := range []string{"赵敏", "缺人手；\n缺经费。", "6月底", "公开信箱答复", "走进大厅", "答疑"} {
		if !holds(cells, want) {
			t.Errorf("the workbook does not hold %q", want)
		}
	}
	if holds(cells, "错了") {
		t.Error("what was undone stands in the workbook")
	}
}

// The mouse, as terminals report it (SGR, xterm's mode 1006).
func TestTheMouseInARealTerminal(t *testing.T) {
	m := tmux.Open(t, 100, 30)
	m.Run("taizhang demo --dir demo; echo THE END")
	m.Shows("各牵头单位")
	report := func(button, x, y int) {
		m.Type(fmt.Sprintf("\x1b[<%d;%d;%dM\x1b[<%d;%d;%dm", button, x, y, button, x, y))
	}
	wheel := func(button, x, y int) { m.Type(fmt.Sprintf("\x1b[<%d;%d;%dM", button, x, y)) } // is never let go
	click := func(x, y int) { report(0, x, y); time.Sleep(600 * time.Millisecond) }          // one, not half of two
	twice := func(x, y int) { report(0, x, y); report(0, x, y) }
	click(12, 1)
	m.Shows("[2 任务]", "1/22")
	click(20, 6) // the third task
	m.Shows("3/22")
	wheel(65, 20, 8)
	m.Shows("4/22") // taken along by the view
	wheel(64, 20, 8)
	click(12, 3) // a heading
	m.Shows("升序", "重点任务 ^")
	click(12, 3)
	m.Shows("降序")
	click(12, 3)
	m.Hides("重点任务 v")
	twice(20, 5)
	m.Shows("Enter 选定", "完成状态")
	m.Keys("Escape")
	m.Hides("Enter 选定")
	click(5, 2) // the filter
	m.Type("疫情")
	m.Shows("1/22项")
	m.Keys("Escape")
	click(5, 1)
	m.Shows("[1 总览]")
	twice(10, 10)
	m.Shows("[3 单位]")
	m.Keys("F9")
	m.Shows("输入文字 缩小范围")
	wheel(65, 40, 12)
	m.Shows("> 修改完成时限")
	wheel(64, 40, 12)
	m.Shows("> 办理")
	m.Keys("Escape", "q")
	m.Shows("\nTHE END")
}
