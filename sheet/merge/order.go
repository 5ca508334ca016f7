package merge

import "slices"

// order lists the rows of every merged table. The order is mine's; only where
// mine still has the base's and the shared workbook was sorted anew, it is
// theirs. Rows of the other side follow the row that they stand below there.
func (k *kindMerge) order() {
	// Rows by number: those of mine first, then those of theirs.
	n := int32(len(k.mineDone))
	at := func(i int32) *done {
		if i < n {
			return &k.mineDone[i]
		}
		return &k.theirDone[i-n]
	}
	byMine := make([][]int32, len(k.outs))
	byTheirs := make([][]int32, len(k.outs))
	for m := range n {
		if o := k.mineDone[m].out; o > 0 {
			byMine[o-1] = append(byMine[o-1], m)
		}
	}
	for t := range k.theirs.rows {
		i := n + int32(t)
		if k.theirDone[t].out == 0 {
			m, ok := k.mine.byID[k.ids[t]]
			if !ok {
				continue
			}
			i = m
		}
		if o := at(i).out; o > 0 {
			byTheirs[o-1] = append(byTheirs[o-1], i)
		}
	}
	anew := k.opt.Mode == Shared && !ascends(k.match) && ascends(k.mineInBase())
	seen := make([]uint8, int(n)+len(k.theirDone))
	for j, o := range k.outs {
		first, second := byMine[j], byTheirs[j]
		if anew {
			first, second = second, first
		}
		order := weave(first, second, seen)
		o.Rows = slices.Grow(o.Rows, len(order))
		for _, i := range order {
			o.Rows = append(o.Rows, at(i).row)
		}
	}
}

// mineInBase is by row of mine its row of the base.
func (k *kindMerge) mineInBase() []int32 {
	out := make([]int32, len(k.mine.rows))
	for m := range out {
		out[m] = unmatched
		if b, ok := k.base.byID[k.mine.rows[m].ID]; ok {
			out[m] = b
		}
	}
	return out
}

// ascends reports whether the rows of the base stand in the base's order.
func ascends(rows []int32) bool {
	last := int32(-1)
	for _, b := range rows {
		if b < 0 {
			continue
		}
		if b < last {
			return false
		}
		last = b
	}
	return true
}

// weave is first with those rows of second that it has not, each below the row
// that it stands below in second, and below the rows that first added there.
func weave(first, second []int32, seen []uint8) []int32 {
	const inFirst, inBoth = 1, 2
	for _, r := range first {
		seen[r] = inFirst
	}
	after := map[int32][]int32{} // -1: at the top
	last := int32(-1)
	for _, r := range second {
		if seen[r] != 0 {
			last = r
			seen[r] = inBoth
		} else {
			after[last] = append(after[last], r)
		}
	}
	out := make([]int32, 0, max(len(first), len(second)))
	due := after[-1]
	for _, r := range first {
		if seen[r] == inBoth {
			out = append(out, due...)
			due = after[r]
		}
		out = append(out, r)
	}
	return append(out, due...)
}
