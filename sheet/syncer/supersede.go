package syncer

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/store"
)

// superseded is the conflicts, open at mine, over a value that stood in the
// shared workbook, and that whoever saved it last saw there and replaced: what
// they set out from, the forks, has seen it typed. They are over: one cell that an
// office goes on typing into is one conflict, about what stands there now, and
// not one for each save.
func (s *Session) superseded(mine string, forks []string, base, theirs merge.State) []store.Conflict {
	var over []store.Conflict
	var seen map[string]bool
	for _, c := range s.graph.open(mine) {
		if !c.Stands || c.Key == "" || !hasRow(base, c.Kind, c.Row) || !hasRow(theirs, c.Kind, c.Row) ||
			valueOf(base, c.Kind, c.Row, c.Key) != c.Theirs || valueOf(theirs, c.Kind, c.Row, c.Key) == c.Theirs {
			continue
		}
		if seen == nil {
			seen = s.graph.ancestors(forks...)
		}
		if seen[s.graph.brought(c.ID, mine)] {
			over = append(over, c)
		}
	}
	return over
}

// brought is the revision that the value came with that a conflict in the
// history of id is about.
func (g *graph) brought(conflict, id string) string {
	in := g.ancestors(id)
	for i := range g.all {
		r := &g.all[i]
		if in[r.ID] && slices.ContainsFunc(r.Opened, func(c store.Conflict) bool { return c.ID == conflict }) {
			if r.Source == sourceMerge && len(r.Parents) == 2 {
				return r.Parents[1] // theirs, see mergeHeads
			}
			return r.ID
		}
	}
	return ""
}

// inPlaceOf makes k the conflict in place of those of its value that are over,
// and returns them: what both sides once set out from stays its base.
func inPlaceOf(k *store.Conflict, over []store.Conflict) map[string]bool {
	var ended map[string]bool
	for _, c := range over {
		if c.Kind != k.Kind || c.Row != k.Row || c.Key != k.Key {
			continue
		}
		if ended == nil {
			ended = map[string]bool{}
			if c.Base != k.Theirs {
				k.Base = c.Base
			}
		}
		ended[c.ID] = true
	}
	return ended
}
