package syncer

import (
	"encoding/json"
	"reflect"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// What a formula's cell says is a result. It is the workbook's own: nobody
// typed it, so nobody can be asked about it, it tells nothing about who saw what,
// and it is never written. The history holds what it said when the row was first
// seen, for programs work formulas out anew whenever they save and that is nobody's
// change; what it says now is shown from the workbook.

// results tells which values of a workbook's rows are results; nil if none is.
func results(st merge.State) func(c merge.Change) bool {
	none := true
	for _, t := range st.Tables {
		none = none && len(t.Place.Formulas) == 0
	}
	if none {
		return nil
	}
	rows := rowsOf(st)
	return func(c merge.Change) bool {
		at, ok := rows[c.Kind][c.Row]
		return ok && c.Key != "" && at.formula(c.Key)
	}
}

// byHand are the changes that are no results in the workbook theirs.
func byHand(changes []merge.Change, theirs merge.State) []merge.Change {
	result := results(theirs)
	if result == nil {
		return changes
	}
	out := changes[:0:0]
	for _, c := range changes {
		if !result(c) {
			out = append(out, c)
		}
	}
	return out
}

// keepFormulas leaves to the workbook what its formulas say: of what was merged,
// results are Mine's, or Theirs' where that is the workbook itself, and no
// changes. of limits it to changes of one outcome; nil is all. It reports whether
// there were any.
func (s *Session) keepFormulas(res *merge.Result, of func(merge.Change) bool, mine bool) bool {
	result := results(s.book.aligned)
	if result == nil {
		return false
	}
	kept := res.Changes[:0:0]
	var st *merge.State
	for _, c := range res.Changes {
		if of != nil && !of(c) || !result(c) {
			kept = append(kept, c)
			continue
		}
		if st == nil {
			x := copyState(res.Merged)
			st = &x
		}
		v := c.Theirs
		if mine {
			v = c.Mine
		}
		setValue(*st, c.Kind, c.Row, c.Key, v)
	}
	res.Changes = kept
	if st != nil {
		res.Merged = *st
	}
	return st != nil
}

// said is what formulas said last, by kind, row and column key, where that is not
// what the history holds: some programs do not keep results when they save.
type said map[string]map[string]map[string]string

const (
	saidCache = "results-1"
	mostSaid  = 20_000 // results that are remembered; a larger ledger does without
)

func readSaid(s *store.Store) said {
	out := said{}
	if data := s.Cached(saidCache); data != nil && json.Unmarshal(data, &out) != nil {
		return said{}
	}
	return out
}

// noteResults remembers what the formulas of the workbook say, of which st is
// what the history holds.
func (s *Session) noteResults(st merge.State) {
	if s.said == nil {
		s.said = readSaid(s.hist)
	}
	held, n, now := rowsOf(st), 0, said{}
	for _, t := range s.book.aligned.Tables {
		if len(t.Place.Formulas) == 0 {
			continue
		}
		for r := range t.Rows {
			row := &t.Rows[r]
			was, known := held[t.Kind][row.ID]
			for c := range t.Columns {
				if !known || !t.Computed(row, c) {
					continue
				}
				key, v := t.Columns[c].Key, value(t, row, c)
				if v == "" {
					v = s.said[t.Kind][row.ID][key] // not kept
				}
				if v == "" || v == was.table.Get(was.row, key) {
					continue
				}
				if n++; n > mostSaid {
					return
				}
				if now[t.Kind] == nil {
					now[t.Kind] = map[string]map[string]string{}
				}
				if now[t.Kind][row.ID] == nil {
					now[t.Kind][row.ID] = map[string]string{}
				}
				now[t.Kind][row.ID][key] = v
			}
		}
	}
	if reflect.DeepEqual(now, s.said) {
		return
	}
	s.said, s.led = now, nil
	if data, err := json.Marshal(now); err == nil && !s.opt.ReadOnly && s.hist.Begun() {
		s.hist.Cache(saidCache, data)
	}
}

// showResults puts what the workbook's formulas say, or said last, and its pictures
// and error values where the ledger holds nothing, into the rows of a view, which
// stand at places.
func (s *Session) showResults(view *table.Table, places map[string]place) {
	for r := range view.Rows {
		row := &view.Rows[r]
		at, ok := places[row.ID]
		if !ok || row.Row == 0 {
			continue
		}
		own := false
		for c := range view.Columns {
			key := view.Columns[c].Key
			k := at.table.Index(key)
			computed, held := at.table.Computed(at.row, k), value(view, row, c)
			if at.table.Unsaid(at.row, k) {
				if held != "" && !computed || hasWords(held) {
					continue // the text stays
				}
			} else if !computed {
				continue
			}
			v := value(at.table, at.row, k)
			if v == "" {
				v = s.said[view.Kind][row.ID][key]
			}
			if v == "" || v == value(view, row, c) {
				continue
			}
			if !own {
				values := make([]string, len(view.Columns))
				copy(values, row.Values)
				row.Values, own = values, true
			}
			row.Values[c] = v
		}
	}
}
