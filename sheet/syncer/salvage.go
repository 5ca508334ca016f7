package syncer

import (
	"errors"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
	"taizhang/sheet/table"
)

// readable reports whether the content of every head, or of an ancestor of it,
// can be read; store.ErrDenied if that is only not permitted.
func (s *Session) readable() (bool, error) {
	for _, id := range s.graph.heads {
		if _, err := s.content(id); errors.Is(err, store.ErrDenied) {
			return false, err
		} else if err != nil {
			s.noteDamage(err)
			return false, nil
		}
	}
	return true, nil
}

// salvage goes on where no content of the history can be read any more: from
// what the workbook holds, and what the revisions since its stamp changed.
func (s *Session) salvage() error {
	if !s.book.isLedger() {
		return s.book.noTable(s.opt.Ledger)
	}
	res, err := merge.Merge(merge.State{}, merge.State{}, s.book.state(), merge.Options{Force: true, Identity: identity})
	if err != nil {
		return err
	}
	at := s.book.time
	for _, h := range s.graph.heads {
		at = after(at, s.graph.byID[h].Time)
	}
	id, err := s.hist.Put(store.Revision{Parents: s.graph.heads, Time: at, Author: s.book.by, Source: SourceWorkbook, Note: noteSalvage, Sum: s.book.sum}, res.Merged)
	if err != nil {
		return err
	}
	s.book.aligned, s.book.from, s.book.holds = res.Theirs, id, id
	st := s.replay(res.Merged, s.graph.ancestors(s.graph.heads...), s.graph.ancestors(s.book.stamp.revision))
	if len(store.Diff(res.Merged, st)) > 0 {
		if id, err = s.hist.Put(store.Revision{Parents: []string{id}, Time: after(at, at), Source: sourceMerge, Note: noteSalvage}, st); err != nil {
			return err
		}
	}
	return s.setHead(id)
}

// content of a revision. If it cannot be read, it is made of the nearest
// ancestor that can, and of what the revisions since then changed, whose lists
// of changes stand on their own.
func (s *Session) content(id string) (merge.State, error) {
	at, st, damage, err := s.hist.Nearest(id)
	s.noteDamage(damage...)
	if err != nil || at == id {
		return st, err
	}
	return s.replay(st, s.graph.ancestors(id), s.graph.ancestors(at)), nil
}

// changes is what a revision changed; nothing, and the damage is noted, if that
// can no longer be read.
func (s *Session) changes(id string) []store.Change {
	changes, err := s.hist.Changes(id)
	if err != nil {
		s.noteDamage(err)
		return nil
	}
	return changes
}

// replay makes the changes of the revisions that are in one set and not in the
// other, oldest first, as far as they can still be read.
func (s *Session) replay(st merge.State, in, not map[string]bool) merge.State {
	st = copyState(st)
	for i := range s.graph.all {
		r := &s.graph.all[i]
		if !in[r.ID] || not[r.ID] || r.Source == sourcePush {
			continue
		}
		for _, c := range s.changes(r.ID) {
			switch {
			case c.What == store.Deleted && c.Key == "":
				dropRow(st, c.Kind, c.Row)
			case c.What == store.Added && c.Key == "" && !hasRow(st, c.Kind, c.Row):
				if t := tableFor(st, &table.Table{Kind: c.Kind}); t != nil {
					t.Rows = append(t.Rows, table.Row{ID: c.Row, Values: make([]string, len(t.Columns))})
				}
			case c.Key != "" && c.What != store.Deleted && valueOf(st, c.Kind, c.Row, c.Key) == c.From:
				setValue(st, c.Kind, c.Row, c.Key, c.To)
			}
		}
	}
	return st
}
