package tui

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

func TestQuittingSaysWhatWaits(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 80, 24)
	busy(d)
	d.keys("q")
	d.sees("1处修改没有写入工作簿", "张三", "已记入修改记录")
	d.keys("enter")
	if d.quit {
		t.Fatal("it quit though the person stays")
	}
	d.keys("q", "down", "enter")
	if !d.quit {
		t.Error("it did not quit")
	}
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
	d.send(openedMsg{err: &msg.Error{Class: ooxml.ErrDamaged, Text: msg.New("tui.why.no_rules"),
		Hint: msg.New("tui.year.no_rules_hint"), Err: errors.New("x")}})
	d.sees("台账无法打开", "处理办法")
	d.whole()
	d.keys("q")
	if !d.quit {
		t.Error("q does not quit")
	}
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
	if here := d.r.tasks.Here(); here.ID != "t2" {
		t.Errorf("the cursor is on %s", here.ID)
	}
	d.keys("q")
	d.sees("正在保存，请稍候")
	d.keys("esc")
	d.f.mute = 3 * time.Second // since the sync was asked for: nobody knows why it takes long
	d.r.feed.checkStall()
	d.seesNot("任务很多")
	d.f.mute, d.clock = 8*time.Second, d.clock.Add(5*time.Second)
	d.r.feed.checkStall()
	d.sees("正在同步 8秒：任务很多，或文件夹没有响应")
	d.f.mute = 31 * time.Second // of a share that has gone away
	d.r.feed.checkStall()
	d.sees("没有响应，已等31秒")
	d.whole()
	d.f.mute = time.Second
	d.r.feed.checkStall()
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
	if here := d.r.tasks.Here(); here.ID != "t1" {
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
	if here := d.r.tasks.Here(); here.ID != "t1" {
		t.Errorf("the cursor moved to %s", here.ID)
	}
}

func TestACopyUnderAnothersNameAndOneOfAnEarlierRoundAreTold(t *testing.T) {
	d := newDesk(t, sample(3), Options{}, 120, 40)
	n := *d.f.snap
	n.Seq++
	n.Inbox = []syncer.CopyReport{
		{File: "in/办公室.xlsx", Unit: "财政局", Named: "办公室"},
		{File: "in/人事科.xlsx", Unit: "人事科", Earlier: true},
		{File: "in/法规科.xlsx", Unit: "法规科"},
	}
	d.f.snap = &n
	d.do(d.r.took(d.f.snap))
	d.keys("6")
	d.sees("办公室.xlsx 已按“财政局”的副本合并", "人事科.xlsx 已合并，但这是较早一轮的副本")
	d.seesNot("法规科.xlsx 已")
	d.whole()
}
