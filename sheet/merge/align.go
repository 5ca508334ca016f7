package merge

import "slices"

// Marks in match beside the index of a base row.
const (
	unmatched int32 = -1
	asked     int32 = -2
)

// aligner finds which row of b each row of t is. match and taken are its
// result; rows already in them stay as they are.
type aligner struct {
	b, t  *side
	role  []role
	match []int32 // by row of t: row of b, unmatched or asked
	taken []int32 // by row of b: row of t, or unmatched
	fuzzy bool    // rows may have been reworded
	added bool    // rows that both sides added: a code alone makes no two of them one

	owner   []int // columns that say whose a row is
	copied  bool  // t is a copy: who has it may add rows, and seldom rewords those that were given
	partial bool  // and nobody knows which rows it was given: one of another owner is not taken for it
	// twins are, by a free row of b, the rows that it cannot be told from, some
	// of them taken.
	twins map[int32][]int32
	// asks are the candidates of the rows that were asked about.
	asks    map[int32][]int32
	said    []alike   // groups that content settled, see contradicted
	counted []*census // by column, nil where nobody asked yet

	ordered    []bool  // by table of t: its matched rows stand in the base's order, all but a few
	prev, next []int32 // by row of t: the row of b that the nearest matched row above, below is; see anchors
}

func newAligner(b, t *side, roles []role) *aligner {
	a := &aligner{b: b, t: t, role: roles, asks: map[int32][]int32{}, twins: map[int32][]int32{},
		counted: make([]*census, len(roles)),
		match:   make([]int32, len(t.rows)), taken: make([]int32, len(b.rows))}
	for i := range a.match {
		a.match[i] = unmatched
	}
	for i := range a.taken {
		a.taken[i] = unmatched
	}
	return a
}

func (a *aligner) pair(b, t int32) {
	a.match[t], a.taken[b] = b, t
}

// run goes from the surest evidence to the weakest.
func (a *aligner) run() {
	if len(a.b.rows) == 0 || len(a.t.rows) == 0 {
		return
	}
	naming := a.having(name)
	content := a.having(name, text)
	for _, u := range a.having(strong) {
		a.byCode(u)
	}
	multi := a.byContent(content)
	if len(naming) > 0 && len(naming) < len(content) {
		a.byName(naming)
	}
	a.anchors()
	for _, g := range multi {
		a.group(g.b, g.t)
	}
	a.anchors() // more rows tell now whether the file was sorted
	a.contradicted()
	if a.fuzzy {
		a.similar()
	}
}

// having is the columns of the given roles.
func (a *aligner) having(roles ...role) []int {
	var us []int
	for u, r := range a.role {
		if slices.Contains(roles, r) {
			us = append(us, u)
		}
	}
	return us
}

// hash of the values of row i in the columns us; ok is false if all are empty.
func (s *side) hash(i int, us []int) (h uint64, ok bool) {
	for _, u := range us {
		v := s.value(i, u)
		if v != "" {
			ok = true
			h = mix(h, hashValue(v)+uint64(u))
		}
	}
	return h, ok
}

// sole maps the hash of every row of s to the row, -1 if several share it.
func (s *side) sole(us []int) map[uint64]int32 {
	m := make(map[uint64]int32, len(s.rows))
	for i := range s.rows {
		if h, ok := s.hash(i, us); ok {
			if _, twice := m[h]; twice {
				m[h] = -1
			} else {
				m[h] = int32(i)
			}
		}
	}
	return m
}

// byCode pairs rows by a code that is unique on both sides, unless the name of one of
// them stands in another row: codes that were shifted along by an inserted row would
// mark every row below as its neighbour. In a copy, and among rows that both sides
// added, a code alone is not enough: people number new rows alike.
func (a *aligner) byCode(u int) {
	us, naming := []int{u}, a.having(name)
	bs, ts := a.b.sole(us), a.t.sole(us)
	var byName, tName map[uint64]int32
	for i := range a.t.rows {
		t := int32(i)
		h, ok := a.t.hash(i, us)
		if !ok || ts[h] != t || a.match[t] != unmatched {
			continue
		}
		b, ok := bs[h]
		if !ok || b < 0 || a.taken[b] != unmatched {
			continue
		}
		if a.agree(b, t, naming) != allAgree {
			if byName == nil {
				byName, tName = a.b.sole(naming), a.t.sole(naming)
			}
			if elsewhere(a.t, i, naming, byName, b) || elsewhere(a.b, int(b), naming, tName, t) || a.added ||
				a.othersRow(b, t) {
				continue
			}
			if a.copied && !a.reworded(b, t, naming) {
				a.match[t] = asked
				a.asks[t] = []int32{b}
				continue
			}
		}
		a.pair(b, t)
	}
}

// elsewhere reports whether the name of row i of s is that of one row on the other
// side, and not of row here.
func elsewhere(s *side, i int, us []int, rows map[uint64]int32, here int32) bool {
	h, ok := s.hash(i, us)
	other, found := rows[h]
	return ok && found && other >= 0 && other != here
}

type agreement uint8

const (
	allAgree agreement = iota // or there is nothing to compare
	someAgree
	noneAgrees
)

// agree compares two rows in the columns us that both fill.
func (a *aligner) agree(b, t int32, us []int) agreement {
	same, differ := 0, 0
	for _, u := range us {
		v, w := a.b.value(int(b), u), a.t.value(int(t), u)
		switch {
		case v == "" || w == "":
		case Equal(v, w):
			same++
		default:
			differ++
		}
	}
	switch {
	case differ == 0:
		return allAgree
	case same == 0:
		return noneAgrees
	}
	return someAgree
}

// othersRow reports whether the two rows are of different owners, where that
// matters.
func (a *aligner) othersRow(b, t int32) bool {
	return a.partial && len(a.owner) > 0 && a.agree(b, t, a.owner) == noneAgrees
}

// reworded reports whether the names of the two rows are the same in some words, but
// for whose they are.
func (a *aligner) reworded(b, t int32, us []int) bool {
	for _, u := range us {
		v, w := a.b.value(int(b), u), a.t.value(int(t), u)
		if v != "" && w != "" && !slices.Contains(a.owner, u) && !Equal(v, w) && !goesOn(v, w) && !goesOn(w, v) {
			return false
		}
	}
	return true
}

// rows of the same content on both sides.
type alike struct{ b, t []int32 }

// byContent pairs rows whose words are the same and unique on both sides. It
// returns those that several rows share.
func (a *aligner) byContent(us []int) []alike {
	type slot struct{ b, t, nb, nt int32 } // first row and number on either side
	slots := make(map[uint64]slot, len(a.b.rows))
	hb := make([]uint64, len(a.b.rows))
	ht := make([]uint64, len(a.t.rows))
	for i := range a.b.rows {
		if a.taken[i] != unmatched {
			continue
		}
		if h, ok := a.b.hash(i, us); ok {
			hb[i] = h
			s := slots[h]
			if s.nb == 0 {
				s.b = int32(i)
			}
			s.nb++
			slots[h] = s
		}
	}
	for i := range a.t.rows {
		if a.match[i] != unmatched {
			continue
		}
		if h, ok := a.t.hash(i, us); ok {
			s, found := slots[h]
			if !found {
				continue
			}
			ht[i] = h
			if s.nt == 0 {
				s.t = int32(i)
			}
			s.nt++
			slots[h] = s
		}
	}
	at := map[uint64]int{}
	var multi []alike
	for i, h := range hb {
		if h == 0 {
			continue
		}
		s := slots[h]
		switch {
		case s.nb == 1 && s.nt == 1:
			a.pair(s.b, s.t)
		case s.nt > 0:
			n, found := at[h]
			if !found {
				n = len(multi)
				at[h] = n
				multi = append(multi, alike{})
			}
			multi[n].b = append(multi[n].b, int32(i))
		}
	}
	if len(multi) > 0 {
		for i, h := range ht {
			if n, found := at[h]; found && h != 0 {
				multi[n].t = append(multi[n].t, int32(i))
			}
		}
	}
	return multi
}

// byName pairs rows whose names (all of title, lead unit) are the same and
// unique among all rows of both sides.
func (a *aligner) byName(us []int) {
	var bs, ts map[uint64]int32
	for i := range a.t.rows {
		if a.match[i] != unmatched {
			continue
		}
		if bs == nil {
			bs, ts = a.b.sole(us), a.t.sole(us)
		}
		h, ok := a.t.hash(i, us)
		if !ok || ts[h] != int32(i) {
			continue
		}
		if b, found := bs[h]; found && b >= 0 && a.taken[b] == unmatched {
			a.pair(b, int32(i))
		}
	}
}

// anchors fills prev, next and ordered from what is matched so far.
func (a *aligner) anchors() {
	n := len(a.t.rows)
	a.ordered = make([]bool, len(a.t.tabs))
	for tab := range a.ordered {
		last, up, down := int32(-1), 0, 0
		for i := a.t.first[tab]; i < n && int(a.t.rows[i].tab) == tab; i++ {
			if b := a.match[i]; b >= 0 {
				if b > last {
					up++
				} else {
					down++
				}
				last = b
			}
		}
		a.ordered[tab] = down*10 <= up
	}
	a.prev, a.next = make([]int32, n), make([]int32, n)
	last := int32(-1)
	for i := range n {
		if i > 0 && a.t.rows[i].tab != a.t.rows[i-1].tab {
			last = -1
		}
		a.prev[i] = last
		if a.match[i] >= 0 {
			last = a.match[i]
		}
	}
	end := int32(len(a.b.rows))
	last = end
	for i := n - 1; i >= 0; i-- {
		if i < n-1 && a.t.rows[i].tab != a.t.rows[i+1].tab {
			last = end
		}
		a.next[i] = last
		if a.match[i] >= 0 {
			last = a.match[i]
		}
	}
}

// between reports whether b stands where t stands: between the rows that the
// matched neighbours of t are. In a file that was sorted it hardly ever holds.
func (a *aligner) between(b, t int32) bool {
	return a.prev[t] < b && b < a.next[t]
}

// inPlace is between for a file that still has the base's order.
func (a *aligner) inPlace(b, t int32) bool {
	return a.ordered[a.t.rows[t].tab] && a.between(b, t)
}
