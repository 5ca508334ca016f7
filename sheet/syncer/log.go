package syncer

import (
	"context"
	"slices"
	"time"

	"taizhang/sheet/history"
	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// Notes of revisions that are not ordinary changes; the revision follows.
const (
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
	g, err := s.readHistory()
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
	graph *history.History
	head  string
	names names
}

// latest is the newest entries, read in the session's turn.
func (s *replica) latest(n int) []Entry {
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
	told := l.graph.Told(l.graph.Ancestors(l.head))
	quarrels := newQuarrels(told, l.names)
	for _, r := range slices.Backward(told) {
		if opt.Max > 0 && len(out) >= opt.Max {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, damage, err
		}
		var changes []store.Change
		if r.Source != SourceMerge {
			if changes, err = l.hist.Changes(r.ID); err != nil {
				damage = append(damage, err)
			}
		}
		opened, settled := quarrels.of(r, changes)
		if opt.Task != "" {
			changes = slices.DeleteFunc(slices.Clone(changes), func(c store.Change) bool { return c.Row != opt.Task })
			opened = slices.DeleteFunc(opened, func(c Conflict) bool { return c.Task != opt.Task })
			settled = slices.DeleteFunc(settled, func(c Settlement) bool { return c.Task != opt.Task })
			if len(changes)+len(opened)+len(settled) == 0 {
				continue
			}
		}
		e := Entry{Revision: r.ID, Parents: r.Parents, Time: r.Time, Author: r.Author, Source: r.Source, Note: r.Note,
			Changes: l.names.changes(changes), Opened: opened, Settled: settled}
		for _, n := range r.Notes {
			e.Notes = append(e.Notes, Note(n))
		}
		for _, c := range r.Copies {
			for _, b := range c.Beside {
				e.Beside = append(e.Beside, Beside(b))
			}
		}
		out = append(out, e)
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
		r := s.graph.LastOf(s.head.ID, s.opt.Author)
		if r == nil {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.nothing", "Author", s.opt.Author),
				Hint: msg.New("syncer.nothing.hint")}
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
		r := s.graph.LastUndoOf(s.head.ID, s.opt.Author)
		if r == nil {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.nothing_undone", "Author", s.opt.Author),
				Hint: msg.New("syncer.nothing.hint")}
		}
		return s.revert(r)
	})
}

// LastTyped is when the change was made that Undo would reverse, and when the undoing
// that Redo would take back; the zero time if there is none.
func (s *Session) LastTyped(ctx context.Context) (change, undoing time.Time, err error) {
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return change, undoing, ctx.Err()
	}
	defer func() { <-s.turn }()
	g, err := history.Read(s.hist, s.noteDamage)
	if err != nil {
		return change, undoing, err
	}
	s.graph = g
	if r := g.LastOf(s.head.ID, s.opt.Author); r != nil {
		change = r.Time
	}
	if r := g.LastUndoOf(s.head.ID, s.opt.Author); r != nil {
		undoing = r.Time
	}
	return change, undoing, nil
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
		r := s.graph.ByID[id]
		if r == nil || len(r.Parents) == 0 {
			return &msg.Error{Class: ErrNothing, Text: msg.New("syncer.first", "Revision", revision),
				Hint: msg.New("syncer.nothing.hint")}
		}
		return s.revert(r)
	})
}

func (s *replica) revert(r *store.Revision) error {
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
	opened := s.graph.ConflictsOf(res, []string{r.ID}, s.head.ID, history.Side{By: r.Author, At: r.Time},
		history.Later(r.Time, s.head.Time))
	opened = append(opened, s.graph.OpenAgain(s.head.ID, r, before, res.Merged)...)
	return s.commit(res.Merged, store.Revision{Note: history.NoteUndo + r.ID, Opened: opened})
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
