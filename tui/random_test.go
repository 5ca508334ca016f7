package tui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// nasty are cells that office workbooks hold, and that attackers write.
var nasty = []string{
	"\x1b[2J\x1b[31m红", "\x1b]0;title\x07", "a\u202eb\u202c", "👨‍👩‍👧‍👦一家", "e\u0301\u0301", "שלום עולם", "स्ते",
	"\u200b\u200d\ufeff", "ᄀ\u200bᅡ",
	"https://" + string(make([]byte, 0)) +
		"example.gov.cn/a/very/long/path/without/any/space/that/could/be/broken/at/all/index.html",
	"“引号”…·●─①Ⅳ", "\t\v\f\r\n", "a\x00b", "\xff\xfe", "🇨🇳👍🏽❤️", "一\n二\n三\n四\n五",
}

// Whatever is pressed, clicked, resized or arrives: no panic, and the screen is
// whole.
func TestAnyInputLeavesTheScreenWhole(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tabs := tables(rapid.IntRange(0, 40).Draw(rt, "n"))
		for range rapid.IntRange(0, 12).Draw(rt, "nasty") {
			if n := len(tabs[0].Rows); n > 0 {
				r := rapid.IntRange(0, n-1).Draw(rt, "r")
				c := rapid.IntRange(0, len(tabs[0].Columns)-1).Draw(rt, "c")
				tabs[0].Rows[r].Values[c] = rapid.SampledFrom(nasty).Draw(rt, "v")
			}
		}
		opt := Options{
			Lang:     rapid.SampledFrom([]msg.Lang{msg.ZH, msg.EN}).Draw(rt, "lang"),
			Theme:    rapid.SampledFrom([]string{"dark", "none", "high-contrast"}).Draw(rt, "theme"),
			ReadOnly: rapid.IntRange(0, 5).Draw(rt, "ro") == 0, AmbiguousWide: rapid.Bool().Draw(rt, "wide"),
		}
		l := ledger.Build(tabs, ledger.Options{Today: today})
		if rapid.Bool().Draw(rt, "registers") {
			l = registered(len(tabs[0].Rows))
		}
		d := newDesk(t, l, opt, 80, 24)
		d.t = fatal{t, rt}
		names := []string{
			"up", "down", "left", "right", "enter", "enter", "esc", "tab", "shift+tab", "backspace", "delete", "home",
			"end", "pgup", "pgdown", "space", "insert",
			"f1", "f2", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12", "ctrl+p", "ctrl+a",
			"ctrl+u", "ctrl+t", "ctrl+z", "ctrl+r", "shift+down",
			"/", "?", ":", "s", "p", "d", "o", "n", "a", "r", "g", "y", "Y", "v", "u", "q", "逾", "期", "公", "1", "2",
			"3", "4", "5", "6",
			"7", "7", "7", "[", "]", "x", "<", ">", "+", "-", "z", "Z", "#", "V", "C", "S", "M", "*", "F", "E", "t",
			"m",
		}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			switch rapid.IntRange(0, 12).Draw(rt, "kind") {
			case 0:
				d.send(tea.WindowSizeMsg{Width: rapid.IntRange(1, 210).Draw(rt, "w"),
					Height: rapid.IntRange(1, 61).Draw(rt, "h")})
			case 1, 2:
				d.clock = d.clock.Add(100 * time.Millisecond)
				d.Click(rapid.IntRange(0, d.r.w).Draw(rt, "x"), rapid.IntRange(0, d.r.h).Draw(rt, "y"))
			case 3:
				d.send(tea.MouseWheelMsg{X: 3, Y: rapid.IntRange(0, d.r.h).Draw(rt, "y"),
					Button: rapid.SampledFrom([]tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown}).Draw(rt, "b")})
			case 4:
				d.send(tea.PasteMsg{Content: rapid.SampledFrom(nasty).Draw(rt, "paste")})
			case 5:
				busy(d)
			case 6:
				d.f.err = rapid.SampledFrom([]error{nil, fmt.Errorf("share\nis away")}).Draw(rt, "err")
			default:
				d.keys(rapid.SampledFrom(names).Draw(rt, "key"))
			}
			d.whole()
			if v := d.r.View(); v.Cursor != nil && (v.Cursor.X >= d.r.w || v.Cursor.Y >= d.r.h) {
				rt.Fatalf("cursor at %v", v.Cursor.Position)
			}
		}
	})
}

// fatal lets rapid see failures of helpers that take a testing.TB.
type fatal struct {
	testing.TB
	rt *rapid.T
}

func (f fatal) Helper()                      {}
func (f fatal) Fatalf(s string, args ...any) { f.rt.Fatalf(s, args...) }
func (f fatal) Errorf(s string, args ...any) { f.rt.Errorf(s, args...) }
