package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
)

// Why a row is not data, for Skipped.
const (
	whyCategory = "category"
	whySubtotal = "subtotal"
	whyHeader   = "header"
	whyBlank    = "blank"
	whyNote     = "note"
	whyMore     = "continued"
)

// rowReader reads the rows below a header, top down.
type rowReader struct {
	g       *grid
	t       *Table
	pos     []int  // by sheet column: position in t.Columns, -1 if none
	number  int    // position of the number column, -1 if there is none
	numbers []bool // by position: it numbers the rows, too (序号 beside 工单编号)
	arabic  bool   // rows are numbered 1, 2, 3, so that 一 is no row number
	repeat  []rowRange
	section sections

	merges  []a1.Range // of several rows, not yet reached, ascending
	covers  []cover    // by position: the merge that runs over it
	covered int        // last row that any cover reaches

	arena   []string            // room for the values of rows to come
	tally   [][5]int            // by position: data cells held as text, number, date, truth value; empty ones in date style
	looks   []int32             // by position: style of the last number, of the last empty cell where there is none
	holds   []held              // by position: how the current row's own cells are held
	others  []offRow            // rows that are not data, ascending
	after   bool                // the row before was a note
	gap     bool                // an empty row lies between the row before and this one
	types   []Type              // by position: what the column's field holds; AnyValue if it has none
	means   []func(string) bool // by position: whether a value is one of the field's own words; nil if it has none
	what    []int               // positions of the columns that say what a row is
	lone    []int8              // by row of t.Rows: the position of its only text, -1 if it has more
	gaps    []bool              // by row of t.Rows: an empty row lies before it
	apart   bool                // an empty row lies between the last data row and this one
	heads   []bool              // by row of t.Rows: it is apart, without a number, and reads like a header
	tallied []bool              // by row of t.Rows: it has a row number
	isDate  []int8              // by style: 0 not asked, 1 no, 2 yes
	last    []ooxml.Cell

	// Rows passed over: second lines, lines set off below, rows of defaults.
	more, below, prepared, examples []int
}

// cover is a cell merged over several rows.
type cover struct {
	anchor, until int
	value         string
}

// held is how a cell holds its value.
type held uint8

const (
	heldNothing held = iota
	heldText
	heldNumber
	heldDate
	heldBool
	heldDateStyle // empty, but a number would show as a date
)

// offRow is a row that is not data.
type offRow struct {
	row    int
	why    string
	filled bool // something stands in it
	cells  []ooxml.Cell
}

// look is what one row shows.
type look struct {
	row      int
	values   []string
	own      int    // cells that are not empty nor covered by a merge from above
	content  int    // of these, those that are neither row number nor numeric result
	lent     int    // of the content, what is merged over more rows and does not say what this one is about
	texts    int    // own cells that hold text
	dates    int    // own cells that hold dates
	first    string // first own text
	at       int    // its position
	counted  bool   // the number column holds a row number
	sequence bool   // the own cells are 1, 2, 3, …
	silent   bool   // there is a formula without a stored result
}

func (rr *rowReader) read(from, end int) {
	g := rr.g
	rr.t.Rows = make([]Row, 0, g.index(end)-g.index(from))
	before := from - 1
	for i := g.index(from); i < len(g.rows) && g.rows[i].row < end; i++ {
		sp := g.rows[i]
		cells := g.Cells[sp.lo:sp.hi]
		lk := rr.look(sp.row, cells)
		rr.gap = rr.gap || sp.row > before+1
		before = sp.row
		why, mark := rr.judge(&lk, sp.row == from, i)
		if why == "" {
			rr.after = false
			lone := int8(-1)
			if lk.own == 1 && lk.texts == 1 && lk.at < 100 && rr.covered < sp.row {
				lone = int8(lk.at)
			}
			rr.lone, rr.gaps = append(rr.lone, lone), append(rr.gaps, rr.gap)
			rr.heads, rr.tallied = append(rr.heads, (rr.apart || rr.gap) && rr.isHeading(&lk)),
				append(rr.tallied, lk.counted)
			rr.apart = false
			rr.t.Rows = append(rr.t.Rows, Row{Section: rr.section.text, Values: lk.values, Row: sp.row})
			rr.arena = rr.arena[len(lk.values):]
			for p, h := range rr.holds {
				if h != heldNothing {
					rr.tally[p][h-1]++
				}
			}
			rr.last, rr.gap = cells, false
			continue
		}
		switch why {
		case whyMore:
			rr.more = append(rr.more, sp.row)
		case whyCategory:
			rr.section.enter(mark)
		case whyNote:
			if rr.after = !isExample(lk.first); !rr.after {
				rr.examples = append(rr.examples, sp.row)
			}
		}
		if why != whyNote && why != whyBlank {
			rr.after = false
		}
		rr.apart = rr.apart || rr.gap
		rr.gap = why == whyBlank && lk.own == 0 && rr.covered < sp.row
		rr.others = append(rr.others, offRow{row: sp.row, why: why, filled: lk.own > 0 || lk.silent, cells: cells})
	}
	rr.trim()
}

// trim takes rows off the end that are no data after all: a few lines of text set
// off from the table, and rows in which only what stands in every row is filled in.
func (rr *rowReader) trim() {
	t := rr.t
	drop := func(from int, why string, list *[]int) {
		for _, r := range t.Rows[from:] {
			*list = append(*list, r.Row)
			rr.others = append(rr.others, offRow{row: r.Row, why: why, filled: true, cells: rr.g.cells(r.Row)})
		}
		t.Rows, rr.lone, rr.gaps, rr.heads, rr.tallied = t.Rows[:from], rr.lone[:from], rr.gaps[:from], rr.heads[:from],
			rr.tallied[:from]
		slices.SortFunc(rr.others, func(a, b offRow) int { return a.row - b.row })
	}
	n := len(t.Rows)
	k := n
	for k > 0 && rr.lone[k-1] >= 0 {
		k--
	}
	title := -1
	if len(rr.what) > 0 {
		title = rr.what[0]
	}
	if k > 0 && k < n && len(t.Columns) > 2 {
		for i := k; i < n; i++ {
			if rr.gaps[i] || title >= 0 && i == k && n-k > 1 && int(rr.lone[k]) != title {
				drop(i, whyNote, &rr.below)
				break
			}
		}
	}
	if k = rr.ends(); k < len(t.Rows) {
		drop(k, whyNote, &rr.below)
	}
	k = len(t.Rows)
	for k > 0 && rr.isPrepared(k-1) {
		k--
	}
	if k > 0 && k < len(t.Rows) && rr.defaults(k) {
		drop(k, whyBlank, &rr.prepared)
	}
}

// isHeading reports whether a row without a number is made of short texts, none of them
// a date in a column of dates.
func (rr *rowReader) isHeading(lk *look) bool {
	if lk.counted || lk.texts < 2 || lk.texts != lk.own {
		return false
	}
	for p, v := range lk.values {
		if rr.holds[p] == heldText && (utf8.RuneCountInString(v) > 10 || rr.types[p] == DateValue &&
			saysWhen(fold(v))) {
			return false
		}
	}
	return true
}

// ends is the position of the row with which another table begins: it is set off by an
// empty row and reads like a header, and from there on no row is numbered as those above
// are; the number of rows if there is none.
func (rr *rowReader) ends() int {
	n := len(rr.t.Rows)
	if rr.number < 0 || !rr.arabic {
		return n
	}
	k := n
	for k > 0 && !rr.tallied[k-1] {
		k--
	}
	for ; k > 0 && k < n; k++ {
		if rr.heads[k] {
			return k
		}
	}
	return n
}

// isPrepared reports whether a row says nothing of what it is about, though some of
// its columns are filled in.
func (rr *rowReader) isPrepared(row int) bool {
	if len(rr.what) == 0 {
		return false
	}
	for p, v := range rr.t.Rows[row].Values {
		if v == "" || isBlank(v) {
			continue
		}
		if slices.Contains(rr.what, p) || rr.types[p] == Name || rr.types[p] == Prose || rr.types[p] == Link ||
			rr.types[p] == DateValue {
			return false
		}
	}
	return true
}

// defaults reports whether the rows from k on hold nothing, beside their numbers,
// that does not stand in the rows before, too.
func (rr *rowReader) defaults(k int) bool {
	rows := rr.t.Rows
	for p := range rr.t.Columns {
		if p == rr.number || rr.types[p] == Counter || rr.types[p] == Code {
			continue
		}
		known := map[string]bool{}
		for i := max(0, k-1000); i < k; i++ {
			known[rows[i].Values[p]] = true
		}
		for i := k; i < len(rows); i++ {
			v := rows[i].Values[p]
			if rr.types[p] == State && v == rows[k].Values[p] && (len(rows)-k > 1 || rr.isState(p, v)) {
				continue // 未启动 in all of them; what else one row says there somebody typed
			}
			if v != "" && !known[v] && !knownParts(known, v) {
				return false
			}
		}
	}
	return true
}

// isState reports whether a value is a state that the column's field knows.
func (rr *rowReader) isState(p int, v string) bool { return rr.means[p] != nil && rr.means[p](v) }

// knownParts reports whether some entry of a list is known by itself.
func knownParts(known map[string]bool, list string) bool {
	return slices.ContainsFunc(cutNames(list), func(part string) bool { return known[part] })
}

// look gathers a row's cells. Its values lie in the arena and are kept only if the
// row is data.
func (rr *rowReader) look(row int, cells []ooxml.Cell) look {
	n := len(rr.t.Columns)
	if len(rr.arena) < n {
		rr.arena = make([]string, n*1024)
	}
	lk := look{row: row, values: rr.arena[:n:n], sequence: true}
	clear(lk.values)
	clear(rr.holds)
	rr.startMerges(row)
	for i := range cells {
		c := &cells[i]
		if c.Col >= len(rr.pos) || rr.pos[c.Col] < 0 {
			continue
		}
		p := rr.pos[c.Col]
		if c.Formula {
			rr.t.Place.Formulas[c.Ref] = true
		}
		if cv := &rr.covers[p]; cv.until >= row && cv.anchor < row {
			continue
		}
		if blankCell(c) {
			if rr.dateStyle(int(c.Style)) {
				rr.holds[p] = heldDateStyle
			} else if rr.tally[p][heldNumber-1] == 0 {
				rr.looks[p] = c.Style
			}
			lk.silent = lk.silent || c.Formula
			continue
		}
		rr.see(&lk, p, c)
	}
	if rr.covered >= row {
		for p := range rr.covers {
			if cv := &rr.covers[p]; cv.until >= row && cv.anchor <= row {
				lk.values[p] = cv.value
			}
		}
	}
	return lk
}

// see notes one own cell of a row.
func (rr *rowReader) see(lk *look, p int, c *ooxml.Cell) {
	text := rr.g.text(c)
	lk.values[p] = text
	if live, ok := rr.g.Struck[c.Ref]; ok {
		if rr.t.Place.Struck == nil {
			rr.t.Place.Struck = map[a1.Ref]string{}
		}
		rr.t.Place.Struck[c.Ref] = live
	}
	lk.own++
	lk.sequence = lk.sequence && len(text) <= 2 && isDigits(text) && atoi(text) == lk.own
	switch {
	case !c.Kind.Typeable():
		rr.holds[p] = heldNothing
		if rr.t.Place.Untyped == nil {
			rr.t.Place.Untyped = map[a1.Ref]ooxml.Kind{}
		}
		rr.t.Place.Untyped[c.Ref] = c.Kind
	case c.Kind == ooxml.Date || c.Kind == ooxml.Number && rr.dateStyle(int(c.Style)):
		rr.holds[p] = heldDate
		lk.dates++
	case c.Kind == ooxml.Number:
		rr.holds[p] = heldNumber
		rr.looks[p] = c.Style
	case c.Kind == ooxml.Bool:
		rr.holds[p] = heldBool
	default:
		rr.holds[p] = heldText
	}
	if p == rr.number {
		lk.counted = c.Kind == ooxml.Number || rr.counts(text)
	} else if rr.numbers[p] && isCounter(text) {
		// no content either
	} else if !c.Formula || c.Kind == ooxml.Text {
		lk.content++
		if cv := &rr.covers[p]; cv.anchor == lk.row && cv.until > lk.row && len(rr.what) > 0 &&
			!slices.Contains(rr.what, p) {
			lk.lent++
		}
	}
	if c.Kind == ooxml.Text {
		if lk.texts == 0 {
			lk.first, lk.at = text, p
		}
		lk.texts++
	}
}

// counts reports whether a text is a row number.
func (rr *rowReader) counts(s string) bool {
	if isCounter(s) {
		return true
	}
	n, rest := markOf(s)
	return !rr.arabic && n.heads() && rest == ""
}

// startMerges begins the merges that are anchored at or above row.
func (rr *rowReader) startMerges(row int) {
	for len(rr.merges) > 0 && rr.merges[0].First.Row <= row {
		m := rr.merges[0]
		rr.merges = rr.merges[1:]
		if m.Last.Row < row {
			continue
		}
		cv := cover{anchor: m.First.Row, until: m.Last.Row}
		cells := rr.g.cells(m.First.Row)
		for i := range cells {
			if cells[i].Col == m.First.Col && !blankCell(&cells[i]) {
				cv.value = rr.g.text(&cells[i])
			}
		}
		rr.covers[rr.pos[m.First.Col]] = cv
		rr.covered = max(rr.covered, m.Last.Row)
	}
}

// judge says why a row is not data, "" if it is, and of a category its text.
func (rr *rowReader) judge(lk *look, right bool, i int) (why, category string) {
	for _, r := range rr.repeat {
		if lk.row >= r.first && lk.row <= r.last {
			return whyHeader, ""
		}
	}
	for _, r := range rr.g.Totals {
		if lk.row >= r.First.Row && lk.row <= r.Last.Row && r.First.Col <= rr.t.Columns[len(rr.t.Columns)-1].Col &&
			r.Last.Col >= rr.t.Columns[0].Col {
			return whySubtotal, ""
		}
	}
	switch {
	case right && lk.sequence && lk.own >= max(3, len(rr.t.Columns)/2):
		return whyHeader, ""
	case right && rr.isHint(lk):
		rr.examples = append(rr.examples, lk.row)
		return whyHeader, ""
	case lk.content == lk.lent && (lk.counted || rr.number < 0 || isBlank(lk.values[rr.number]) || lk.texts == 0):
		return whyBlank, ""
	case rr.isSubtotal(lk):
		return whySubtotal, ""
	case rr.isNote(lk):
		return whyNote, ""
	case rr.continues(lk):
		return whyMore, ""
	case lk.own == 1 && lk.texts == 1 && rr.gap && len(rr.t.Rows) > 0 && !lk.counted && rr.opens(lk, i):
		return whyCategory, lk.first
	}
	if text, ok := rr.isCategory(lk); ok {
		return whyCategory, text
	}
	return "", ""
}

// continues reports whether a row is the second line of the one above (实际 below
// 计划): what the row is about is merged down from there, and of its own it has
// nothing but dates and that word.
func (rr *rowReader) continues(lk *look) bool {
	if len(rr.what) == 0 || lk.texts == 0 || lk.texts > 2 {
		return false
	}
	if cv := &rr.covers[rr.what[0]]; cv.until < lk.row || cv.anchor >= lk.row || cv.value == "" {
		return false
	}
	actual := false
	for p, v := range lk.values {
		if rr.holds[p] == heldNothing || rr.holds[p] == heldDateStyle {
			continue
		}
		switch {
		case rr.types[p] == AnyValue && rr.holds[p] == heldText && actualWords[foldWhole(v)]:
			actual = true
		case rr.holds[p] != heldText:
		default:
			return false
		}
	}
	return actual
}

var actualWords = map[string]bool{"实际": true, "实际进度": true, "实际完成": true, "实际时间": true, "实绩": true, "actual": true}

// opens reports whether a lone text begins a block of rows: it stands before all
// else, or where the title stands, and more than a lone text follows.
func (rr *rowReader) opens(lk *look, i int) bool {
	if len(rr.what) > 0 && lk.at > rr.what[0] || i+1 >= len(rr.g.rows) || rr.g.rows[i+1].row != lk.row+1 {
		return false
	}
	return rr.g.filled(lk.row+1, rr.t.Columns[0].Col, rr.t.Columns[len(rr.t.Columns)-1].Col) > 1
}

// isHint reports whether the first row tells how to fill in the columns (低/中/高, Start Date):
// it says nothing of what a row is about, and where others have dates it has words.
func (rr *rowReader) isHint(lk *look) bool {
	if lk.counted || lk.texts < 3 || lk.texts != lk.own || len(rr.what) == 0 {
		return false
	}
	words := 0
	for p, v := range lk.values {
		switch {
		case isBlank(v):
		case slices.Contains(rr.what, p):
			return false
		case rr.types[p] != DateValue:
		case saysWhen(fold(v)) || isPlaceholder(v):
			return false
		default:
			words++
		}
	}
	return words > 0
}

func (rr *rowReader) isSubtotal(lk *look) bool {
	if lk.texts == 1 && lk.own == 2 && lk.dates == 0 && !lk.counted && len(rr.t.Columns) > 3 {
		// 项目费用 | one sum, merged over the rest of the width
		for _, m := range rr.g.mergesFrom(lk.row, lk.row) {
			if p := rr.pos[min(m.First.Col, len(rr.pos)-1)]; p >= 0 && rr.holds[p] == heldNumber &&
				(m.Last.Col-m.First.Col+1)*2 > len(rr.t.Columns) {
				return true
			}
		}
	}
	if lk.texts == 0 || lk.texts > 3 || lk.counted && lk.at != rr.number {
		return false
	}
	if rr.isLabelOfFormulas(lk) {
		return true
	}
	sum, bare := isSum(lk.first)
	if lk.texts == 1 {
		return sum && lk.dates == 0
	}
	if !bare && sum && lk.at == 0 && lk.dates == 0 && rr.types[0] != Name && rr.types[0] != Prose {
		return rr.onlyFigures(lk) // 五月小计 | 2件 | 答复率100%
	}
	return bare && (lk.at == 0 || lk.at == rr.number)
}

// onlyFigures reports whether all texts of a row but its first are short and tell a
// number that is no date.
func (rr *rowReader) onlyFigures(lk *look) bool {
	for p, v := range lk.values {
		if p != lk.at && rr.holds[p] == heldText &&
			(strings.IndexFunc(v, unicode.IsDigit) < 0 || utf8.RuneCountInString(v) > 10 || saysWhen(fold(v))) {
			return false
		}
	}
	return true
}

// isLabelOfFormulas reports whether a row has a word where rows have their number
// (本页计) and beside it only formulas, whether or not their results were kept.
func (rr *rowReader) isLabelOfFormulas(lk *look) bool {
	if rr.number < 0 || lk.at != rr.number || lk.texts != 1 || lk.dates > 0 || lk.counted || lk.own == 1 && !lk.silent {
		return false
	}
	if lk.content > 0 && (!rr.arabic || lk.own < 2) {
		return false // 总分 | 45 where other rows have a number
	}
	mark, _ := markOf(lk.first)
	span := rr.g.mergeAt(a1.Ref{Row: lk.row, Col: rr.t.Columns[lk.at].Col})
	return !mark.heads() && span.First.Col == span.Last.Col && strings.IndexFunc(lk.first, isNumeral) < 0
}

func (rr *rowReader) isNote(lk *look) bool {
	if lk.counted || lk.texts == 0 {
		return false
	}
	if lk.own == 1 && (rr.after || slices.Contains(rr.t.Place.Title, strings.TrimSpace(lk.first))) {
		return true
	}
	if lk.at <= max(0, rr.number) && lk.own > 2 && isExample(lk.first) {
		return true
	}
	kind := noteOf(lk.first)
	if kind == notNote {
		return lk.texts >= 2 && lk.texts == lk.own && rr.areLabelled(lk) // 填表：… | 审核：…
	}
	if lk.own == 1 || kind == remark && lk.own == 2 {
		return true
	}
	labelled := true
	for p, v := range lk.values {
		if rr.holds[p] == heldText && !isLabelled(v) {
			labelled = false
		}
	}
	return labelled || kind == signature && (lk.at == 0 || lk.at == rr.number) && lk.own <= 4
}

// isExample reports whether a text marks a row that shows how to fill in the others.
func isExample(s string) bool {
	s = strings.Trim(foldWhole(s), "()0123456789:.一二三")
	switch s {
	case "示例", "样例", "范例", "例", "例如", "举例", "填写示例", "填报示例", "填写样例", "填报样例", "示范", "example", "sample":
		return true
	}
	return false
}

// areLabelled reports whether all texts of a row are a short label with its value.
func (rr *rowReader) areLabelled(lk *look) bool {
	for p, v := range lk.values {
		if rr.holds[p] != heldText {
			continue
		}
		label, _, ok := strings.Cut(fold(v), ":")
		if n := utf8.RuneCountInString(strings.TrimSpace(label)); !ok || n < 2 || n > 8 ||
			strings.IndexFunc(label, unicode.IsDigit) >= 0 {
			return false
		}
	}
	return true
}

func (rr *rowReader) isCategory(lk *look) (text string, ok bool) {
	if lk.counted || lk.texts == 0 || lk.dates > 0 {
		return "", false
	}
	mark, rest := markOf(lk.first)
	if lk.texts == 1 {
		span := rr.g.mergeAt(a1.Ref{Row: lk.row, Col: rr.t.Columns[lk.at].Col})
		wide := (span.Last.Col-span.First.Col+1)*2 >= len(rr.t.Columns) && span.Last.Col > span.First.Col
		if lk.own == 1 {
			return lk.first, mark.heads() || wide || lk.at == rr.number
		}
		return lk.first, mark.heads() && (lk.at == 0 || lk.at == rr.number || wide)
	}
	if lk.texts == 2 && lk.at == rr.number && rr.arabic && mark.heads() && rest == "" {
		for p, v := range lk.values {
			if p != rr.number && rr.holds[p] == heldText {
				num := strings.TrimSpace(lk.first)
				if mark == chineseMark {
					num = strings.TrimRight(num, "、.．") + "、"
				}
				return num + strings.TrimSpace(v), true
			}
		}
	}
	return "", false
}

// dateStyle asks once for each style whether it shows numbers as dates.
func (rr *rowReader) dateStyle(style int) bool {
	if style <= 0 || style >= 1<<16 {
		return style != 0 && rr.g.read.IsDate(style)
	}
	for style >= len(rr.isDate) {
		rr.isDate = append(rr.isDate, 0)
	}
	if rr.isDate[style] == 0 {
		rr.isDate[style] = 1
		if rr.g.read.IsDate(style) {
			rr.isDate[style] = 2
		}
	}
	return rr.isDate[style] == 2
}

// atoi reads up to two digits of either width.
func atoi(s string) (n int) {
	for _, r := range fold(s) {
		if r < '0' || r > '9' {
			return -1
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// sections is where a row stands among the categories above it.
type sections struct {
	stack []section
	text  string // of all, outermost first
}

type section struct {
	rank int
	mark numbering
	text string
}

// enter takes up a category row; "" is none.
func (s *sections) enter(text string) {
	if text = clean(strings.TrimSpace(text)); text == "" {
		return
	}
	mark, _ := markOf(text)
	keep, rank := len(s.stack), int(mark)*10
	if mark == noMark {
		if i := slices.IndexFunc(s.stack, func(x section) bool { return x.mark == noMark }); i >= 0 {
			keep, rank = i, s.stack[i].rank
		} else if keep > 0 {
			rank = s.stack[keep-1].rank + 1
		}
	} else {
		for keep > 0 && s.stack[keep-1].rank >= rank {
			keep--
		}
	}
	s.stack = append(s.stack[:keep], section{rank, mark, text})
	parts := make([]string, len(s.stack))
	for i, x := range s.stack {
		parts[i] = x.text
	}
	s.text = strings.Join(parts, " / ")
}
