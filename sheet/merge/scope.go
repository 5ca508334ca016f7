package merge

// A copy speaks only of the rows that it was given. What else stands in it was
// added there, whatever code, title or words it bears.

// within reports whether the copy was given that row.
func (k *kindMerge) within(id string) bool {
	return k.opt.Within == nil || k.opt.Within(k.kind, id)
}

// partial reports whether theirs is a copy with fewer rows than the base, and nobody
// knows which rows it was given. A row that stands there under another owner's name
// may or may not have been taken from that owner.
func (k *kindMerge) partial() bool {
	return k.opt.Mode == Copy && k.opt.Within == nil && len(k.theirs.rows) < len(k.base.rows)
}

// outside keeps the rows of the base that the copy was not given from being
// matched. It returns them.
func (k *kindMerge) outside(a *aligner) (rows []int32) {
	if k.opt.Within == nil {
		return nil
	}
	for b := range k.base.rows {
		if a.taken[b] == unmatched && !k.within(k.base.rows[b].ID) {
			a.taken[b] = asked
			rows = append(rows, int32(b))
		}
	}
	return rows
}

// release frees the rows that were kept from being matched. A row of theirs with the
// very name of one of them is that one if it says nothing new; else it is asked
// about.
func (a *aligner) release(outside []int32) {
	for _, b := range outside {
		a.taken[b] = unmatched
	}
	naming := a.having(name)
	if len(naming) == 0 {
		naming = a.having(text)
	}
	byName := map[uint64][]int32{}
	for _, b := range outside {
		if h, ok := a.b.hash(int(b), naming); ok {
			byName[h] = append(byName[h], b)
		}
	}
	if len(byName) == 0 {
		return
	}
	for t := range a.match {
		if a.match[t] != unmatched {
			continue
		}
		h, ok := a.t.hash(t, naming)
		if !ok || len(byName[h]) == 0 {
			continue
		}
		for _, b := range byName[h] {
			if a.taken[b] == unmatched && a.saysNothingNew(b, int32(t)) {
				a.pair(b, int32(t))
				break
			}
		}
		if a.match[t] == unmatched {
			a.match[t] = asked
			a.asks[int32(t)] = byName[h][:min(len(byName[h]), named)]
		}
	}
}

// namesakes asks about the rows of a copy that bear the very name of a row which
// another row of the copy is: perhaps the task stands there twice, perhaps it is a new
// one that is called the same. Rows that mine added before under that name go by them.
func (k *kindMerge) namesakes(a *aligner) map[int32]bool {
	naming := a.having(name)
	if len(naming) == 0 || len(k.base.rows) == 0 {
		return nil
	}
	taken := map[uint64][]int32{}
	for b := range k.base.rows {
		if h, ok := a.b.hash(b, naming); ok && a.taken[b] >= 0 {
			taken[h] = append(taken[h], int32(b))
		}
	}
	added := map[uint64]bool{}
	for m := range k.mine.rows {
		if _, old := k.base.byID[k.mine.rows[m].ID]; !old {
			if h, ok := k.mine.hash(m, naming); ok {
				added[h] = true
			}
		}
	}
	asks := map[int32]bool{}
	for t := range a.match {
		if a.match[t] != unmatched {
			continue
		}
		h, ok := a.t.hash(t, naming)
		if !ok || len(taken[h]) == 0 || added[h] {
			continue
		}
		a.match[t] = asked
		a.asks[int32(t)] = taken[h][:min(len(taken[h]), named)]
		asks[int32(t)] = true
	}
	return asks
}

// saysNothingNew reports whether row t says what row b says, in every column that
// both sides have, its number aside.
func (a *aligner) saysNothingNew(b, t int32) bool {
	for u, r := range a.role {
		if r == ignored || a.t.pos[a.t.rows[t].tab][u] < 0 || a.b.pos[a.b.rows[b].tab][u] < 0 {
			continue
		}
		if !Equal(a.b.value(int(b), u), a.t.value(int(t), u)) {
			return false
		}
	}
	return true
}
