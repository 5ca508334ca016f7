package syncer

import (
	"context"
	"maps"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// Removal is one row that a person wants gone.
type Removal struct {
	Row string // its id
	// Seen is what the person saw in it, by column key. Where it is nil, it is what the
	// session showed when the removal was handed to it.
	Seen map[string]string
	// Conflicts are the ids of the row's open conflicts that the person was shown with
	// it. Where Seen is nil, they are those that the session showed.
	Conflicts []string
}

// Delete takes rows of any kind of table out of the ledger: all of them, or none. In
// the workbook the cells of such a row are emptied and nothing else moves, so that
// formulas that refer to other rows go on being right; a row added later takes the
// place. A row that is gone already is nothing to do. ErrMoved: somebody changed a row
// since it was seen, or a conflict of it was not shown, and a value that nobody has seen
// is not thrown away.
func (s *Session) Delete(ctx context.Context, rows []Removal) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	shown := s.snap.Load()
	goes := map[string]bool{}
	for _, d := range rows {
		goes[d.Row] = true
	}
	return s.pass(ctx, passOptions{}, func() error {
		l, st := s.build().ledger, s.head.state.Copy()
		var moved []Moved
		dropped := false
		for _, d := range rows {
			n := l.Line(d.Row)
			if n == nil {
				continue
			}
			seen, known := d.Seen, d.Conflicts
			if seen == nil && shown != nil {
				for _, c := range shown.Conflicts {
					known = append(known, c.ID)
				}
				if then := shown.Ledger.Line(d.Row); then != nil {
					seen = map[string]string{}
					for _, c := range then.Table.Columns {
						seen[c.Key] = then.Table.Get(then.Row, c.Key)
					}
				}
			}
			for _, key := range slices.Sorted(maps.Keys(seen)) {
				if n.Table.Index(key) >= 0 && !sawThat(n, key, seen[key]) {
					moved = append(moved, movedOf(n, key, seen[key], ""))
				}
			}
			for _, c := range s.conflicts() {
				if c.Row == d.Row && c.Key != "" && !slices.Contains(known, c.ID) {
					m := movedOf(n, c.Key, c.Mine, "")
					m.Now, m.By, m.At, m.Conflict = c.Theirs, c.TheirsBy, c.TheirsAt, c.ID
					moved = append(moved, m)
				}
			}
			if err := l.MayDelete(n); err != nil {
				return err
			}
			if err := s.canEmpty(n, goes); err != nil {
				return err
			}
			st.Drop(n.Table.Kind, n.ID)
			dropped = true
		}
		if len(moved) > 0 {
			s.blameMoved(moved)
			return refused(moved)
		}
		if !dropped {
			return nil
		}
		return s.commit(st, store.Revision{})
	})
}

// canEmpty refuses to delete a row that the workbook would go on showing: one whose
// name is worked out by a formula, or stands in a cell merged over rows that stay.
func (s *subject) canEmpty(n *ledger.Line, goes map[string]bool) error {
	at := merge.Place{Table: n.Table, Row: n.Row}
	for _, key := range []string{ledger.FieldTitle, ledger.FieldRequirement, ledger.EventTopic} {
		if n.Table.Index(key) < 0 || n.Table.Get(n.Row, key) == "" {
			continue
		}
		if at.Computed(key) {
			return s.isFormula(at, key)
		}
		others := mates(at, key)
		if key == ledger.FieldTitle && slices.ContainsFunc(others, func(id string) bool { return !goes[id] }) {
			return sharedCell(s.path, n.Table, n.Row.Row, key, len(others))
		}
	}
	return nil
}
