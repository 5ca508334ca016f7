package syncer

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// conflictID is made of what the conflict is about and not of what head holds:
// a value that a person has decided against does not come up again because the
// head moved on. settled is the decisions that the other side had seen: whoever
// types the value again after one of those asks anew.
func conflictID(c store.Conflict, settled map[string]bool) string {
	for n := 0; ; n++ {
		h := sha256.New()
		for _, s := range []string{c.Kind, c.Row, c.Key, c.Base, c.Theirs} {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
		if n > 0 {
			fmt.Fprint(h, n)
		}
		id := strings.ToLower(base32.StdEncoding.EncodeToString(h.Sum(nil)[:5]))
		if !settled[id] {
			return id
		}
	}
}

// sideOf is who stands behind theirs.
type sideOf struct {
	by     string
	at     time.Time
	stands bool // theirs is what the shared workbook holds
}

// conflictsOf is the conflicts of a merge of what was taken from bases into head
// mine that were not opened before. fresh is the values typed in heads, which
// are merged, of which a decision on an earlier conflict says nothing: they were
// typed where it was not known, or beside it. over is the conflicts that the
// merge puts an end to.
func (s *Session) conflictsOf(res merge.Result, bases []string, mine string, fresh typedValues, heads []string, over []store.Conflict, side sideOf, since time.Time) []store.Conflict {
	var out []store.Conflict
	var known, settled, decided map[string]bool
	var who *blame
	for _, c := range res.Changes {
		if c.Outcome != merge.Conflict {
			continue
		}
		if known == nil {
			known, settled = s.graph.known(mine), s.graph.settled(bases...)
			decided = s.graph.settled(heads...)
			who = s.blame(mine)
		}
		k := store.Conflict{Kind: c.Kind, Row: c.Row, Key: c.Key, Base: c.Base, Mine: c.Mine, Theirs: c.Theirs,
			TheirsBy: side.by, TheirsAt: side.at, Since: since, Stands: side.stands}
		// Of a row as a whole the side that deleted it says nothing, and the
		// other one what the row is called.
		title := called(res.Merged, c.Kind, c.Row)
		switch {
		case c.RowDeleted:
			k.Key, k.Base, k.Mine, k.Theirs = "", title, title, ""
		case c.MineDeleted:
			k.Key, k.Base, k.Mine, k.Theirs = "", title, "", title
		}
		k.MineBy, k.MineAt = who.last(c.Kind, c.Row, k.Key, k.Mine)
		k.ID = conflictID(k, settled)
		if ended := inPlaceOf(&k, over); len(ended) > 0 {
			k.ID = conflictID(k, join(ended, decided))
		} else if len(fresh[spot{c.Kind, c.Row, c.Key}]) > 0 {
			k.ID = conflictID(k, decided)
		}
		if !known[k.ID] {
			known[k.ID] = true
			out = append(out, k)
		}
	}
	return out
}

// blame finds who changed a value last in the history of one revision.
type blame struct {
	s    *Session
	ids  []string // newest first
	read map[string][]store.Change
}

func (s *Session) blame(id string) *blame {
	b := &blame{s: s, read: map[string][]store.Change{}}
	for _, r := range slices.Backward(s.graph.typed(s.graph.ancestors(id), nil)) {
		b.ids = append(b.ids, r.ID)
	}
	return b
}

// last is who changed a value to v last; in a history in which it was changed
// otherwise beside that, that change lost.
func (b *blame) last(kind, row, key, v string) (who string, at time.Time) {
	for _, id := range b.ids {
		changes, ok := b.read[id]
		if !ok {
			changes, _ = b.s.hist.Changes(id) // what is damaged is not known
			b.read[id] = changes
		}
		for _, c := range changes {
			if c.Kind == kind && c.Row == row && (key == "" || c.Key == key && c.To == v) {
				r := b.s.graph.byID[id]
				return r.Author, r.Time
			}
		}
	}
	return "", time.Time{}
}

// askedAgain is the conflicts, open at one of two heads that become one, that were
// decided at the other by somebody who had seen the value from another hand only:
// it was typed here too, and whoever decided did not know it. They are opened
// anew. typed is what was typed at each of the heads and not at the other.
func (s *Session) askedAgain(heads [2]string, typed [2]typedValues, since time.Time) []store.Conflict {
	var out []store.Conflict
	decided, known := s.graph.settled(heads[:]...), s.graph.known(heads[:]...)
	for i, here := range heads {
		settled := s.graph.settled(heads[1-i])
		for _, c := range s.graph.open(here) {
			if !settled[c.ID] || !slices.Contains(typed[i][spot{c.Kind, c.Row, c.Key}], c.Theirs) {
				continue
			}
			c.ID, c.Since = conflictID(c, decided), since
			if !known[c.ID] {
				known[c.ID] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// conflicts is the open conflicts as the head stands: one whose value head has
// come to hold is settled.
func (s *Session) conflicts() []store.Conflict {
	if s.head.ID == "" {
		return nil
	}
	var out []store.Conflict
	for _, c := range s.graph.open(s.head.ID) {
		if !hasRow(s.head.state, c.Kind, c.Row) {
			continue
		}
		if c.Key == "" {
			out = append(out, c)
			continue
		}
		c.Mine = valueOf(s.head.state, c.Kind, c.Row, c.Key)
		if c.Mine != c.Theirs {
			out = append(out, c)
		}
	}
	return out
}

// Resolve settles a conflict. Errors: ErrNoConflict, ErrChoice, ErrMoved.
func (s *Session) Resolve(ctx context.Context, d Decision) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	began := s.begins()
	return s.pass(ctx, passOptions{}, func() error {
		c, err := s.findConflict(d.Conflict)
		if err != nil {
			return err
		}
		if m := s.decidedUnseen(c, d, began); m != nil {
			moved := []Moved{*m}
			s.blameMoved(moved)
			return s.refused(moved)
		}
		st, err := s.settle(c, d.Choice)
		if err != nil {
			return err
		}
		return s.commit(st, store.Revision{Note: "resolve " + c.ID, Resolved: []string{c.ID}})
	})
}

// decidedUnseen says that the ledger holds another value than the person saw who
// decides the conflict; nil if it does not. To leave what stands there (Mine) is a
// decision about it as well.
func (s *Session) decidedUnseen(c store.Conflict, d Decision, began began) *Moved {
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
		if then, same := began.read(s, c.Kind, c.Row, c.Key, c.Mine); !same {
			seen = Saw(then)
		}
	}
	if !seen.Known || merge.Equal(seen.Text, c.Mine) {
		return nil
	}
	m := Moved{Kind: c.Kind, Task: c.Row, Field: c.Key, Seen: seen.Text, Now: c.Mine, Typed: d.Choice, Conflict: c.ID}
	m.Number, m.Title = s.name(c.Row)
	if at := rowsOf(s.head.state)[c.Kind][c.Row]; at.table != nil {
		m.Heading = headingOf(at.table, c.Key)
	}
	return &m
}

func (s *Session) findConflict(id string) (store.Conflict, error) {
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
	return store.Conflict{}, &msg.Error{Class: ErrNoConflict, Text: msg.New("syncer.no_conflict", "ID", id), Hint: msg.New("syncer.no_conflict.hint")}
}

// settle is head with the conflict decided.
func (s *Session) settle(c store.Conflict, choice string) (merge.State, error) {
	st := copyState(s.head.state)
	own, typed := strings.CutPrefix(choice, "=")
	switch {
	case c.Key == "" && (choice == Mine && c.Mine == "" || choice == Theirs && c.Theirs == ""):
		dropRow(st, c.Kind, c.Row)
		return st, nil
	case choice == Mine, c.Key == "" && choice == Theirs:
		return st, nil
	case c.Key != "" && choice == Theirs:
		setValue(st, c.Kind, c.Row, c.Key, c.Theirs)
		return st, nil
	case c.Key != "" && typed:
		if t := s.build().ledger.Line(c.Row); t != nil && c.Kind == t.Table.Kind {
			_, text, err := s.build().ledger.ComposeLine(t, c.Key, own)
			if err != nil {
				return st, err
			}
			own = text
		}
		setValue(st, c.Kind, c.Row, c.Key, own)
		return st, nil
	}
	return st, &msg.Error{Class: ErrChoice, Text: msg.New("syncer.choice", "Choice", choice), Hint: msg.New("syncer.choice.hint")}
}

// called is what a row shows as: its title, else the first of its values.
func called(st merge.State, kind, row string) string {
	for _, t := range st.Tables {
		if t.Kind != kind {
			continue
		}
		for r := range t.Rows {
			if t.Rows[r].ID == row {
				return titleOf(t, &t.Rows[r])
			}
		}
	}
	return row
}
