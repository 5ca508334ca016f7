package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/index"
)

// BenchmarkKeyToFrame is our own work from a key to the frame that shows it:
// Update and View, on each screen.
func BenchmarkKeyToFrame(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		d := newDesk(b, sample(n), Options{Theme: "dark"}, 200, 60)
		for i, name := range []string{"overview", "tasks", "units", "overdue", "year", "sync"} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				d.keys("esc", "esc", fmt.Sprint(i+1))
				keys := []tea.KeyPressMsg{press("down"), press("down"), press("pgdown"), press("up"), press("end"), press("home")}
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					took = append(took, d.frame(keys[i%len(keys)]))
				}
				report(b, took)
			})
		}
		// The filter: the first character costs a pass over everything, the
		// next ones only what is left; deleting costs a pass again.
		for _, c := range []struct{ name, typed string }{{"common", "公开目录"}, {"rare", "欧阳 环境"}, {"term", "unit:财政 逾期"}, {"nothing", "没有的字"}} {
			b.Run(fmt.Sprintf("filter-%s/%d", c.name, n), func(b *testing.B) {
				d.keys("esc", "esc", "2", "f7")
				var keys []tea.KeyPressMsg
				for _, r := range c.typed {
					keys = append(keys, tea.KeyPressMsg(tea.Key{Code: r, Text: string(r)}))
				}
				for range []rune(c.typed) {
					keys = append(keys, press("backspace"))
				}
				var took []time.Duration
				for i := 0; b.Loop(); i++ {
					if i%len(keys) == 0 {
						d.r.tasks.matcher = index.NewMatcher(d.r.ui.x) // each round is typed for the first time
					}
					took = append(took, d.frame(keys[i%len(keys)]))
				}
				report(b, took)
				d.keys("esc")
			})
		}
	}
}

// frame is the time from a key to its frame.
func (d *desk) frame(k tea.KeyPressMsg) time.Duration {
	start := time.Now()
	d.r.Update(k)
	d.r.View()
	return time.Since(start)
}

func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkPrepare is what a new snapshot costs in the background.
func BenchmarkPrepare(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		f := newFake(sample(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				x := index.Build(f.snap)
				x.Order(index.Sorting{Column: "title", Group: index.ByUnit})
			}
		})
	}
}
