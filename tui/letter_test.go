package tui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/syncer"
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
		d.sees("终端是否照办无从得知", ".txt")
		d.whole()
		first := strings.Split(d.screen(), "\n")[1]
		d.keys("f4")
		if second := strings.Split(d.screen(), "\n")[1]; second == first || !strings.Contains(second, "催办提醒：") {
			t.Errorf("the next unit: %q after %q", second, first)
		}
		d.keys("y", "f3") // what was changed is not dropped without a word
		d.sees("内容还没有保存")
	}
}

func TestRowsAreCopiedForSheetsAndForMarkdown(t *testing.T) {
	tabs := tables(3)
	tabs[0].Rows[0].Values[10] = "一\t二\n三 \"四\" | 五"
	var clip string
	d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{Clipboard: func(_ context.Context, text string) error { clip = text; return nil }}, 200, 40)
	d.keys("2", "home", "y")
	if !strings.Contains(clip, "\t\"一\t二\n三 \"\"四\"\" | 五\"\t") {
		t.Errorf("for a sheet: %q", clip)
	}
	d.keys("M")
	lines := strings.Split(strings.TrimSpace(clip), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "| 序号 | 重点任务 |") || !strings.Contains(lines[2], "三 \"四\" \\| 五") || !strings.Contains(lines[2], "<br>") {
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
	if len(d.f.edits) != 1 || d.f.edits[0] != (syncer.Edit{Task: "e1", Field: "date", Value: "5月12日", Seen: syncer.Saw("2022-05-10")}) {
		t.Errorf("%+v", d.f.edits)
	}
}
