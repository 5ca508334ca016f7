package tui

import (
	"strings"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
	"taizhang/sheet/table"
)

// office changes values while a dialog is open, by task: "t0 progress" → value. A
// task without a field is deleted.
func (d *desk) office(values map[string]string) {
	d.f.by, d.f.at = "财政分局", time.Date(2022, 9, 20, 8, 12, 0, 0, time.UTC)
	var changes []syncer.Change
	d.f.publish(func(tasks, _ *table.Table) {
		for at, v := range values {
			id, field, edited := strings.Cut(at, " ")
			for i := range tasks.Rows {
				if r := &tasks.Rows[i]; r.ID == id && edited {
					r.Values = append([]string(nil), r.Values...)
					r.Values[tasks.Index(field)] = v
					changes = append(changes, syncer.Change{Kind: ledger.KindTasks, Task: id, Field: field, To: v})
				} else if r.ID == id {
					tasks.Rows = append(append([]table.Row(nil), tasks.Rows[:i]...), tasks.Rows[i+1:]...)
					changes = append(changes, syncer.Change{Kind: ledger.KindTasks, Task: id, What: "deleted"})
					break
				}
			}
		}
	})
	d.f.snap.Latest = append([]syncer.Entry{{Revision: "r", Time: d.f.at, Author: d.f.by, Changes: changes}},
		d.f.snap.Latest...)
	d.do(d.r.took(d.f.snap))
	d.r.View()
}

// The line that says so shows what is other, not the beginning that is alike.
func TestTheLineOfAMovedValueShowsWhatMoved(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "home", "down", "p")
	d.office(map[string]string{"t1 progress": "正在征求意见，\n预计下月报区政府常务会议审议后印发各单位执行"})
	d.sees("现在是“..预计下月报区政府常务会..”")
	d.whole()
}

// A value that moves while its editor is open is said at once; saving asks, with
// all three values, and does what is chosen.
func TestAnEditorKnowsWhatItSaw(t *testing.T) {
	for _, c := range []struct {
		name  string
		keys  []string
		want  string // what the last edit sets, "" for no edit
		seen  string // what it says it saw
		keeps bool
	}{
		{"overwrite", []string{"1"}, "正在征求意见，\n预计下月完成。已报区政府", "已印发", false},
		{"combine and save", []string{"2", "f10"}, "已印发已报区政府", "已印发", false},
		{"keep both", []string{"3"}, "正在征求意见，\n预计下月完成。已报区政府", "正在征求意见，\n预计下月完成。", true},
		{"give up", []string{"4"}, "", "", false},
		{"back to the text, on, and overwrite", []string{"esc", "x", "f10", "enter"}, "正在征求意见，\n预计下月完成。已报区政府x", "已印发",
			false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, sample(12), Options{}, 80, 24)
			d.keys("2", "home", "down", "p")
			d.typing("已报区政府")
			d.seesNot("打开后")
			d.office(map[string]string{"t1 progress": "已印发"})
			d.sees("打开后已有变动：现在是“已印发”（财政分局，09-20 08:12）")
			d.whole()
			d.keys("f10")
			d.sees("打开时", "现在  财政分局  09-20 08:12", "您填的", "覆盖", "并入", "放弃", "已报区政府")
			d.whole()
			if len(d.f.edits) != 0 {
				t.Fatalf("saved before it was asked: %+v", d.f.edits)
			}
			d.keys(c.keys...)
			if c.want == "" {
				if len(d.f.edits) != 0 || len(d.r.dialogs) != 0 {
					t.Fatalf("edits %+v, %d dialogs open", d.f.edits, len(d.r.dialogs))
				}
				return
			}
			if len(d.f.edits) != 1 {
				t.Fatalf("%d edits\n%s", len(d.f.edits), d.screen())
			}
			e := d.f.edits[0]
			if e.Value != c.want || e.Seen != syncer.Saw(c.seen) || e.KeepBoth != c.keeps {
				t.Errorf("%+v, want %q over %q", e, c.want, c.seen)
			}
			if len(d.r.dialogs) != 0 {
				t.Errorf("%d dialogs are still open", len(d.r.dialogs))
			}
		})
	}
}

// A list of choices knows it too; two choices cannot be combined.
func TestAChoiceKnowsWhatItSaw(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "home", "down", "s", "end")
	d.office(map[string]string{"t1 status": "已完成"})
	d.sees("打开后已有变动：现在是“已完成”（财政分局")
	d.keys("enter")
	d.sees("打开时", "推进中", "现在", "已完成", "您填的", "长期坚持")
	d.keys("2")
	d.sees("只能选一个值")
	d.keys("1")
	if len(d.f.edits) != 1 || d.f.edits[0].Value != "长期坚持" || d.f.edits[0].Seen != syncer.Saw("已完成") {
		t.Errorf("%+v", d.f.edits)
	}
}

// Many tasks at once: those that moved are listed, and either all are overwritten
// or only the others changed.
func TestABulkEditKnowsWhatItSaw(t *testing.T) {
	for key, want := range map[string]int{"1": 4, "2": 2, "4": 0} {
		d := newDesk(t, sample(12), Options{}, 80, 24)
		d.keys("2", "home", "space", "space", "space", "space", "n")
		d.typing("已核对")
		d.office(map[string]string{"t1 remark": "请核", "t3 remark": "已报"})
		d.sees("打开后已有2项变动")
		d.keys("f10")
		d.sees("2 政策解读材料同步发布", "现在：请核（财政分局", "现在：已报", "全部覆盖（4项）", "只改没有变动的2项")
		d.whole()
		d.keys(key)
		if len(d.f.edits) != want {
			t.Errorf("%s: %d edits, want %d", key, len(d.f.edits), want)
		}
		for _, e := range d.f.edits {
			if want == 2 && (e.Task == "t1" || e.Task == "t3") {
				t.Errorf("%+v was to be left alone", e)
			}
		}
	}
}

// A row that was deleted under the editor: what was typed can only be kept.
func TestAnEditorOverARowThatIsGone(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("2", "home", "down", "n")
	d.typing("还在写")
	d.office(map[string]string{"t1": ""})
	d.sees("打开后这项任务已被删除（财政分局")
	d.keys("f10", "1")
	d.sees("不能写入")
	d.whole()
	d.keys("3")
	d.sees("都已保留")
	if len(d.f.edits) != 1 || !d.f.edits[0].KeepBoth {
		t.Errorf("%+v", d.f.edits)
	}
}

// A conflict that somebody else settles, or whose value moves, while it is shown.
func TestAConflictKnowsWhatItShowed(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	s := *d.f.snap
	s.Seq++
	s.Conflicts = []syncer.Conflict{{ID: "c1", Task: "t0", Number: "1", Field: "progress", Base: "甲", Mine: "乙",
		Theirs: "丙", MineBy: "李强", TheirsBy: "财政分局"}}
	d.f.snap = &s
	d.do(d.r.took(&s))
	d.keys("6", "enter")
	moved := s
	moved.Seq++
	moved.Conflicts = []syncer.Conflict{s.Conflicts[0]}
	moved.Conflicts[0].Mine, moved.Conflicts[0].MineBy = "丁", "王芳"
	d.f.snap = &moved
	d.do(d.r.took(&moved))
	d.sees("现在是“丁”（王芳")
	d.f.err = &msg.Error{Class: syncer.ErrMoved, Text: msg.New("tui.moved.some", "Count", 1),
		Err: &syncer.MovedError{Values: []syncer.Moved{
			{Task: "t0", Number: "1", Field: "progress", Seen: "乙", Now: "丁", Typed: "丙", By: "王芳"},
		}}}
	d.keys("2")
	d.sees("打开时", "现在  王芳", "您填的", "覆盖")
	d.f.err = nil
	d.keys("1")
	if got := strings.Join(d.f.resolved, " "); got != "c1 theirs" {
		t.Errorf("resolved %q", got)
	}
	if len(d.r.dialogs) != 0 {
		t.Errorf("%d dialogs are still open", len(d.r.dialogs))
	}
	settled := *d.f.snap
	settled.Seq++
	settled.Conflicts = s.Conflicts
	d.f.snap = &settled
	d.do(d.r.took(&settled))
	d.keys("enter")
	none := settled
	none.Seq++
	none.Conflicts = nil
	d.f.snap = &none
	d.do(d.r.took(&none))
	d.sees("已由别人处理")
}
