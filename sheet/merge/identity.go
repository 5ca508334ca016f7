package merge

import (
	"strconv"
	"strings"
)

// Identity groups the columns of one kind of table, by key, by what they tell
// about which row is which. A column in none of the groups (status, progress,
// dates) is weak evidence: it weighs a third of Name and Text. The zero value
// is derived from the data, see the package comment; so is the rest of one that has
// a Name alone.
type Identity struct {
	// running numbers (序号): no evidence at all, since people renumber, and two renumberings are no conflict
	Ignore []string
	Strong []string // one value alone identifies a row where it is unique on both sides: a code (任务编号)
	Name   []string // together they name a row: title and lead unit
	Text   []string // other text that tells rows apart: the requirement
	Owner  []string // those of Name that say whose the row is: the lead unit
	// Exact: a row that one side added is the other's only word for word; no reworded
	// one is looked for. For tables whose rows nobody changes.
	Exact bool
	Unit  []string // what goes by the unit and not by the task: the person in charge, the telephone; weak as well
}

// isDerived reports whether the roles of columns are found in the data, those of Name
// aside.
func (id Identity) isDerived() bool {
	return len(id.Ignore)+len(id.Strong)+len(id.Text)+len(id.Unit) == 0
}

// role is what a column of the universe is for when rows are aligned.
type role uint8

const (
	weak role = iota
	unit
	ignored
	strong
	name
	text
)

// sampleRows bounds how many rows are looked at to derive an Identity.
const sampleRows = 2000

// roles gives every column its role.
func (k *kindMerge) roles(id Identity) []role {
	roles := make([]role, len(k.cols.all))
	if id.isDerived() {
		k.derive(roles)
	}
	set := func(keys []string, r role) {
		for _, key := range keys {
			if u, ok := k.cols.byKey[key]; ok {
				roles[u] = r
			}
		}
	}
	set(id.Unit, unit)
	set(id.Text, text)
	set(id.Name, name)
	set(id.Strong, strong)
	set(id.Ignore, ignored)
	return roles
}

// derive finds the running numbers (values that count up by one down the
// rows) and the columns that tell most rows apart (at least half of the rows
// have a value, at least half of the values are distinct).
func (k *kindMerge) derive(roles []role) {
	s := k.base
	if len(s.rows) == 0 {
		s = k.theirs
	}
	n := min(len(s.rows), sampleRows)
	if n == 0 {
		return
	}
	any := false
	for u := range roles {
		filled, steps, ordinals := 0, 0, 0
		distinct := make(map[string]struct{}, n)
		last := -1
		for i := range n {
			v := s.value(i, u)
			if v == "" {
				continue
			}
			filled++
			distinct[v] = struct{}{}
			if isOrdinal(v) {
				ordinals++
			}
			x, err := strconv.Atoi(strings.TrimSpace(v))
			if err != nil {
				last = -1
				continue
			}
			if x == last+1 || x == 1 {
				steps++
			}
			last = x
		}
		switch {
		case filled >= 2 && ordinals == filled && steps*5 >= filled*4:
			roles[u] = ignored
		case filled*2 >= n && len(distinct)*2 >= filled:
			roles[u] = text
			any = true
		}
	}
	if any {
		return
	}
	for u := range roles {
		if roles[u] == weak {
			roles[u] = text
		}
	}
}

// isOrdinal reports whether v can only be a number in a list: digits or
// Chinese numerals with the marks that stand around them, or nothing.
func isOrdinal(v string) bool {
	for _, r := range v {
		if !strings.ContainsRune("0123456789０１２３４５６７８９一二三四五六七八九十百千〇零.．、,，()（）- \t\r\n", r) {
			return false
		}
	}
	return true
}
