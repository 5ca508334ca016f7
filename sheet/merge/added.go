package merge

import (
	"bytes"
	"crypto/sha256"
	"slices"
)

// whose tells which side holds a row as it was when it was added.
type whose uint8

const (
	nobody whose = iota
	mineOwn
	theirsOwn
)

// alignAdded finds the rows that theirs and mine both have and the base has
// not: both added them, or mine has had them from this very workbook before.
// Here a row is the same only by identity, by its code, or word for word in
// all columns that tell rows apart; only if there is no base at all are
// reworded rows looked for.
func (k *kindMerge) alignAdded() {
	k.added = make([]int32, len(k.theirs.rows))
	k.ids = make([]string, len(k.theirs.rows))
	k.origin = map[int32]whose{}
	var fresh []int
	for t, b := range k.match {
		k.added[t] = -1
		switch {
		case b >= 0:
			k.ids[t] = k.base.rows[b].ID
		case b == unmatched:
			fresh = append(fresh, t)
		}
	}
	if len(fresh) == 0 {
		return
	}
	a := newAligner(k.mine, k.theirs, k.role)
	a.fuzzy = !k.based && !k.opt.Identity[k.kind].Exact
	a.added, a.owner = true, k.owner
	open := 0
	for m := range k.mine.rows {
		if _, old := k.base.byID[k.mine.rows[m].ID]; old {
			a.taken[m] = asked // not to be had
		} else {
			open++
		}
	}
	if open == 0 {
		return
	}
	for t := range a.match {
		if k.match[t] != unmatched {
			a.match[t] = asked
		}
	}
	count := counts{}
	for _, t := range fresh {
		id := k.ownID(t)
		if id == "" {
			id = k.freshID(t, count)
		}
		if m, ok := k.mine.byID[id]; ok && a.taken[m] == unmatched {
			a.pair(m, int32(t))
			k.origin[int32(t)] = k.firstHolder(int(m), t, id)
		}
	}
	a.run()
	for _, t := range fresh {
		if m := a.match[t]; m >= 0 {
			k.added[t] = m
			k.ids[t] = k.mine.rows[m].ID
		}
	}
}

// counts is how many rows had a hint so far, by the hint's sum: hints are as long
// as rows.
type counts map[[sha256.Size]byte]int

// ownID is the id that row t of theirs came with, if no other row has it.
func (k *kindMerge) ownID(t int) string {
	id := k.theirs.rows[t].ID
	if i, ok := k.theirs.byID[id]; id != "" && ok && int(i) == t {
		return id
	}
	return ""
}

// freshID is the identity that row t of theirs gets from its content. count
// tells apart rows of the same content; those of rows of the base are taken.
func (k *kindMerge) freshID(t int, count counts) string {
	h := k.hint(k.theirs, t)
	at := sha256.Sum256(h)
	for {
		count[at]++
		id := contentID(nth(h, count[at]))
		if _, old := k.base.byID[id]; !old {
			return id
		}
	}
}

// firstHolder tells whose row still has the content that its id was made from:
// that side has not touched it since, and the other's values are the newer.
func (k *kindMerge) firstHolder(m, t int, id string) whose {
	hm := slices.Clone(k.hint(k.mine, m))
	ht := k.hint(k.theirs, t)
	if bytes.Equal(hm, ht) {
		return nobody
	}
	for n := 1; n <= 9; n++ {
		if contentID(nth(ht, n)) == id {
			return theirsOwn
		}
		if contentID(nth(hm, n)) == id {
			return mineOwn
		}
	}
	return nobody
}

// nameRows gives an id to every row of theirs that is left.
func (k *kindMerge) nameRows() {
	var count counts
	used := make(map[string]bool, len(k.ids))
	for t := range k.ids {
		if k.ids[t] != "" || k.match[t] == asked {
			continue
		}
		if count == nil {
			count = make(counts, len(k.ids))
		}
		id := k.ownID(t)
		for id == "" || used[id] || k.heldByMine(id) {
			next := k.freshID(t, count)
			if next == id {
				break
			}
			id = next
		}
		k.ids[t] = id
		used[id] = true
	}
}

func (k *kindMerge) heldByMine(id string) bool {
	_, ok := k.mine.byID[id]
	return ok
}
