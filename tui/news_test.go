package tui

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
)

// saves are revisions of three people, the newest first.
func saves() []syncer.Entry {
	at := time.Date(2022, 9, 20, 5, 26, 0, 0, time.UTC)
	change := func(task, title, field, from, to string) syncer.Change {
		return syncer.Change{Kind: ledger.KindTasks, Task: task, Title: title, Field: field, From: from, To: to}
	}
	return []syncer.Entry{
		{Revision: "r4", Time: at, Author: "党政办公室", Source: syncer.SourceWorkbook, Changes: []syncer.Change{
			change("t1", "政策解读材料同步发布", "status", "未启动", "推进中"), change("t1", "政策解读材料同步发布", "progress", "", "正在征求意见"),
			change("t5", "重大项目信息公开", "remark", "", "已报"),
		}},
		{Revision: "r3", Time: at.Add(-time.Minute), Author: "李强", Source: syncer.SourceTerminal,
			Changes: []syncer.Change{change("t2", "政务开放日筹备", "status", "未启动", "推进中")}},
		{Revision: "r2", Time: at.Add(-time.Hour), Author: "财政分局", Source: syncer.SourceWorkbook,
			Changes: []syncer.Change{change("t6", "财政预决算公开", "remark", "", "已公开")}},
		{Revision: "r1", Time: at.Add(-2 * time.Hour), Author: "财政分局", Source: syncer.SourceWorkbook,
			Changes: []syncer.Change{change("t7", "环境监测信息发布", "remark", "", "旧事")}},
	}
}

// kept opens a dashboard of 李强 who has looked at some revisions.
func opened(t *testing.T, w, h int, known ...string) (d *desk, left *Remembered) {
	left = &Remembered{}
	opt := Options{
		Author: "李强", Bell: true,
		Recall:   func(context.Context, string) (Remembered, error) { return Remembered{Known: known}, nil },
		Remember: func(_ context.Context, _ string, r Remembered) error { *left = r; return nil },
	}
	f := newFake(sample(12))
	f.log = saves()
	f.snap.Latest = saves()
	f.snap.LedgerID = "ledger"
	return newDeskOn(t, f, opt, w, h), left
}

// What others changed since a person last looked is marked on rows and tabs, is a
// word of the filter, and stands in the history a line a save; their own work is no
// news to them.
func TestWhatIsNewSinceOneLastLooked(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		d, left := opened(t, size[0], size[1], "r2", "r1")
		d.sees("2 任务+2", "+05:26 党政办公室 改2项")
		d.keys("2")
		d.sees(" +   2 政策解读材料", " +   6 重大项目信息公开")
		d.keys("f7")
		d.typing("新变化")
		d.sees("2/12项")
		d.keys("enter", "esc", "w")
		d.sees("修改记录 1 条", "+09-20 05:26:00  党政办公室")
		d.keys("enter", "down", "down", "enter")
		d.sees("改前", "未启动", "改后  党政办公室  09-20 05:26", "推进中", "转到该任务")
		d.whole()
		d.keys("esc", "esc", "esc")

		// Another save while the dashboard is open rings, and counts.
		s := *d.f.snap
		s.Seq++
		s.Latest = append([]syncer.Entry{{Revision: "r5", Time: saves()[0].Time.Add(time.Minute), Author: "财政分局",
			Source: syncer.SourceWorkbook,
			Changes: []syncer.Change{{Kind: ledger.KindTasks, Task: "t8", Title: "主动公开目录更新", Field: "remark",
				To: "补充"}}}}, s.Latest...)
		d.other = nil
		d.f.snap = &s
		d.do(d.r.took(&s))
		if !slices.ContainsFunc(d.other, func(m tea.Msg) bool { r, ok := m.(tea.RawMsg); return ok && r.Msg == "\a" }) {
			t.Errorf("no bell: %v", d.other)
		}
		d.keys("1")
		d.sees("2 任务+3")
		d.keys("W")
		d.seesNot("任务+")
		d.sees("已全部标为看过")
		d.keys("q")
		if !d.quit || !slices.Equal(left.Known[:3], []string{"r5", "r4", "r3"}) {
			t.Errorf("quit %v, remembered %v", d.quit, left.Known)
		}
	}
}

func TestWhoOpensALedgerForTheFirstTimeHasMissedNothing(t *testing.T) {
	d, left := opened(t, 80, 24)
	d.seesNot("任务+")
	d.keys("w")
	d.sees("没有别人的新变化")
	d.keys("q")
	if len(left.Known) != 4 {
		t.Errorf("remembered %v", left.Known)
	}
}

// A save that reached the history late, with an older time, is new all the same.
func TestALateRevisionIsNews(t *testing.T) {
	d, _ := opened(t, 80, 24, "r4", "r3", "r1")
	d.keys("w")
	d.sees("修改记录 1 条", "财政预决算公开")
}

func TestTheBellIsNotRungForOnesOwnWork(t *testing.T) {
	d, _ := opened(t, 80, 24, "r4")
	s := *d.f.snap
	s.Seq++
	s.Latest = append([]syncer.Entry{{Revision: "r6", Author: "李强", Source: syncer.SourceTerminal,
		Changes: []syncer.Change{{Kind: ledger.KindTasks, Task: "t8", Field: "remark", To: "我"}}}}, s.Latest...)
	d.other = nil
	d.f.snap = &s
	d.do(d.r.took(&s))
	for _, m := range d.other {
		if r, ok := m.(tea.RawMsg); ok {
			t.Errorf("rung: %v", r)
		}
	}
	d.seesNot("任务+")
}

// What cannot be remembered keeps nobody from working.
func TestMemoryThatFails(t *testing.T) {
	f := newFake(sample(3))
	bad := errors.New("no room")
	d := newDeskOn(t, f, Options{
		Recall:   func(context.Context, string) (Remembered, error) { return Remembered{}, bad },
		Remember: func(context.Context, string, Remembered) error { return bad },
	}, 80, 24)
	d.keys("2", "q")
	if !d.quit {
		t.Error("the dashboard does not end")
	}
}
