package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

func TestStatusIsChosenFromTheLedgersOwnWords(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "down", "enter")
	d.sees("完成状态", "推进中", "进展情况")
	d.keys("enter")
	d.sees("未启动", "长期坚持")
	d.keys("down", "enter") // from 推进中 to 已完成
	if len(d.f.edits) != 1 || d.f.edits[0] != (syncer.Edit{Task: "t1", Field: "status", Value: "已完成",
		Seen: syncer.Saw("推进中")}) {
		t.Fatalf("edits: %+v", d.f.edits)
	}
	d.sees("已保存", "完成状态改为“已完成”")
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
	if len(d.r.tasks.Marks) != 0 {
		t.Error("the marks stay after the change")
	}
}

func TestAFailedChangeKeepsWhatWasTyped(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.f.err = &msg.Error{Class: syncer.ErrFormula, Text: msg.New("tui.why.no_column", "Field", "进展情况"),
		Hint: msg.New("tui.tasks.no_match_hint")}
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
		for i := range 6 {
			d.keys(fmt.Sprint(i + 1))
			d.sees("read-only]")
			d.whole()
		}
	}
}

func TestAKeyOfAnotherScreenSaysWhere(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("6", "s")
	d.sees("“修改完成状态”不在本屏，请到“任务”屏（按 2）")
	d.keys("6", "F") // which F7, the filter, does not lead to
	d.sees("请到“登记”屏（按 7）")
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
	if here := d.r.tasks.Here(); here == nil || here.Title != "公开信箱答复" || here.Lead != "财政分局" {
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

func TestCopyPutsPlainTextOnTheClipboard(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.keys("2", "y")
	if len(d.other) == 0 || !strings.Contains(fmt.Sprint(d.other), "党政办公室\t财政分局\t王芳") {
		t.Errorf("clipboard: %q", d.other)
	}
	d.sees("请粘贴核对") // a terminal does not say whether it copied
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
	d.sees("冲突已处理")
}

func TestUndoSaysWhatItUndid(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("4", "ctrl+z")
	d.sees("已撤销：任务3“政务开放日筹备”的完成状态：已完成 → 未启动")
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

func TestEscDropsWhatWasTypedOnlyWhenPressedTwice(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	for _, open := range []string{"p", "o", "insert"} {
		d.keys("2", open)
		d.keys("esc") // nothing was typed: nothing is asked
		if len(d.r.dialogs) != 0 {
			t.Fatalf("%s: a dialog is open", open)
		}
		d.keys(open)
		d.typing("甲")
		d.keys("esc")
		d.sees("还没有保存", "甲")
		d.typing("乙")
		d.seesNot("还没有保存")
		d.keys("esc")
		d.sees("甲乙", "还没有保存")
		d.keys("esc")
		if len(d.r.dialogs) != 0 {
			t.Errorf("%s: a dialog is open", open)
		}
	}
	if len(d.f.edits) != 0 {
		t.Errorf("edits: %v", d.f.edits)
	}
}

func TestThePaletteStepsToUnitsFromAnywhere(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "f9")
	d.typing("下一个单位")
	d.keys("enter")
	d.sees("[3 单位]", "< 财政分局 >")
}

func TestReadOnlySaysWhyNoEventIsRecorded(t *testing.T) {
	d := newDesk(t, sample(12), Options{ReadOnly: true}, 80, 24)
	d.keys("5", "down", "enter")
	d.sees("只读方式打开")
	if len(d.r.dialogs) != 0 {
		t.Error("a form is open that could not be saved")
	}
}

func TestTheYearScreenTellsOfUnitsOutOfSight(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 40)
	d.keys("5")
	d.seesNot("行，共")
	all := len(d.f.snap.Ledger.Directory.Units()) + 1
	d = newDesk(t, sample(12), Options{}, 80, 10)
	d.keys("5")
	d.sees(fmt.Sprintf("（已办/应办） 第1-2行，共%d行", all))
	d.keys("down", "down")
	d.sees(fmt.Sprintf("（已办/应办） 第2-3行，共%d行", all))
}

func TestEscapeInAListSaysWhatItDoes(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	d.keys("f9")
	d.sees("Esc 关闭")
	d.typing("催")
	d.sees("Esc 清空")
	d.seesNot("Esc 关闭")
	d.keys("esc")
	d.sees("Esc 关闭")
}

// A value that waits in a conflict is not the ledger's, nor are all changes in
// the workbook while it may hold that value.
func TestADisputedChangeReadsAsOne(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 120, 40)
	busy(d)
	s := *d.f.snap
	s.Seq++
	s.Waiting = nil
	s.Latest = []syncer.Entry{{Revision: "r3", Changes: []syncer.Change{
		{Kind: "tasks", Task: "t4", Number: "5", Title: "年度报告编制", Field: "progress", To: "正在收集材料"},
		{Kind: "tasks", Task: "t1", Number: "2", Title: "政策解读材料同步发布", Field: "progress", To: "已发布"},
	}}}
	d.f.snap = &s
	d.do(d.r.took(d.f.snap))
	d.sees("年度报告编制（沿江街道办事")
	d.keys("6")
	d.sees("除待处理冲突外", "正在收集材料（冲突，待处理）")
	d.seesNot("所有修改都已写入工作簿")
	d.keys("end", "enter")
	d.sees("已发布（原为空）")
}
