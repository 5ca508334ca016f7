package grid

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/mattn/go-runewidth"
	"pgregory.net/rapid"

	"taizhang/tui/theme"
)

type rows struct {
	n      int
	groups map[int]string
	asked  map[int]bool
}

func (r *rows) Len() int { return r.n }
func (r *rows) Group(i int) (string, bool) {
	g, ok := r.groups[i]
	return g, ok
}
func (r *rows) Row(i int) Row {
	if r.asked != nil {
		r.asked[i] = true
	}
	return Row{Cells: []string{fmt.Sprint(i), "公开政府信息主动公开目录", "党政办公室", "2022-06-30"}, Marked: i%5 == 0}
}

func columns() []Column {
	return []Column{
		{Key: "n", Title: "序号", Width: 6, Right: true, Pin: true},
		{Key: "t", Title: "任务", Width: 12, Flex: true, Pin: true},
		{Key: "u", Title: "牵头单位", Width: 12, Sort: 1},
		{Key: "d", Title: "完成时限", Width: 10},
	}
}

func look() Look {
	th := theme.New("none", true)
	return Look{Theme: &th, Focus: true}
}

func TestOnlyVisibleRowsAreAskedFor(t *testing.T) {
	src := &rows{n: 100_000, asked: map[int]bool{}}
	g := Grid{Columns: columns()}
	g.Go(src, 50_000)
	g.Draw(src, 80, 24, look())
	if len(src.asked) != 23 {
		t.Errorf("%d rows were asked for, 23 are in view", len(src.asked))
	}
}

func TestEveryLineIsExactlyAsWideAsTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := &rows{n: rapid.IntRange(0, 40).Draw(t, "n"), groups: map[int]string{}}
		for i := range src.n {
			if rapid.IntRange(0, 4).Draw(t, "g") == 0 {
				src.groups[i] = "单位"
			}
		}
		g := Grid{Columns: columns()}
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				g.Move(src, rapid.IntRange(-50, 50).Draw(t, "by"))
			case 1:
				g.Side(rapid.IntRange(-3, 3).Draw(t, "side"))
			case 2:
				g.Scroll(src, rapid.IntRange(-9, 9).Draw(t, "scroll"))
			case 3:
				g.Click(src, g.At(src, rapid.IntRange(-1, 90).Draw(t, "x"), rapid.IntRange(-1, 30).Draw(t, "y")))
			case 4:
				src.n = rapid.IntRange(0, 40).Draw(t, "n2")
			}
			w, h := rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 20).Draw(t, "h")
			lines := g.Draw(src, w, h, look())
			if w > 0 && len(lines) != h {
				t.Fatalf("%d lines, want %d", len(lines), h)
			}
			for _, l := range lines {
				if got := runewidth.StringWidth(ansi.Strip(l)); got != w {
					t.Fatalf("line of %d cells, want %d: %q", got, w, l)
				}
			}
			if c := g.Cursor(src); c >= 0 {
				if _, heading := src.Group(c); heading {
					t.Fatal("the cursor stands on a heading")
				}
				if h > 1 && w > 0 && (c < g.top || c >= g.top+h-1) {
					t.Fatalf("cursor %d is out of view (top %d, height %d)", c, g.top, h)
				}
			}
		}
	})
}

func TestTheColumnUnderTheCursorComesIntoView(t *testing.T) {
	src := &rows{n: 3}
	g := Grid{Columns: columns()}
	g.Side(3)
	lines := g.Draw(src, 34, 4, look())
	head := ansi.Strip(lines[0])
	if !strings.Contains(head, "完成时限") || !strings.Contains(head, "任务") || strings.Contains(head, "牵头") ||
		!strings.HasPrefix(head, "<") {
		t.Errorf("head is %q", head)
	}
	g = Grid{Columns: columns()}
	head = ansi.Strip(g.Draw(src, 36, 4, look())[0])
	if !strings.HasSuffix(head, ">") || strings.Contains(head, "完成时限") {
		t.Errorf("nothing tells that columns are hidden: %q", head)
	}
}

func TestAClickMeetsWhatIsDrawnThere(t *testing.T) {
	src := &rows{n: 30, groups: map[int]string{0: "党政办公室"}}
	g := Grid{Columns: columns()}
	g.Draw(src, 80, 10, look())
	head := g.At(src, 4, 0)
	if !head.Head || head.Column != 0 || head.Line != -1 {
		t.Errorf("head: %+v", head)
	}
	if g.Click(src, g.At(src, 10, 1)) {
		t.Error("a heading took the cursor")
	}
	hit := g.At(src, 10, 3)
	if !g.Click(src, hit) || g.Cursor(src) != 2 || g.Column() != 1 {
		t.Errorf("%+v: cursor %d, column %d", hit, g.Cursor(src), g.Column())
	}
	if out := g.At(src, 10, 50); out.Line != -1 {
		t.Errorf("below the table: %+v", out)
	}
}

func TestTheHeadingOfTheRowsInViewStaysInView(t *testing.T) {
	src := &rows{n: 100, groups: map[int]string{0: "甲", 40: "乙"}}
	g := &Grid{Columns: columns()}
	seen := map[int]bool{}
	for i := range 100 {
		g.Go(src, i)
		at := g.Cursor(src)
		lines := g.Draw(src, 60, 9, look())
		for y := range lines {
			lines[y] = ansi.Strip(lines[y])
		}
		want := "# 甲"
		if g.top >= 40 {
			want = "# 乙"
		}
		if !strings.HasPrefix(lines[1], want) {
			t.Fatalf("at %d the first line is %q", at, lines[1])
		}
		found := false
		for y, l := range lines {
			if strings.HasPrefix(l, ">") {
				found = true
				if hit := g.At(src, 3, y); hit.Line != at {
					t.Errorf("a click on the row under the cursor, %d, meets %d", at, hit.Line)
				}
			}
		}
		if !found {
			t.Fatalf("at %d the cursor is out of view:\n%s", at, strings.Join(lines, "\n"))
		}
		if g.stuck != "" && g.Click(src, g.At(src, 3, 1)) {
			t.Error("a heading was clicked into a row")
		}
		seen[at] = true
	}
	if len(seen) != 98 {
		t.Errorf("%d rows can be reached", len(seen))
	}
}
