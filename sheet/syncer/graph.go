package syncer

import (
	"slices"

	"taizhang/sheet/merge"
	"taizhang/sheet/msg"
	"taizhang/sheet/store"
)

// node is a revision with its content.
type node struct {
	store.Revision
	state merge.State
}

// Sources of revisions, beside the file names of returned copies.
const (
	SourceTerminal = "terminal"
	SourceWorkbook = "workbook" // what somebody saved into the shared workbook

	sourceMerge = "merge" // two heads made one; not in the log
	sourcePush  = "push"  // what the workbook held after a push that could not write everything; not in the log
)

// SourceText is where the revision came from, in words.
func (e Entry) SourceText() msg.Text {
	switch e.Source {
	case SourceTerminal:
		return msg.New("syncer.source.terminal")
	case SourceWorkbook:
		return msg.New("syncer.source.workbook")
	}
	return msg.New("syncer.source.copy", "File", e.Source)
}

// graph is the history as it is known at one moment.
type graph struct {
	all     []store.Revision // oldest first
	byID    map[string]*store.Revision
	heads   []string
	damage  []error
	parents map[string]bool // revisions that are somebody's parent
}

func readGraph(s *store.Store) (*graph, error) {
	all, damage, err := s.List()
	if err != nil {
		return nil, err
	}
	g := &graph{all: all, damage: damage, byID: make(map[string]*store.Revision, len(all)), parents: map[string]bool{}}
	for i := range all {
		g.byID[all[i].ID] = &all[i]
		for _, p := range all[i].Before() {
			g.parents[p] = true
		}
	}
	for i := range all {
		if !g.parents[all[i].ID] {
			g.heads = append(g.heads, all[i].ID)
		}
	}
	return g, nil
}

// ancestors is id and everything before it.
func (g *graph) ancestors(ids ...string) map[string]bool {
	seen := map[string]bool{}
	queue := slices.Clone(ids)
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		if r := g.byID[id]; r != nil {
			queue = append(queue, r.Before()...)
		}
	}
	return seen
}

// open is the conflicts that were opened and not settled in the history of id,
// oldest first.
func (g *graph) open(id string) []store.Conflict {
	in := g.ancestors(id)
	settled, seen := g.settled(id), map[string]bool{}
	var out []store.Conflict
	for i := range g.all {
		if !in[g.all[i].ID] {
			continue
		}
		for _, c := range g.all[i].Opened {
			if !settled[c.ID] && !seen[c.ID] {
				seen[c.ID] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// typed is the revisions that are in one set and not in the other, oldest first,
// in which somebody changed something: a merge, and what a workbook was left
// with, are nobody's.
func (g *graph) typed(in, not map[string]bool) (out []*store.Revision) {
	for i := range g.all {
		if r := &g.all[i]; in[r.ID] && !not[r.ID] && r.Source != sourcePush && r.Source != sourceMerge {
			out = append(out, r)
		}
	}
	return out
}

// settled is the conflicts that were settled in the history of ids.
func (g *graph) settled(ids ...string) map[string]bool {
	in := g.ancestors(ids...)
	out := map[string]bool{}
	for i := range g.all {
		if in[g.all[i].ID] {
			for _, c := range g.all[i].Resolved {
				out[c] = true
			}
		}
	}
	return out
}

// known is every conflict that was ever opened in the history of ids.
func (g *graph) known(ids ...string) map[string]bool {
	in := g.ancestors(ids...)
	out := map[string]bool{}
	for i := range g.all {
		if in[g.all[i].ID] {
			for _, c := range g.all[i].Opened {
				out[c.ID] = true
			}
		}
	}
	return out
}
