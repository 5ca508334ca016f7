package merge

import (
	"slices"

	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// side is the rows of one kind of one state, in one list over all its tables.
type side struct {
	tabs  []*table.Table
	index []int   // of tabs, in the state
	of    [][]int // by table: its column → universe column
	pos   [][]int // by table: universe column → its column, -1 if it has none
	first []int   // by table: its first row in rows
	rows  []row
	byID  map[string]int32
}

type row struct {
	*table.Row            // without what nobody typed; see blank
	as         *table.Row // as it was found
	tab        int32
}

// blank leaves out of the rows of theirs what nobody typed: error values and
// pictures. Beside a text of the base they say what the base says.
func (s *side) blank() {
	for ti, t := range s.tabs {
		if !t.HasUnsaid() {
			continue
		}
		for i := range t.Rows {
			var own *table.Row
			for c := range t.Rows[i].Values {
				if !t.Unsaid(&t.Rows[i], c) {
					continue
				}
				if own == nil {
					r := t.Rows[i]
					r.Values = slices.Clone(r.Values)
					own = &r
				}
				own.Values[c] = ""
			}
			if own != nil {
				s.rows[s.first[ti]+i].Row = own
			}
		}
	}
}

func newSide(s State, kind string) *side {
	d := &side{}
	n := 0
	for i, t := range s.Tables {
		if t != nil && t.Kind == kind {
			d.tabs = append(d.tabs, t)
			d.index = append(d.index, i)
			n += len(t.Rows)
		}
	}
	d.rows = make([]row, 0, n)
	for ti, t := range d.tabs {
		d.first = append(d.first, len(d.rows))
		for i := range t.Rows {
			d.rows = append(d.rows, row{&t.Rows[i], &t.Rows[i], int32(ti)})
		}
	}
	return d
}

// identify fills byID. With must, a row without an id of its own is an error;
// else it is left out.
func (s *side) identify(must bool) error {
	s.byID = make(map[string]int32, len(s.rows))
	for i, r := range s.rows {
		_, twice := s.byID[r.ID]
		if r.ID == "" || twice {
			if must {
				return &msg.Error{Class: ErrIdentity,
					Text: msg.New("merge.identity", "Sheet", s.tabs[r.tab].Sheet, "Row", i-s.first[r.tab]+1)}
			}
			continue
		}
		s.byID[r.ID] = int32(i)
	}
	return nil
}

// value is the value of row i in universe column u, "" if it has none.
func (s *side) value(i, u int) string {
	r := &s.rows[i]
	c := s.pos[r.tab][u]
	if c < 0 || c >= len(r.Values) {
		return ""
	}
	return r.Values[c]
}

// at is the value in the table's own column c, "" if the row is shorter.
func (r *row) at(c int) string {
	if c < 0 || c >= len(r.Values) {
		return ""
	}
	return r.Values[c]
}
