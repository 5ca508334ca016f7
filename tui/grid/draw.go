package grid

import (
	"strings"

	"taizhang/tui/text"
)

func (g *Grid) head(w int, look Look) string {
	m, th := look.Measure, look.Theme
	var b strings.Builder
	lead := "  "
	if len(g.spans) > 0 && g.left > 0 && !g.Columns[g.left-1].Pin {
		lead = "< " // columns are hidden to the left
	}
	b.WriteString(th.Head.On(m.Fit(lead, min(gutter, w))))
	x := gutter
	for _, s := range g.spans {
		b.WriteString(th.Head.On(text.Blank(s.x - x)))
		c := g.Columns[s.col]
		title := c.Title
		if c.Head != nil {
			title = c.Head(s.w)
		}
		switch c.Sort {
		case 1:
			title = m.Fit(title, min(m.Width(title), max(s.w-2, 1))) + " ^"
		case -1:
			title = m.Fit(title, min(m.Width(title), max(s.w-2, 1))) + " v"
		}
		if c.Right {
			title = m.FitRight(title, s.w)
		} else {
			title = m.Fit(title, s.w)
		}
		style := th.Head
		if g.cell(look) && s.col == g.Column() {
			style = th.HeadOn
		}
		b.WriteString(style.On(title))
		x = s.x + s.w
	}
	rest := text.Blank(w - x)
	if n := len(g.spans); n > 0 && g.spans[n-1].col < len(g.Columns)-1 && len(rest) > 0 {
		rest = rest[:len(rest)-1] + ">" // and to the right
	}
	b.WriteString(th.Head.On(rest))
	return m.FitStyled(b.String(), w)
}

func (g *Grid) line(r Row, current bool, w int, look Look) string {
	m, th := look.Measure, look.Theme
	lead := []byte("  ")
	if current {
		lead[0] = '>'
	}
	switch {
	case r.Marked:
		lead[1] = '*'
	case r.Flag != 0:
		lead[1] = r.Flag
	}
	var b strings.Builder
	whole := th.Text
	switch {
	case current && look.Focus:
		whole = th.Cursor
	case current:
		whole = th.Blur
	case r.Marked:
		whole = th.Mark
	}
	b.WriteString(whole.On(string(lead)))
	if r.Span != "" {
		if !current && !r.Marked && len(r.Styles) > 0 {
			whole = r.Styles[0]
		}
		return m.FitStyled(b.String()+whole.On(m.Fit(r.Span, max(0, w-gutter))), w)
	}
	x := gutter
	for _, s := range g.spans {
		if s.x > x {
			b.WriteString(whole.On(text.Blank(s.x - x)))
		}
		x = s.x + s.w
		if r.Paint != nil {
			if painted := r.Paint(s.col, s.w, current); painted != "" {
				b.WriteString(painted)
				continue
			}
		}
		cell := ""
		if s.col < len(r.Cells) {
			cell = r.Cells[s.col]
		}
		switch c := g.Columns[s.col]; {
		case c.Right:
			cell = m.FitRight(cell, s.w)
		case c.Name:
			cell = m.FitName(cell, s.w)
		default:
			cell = m.Fit(cell, s.w)
		}
		style := whole
		switch {
		case current && g.cell(look) && s.col == g.Column():
			style = th.CursorCell
		case !current && !r.Marked && s.col < len(r.Styles):
			style = r.Styles[s.col]
		}
		b.WriteString(style.On(cell))
	}
	b.WriteString(whole.On(text.Blank(w - x)))
	if w < gutter {
		return m.FitStyled(b.String(), w)
	}
	return b.String()
}
