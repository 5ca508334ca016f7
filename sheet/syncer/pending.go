package syncer

import (
	"path/filepath"
	"slices"

	"taizhang/sheet/history"
	"taizhang/sheet/ledger"
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
func (s *replica) pending() (out, standing []pend) {
	unsaid := slices.ContainsFunc(s.book.aligned.Tables, (*table.Table).HasUnsaid)
	if s.head.ID == s.book.holds && len(s.asks) == 0 && !unsaid {
		return nil, nil // the workbook holds the head itself, and shows no error where that has a text
	}
	stands := map[store.Conflict]bool{}
	for _, c := range s.graph.Open(s.head.ID) {
		if c.Stands {
			stands[store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Theirs: c.Theirs}] = true
		}
	}
	asked := s.askedAbout()
	inHead := map[string]map[string]bool{}
	inBook := s.book.aligned.Rows()
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
			if !ok && bt == nil && s.isBeside(t.Kind) {
				standing = append(standing, pend{what: pendRow, kind: t.Kind, row: row.ID, head: t, hrow: row})
				continue
			}
			if !ok {
				add(pend{what: pendRow, kind: t.Kind, row: row.ID, head: t, hrow: row, book: bt})
				continue
			}
			for c := range t.Columns {
				key := t.Columns[c].Key
				v, old := value(t, row, c), at.Table.Get(at.Row, key)
				if v != old && !at.Computed(key) && !(v == "" && at.Unsaid(key)) {
					add(pend{what: pendCell, kind: t.Kind, row: row.ID, key: key, value: v, old: old, head: t,
						hrow: row, book: at.Table, brow: at.Row})
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

// isBeside reports whether tables of that kind stay in the history beside the workbook:
// the supervision record, until the coordinator agrees to have a sheet for it.
func (s *replica) isBeside(kind string) bool {
	return kind == ledger.KindSupervision && !s.opt.Ledger.Supervision.Sheet &&
		!slices.ContainsFunc(s.book.found.Tables, func(t *table.Table) bool { return t.Kind == kind })
}

// askedAbout is the rows that a row of the workbook may be, by id, as they were
// in the workbook last: the answer is merged against that.
func (s *replica) askedAbout() map[string]pend {
	if len(s.asks) == 0 {
		return nil
	}
	held, err := s.graph.Content(s.book.holds)
	if err != nil {
		return nil
	}
	out := map[string]pend{}
	for _, a := range s.asks {
		for _, id := range a.Candidates {
			for kind, rows := range held.Rows() {
				if at, ok := rows[id]; ok {
					out[id] = pend{what: pendAsked, kind: kind, row: id, book: at.Table, brow: at.Row,
						err: &msg.Error{Text: msg.New("syncer.asked", "File", filepath.Base(s.path), "Sheet", a.Sheet,
							"Row", a.Row), Hint: msg.New("syncer.asked.hint")}}
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

// without is head as the workbook holds it where some things were not written: without
// the tables for which the workbook has no sheet.
func without(head merge.State, left []pend) merge.State {
	st := head.Copy()
	noSheet := map[string]bool{} // kinds of tables
	for _, p := range left {
		switch p.what {
		case pendCell:
			st.Set(p.kind, p.row, p.key, p.old)
		case pendRow:
			st.Drop(p.kind, p.row)
			noSheet[p.kind] = noSheet[p.kind] || p.book == nil
		case pendGone, pendAsked:
			st.Drop(p.kind, p.row)
			t := history.TableFor(st, p.book)
			row := table.Row{ID: p.row, Section: p.brow.Section, Values: make([]string, len(t.Columns))}
			for c := range t.Columns {
				row.Values[c] = p.book.Get(p.brow, t.Columns[c].Key)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	st.Tables = slices.DeleteFunc(st.Tables, func(t *table.Table) bool { return len(t.Rows) == 0 && noSheet[t.Kind] })
	return st
}
