package merge

import (
	"slices"

	"taizhang/sheet/table"
)

// out is a table of the merged state in the making.
type out struct {
	*table.Table
	us          []int // its columns
	pos         []int // universe column → its column, -1
	mine, their int   // the tables it comes from, -1
	base        int
	drop        bool
}

// done is a finished row and its table, counted from 1; 0 if it is in none.
type done struct {
	out int32
	row table.Row
}

func (o *out) grow(u int) int {
	if o.pos[u] < 0 {
		o.pos[u] = len(o.us)
		o.us = append(o.us, u)
	}
	return o.pos[u]
}

type planKey struct {
	b, m, t, out int
	origin       whose
}

// plan is where the values of a row stand on each side, column by column.
type plan struct {
	cols  []planCol
	share bool // mine's values can serve as they are
}

type planCol struct {
	u, b, m, t int
	// the side had the column and deleted it; else a missing column is one that the side does not know
	mGone, tGone bool
	number       bool
	theirs       *table.Table // that of t, nil if there is none
}

// planFor is the plan for rows that stand in these tables, -1 for none.
func (k *kindMerge) planFor(key planKey) *plan {
	if p := k.plans[key]; p != nil {
		return p
	}
	at := func(s *side, tab, u int) int {
		if tab < 0 {
			return -1
		}
		return s.pos[tab][u]
	}
	p := &plan{}
	for u := range k.cols.all {
		c := planCol{u: u, b: at(k.base, key.b, u), m: at(k.mine, key.m, u), t: at(k.theirs, key.t, u),
			number: k.role[u] == ignored}
		if key.t >= 0 {
			c.theirs = k.theirs.tabs[key.t]
		}
		if c.b < 0 && c.m < 0 && c.t < 0 {
			continue
		}
		if c.b >= 0 {
			c.mGone = c.m < 0 && key.m >= 0 && k.mineOfBase[key.b] == key.m
			c.tGone = c.t < 0 && key.t >= 0 && k.baseOf[key.t] == key.b && k.opt.Mode == Shared
		}
		switch key.origin {
		case mineOwn:
			c.b = c.m
		case theirsOwn:
			c.b = c.t
		}
		p.cols = append(p.cols, c)
	}
	o := k.outs[key.out]
	p.share = key.m >= 0 && o.mine == key.m
	k.plans[key] = p
	return p
}

// three are the values of one column on the three sides.
func (c *planCol) three(b, m, t *row) (bv, mv, tv string) {
	if b != nil {
		bv = b.at(c.b)
	}
	mv, tv = bv, bv
	if m != nil && c.m >= 0 {
		mv = m.at(c.m)
	} else if c.mGone {
		mv = ""
	}
	if t != nil && c.t >= 0 {
		if tv = t.at(c.t); tv == "" && bv != "" && (c.theirs.Silent(t.as, c.t) || c.theirs.Unsaid(t.as, c.t)) {
			tv = bv
		}
	} else if c.tGone {
		tv = ""
	}
	return bv, mv, tv
}

// decide looks up the state table.
func (k *kindMerge) decide(c *planCol, bv, mv, tv string) verdict {
	m, t := moved(mv == bv || Equal(mv, bv)), moved(tv == bv || Equal(tv, bv))
	agree := bit(t == changed && m == changed && Equal(mv, tv))
	if !c.number || t == untouched {
		return valueTable[m][t][agree]
	}
	switch mineIs, theirIs := m == untouched || isOrdinal(mv), isOrdinal(tv); {
	case mineIs && theirIs:
		return numberTable[k.opt.Mode][m][agree]
	case theirIs:
		return verdict{pickMine, Kept} // words against a number
	case mineIs:
		return verdict{pickTheirs, Applied}
	}
	return valueTable[m][t][agree]
}

// values merges a row that both sides have, and records the changes.
func (k *kindMerge) values(p *plan, o *out, id string, b, m, t *row) []string {
	vals := m.Values
	own := false
	if !p.share {
		vals = make([]string, len(o.us))
		own = true
	}
	for i := range p.cols {
		c := &p.cols[i]
		bv, mv, tv := c.three(b, m, t)
		if bv != "" {
			k.filled++
		}
		if bv == mv && bv == tv {
			if own && mv != "" {
				vals = set(vals, o.grow(c.u), mv)
			}
			continue
		}
		v := k.decide(c, bv, mv, tv)
		if v.outcome == Behind {
			k.res.Behind++
		} else if v.outcome != "" && (b != nil || v.outcome != Same) {
			k.res.Changes = append(k.res.Changes, Change{Kind: k.kind, Row: id, Key: k.cols.all[c.u].key,
				Base: bv, Mine: mv, Theirs: tv, Outcome: v.outcome})
			if tv == "" && bv != "" && mv != "" {
				k.cleared++
			}
		}
		take := mv
		if v.pick == pickTheirs {
			take = tv
		}
		if own || take != m.at(c.m) {
			if !own {
				wide := make([]string, len(o.us))
				copy(wide, vals)
				vals, own = wide, true
			}
			if take != "" || o.pos[c.u] >= 0 {
				vals = set(vals, o.grow(c.u), take)
			}
		}
	}
	return vals
}

func set(vals []string, i int, v string) []string {
	for len(vals) <= i {
		vals = append(vals, "")
	}
	vals[i] = v
	return vals
}

// touched reports whether a side changed a row of the base, its running
// numbers and its place aside.
func (k *kindMerge) touched(p *plan, b, m, t *row) bool {
	for i := range p.cols {
		c := &p.cols[i]
		bv, mv, tv := c.three(b, m, t)
		v := mv
		if t != nil {
			v = tv
		}
		if v != bv && !Equal(v, bv) && !(c.number && isOrdinal(v)) {
			return true
		}
	}
	return false
}

// foreign is a row as it stands on one side, in the columns of o.
// The values may be r's own: they are not to be changed.
func (k *kindMerge) foreign(s *side, o *out, r *row) []string {
	if slices.Equal(o.us, s.of[r.tab]) && len(r.Values) == len(o.us) {
		return r.Values[:len(r.Values):len(r.Values)]
	}
	vals := make([]string, len(o.us))
	for c, u := range s.of[r.tab] {
		if v := r.at(c); v != "" {
			vals = set(vals, o.grow(u), v)
		}
	}
	return vals
}

// section merges what category a row stands under.
func (k *kindMerge) section(id string, b, m, t *row) string {
	if b == nil {
		return m.Section // both added it, each at its place
	}
	base := b.Section
	if Equal(t.Section, base) {
		if !Equal(m.Section, base) {
			k.res.Behind++
		}
		return m.Section
	}
	motion := moved(Equal(m.Section, base))
	agree := bit(Equal(m.Section, t.Section))
	v := valueTable[motion][changed][agree]
	if k.opt.Mode == Copy {
		v = numberTable[Copy][motion][agree]
	}
	k.res.Changes = append(k.res.Changes, Change{Kind: k.kind, Row: id, Key: SectionKey,
		Base: base, Mine: m.Section, Theirs: t.Section, Outcome: v.outcome})
	if v.pick == pickTheirs {
		return t.Section
	}
	return m.Section
}

// rows decides on every row: those of mine in their order, then those that
// only theirs has, then those that both have lost.
func (k *kindMerge) rows() {
	k.plans = map[planKey]*plan{}
	k.mineDone = make([]done, len(k.mine.rows))
	k.theirDone = make([]done, len(k.theirs.rows))
	theirsOf := make([]int32, len(k.mine.rows))
	for m := range theirsOf {
		theirsOf[m] = unmatched
	}
	for t, m := range k.added {
		if m >= 0 {
			theirsOf[m] = int32(t)
		}
	}
	baseOf := make([]int32, len(k.mine.rows))
	for m := range k.mine.rows {
		baseOf[m] = unmatched
		if b, ok := k.base.byID[k.mine.rows[m].ID]; ok {
			baseOf[m] = b
			if t := k.taken[b]; t >= 0 {
				theirsOf[m] = t
			}
		}
	}
	fresh := 0
	for t, b := range k.match {
		if b == unmatched && k.added[t] < 0 {
			fresh++
		}
	}
	k.res.Changes = slices.Grow(k.res.Changes, len(k.mine.rows)/16+fresh)
	k.res.Added = slices.Grow(k.res.Added, fresh)
	for m := range k.mine.rows {
		k.mineRow(int32(m), baseOf[m], theirsOf[m])
	}
	for t := range k.theirs.rows {
		if k.match[t] == asked || k.added[t] >= 0 {
			continue
		}
		b := k.match[t]
		if b >= 0 {
			if _, ok := k.mine.byID[k.ids[t]]; ok {
				continue
			}
		}
		k.theirRow(int32(t), b)
	}
	for b := range k.base.rows {
		id := k.base.rows[b].ID
		if _, ok := k.mine.byID[id]; !ok && k.taken[b] < 0 && !k.waiting[int32(b)] {
			if f := rowTable[k.opt.Mode][gone][gone]; f.outcome != "" {
				k.res.Changes = append(k.res.Changes,
					Change{Kind: k.kind, Row: id, RowDeleted: true, Outcome: f.outcome})
			}
		}
	}
}

// mineRow decides on a row that mine has; b and t are -1 where it is not.
func (k *kindMerge) mineRow(m, b, t int32) {
	mr := &k.mine.rows[m]
	o := k.outs[mr.tab]
	key := planKey{b: -1, m: int(mr.tab), t: -1, out: int(mr.tab)}
	var br *row
	if b >= 0 {
		br = &k.base.rows[b]
		key.b = int(br.tab)
	}
	if t < 0 {
		if b < 0 {
			k.res.Behind++
		} else if !k.waiting[b] {
			did := intact
			if k.touched(k.planFor(key), br, mr, nil) {
				did = edited
			}
			f := rowTable[k.opt.Mode][did][gone]
			// A copy without such a table at all was not sent with one.
			if f.missing && (k.opt.Mode == Shared || len(k.theirs.tabs) > 0) {
				k.res.Missing = append(k.res.Missing, mr.ID)
			}
			if f.outcome != "" {
				k.res.Changes = append(k.res.Changes,
					Change{Kind: k.kind, Row: mr.ID, RowDeleted: true, Outcome: f.outcome})
			}
			if !f.stays {
				return
			}
		}
		k.mineDone[m] = done{int32(key.out) + 1, table.Row{ID: mr.ID, Section: mr.Section, Values: mr.Values}}
		return
	}
	tr := &k.theirs.rows[t]
	key.t = int(tr.tab)
	key.origin = k.origin[t]
	switch key.origin {
	case mineOwn:
		br = mr
	case theirsOwn:
		br = tr
	}
	// A row that was moved to another sheet of the shared workbook stands there.
	if to := k.outOf(tr.tab); k.opt.Mode == Shared && b >= 0 && to != key.out &&
		k.mineOfBase[k.base.rows[b].tab] == key.m && k.baseOf[tr.tab] != key.b {
		key.out, o = to, k.outs[to]
	}
	vals := k.values(k.planFor(key), o, mr.ID, br, mr, tr)
	k.mineDone[m] = done{int32(key.out) + 1, table.Row{ID: mr.ID, Section: k.section(mr.ID, br, mr, tr), Values: vals}}
	if b < 0 {
		k.res.Changes = append(k.res.Changes, Change{Kind: k.kind, Row: mr.ID, RowAdded: true, Outcome: Same})
	}
}

// theirRow decides on a row that mine has not: mine deleted it, or theirs
// added it.
func (k *kindMerge) theirRow(t, b int32) {
	tr := &k.theirs.rows[t]
	to := k.outOf(tr.tab)
	o := k.outs[to]
	id := k.ids[t]
	if b >= 0 {
		br := &k.base.rows[b]
		p := k.planFor(planKey{b: int(br.tab), m: -1, t: int(tr.tab), out: to})
		did := intact
		if k.touched(p, br, nil, tr) {
			did = edited
		}
		f := rowTable[k.opt.Mode][gone][did]
		if f.outcome == Behind {
			k.res.Behind++
		}
		if !f.stays {
			return
		}
		k.res.Changes = append(k.res.Changes, Change{Kind: k.kind, Row: id, MineDeleted: true, Outcome: f.outcome})
		vals := k.foreign(k.theirs, o, tr)
		for i := range p.cols {
			c := &p.cols[i]
			bv, _, tv := c.three(br, nil, tr)
			if tv != bv && !Equal(tv, bv) {
				k.res.Changes = append(k.res.Changes,
					Change{Kind: k.kind, Row: id, Key: k.cols.all[c.u].key, Base: bv, Theirs: tv, Outcome: Applied})
			}
			// A column that theirs does not know.
			if c.t < 0 && tv != "" {
				vals = set(slices.Clone(vals), o.grow(c.u), tv)
			}
		}
		k.theirDone[t] = done{int32(to) + 1, table.Row{ID: id, Section: tr.Section, Values: vals}}
		return
	}
	k.res.Added = append(k.res.Added, id)
	k.res.Changes = append(k.res.Changes, Change{Kind: k.kind, Row: id, RowAdded: true, Outcome: Applied})
	k.theirDone[t] = done{int32(to) + 1, table.Row{ID: id, Section: tr.Section, Values: k.foreign(k.theirs, o, tr)}}
}

// outOf is the merged table of a table of theirs.
func (k *kindMerge) outOf(tab int32) int {
	for j, o := range k.outs {
		if o.their == int(tab) {
			return j
		}
	}
	return k.homeOf(tab)
}
