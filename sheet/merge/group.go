package merge

// group settles rows that say the same in every column that tells rows apart.
// What is left of them here goes on to the comparison of all columns, and is
// asked about there if that does not settle it either.
func (a *aligner) group(bs, ts []int32) {
	whole := make([]int, 0, len(a.role))
	for u, r := range a.role {
		if r != ignored {
			whole = append(whole, u)
		}
	}
	hb, ht := hashes(a.b, bs, whole), hashes(a.t, ts, whole)

	inPlace := len(bs) == len(ts)
	for i := 0; inPlace && i < len(bs); i++ {
		inPlace = a.between(bs[i], ts[i])
	}
	if inPlace {
		for i := range bs {
			a.pair(bs[i], ts[i])
		}
		return
	}

	// Rows of exactly the same content, in their order where their number is
	// the same on both sides or where it makes no difference.
	type pair struct{ i, j int } // index in bs, ts
	var pairs []pair
	at := map[uint64][]int{}
	for i, h := range hb {
		at[h] = append(at[h], i)
	}
	by := map[uint64][]int{}
	for j, h := range ht {
		by[h] = append(by[h], j)
	}
	clear := true // every pair stands at the same rank
	seen := map[uint64]bool{}
	for _, h := range hb {
		is, js := at[h], by[h]
		if seen[h] || len(js) == 0 {
			continue
		}
		seen[h] = true
		if len(is) > len(js) && !a.interchangeable(bs, is) {
			// Which of several identical rows were deleted matters if mine
			// has since changed one of them.
			is = a.standing(bs, is, ts, js)
			if is == nil {
				for _, j := range js {
					a.ask(ts[j], pickRows(bs, at[h]))
				}
				continue
			}
		}
		for n := range min(len(is), len(js)) {
			pairs = append(pairs, pair{is[n], js[n]})
			clear = clear && is[n] == js[n]
		}
	}
	restB, restT := len(bs)-len(pairs), len(ts)-len(pairs)
	if restB > 0 && restT > 0 && !clear {
		// Content says one thing and order another: a status may have moved
		// on so that one row now looks like its neighbour did.
		return
	}
	for _, p := range pairs {
		if a.match[ts[p.j]] == unmatched && a.taken[bs[p.i]] == unmatched {
			a.pair(bs[p.i], ts[p.j])
		}
	}
	if restB == 1 && restT == 1 {
		for i, b := range bs {
			for j, t := range ts {
				if a.taken[bs[i]] == unmatched && a.match[ts[j]] == unmatched {
					a.pair(b, t)
				}
			}
		}
	}
}

// standing picks those of the identical rows is of bs that stand where the
// rows js of ts stand; nil if that does not single them out.
func (a *aligner) standing(bs []int32, is []int, ts []int32, js []int) []int {
	var out []int
	for _, j := range js {
		only := -1
		for _, i := range is {
			if a.between(bs[i], ts[j]) {
				if only >= 0 {
					return nil
				}
				only = i
			}
		}
		if only < 0 || len(out) > 0 && out[len(out)-1] >= only {
			return nil
		}
		out = append(out, only)
	}
	return out
}

func (a *aligner) interchangeable(bs []int32, is []int) bool {
	for _, i := range is[1:] {
		if !a.alike(bs[is[0]], bs[i]) {
			return false
		}
	}
	return true
}

func (a *aligner) ask(t int32, candidates []int32) {
	a.match[t] = asked
	a.asks[t] = candidates
}

func pickRows(rows []int32, at []int) []int32 {
	out := make([]int32, len(at))
	for n, i := range at {
		out[n] = rows[i]
	}
	return out
}

func hashes(s *side, rows []int32, us []int) []uint64 {
	out := make([]uint64, len(rows))
	for i, r := range rows {
		out[i], _ = s.hash(int(r), us)
	}
	return out
}
