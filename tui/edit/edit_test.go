package edit

import (
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"taizhang/tui/text"
)

func TestTheCursorStandsAfterWhatWasTyped(t *testing.T) {
	for _, c := range []struct {
		name  string
		multi bool
		do    func(*Text)
		w, h  int
		x, y  int
	}{
		{"empty", false, func(*Text) {}, 20, 1, 0, 0},
		{"after Chinese", false, func(e *Text) { e.Insert("党政办公室") }, 20, 1, 10, 0},
		{"after mixed text", false, func(e *Text) { e.Insert("2022年6月底") }, 20, 1, 11, 0},
		{"one character back", false, func(e *Text) { e.Insert("党政办"); e.Left() }, 20, 1, 4, 0},
		{"scrolled: the last cell", false, func(e *Text) { e.Insert("一二三四五六七八九十") }, 10, 1, 9, 0},
		{"scrolled and home", false, func(e *Text) { e.Insert("一二三四五六七八九十"); e.Home() }, 10, 1, 0, 0},
		{"wrapped Chinese", true, func(e *Text) { e.Insert("一二三四五六七") }, 11, 5, 4, 1},
		{"at the edge of a wrapped line", true, func(e *Text) { e.Insert("一二三四五") }, 11, 5, 10, 0},
		{"after a line break", true, func(e *Text) { e.Insert("一二\n三") }, 20, 5, 2, 1},
		{"scrolled down", true, func(e *Text) { e.Insert("一\n二\n三\n四\n五六") }, 20, 3, 4, 2},
		{"up keeps the column", true, func(e *Text) { e.Insert("一二三四\n五六"); e.width = 20; e.Vertical(-1) }, 20, 3, 4, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &Text{Multi: c.multi}
			c.do(e)
			_, x, y := e.Draw(c.w, c.h)
			if x != c.x || y != c.y {
				t.Errorf("cursor at %d,%d, want %d,%d", x, y, c.x, c.y)
			}
		})
	}
}

func TestDeletingTakesWholeCharacters(t *testing.T) {
	e := &Text{}
	e.Insert("办e\u0301")
	e.Backspace()
	if e.Value() != "办" {
		t.Errorf("got %q", e.Value())
	}
	e.Home()
	e.Delete()
	if e.Value() != "" {
		t.Errorf("got %q", e.Value())
	}
}

func TestPastedTextLosesOnlyWhatCannotBeShown(t *testing.T) {
	long := strings.Repeat("进展顺利，", 1000)
	e := &Text{Multi: true}
	e.Insert(long + "\r\n第二行\x1b[31m")
	if want := long + "\n第二行␛[31m"; e.Value() != want {
		t.Errorf("%d bytes, want %d", len(e.Value()), len(want))
	}
	single := &Text{}
	single.Insert("一行\n两行\n")
	if single.Value() != "一行 两行" {
		t.Errorf("got %q", single.Value())
	}
}

func TestEditingNeverBreaksTextOrLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &Text{Multi: rapid.Bool().Draw(t, "multi")}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "op") {
			case 0, 1, 2:
				e.Insert(rapid.SampledFrom([]string{"办", "a", "\n", "e\u0301", "👍🏽", "“", " ", "党政办公室", "\x1b", "\u0301", "ᄀ", "ᅡ"}).Draw(t, "s"))
			case 3:
				e.Left()
			case 4:
				e.Right()
			case 5:
				e.Vertical(rapid.IntRange(-2, 2).Draw(t, "n"))
			case 6:
				e.Backspace()
			case 7:
				e.Delete()
			case 8:
				e.Home()
			case 9:
				e.Click(rapid.IntRange(0, 30).Draw(t, "x"), rapid.IntRange(0, 5).Draw(t, "y"))
			}
			w, h := rapid.IntRange(3, 30).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
			lines, x, y := e.Draw(w, h)
			if x < 0 || x >= w || y < 0 || y >= len(lines) {
				t.Fatalf("cursor at %d,%d outside %d × %d", x, y, w, len(lines))
			}
			for _, l := range lines {
				if got := (text.Measure{}).Width(l); got != w {
					t.Fatalf("line of %d cells, want %d: %q", got, w, l)
				}
			}
			// What stands left of the cursor is what the text has before it.
			left, _ := text.Measure{}.Cut(lines[y], x)
			if tail := strings.TrimLeft(left, " "); !strings.HasSuffix(e.value[:e.at], tail) {
				t.Fatalf("cursor after %q, text before it %q", left, e.value[:e.at])
			}
			if runewidth.StringWidth("办") != 2 {
				t.Fatal("the oracle does not know Chinese")
			}
		}
	})
}

// Deleting what stood between two characters can make them one; the cursor is
// then not left in the middle of it.
func TestDeletingCanJoinCharacters(t *testing.T) {
	for name, remove := range map[string]func(*Text){
		"delete":    (*Text).Delete,
		"backspace": func(e *Text) { e.Right(); e.Backspace() },
	} {
		e := &Text{}
		e.Set("办\u1161办\u1161") // two vowels of Hangul in a row are one cluster
		e.Home()
		e.Right()
		e.Right()
		if remove(e); e.Value() != "办\u1161\u1161" {
			t.Fatalf("%s: %q", name, e.Value())
		}
		if e.Backspace(); e.Value() != "办" {
			t.Errorf("%s, then backspace: %q", name, e.Value())
		}
	}
}
