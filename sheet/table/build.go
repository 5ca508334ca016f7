package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// table reads the table below a header.
func (g *grid) table(h *header, heads []header, m *matcher) (*Table, []Problem) {
	end := g.end(h, heads)
	t := &Table{Kind: m.schemas[h.schema].Kind, Sheet: g.Name}
	t.Place.HeaderFirst, t.Place.HeaderLast = h.first, h.last
	t.Place.Title = g.titles(h, heads)
	t.Place.Formulas = map[a1.Ref]bool{}
	problems := g.columns(t, h, end)

	n := len(t.Columns)
	rr := &rowReader{g: g, t: t, number: -1, repeat: h.repeat, covers: make([]cover, n), tally: make([][5]int, n),
		looks: make([]int32, n), holds: make([]held, n)}
	rr.pos = slices.Repeat([]int{-1}, t.Columns[n-1].Col+1)
	for p := range t.Columns {
		rr.pos[t.Columns[p].Col] = p
		if t.Columns[p].Field == NumberField {
			rr.number = p
			rr.arabic = g.arabic(t.Columns[p].Col, h.last, end)
		}
	}
	rr.types, rr.means = make([]Type, n), make([]func(string) bool, n)
	schema := &m.schemas[h.schema]
	for p := range t.Columns {
		if f := slices.IndexFunc(schema.Fields, func(f Field) bool {
			return f.Name != "" &&
				f.Name == t.Columns[p].Field
		}); f >= 0 {
			rr.types[p], rr.means[p] = schema.Fields[f].Type, schema.Fields[f].Means
		}
	}
	rr.numbers = make([]bool, n)
	if f := slices.IndexFunc(schema.Fields, func(f Field) bool { return f.Name == NumberField }); f >= 0 {
		for p, c := range t.Columns {
			rr.numbers[p] = c.Field == "" && m.knows(c.Heading) && m.evidence(c.Heading).of[h.schema][f] >= wholeLeast
		}
	}
	if len(schema.Need) > 0 {
		for _, f := range schema.Need[0] {
			if p := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Field == f }); p >= 0 {
				rr.what = append(rr.what, p)
			}
		}
	}
	for _, mg := range g.mergesFrom(h.last+1, end-1) {
		if mg.Last.Row > mg.First.Row && mg.First.Col < len(rr.pos) && rr.pos[mg.First.Col] >= 0 {
			rr.merges = append(rr.merges, mg)
		}
	}
	if len(h.repeat) > 0 {
		rr.section.enter(g.categoryAbove(h))
	}
	rr.read(h.last+1, end)
	rr.finish(end)
	problems = append(problems, rr.passedOver()...)
	for p := range t.Columns {
		c := &t.Columns[p]
		c.Format = format(rr.tally[p])
		if held := rr.tally[p]; c.Format == AsNumber || held[heldText-1]+held[heldDate-1]+held[heldBool-1] == 0 {
			c.Percent, c.Places = g.read.NumberLook(int(rr.looks[p]))
		}
		c.Choices, c.Open = g.choices(t, c.Col)
	}
	return t, problems
}

// categoryAbove is the category that stands right above a header, as others do above
// its repetitions further down; "" if none does.
func (g *grid) categoryAbove(h *header) (text string) {
	if !g.isTitle(h.first-1, h.left, h.right) {
		return ""
	}
	cells := g.cells(h.first - 1)
	for i := range cells {
		if c := &cells[i]; c.Col >= h.left && c.Col <= h.right && !blankCell(c) {
			if mark, _ := markOf(c.Value); text != "" || !mark.heads() {
				return ""
			}
			text = g.text(c)
		}
	}
	return text
}

// end is the first row below h that belongs to the next table in its columns,
// titles included.
func (g *grid) end(h *header, heads []header) int {
	end := maxRow + 1
	for i := range heads {
		o := &heads[i]
		if o.first <= h.last || o.first >= end || o.left > h.right || o.right < h.left {
			continue
		}
		end = o.first
		for end-1 > h.last && g.isTitle(end-1, o.left, o.right) {
			end--
		}
	}
	return end
}

// isTitle reports whether a row looks like one of those above a header: one
// text, or several that are all a label with its value.
func (g *grid) isTitle(row, left, right int) bool {
	n, labelled := 0, true
	cells := g.cells(row)
	for i := range cells {
		c := &cells[i]
		if c.Col < left || c.Col > right || blankCell(c) {
			continue
		}
		if c.Kind != ooxml.Text {
			return false
		}
		n++
		labelled = labelled && isLabelled(c.Value)
	}
	return n == 1 || n > 1 && labelled
}

// titles are the texts above a header: all of them for the topmost, those
// right above it for one that stands below another table.
func (g *grid) titles(h *header, heads []header) []string {
	first := 1
	for i := range heads {
		if o := &heads[i]; o.last < h.first && o.left <= h.right && o.right >= h.left {
			first = h.first
			for first > 1 && g.isTitle(first-1, h.left, h.right) {
				first--
			}
		}
	}
	var titles []string
	for i := g.index(first); i < len(g.rows) && g.rows[i].row < h.first; i++ {
		for k := g.rows[i].lo; k < g.rows[i].hi; k++ {
			if c := &g.Cells[k]; c.Col >= h.left && c.Col <= h.right && !blankCell(c) {
				titles = append(titles, strings.TrimSpace(g.text(c)))
			}
		}
	}
	return titles
}

// arabic reports whether a column holds numbers such as 1, 2, 3.
func (g *grid) arabic(col, below, end int) bool {
	for i := g.index(below + 1); i < len(g.rows) && g.rows[i].row < end; i++ {
		for k := g.rows[i].lo; k < g.rows[i].hi && g.Cells[k].Col <= col; k++ {
			if c := &g.Cells[k]; c.Col == col && (c.Kind == ooxml.Number || c.Kind == ooxml.Text && isDigits(c.Value)) {
				return true
			}
		}
	}
	return false
}

// columns fills in the table's columns: those with a heading, and those without
// that hold values between them or right beside them.
func (g *grid) columns(t *Table, h *header, end int) []Problem {
	used := g.used(h, end)
	byCol := map[int]int{}
	for i := range h.cols {
		byCol[h.cols[i].col] = i
	}
	left, right := h.cols[0].col, h.cols[len(h.cols)-1].col
	for left-1 >= h.left && left > 1 && used[left-1] {
		left--
	}
	for right+1 <= h.right && right+1 < len(used) && used[right+1] {
		right++
	}
	keys := map[string]int{}
	key := func(name string) string {
		if keys[name]++; keys[name] > 1 {
			return fmt.Sprintf("%s#%d", name, keys[name])
		}
		return name
	}
	at := func(i int) a1.Ref { return a1.Ref{Row: h.last, Col: h.cols[i].col} }
	var problems []Problem
	for col := left; col <= right; col++ {
		i, ok := byCol[col]
		if !ok || len(h.cols[i].levels) == 0 && h.means[i].field == "" {
			if used[col] {
				t.Columns = append(t.Columns, Column{Key: key(NoHeading + a1.ColumnName(col)), Col: col})
			}
			continue
		}
		if !used[col] && slices.ContainsFunc(g.mergesFrom(h.first, h.last), func(m a1.Range) bool {
			_, heading := byCol[m.First.Col]
			return heading && m.First.Col < col && col <= m.Last.Col && m.Last.Row >= h.last
		}) {
			continue // a heading merged over columns whose cells are merged, too: one column
		}
		c := Column{Field: h.means[i].field, Heading: h.cols[i].text(), Col: col,
			Reading: h.means[i].reading(&h.cols[i])}
		t.Columns = append(t.Columns, c)
		if j := h.means[i].rival; j >= 0 {
			p := Problem{Sheet: g.Name, Cell: at(i), Text: msg.New("table.same_field",
				"First", at(j).String(), "FirstHeading", h.cols[j].text(), "Second", at(i).String(), "SecondHeading",
				h.cols[i].text())}
			if h.means[i].same {
				p.Severity = Err
				p.Text = msg.New("table.duplicate", "First", at(j).String(), "Second", at(i).String(), "Heading",
					h.cols[i].text())
			}
			problems = append(problems, p)
		}
	}
	// Fields first, so that each has its plain name as key.
	for p := range t.Columns {
		if c := &t.Columns[p]; c.Field != "" {
			c.Key = key(c.Field)
		}
	}
	for p := range t.Columns {
		if c := &t.Columns[p]; c.Key == "" {
			c.Key = key(c.Heading)
		}
	}
	return problems
}

// used tells which sheet columns hold something in rows below a header that
// also hold at least two values under its headings.
func (g *grid) used(h *header, end int) []bool {
	used := make([]bool, g.right+2)
	first, last := h.cols[0].col, h.cols[len(h.cols)-1].col
	for i := g.index(h.last + 1); i < len(g.rows) && g.rows[i].row < end; i++ {
		cells := g.Cells[g.rows[i].lo:g.rows[i].hi]
		fresh := slices.ContainsFunc(cells, func(c ooxml.Cell) bool {
			return c.Col <= g.right && !used[c.Col] &&
				!blankCell(&c)
		})
		if !fresh || g.filled(g.rows[i].row, first, last) < 2 {
			continue
		}
		for k := range cells {
			if c := &cells[k]; c.Col <= g.right && !blankCell(c) {
				used[c.Col] = true
			}
		}
	}
	return used
}

// passedOver says of rows that hold something and are no data why they do not count,
// where a person might think that they do.
func (rr *rowReader) passedOver() (out []Problem) {
	say := func(rows []int, text string) {
		if len(rows) == 0 {
			return
		}
		list := make([]string, 0, len(rows))
		for i, r := range rows {
			if i == 8 {
				list = append(list, "…")
				break
			}
			list = append(list, strconv.Itoa(r))
		}
		out = append(out, Problem{Sheet: rr.t.Sheet, Cell: a1.Ref{Row: rows[0], Col: rr.t.Columns[0].Col},
			Text: msg.New(text, "Rows", strings.Join(list, ", "), "N", len(rows))})
	}
	say(rr.more, "table.continued")
	say(rr.below, "table.below")
	say(rr.prepared, "table.defaults")
	say(rr.examples, "table.example")
	return out
}

// finish settles what lies between, and what below, the data rows.
func (rr *rowReader) finish(end int) {
	t, pl := rr.t, &rr.t.Place
	pl.First, pl.Last = pl.HeaderLast+1, pl.HeaderLast
	if n := len(t.Rows); n > 0 {
		pl.First, pl.Last = t.Rows[0].Row, t.Rows[n-1].Row
	}
	i := 0
	for ; i < len(rr.others) && rr.others[i].row < pl.Last; i++ {
		pl.Skipped = append(pl.Skipped, Skipped{rr.others[i].row, rr.others[i].why})
	}
	below := rr.others[i:]
	prepared := 0 // rows of below up to the last one that is prepared
	for k, o := range below {
		if o.why == whyNote || o.why == whySubtotal {
			break
		}
		if o.why == whyBlank && (o.filled || rr.formatted(o.cells)) {
			prepared = k + 1
		}
	}
	for _, o := range below[:prepared] {
		if o.why == whyBlank && (o.filled || rr.formatted(o.cells)) {
			pl.Blank = append(pl.Blank, o.row)
		} else {
			pl.Skipped = append(pl.Skipped, Skipped{o.row, o.why})
		}
	}
	for _, o := range below[prepared:] {
		if o.filled {
			pl.Footer = o.row
			break
		}
	}
	for _, o := range below[prepared:] {
		if o.why == whySubtotal {
			pl.Sums = append(pl.Sums, o.row)
		}
	}
	if pl.Footer == 0 && end <= maxRow {
		pl.Footer = end
	}
	left, right := t.Columns[0].Col, t.Columns[len(t.Columns)-1].Col
	for _, m := range rr.g.merges {
		if m.First.Row <= pl.Last && m.Last.Row > pl.HeaderLast && m.First.Col <= right && m.Last.Col >= left {
			pl.Merges = append(pl.Merges, m)
		}
	}
}

// formatted reports whether an empty row looks like the last data row, or, where there
// is none, like anything at all, in at least half of the columns.
func (rr *rowReader) formatted(cells []ooxml.Cell) bool {
	styles := map[int]int{}
	for i := range rr.last {
		styles[rr.last[i].Col] = int(rr.last[i].Style)
	}
	n := 0
	for i := range cells {
		c := &cells[i]
		if c.Col >= len(rr.pos) || rr.pos[c.Col] < 0 || c.Style == 0 {
			continue
		}
		if rr.last == nil || styles[c.Col] == int(c.Style) {
			n++
		}
	}
	return n*2 >= len(rr.t.Columns)
}

// format is how most of a column's cells hold their values.
func format(tally [5]int) Format {
	text, number, date, truth := tally[heldText-1], tally[heldNumber-1], tally[heldDate-1], tally[heldBool-1]
	switch n := text + number + date + truth; {
	case n == 0 && tally[heldDateStyle-1] > 0, n > 0 && date*2 > n:
		return AsDate
	case n > 0 && number*2 > n:
		return AsNumber
	case n > 0 && truth*2 > n:
		return AsBool
	}
	return AsText
}

// choices is the drop-down list that most data rows of a column share; open reports
// whether it only warns of other values.
func (g *grid) choices(t *Table, col int) (items []string, open bool) {
	count := func(rows []int, first, last int) int {
		a, _ := slices.BinarySearch(rows, first)
		b, _ := slices.BinarySearch(rows, last+1)
		return b - a
	}
	rows := make([]int, 0, len(t.Rows))
	for i := range t.Rows {
		rows = append(rows, t.Rows[i].Row)
	}
	if len(rows) == 0 {
		if rows = t.Place.Blank; len(rows) == 0 {
			rows = []int{t.Place.HeaderLast + 1}
		}
	}
	covered := map[string]int{}
	for i := range g.Validations {
		v := &g.Validations[i]
		if len(v.Choices) == 0 {
			continue
		}
		for _, r := range v.Ranges {
			if col < r.First.Col || col > r.Last.Col {
				continue
			}
			name := strings.Join(v.Choices, "\x00")
			if covered[name] += count(rows, r.First.Row, r.Last.Row); covered[name]*2 > len(rows) {
				return v.Choices, v.Warns
			}
		}
	}
	return nil, false
}
