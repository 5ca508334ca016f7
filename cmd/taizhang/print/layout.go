package print

import (
	"fmt"
	"slices"
	"strings"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// cell is a text in a table and how it is painted.
type cell struct {
	text  string
	style theme.Style
	right bool // figures stand at the right edge
}

func left(s string) cell { return cell{text: s} }

func right(s string) cell { return cell{text: s, right: true} }

// gap is what stands between two columns.
const gap = "  "

// widest is how far a column is filled up with spaces at most, in cells of a
// terminal: one long text must not make every line as long.
const widest = 120

// table prints rows; the first is the heading. On a terminal the
// widest columns give way until a line fits; elsewhere nothing is cut, and a text
// wider than its column moves the rest of its line.
func (p *Printer) table(rows [][]cell) {
	m := p.Measure()
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i := range r {
			r[i].text = m.Clean(r[i].text)
			widths[i] = max(widths[i], min(m.Width(r[i].text), widest))
		}
	}
	limit := p.width()
	if limit > 0 {
		shrink(widths, limit-len(gap)*(len(widths)-1))
	}
	th := p.theme()
	for n, r := range rows {
		var b strings.Builder
		for i, c := range r {
			if n == 0 {
				c.style = th.Strong
			}
			if i > 0 {
				b.WriteString(gap)
			}
			width := widths[i]
			if limit == 0 {
				width = max(width, m.Width(c.text))
			}
			b.WriteString(fit(m, c, width, i == len(r)-1))
		}
		fmt.Fprintln(&p.out, strings.TrimRight(b.String(), " "))
	}
}

func fit(m text.Measure, c cell, width int, last bool) string {
	s := ""
	switch {
	case c.right:
		s = m.FitRight(c.text, width)
	case last && m.Width(c.text) <= width:
		s = c.text
	default:
		s = m.Fit(c.text, width)
	}
	body := strings.TrimRight(s, " ")
	return c.style.On(body) + s[len(body):]
}

// shrink takes width from the widest columns until all fit into total. No
// column becomes narrower than a few characters; a terminal narrower than that
// wraps.
func shrink(widths []int, total int) {
	const least = 6
	for sum(widths) > total {
		i := slices.Index(widths, slices.Max(widths))
		if widths[i] <= least {
			return
		}
		widths[i]--
	}
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}
