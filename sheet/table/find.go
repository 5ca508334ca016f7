package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// Severity of a Problem.
type Severity uint8

const (
	Warning Severity = iota
	Err
)

// Problem is something in a workbook that could not be read, or not surely.
type Problem struct {
	Sheet    string
	Cell     a1.Ref // zero if it is about the whole sheet
	Severity Severity
	Text     msg.Text
}

// Found is what Find made of a workbook.
type Found struct {
	Tables   []*Table     // in tab order, top down
	Sheets   []SheetFound // every sheet, in tab order
	Problems []Problem
}

// SheetFound tells how one sheet was understood.
type SheetFound struct {
	Name      string
	Tables    []*Table   // what was found in it
	Candidate *Candidate // the best row that was not good enough; nil if there is a table or nothing at all
	Hidden    bool       // the sheet is hidden, and what is in it does not count
}

// Candidate is a row that looked most like a header without being one.
type Candidate struct {
	Row        int
	Headings   []string // as written
	Recognised []string // fields recognised among them
	Kind       string   // the kind of table that it nearly is, "" if it is far from any
	col        int
}

// Find looks for tables of the given kinds in every sheet. What is in a hidden
// sheet counts only for schemas that say so, and is a Problem else. The error is
// one of reading the workbook. Nobody may change the schemas afterwards; whoever looks
// into many workbooks passes the same slice, and its words are made ready once.
func Find(wb *ooxml.Workbook, schemas []Schema) (*Found, error) {
	m, inHidden := newMatcher(schemas), hiddenToo(schemas)
	found := &Found{}
	for _, info := range wb.Sheets() {
		sf := SheetFound{Name: info.Name}
		if info.Worksheet {
			s, err := wb.Sheet(info.Name)
			if err != nil {
				return nil, err
			}
			var problems []Problem
			if info.Visibility == ooxml.Visible || len(inHidden) == len(schemas) {
				sf, problems = findSheet(s, wb, m)
			} else {
				sf, problems = findHidden(s, wb, m, inHidden)
			}
			found.Tables = append(found.Tables, sf.Tables...)
			found.Problems = append(found.Problems, problems...)
			if c := sf.Candidate; c != nil && c.Kind != "" {
				found.Problems = append(found.Problems, Problem{Sheet: info.Name, Cell: a1.Ref{Row: c.Row, Col: c.col},
					Text: msg.New("table.nearly", "Row", c.Row, "Headings", strings.Join(c.Headings, " | "))})
			}
		}
		found.Sheets = append(found.Sheets, sf)
	}
	return found, nil
}

// hiddenToo are the schemas whose tables count in hidden sheets.
func hiddenToo(schemas []Schema) (out []Schema) {
	for _, s := range schemas {
		if s.Hidden {
			out = append(out, s)
		}
	}
	return out
}

// findHidden finds the tables of a hidden sheet that count, which are those of schemas, and
// says of the others that they do not.
func findHidden(s *ooxml.Sheet, read reader, m *matcher, schemas []Schema) (SheetFound, []Problem) {
	all, _ := findSheet(s, read, m)
	sf, problems := SheetFound{Name: s.Name, Hidden: true}, []Problem(nil)
	if len(schemas) > 0 {
		if sf, problems = findSheet(s, read, newMatcher(schemas)); len(sf.Tables) > 0 {
			return sf, problems
		}
		sf = SheetFound{Name: s.Name, Hidden: true}
	}
	rows := 0
	for _, t := range all.Tables {
		rows += len(t.Rows)
	}
	if rows > 0 {
		return sf, []Problem{{Sheet: s.Name, Text: msg.New("table.hidden_table", "Sheet", s.Name, "Rows", rows)}}
	}
	return sf, nil
}

// header is a band, or a part of one, that fits a schema.
type header struct {
	first, last int
	schema      int
	cols        []heading
	means       []meaning
	score       float64
	repeat      []rowRange // further down, the same header again
	left, right int        // columns that belong to it and no neighbour
	nearly      string     // the kind that it lacks only some evidence for
}

type rowRange struct{ first, last int }

// findSheet finds the tables of one sheet.
func findSheet(s *ooxml.Sheet, read reader, m *matcher) (SheetFound, []Problem) {
	g := newGrid(s, read)
	heads, best := g.headers(m)
	if len(heads) == 0 {
		if h, ok := g.unnamedHeader(m); ok {
			heads = append(heads, h)
		}
	}
	sf := SheetFound{Name: s.Name}
	if len(heads) == 0 {
		if best == nil {
			best = g.fullest(m)
		}
		sf.Candidate = best
		return sf, nil
	}
	var problems []Problem
	for i := range heads {
		t, ps := g.table(&heads[i], heads, m)
		sf.Tables = append(sf.Tables, t)
		problems = append(problems, ps...)
	}
	return sf, problems
}

// headers finds the headers of a sheet, top down; best is the likeliest row if
// none fits, nil if nothing at all is recognised.
func (g *grid) headers(m *matcher) (heads []header, best *Candidate) {
	words := g.words(m)
	no := dismissed{times: map[string]int{}}
	for i := 0; i < len(g.rows); i++ {
		sp := g.rows[i]
		if words[i][0] == "" || !varied(words[i:min(i+maxHeader, len(words))]) || no.like(g, sp) {
			continue
		}
		b, ok := g.bandAt(sp.row)
		if !ok || b.last == sp.row && !g.mayStand(heads, &b, m) {
			continue
		}
		if slices.ContainsFunc(heads, func(o header) bool {
			return b.first <= o.last && b.cols[0].col <= o.right && b.cols[len(b.cols)-1].col >= o.left
		}) {
			continue // it would share rows with the header above
		}
		fit, tried := g.fitBand(&b, m)
		if len(fit) == 0 {
			if c := candidate(&b, sp.row, tried); best == nil || len(c.Recognised) > len(best.Recognised) {
				best = c
			}
			continue
		}
		for _, h := range fit {
			if !g.stands(heads, &b, &h, m) {
				continue
			}
			if k := slices.IndexFunc(heads, func(o header) bool {
				return o.schema == h.schema &&
					repeats(o.cols, h.cols)
			}); k >= 0 && !g.interrupted(heads, k, &h) {
				heads[k].repeat = append(heads[k].repeat, rowRange{h.first, h.last})
			} else {
				heads = append(heads, h)
			}
			clear(no.times)
		}
		for i+1 < len(g.rows) && g.rows[i+1].row <= b.last {
			i++
		}
	}
	return heads, best
}

// words are, for each stored row, the texts in it that are headings somewhere: the
// first two different ones, "" where there are fewer.
func (g *grid) words(m *matcher) [][2]string {
	words := make([][2]string, len(g.rows))
	for i, sp := range g.rows {
		n := 0
		for k := sp.lo; k < sp.hi && n < 2; k++ {
			c := &g.Cells[k]
			if c.Kind == ooxml.Text && c.Value != "" && m.knows(c.Value) && c.Value != words[i][0] {
				words[i][n] = c.Value
				n++
			}
		}
	}
	return words
}

// varied reports whether rows hold two different headings, without which none
// of them is tried as a header: a column of values that read like one heading
// must not cost more than others.
func varied(rows [][2]string) bool {
	first := rows[0][0]
	for _, words := range rows {
		for _, w := range words {
			if w != "" && w != first {
				return true
			}
		}
	}
	return false
}

// mayStand reports whether a band can stand below the headers found so far, as one of any
// kind. The headings alone tell it, without a look at the values below, which costs far
// more: in a long table whose titles read like headings, every row comes here.
func (g *grid) mayStand(heads []header, b *band, m *matcher) bool {
	if len(heads) == 0 {
		return true
	}
	parts := g.parts(b)
	if len(parts) < 2 {
		h := header{first: b.first, last: b.last, cols: g.withNameless(b.cols, 1, b.last), left: 1, right: maxCol}
		return g.anyStands(heads, b, h, m)
	}
	// Any neighbours among the parts may become one header, within whatever bounds.
	for i := range parts {
		var cols []heading
		for _, part := range parts[i:] {
			cols = append(cols, part...)
			if _, off := captioned(cols); off {
				return true
			}
			first, last := cols[0].col, cols[len(cols)-1].col
			for _, h := range []header{
				{cols: cols, left: first, right: last}, {cols: cols, left: 1, right: maxCol},
				{cols: g.withNameless(cols, 1, b.last), left: first, right: last},
				{cols: g.withNameless(cols, 1, b.last), left: 1, right: maxCol},
			} {
				h.first, h.last = b.first, b.last
				if g.anyStands(heads, b, h, m) {
					return true
				}
			}
		}
	}
	return false
}

// anyStands reports whether h is a header as one of any kind.
func (g *grid) anyStands(heads []header, b *band, h header, m *matcher) bool {
	for h.schema = range m.schemas {
		if g.stands(heads, b, &h, m) {
			return true
		}
	}
	return false
}

// parts are the parts of a band that may each be a header by itself.
func (g *grid) parts(b *band) [][]heading {
	return b.split(func(col int) bool { return g.holds(col, b.last) })
}

// stands reports whether what fits as a header is one. Below another header of
// its columns most of what is data reads like headings here or there, so a header
// further down must repeat the one above, or be set off by a title or an empty row
// and consist of headings for the most part, or be made of listed headings.
func (g *grid) stands(heads []header, b *band, h *header, m *matcher) bool {
	below := false
	for i := range heads {
		o := &heads[i]
		if o.last < h.first && o.left <= h.cols[len(h.cols)-1].col && o.right >= h.cols[0].col {
			below = true
			if o.schema == h.schema && repeats(o.cols, h.cols) {
				return true
			}
		}
	}
	if !below {
		return true
	}
	for row := b.first; row <= b.last; row++ {
		cells := g.cells(row)
		for i := range cells {
			if c := &cells[i]; !g.blank(c) && c.Kind != ooxml.Text && c.Col >= h.cols[0].col &&
				c.Col <= h.cols[len(h.cols)-1].col {
				return false
			}
		}
	}
	known, whole := 0, 0
	for i := range h.cols {
		best := 0.0
		for f, score := range m.score(h.schema, &h.cols[i]) {
			if m.schemas[h.schema].Fields[f].Name != "" || score < wholeLeast {
				best = max(best, score)
			}
		}
		if best >= wholeLeast-0.02 {
			whole++
		}
		if best >= knownHeading {
			known++
		}
	}
	n := len(h.cols)
	apart := g.filled(b.first-1, h.left, min(h.cols[n-1].col+1, h.right)) == 0 || g.isTitle(b.first-1, h.left, h.right)
	return known*2 > n && (apart || whole >= 3 && whole*5 >= n*3)
}

// interrupted reports whether another header stands between heads[k] and h in
// the same columns, so that h begins a table of its own.
func (g *grid) interrupted(heads []header, k int, h *header) bool {
	for i := range heads {
		if o := &heads[i]; i != k && o.first > heads[k].last && o.last < h.first && o.left <= h.right &&
			o.right >= h.left {
			return true
		}
	}
	return false
}

// fitBand finds the tables that a band is the header of: one for each part that fits by
// itself if there are several, else one for the whole. tried is the best attempt
// if there is none.
func (g *grid) fitBand(b *band, m *matcher) (fit []header, tried header) {
	parts := g.parts(b)
	aside := maxCol
	if len(parts) > 1 {
		for k, part := range parts {
			left := 1
			if k > 0 {
				left = parts[k-1][len(parts[k-1])-1].col + 1
			}
			if h, ok := g.fitCols(b, part, left, m); ok {
				fit = append(fit, h)
			} else if last := len(fit) - 1; last >= 0 {
				if !g.together(fit[last].cols, part, b.last) {
					aside = min(aside, part[0].col)
					continue // a log or a legend that is kept beside the table
				}
				fit[last].cols = append(slices.Clone(fit[last].cols), part...)
			}
		}
		if len(fit) == 1 && aside < maxCol {
			cols := fit[0].cols
			if h, ok := g.fitCols(b, cols, 1, m); ok {
				h.right = aside - 1
				return []header{h}, header{}
			}
		}
		if len(fit) > 1 {
			for i := range fit {
				cols, off := captioned(fit[i].cols)
				fit[i], _ = g.fitCols(b, cols, cols[0].col, m)
				fit[i].right = maxCol
				if off {
					fit[i].first++
				}
				if i > 0 {
					fit[i].left = fit[i].cols[0].col
					fit[i-1].right = fit[i].left - 1
				}
			}
			return fit, header{}
		}
	}
	h, ok := g.fitCols(b, b.cols, 1, m)
	if !ok {
		return nil, h
	}
	h.right = maxCol
	return []header{h}, header{}
}

// together reports whether the columns of two parts of a header are filled in the
// same rows below it, so that they tell of the same things.
func (g *grid) together(left, right []heading, below int) bool {
	const rows = 200
	both, one := 0, 0
	for i := g.index(below + 1); i < len(g.rows) && g.rows[i].row <= below+rows; i++ {
		row := g.rows[i].row
		l := g.filled(row, left[0].col, left[len(left)-1].col) > 0
		r := g.filled(row, right[0].col, right[len(right)-1].col) > 0
		switch {
		case l && r:
			both++
		case r:
			one++
		}
	}
	return one == 0 || both >= 4*one
}

// fitCols is the best schema for some columns; ok is false if none fits, and
// the header is then the best attempt. Nothing left of column left belongs to it.
func (g *grid) fitCols(b *band, cols []heading, left int, m *matcher) (best header, ok bool) {
	cols = g.withNameless(cols, left, b.last)
	profs := g.profiles(cols, b.last, maxRow)
	for s := range m.schemas {
		means := m.assign(s, cols, profs)
		planned := m.schemas[s].schedules(g, b, cols, profs, means)
		n, fits := m.schemas[s].fits(means, planned)
		named := n > 0 && m.schemas[s].named(g, b)
		fits = (fits && (named || m.schemas[s].owns(cols)) || m.schemas[s].speaks(profs, means)) &&
			!m.keepsThings(s, cols, profs, means) &&
			!m.schemas[s].lists(profs, means, planned) && !m.schemas[s].logs(g, b, means)
		if named {
			n += 1.5
		}
		if fits && !ok || fits == ok && (n > best.score || best.means == nil) {
			best = header{first: b.first, last: b.last, schema: s, cols: cols, means: means, score: n, left: 1}
			if ok = fits; !fits && m.schemas[s].nearly(means) {
				best.nearly = m.schemas[s].Kind
			}
		}
	}
	return best, ok
}

// withNameless adds the columns without a heading, between the others or right beside
// them, that hold values in the first rows below a header.
func (g *grid) withNameless(cols []heading, left, below int) []heading {
	var out []heading
	for i, h := range cols {
		if i == 0 && h.col > left && g.holds(h.col-1, below) {
			out = append(out, heading{col: h.col - 1})
		}
		if i > 0 {
			for at := cols[i-1].col + 1; at < h.col; at++ {
				if g.holds(at, below) {
					out = append(out, heading{col: at})
				}
			}
		}
		out = append(out, h)
	}
	return out
}

// holds reports whether a column holds a value in the first rows below a header.
func (g *grid) holds(col, below int) bool {
	const rows = 12
	for i := g.index(below + 1); i < len(g.rows) && g.rows[i].row <= below+rows; i++ {
		for k := g.rows[i].lo; k < g.rows[i].hi && g.Cells[k].Col <= col; k++ {
			if c := &g.Cells[k]; c.Col == col && !g.blank(c) {
				return true
			}
		}
	}
	return false
}

// named reports whether the sheet's name or a text above the header has a word of
// the schema.
func (s *Schema) named(g *grid, b *band) bool {
	return g.says(b, s.Words)
}

// owns reports whether a heading has one of the schema's own words, if it has such words.
func (s *Schema) owns(cols []heading) bool {
	return len(s.Own) == 0 || slices.ContainsFunc(cols, func(h heading) bool {
		head := h.joined()
		return slices.ContainsFunc(s.Own, func(w string) bool { return strings.Contains(head, w) })
	})
}

// logs reports whether a table tells of what has happened; see Schema.Logs.
func (s *Schema) logs(g *grid, b *band, means []meaning) bool {
	return g.says(b, s.Logs) && !slices.ContainsFunc(means, func(o meaning) bool {
		return o.at >= 0 && !o.free && o.sure >= Doubtful && (s.Fields[o.at].Type == DateValue ||
			s.Fields[o.at].Type == State || slices.Contains(s.Work, o.field))
	})
}

// schedules reports whether a table plans from when to when each of its rows is done: a sure
// deadline follows dates that no field has, and a word of Schedules stands above.
func (s *Schema) schedules(g *grid, b *band, cols []heading, profs []profile, means []meaning) bool {
	for i := 1; i < len(means); i++ {
		end := &means[i]
		if end.at < 0 || end.free || end.sure < Doubtful || s.Fields[end.at].Type != DateValue ||
			s.Fields[end.at].Past ||
			means[i-1].at >= 0 || profs[i-1].share(profs[i-1].dates) < 0.7 || profs[i].share(profs[i].dates) < 0.7 {
			continue
		}
		group, _ := cols[i].group()
		return g.says(b, s.Schedules) || slices.ContainsFunc(s.Schedules,
			func(w string) bool { return strings.Contains(foldWhole(group), w) })
	}
	return false
}

// says reports whether the sheet's name or a text above a header has one of the words.
func (g *grid) says(b *band, words []string) bool {
	if len(words) == 0 {
		return false
	}
	has := func(text string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	if has(g.Name) {
		return true
	}
	for i := g.index(max(1, b.first-5)); i < len(g.rows) && g.rows[i].row < b.first; i++ {
		for k := g.rows[i].lo; k < g.rows[i].hi; k++ {
			if c := &g.Cells[k]; c.Kind == ooxml.Text && len(c.Value) < 300 && has(c.Value) {
				return true
			}
		}
	}
	return false
}

func candidate(b *band, row int, h header) *Candidate {
	c := &Candidate{Row: row, col: b.cols[0].col, Kind: h.nearly}
	for i := range b.cols {
		c.Headings = append(c.Headings, b.cols[i].text())
	}
	for _, m := range h.means {
		if m.field != "" {
			c.Recognised = append(c.Recognised, m.field)
		}
	}
	return c
}

// fullest is the row near the top with the most known headings, then the most
// short texts. It has at least two of them.
func (g *grid) fullest(m *matcher) *Candidate {
	const rows = 100
	var best *Candidate
	most := 0
	for _, sp := range g.rows[:min(rows, len(g.rows))] {
		c := &Candidate{Row: sp.row}
		for k := sp.lo; k < sp.hi; k++ {
			cell := &g.Cells[k]
			if cell.Kind != ooxml.Text || blankCell(cell) || utf8.RuneCountInString(cell.Value) > maxLabel {
				continue
			}
			c.Headings = append(c.Headings, clean(cell.Value))
			if f := m.likeliest(cell.Value); f != "" {
				c.Recognised = append(c.Recognised, f)
			}
		}
		if score := len(c.Recognised)*maxCol + len(c.Headings); len(c.Headings) >= 2 && score > most {
			best, most = c, score
		}
	}
	return best
}
