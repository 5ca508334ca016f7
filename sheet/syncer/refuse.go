package syncer

import "context"

// Refuse gives the workbook its rows back, where a pass stopped with [ErrMass]
// because too many were gone: the save becomes a revision, so that whatever else
// it brought stays in the history, and is reversed as a whole. It returns how many
// rows came back; without such a save it only makes a pass.
func (s *Session) Refuse(ctx context.Context) (rows int, r Report, err error) {
	if r, err = s.Force(ctx); err != nil {
		return 0, r, err
	}
	entries, err := s.Log(ctx, LogOptions{Max: 20})
	if err != nil {
		return 0, r, err
	}
	for _, e := range entries {
		if n := deletedRows(e); e.Source == SourceWorkbook && n > 0 {
			r, err := s.UndoRevision(ctx, e.Revision)
			return n, r, err
		}
	}
	return 0, r, nil
}

// deletedRows counts the rows that a revision deleted; the log has a change for
// each of their values.
func deletedRows(e Entry) int {
	gone := map[string]bool{}
	for _, c := range e.Changes {
		if c.What == "deleted" {
			gone[c.Kind+" "+c.Task] = true
		}
	}
	return len(gone)
}
