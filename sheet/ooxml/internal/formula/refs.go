package formula

import (
	"slices"
	"strconv"
	"strings"

	"taizhang/sheet/a1"
)

// Ref is a reference inside a formula.
type Ref struct {
	Sheet     string // the sheet it names, "" for the formula's own
	LastSheet string // of a reference through several sheets (First:Last!A1), else ""
	External  bool   // it points into another workbook
	Kind      Kind
	Range     a1.Range // both corners equal for a single cell
	Fixed     [4]bool  // "$" before: first column, first row, last column, last row
	At        Span     // of the cells in the formula's text, without the sheet
}

// Span is a stretch [Start,End) of a formula's text.
type Span struct{ Start, End int }

// Kind is how a reference is written.
type Kind uint8

const (
	Cell Kind = iota // A1
	Area             // A1:B2
	Cols             // A:B
	Rows             // 1:2
)

// Parts is what a formula refers to.
type Parts struct {
	Refs   []Ref
	Names  []Name
	Tables []string // names of tables in structured references, "" for the table the formula stands in
	Calls  []string // functions, upper case, without _xlfn. prefix
	Texts  []string // text constants, as stored between their quotes

	tablesAt []Span // of the names in Tables
}

// Name is the use of a defined name, or of a table as a whole.
type Name struct {
	Sheet, Name string
	External    bool
	at          Span
}

// Parse finds the references in a formula as it is stored (without "=",
// in A1 notation). It takes apart only what tells a reference from other text:
// strings, quoted sheet names, structured references, functions, error values.
func Parse(f string) Parts {
	p := parser{f: f}
	for p.i < len(f) {
		p.token()
	}
	return p.out
}

type parser struct {
	f   string
	i   int
	out Parts

	sheet, lastSheet string // named by the token before, which ended in "!"
	external         bool
}

func (p *parser) token() {
	f := p.f
	switch c := f[p.i]; {
	case c == '"':
		end := quoteEnd(f, p.i)
		p.out.Texts = append(p.out.Texts, strings.Trim(f[p.i:end], `"`))
		p.i = end
	case c == '\'':
		end := quoteEnd(f, p.i)
		name := strings.ReplaceAll(strings.Trim(f[p.i:end], "'"), "''", "'")
		p.i = end
		if end < len(f) && f[end] == '!' {
			p.i++
			p.setSheet(name)
			return
		}
	case c == '[':
		// At the beginning of a token: the number of another workbook, or a
		// structured reference inside its own table.
		end := bracketEnd(f, p.i)
		book := f[p.i:end]
		p.i = end
		if end < len(f) && identByte(f[end]) || end < len(f) && f[end] == '\'' {
			p.external = len(book) > 2
			return
		}
		p.out.Tables = append(p.out.Tables, "")
		p.out.tablesAt = append(p.out.tablesAt, Span{})
	case c == '#':
		end := p.i + 1
		for end < len(f) && (f[end]|0x20 >= 'a' && f[end]|0x20 <= 'z' || f[end] >= '0' && f[end] <= '9' &&
			end > p.i+1 || f[end] == '/' || f[end] == '_') {
			end++
		}
		if end > p.i+1 && end < len(f) && (f[end] == '!' || f[end] == '?') {
			end++
		}
		p.i = end
	case identByte(c):
		p.ident()
		return
	default:
		p.i++
	}
	p.setSheet("")
	p.external = false
}

// setSheet notes the sheet that the next reference is on.
func (p *parser) setSheet(name string) {
	p.lastSheet = ""
	if i := strings.LastIndexByte(name, ']'); i >= 0 {
		p.external = true
		name = name[i+1:]
	}
	if first, last, ok := strings.Cut(name, ":"); ok {
		name, p.lastSheet = first, last
	}
	p.sheet = name
}

func (p *parser) ident() {
	f, start := p.f, p.i
	end := identEnd(f, start)
	word := f[start:end]
	next := byte(0)
	if end < len(f) {
		next = f[end]
	}
	if next == ':' && p.sheet == "" && end+1 < len(f) && identByte(f[end+1]) {
		// Several sheets: First:Last!A1.
		if second := identEnd(f, end+1); second < len(f) && f[second] == '!' {
			p.setSheet(word + ":" + f[end+1:second])
			p.i = second + 1
			return
		}
	}
	switch next {
	case '!':
		external := p.external
		p.setSheet(word)
		p.external = p.external || external
		p.i = end + 1
		return
	case '(':
		name := strings.ToUpper(word)
		name = strings.TrimPrefix(strings.TrimPrefix(name, "_XLFN."), "_XLWS.")
		p.out.Calls = append(p.out.Calls, name)
		p.i = end
	case '[':
		p.out.Tables = append(p.out.Tables, word)
		p.out.tablesAt = append(p.out.tablesAt, Span{start, end})
		p.i = bracketEnd(f, end)
	default:
		p.i = end
		p.reference(start, end)
	}
	p.setSheet("")
	p.external = false
}

// reference reads the word between start and end, and what a colon joins to it.
func (p *parser) reference(start, end int) {
	f := p.f
	word := f[start:end]
	r := Ref{Sheet: p.sheet, LastSheet: p.lastSheet, External: p.external}
	second := ""
	if end+1 < len(f) && f[end] == ':' && identByte(f[end+1]) {
		to := identEnd(f, end+1)
		if to >= len(f) || f[to] != '(' && f[to] != '!' && f[to] != '[' {
			second = f[end+1 : to]
		}
	}
	if at, fixed, ok := cellWord(word); ok {
		r.Range = a1.Range{First: at, Last: at}
		r.Fixed = [4]bool{fixed[0], fixed[1], fixed[0], fixed[1]}
		if to, fixed2, ok := cellWord(second); ok {
			r.Kind, r.Range.Last = Area, to
			r.Fixed[2], r.Fixed[3] = fixed2[0], fixed2[1]
			end += 1 + len(second)
		}
	} else if a, fixedA, ok := columnWord(word); ok && second != "" {
		b, fixedB, ok := columnWord(second)
		if !ok {
			p.name(word, start)
			return
		}
		r.Kind, r.Range = Cols, a1.Range{First: a1.At(1, a), Last: a1.At(a1.MaxRow, b)}
		r.Fixed = [4]bool{fixedA, true, fixedB, true}
		end += 1 + len(second)
	} else if a, fixedA, ok := rowWord(word); ok && second != "" {
		b, fixedB, ok := rowWord(second)
		if !ok {
			return
		}
		r.Kind, r.Range = Rows, a1.Range{First: a1.At(a, 1), Last: a1.At(b, a1.MaxCol)}
		r.Fixed = [4]bool{true, fixedA, true, fixedB}
		end += 1 + len(second)
	} else {
		p.name(word, start)
		return
	}
	r.At = Span{start, end}
	p.i = end
	p.out.Refs = append(p.out.Refs, r)
}

func (p *parser) name(word string, start int) {
	if word[0] >= '0' && word[0] <= '9' || word[0] == '.' {
		return
	}
	switch strings.ToUpper(word) {
	case "TRUE", "FALSE":
		return
	}
	p.out.Names = append(p.out.Names, Name{p.sheet, word, p.external, Span{start, start + len(word)}})
}

// cells is the reference's text with its present corners.
func (r Ref) Cells() string {
	dollar := func(fixed bool) string {
		if fixed {
			return "$"
		}
		return ""
	}
	col := func(c int, fixed bool) string { return dollar(fixed) + a1.ColumnName(c) }
	row := func(n int, fixed bool) string { return dollar(fixed) + strconv.Itoa(n) }
	a, b := r.Range.First, r.Range.Last
	switch r.Kind {
	case Cols:
		return col(a.Col, r.Fixed[0]) + ":" + col(b.Col, r.Fixed[2])
	case Rows:
		return row(a.Row, r.Fixed[1]) + ":" + row(b.Row, r.Fixed[3])
	case Area:
		return col(a.Col, r.Fixed[0]) + row(a.Row, r.Fixed[1]) + ":" + col(b.Col, r.Fixed[2]) + row(b.Row, r.Fixed[3])
	}
	return col(a.Col, r.Fixed[0]) + row(a.Row, r.Fixed[1])
}

// MapRefs rewrites the references of a formula; change returns false to leave
// one as it is.
func MapRefs(f string, change func(*Ref) bool) string {
	parts := Parse(f)
	var b strings.Builder
	done := 0
	for i := range parts.Refs {
		r := &parts.Refs[i]
		if !change(r) {
			continue
		}
		b.WriteString(f[done:r.At.Start])
		b.WriteString(r.Cells())
		done = r.At.End
	}
	if done == 0 {
		return f
	}
	b.WriteString(f[done:])
	return b.String()
}

// RenameTables gives the tables that a formula names other names; now is "" for one
// that keeps its own.
func RenameTables(f string, now func(table string) string) string {
	parts := Parse(f)
	var places []Span
	for _, at := range parts.tablesAt {
		if at.End > at.Start && now(f[at.Start:at.End]) != "" {
			places = append(places, at)
		}
	}
	for _, n := range parts.Names {
		if n.Sheet == "" && !n.External && now(n.Name) != "" {
			places = append(places, n.at)
		}
	}
	slices.SortFunc(places, func(a, b Span) int { return b.Start - a.Start })
	for _, at := range places {
		f = f[:at.Start] + now(f[at.Start:at.End]) + f[at.End:]
	}
	return f
}

// Translate is a formula as it reads when copied rows down and cols to the
// right; ok is false if a reference would leave the sheet.
func Translate(f string, rows, cols int) (string, bool) {
	ok := true
	move := func(v *int, fixed bool, by, limit int) {
		if !fixed {
			if *v += by; *v < 1 || *v > limit {
				ok = false
			}
		}
	}
	out := MapRefs(f, func(r *Ref) bool {
		if r.Kind != Cols {
			move(&r.Range.First.Row, r.Fixed[1], rows, a1.MaxRow)
			move(&r.Range.Last.Row, r.Fixed[3], rows, a1.MaxRow)
		}
		if r.Kind != Rows {
			move(&r.Range.First.Col, r.Fixed[0], cols, a1.MaxCol)
			move(&r.Range.Last.Col, r.Fixed[2], cols, a1.MaxCol)
		}
		return true
	})
	return out, ok
}

func identByte(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '$' ||
		c == '\\' || c == '?' || c >= 0x80
}

func identEnd(f string, i int) int {
	for i < len(f) && identByte(f[i]) {
		i++
	}
	return i
}

// quoteEnd is the offset behind the quoted text at i, in which a doubled quote
// stands for one.
func quoteEnd(f string, i int) int {
	quote := f[i]
	for i++; i < len(f); i++ {
		if f[i] != quote {
			continue
		}
		if i+1 < len(f) && f[i+1] == quote {
			i++
			continue
		}
		return i + 1
	}
	return len(f)
}

// bracketEnd is the offset behind the bracketed text at i; an apostrophe
// escapes the character after it.
func bracketEnd(f string, i int) int {
	for depth := 0; i < len(f); i++ {
		switch f[i] {
		case '\'':
			i++
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(f)
}

// cellWord reads "A1" with optional dollars.
func cellWord(w string) (at a1.Ref, fixed [2]bool, ok bool) {
	if w == "" {
		return
	}
	at, ok = a1.ParseRef(w)
	if !ok || w[0] >= '0' && w[0] <= '9' {
		return a1.Ref{}, fixed, false
	}
	fixed[0] = w[0] == '$'
	fixed[1] = strings.LastIndexByte(w, '$') > 0
	if fixed[0] && !(len(w) > 1 && (w[1]|0x20) >= 'a' && (w[1]|0x20) <= 'z') {
		return a1.Ref{}, fixed, false
	}
	return at, fixed, true
}

func columnWord(w string) (col int, fixed, ok bool) {
	w, fixed = strings.CutPrefix(w, "$")
	col, ok = a1.ColumnNumber(w)
	return col, fixed, ok
}

func rowWord(w string) (row int, fixed, ok bool) {
	w, fixed = strings.CutPrefix(w, "$")
	n, err := strconv.ParseUint(w, 10, 32)
	return int(n), fixed, err == nil && n >= 1 && n <= a1.MaxRow
}
