package tui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/notices"
	"taizhang/sheet/syncer"
	"taizhang/tui/intent"
)

// A notice is read, and changed, before it is copied; that it was copied is said only
// where that is known.
func TestANoticeIsSeenBeforeItGoesOut(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		var clip, file string
		fails := false
		opt := Options{
			Clipboard: func(_ context.Context, text string) error {
				if fails {
					return errors.New("no desktop")
				}
				clip = text
				return nil
			},
			Save: func(_ context.Context, name, text string) (string, error) {
				file = text
				return "/srv/" + name + ".txt", nil
			},
		}
		d := newDesk(t, sample(24), opt, size[0], size[1])
		d.keys("4", "c")
		d.sees("催办提醒：", "请先看一遍")
		d.whole()
		d.keys("x", "f10")
		if !strings.HasPrefix(clip, "x") {
			t.Errorf("the clipboard holds %q", clip)
		}
		d.sees("已复制到剪贴板")
		fails, clip = true, ""
		d.keys("f10")
		d.seesNot("已复制到剪贴板")
		if !strings.HasPrefix(file, "x") || len(d.other) == 0 {
			t.Errorf("file %q, to the terminal %v", file, d.other)
		}
		d.sees("终端是否执行无法得知", ".txt")
		d.whole()
		first := strings.Split(d.screen(), "\n")[1]
		d.keys("f4")
		if second := strings.Split(d.screen(), "\n")[1]; second == first || !strings.Contains(second, "催办提醒：") {
			t.Errorf("the next unit: %q after %q", second, first)
		}
		d.keys("y", "f3", "f4") // what was changed is kept while others are looked at
		if !strings.Contains(d.screen(), "│ y") {
			t.Errorf("what was typed is gone:\n%s", d.screen())
		}
		d.keys("f3", "z", "f4", "esc") // and not dropped without a word
		d.sees("别的单位的提醒改过，还没有保存")
	}
}

func TestRowsAreCopiedForSheetsAndForMarkdown(t *testing.T) {
	tabs := tables(3)
	tabs[0].Rows[0].Values[10] = "一\t二\n三 \"四\" | 五"
	var clip string
	d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}),
		Options{Clipboard: func(_ context.Context, text string) error { clip = text; return nil }}, 200, 40)
	d.keys("2", "home", "y")
	if !strings.Contains(clip, "\t\"一\t二\n三 \"\"四\"\" | 五\"\t") {
		t.Errorf("for a sheet: %q", clip)
	}
	d.keys("M")
	lines := strings.Split(strings.TrimSpace(clip), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "| 序号 | 重点任务 |") ||
		!strings.Contains(lines[2], "三 \"四\" \\| 五") || !strings.Contains(lines[2], "<br>") {
		t.Errorf("Markdown:\n%s", clip)
	}
}

// The form that made an event corrects it; what will not count is said at once.
func TestAnEventIsCorrected(t *testing.T) {
	d := newDesk(t, sample(12), Options{}, 80, 24)
	d.keys("5", "end")
	for range 8 {
		d.keys("down")
	}
	d.keys("home", "enter")
	d.sees("修改活动：培训 条例解读", "2022-05-10", "三楼会议室")
	d.whole()
	d.keys("down", "ctrl+u")
	d.typing("5月12日")
	d.sees("即 2022-05-12")
	d.keys("f10")
	if len(d.f.edits) != 1 || d.f.edits[0] != (syncer.Edit{Task: "e1", Field: "date", Value: "5月12日",
		Seen: syncer.Saw("2022-05-10")}) {
		t.Errorf("%+v", d.f.edits)
	}
}

// Several units are chosen, their notices looked through, changed, and saved as Word
// documents together.
func TestNoticesToSeveralUnitsAreLookedThrough(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			var saved []Letter
			opt := Options{Lang: lang, Notice: notices.Options{Chinese: true},
				SaveLetters: func(_ context.Context, list []Letter) (string, error) {
					saved = append(saved, list...)
					return "/srv/提醒", nil
				}}
			d := newDesk(t, sample(24), opt, size[0], size[1])
			d.handle(intent.PickNotices{})
			d.whole()
			d.sees("[*] ")
			d.keys("ctrl+a") // all are marked already, so none is
			d.seesNot("[*] ")
			d.keys("home", "space", "space", "enter")
			d.whole()
			if lang == msg.ZH {
				if d.sees("（第1/2份）", "F6 全部存 Word"); !strings.Contains(d.r.letters.made, "二〇二二年九月二十日") {
					t.Error(d.r.letters.made)
				}
			}
			first := d.r.letters.unit()
			d.keys("x", "f4")
			d.whole()
			if d.r.letters.unit() == first {
				t.Fatal("F4 shows the same unit")
			}
			d.keys("f6")
			if len(saved) != 2 || !strings.HasPrefix(saved[0].Text, "x") || strings.HasPrefix(saved[1].Text, "x") ||
				saved[1].Unit == first {
				t.Fatalf("%+v", saved)
			}
			d.sees("/srv/提醒")
			d.keys("f4") // back at the first: still as it was changed, and saved
			if d.r.letters.unit() != first || !strings.Contains(d.screen(), "│ x") {
				t.Errorf("the change is gone:\n%s", d.screen())
			}
			d.keys("esc")
			if len(d.r.dialogs) != 0 {
				t.Errorf("what is saved is not let go:\n%s", d.screen())
			}
			d.keys("2", "c", "f5")
			if len(saved) != 3 {
				t.Errorf("%d saved", len(saved))
			}
		}
	}
}

func (d *desk) handle(want intent.Intent) { d.do(d.r.handle(want)); d.r.View() }
