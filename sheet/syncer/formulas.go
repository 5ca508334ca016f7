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

// noteResults remembers what the formulas of the workbook say; st is what the history
// holds in their place.
func (s *replica) noteResults(st merge.State) {
	if s.said == nil {
		s.said = readSaid(s.hist)
	}
	held, n, now := st.Rows(), 0, said{}
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
				if v == "" || v == was.Table.Get(was.Row, key) {
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
func (s *replica) showResults(view *table.Table, places map[string]merge.Place) {
	for r := range view.Rows {
		row := &view.Rows[r]
		at, ok := places[row.ID]
		if !ok || row.Row == 0 {
			continue
		}
		own := false
		for c := range view.Columns {
			key := view.Columns[c].Key
			k := at.Table.Index(key)
			computed, held := at.Table.Computed(at.Row, k), value(view, row, c)
			if at.Table.Unsaid(at.Row, k) {
				if held != "" && !computed || hasWords(held) {
					continue // the text stays
				}
			} else if !computed {
				continue
			}
			v := value(at.Table, at.Row, k)
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
