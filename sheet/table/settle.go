package table

import (
	"math"
	"slices"
)

// Columns that no heading claims get a field by their values, where the rest of the
// table leaves that field open. Such a column is always doubtful, so that the user is
// asked about it, and a table is never taken for one of its kind for its sake alone,
// unless the values speak clearly; see speaks.

// settled is how sure a column is that has its field by its values.
const settled = 0.4

// settle gives the fields with Fill that no column has to columns by their values.
func (m *matcher) settle(schema int, cols []heading, profs []profile, heads, scores [][]float64, out []meaning) {
	s := &m.schemas[schema]
	title := slices.IndexFunc(out, func(o meaning) bool { return o.field != "" && o.field == s.Guess })
	if title < 0 {
		title = slices.IndexFunc(out, func(o meaning) bool {
			return len(s.Need) > 0 &&
				slices.Contains(s.Need[0], o.field)
		})
	}
	for f := range s.Fields {
		if !s.Fields[f].Fill || slices.ContainsFunc(out, func(o meaning) bool { return o.at == f }) {
			continue
		}
		best, most := -1, 0.0
		for i := range cols {
			if out[i].at >= 0 || out[i].foreign || m.vocabs[schema].fields[f].forbid(foldWhole(cols[i].joined())) {
				continue
			}
			if v := s.fill(f, i, title, profs); v > most && s.isOpen(f, heads[i], scores[i], i < title && title >= 0 &&
				profs[title].saysDeeds()) {
				best, most = i, v
			}
		}
		if best >= 0 {
			out[best] = meaning{field: s.Fields[f].Name, at: f, values: most, guessed: true, free: true, rival: -1}
		}
	}
}

// isOpen reports whether a heading leaves a column to field f: it speaks for no other
// field, not even for none (开始时间). A mere 日期 before what is to be done (planned) is left, too.
func (s *Schema) isOpen(f int, heads, scores []float64, planned bool) bool {
	for k, h := range heads {
		if k != f && h >= hintHeading && scores[k] > leastScore &&
			!(planned && h == hintHeading && s.Fields[k].Name == "" && s.Fields[k].Type == s.Fields[f].Type) {
			return false
		}
	}
	return true
}

// saysDeeds reports whether most values say what is to be done.
func (p *profile) saysDeeds() bool { return len(p.values) > 1 && p.share(p.deeds) >= 0.5 }

// fill is how clearly the values of column i are those of a field that no heading names, 0
// if they are not; title is the column that says what the rows are, -1 if none does.
func (s *Schema) fill(f, i, title int, profs []profile) float64 {
	p := &profs[i]
	n := len(p.values)
	if n < 2 || n*2 < p.rows && n < 4 {
		return 0
	}
	share := 0.0
	switch s.Fields[f].Type {
	case DateValue:
		if share = p.share(p.dates); title >= 0 && i == 0 && i < title && p.plans == 0 && !profs[title].saysDeeds() {
			share = 0 // a log begins with the day on which something happened
		}
		if s.Fields[f].Past {
			return 0
		}
	case Person:
		share = p.share(p.persons)
	case UnitName:
		share = p.share(p.units)
	case State:
		calendar := func(q profile) bool { return q.bare && len(q.values) > 0 && q.ticks == len(q.values) }
		several := i > 0 && calendar(profs[i-1]) || i+1 < len(profs) && calendar(profs[i+1])
		if p.distinct <= 6 && !(calendar(*p) && several) { // ticks under 8.1, 8.2, 8.3 are days
			share = p.states(&s.Fields[f])
		}
	case Counter:
		if i == 0 && (p.counts() || p.share(p.counters) >= 0.9 && p.distinct == n) {
			return 1
		}
	}
	if share < 0.7 {
		return 0
	}
	if s.Fields[f].Type == DateValue {
		share += 0.01 * float64(i) // what was raised stands before when it is due
	}
	return share
}

// states is the share of the values that are words for a state: a per cent is none, and
// a tick only where nothing but ticks stands under a heading without letters.
func (p *profile) states(f *Field) float64 {
	if p.ticks == len(p.values) && p.bare && p.distinct <= 3 {
		return 1
	}
	return p.means(f.Means) - p.share(p.shares+p.ticks)
}

// speaks reports whether the values alone make a table of the kind, whatever is
// written over them: most of its rows say what is to be done, and two of the further
// columns tell by their values by whom, by when or how far.
func (s *Schema) speaks(profs []profile, means []meaning) bool {
	title := slices.IndexFunc(means, func(o meaning) bool {
		return o.field != "" && len(s.Need) > 0 &&
			slices.Contains(s.Need[0], o.field)
	})
	if len(s.Work) == 0 || title < 0 || !slices.ContainsFunc(profs, func(p profile) bool { return p.saysDeeds() }) {
		return false
	}
	told, foreign := map[Type]bool{}, 0
	for i, o := range means {
		if o.foreign {
			foreign++
		}
		if o.at < 0 || i == title || !slices.ContainsFunc(s.Need[1:],
			func(g []string) bool { return slices.Contains(g, o.field) }) {
			continue
		}
		p, t := &profs[i], s.Fields[o.at].Type
		clear := false
		switch t {
		case DateValue:
			clear = p.share(p.dates) >= 0.7
		case Person, UnitName:
			clear, t = p.share(p.persons+p.units) >= 0.7, Person
		case State:
			clear = p.states(&s.Fields[o.at]) >= 0.7
		}
		if clear && len(p.values) >= 2 {
			told[t] = true
		}
	}
	return len(told) >= 2 && foreign == 0
}

// unnamedHeader looks, in a sheet in which no known heading made a header, for a row of
// short texts over rows whose values speak for themselves.
func (g *grid) unnamedHeader(m *matcher) (header, bool) {
	const rows = 30
	for i := range g.rows[:min(rows, len(g.rows))] {
		row := g.rows[i].row
		if g.filled(row, 1, g.right) < 3 {
			continue
		}
		b, ok := g.bandAt(row)
		if !ok || len(b.cols) < 3 || !g.isHeading(&b) {
			continue
		}
		if h, ok := g.fitCols(&b, b.cols, 1, m); ok {
			h.right = maxCol
			return h, true
		}
		return header{}, false // what stands further down are its rows
	}
	return header{}, false
}

// isHeading reports whether a band looks like headings: short texts throughout that are
// no dates, names or deeds themselves, over rows that are filled like it.
func (g *grid) isHeading(b *band) bool {
	for row := b.first; row <= b.last; row++ {
		cells := g.cells(row)
		for k := range cells {
			c := &cells[k]
			if blankCell(c) {
				continue
			}
			text := fold(g.text(c))
			if c.Kind.Typeable() && saysWhen(text) || isFigure(text) || isDeed(text) || len([]rune(text)) > 12 ||
				isTick(text) {
				return false
			}
		}
	}
	full := 0
	for i := g.index(b.last + 1); i < len(g.rows) && g.rows[i].row <= b.last+20; i++ {
		if g.filled(g.rows[i].row, b.cols[0].col, b.cols[len(b.cols)-1].col)*2 > len(b.cols) {
			full++
		}
	}
	return full >= 2
}

// past is what the values say of a field that tells of what has happened, or is to
// happen, beside their type.
func (p *profile) past(f *Field) float64 {
	if f.Type != DateValue || f.Name == "" || len(p.values) == 0 || p.rows == 0 {
		return 0
	}
	plans := p.share(p.plans)
	open := 1 - math.Min(1, float64(p.covered)/float64(p.rows)) // rows that it leaves empty
	if f.Past {
		return 0.1*open - 0.6*plans
	}
	return 0.1*plans - 0.15*b2f(open > 0.3)
}
