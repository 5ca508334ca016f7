package paper

import (
	"cmp"
	"fmt"
	"strings"
)

// grid is a table with the column in which each cell begins.
type grid struct {
	*Table
	at   [][]int       // by row and cell
	cols int           // columns in all
	down map[[2]int]at // places that a cell from above covers, by row and column
}

// cellSize is the size of texts in a table, in half points.
const cellSize = 24

type at struct{ row, cell int }

func (c Cell) span() int { return max(c.Span, 1) }

// layOut finds out where each cell stands.
func layOut(t *Table) *grid {
	g := &grid{Table: t, at: make([][]int, len(t.Rows)), down: map[[2]int]at{}}
	for r, row := range t.Rows {
		col := 0
		for i, c := range row {
			for covered := true; covered; {
				if _, covered = g.down[[2]int{r, col}]; covered {
					col++
				}
			}
			g.at[r] = append(g.at[r], col)
			for d := 1; d < c.Down && r+d < len(t.Rows); d++ {
				for k := range c.span() {
					g.down[[2]int{r + d, col + k}] = at{r, i}
				}
			}
			col += c.span()
			g.cols = max(g.cols, col)
		}
	}
	return g
}

// widths are those of the columns, together as wide as the text: what each
// needs for its longest text on one line and a share of what is left. Where that
// is too much headings run over two lines first; then the widest columns give way and
// their texts run over several lines, but numbers and Latin words stay whole as long
// as they can.
func (g *grid) widths() []int {
	need := make([]int, g.cols)
	if g.Cols != nil {
		copy(need, g.Cols)
		return shareOut(need)
	}
	const margins = 2*57 + 40
	half := cmp.Or(g.Size, cellSize) * 5 // of a character, in twips
	least := make([][]int, 2)            // with headings in two lines; with nothing whole but words
	for k := range least {
		least[k] = make([]int, g.cols)
	}
	for r, row := range g.Rows {
		for i, c := range row {
			if c.span() > 1 {
				continue
			}
			col, text := g.at[r][i], oneLine(c.Text)
			whole, folded := halves(text), halves(text)
			if r < g.Head {
				folded = (whole + 3) / 4 * 2
			}
			word := longestWord(text)
			need[col] = max(need[col], max(whole, 2)*half+margins)
			least[0][col] = max(least[0][col], max(folded, word, 2)*half+margins)
			least[1][col] = max(least[1][col], max(word, 2)*half+margins)
		}
	}
	for i := range need {
		need[i] = max(need[i], 2*half+margins)
	}
	for _, floor := range append(least, make([]int, g.cols)) {
		giveWay(need, floor)
	}
	return shareOut(need)
}

// giveWay narrows the widest columns until all fit, none below its floor.
func giveWay(need, floor []int) {
	for sum(need) > textWidth {
		widest := -1
		for i := range need {
			if need[i] > max(floor[i], 1) && (widest < 0 || need[i] > need[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		need[widest] -= min(20, need[widest]-max(floor[widest], 1))
	}
}

// longestWord is the width of the longest part of a text that no line breaks in: a
// number, a Latin word.
func longestWord(text string) int {
	longest, now := 0, 0
	for _, r := range text {
		if now++; isWide(r) || r == ' ' {
			now = 0
		}
		longest = max(longest, now)
	}
	return longest
}

// shareOut gives the width of the text to columns in proportion.
func shareOut(share []int) []int {
	all, used := sum(share), 0
	out := make([]int, len(share))
	for i, s := range share {
		out[i] = textWidth * s / all
		used += out[i]
	}
	out[len(out)-1] += textWidth - used
	return out
}

// table writes a table, its head repeated on every page and no row broken
// between two.
func (w *writer) table(t *Table) {
	g := layOut(t)
	widths := g.widths()
	w.size = t.Size
	b := &w.body
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`, textWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/>` + cellMargins + `</w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for r := range g.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if r < t.Head {
			b.WriteString(`<w:tblHeader/>`)
		}
		if t.Height > 0 {
			fmt.Fprintf(b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, t.Height)
		}
		b.WriteString(`</w:trPr>`)
		place := rowPlace{head: r < t.Head, keep: t.Whole && r < len(g.Rows)-1}
		i := 0
		for col := 0; col < len(widths); {
			switch from, covered := g.down[[2]int{r, col}]; {
			case covered:
				c := g.Rows[from.row][from.cell]
				w.cell(c, sum(widths[col:col+c.span()]), `<w:vMerge/>`, "", place)
				col += c.span()
			case i < len(g.Rows[r]):
				c := g.Rows[r][i]
				merge := ""
				if c.Down > 1 {
					merge = `<w:vMerge w:val="restart"/>`
				}
				w.cell(c, sum(widths[col:min(col+c.span(), len(widths))]), merge, c.Text, place)
				i, col = i+1, col+c.span()
			default:
				w.cell(Cell{}, widths[col], "", "", place)
				col++
			}
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
	w.paragraph("Flush", `<w:spacing w:line="240" w:lineRule="exact"/>`, "")
}

// rowPlace is where a row stands: in the head, and whether the next one must stand
// on its page.
type rowPlace struct{ head, keep bool }

func (w *writer) cell(c Cell, width int, merge, text string, row rowPlace) {
	style, size := "CellText", w.sizeOf()
	if row.head || c.Bold {
		style = "CellHead"
	}
	b := &w.body
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.span() > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.span())
	}
	b.WriteString(merge + `<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
	if row.keep && !row.head {
		b.WriteString(keepNext)
	}
	if c.Left && !row.head {
		b.WriteString(`<w:jc w:val="left"/>`)
	}
	b.WriteString(`</w:pPr>`)
	if text = oneLine(text); text != "" {
		b.WriteString(`<w:r>` + size + `<w:t xml:space="preserve">` + escape(text) + `</w:t></w:r>`)
	}
	b.WriteString(`</w:p></w:tc>`)
}

// sizeOf is the run properties of a table whose font has a size of its own.
func (w *writer) sizeOf() string {
	if w.size == 0 {
		return ""
	}
	return fmt.Sprintf(`<w:rPr><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr>`, w.size, w.size)
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// plainTable writes rows with their columns aligned in a fixed-width font, in
// which a Chinese character is as wide as two letters.
func plainTable(b *strings.Builder, t *Table) {
	g := layOut(t)
	widths := make([]int, g.cols)
	for r, row := range g.Rows {
		for i, c := range row {
			if c.span() == 1 {
				widths[g.at[r][i]] = max(widths[g.at[r][i]], halves(oneLine(c.Text)))
			}
		}
	}
	for r, row := range g.Rows {
		var line strings.Builder
		at := 0
		for i, c := range row {
			for col := 0; col < g.at[r][i]; col++ {
				if from := sum(widths[:col]) + 2*col; from >= at {
					line.WriteString(strings.Repeat(" ", widths[col]+2))
					at = from + widths[col] + 2
				}
			}
			s := oneLine(c.Text)
			room := sum(widths[g.at[r][i]:min(g.at[r][i]+c.span(), g.cols)]) + 2*c.span()
			line.WriteString(s + strings.Repeat(" ", max(room-halves(s), 1)))
			at = sum(widths[:g.at[r][i]]) + 2*g.at[r][i] + room
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}
