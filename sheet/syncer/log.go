package syncer

import (
	"context"
	"slices"
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

// Log is the history of the head, newest first. Only the list of revisions is
// read in the session's turn; what each of them changed is not, so that a long
// history holds nobody up.
func (s *Session) Log(ctx context.Context, opt LogOptions) ([]Entry, error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	g, err := readGraph(s.hist)
	if err == nil {
		s.graph = g
	}
	l := logReader{hist: s.hist, graph: g, head: s.head.ID, names: s.names()}
	if s.denied() {
		err = s.why
	}
	<-s.turn
	if err != nil {
		return nil, err
	}
	out, damage, err := l.entries(ctx, opt)
	if len(damage) > 0 {
		s.turn <- struct{}{}
		s.noteDamage(damage...)
		<-s.turn
	}
	return out, err
}

// logReader reads the history of one head.
type logReader struct {
	hist  *store.Store
	graph *graph
	head  string
	names names
}

// latest is the newest entries, read in the session's turn.
func (s *Session) latest(n int) []Entry {
	l := logReader{hist: s.hist, graph: s.graph, head: s.head.ID, names: s.names()}
	out, damage, _ := l.entries(context.Background(), LogOptions{Max: n})
	s.noteDamage(damage...)
	return out
}

func (l *logReader) entries(ctx context.Context, opt LogOptions) (out []Entry, damage []error, err error) {
	if l.graph == nil || l.head == "" {
		return nil, nil, nil
	}
	// What a merge brought together stands in the revisions that it merged.
	for _, r := range slices.Backward(l.graph.typed(l.graph.ancestors(l.head), nil)) {
		if opt.Max > 0 && len(out) >= opt.Max {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, damage, err
		}
		changes, err := l.hist.Changes(r.ID)
		if err != nil {
			damage = append(damage, err)
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
		out = append(out, Entry{Revision: r.ID, Parents: r.Parents, Time: r.Time, Author: r.Author, Source: r.Source, Note: r.Note, Changes: l.names.changes(changes)})
	}
	return out, damage, nil
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

// Redo takes back the last undoing of mine, as long as nothing of mine came after it;
// several times in a row it takes back one after the other. What somebody changed
// since stays and becomes a conflict. ErrNothing if there is none.
func (s *Session) Redo(ctx context.Context) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	return s.pass(ctx, passOptions{}, func() error {
		r := s.lastUndoOfMine()
		if r == nil {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.nothing_undone", "Author", s.opt.Author), Hint: msg.New("syncer.nothing.hint")}
		}
		return s.revert(r)
	})
}

// lastUndoOfMine is the last undoing by this author that was not taken back and after
// which they changed nothing; nil if there is none.
func (s *Session) lastUndoOfMine() *store.Revision {
	in := s.graph.ancestors(s.head.ID)
	takenBack := map[string]bool{}
	for i := len(s.graph.all) - 1; i >= 0; i-- {
		r := &s.graph.all[i]
		if !in[r.ID] || r.Source != SourceTerminal || r.Author != s.opt.Author {
			continue
		}
		id, undoes := strings.CutPrefix(r.Note, noteUndo)
		if !undoes {
			return nil
		}
		if of := s.graph.byID[id]; of != nil && strings.HasPrefix(of.Note, noteUndo) {
			takenBack[id] = true // it is itself a taking back
		} else if !takenBack[r.ID] {
			return r
		}
	}
	return nil
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
	opened := s.conflictsOf(res, []string{r.ID}, s.head.ID, nil, nil, nil, sideOf{by: r.Author, at: r.Time}, later(r.Time, s.head.Time))
	opened = append(opened, s.openAgain(r, before, res.Merged)...)
	return s.commit(res.Merged, store.Revision{Note: noteUndo + r.ID, Opened: opened})
}

// openAgain is the conflicts that revision r decided on and that now, with st in
// place of what it made of before, are open once more: else what was decided
// against would stand nowhere.
func (s *Session) openAgain(r *store.Revision, before, st merge.State) (out []store.Conflict) {
	settled := s.graph.settled(s.head.ID)
	for i := range s.graph.all {
		for _, c := range s.graph.all[i].Opened {
			if !slices.Contains(r.Resolved, c.ID) || slices.ContainsFunc(out, func(o store.Conflict) bool { return o.Kind == c.Kind && o.Row == c.Row && o.Key == c.Key }) {
				continue
			}
			if hasRow(st, c.Kind, c.Row) != hasRow(before, c.Kind, c.Row) {
				continue
			}
			if now := valueOf(st, c.Kind, c.Row, c.Key); c.Key != "" && (now != valueOf(before, c.Kind, c.Row, c.Key) || now == c.Theirs) {
				continue
			}
			c.Stands = false // the workbook held what was decided
			c.Since = later(c.Since, s.head.Time)
			c.ID = conflictID(c, settled)
			out = append(out, c)
		}
	}
	return out
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
		if r.Source != SourceTerminal || r.Author != s.opt.Author || len(r.Parents) == 0 || undone[r.ID] {
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
