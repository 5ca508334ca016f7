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
			keys := []tea.KeyPressMsg{press("down"), press("down"), press("pgdown"), press("up"), press("end"), press("home")}
			var took frames
			for i := 0; b.Loop(); i++ {
				took.add(d.frame(keys[i%len(keys)]))
			}
			took.report(b)
		})
	}
	// The filter: the first character costs a pass over everything, the
	// next ones only what is left; deleting costs a pass again.
	for _, c := range []struct{ name, typed string }{{"common", "公开目录"}, {"rare", "欧阳 环境"}, {"term", "unit:财政 逾期"}, {"nothing", "没有的字"}, {"initials", "zdxm"}, {"either", "逾期|推进中 -财政"}} {
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
