package syncer

import (
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// quarrels tells of the revisions of a log which conflicts each opened and which ended
// with it. What somebody typed may stand in a conflict only, and must be found after
// that has ended as well.
type quarrels struct {
	names  names
	all    []store.Conflict  // in the order in which they were opened, each once
	opened map[string]string // by conflict, the revision that opened it
	// ended is the revision that decided a conflict, by conflict; "" of one that is over
	// though nobody decided it, until the revision is met that brought that about.
	ended map[string]string
	holds map[place]string // what stands where there were conflicts, after the revision that is asked about
}

// place is a value of the ledger.
type place struct{ kind, row, key string }

// newQuarrels takes the revisions of a log, oldest first. Ask [quarrels.of] of each of
// them, newest first.
func newQuarrels(log []*store.Revision, n names) *quarrels {
	q := &quarrels{names: n, opened: map[string]string{}, ended: map[string]string{}, holds: map[place]string{}}
	for _, r := range log {
		for _, c := range r.Opened {
			if q.opened[c.ID] != "" {
				continue // two machines merged the same
			}
			q.opened[c.ID] = r.ID
			q.all = append(q.all, c)
			held := n.head.Value(c.Kind, c.Row, c.Key)
			q.holds[place{c.Kind, c.Row, c.Key}] = held
			if !n.head.HasRow(c.Kind, c.Row) || c.Key != "" && held == c.Theirs {
				q.ended[c.ID] = ""
			}
		}
	}
	for _, r := range slices.Backward(log) {
		for _, id := range r.Resolved {
			q.ended[id] = r.ID
		}
	}
	return q
}

// of tells which conflicts a revision with those changes opened, and which ended with it.
func (q *quarrels) of(r *store.Revision, changes []store.Change) (opened []Conflict, settled []Settlement) {
	if len(q.all) == 0 {
		return nil, nil
	}
	gone, set := map[place]bool{}, map[place]string{}
	for _, c := range changes {
		switch at := (place{c.Kind, c.Row, c.Key}); {
		case c.What == store.Deleted && c.Key == "":
			gone[at] = true
		case c.What != store.Deleted:
			set[at] = c.To
		}
	}
	for _, c := range q.all {
		if q.opened[c.ID] == r.ID {
			opened = append(opened, q.names.conflict(c))
		}
		spot := place{c.Kind, c.Row, c.Key}
		to, typed := set[spot]
		lost := gone[place{c.Kind, c.Row, ""}]
		by, over := q.ended[c.ID]
		if !over || by != r.ID && !(by == "" && (lost || typed && c.Key != "" && to == c.Theirs)) {
			continue
		}
		delete(q.ended, c.ID)
		end := Settlement{Conflict: q.names.conflict(c), Kept: q.holds[spot], RowGone: lost}
		switch {
		case lost:
			end.Kept = ""
		case c.Key == "":
			end.Kept = end.Title
		case typed:
			end.Kept = to
		}
		settled = append(settled, end)
	}
	for _, c := range changes {
		if spot := (place{c.Kind, c.Row, c.Key}); c.Key != "" {
			if _, asked := q.holds[spot]; asked {
				q.holds[spot] = c.From
			}
		}
	}
	return opened, settled
}

// Text says what a conflict is about, with both values whole.
func (c Conflict) Text() msg.Text {
	return msg.New("syncer.conflict", "ID", c.ID, "Of", c.of(), "Mine", wholeValue(c.Mine), "MineBy",
		orSomebody(c.MineBy),
		"Theirs", wholeValue(c.Theirs), "TheirsBy", orSomebody(c.TheirsBy))
}

// Text says how a conflict ended, with both values and what is kept.
func (e Settlement) Text() msg.Text {
	return msg.New("syncer.settled", "ID", e.ID, "Of", e.of(), "Mine", wholeValue(e.Mine), "Theirs",
		wholeValue(e.Theirs),
		"Kept", wholeValue(e.Kept), "RowGone", e.RowGone)
}

// of names the value, or the row as a whole.
func (c Conflict) of() msg.Text {
	row := rowText(Change{Kind: c.Kind, Number: c.Number, Title: c.Title})
	switch {
	case c.Field == "":
		return row
	case ledger.FieldText(c.Field).IsZero() && c.Heading != "":
		return msg.New("syncer.conflict_of", "Row", row, "Field", c.Heading)
	}
	return msg.New("syncer.conflict_of", "Row", row, "Field", fieldText(c.Field))
}

func wholeValue(s string) msg.Text {
	if s == "" {
		return msg.New("syncer.describe.empty")
	}
	return msg.New("syncer.describe.as_is", "Text", oneLine(s))
}

func orSomebody(name string) msg.Text {
	if name == "" {
		return msg.New("syncer.somebody")
	}
	return msg.New("syncer.describe.as_is", "Text", name)
}
