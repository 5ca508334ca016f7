package merge

import (
	"strings"
	"unicode/utf8"
)

// A row whose title changed was reworded, or it was deleted and another put in
// its place. What stands beside the title is the witness.

// beside is what became of what the base's row holds beside its name. What it
// did not hold and the other does says nothing: work goes on.
type beside struct {
	kept  bool // something that does not go by the unit stands as it was
	few   bool // and few other rows have it
	words bool // and it is words of its own: the requirement, or what somebody wrote about it
	lost  int  // values that are gone, or say something else
	wiped bool // one of them is the requirement, or there is nothing in its place
}

// oneTask reports whether the two rows may be taken for one without asking.
// left is what is left of the title.
func (w beside) oneTask(left float32) bool {
	switch {
	case left < farName:
		return w.words || w.few && w.lost == 0
	case left < 1:
		// A status and a date move on; what was written down is rarely wiped out
		// with them.
		return w.kept || !w.wiped || w.lost < 2
	}
	return true
}

// witness compares what stands beside the names of row b of the base and row t.
func (a *aligner) witness(b, t int32) beside {
	var w beside
	rowB, rowT := &a.b.rows[b], &a.t.rows[t]
	for u, r := range a.role {
		if r == ignored || r == name || a.b.pos[rowB.tab][u] < 0 || a.t.pos[rowT.tab][u] < 0 {
			continue
		}
		v, now := a.b.value(int(b), u), a.t.value(int(t), u)
		if v == "" {
			continue
		}
		own := utf8.RuneCountInString(v) >= typed
		switch {
		case Equal(v, now), own && goesOn(v, now):
			if r == unit {
				continue
			}
			c := a.census(u)
			same := c.rows[hashValue(v)]
			w.kept = true
			w.few = w.few || same*4 <= c.filled
			w.words = w.words || own && same <= 1
		default:
			w.lost++
			w.wiped = w.wiped || now == "" || r == text
		}
	}
	return w
}

// goesOn reports whether now is v with something added or a few words changed.
func goesOn(v, now string) bool {
	if strings.Contains(now, v) {
		return true
	}
	have := map[[2]rune]int{}
	all, shared := 0, 0
	shingles(v, func(x, y rune) { have[[2]rune{x, y}]++; all++ })
	shingles(now, func(x, y rune) {
		all++
		if have[[2]rune{x, y}] > 0 {
			have[[2]rune{x, y}]--
			shared++
		}
	})
	return float32(2*shared) >= farName*float32(all)
}

// census is what the rows of the base say in one column; of a large table a
// sample is counted.
type census struct {
	filled int
	rows   map[uint64]int // by value
}

// census of column u.
func (a *aligner) census(u int) *census {
	if a.counted[u] == nil {
		c := &census{rows: map[uint64]int{}}
		for i, step := 0, max(1, len(a.b.rows)/sampleRows); i < len(a.b.rows); i += step {
			if v := a.b.value(i, u); v != "" {
				c.filled++
				c.rows[hashValue(v)]++
			}
		}
		a.counted[u] = c
	}
	return a.counted[u]
}
