package merge

import (
	"cmp"
	"slices"
)

// assign pairs free rows by their candidates: first those whose likeness
// leaves no doubt, then, with these as new neighbours, those that their place
// settles, until nothing moves. Whoever is left with a likely candidate that
// nobody took is asked about.
func (a *aligner) assign(bs, ts []doc, list []candidate) {
	slices.SortFunc(list, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.t, y.t), cmp.Compare(x.b, y.b))
	})
	byB, byT := make([][]candidate, len(bs)), make([][]candidate, len(ts))
	for _, c := range list {
		byB[c.b] = append(byB[c.b], c)
		byT[c.t] = append(byT[c.t], c)
	}
	free := func(c candidate) bool {
		return a.taken[bs[c.b].row] == unmatched && a.match[ts[c.t].row] == unmatched
	}
	// rivals of c are the free candidates of either row within reach of it.
	settled := func(c candidate) bool {
		fit := a.fit(bs[c.b].row, ts[c.t].row)
		wins := func(r candidate) bool {
			if c.score >= r.score+clearly {
				return true
			}
			// Place decides where content is silent, and does not gainsay it. Both
			// neighbours decide between rows that are even to a hair; one alone only
			// supports content: of two identical rows one may have been deleted and
			// the other reworded.
			there := a.fit(bs[r.b].row, ts[r.t].row)
			more := c.score - r.score
			return fit > there && (more >= -even && fit == 2 || more > even && a.ordered[a.t.rows[ts[c.t].row].tab])
		}
		for _, r := range byT[c.t] {
			if r.b != c.b && free(r) && !wins(r) {
				return false
			}
		}
		for _, r := range byB[c.b] {
			if r.t != c.t && free(r) && !wins(r) && !a.better(byT[r.t], r, free) {
				return false
			}
		}
		if a.othersRow(bs[c.b].row, ts[c.t].row) {
			return false
		}
		alone := len(byB[c.b]) == 1 && len(byT[c.t]) == 1 && a.twins[bs[c.b].row] == nil
		left := float32(sameName)
		if fit == 0 && !a.inPlace(bs[c.b].row, ts[c.t].row) {
			left = farName
		}
		return c.name >= left && (c.score >= surely || c.score >= inGap && (fit == 2 || alone)) &&
			(c.name >= 1-even || a.witness(bs[c.b].row, ts[c.t].row).oneTask(c.name))
	}
	for moved := true; moved; {
		moved = false
		for _, c := range list {
			if free(c) && a.twins[bs[c.b].row] == nil && settled(c) {
				a.pair(bs[c.b].row, ts[c.t].row)
				moved = true
			}
		}
	}
	for t := range ts {
		var open []int32
		for _, c := range byT[t] {
			if free(c) && c.score >= byT[t][0].score-2*clearly {
				for _, b := range append([]int32{bs[c.b].row}, a.twins[bs[c.b].row]...) {
					if !slices.Contains(open, b) {
						open = append(open, b)
					}
				}
			}
		}
		if len(open) > 0 {
			a.asks[ts[t].row] = open
		}
	}
	for t := range a.asks {
		a.match[t] = asked
	}
}

// better reports whether the row of r has a free candidate clearly better than r.
func (a *aligner) better(of []candidate, r candidate, free func(candidate) bool) bool {
	for _, c := range of {
		if c.b != r.b && free(c) && c.score >= r.score+clearly {
			return true
		}
	}
	return false
}

// fit is how many of the neighbours of t, above and below, are those of b; the
// edge of a table is a neighbour too.
func (a *aligner) fit(b, t int32) int {
	n := 0
	if up := a.t.beside(t, -1); up < 0 {
		n += bit(a.b.beside(b, -1) < 0)
	} else if m := a.match[up]; m >= 0 {
		n += bit(m == a.b.beside(b, -1))
	}
	if down := a.t.beside(t, +1); down < 0 {
		n += bit(a.b.beside(b, +1) < 0)
	} else if m := a.match[down]; m >= 0 {
		n += bit(m == a.b.beside(b, +1))
	}
	return n
}

// beside is the row above (-1) or below (+1) row i in its table, -1 if there is
// none.
func (s *side) beside(i int32, d int32) int32 {
	j := i + d
	if j < 0 || int(j) >= len(s.rows) || s.rows[j].tab != s.rows[i].tab {
		return -1
	}
	return j
}
