package merge

import (
	"slices"

	"taizhang/sheet/table"
)

// layout prepares the tables of the merged state: those of mine, then those
// that only theirs has.
func (k *kindMerge) layout() {
	for j, t := range k.mine.tabs {
		o := k.newOut(&table.Table{Kind: k.kind, Sheet: t.Sheet})
		o.mine = j
		o.base = slices.Index(k.mineOfBase, j)
		o.their = slices.Index(k.mineOf, j)
		for _, u := range k.mine.of[j] {
			o.grow(u)
		}
		if o.their >= 0 {
			theirs := k.theirs.tabs[o.their]
			if k.opt.Mode == Shared && o.base >= 0 && k.base.tabs[o.base].Sheet == t.Sheet {
				o.Sheet = theirs.Sheet
			}
			for _, u := range k.theirs.of[o.their] {
				if o.base < 0 || k.base.pos[o.base][u] < 0 {
					o.grow(u) // added by theirs, or by both
				}
			}
		}
		k.outs = append(k.outs, o)
	}
	for j, t := range k.theirs.tabs {
		if k.mineOf[j] >= 0 || k.opt.Mode == Copy && len(k.mine.tabs) > 0 {
			continue
		}
		o := k.newOut(&table.Table{Kind: k.kind, Sheet: t.Sheet})
		o.mine, o.base, o.their = -1, k.baseOf[j], j
		for _, u := range k.theirs.of[j] {
			o.grow(u)
		}
		k.outs = append(k.outs, o)
	}
}

func (k *kindMerge) newOut(t *table.Table) *out {
	o := &out{Table: t, mine: -1, base: -1, their: -1, pos: make([]int, len(k.cols.all))}
	for u := range o.pos {
		o.pos[u] = -1
	}
	return o
}

// homeOf is the merged table for a table of a copy that mine has not: where
// most of its rows are at home, else the first.
func (k *kindMerge) homeOf(tab int32) int {
	votes := make([]int, len(k.mine.tabs))
	best := 0
	for t := k.theirs.first[tab]; t < len(k.theirs.rows) && k.theirs.rows[t].tab == tab; t++ {
		if m, ok := k.mine.byID[k.ids[t]]; ok && k.ids[t] != "" {
			j := int(k.mine.rows[m].tab)
			votes[j]++
			if votes[j] > votes[best] {
				best = j
			}
		}
	}
	return best
}

// finish puts the rows in order and settles the columns.
func (k *kindMerge) finish() {
	k.order()
	for _, o := range k.outs {
		k.dropColumns(o)
		for _, u := range o.us {
			o.Columns = append(o.Columns, k.column(o, u))
		}
		for i := range o.Rows {
			r := &o.Rows[i]
			if len(r.Values) < len(o.us) {
				wide := make([]string, len(o.us))
				copy(wide, r.Values)
				r.Values = wide
			}
		}
		o.drop = len(o.Rows) == 0 && o.their < 0 && o.base >= 0 && k.opt.Mode == Shared
	}
}

// dropColumns takes out the columns that theirs deleted and that hold nothing
// any more.
func (k *kindMerge) dropColumns(o *out) {
	if k.opt.Mode != Shared || o.their < 0 || o.base < 0 || o.mine < 0 {
		return
	}
	var keep []int
	for c, u := range o.us {
		gone := k.base.pos[o.base][u] >= 0 && k.theirs.pos[o.their][u] < 0
		for i := 0; gone && i < len(o.Rows); i++ {
			gone = c >= len(o.Rows[i].Values) || o.Rows[i].Values[c] == ""
		}
		if !gone {
			keep = append(keep, c)
		}
	}
	if len(keep) == len(o.us) {
		return
	}
	us := make([]int, len(keep))
	for n, c := range keep {
		us[n] = o.us[c]
	}
	for i := range o.Rows {
		vals := make([]string, len(keep))
		for n, c := range keep {
			if c < len(o.Rows[i].Values) {
				vals[n] = o.Rows[i].Values[c]
			}
		}
		o.Rows[i].Values = vals
	}
	o.us = us
}

// column is the merged column u of o, without a place.
func (k *kindMerge) column(o *out, u int) table.Column {
	find := func(s *side, tab int) *table.Column {
		if tab < 0 {
			for t := range s.tabs {
				if s.pos[t][u] >= 0 {
					return &s.tabs[t].Columns[s.pos[t][u]]
				}
			}
			return nil
		}
		if c := s.pos[tab][u]; c >= 0 {
			return &s.tabs[tab].Columns[c]
		}
		return nil
	}
	b, m, t := find(k.base, o.base), find(k.mine, o.mine), find(k.theirs, o.their)
	c := table.Column{Key: k.cols.all[u].key, Field: k.cols.all[u].field}
	switch {
	case m != nil:
		c.Heading = m.Heading
		if k.opt.Mode == Shared && t != nil && b != nil && Equal(b.Heading, m.Heading) {
			c.Heading = t.Heading
		}
	case t != nil:
		c.Heading = t.Heading
	case b != nil:
		c.Heading = b.Heading
	}
	return c
}

// reportColumns lists the columns that came or went.
func (k *kindMerge) reportColumns() {
	for t, tab := range k.theirs.tabs {
		b := k.baseOf[t]
		sheet := k.outs[k.outOf(int32(t))].Sheet
		for c, u := range k.theirs.of[t] {
			add := ColumnChange{Kind: k.kind, Sheet: sheet, Key: k.cols.all[u].key, Heading: tab.Columns[c].Heading}
			switch {
			case !k.base.has(u) && len(k.base.tabs) > 0:
				add.What = ColumnAdded
			case b >= 0 && k.base.pos[b][u] >= 0 && k.cols.all[u].key != tab.Columns[c].Key:
				add.What = ColumnRenamed
			default:
				continue
			}
			k.res.Columns = append(k.res.Columns, add)
		}
		if b < 0 {
			continue
		}
		for c, u := range k.base.of[b] {
			if k.theirs.pos[t][u] >= 0 || !k.mine.has(u) {
				continue
			}
			what := ColumnRemoved
			if k.opt.Mode == Copy {
				what = ColumnAbsent
			}
			k.res.Columns = append(k.res.Columns, ColumnChange{Kind: k.kind, Sheet: sheet, Key: k.cols.all[u].key,
				Heading: k.base.tabs[b].Columns[c].Heading, What: what})
		}
	}
}
