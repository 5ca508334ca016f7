package syncer

import (
	"path/filepath"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// pend is one thing that head says and the workbook does not.
type pend struct {
	what  pendWhat
	kind  string
	row   string       // id
	key   string       // column key
	value string       // of head
	old   string       // of the workbook
	head  *table.Table // head's table
	hrow  *table.Row   // head's row
	book  *table.Table // the workbook's table, nil if it has none
	brow  *table.Row   // and its row
	err   error        // why it could not be written
}

type pendWhat uint8

const (
	pendCell  pendWhat = iota
	pendRow            // a row to be appended
	pendGone           // a row to be emptied
	pendAsked          // a row that may stand in the workbook: somebody has to say where
)

// pending lists what the workbook lacks. What stands in the workbook because
// of an open conflict is not to be written, and neither is a row that may be one
// of those that were asked about; they come back in standing.
func (s *Session) pending() (out, standing []pend) {
	if s.head.ID == s.book.holds && len(s.asks) == 0 {
		return nil, nil // the workbook holds the head itself
	}
	stands := map[store.Conflict]bool{}
	for _, c := range s.graph.open(s.head.ID) {
		if c.Stands {
			stands[store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Theirs: c.Theirs}] = true
		}
	}
	asked := s.askedAbout()
	inHead := map[string]map[string]bool{}
	inBook := rowsOf(s.book.aligned)
	add := func(p pend) {
		k := store.Conflict{Kind: p.kind, Row: p.row, Key: p.key, Theirs: p.old}
		if p.what != pendCell {
			k.Key, k.Theirs = "", ""
		}
		if stands[k] {
			standing = append(standing, p)
			return
		}
		out = append(out, p)
	}
	for i, t := range s.head.state.Tables {
		bt := counterpart(s.head.state, s.book.aligned, i)
		if inHead[t.Kind] == nil {
			inHead[t.Kind] = map[string]bool{}
		}
		for r := range t.Rows {
			row := &t.Rows[r]
			inHead[t.Kind][row.ID] = true
			at, ok := inBook[t.Kind][row.ID]
			if p, is := asked[row.ID]; !ok && is && p.kind == t.Kind {
				p.head, p.hrow = t, row
				standing = append(standing, p)
				continue
			}
			if !ok {
				add(pend{what: pendRow, kind: t.Kind, row: row.ID, head: t, hrow: row, book: bt})
				continue
			}
			for c := range t.Columns {
				key := t.Columns[c].Key
				v, old := value(t, row, c), at.table.Get(at.row, key)
				if v != old && !at.formula(key) && !(v == "" && at.unsaid(key)) {
					add(pend{what: pendCell, kind: t.Kind, row: row.ID, key: key, value: v, old: old, head: t, hrow: row, book: at.table, brow: at.row})
				}
			}
		}
	}
	for _, t := range s.book.aligned.Tables {
		for r := range t.Rows {
			if row := &t.Rows[r]; row.ID != "" && !inHead[t.Kind][row.ID] {
				add(pend{what: pendGone, kind: t.Kind, row: row.ID, book: t, brow: row})
			}
		}
	}
	return out, standing
}

// askedAbout is the rows that a row of the workbook may be, by id, as they were
// in the workbook last: the answer is merged against that.
func (s *Session) askedAbout() map[string]pend {
	if len(s.asks) == 0 {
		return nil
	}
	held, err := s.content(s.book.holds)
	if err != nil {
		return nil
	}
	out := map[string]pend{}
	for _, a := range s.asks {
		for _, id := range a.Candidates {
			for kind, rows := range rowsOf(held) {
				if at, ok := rows[id]; ok {
					out[id] = pend{what: pendAsked, kind: kind, row: id, book: at.table, brow: at.row,
						err: &msg.Error{Text: msg.New("syncer.asked", "File", filepath.Base(s.path), "Sheet", a.Sheet, "Row", a.Row), Hint: msg.New("syncer.asked.hint")}}
				}
			}
		}
	}
	return out
}

// unanswered is the values that wait because nobody knows where their row is.
func unanswered(standing []pend) []pend {
	var out []pend
	for _, p := range standing {
		if p.what != pendAsked {
			continue
		}
		for c := range p.head.Columns {
			key := p.head.Columns[c].Key
			if v := value(p.head, p.hrow, c); v != p.book.Get(p.brow, key) {
				out = append(out, pend{what: pendCell, kind: p.kind, row: p.row, key: key, value: v, err: p.err})
			}
		}
	}
	return out
}

// place is where a row stands.
type place struct {
	table *table.Table
	row   *table.Row
}

// formula reports whether the row's cell in that column holds a formula: its
// value is the workbook's own and never ours to write.
func (p place) formula(key string) bool {
	return p.table.Computed(p.row, p.table.Index(key))
}

// unsaid reports whether the row's cell in that column shows something that nobody
// typed: a picture, or an error value. Nothing in the ledger stands for it.
func (p place) unsaid(key string) bool {
	return p.table.Unsaid(p.row, p.table.Index(key))
}

// set sets the row's value in that column; false if there is no such row, or no
// such column. The values that stood there are not written over: other states
// share them.
func (p place) set(key, v string) bool {
	if p.row == nil {
		return false
	}
	c := p.table.Index(key)
	if c < 0 {
		return false
	}
	values := make([]string, len(p.table.Columns))
	copy(values, p.row.Values)
	values[c] = v
	p.row.Values = values
	return true
}

// rowsOf is the rows of a state by kind and id.
func rowsOf(st merge.State) map[string]map[string]place {
	out := map[string]map[string]place{}
	for _, t := range st.Tables {
		if out[t.Kind] == nil {
			out[t.Kind] = make(map[string]place, len(t.Rows))
		}
		for r := range t.Rows {
			if row := &t.Rows[r]; row.ID != "" {
				out[t.Kind][row.ID] = place{t, row}
			}
		}
	}
	return out
}

// counterpart is the table of to that stands for table i of from: the same kind
// on the same sheet, the same of several; nil if there is none.
func counterpart(from, to merge.State, i int) *table.Table {
	t := from.Tables[i]
	nth := 0
	for _, o := range from.Tables[:i] {
		if o.Kind == t.Kind && o.Sheet == t.Sheet {
			nth++
		}
	}
	for _, o := range to.Tables {
		if o.Kind == t.Kind && o.Sheet == t.Sheet {
			if nth == 0 {
				return o
			}
			nth--
		}
	}
	return nil
}

func value(t *table.Table, row *table.Row, c int) string {
	if c < 0 || c >= len(row.Values) {
		return ""
	}
	return row.Values[c]
}

// valueOf is one value of a state, "" if there is none.
func valueOf(st merge.State, kind, row, key string) string {
	for _, t := range st.Tables {
		if t.Kind != kind {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return t.Get(&t.Rows[r], key)
			}
		}
	}
	return ""
}

// without is head as the workbook holds it where some things were not written.
func without(head merge.State, left []pend) merge.State {
	st := copyState(head)
	for _, p := range left {
		switch p.what {
		case pendCell:
			setValue(st, p.kind, p.row, p.key, p.old)
		case pendRow:
			dropRow(st, p.kind, p.row)
		case pendGone, pendAsked:
			dropRow(st, p.kind, p.row)
			t := tableFor(st, p.book)
			row := table.Row{ID: p.row, Section: p.brow.Section, Values: make([]string, len(t.Columns))}
			for c := range t.Columns {
				row.Values[c] = p.book.Get(p.brow, t.Columns[c].Key)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return st
}

// tableFor is the table of st that holds what t holds; it is made if there is
// none.
func tableFor(st merge.State, t *table.Table) *table.Table {
	var any *table.Table
	for _, o := range st.Tables {
		if o.Kind == t.Kind && (o.Sheet == t.Sheet || any == nil) {
			any = o
			if o.Sheet == t.Sheet {
				return o
			}
		}
	}
	return any
}
