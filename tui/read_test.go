package tui

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"taizhang/sheet/syncer"
)

// What is typed is read back while it is typed.
func TestWhatIsTypedIsReadBack(t *testing.T) {
	for _, c := range []struct{ keys, typed, want string }{
		{"d", "6月底", "即 2022-06-30，逾期82天"}, {"d", "10月底前", "即 2022-10-31，还有41天"}, {"d", "长期坚持", "没有具体日期"},
		{"d", "等通知", "无法识别为时限"},
		{"o", "  王芳 ", ""},
	} {
		d := newDesk(t, sample(12), Options{}, 80, 24)
		d.keys("2", "home", "down", c.keys, "ctrl+u")
		d.typing(c.typed)
		if c.want != "" {
			d.sees(c.want)
		}
		d.whole()
	}
	form := newDesk(t, sample(12), Options{}, 80, 24)
	form.keys("2", "a", "down", "down")
	form.typing("9月30日")
	form.sees("即 2022-09-30，还有10天")
	form.whole()
	event := newDesk(t, sample(12), Options{}, 80, 24)
	event.keys("5", "enter", "down", "ctrl+u")
	event.typing("2023-01-05")
	event.sees("不在2022年度内，不计入")
}

// The long editor takes the screen, counts, goes back and forth, and hands its text
// to an editor of the person's own.
func TestTheLongEditor(t *testing.T) {
	var given string
	fail := errors.New("no editor")
	opt := Options{Editor: func(text string) (*exec.Cmd, func() (string, error), error) {
		given = text
		return nil, nil, fail
	}}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		d := newDesk(t, sample(12), opt, size[0], size[1])
		d.keys("2", "home", "down", "p")
		d.whole()
		if top := strings.Split(d.screen(), "\n")[1]; d.r.ui.Width(strings.TrimSpace(top)) != size[0] {
			t.Errorf("%v: the editor does not take the screen: %q", size, top)
		}
		d.sees("15字  第2/2行")
		d.keys("ctrl+u")
		d.sees("8字  第2/2行")
		d.keys("ctrl+u")
		d.sees("7字  第1/1行")
		d.keys("ctrl+z", "ctrl+z")
		d.sees("15字")
		d.keys("ctrl+y")
		d.sees("8字")
		d.keys("ctrl+g")
		if given != "正在征求意见，\n" {
			t.Errorf("the editor was given %q", given)
		}
		d.sees("no editor")
		d.whole()
	}
}

// More than twenty rows at once are shown first, before and after.
func TestManyRowsAreShownBeforeTheyChange(t *testing.T) {
	d := newDesk(t, sample(60), Options{}, 80, 24)
	d.keys("2", "ctrl+a", "s", "home", "enter")
	d.sees("将修改60项任务的完成状态", "改前", "改后", "政策解读材料", "推进中", "修改60项", "其中15项原本就是该值")
	d.whole()
	d.keys("enter")
	if len(d.f.edits) != 0 {
		t.Fatal("changed without a yes")
	}
	d.sees("已标记的60项任务")
	d.keys("enter", "2")
	if len(d.f.edits) != 60 || len(d.r.dialogs) != 0 {
		t.Errorf("%d edits, %d dialogs open", len(d.f.edits), len(d.r.dialogs))
	}
	few := newDesk(t, sample(60), Options{}, 80, 24)
	few.keys("2", "home")
	for range 20 {
		few.keys("space")
	}
	few.keys("s", "home", "enter")
	if len(few.f.edits) != 20 {
		t.Errorf("%d edits", len(few.f.edits))
	}
}

// stepping is a backend whose undo and redo change many rows.
type stepping struct {
	*fake
	rows []string
}

func (s *stepping) report(from, to string) syncer.Report {
	var r syncer.Report
	for i, id := range s.rows {
		r.Changes = append(r.Changes, syncer.Change{Kind: "tasks", Task: id, Number: fmt.Sprint(i), Title: "甲",
			Field: "status", From: from, To: to})
	}
	return r
}

func TestUndoAndRedoSayWhatTheyDidAndMarksReturn(t *testing.T) {
	d := newDesk(t, sample(24), Options{}, 120, 40)
	d.keys("2", "home", "ctrl+z")
	d.sees("已撤销", "已完成 → 未启动")
	if got := d.r.tasks.Wanted; got != "" && got != "t2" {
		t.Errorf("the cursor is wanted on %s", got)
	}
	d.keys("ctrl+y")
	d.sees("已恢复", "未启动 → 已完成")
	cmd := d.r.back("", "tui.done.undone", "tui.done.nothing_undone",
		func(Backend, context.Context) (syncer.Report, error) {
			return (&stepping{d.f, []string{"t3", "t5", "t7"}}).report("已完成", "推进中"), nil
		})
	d.do(cmd)
	d.sees("3项任务的完成状态", "已标记3项")
	var marked []string
	for id := range d.r.tasks.Marks {
		marked = append(marked, id)
	}
	slices.Sort(marked)
	if !slices.Equal(marked, []string{"t3", "t5", "t7"}) {
		t.Errorf("marked %v", marked)
	}
}
