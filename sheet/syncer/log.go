package syncer

import (
	"context"
	"strings"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// Notes of revisions that are not ordinary changes; the revision follows.
const (
	noteUndo    = "undo "
	noteRestore = "restore "
	noteSalvage = "salvage" // made of the workbook, the history before it could not be read
)

// Log is the history of the head, newest first.
func (s *Session) Log(ctx context.Context, opt LogOptions) ([]Entry, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-s.turn }()
	g, err := readGraph(s.hist)
	if err != nil {
		return nil, err
	}
	s.graph = g
	return s.entries(opt), nil
}

func (s *Session) entries(opt LogOptions) []Entry {
	if s.graph == nil || s.head.ID == "" {
		return nil
	}
	in := s.graph.ancestors(s.head.ID)
	var out []Entry
	for i := len(s.graph.all) - 1; i >= 0; i-- {
		r := &s.graph.all[i]
		// What a merge brought together stands in the revisions that it merged.
		if !in[r.ID] || r.Source == sourcePush || r.Source == sourceMerge || opt.Max > 0 && len(out) >= opt.Max {
			continue
		}
		changes, err := s.hist.Changes(r.ID)
		if err != nil {
			s.noteDamage(err)
		}
		if opt.Task != "" {
			kept := changes[:0:0]
			for _, c := range changes {
				if c.Row == opt.Task {
					kept = append(kept, c)
				}
			}
			changes = kept
		}
		if len(changes) == 0 && opt.Task != "" {
			continue
		}
		out = append(out, Entry{Revision: r.ID, Parents: r.Parents, Time: r.Time, Author: r.Author, Source: r.Source, Note: r.Note, Changes: s.changes(changes)})
	}
	return out
}

// Undo reverses the last change of mine that is not undone yet, as a new
// revision. What somebody changed since stays and becomes a conflict.
// ErrNothing if there is none.
func (s *Session) Undo(ctx context.Context) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	return s.pass(ctx, passOptions{}, func() error {
		r := s.lastOfMine()
		if r == nil {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.nothing", "Author", s.opt.Author), Hint: msg.New("syncer.nothing.hint")}
		}
		return s.revert(r)
	})
}

// UndoRevision reverses what one revision changed, whoever made it, as a new
// revision: a row that an office deleted comes back. The revision is named by
// its id or the beginning of it. What somebody changed since stays and becomes a
// conflict.
func (s *Session) UndoRevision(ctx context.Context, revision string) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	return s.pass(ctx, passOptions{}, func() error {
		id, err := s.hist.Find(revision)
		if err != nil {
			return err
		}
		r := s.graph.byID[id]
		if r == nil || len(r.Parents) == 0 {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.first", "Revision", revision), Hint: msg.New("syncer.nothing.hint")}
		}
		return s.revert(r)
	})
}

func (s *Session) revert(r *store.Revision) error {
	after, err := s.hist.Content(r.ID)
	if err != nil {
		return err
	}
	before, err := s.hist.Content(r.Parents[0])
	if err != nil {
		return err
	}
	res, err := merge.Undo(s.head.state, after, before)
	if err != nil {
		return err
	}
	opened := s.conflictsOf(res, []string{r.ID}, s.head.ID, nil, nil, sideOf{by: r.Author, at: r.Time}, later(r.Time, s.head.Time))
	return s.commit(res.Merged, store.Revision{Note: noteUndo + r.ID, Opened: opened})
}

// lastOfMine is the last change made here by this author that is neither
// undone nor an undoing itself; nil if there is none.
func (s *Session) lastOfMine() *store.Revision {
	in := s.graph.ancestors(s.head.ID)
	undone := map[string]bool{}
	for i := len(s.graph.all) - 1; i >= 0; i-- {
		r := &s.graph.all[i]
		if !in[r.ID] {
			continue
		}
		if id, ok := strings.CutPrefix(r.Note, noteUndo); ok {
			// An undoing that was undone itself has not happened.
			undone[id] = undone[id] || !undone[r.ID]
			continue
		}
		if r.Source != sourceTerminal || r.Author != s.opt.Author || len(r.Parents) == 0 || undone[r.ID] {
			continue
		}
		// A decision that left everything as it was has nothing to reverse.
		if changes, err := s.hist.Changes(r.ID); err == nil && len(changes) == 0 {
			continue
		}
		return r
	}
	return nil
}

// Restore returns to a revision, named by its id or the beginning of it, as a
// new revision.
func (s *Session) Restore(ctx context.Context, revision string) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	return s.pass(ctx, passOptions{}, func() error {
		id, err := s.hist.Find(revision)
		if err != nil {
			return err
		}
		st, err := s.hist.Content(id)
		if err != nil {
			return err
		}
		if store.Same(st, s.head.state) {
			return nil
		}
		res, err := merge.Restore(s.head.state, st)
		if err != nil {
			return err
		}
		return s.commit(res.Merged, store.Revision{Note: noteRestore + id})
	})
}

// Backups are the workbooks kept from before each write, newest first.
func (s *Session) Backups() ([]Backup, error) {
	have, err := s.hist.Backups()
	if err != nil {
		return nil, err
	}
	out := make([]Backup, len(have))
	for i, b := range have {
		out[i] = Backup{Path: b.Path, Time: b.Time, Size: b.Size}
	}
	return out, nil
}
