package table

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// matcher knows the headings of a set of schemas.
type matcher struct {
	schemas []Schema
	fields  []map[string]place // by schema: normalised heading → field
	rules   []map[string]int   // by schema: normalised heading → rule
	starts  *pairSet           // first letter, and first two, of all headings; nil while they are gathered
	stems   map[string]bool    // all headings up to their first bracket, letters only
	longest int                // letters of the longest stem
	least   int                // smallest Min of all schemas
	seen    map[string][]hit   // what lookup found before
}

// place is where a heading stands in a schema: a lower rank is the stronger name.
type place struct {
	field string
	rank  int
}

func newMatcher(schemas []Schema) *matcher {
	m := &matcher{schemas: schemas, longest: math.MaxInt, stems: map[string]bool{}, least: math.MaxInt, seen: map[string][]hit{}}
	note := func(form string) {
		stem, _ := m.stem(nil, form)
		m.stems[string(stem)] = true
	}
	for _, s := range schemas {
		fields, rules := map[string]place{}, map[string]int{}
		for _, f := range s.Fields {
			for rank, h := range f.Headings {
				for _, form := range []string{foldWhole(h), Normalize(h)} {
					if _, taken := fields[form]; !taken && form != "" {
						fields[form] = place{f.Name, rank}
						note(form)
					}
				}
			}
		}
		for i, r := range s.Rules {
			for _, h := range r.Headings {
				for _, form := range []string{foldWhole(h), Normalize(h)} {
					if _, taken := rules[form]; !taken && form != "" {
						rules[form] = i
						note(form)
					}
				}
			}
		}
		m.fields = append(m.fields, fields)
		m.rules = append(m.rules, rules)
		m.least = min(m.least, max(s.Min, 1))
	}
	starts := &pairSet{}
	m.longest = 0
	for stem := range m.stems {
		m.longest = max(m.longest, utf8.RuneCountInString(stem))
		letters, last := []rune(stem), rune(0)
		for _, r := range letters[:min(2, len(letters))] {
			starts.add(last, r)
			last = r
		}
	}
	m.starts = starts
	return m
}

// pairSet is a set of pairs of letters that may hold a few more than were
// added: it only dismisses, and does so much faster than a map.
type pairSet [1 << 10]uint64

func (s *pairSet) bit(a, b rune) (int, uint64) {
	h := (uint32(a)*31 + uint32(b)) & 0xffff
	return int(h >> 6), 1 << (h & 63)
}

func (s *pairSet) add(a, b rune)      { i, bit := s.bit(a, b); s[i] |= bit }
func (s *pairSet) has(a, b rune) bool { i, bit := s.bit(a, b); return s[i]&bit != 0 }

// knows reports whether any schema has the heading. It is asked for every text
// of a sheet, so most texts are dismissed by their first two letters, and nearly
// all others by their stem.
func (m *matcher) knows(text string) bool {
	var buf [128]byte
	stem, ok := m.stem(buf[:0], text)
	if !ok || len(stem) > 0 && !m.stems[string(stem)] {
		return false
	}
	if len(stem) == 0 && utf8.RuneCountInString(text) > m.longest+16 {
		return false // it begins with a bracket, and is no heading of any length
	}
	return m.lookup(text) != nil
}

// stem appends the letters and digits of a text before its first bracket, folded,
// to buf. It gives up, with ok false, when no heading begins like this one or
// all are shorter.
func (m *matcher) stem(buf []byte, text string) (stem []byte, ok bool) {
	n, last := 0, rune(0)
	for _, r := range text {
		if (r < 0x4e00 || r >= 0xff00) && (r < '0' || r > '9') {
			if folded := width.LookupRune(r).Folded(); folded != 0 {
				r = folded
			}
			if strings.ContainsRune("([{【〔〖〈《", r) {
				break
			}
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			r = unicode.ToLower(r)
		}
		buf = utf8.AppendRune(buf, r)
		n++
		if n <= 2 && m.starts != nil && !m.starts.has(last, r) || n > m.longest {
			return buf, false
		}
		last = r
	}
	return buf, true
}

// hit is what a heading is in one schema: a field's, a rule's, or neither.
type hit struct {
	field place
	rule  int // -1 if none
}

// lookup is what a heading is in each schema, nil if it is nothing in any.
func (m *matcher) lookup(text string) []hit {
	hits, seen := m.seen[text]
	if seen {
		return hits
	}
	forms := variants(text)
	any := false
	hits = make([]hit, len(m.schemas))
	for s := range m.schemas {
		hits[s].rule = -1
		for _, form := range forms {
			if p, ok := m.fields[s][form]; ok {
				hits[s].field, any = p, true
				break
			}
			// An ambiguous heading is a rule's, not that of a field which a
			// less literal form would reach.
			if r, ok := m.rules[s][form]; ok {
				hits[s].rule, any = r, true
				break
			}
		}
	}
	if !any {
		hits = nil
	}
	m.seen[text] = hits
	return hits
}

func (m *matcher) field(schema int, heading string) (place, bool) {
	hits := m.lookup(heading)
	if hits == nil || hits[schema].field.field == "" {
		return place{}, false
	}
	return hits[schema].field, true
}

func (m *matcher) rule(schema int, heading string) (int, bool) {
	hits := m.lookup(heading)
	if hits == nil || hits[schema].rule < 0 {
		return 0, false
	}
	return hits[schema].rule, true
}

// meaning is what one column of a header was taken for.
type meaning struct {
	field string
	rival int  // index of the column that has the field instead, -1 if none
	same  bool // the rival has the very same heading
}

// assign gives every column its meaning under a schema. sample gives values of
// a column, for the rules.
func (m *matcher) assign(schema int, cols []heading, sample func(col int) []string) []meaning {
	const viaSub, viaJoined, viaGroup = 0, 1000, 2000
	out := make([]meaning, len(cols))
	rank := make([]int, len(cols))
	owner := map[string]int{}
	claim := func(i int, p place, via int) {
		out[i].field, rank[i] = p.field, via+p.rank
		if j, taken := owner[p.field]; !taken || rank[i] < rank[j] {
			owner[p.field] = i
		}
	}
	pending := make([]int, len(cols))
	for i := range cols {
		out[i].rival, pending[i] = -1, -1
		h := &cols[i]
		if p, ok := m.field(schema, h.sub()); ok {
			claim(i, p, viaSub)
		} else if p, ok := m.field(schema, h.joined()); ok && len(h.levels) > 1 {
			claim(i, p, viaJoined)
		} else if r, ok := m.rule(schema, h.sub()); ok {
			pending[i] = r
		} else if r, ok := m.rule(schema, h.joined()); ok && len(h.levels) > 1 {
			pending[i] = r
		} else if group, first := h.group(); first {
			if p, ok := m.field(schema, group); ok {
				claim(i, p, viaGroup)
			} else if r, ok := m.rule(schema, group); ok {
				pending[i] = r
			}
		}
	}
	taken := func(field string) bool { _, ok := owner[field]; return ok }
	for i, r := range pending {
		if r < 0 {
			continue
		}
		if f := m.schemas[schema].Rules[r].Choose(taken, sample(cols[i].col)); f != "" {
			claim(i, place{field: f}, viaGroup)
		}
	}
	for i := range out {
		if f := out[i].field; f != "" && owner[f] != i {
			j := owner[f]
			out[i] = meaning{rival: j, same: foldWhole(cols[i].text()) == foldWhole(cols[j].text())}
			if rank[i] >= viaGroup && pending[i] < 0 {
				out[i].rival = -1 // the group already gave its meaning to another column
			}
		}
	}
	return out
}

// fits counts the fields found and tells whether they suffice for the schema.
func (s *Schema) fits(cols []meaning) (n int, ok bool) {
	has := map[string]bool{}
	for _, c := range cols {
		if c.field != "" {
			has[c.field] = true
		}
	}
	ok = len(has) >= max(s.Min, 1)
	for _, f := range s.All {
		ok = ok && has[f]
	}
	anyOf := len(s.Any) == 0
	for _, f := range s.Any {
		anyOf = anyOf || has[f]
	}
	return len(has), ok && anyOf
}

// heading is what stands over one column.
type heading struct {
	col    int
	levels []label // top down; none if the column has no heading
}

// label is one cell of a header, with the columns it spans.
type label struct {
	text        string
	left, right int
}

func (h *heading) text() string {
	parts := make([]string, len(h.levels))
	for i, l := range h.levels {
		parts[i] = clean(l.text)
	}
	return strings.Join(parts, "/")
}

func (h *heading) sub() string {
	if len(h.levels) == 0 {
		return ""
	}
	return h.levels[len(h.levels)-1].text
}

// joined is all levels in one word: 责任 over 领导 is 责任领导.
func (h *heading) joined() string {
	var b strings.Builder
	for _, l := range h.levels {
		b.WriteString(l.text)
	}
	return b.String()
}

// group is the heading right above the sub-heading; first is false unless this
// is the first column below it.
func (h *heading) group() (text string, first bool) {
	if len(h.levels) < 2 {
		return "", false
	}
	g := h.levels[len(h.levels)-2]
	return g.text, g.left == h.col
}
