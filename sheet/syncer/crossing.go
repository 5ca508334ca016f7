package syncer

import (
	"cmp"
	"slices"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// Where two heads parted. Machines that merge the same changes crosswise (each
// has typed something in between) leave heads that parted in several places, and
// a value may have been changed and set back on the way, which no comparison of
// three states can see.

// forks is where a and b parted: their common ancestors that are no ancestor of
// another one, oldest first; none if they have nothing in common.
func (g *graph) forks(a, b []string) []string {
	as, bs := g.ancestors(a...), g.ancestors(b...)
	under := map[string]bool{}
	var common []string
	for id := range as {
		if r := g.byID[id]; bs[id] && r != nil {
			common = append(common, id)
			for _, p := range r.Before() {
				under[p] = true
			}
		}
	}
	common = slices.DeleteFunc(common, func(id string) bool { return under[id] })
	slices.SortFunc(common, func(x, y string) int {
		return cmp.Or(g.byID[x].Time.Compare(g.byID[y].Time), strings.Compare(x, y))
	})
	return common
}

// baseOf is the content that heads which parted at forks have in common: that of
// the one, or of several the merge, over what these have in common in turn.
func (s *Session) baseOf(forks []string) (merge.State, error) {
	var base merge.State
	for i, id := range forks {
		st, err := s.content(id)
		if err != nil {
			return base, err
		}
		if i == 0 {
			base = st
			continue
		}
		under, err := s.baseOf(s.graph.forks(forks[:i], forks[i:i+1]))
		if err != nil {
			return base, err
		}
		res, err := merge.Merge(under, base, st, merge.Options{Force: true, Identity: identity})
		if err != nil {
			return base, err
		}
		one, other := forks[:i], forks[i:i+1]
		s.setBack(&res, under, base, st, s.typedIn(one, other), s.typedIn(other, one))
		base = res.Merged
	}
	return base, nil
}

// typedValues is what was typed into values, the newest first.
type typedValues map[spot][]string

// typedIn is what somebody typed in the history of heads and not in that of
// others. What was undone there again was not typed.
func (s *Session) typedIn(heads, others []string) typedValues {
	out := typedValues{}
	in, not := s.graph.ancestors(heads...), s.graph.ancestors(others...)
	undone := map[string]bool{}
	for _, r := range slices.Backward(s.graph.typed(in, not)) {
		if id, ok := strings.CutPrefix(r.Note, noteUndo); ok && in[id] && !not[id] {
			undone[id] = undone[id] || !undone[r.ID]
			continue
		}
		if undone[r.ID] {
			continue
		}
		for _, c := range s.changes(r.ID) {
			if c.What == "" && c.Key != ledger.FieldNumber {
				k := spot{c.Kind, c.Row, c.Key}
				out[k] = append(out[k], c.To)
			}
		}
	}
	return out
}

// setBack makes conflicts of the values that both sides typed into and one of them
// set back to what it was: that side looks as if it had not cared.
func (s *Session) setBack(res *merge.Result, base, ms, ts merge.State, mine, theirs typedValues) {
	at := make(map[spot]int, len(res.Changes))
	for i, c := range res.Changes {
		at[spot{c.Kind, c.Row, c.Key}] = i
	}
	own := false
	for _, c := range store.Diff(ms, ts) {
		k := spot{c.Kind, c.Row, c.Key}
		if c.What != "" || len(mine[k]) == 0 || len(theirs[k]) == 0 {
			continue
		}
		i, listed := at[k]
		switch {
		case !listed:
			res.Changes = append(res.Changes, merge.Change{Kind: c.Kind, Row: c.Row, Key: c.Key,
				Base: valueOf(base, c.Kind, c.Row, c.Key), Mine: c.From, Theirs: c.To, Outcome: merge.Conflict})
		case res.Changes[i].Outcome != merge.Applied:
			continue
		default:
			res.Changes[i].Outcome = merge.Conflict
		}
		if !own {
			res.Merged, own = copyState(res.Merged), true
		}
		setValue(res.Merged, c.Kind, c.Row, c.Key, c.From)
	}
}
