package merge

// matchTables finds the counterparts of the tables: by sheet and order on it,
// and a sheet that was renamed by the rows on it.
func (k *kindMerge) matchTables() {
	k.baseOf = bySheet(k.theirs, k.base)
	byRows(k.theirs, k.base, k.baseOf, func(t int) int32 { return k.match[t] })
	k.mineOfBase = bySheet(k.base, k.mine)
	byRows(k.base, k.mine, k.mineOfBase, func(b int) int32 {
		if m, ok := k.mine.byID[k.base.rows[b].ID]; ok {
			return m
		}
		return unmatched
	})
	k.mineOf = make([]int, len(k.theirs.tabs))
	direct := bySheet(k.theirs, k.mine)
	taken := map[int]bool{}
	for t, b := range k.baseOf {
		k.mineOf[t] = -1
		if b >= 0 {
			k.mineOf[t] = k.mineOfBase[b]
			taken[k.mineOf[t]] = true
		}
	}
	for t, m := range direct {
		if k.mineOf[t] < 0 && m >= 0 && !taken[m] {
			k.mineOf[t] = m
			taken[m] = true
		}
	}
}

// bySheet is by table of x its counterpart in y, -1 if there is none.
func bySheet(x, y *side) []int {
	type place struct {
		sheet string
		nth   int
	}
	at := map[place]int{}
	count := map[string]int{}
	for i, t := range y.tabs {
		at[place{t.Sheet, count[t.Sheet]}] = i
		count[t.Sheet]++
	}
	clear(count)
	out := make([]int, len(x.tabs))
	for i, t := range x.tabs {
		out[i] = -1
		if j, ok := at[place{t.Sheet, count[t.Sheet]}]; ok {
			out[i] = j
		}
		count[t.Sheet]++
	}
	return out
}

// byRows fills in the counterparts of the tables that have none: the table
// without a counterpart that holds most of their rows.
func byRows(x, y *side, out []int, match func(int) int32) {
	taken := make([]bool, len(y.tabs))
	for _, j := range out {
		if j >= 0 {
			taken[j] = true
		}
	}
	for i := range out {
		if out[i] >= 0 {
			continue
		}
		votes := make([]int, len(y.tabs))
		best := -1
		for n := x.first[i]; n < len(x.rows) && int(x.rows[n].tab) == i; n++ {
			if m := match(n); m >= 0 && !taken[y.rows[m].tab] {
				j := int(y.rows[m].tab)
				votes[j]++
				if best < 0 || votes[j] > votes[best] {
					best = j
				}
			}
		}
		if best >= 0 {
			out[i] = best
			taken[best] = true
		}
	}
}
