package syncer

import (
	"context"
	"strings"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// conflicts is the open conflicts as the head stands: one whose value head has
// come to hold is settled.
func (s *chronicle) conflicts() []store.Conflict {
	if s.head.ID == "" {
		return nil
	}
	var out []store.Conflict
	for _, c := range s.graph.Open(s.head.ID) {
		if !s.head.state.HasRow(c.Kind, c.Row) {
			continue
		}
		if c.Key == "" {
			out = append(out, c)
			continue
		}
		c.Mine = s.head.state.Value(c.Kind, c.Row, c.Key)
		if c.Mine != c.Theirs {
			out = append(out, c)
		}
	}
	return out
}

// Resolve settles conflicts: all of them, or none, and as one change, which one Undo
// takes back. Errors: ErrNoConflict, ErrChoice, ErrMoved.
func (s *Session) Resolve(ctx context.Context, decisions ...Decision) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	began := s.begins()
	return s.pass(ctx, passOptions{}, func() error {
		st := s.head.state.Copy()
		var ids []string
		var moved []Moved
		for _, d := range decisions {
			c, err := s.findConflict(d.Conflict)
			if err != nil {
				return err
			}
			if m := s.editor.decidedUnseen(c, d, began); m != nil {
				moved = append(moved, *m)
				continue
			}
			if err := s.editor.settle(st, c, d.Choice); err != nil {
				return err
			}
			ids = append(ids, c.ID)
		}
		if len(moved) > 0 {
			s.blameMoved(moved)
			return refused(moved)
		}
		if len(ids) == 0 {
			return nil
		}
		return s.commit(st, store.Revision{Note: "resolve " + strings.Join(ids, " "), Resolved: ids})
	})
}

// decidedUnseen says that the ledger holds another value than the person saw who
// decides the conflict; nil if it does not. To leave what stands there (Mine) is a
// decision about it as well.
func (s *editor) decidedUnseen(c store.Conflict, d Decision, began began) *Moved {
	seen := d.Seen
	switch {
	case seen.Known:
	case began.snap != nil:
		for _, k := range began.snap.Conflicts {
			if k.ID == c.ID {
				seen = Saw(k.Mine)
			}
		}
	case c.Key != "":
		if then, same := began.read(s.replica, c.Kind, c.Row, c.Key, c.Mine); !same {
			seen = Saw(then)
		}
	}
	if !seen.Known || merge.Equal(seen.Text, c.Mine) {
		return nil
	}
	m := Moved{Kind: c.Kind, Task: c.Row, Field: c.Key, Seen: seen.Text, Now: c.Mine, Typed: d.Choice, Conflict: c.ID}
	m.Number, m.Title = s.name(c.Row)
	if at := s.head.state.Rows()[c.Kind][c.Row]; at.Table != nil {
		m.Heading = headingOf(at.Table, c.Key)
	}
	return &m
}

func (s *chronicle) findConflict(id string) (store.Conflict, error) {
	var found []store.Conflict
	for _, c := range s.conflicts() {
		if c.ID == id {
			return c, nil
		}
		if id != "" && strings.HasPrefix(c.ID, strings.ToLower(id)) {
			found = append(found, c)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return store.Conflict{}, &msg.Error{Class: ErrNoConflict, Text: msg.New("syncer.no_conflict", "ID", id),
		Hint: msg.New("syncer.no_conflict.hint")}
}

// settle decides the conflict in st.
func (s *editor) settle(st merge.State, c store.Conflict, choice string) error {
	own, typed := strings.CutPrefix(choice, "=")
	switch {
	case c.Key == "" && (choice == Mine && c.Mine == "" || choice == Theirs && c.Theirs == ""):
		st.Drop(c.Kind, c.Row)
		return nil
	case choice == Mine, c.Key == "" && choice == Theirs:
		return nil
	case c.Key != "" && choice == Theirs:
		st.Set(c.Kind, c.Row, c.Key, c.Theirs)
		return nil
	case c.Key != "" && typed:
		if t := s.build().ledger.Line(c.Row); t != nil && c.Kind == t.Table.Kind {
			_, text, err := s.build().ledger.ComposeLine(t, c.Key, own)
			if err != nil {
				return err
			}
			own = text
		}
		st.Set(c.Kind, c.Row, c.Key, own)
		return nil
	}
	return &msg.Error{Class: ErrChoice, Text: msg.New("syncer.choice", "Choice", choice),
		Hint: msg.New("syncer.choice.hint")}
}
