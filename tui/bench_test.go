package tui

import (
	"fmt"
	"testing"

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
				for i := 0; b.Loop(); i++ {
					d.r.Update(keys[i%len(keys)])
					d.r.View()
				}
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
				for i := 0; b.Loop(); i++ {
					d.r.Update(keys[i%len(keys)])
					d.r.View()
				}
				d.keys("esc")
			})
		}
	}
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
