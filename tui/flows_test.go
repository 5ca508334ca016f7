package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

func TestStatusIsChosenFromTheLedgersOwnWords(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "down", "enter")
	d.sees("完成状态", "推进中", "进展情况")
	d.keys("enter")
	d.sees("未启动", "长期坚持")
	d.keys("down", "enter") // from 推进中 to 已完成
	if len(d.f.edits) != 1 || d.f.edits[0] != (syncer.Edit{Task: "t1", Field: "status", Value: "已完成"}) {
		t.Fatalf("edits: %+v", d.f.edits)
	}
	d.sees("已保存", "完成状态改为已完成")
	if len(d.r.dialogs) != 1 {
		t.Errorf("%d dialogs are open, want the task's menu", len(d.r.dialogs))
	}
	d.whole()
}

func TestChineseTextIsTypedWithTheCursorBehindIt(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "p")
	d.keys("ctrl+u")
	d.typing("已完成")
	v := d.r.View()
	if v.Cursor == nil {
		t.Fatal("no cursor in text entry")
	}
	lines := strings.Split(d.screen(), "\n")
	before := left(lines[v.Cursor.Y], v.Cursor.X)
	if !strings.HasSuffix(before, " 已完成") {
		t.Errorf("the cursor stands after %q", before)
	}
	d.keys("left", "left")
	if v2 := d.r.View(); v2.Cursor.X != v.Cursor.X-4 || v2.Cursor.Y != v.Cursor.Y {
		t.Errorf("two characters back: %v, was %v", v2.Cursor.Position, v.Cursor.Position)
	}
	d.keys("f10")
	if len(d.f.edits) != 1 || d.f.edits[0].Value != "已完成" {
		t.Fatalf("edits: %+v", d.f.edits)
	}
	if d.r.View().Cursor != nil {
		t.Error("the cursor is shown where nothing is typed")
	}
}

// left is what stands in the first w cells of a line.
func left(line string, w int) string {
	for i, r := range line {
		if w <= 0 {
			return line[:i]
		}
		w -= runewidth.RuneWidth(r)
	}
	return line
}

func TestTheCursorStaysInTheEditorWhenItScrolls(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "p", "ctrl+u")
	for i := range 40 {
		d.typing(fmt.Sprint("第", i, "行"))
		d.keys("enter")
	}
	d.typing("末")
	v := d.r.View()
	lines := strings.Split(d.screen(), "\n")
	if before := left(lines[v.Cursor.Y], v.Cursor.X); !strings.HasSuffix(before, "│ 末") {
		t.Errorf("the cursor stands after %q", before)
	}
	d.whole()
}

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
		"", "目录", "目录 王芳", "unit:财政", "状态:已完成", "status:done", "overdue 财政分局", "逾期", "牵头:党政办公室 逾期", "没有的字", "配合:财政", "冲突", "序号:3", "时限:2022-03", "状态：逾期", "将到期",
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
			if d.r.tasks.found != want {
				t.Errorf("%d tasks are found, %d fit", d.r.tasks.found, want)
			}
			for range typed {
				d.keys("backspace")
			}
			if d.r.tasks.found != 24 {
				t.Errorf("after deleting the filter %d tasks are shown", d.r.tasks.found)
			}
		})
	}
}

// meetsByHand says without the index whether a task fits the filters above.
func meetsByHand(t *ledger.Task, q string) bool {
	all := strings.Join(append([]string{t.Title, t.Lead, t.Owner, t.Status.Text, t.Requirement, t.Progress}, t.Support...), " ")
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

func TestMarkedTasksChangeTogether(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "space", "space", "down", "space")
	d.sees("已标记3项")
	d.keys("s", "end", "enter")
	var ids []string
	for _, e := range d.f.edits {
		ids = append(ids, e.Task+"="+e.Value)
	}
	if got := strings.Join(ids, " "); got != "t0=长期坚持 t1=长期坚持 t3=长期坚持" {
		t.Errorf("edits: %s", got)
	}
	if len(d.r.tasks.marks) != 0 {
		t.Error("the marks stay after the change")
	}
}

func TestAFailedChangeKeepsWhatWasTyped(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.f.err = &msg.Error{Class: syncer.ErrFormula, Text: msg.New("tui.why.no_column", "Field", "进展情况"), Hint: msg.New("tui.tasks.no_match_hint")}
	d.keys("2", "p", "ctrl+u")
	d.typing("新的进展")
	d.keys("f10")
	d.sees("工作簿里没有“进展情况”这一列", "按 Esc 取消筛选", "新的进展")
	d.f.err = nil
	d.keys("f10")
	if len(d.f.edits) != 1 || d.f.edits[0].Value != "新的进展" {
		t.Errorf("edits: %+v", d.f.edits)
	}
}

func TestReadOnlySaysWhy(t *testing.T) {
	d := newDesk(t, sample(12), Options{ReadOnly: true}, 80, 24)
	d.keys("2", "s")
	d.sees("只读方式打开", "[只读]")
	d.keys("f9")
	d.typing("完成状态")
	d.sees("只读方式打开")
	d.keys("enter")
	if len(d.f.edits) != 0 || len(d.r.dialogs) != 1 {
		t.Error("the palette ran an action that is not available")
	}
}

func TestReadOnlyIsAlwaysSaid(t *testing.T) {
	for _, w := range []int{40, 80, 200} {
		d := newDesk(t, sample(12), Options{ReadOnly: true, Lang: msg.EN}, w, 24)
		busy(d)
		for i := range screens {
			d.keys(fmt.Sprint(i + 1))
			d.sees("read-only]")
			d.whole()
		}
	}
}

func TestAKeyOfAnotherScreenSaysWhere(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("6", "s")
	d.sees("“修改完成状态”不在本屏，请到“任务”屏（F2）")
	d.keys("down", "k", "esc")
	if len(d.r.dialogs) != 0 {
		t.Error("a dialog is open")
	}
}

func TestATaskIsAddedAndUnderTheCursor(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "insert", "f10")
	d.sees("请填写“重点任务”")
	d.typing("公开信箱答复")
	d.keys("enter")
	d.typing("财政分局")
	d.keys("f10")
	if here := d.r.tasks.here(); here == nil || here.Title != "公开信箱答复" || here.Lead != "财政分局" {
		t.Errorf("under the cursor: %+v", here)
	}
	d.sees("已新增任务：公开信箱答复", "13/13")
}

func TestAnEventIsRecordedFromTheYearScreen(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("5", "down", "enter")
	d.sees("登记：", "2022-09-20")
	d.keys("down", "down")
	d.typing("条例专题")
	d.keys("f10")
	if len(d.f.recorded) != 1 {
		t.Fatalf("recorded: %v\n%s", d.f.recorded, d.screen())
	}
	d.sees("条例专题")
}

func TestSortingFollowsTheHeaderClickedOn(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 120, 40)
	d.keys("2")
	head := strings.Split(d.screen(), "\n")[2]
	x := d.r.ui.Width(head[:strings.Index(head, "完成时限")])
	d.click(x+1, 2)
	d.sees("完成时限 ^")
	if got := d.r.tasks.ordered.Task(d.r.tasks.lines[0]).Deadline.Text; got != "2022-01-28" {
		t.Errorf("first is %s", got)
	}
	d.click(x+1, 2)
	if got := d.r.tasks.ordered.Task(d.r.tasks.lines[0]).Deadline.Text; got != "2022-12-28" {
		t.Errorf("the other way, first is %s", got)
	}
}

func TestGroupsStandUnderHeadings(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 80, 24)
	d.keys("2", "f12", "down", "enter")
	d.sees("# 党政办公室", "按牵头单位")
	if i := d.r.tasks.grid.Cursor(d.r.tasks); i != 1 {
		t.Errorf("the cursor is on line %d", i)
	}
	d.sees(" 1/24")
	d.keys("end")
	d.sees("24/24")
	d.whole()
}

func TestMouse(t *testing.T) {
	d := newDesk(t, sample(60), Options{}, 80, 24)
	d.click(12, 0)
	if d.r.screen != onTasks {
		t.Fatalf("a click on the tab led to screen %d", d.r.screen+1)
	}
	d.click(20, 6)
	if here := d.r.tasks.here(); here.ID != "t3" {
		t.Errorf("the click met %s", here.ID)
	}
	d.click(20, 6)
	d.sees("依申请公开办理规范 ─", "Enter 选定")
	d.keys("esc")
	for range 20 {
		d.send(tea.MouseWheelMsg{X: 10, Y: 6, Button: tea.MouseWheelDown})
	}
	d.sees("60 依申请") // not reached unless the wheel scrolls
	d.whole()
}

func TestCopyPutsPlainTextOnTheClipboard(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.keys("2", "y")
	if len(d.other) == 0 || !strings.Contains(fmt.Sprint(d.other), "党政办公室\t财政分局\t王芳") {
		t.Errorf("clipboard: %q", d.other)
	}
	d.sees("已复制1行")
}

func TestQuittingSaysWhatWaits(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	busy(d)
	d.keys("q")
	d.sees("1处修改没有写入工作簿", "张三", "已记入台账历史")
	d.keys("enter")
	if d.quit {
		t.Fatal("it quit though the person stays")
	}
	d.keys("q", "down", "enter")
	if !d.quit {
		t.Error("it did not quit")
	}
}

func TestAConflictIsSettled(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	busy(d)
	d.keys("6", "enter")
	d.sees("台账现值", "初稿已完成", "采用对方的值", "正在收集材料", "双方修改前", "李强", "财政分局")
	d.whole()
	d.keys("right", "enter")
	if len(d.f.resolved) != 1 || d.f.resolved[0] != "c1 theirs" {
		t.Errorf("resolved: %v", d.f.resolved)
	}
	d.sees("冲突已裁定")
}

func TestUndoSaysWhatItUndid(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("4", "ctrl+z")
	d.sees("已撤销", "3", "完成状态：未启动")
}

func TestAnEncryptedLedgerAsksForItsPassword(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.r.phase = loading
	d.send(openedMsg{err: &msg.Error{Class: ooxml.ErrEncrypted, Text: msg.New("tui.password.title")}})
	d.sees("请输入密码")
	d.typing("secret1")
	d.sees("*******")
	d.seesNot("secret1")
	d.whole()
}

func TestALedgerThatCannotBeOpenedSaysWhyAndWhatToDo(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.send(openedMsg{err: &msg.Error{Class: ooxml.ErrDamaged, Text: msg.New("tui.why.no_rules"), Hint: msg.New("tui.year.no_rules_hint"), Err: errors.New("x")}})
	d.sees("台账没能打开", "怎么办")
	d.whole()
	d.keys("q")
	if !d.quit {
		t.Error("q does not quit")
	}
}

func TestLongTextIsPasted(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.keys("2", "p", "ctrl+u")
	long := strings.Repeat("逐项核对，", 1000) + "完"
	d.send(tea.PasteMsg{Content: long})
	d.whole()
	d.keys("f10")
	if len(d.f.edits) != 1 || d.f.edits[0].Value != long {
		t.Error("the pasted text did not arrive whole")
	}
}

func TestNoActionNeedsALetterKey(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 40)
	d.keys("f9")
	for _, a := range d.r.actions {
		plain := false
		for _, k := range a.keys {
			plain = plain || len(k) > 1 && !strings.HasPrefix(k, "ctrl+")
		}
		if !plain && a.quiet {
			t.Errorf("%s has no key but letters and is not in the palette", a.id)
		}
	}
	d.typing("复制整行")
	d.keys("enter")
	d.sees("没有选中任务") // the overview has no task to copy: it says so
}

// While the backend hangs, say on a share that is away, the interface lives and
// says what it waits for.
func TestAHangingBackendLeavesTheScreenAlive(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2")
	d.r.Update(press("ctrl+r")) // its command never comes back
	d.seesNot("正在同步")
	d.clock = d.clock.Add(3 * time.Second)
	d.sees("正在同步", "3秒")
	d.keys("down", "down")
	if here := d.r.tasks.here(); here.ID != "t2" {
		t.Errorf("the cursor is on %s", here.ID)
	}
	d.keys("q")
	d.sees("正在保存，请稍候")
	d.keys("esc")
	d.f.mute = 31 * time.Second // of a share that has gone away
	d.r.felt()
	d.sees("没有响应，已等31秒")
	d.whole()
	d.f.mute = time.Second
	d.r.felt()
	d.seesNot("没有响应")
}

// What a dialog shows while it waits, and that keys do not decide twice.
func TestADialogThatWaitsTakesNoSecondAnswer(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "p")
	d.typing("改")
	_, first := d.r.Update(press("f10"))
	if _, second := d.r.Update(press("f10")); first == nil || second != nil {
		t.Error("the same text is saved twice")
	}
	d.sees("正在保存")
	d.do(first)
	d.sees("已保存")
	if len(d.f.edits) != 1 {
		t.Errorf("edits: %+v", d.f.edits)
	}
	d.keys("p")
	d.typing("又")
	_, again := d.r.Update(press("f10"))
	d.keys("esc", "down") // one need not wait for it
	d.seesNot("F10 保存")
	if here := d.r.tasks.here(); here.ID != "t1" {
		t.Errorf("the cursor is on %s", here.ID)
	}
	d.do(again)
	d.sees("已保存")
}

// A newer snapshot that arrives while an older one is prepared is not lost.
func TestSnapshotsThatArriveQuicklyAreNotLost(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "down")
	var cmds []tea.Cmd
	for i := range 3 {
		d.f.publish(func(tasks, _ *table.Table) {
			tasks.Rows[1].Values = slices.Clone(tasks.Rows[1].Values)
			tasks.Rows[1].Values[2] = fmt.Sprint("第", i, "版")
		})
		_, cmd := d.r.Update(doneMsg{snap: d.f.snap})
		cmds = append(cmds, cmd)
	}
	for _, c := range cmds {
		d.do(c)
	}
	d.sees("第2版")
	if here := d.r.tasks.here(); here.ID != "t1" {
		t.Errorf("the cursor moved to %s", here.ID)
	}
}

func TestTheUnitScreenBeginsWithTheFirstUnit(t *testing.T) {
	tabs := tables(12)
	tabs[0].Rows[0].Values[4] = "" // a task without a lead unit
	d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, 80, 24)
	first := d.f.snap.Ledger.ByUnit[0].Unit
	d.keys("3")
	d.sees("< " + d.r.ui.unit(first) + " >")
	for range len(d.r.ui.x.Units) - 1 {
		d.keys("right")
	}
	d.keys("right")
	d.sees("< " + d.r.ui.unit(first) + " >")
	d.keys("left")
	d.seesNot("< " + d.r.ui.unit(first) + " >")
}
