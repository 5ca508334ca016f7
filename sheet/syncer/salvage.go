package syncer

import (
	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// salvage goes on where no content of the history can be read any more: from
// what the workbook holds, and what the revisions since its stamp changed.
func (s *replica) salvage() error {
	if !s.book.isLedger() {
		return s.book.noTable(s.opt.Ledger)
	}
	res, err := merge.Merge(merge.State{}, merge.State{}, s.book.state(),
		merge.Options{Force: true, Identity: history.Identity})
	if err != nil {
		return err
	}
	at := s.book.time
	for _, h := range s.graph.Heads {
		at = history.After(at, s.graph.ByID[h].Time)
	}
	id, err := s.hist.Put(store.Revision{Parents: s.graph.Heads, Time: at, Author: s.book.by, Source: SourceWorkbook,
		Note: noteSalvage, Sum: s.book.sum}, res.Merged)
	if err != nil {
		return err
	}
	s.book.aligned, s.book.from, s.book.holds = res.Theirs, id, id
	st := s.graph.Replay(res.Merged, s.graph.Ancestors(s.graph.Heads...), s.graph.Ancestors(s.book.stamp.Revision))
	if len(store.Diff(res.Merged, st)) > 0 {
		if id, err = s.hist.Put(store.Revision{Parents: []string{id}, Time: history.After(at, at),
			Source: history.SourceMerge, Note: noteSalvage}, st); err != nil {
			return err
		}
	}
	return s.setHead(id)
}
