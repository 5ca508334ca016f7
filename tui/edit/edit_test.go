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
		{"up keeps the column", true, func(e *Text) { e.Insert("一二三四\n五六"); e.width = 20; e.Vertical(-1) }, 20, 3, 4,
			0},
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

func TestPastedTextIsKeptAndItsDrawingIsSafe(t *testing.T) {
	long := strings.Repeat("进展顺利，", 1000)
	e := &Text{Multi: true}
	e.Insert(long + "\r\n第二行\x1b[31m\t尾")
	if want := long + "\n第二行\x1b[31m\t尾"; e.Value() != want {
		t.Errorf("%d bytes, want %d", len(e.Value()), len(want))
	}
	lines, _, _ := e.Draw(40, 3)
	if got := strings.Join(lines, "\n"); strings.ContainsAny(got, "\x1b\t") || !strings.Contains(got, "第二行␛[31m 尾") {
		t.Errorf("drawn as %q", got)
	}
	single := &Text{}
	single.Insert("一行\n两行\n")
	if single.Value() != "一行 两行" {
		t.Errorf("got %q", single.Value())
	}
}

// odd are characters that editors and terminals get wrong: unseen ones, ones
// that join their neighbours, wide ones, controls, ends of lines.
var odd = []string{
	"办", "a", " ", "\n", "\r\n", "\r", "\t", "\u00a0", "\u3000", "\ufe0f", "\ufe0e", "1\ufe0f\u20e3", "\u20e3",
	"\u200b", "\u200c",
	"\u200d", "\u180e", "\u180b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u0301", "e\u0301", "\u0600", "\u1100",
	"\u1161", "\u11a8",
	"👍🏽", "👨\u200d👩\u200d👧", "🇨🇳", "🇨", "“", "…", "\x1b", "\x00", "\u0085", "\u2028", "ᠮᠣᠩ\u180eᠭ", "क्षि",
	"葛\U000e0100", "\xff", "\U000e0041",
}

// anything is a text of odd characters and of any others.
func anything(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(odd), rapid.String()), 0, 12).Draw(t, "text"), "")
}

// roam moves the cursor somewhere.
func roam(t *rapid.T, e *Text) {
	for range rapid.IntRange(0, 8).Draw(t, "moves") {
		switch rapid.IntRange(0, 7).Draw(t, "move") {
		case 0, 1:
			e.Left()
		case 2, 3:
			e.Right()
		case 4:
			e.Home()
		case 5:
			e.End()
		case 6:
			e.Draw(12, 3)
			e.Vertical(rapid.IntRange(-2, 2).Draw(t, "n"))
		case 7:
			e.Draw(12, 3)
			e.Click(rapid.IntRange(0, 12).Draw(t, "x"), rapid.IntRange(0, 3).Draw(t, "y"))
		}
	}
}

// Whatever a cell holds: what is typed somewhere and deleted again leaves it as
// it was, rune for rune; and so does undo.
func TestTypingAndDeletingAlterNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		held := anything(t)
		e := &Text{Multi: rapid.Bool().Draw(t, "multi")}
		e.Set(held)
		if e.Value() != held {
			t.Fatalf("loaded %q as %q", held, e.Value())
		}
		roam(t, e)
		at := e.at
		n := rapid.IntRange(1, 3).Draw(t, "letters")
		for _, c := range "x办é"[:map[int]int{1: 1, 2: 4, 3: 6}[n]] {
			e.Insert(string(c))
			e.Draw(12, 3)
		}
		if want := held[:at] + "x办é"[:map[int]int{1: 1, 2: 4, 3: 6}[n]] + held[at:]; e.Value() != want {
			t.Fatalf("typed at %d of %q: %q", at, held, e.Value())
		}
		how := rapid.SampledFrom([]string{"backspace", "delete", "undo"}).Draw(t, "how")
		for range n {
			switch how {
			case "backspace":
				e.Backspace()
			case "delete":
				e.Left()
			}
		}
		for range n {
			if how == "delete" {
				e.Delete()
			}
		}
		if how == "undo" {
			e.Undo()
		}
		if e.Value() != held {
			t.Fatalf("typed at %d and taken back by %s: %q was %q", at, how, e.Value(), held)
		}
		if e.at != at {
			t.Fatalf("the cursor is at %d, was at %d of %q", e.at, at, held)
		}
	})
}

// The kinds that were once lost, each far from the cursor.
func TestAppendingALetterKeepsWhatIsNotSeen(t *testing.T) {
	for name, held := range map[string]string{
		"variation selector": "❤\ufe0f 已办", "keycap": "第1\ufe0f\u20e3步", "tab": "一\t二", "no-break space": "一\u00a0二",
		"non-joiner":         "می\u200cخواهم",
		"Mongolian selector": "ᠮᠣᠩ\u180bᠭᠣᠯ\u180e", "ideographic variation": "葛\U000e0100城区",
		"family": "👨\u200d👩\u200d👧", "flag": "🇨🇳",
		"carriage return": "一\r\n二", "direction": "a\u202eb\u202c", "soft hyphen": "政\u00ad务",
		"byte order mark": "\ufeff一", "control": "一\x07二",
	} {
		for _, multi := range []bool{false, true} {
			e := &Text{Multi: multi}
			e.Set(held)
			e.Insert("x")
			if e.Value() != held+"x" {
				t.Errorf("%s: %q became %q", name, held, e.Value())
			}
			e.Undo()
			if e.Value() != held {
				t.Errorf("%s, undone: %q became %q", name, held, e.Value())
			}
		}
	}
}

func TestUndoTakesBackWhatWasTypedInOneGo(t *testing.T) {
	e := &Text{Multi: true}
	e.Set("已办")
	for _, c := range "结。" {
		e.Insert(string(c))
	}
	e.Backspace()
	e.DeleteToStart()
	for _, want := range []string{"已办结", "已办结。", "已办"} {
		if !e.Undo() || e.Value() != want {
			t.Fatalf("undone to %q, want %q", e.Value(), want)
		}
	}
	if e.Undo() {
		t.Error("there was nothing left to undo")
	}
	for _, want := range []string{"已办结。", "已办结", ""} {
		if !e.Redo() || e.Value() != want {
			t.Fatalf("redone to %q, want %q", e.Value(), want)
		}
	}
	e.Undo()
	e.Insert("x")
	if e.Redo() {
		t.Error("what was typed since is no branch to come back from")
	}
}

// Lines break where the details of a task break them: no punctuation begins one.
func TestLinesBreakAsInTheDetails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"办", "理", "，", "。", "（", "）", "ab", "12",
			"\n"})).Draw(t, "s"), "")
		w := rapid.IntRange(3, 20).Draw(t, "w")
		e := &Text{Multi: true}
		e.Set(s)
		got, _, _ := e.Draw(w+1, 1000)
		want := text.Measure{}.Wrap(s, w)
		for i := range got {
			got[i] = strings.TrimRight(got[i], " ")
		}
		if a, b := strings.TrimRight(strings.Join(got, "\n"), "\n"),
			strings.TrimRight(strings.Join(want, "\n"), "\n"); a != b {
			t.Fatalf("editor\n%s\ndetails\n%s", a, b)
		}
	})
}

func TestEditingNeverBreaksTextOrLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := &Text{Multi: rapid.Bool().Draw(t, "multi")}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "op") {
			case 0, 1, 2:
				e.Insert(rapid.SampledFrom(odd).Draw(t, "s"))
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
			w, h := rapid.IntRange(9, 30).Draw(t, "w"), rapid.IntRange(1, 5).Draw(t, "h")
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
			before := e.shown(0, e.before())
			if tail := strings.Trim(left, " "); !strings.HasSuffix(strings.TrimRight(before, " "), tail) {
				t.Fatalf("cursor after %q, text before it %q", left, before)
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
