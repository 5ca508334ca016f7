package merge

import (
	"strconv"

	"taizhang/sheet/table"
)

// universe is every column that a kind of table has on any side.
type universe struct {
	all    []column
	byKey  map[string]int
	byHead map[string]int // normalised heading; the first one that has it
}

type column struct {
	key, field string
	head       string // normalised heading
}

// add fits the columns of t into the universe: by key, then by heading, else
// as new ones. It returns t's columns as columns of the universe.
func (c *universe) add(t *table.Table) []int {
	of := make([]int, len(t.Columns))
	claimed := make(map[int]bool, len(t.Columns))
	for i, col := range t.Columns {
		of[i] = -1
		if u, ok := c.byKey[col.Key]; ok && !claimed[u] {
			of[i], claimed[u] = u, true
		}
	}
	for i, col := range t.Columns {
		if of[i] >= 0 {
			continue
		}
		head := table.Normalize(col.Heading)
		if u, ok := c.byHead[head]; ok && head != "" && !claimed[u] {
			of[i], claimed[u] = u, true
			// A heading whose meaning has since been learnt.
			if c.all[u].field == "" && col.Field != "" {
				if _, taken := c.byKey[col.Key]; !taken {
					c.all[u].key, c.all[u].field = col.Key, col.Field
					c.byKey[col.Key] = u
				}
			}
			continue
		}
		key := col.Key
		for n := 2; ; n++ {
			if _, taken := c.byKey[key]; !taken {
				break
			}
			key = col.Key + "#" + strconv.Itoa(n)
		}
		u := len(c.all)
		c.all = append(c.all, column{key, col.Field, head})
		c.byKey[key] = u
		if _, ok := c.byHead[head]; !ok {
			c.byHead[head] = u
		}
		of[i], claimed[u] = u, true
	}
	return of
}

// places turns of around for a universe that is complete.
func (s *side) places(n int) {
	s.pos = make([][]int, len(s.tabs))
	for t, of := range s.of {
		p := make([]int, n)
		for u := range p {
			p[u] = -1
		}
		for c, u := range of {
			p[u] = c
		}
		s.pos[t] = p
	}
}

// renames finds columns of theirs that are columns of the base under another
// heading: new in theirs, beside one that is gone, and with the same values in
// at least four of five rows that have any. It needs the alignment of the rows.
func (k *kindMerge) renames() {
	for t := range k.theirs.tabs {
		b := k.baseOf[t]
		if b < 0 {
			continue
		}
		for c, u := range k.theirs.of[t] {
			if k.base.has(u) || k.mine.has(u) {
				continue
			}
			best, most := -1, 0
			for _, old := range k.base.of[b] {
				if k.theirs.pos[t][old] >= 0 {
					continue
				}
				same, any := 0, 0
				for i := k.theirs.first[t]; i < len(k.theirs.rows) && int(k.theirs.rows[i].tab) == t; i++ {
					j := k.match[i]
					if j < 0 || int(k.base.rows[j].tab) != b {
						continue
					}
					v, w := k.theirs.value(i, u), k.base.value(int(j), old)
					if v == "" && w == "" {
						continue
					}
					any++
					if Equal(v, w) {
						same++
					}
				}
				if same*5 >= any*4 && same > most {
					best, most = old, same
				}
			}
			if best >= 0 {
				k.theirs.of[t][c] = best
				k.theirs.pos[t][best], k.theirs.pos[t][u] = c, -1
			}
		}
	}
}

// has reports whether any table of s has universe column u.
func (s *side) has(u int) bool {
	for _, p := range s.pos {
		if p[u] >= 0 {
			return true
		}
	}
	return false
}
