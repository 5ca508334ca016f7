package merge

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// Thresholds of the comparison of reworded rows; the package comment says what
// they stand for.
const (
	surely  = 0.55 // as similar as this, and clearly more than any other: the same row
	perhaps = 0.38 // from here it may be the same row
	// enough when it also stands between the same two neighbours, or nothing else is even remotely like either row
	inGap    = 0.45
	clearly  = 0.08 // a lead over the next best that settles it
	even     = 1e-4 // no lead at all
	sameName = 0.45 // less left of the name than this: perhaps another row in its place
	farName  = 0.6  // the same for a row that stands elsewhere
	visits   = 512  // postings looked at for one row of theirs
	fullest  = 8    // candidates compared in full

	shortName = 6 // characters up to which a value counts more as a whole: the name of a unit
)

// doc is one row as a set of features: the two-character shingles of the
// columns that tell rows apart, whole values of the others.
type doc struct {
	row    int32
	feats  []uint32 // ascending, distinct
	weight float32  // of the features that count against the row where they differ
	name   float32  // of the pairs of characters in its name, however short that is
}

type corpus struct {
	dict       map[uint64]uint32
	supporting []bool // by column, see aligner.supporting

	count  []float32 // rows of the base that have the feature
	factor []float32 // weight of the feature's column
	class  []class   // what else the column is
	idf    []float32
}

type class uint8

const (
	telling class = iota
	naming        // telling, and of a column that names the row
	bonus         // speaks for two rows that share it, not against two that do not
)

type candidate struct {
	b, t  int32 // index in the docs of either side
	score float32
	name  float32 // what is left of the row's name, 1 for all of it or if it has none
}

// similar pairs the rows that are left by how much of their text they share.
func (a *aligner) similar() {
	var freeB, freeT []int32
	for i, t := range a.taken {
		if t == unmatched {
			freeB = append(freeB, int32(i))
		}
	}
	for i, b := range a.match {
		if b == unmatched {
			freeT = append(freeT, int32(i))
		}
	}
	if len(freeB) == 0 || len(freeT) == 0 {
		return
	}
	c := &corpus{dict: map[uint64]uint32{}, supporting: a.supporting()}
	bs, ts := a.docs(c, a.b, freeB), a.docs(c, a.t, freeT)
	// How rare a word is depends on the whole table; a sample of its rows is enough.
	step := max(1, len(a.b.rows)/sampleRows)
	for i := 0; i < len(a.b.rows); i += step {
		if a.taken[i] != unmatched {
			a.docs(c, a.b, []int32{int32(i)})
		}
	}
	c.weigh(bs, ts, len(a.b.rows)/step+len(freeB))
	a.assign(bs, ts, c.candidates(bs, ts))
}

// supporting marks the columns of a name that say less, over all their distinct
// values, than another of them: the lead unit beside the title. If a task was
// deleted and another of its unit added elsewhere, nothing is left of its name.
func (a *aligner) supporting() []bool {
	said := make([]int, len(a.role))
	most := 0
	step := max(1, len(a.b.rows)/sampleRows)
	for _, u := range a.having(name) {
		seen := map[string]struct{}{}
		for i := 0; i < len(a.b.rows); i += step {
			v := a.b.value(i, u)
			if _, twice := seen[v]; !twice {
				seen[v] = struct{}{}
				said[u] += utf8.RuneCountInString(v)
			}
		}
		most = max(most, said[u])
	}
	out := make([]bool, len(a.role))
	for u, r := range a.role {
		out[u] = r == name && said[u] < most
	}
	return out
}

// docs reads rows of s as sets of features; c counts those of the base.
func (a *aligner) docs(c *corpus, s *side, rows []int32) []doc {
	out := make([]doc, len(rows))
	for n, i := range rows {
		var feats []uint32
		add := func(h uint64, factor float32, cl class) {
			id, ok := c.dict[h]
			if !ok {
				id = uint32(len(c.count))
				c.dict[h] = id
				c.count = append(c.count, 0)
				c.factor = append(c.factor, factor)
				c.class = append(c.class, cl)
			}
			feats = append(feats, id)
		}
		for u, r := range a.role {
			v := s.value(int(i), u)
			if v == "" || r == ignored {
				continue
			}
			h := mix(hashValue(v), uint64(u)+1)
			cl := telling
			if r == name && !c.supporting[u] {
				cl = naming
			}
			switch {
			case r == weak, r == unit:
				if utf8.RuneCountInString(v) >= typed {
					add(h, 3, bonus)
				} else {
					add(h, 0.7, bonus)
				}
			case r == strong:
				add(h, 3, telling)
			default:
				whole, part := float32(1), float32(1)
				if utf8.RuneCountInString(v) <= shortName {
					whole, part = 1.5, 0.5
				}
				add(h, whole, telling)
				shingles(v, func(x, y rune) { add(mix(mix(uint64(u)+1, uint64(x)), uint64(y)), part, cl) })
			}
		}
		if sec := s.rows[i].Section; sec != "" {
			add(mix(hashValue(sec), 1<<32), 0.5, bonus)
		}
		slices.Sort(feats)
		feats = slices.Compact(feats)
		if s == a.b {
			for _, f := range feats {
				c.count[f]++
			}
		}
		out[n] = doc{row: i, feats: feats}
	}
	return out
}

// shingles yields the pairs of neighbouring characters of v, white space left
// out.
func shingles(v string, yield func(x, y rune)) {
	var last rune
	for len(v) > 0 {
		r, n := utf8.DecodeRuneInString(v)
		v = v[n:]
		if r <= ' ' || r == '　' {
			continue
		}
		yield(last, r)
		last = r
	}
}

func (c *corpus) weigh(bs, ts []doc, total int) {
	c.idf = make([]float32, len(c.count))
	for f, n := range c.count {
		c.idf[f] = c.factor[f] * float32(math.Log(1+float64(total)/float64(max(n, 1))))
	}
	for _, docs := range [][]doc{bs, ts} {
		for i := range docs {
			for _, f := range docs[i].feats {
				if c.class[f] != bonus {
					docs[i].weight += c.idf[f]
				}
				if c.class[f] == naming {
					docs[i].name += c.idf[f] / c.factor[f]
				}
			}
		}
	}
}

// score is the weight of what two rows share in that of all they have: 1 for
// rows alike, 0 for rows with nothing in common. What changes from week to week
// (status, progress, dates) counts only where it is shared.
func (c *corpus) score(x, y *doc) (score, name float32) {
	var shared, extra, names float32
	for i, j := 0, 0; i < len(x.feats) && j < len(y.feats); {
		switch p, q := x.feats[i], y.feats[j]; {
		case p < q:
			i++
		case p > q:
			j++
		default:
			switch c.class[p] {
			case bonus:
				extra += c.idf[p]
			case naming:
				names += c.idf[p] / c.factor[p]
				shared += c.idf[p]
			default:
				shared += c.idf[p]
			}
			i++
			j++
		}
	}
	all := x.weight + y.weight + 2*extra
	if all == 0 {
		return 0, 1
	}
	name = 1
	if x.name+y.name > 0 {
		name = 2 * names / (x.name + y.name)
	}
	return 2 * (shared + extra) / all, name
}

// candidates compares every row of ts with those of bs that share its most
// telling features. The work for one row is bounded, so the whole is linear.
func (c *corpus) candidates(bs, ts []doc) []candidate {
	postings := make([][]int32, len(c.count))
	for i := range bs {
		for _, f := range bs[i].feats {
			postings[f] = append(postings[f], int32(i))
		}
	}
	var out []candidate
	partial := make([]float32, len(bs))
	var touched []int32
	var feats []uint32
	for t := range ts {
		feats = append(feats[:0], ts[t].feats...)
		slices.SortFunc(feats, func(x, y uint32) int {
			return cmp.Or(cmp.Compare(len(postings[x]), len(postings[y])), cmp.Compare(x, y))
		})
		touched = touched[:0]
		budget := visits
		for _, f := range feats {
			list := postings[f]
			if budget -= len(list); budget < 0 && len(touched) > 0 {
				break
			}
			for _, b := range list[:min(len(list), visits)] {
				if partial[b] == 0 {
					touched = append(touched, b)
				}
				partial[b] += c.idf[f]
			}
		}
		best := touched[:min(len(touched), fullest)]
		for n := len(best); n < len(touched); n++ {
			// best keeps the weakest of its rows in front.
			for i := range best {
				if i == 0 || partial[best[i]] < partial[best[0]] {
					best[0], best[i] = best[i], best[0]
				}
			}
			if partial[touched[n]] > partial[best[0]] {
				best[0], touched[n] = touched[n], best[0]
			}
		}
		for n, b := range touched {
			if n < len(best) {
				if s, name := c.score(&bs[b], &ts[t]); s >= perhaps {
					out = append(out, candidate{b, int32(t), s, name})
				}
			}
			partial[b] = 0
		}
	}
	return out
}
