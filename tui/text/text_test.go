package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"
)

func TestCleanTakesOutWhatCouldHarmTheScreen(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "党政办公室 A1", "党政办公室 A1"},
		{"escape sequence stays visible", "a\x1b[31mb", "a␛[31mb"},
		{"unterminated title sequence swallows nothing", "\x1b]0;x 后文", "␛]0;x 后文"},
		{"line breaks and tabs", "一\r\n二\t三\n四", "一 二 三 四"},
		{"eight-bit control", "a\u009b31mb", "a?31mb"},
		{"bidi override", "abc\u202edef\u202c", "abcdef"},
		{"zero width", "\ufeff任\u200b务\u2060", "任务"},
		{"family emoji is taken apart", "👨‍👩‍👧", "👨👩👧"},
		{"flag", "🇨🇳", "CN"},
		{"skin tone", "👍🏽", "👍"},
		{"variation selector", "❤️", "❤"},
		{"combining accent stays", "e\u0301", "e\u0301"},
		{"stray combining accent goes", "\u0301a", "a"},
		{"invalid bytes", "a\xff\xfeb", "a??b"},
		{"bell and delete", "\a\x7f", "␇␡"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := (Measure{}).Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

// The renderer counts clusters in terminals with mode 2027 and code points in
// others; runewidth is a third opinion.
func TestCleanTextHasOneWidth(t *testing.T) {
	defer Apply(false)
	for _, wide := range []bool{false, true} {
		m := Apply(wide)
		if m.Wide != wide {
			t.Fatal("the renderer did not take the setting")
		}
		other := &runewidth.Condition{EastAsianWidth: wide, StrictEmojiNeutral: true}
		rapid.Check(t, func(t *rapid.T) {
			s := m.Clean(anything(t))
			w := m.Width(s)
			if a, b := ansi.StringWidth(s), ansi.StringWidthWc(s); a != w || b != w {
				t.Fatalf("wide=%v %q: ours %d, clusters %d, code points %d", wide, s, w, a, b)
			}
			sum := 0
			for _, r := range s {
				if !strings.ContainsRune("\u0301\u0308", r) {
					sum += other.RuneWidth(r)
				}
			}
			if isLedgerText(s) && sum != w {
				t.Fatalf("wide=%v %q: ours %d, runewidth %d", wide, s, w, sum)
			}
		})
	}
}

func isLedgerText(s string) bool {
	for _, r := range s {
		if !(r < 0x7f || ideograph(r) || strings.ContainsRune("“”…·●─\u0301\u0308", r)) {
			return false
		}
	}
	return true
}

func anything(t *rapid.T) string {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"党政办公室", "“引号”", "…", "·", "●", "─", "👨‍👩‍👧", "🇨🇳", "e\u0301", "\x1b[31m", "שלום",
			"स्ते", "\u202e", "ａ", "㈠①Ⅳ", " ", "a", "，"}),
	)
	return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
}

func TestFitIsAlwaysExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Measure{}
		s, w := m.Clean(anything(t)), rapid.IntRange(0, 40).Draw(t, "w")
		for _, got := range []string{m.Fit(s, w), m.FitRight(s, w)} {
			if m.Width(got) != w {
				t.Fatalf("%q in %d cells became %q of %d", s, w, got, m.Width(got))
			}
		}
	})
}

func TestFitNameIsExactAndKeepsTheEnd(t *testing.T) {
	m := Measure{}
	for _, c := range [...]struct {
		s    string
		w    int
		want string
	}{
		{"财政局", 8, "财政局  "},
		{"某某领导小组办公室第十二处", 14, "某某..第十二处"},
		{"某某领导小组办公室第十二处", 13, "某某..十二处 "},
		{"某某领导小组办公室第十二处", 8, "某..二处"},
	} {
		if got := m.FitName(c.s, c.w); got != c.want {
			t.Errorf("%s in %d: %q, want %q", c.s, c.w, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		m := Measure{Wide: rapid.Bool().Draw(t, "wide")}
		s, w := m.Clean(anything(t)), rapid.IntRange(0, 60).Draw(t, "w")
		if got := m.FitName(s, w); m.Width(got) != w {
			t.Fatalf("%q is %d cells wide, want %d", got, m.Width(got), w)
		}
	})
}

func TestWrapFitsAndKeepsEveryCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Measure{}
		s, w := anything(t), rapid.IntRange(2, 30).Draw(t, "w")
		lines := m.Wrap(s, w)
		for _, l := range lines {
			if m.Width(l) > w {
				t.Fatalf("line %q is wider than %d", l, w)
			}
		}
		keep := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got, want := keep(strings.Join(lines, "")), keep(strings.Join(m.Lines(s), "")); got != want {
			t.Fatalf("wrapping %q lost text: %q", want, got)
		}
	})
}

func TestWrapFollowsChinesePunctuation(t *testing.T) {
	got := strings.Join(Measure{}.Wrap("各部门要重视，按时完成（年底前）。", 12), "|")
	if want := "各部门要重|视，按时完成|（年底前）。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOverlayKeepsTheWidthAndTheRest(t *testing.T) {
	m := Measure{}
	base := "\x1b[1m一二三四五\x1b[m六七"
	for x := 0; x <= 10; x++ {
		got := m.Overlay(base, "[##]", x, 4)
		if w := m.StyledWidth(got); w != 14 {
			t.Errorf("at %d: %d cells: %q", x, w, got)
		}
		if plain := ansi.Strip(got); !strings.Contains(plain, "[##]") || (x == 1 && plain != " [##] 四五六七") {
			t.Errorf("at %d: %q", x, plain)
		}
	}
}
