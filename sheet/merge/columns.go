package merge

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
// heading: new in theirs, beside one that is gone. Place, wording and values count
// together, for each of them changes by itself: 进展情况 becomes 6月进展情况 and is filled
// in anew. It needs the alignment of the rows.
func (k *kindMerge) renames() {
	for t := range k.theirs.tabs {
		b := k.baseOf[t]
		if b < 0 {
			continue
		}
		type pair struct{ col, old, score, same int }
		var pairs []pair
		for c, u := range k.theirs.of[t] {
			if k.base.has(u) || k.mine.has(u) {
				continue
			}
			for i, old := range k.base.of[b] {
				if k.theirs.pos[t][old] >= 0 {
					continue
				}
				same, any := k.shared(t, u, b, old)
				values, place := byValues(same, any), k.byPlace(t, c, b, i)
				score := values + k.byWording(u, old) + place
				if f, g := k.cols.all[u].field, k.cols.all[old].field; f != "" && g != "" && f != g {
					// Both are known, to mean different things. A copy in which the very values
					// stand in the very place has a column of ours under a heading of its own.
					if k.opt.Mode != Copy || values < enough || place < 2 || same < 2 {
						score -= enough
					}
				}
				if score >= enough {
					pairs = append(pairs, pair{c, old, score, same})
				}
			}
		}
		slices.SortStableFunc(pairs, func(x, y pair) int {
			return cmp.Or(cmp.Compare(y.score, x.score),
				cmp.Compare(y.same, x.same))
		})
		for _, p := range pairs {
			if u := k.theirs.of[t][p.col]; k.theirs.pos[t][p.old] < 0 && !k.base.has(u) {
				k.theirs.of[t][p.col] = p.old
				k.theirs.pos[t][p.old], k.theirs.pos[t][u] = p.col, -1
			}
		}
	}
}

// enough is the score from which two columns are one. Values that are nearly all the
// same suffice, and so do a contained heading and the same place; fewer values need
// one of them.
const enough = 4

// shared counts the rows in which column u of theirs' table t and column old of the
// base's table b say the same, and those in which either says anything.
func (k *kindMerge) shared(t, u, b, old int) (same, any int) {
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
	return same, any
}

func byValues(same, any int) int {
	switch {
	case same == 0:
		return 0
	case same*5 >= any*4:
		return enough
	case same*5 >= any*2:
		return 2
	}
	return 1
}

// byWording compares two headings; one may contain the other.
func (k *kindMerge) byWording(u, old int) int {
	a, b := k.cols.all[u].head, k.cols.all[old].head
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case utf8.RuneCountInString(a) < 2:
		return 0
	case strings.Contains(b, a):
		return 2
	case goesOn(b, a):
		return 1
	}
	return 0
}

// byPlace counts the neighbours that column c of theirs' table t has in common with
// column i of the base's table b; the edge of a table is one too.
func (k *kindMerge) byPlace(t, c, b, i int) int {
	theirs, base := k.theirs.of[t], k.base.of[b]
	at := func(cols []int, n int) int {
		if n < 0 || n >= len(cols) {
			return -1
		}
		return cols[n]
	}
	return bit(at(theirs, c-1) == at(base, i-1)) + bit(at(theirs, c+1) == at(base, i+1))
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
