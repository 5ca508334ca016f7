package tui

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/cmd/bench/usage"
	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
	"taizhang/tui/index"
)

// BenchmarkKeyToFrame is our own work from a key to the frame that shows it:
// Update and View, on each screen.
func BenchmarkKeyToFrame(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) { keyToFrame(b, n) })
	}
}

func keyToFrame(b *testing.B, n int) {
	d := newDesk(b, sample(n), Options{Theme: "dark"}, 200, 60)
	for i, name := range []string{"overview", "tasks", "units", "overdue", "year", "sync"} {
		b.Run("screen="+name, func(b *testing.B) {
			d.keys("esc", "esc", fmt.Sprint(i+1))
			keys := []tea.KeyPressMsg{press("down"), press("down"), press("pgdown"), press("up"), press("end"),
				press("home")}
			var took frames
			for i := 0; b.Loop(); i++ {
				took.add(d.frame(keys[i%len(keys)]))
			}
			took.report(b)
		})
	}
	// The filter: the first character costs a pass over everything, the
	// next ones only what is left; deleting costs a pass again.
	for _, c := range []struct{ name, typed string }{{"common", "公开目录"}, {"rare", "欧阳 环境"}, {"term", "unit:财政 逾期"},
		{"nothing", "没有的字"}, {"initials", "zdxm"}, {"either", "逾期|推进中 -财政"}} {
		b.Run("filter="+c.name, func(b *testing.B) {
			d.keys("esc", "esc", "2", "f7")
			var keys []tea.KeyPressMsg
			for _, r := range c.typed {
				keys = append(keys, tea.KeyPressMsg(tea.Key{Code: r, Text: string(r)}))
			}
			for range []rune(c.typed) {
				keys = append(keys, press("backspace"))
			}
			var took frames
			for i := 0; b.Loop(); i++ {
				if i%len(keys) == 0 {
					d.r.tasks.Matcher = index.NewMatcher(d.r.ui.Index) // each round is typed for the first time
				}
				took.add(d.frame(keys[i%len(keys)]))
			}
			took.report(b)
			d.keys("esc")
		})
	}
}

// BenchmarkRegisterKeyToFrame is the same on the screen of a register, and on those
// where its rows stand among the tasks.
func BenchmarkRegisterKeyToFrame(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) { registerKeyToFrame(b, n) })
	}
}

func registerKeyToFrame(b *testing.B, n int) {
	d := newDesk(b, manyRequests(n), Options{Theme: "dark"}, 200, 60)
	for _, c := range [][2]string{{"registers", "7"}, {"overdue", "4"}, {"units", "3"}, {"overview", "1"}} {
		b.Run("screen="+c[0], func(b *testing.B) {
			d.keys("esc", "esc", c[1])
			keys := []tea.KeyPressMsg{press("down"), press("down"), press("pgdown"), press("up"), press("end"),
				press("home")}
			var took frames
			for i := 0; b.Loop(); i++ {
				took.add(d.frame(keys[i%len(keys)]))
			}
			took.report(b)
		})
	}
	for _, c := range []struct{ name, typed string }{{"common", "开发区"}, {"term", "单位:财政 已超期"}, {"date", "期限<10-31"},
		{"initials", "zdxm"}} {
		b.Run("filter="+c.name, func(b *testing.B) {
			d.keys("esc", "esc", "7", "f7")
			var keys []tea.KeyPressMsg
			for _, r := range c.typed {
				keys = append(keys, tea.KeyPressMsg(tea.Key{Code: r, Text: string(r)}))
			}
			for range []rune(c.typed) {
				keys = append(keys, press("backspace"))
			}
			var took frames
			for i := 0; b.Loop(); i++ {
				if i%len(keys) == 0 {
					// Each round is typed for the first time.
					d.r.table().Matcher = index.NewRegisterMatcher(d.r.registerHere())
				}
				took.add(d.frame(keys[i%len(keys)]))
			}
			took.report(b)
			d.keys("esc")
		})
	}
}

// manyRequests is a ledger with a register of n requests.
func manyRequests(n int) *ledger.Ledger {
	t := registerTable("requests",
		"number received channel applicant applicant_kind content unit owner consulted opinion due replied outcome "+
			"pages remark")
	for i := range n {
		day := time.Date(2022, 1, 4+i%255, 0, 0, 0, 0, time.UTC)
		replied, outcome := "", ""
		if i%3 != 0 {
			replied, outcome = day.AddDate(0, 0, 10+i%30).Format(time.DateOnly), "予以公开"
		}
		t.Rows = append(t.Rows, table.Row{ID: fmt.Sprint("q", i), Row: i + 3, Values: []string{
			fmt.Sprint("2022-", i), day.Format(time.DateOnly), []string{"网络", "当面", "挂号"}[i%3],
			fmt.Sprint("申请人", i%977), "自然人", fmt.Sprint("开发区重大项目第", i, "号材料"), units[i%len(units)],
			[]string{"王芳", "李强", "欧阳建国"}[i%3], "", "", "", replied, outcome, fmt.Sprint(i % 90), "",
		}})
	}
	return ledger.Build(append(tables(30), t), ledger.Options{Today: today})
}

// frame is the time from a key to its frame, on the clock and of the
// processor: a busy machine makes the first one long, not our work.
func (d *desk) frame(k tea.KeyPressMsg) (clock, own time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start, before := time.Now(), usage.Thread()
	d.r.Update(k)
	d.r.View()
	return time.Since(start), usage.Thread() - before
}

type frames struct{ clock, own []time.Duration }

func (f *frames) add(clock, own time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	f.clock, f.own = append(f.clock, clock), append(f.own, own)
}

func (f *frames) report(b *testing.B) {
	for unit, took := range map[string][]time.Duration{"p99-ms": f.clock, "p99-own-ms": f.own} {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, unit)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, strings.Replace(unit, "99", "50", 1))
	}
}

// BenchmarkPrepare is what a new snapshot costs in the background.
func BenchmarkPrepare(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		f := newFake(sample(n))
		b.Run(fmt.Sprintf("rows=%d", n), func(b *testing.B) {
			for b.Loop() {
				x := index.Build(f.snap, nil)
				x.Order(index.Sorting{Column: "title", Group: index.ByUnit})
			}
		})
	}
}
