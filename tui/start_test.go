package tui

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/tui/dialog"
	"taizhang/tui/text"
)

// newcomer is a desk of a person who has no ledger open.
func newcomer(t *testing.T, opt Options, w, h int) *desk {
	d := &desk{t: t, f: newFake(sample(12)), clock: time.Date(2022, 9, 20, 9, 0, 0, 0, time.Local)}
	d.r = newRoot(context.Background(), nil, opt, text.Apply(false), func() time.Time { return d.clock })
	t.Cleanup(d.r.stop)
	d.r.rest, d.r.jobs.tick = 0, true
	d.send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// open takes the message of an opened ledger, and leaves out what follows it.
func (d *desk) open(cmd tea.Cmd) {
	d.t.Helper()
	m, ok := d.find(cmd).(openedMsg)
	if !ok {
		d.t.Fatal("nothing was opened")
	}
	d.r.Update(m)
	if m.err == nil {
		d.do(d.r.prepare())
	}
}

func (d *desk) find(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	switch m := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range m {
			if got := d.find(c); got != nil {
				return got
			}
		}
	case openedMsg:
		return m
	}
	return nil
}

func TestSomeoneWithoutALedgerIsLed(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		var did []string
		note := func(s string) error { did = append(did, s); return nil }
		refuse := &msg.Error{Text: msg.New("tui.start.none")}
		opt := Options{Start: &Start{
			Books:  []string{"甲.xlsx", "乙\x1b[2J.xlsx"},
			Choose: func(_ context.Context, b string) error { note("choose " + b); return refuse },
			Sample: func(context.Context) error { return note("sample") },
			Create: func(_ context.Context, n string) error { note("create " + n); return refuse },
		}}
		var d *desk
		opt.Load = func(context.Context, string) (Backend, error) { did = append(did, "load"); return d.f, nil }
		d = newcomer(t, opt, size[0], size[1])
		d.r.phase = choosing
		d.r.openStart()
		d.whole()
		d.sees("打开哪份台账", "甲.xlsx", "看样例台账", "新建台账")
		d.keys("enter") // refused: the choice stays, with the reason
		d.sees("没有工作簿")
		d.keys("end", "up", "up", "enter")
		d.sees("不会被覆盖", "台账.xlsx")
		d.keys("ctrl+u")
		d.typing("新.xlsx")
		d.keys("enter", "esc")
		d.whole()
		d.keys("end", "up", "enter")
		d.typing(`"D:/台账.xlsx"`)
		d.keys("enter", "esc", "end", "up", "up", "up")
		_, cmd := d.r.Update(press("enter"))
		settled := cmd().(settledMsg)
		_, cmd = d.r.Update(settled)
		d.open(cmd)
		d.sees("各牵头单位")
		want := []string{"choose 甲.xlsx", "create 新.xlsx", "choose D:/台账.xlsx", "sample", "load"}
		if diff := cmp.Diff(want, did); diff != "" {
			t.Error(diff)
		}
	}
}

func TestColumnsThatAreNotKnownAreNamedOnTheScreen(t *testing.T) {
	var kept map[string][]string
	opt := Options{}
	noTable := &msg.Error{Class: syncer.ErrNoTable, Text: msg.New("tui.map.title")}
	opt.Load = func(context.Context, string) (Backend, error) { return nil, noTable }
	opt.Mapping = &Mapping{
		Guess: func(context.Context, string) ([]dialog.Guess, error) {
			return []dialog.Guess{
				{Sheet: "说明", Row: 1, Headings: []string{"目的", "依据"}, Means: []string{"", ""}},
				{Sheet: "督查", Row: 3, Headings: []string{"序", "办啥", "谁来办", "啥时候办完"},
					Means: []string{"number", "", "", ""}, Samples: [][]string{{"1"}, {"事项甲"}, {"财政局"}, nil}},
			}, nil
		},
		Keep: func(_ context.Context, h map[string][]string) error { kept = h; return errors.New("disk full") },
	}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		d := newcomer(t, opt, size[0], size[1])
		d.send(openedMsg{err: noTable})
		d.whole()
		d.sees("工作表“督查”第3行", "谁来办", "财政局", "记住并打开")
		d.keys("end", "up", "enter")
		d.sees("请先指明哪一列是任务名称")
		d.keys("home", "down", "enter", "down", "enter") // 办啥: 任务名称
		d.keys("end", "up", "enter")
		d.sees("至少要指明三列")
		d.keys("home", "down", "down", "enter")
		d.typing("牵头")
		d.keys("enter", "end", "up", "enter")
		if diff := cmp.Diff(map[string][]string{"title": {"办啥"}, "lead": {"谁来办"}}, kept); diff != "" {
			t.Error(diff)
		}
		d.sees("disk full")
		d.keys("esc", "f9", "end", "enter")
		d.sees("工作表“说明”第1行", "依据")
		d.whole()
	}
}

func TestDoubtfulColumnsOfAFoundTableAreAskedAbout(t *testing.T) {
	var kept map[string][]string
	loads := 0
	doubt := &msg.Error{Class: ErrDoubtful, Text: msg.New("cmd.doubtful_columns")}
	opt := Options{}
	opt.Load = func(context.Context, string) (Backend, error) { loads++; return nil, doubt }
	opt.Mapping = &Mapping{
		Guess: func(context.Context, string) ([]dialog.Guess, error) {
			return []dialog.Guess{{Sheet: "分解", Row: 3, Headings: []string{"内容", "目标", "其他单位", "备查"},
				Means:   []string{"title", "requirement", "support", "owner"},
				Samples: make([][]string, 4), Doubtful: []bool{false, false, true, true},
				Else: []string{"", "", "lead", ""}}}, nil
		},
		Keep: func(_ context.Context, h map[string][]string) error { kept = h; return errors.New("disk full") },
	}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		loads = 0
		d := newcomer(t, opt, size[0], size[1])
		d.send(openedMsg{err: doubt})
		d.whole()
		d.sees("有几列的含义拿不准", "配合单位？", "责任人？", "先这样打开")
		d.keys("down", "down", "enter") // the likely answers stand first
		d.sees("> 配合单位", "  牵头单位")
		d.keys("down", "enter", "down", "enter", "home", "enter") // 牵头单位; 备查 means nothing
		d.keys("end", "up", "enter")
		if diff := cmp.Diff(map[string][]string{"lead": {"其他单位"}, "other": {"备查"}}, kept); diff != "" {
			t.Error(diff)
		}
		d.keys("esc", "f9", "end", "enter")
		if loads == 0 {
			t.Error("it cannot be opened as it is")
		}
	}
}

func TestWhatIsMadeFromThePalette(t *testing.T) {
	opt := Options{
		Export: func(_ context.Context, progress func(int, int)) (string, error) {
			progress(1, 2)
			return "汇总.xlsx", nil
		},
		Split: func(_ context.Context, progress func(int, int)) (Copies, error) {
			progress(1, 2)
			return Copies{Folder: "/srv/share/分发-20220920", Units: []string{"甲", "乙"}, Waiting: 3,
				Refused: []error{&msg.Error{Text: msg.New("tui.why.no_units")}}}, nil
		},
		Remind: func(context.Context) (string, int, error) { return "提醒", 4, nil },
	}
	d := newDesk(t, sample(12), opt, 80, 24)
	d.keys("f9")
	d.typing("导出")
	d.keys("enter")
	d.sees("已导出汇总工作簿：汇总.xlsx")
	d.keys("f9")
	d.typing("各单位催办")
	d.keys("enter")
	d.sees("已为4个单位生成催办提醒，在文件夹 提醒")
	d.keys("f9")
	d.typing("拆分")
	d.keys("enter")
	d.sees("已给2个单位各拆一份台账，在文件夹 /srv/share/分发-20220920；有3个值还没写进工", "作簿，分表里没有；没有写明牵头")
	d.whole()
	for _, screen := range []string{"1", "3", "4"} {
		d.other = nil
		d.keys(screen, "c")
		d.sees("催办提醒：", "请先看一遍", "F2 存为文本文件")
		if len(d.other) != 0 {
			t.Error("copied before it was seen")
		}
		d.keys("f10")
		d.sees("请粘贴核对")
		if len(d.other) == 0 {
			t.Error("nothing on the clipboard")
		}
		d.keys("esc")
	}
	d = newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("f9")
	d.typing("导出")
	d.keys("enter")
	d.sees("此处不提供")
}
