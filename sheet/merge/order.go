package merge

import "taizhang/sheet/table"

// order lists the rows of every merged table. The order is mine's; only where
// mine still has the base's and the shared workbook was sorted anew, it is
// theirs. Rows of the other side follow the row that they stand below there.
func (k *kindMerge) order() {
	byMine := make([][]*table.Row, len(k.outs))   // rows of mine in mine's order
	byTheirs := make([][]*table.Row, len(k.outs)) // rows of theirs in theirs' order
	where := map[*table.Row]int{}
	home := make([]*table.Row, len(k.mine.rows))
	for j, o := range k.outs {
		for m, r := range o.byMine {
			home[m] = r
			if int(k.mine.rows[m].tab) != j {
				where[r] = j
			}
		}
	}
	outOf := func(m int) int {
		if j, moved := where[home[m]]; moved {
			return j
		}
		return int(k.mine.rows[m].tab)
	}
	for m, r := range home {
		if r != nil {
			j := outOf(m)
			byMine[j] = append(byMine[j], r)
		}
	}
	for t := range k.theirs.rows {
		if k.ids[t] == "" {
			continue
		}
		if m, ok := k.mine.byID[k.ids[t]]; ok {
			if home[m] != nil {
				byTheirs[outOf(int(m))] = append(byTheirs[outOf(int(m))], home[m])
			}
			continue
		}
		for j, o := range k.outs {
			if r := o.byTheirs[int32(t)]; r != nil {
				byTheirs[j] = append(byTheirs[j], r)
			}
		}
	}
	anew := k.opt.Mode == Shared && !ascends(k.match) && ascends(k.mineInBase())
	for j, o := range k.outs {
		first, second := byMine[j], byTheirs[j]
		if anew {
			first, second = second, first
		}
		o.Rows = weave(first, second)
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
func weave(first, second []*table.Row) []table.Row {
	in := make(map[*table.Row]bool, len(first))
	for _, r := range first {
		in[r] = true
	}
	shared := make(map[*table.Row]bool, len(second))
	after := map[*table.Row][]*table.Row{} // nil: at the top
	var last *table.Row
	for _, r := range second {
		if in[r] {
			last = r
			shared[r] = true
		} else {
			after[last] = append(after[last], r)
		}
	}
	n := len(first) + len(second) - len(shared)
	if n == 0 {
		return nil
	}
	out := make([]table.Row, 0, n)
	var due []*table.Row
	due = append(due, after[nil]...)
	for _, r := range first {
		if shared[r] {
			for _, d := range due {
				out = append(out, *d)
			}
			due = after[r]
		}
		out = append(out, *r)
	}
	for _, d := range due {
		out = append(out, *d)
	}
	return out
}
