package merge

import (
	"slices"
	"unicode/utf8"
)

const (
	typed      = 8       // characters from which a value is somebody's own words, not one of a list
	groupCells = 1 << 20 // comparisons spent on the order of rows that say the same
	named      = 8       // candidates named in a question
)

// group settles rows that say the same in every column that tells rows apart:
// by words of their own elsewhere (progress), then by their order, as far as
// content and order do not contradict each other. What is left goes on to the
// comparison of all columns.
func (a *aligner) group(bs, ts []int32) {
	us := make([]int, 0, len(a.role))
	for u, r := range a.role {
		if r != ignored {
			us = append(us, u)
		}
	}
	bs, ts = a.pinned(bs, ts, us)
	if len(bs) == 0 || len(ts) == 0 {
		return
	}
	hb, ht := hashes(a.b, bs, us), hashes(a.t, ts, us)
	nb, nt := tally(hb), tally(ht)
	both := 0 // rows whose content is on both sides
	for h, n := range nb {
		both += min(n, nt[h])
	}

	if len(bs) == len(ts) {
		inPlace, atRank := true, 0
		for i := range bs {
			inPlace = inPlace && a.inPlace(bs[i], ts[i])
			atRank += bit(hb[i] == ht[i])
		}
		// Either every content that is on both sides stands at its rank, or the
		// file as a whole still has the base's order.
		if atRank == both || inPlace && both < len(bs) {
			for i := range bs {
				a.pair(bs[i], ts[i])
			}
			return
		}
	}
	left := len(bs) > both && len(ts) > both // some were edited, or deleted and added
	if left && (len(bs)*len(ts) > groupCells || inOrder(hb, ht) < both) {
		// Content says one thing and order another: a status may have moved
		// on so that one row now looks like its neighbour did.
		a.askAll(bs, ts, bs)
		return
	}
	a.contents(bs, ts, hb, ht)
	if !left {
		a.said = append(a.said, alike{bs, ts})
		return
	}
	var freeB, freeT []int32
	twins := false
	for _, b := range bs {
		if a.taken[b] == unmatched {
			freeB = append(freeB, b)
			twins = twins || a.twins[b] != nil
		}
	}
	for _, t := range ts {
		if a.match[t] == unmatched {
			freeT = append(freeT, t)
		}
	}
	if len(freeB) == 1 && len(freeT) == 1 && !twins {
		a.pair(freeB[0], freeT[0])
		return
	}
	for _, b := range freeB {
		for _, c := range a.twins[b] {
			if !slices.Contains(freeB, c) && len(freeB) < named {
				freeB = append(freeB, c)
			}
		}
	}
	a.askAll(bs, freeT, freeB)
}

// askAll asks which of the candidates each of ts is. Until that is answered
// no other row is taken for one of bs either.
func (a *aligner) askAll(bs, ts, candidates []int32) {
	candidates = candidates[:min(len(candidates), named)]
	for _, t := range ts {
		a.match[t] = asked
		a.asks[t] = candidates
	}
	for _, b := range bs {
		if a.taken[b] == unmatched {
			a.twins[b] = candidates
		}
	}
}

// pinned pairs the rows of a group that hold words of their own, and returns
// the others.
func (a *aligner) pinned(bs, ts []int32, us []int) (restB, restT []int32) {
	for _, u := range us {
		if a.role[u] != weak && a.role[u] != unit {
			continue
		}
		one := []int{u}
		nb, nt := tally(hashes(a.b, bs, one)), tally(hashes(a.t, ts, one))
		at := map[uint64]int32{}
		for _, t := range ts {
			if utf8.RuneCountInString(a.t.value(int(t), u)) >= typed && a.match[t] == unmatched {
				h, _ := a.t.hash(int(t), one)
				at[h] = t
			}
		}
		for _, b := range bs {
			h, _ := a.b.hash(int(b), one)
			if t, ok := at[h]; ok && nb[h] == 1 && nt[h] == 1 && a.taken[b] == unmatched {
				a.pair(b, t)
			}
		}
	}
	for _, b := range bs {
		if a.taken[b] == unmatched {
			restB = append(restB, b)
		}
	}
	for _, t := range ts {
		if a.match[t] == unmatched {
			restT = append(restT, t)
		}
	}
	return restB, restT
}

// contents pairs rows of exactly the same content, in their order. Where some
// of several identical rows are gone, which, does not matter if they were
// deleted; if one was reworded instead, only their place can tell, see assign.
func (a *aligner) contents(bs, ts []int32, hb, ht []uint64) {
	at, by := map[uint64][]int32{}, map[uint64][]int32{}
	for i, h := range hb {
		at[h] = append(at[h], bs[i])
	}
	for j, h := range ht {
		by[h] = append(by[h], ts[j])
	}
	for _, h := range hb {
		same, here := at[h], by[h]
		if len(here) == 0 {
			continue
		}
		if len(same) > len(here) {
			if stand := a.standing(same, here); stand != nil {
				same = stand
			} else {
				for _, b := range same[len(here):] {
					a.twins[b] = same
				}
			}
		}
		for n := range min(len(same), len(here)) {
			a.pair(same[n], here[n])
		}
		delete(by, h)
	}
}

// contradicted asks about rows that were paired by their content though they
// stand where another row of their group stood that is now nowhere:
// perhaps that one was edited into the likeness of this one, which was reworded
// or deleted. It has to wait until all groups are settled, for it is by them
// that rows have neighbours.
func (a *aligner) contradicted() {
	for _, g := range a.said {
		if len(g.b)*len(g.t) > groupCells {
			continue
		}
		for _, t := range g.t {
			b := a.match[t]
			if b < 0 {
				continue
			}
			here := a.fit(b, t)
			if !a.ordered[a.t.rows[t].tab] {
				here = max(here, 1) // one neighbour in a sorted file is chance
			}
			for _, other := range g.b {
				if a.taken[other] == unmatched && a.fit(other, t) > here && !a.same(b, other) {
					a.taken[b] = unmatched
					a.askAll([]int32{b, other}, []int32{t}, []int32{b, other})
					break
				}
			}
		}
	}
}

// same reports whether two rows of the base are the same in every column, their
// running numbers aside.
func (a *aligner) same(b, c int32) bool {
	for u, r := range a.role {
		if r != ignored && a.b.value(int(b), u) != a.b.value(int(c), u) {
			return false
		}
	}
	return true
}

// standing picks those of the identical rows bs whose neighbours are those of
// the rows ts; nil if that does not single them out.
func (a *aligner) standing(bs, ts []int32) []int32 {
	if len(bs)*len(ts) > groupCells {
		return nil
	}
	var out []int32
	for _, t := range ts {
		only := int32(-1)
		for _, b := range bs {
			if a.fit(b, t) == 2 {
				if only >= 0 {
					return nil
				}
				only = b
			}
		}
		if only < 0 || slices.Contains(out, only) {
			return nil
		}
		out = append(out, only)
	}
	return out
}

// inOrder is the length of the longest common subsequence of x and y.
func inOrder(x, y []uint64) int {
	row := make([]int, len(y)+1)
	for _, h := range x {
		diagonal := 0
		for j, g := range y {
			up := row[j+1]
			if h == g {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(up, row[j])
			}
			diagonal = up
		}
	}
	return row[len(y)]
}

func tally(hashes []uint64) map[uint64]int {
	n := make(map[uint64]int, len(hashes))
	for _, h := range hashes {
		n[h]++
	}
	return n
}

func hashes(s *side, rows []int32, us []int) []uint64 {
	out := make([]uint64, len(rows))
	for i, r := range rows {
		out[i], _ = s.hash(int(r), us)
	}
	return out
}
