package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/owner"
	"taizhang/sheet/syncer"
)

// updating reports the flag -update, which renews the golden files. It is the
// one that teatest brings.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// whole asserts that a screen fills the terminal exactly: every line as wide as
// it, counted by a routine that is not ours.
func (d *desk) whole() {
	d.t.Helper()
	lines := strings.Split(d.r.View().Content, "\n")
	if len(lines) != d.r.h {
		d.t.Fatalf("%d lines, the terminal has %d", len(lines), d.r.h)
	}
	other := &runewidth.Condition{EastAsianWidth: d.r.ui.Wide, StrictEmojiNeutral: true}
	for i, l := range lines {
		plain := ansi.Strip(l)
		if w := other.StringWidth(plain); w != d.r.w {
			d.t.Fatalf("line %d is %d cells wide, the terminal %d:\n%q", i, w, d.r.w, plain)
		}
		if w := ansi.StringWidth(l); w != d.r.w {
			d.t.Fatalf("line %d is %d cells wide to the renderer, the terminal has %d:\n%q", i, w, d.r.w, plain)
		}
		if strings.ContainsRune(plain, '�') {
			d.t.Fatalf("line %d holds a torn character: %q", i, plain)
		}
	}
}

// busy is a ledger with everything that a screen can show.
func busy(d *desk) {
	s := *d.f.snap
	s.Seq++
	at := time.Date(2022, 9, 20, 0, 30, 0, 0, time.UTC)
	s.Owner = &owner.Holder{Name: "张三", Program: "Excel"}
	s.Waiting = []syncer.Waiting{{Task: "t2", Number: "3", Title: "政务开放日筹备", Field: "status", Value: "已完成", Since: at}}
	s.Conflicts = []syncer.Conflict{{
		ID: "c1", Kind: "tasks", Task: "t4", Number: "5", Title: "年度报告编制", Field: "progress", Heading: "进展情况",
		Base: "", Mine: "初稿已完成", Theirs: "正在收集材料", MineBy: "李强", TheirsBy: "财政分局", MineAt: at, TheirsAt: at, Since: at,
	}}
	s.Returned = []syncer.Returned{{Unit: units[0], File: "党政办公室.xlsx", At: at}, {Unit: units[1]}}
	s.Latest = []syncer.Entry{{Revision: "r2", Time: at, Author: "李强", Changes: []syncer.Change{
		{Kind: "tasks", Task: "t1", Number: "2", Title: "政策解读材料同步发布", Field: "status", From: "未启动", To: "推进中"},
		{Kind: "tasks", Task: "t9", Number: "10", Title: "公开信箱答复", What: "added"},
	}}}
	d.f.snap = &s
	d.do(d.r.took(d.f.snap))
}

func TestEveryScreenFillsTheTerminalExactly(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}, {24, 8}, {40, 12}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			for _, theme := range []string{"none", "dark", "high-contrast"} {
				for _, wide := range []bool{false, true} {
					if size[0] > 80 && theme != "dark" && wide {
						continue // the sizes that matter for themes have been seen
					}
					t.Run(fmt.Sprint(size[0], "x", size[1], lang, theme, wide), func(t *testing.T) {
						d := newDesk(t, sample(60), Options{Lang: lang, Theme: theme, NoColor: theme == "none",
							AmbiguousWide: wide}, size[0], size[1])
						busy(d)
						for i := range 6 {
							d.keys(fmt.Sprint(i + 1))
							d.whole()
							for _, open := range []string{"f8", "f9", "enter", "insert", "f12"} {
								d.keys(open)
								d.whole()
								d.keys("down", "enter")
								d.whole()
								d.keys("esc", "esc", "esc", "esc")
								d.r.dialogs = nil
								d.r.screen = i
							}
						}
					})
				}
			}
		}
	}
}

// The words of each screen are pinned in whole, so that a change of any of them
// is seen in review.
func TestScreensLookAsTheyDid(t *testing.T) {
	names := []string{"overview", "tasks", "units", "overdue", "year", "sync"}
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 60}} {
		for _, lang := range []msg.Lang{msg.ZH, msg.EN} {
			d := newDesk(t, sample(30), Options{Lang: lang, NoColor: true}, size[0], size[1])
			d.clock = time.Date(2022, 9, 21, 9, 0, 0, 0, time.Local)
			busy(d)
			var b strings.Builder
			for i, n := range names {
				d.keys(fmt.Sprint(i + 1))
				fmt.Fprintf(&b, "=== %s\n%s\n", n, d.screen())
			}
			d.keys("2", "f8")
			fmt.Fprintf(&b, "=== help\n%s\n", d.screen())
			golden(t, fmt.Sprintf("%dx%d.%s.golden", size[0], size[1], lang), b.String())
		}
	}
}

// golden compares with a file in testdata; trailing spaces do not count there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	lines := strings.Split(got, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	got = strings.Join(lines, "\n")
	path := filepath.Join("testdata", name)
	if updating() {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./tui -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; go test ./tui -update renews it):\n%s", name, diff)
	}
}

func TestTheDashboardDiffersWithoutColourOnlyInColour(t *testing.T) {
	plain := newDesk(t, sample(30), Options{NoColor: true}, 120, 40)
	dark := newDesk(t, sample(30), Options{Theme: "dark"}, 120, 40)
	for i := range 6 {
		plain.keys(fmt.Sprint(i + 1))
		dark.keys(fmt.Sprint(i + 1))
		if diff := cmp.Diff(plain.screen(), dark.screen()); diff != "" {
			t.Errorf("screen %d says something by colour alone:\n%s", i+1, diff)
		}
	}
	if s := plain.r.View().Content; strings.Contains(s, "38;2;") || strings.Contains(s, "48;2;") {
		t.Error("the theme without colour has colour")
	}
}

func TestFirstUseIsLed(t *testing.T) {
	empty := newDesk(t, ledger.Build(tables(0), ledger.Options{Today: today}), Options{}, 80, 24)
	for i := range 6 {
		empty.keys(fmt.Sprint(i + 1))
		empty.whole()
	}
	empty.keys("2")
	empty.sees("台账里还没有任务", "新增任务")
	calm := tables(4)
	for i := range calm[0].Rows {
		calm[0].Rows[i].Values[9] = "已完成"
	}
	d := newDesk(t, ledger.Build(calm, ledger.Options{Today: today}), Options{}, 80, 24)
	d.keys("4")
	d.sees("没有逾期的任务")
}

// Headings of offices are long: none of their characters is lost in the details,
// where the workbook's own name of a field is what a person looks for.
func TestLongHeadingsStandWholeInTheDetails(t *testing.T) {
	tabs := tables(3)
	tabs[0].Columns[5].Heading = "责任（配合）单位及联络人"
	for _, size := range [][2]int{{80, 24}, {120, 30}, {200, 60}} {
		d := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, size[0], size[1])
		d.keys("2", "v")
		whole := strings.Join(strings.Fields(d.screen()), "")
		if !strings.Contains(whole, "责任（配合）单位及联络人") {
			d.keys("esc")
			d.sees("责任（配合", "及联络人")
		}
		d.whole()
	}
	u := newDesk(t, ledger.Build(tabs, ledger.Options{Today: today}), Options{}, 80, 24).r.ui
	for w := 24; w < 100; w++ {
		lines, _ := u.DetailPane(u.Index.Task(0), w, 60, 0)
		all := ""
		for _, l := range lines {
			all += ansi.Strip(l) + "\n"
		}
		for _, c := range "责任（配合）单位及联络人" {
			if !strings.ContainsRune(all, c) {
				t.Fatalf("%d cells: %c is lost\n%s", w, c, all)
			}
		}
	}
}
