package syncer

import (
	"context"
	"maps"
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// asksOf is the rows that a merge could not place, with what they hold.
func asksOf(res merge.Result) []Ask {
	var out []Ask
	for _, a := range res.Asks {
		k := Ask{ID: a.ID, Sheet: a.Sheet, Row: a.Row, Candidates: a.Candidates, Values: map[string]string{}}
		t := res.Theirs.Tables[a.Table]
		for _, c := range t.Columns {
			if v := t.Get(&t.Rows[a.Pos], c.Key); v != "" {
				k.Values[c.Key] = v
			}
		}
		out = append(out, k)
	}
	return out
}

// Answer says which task a row of the workbook, or of a copy in Snapshot.Inbox,
// is: the id of one of its candidates, or merge.AnswerNew for a task of its own.
func (s *Session) Answer(ctx context.Context, ask, task string) (Report, error) {
	if s.opt.ReadOnly {
		return Report{}, s.readOnly()
	}
	if s.inboxAsk(ask) >= 0 {
		return s.pass(ctx, passOptions{}, func() error { return s.answerCopy(ask, task) })
	}
	return s.pass(ctx, passOptions{answer: [2]string{ask, task}}, nil)
}

// inboxAsk is the place among the latest reports of the inbox of the copy that
// asks, -1 if none does.
func (s *Session) inboxAsk(ask string) int {
	reports := s.Snapshot().Inbox
	for i := len(reports) - 1; i >= 0; i-- {
		if slices.ContainsFunc(reports[i].Asks, func(a Ask) bool { return a.ID == ask }) {
			return i
		}
	}
	return -1
}

// answerCopy merges a copy of the inbox again, now that one of its rows is
// known; the new report stands in the place of the old one.
func (s *Session) answerCopy(ask, task string) error {
	i := s.inboxAsk(ask)
	if i < 0 {
		return nil // answered by somebody in the meantime
	}
	old := s.inbox.reports[i]
	c, err := s.inbox.takeCopy(old.File, MergeOptions{Unit: old.Unit, Answers: map[string]string{ask: task}})
	if err != nil {
		return err
	}
	s.inbox.reports = slices.Clone(s.inbox.reports)
	s.inbox.reports[i] = c
	return nil
}

// saidBefore is what a person said about the rows of a copy that was merged
// before; none if it was not.
func saidBefore(c *store.Copy) map[string]string {
	if c == nil {
		return nil
	}
	return c.Answers
}

func join[V any](a, b map[string]V) map[string]V {
	if len(a) == 0 {
		return b
	}
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// onlyAnswered leaves of a copy that is merged again the rows that were asked
// about before and are known now. All else was merged the first time, and may
// have been changed since by people who had seen it.
func (s *inbox) onlyAnswered(res *merge.Result, before []merge.Ask) {
	known := map[string]bool{}
	for _, a := range before {
		known[res.Theirs.Tables[a.Table].Rows[a.Pos].ID] = true
	}
	st := res.Merged.Copy()
	kept := res.Changes[:0:0]
	for _, c := range res.Changes {
		switch {
		case known[c.Row]:
			kept = append(kept, c)
		case !s.head.state.HasRow(c.Kind, c.Row):
			st.Drop(c.Kind, c.Row)
		case c.Key == merge.SectionKey:
			st.SetSection(c.Kind, c.Row, c.Mine)
		case c.Key != "":
			st.Set(c.Kind, c.Row, c.Key, c.Mine)
		}
	}
	res.Added = slices.DeleteFunc(slices.Clone(res.Added), func(id string) bool { return !known[id] })
	res.Changes, res.Merged = kept, st
}
