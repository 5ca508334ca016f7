package history

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/store"
)

// Sources of revisions, beside the file names of returned copies.
const (
	SourceTerminal = "terminal"
	SourceWorkbook = "workbook" // what somebody saved into the shared workbook
	SourceMerge    = "merge"    // two heads made one; not in the log
	SourcePush     = "push"     // what the workbook held after a push that could not write everything; not in the log
)

// NoteUndo begins the note of a revision that reverses another; its id follows.
const NoteUndo = "undo "

// History is the history as it is known at one moment. Its methods may not be called
// concurrently.
type History struct {
	All     []store.Revision // oldest first
	ByID    map[string]*store.Revision
	Heads   []string
	Damage  []error         // what of the list could not be read
	parents map[string]bool // revisions that are somebody's parent

	store *store.Store
	note  func(...error) // is told what of the contents cannot be read, and was worked around
}

// Read reads the list of revisions. Their contents are read when they are asked for;
// note is told what of them is damaged.
func Read(s *store.Store, note func(...error)) (*History, error) {
	return ReadUntil(s, time.Time{}, note)
}

// ReadUntil is Read of the history as it stood at a moment; the zero time is now.
func ReadUntil(s *store.Store, at time.Time, note func(...error)) (*History, error) {
	all, damage, err := s.List()
	if err != nil {
		return nil, err
	}
	if !at.IsZero() {
		all = slices.DeleteFunc(slices.Clone(all), func(r store.Revision) bool { return r.Time.After(at) })
	}
	h := &History{All: all, Damage: damage, ByID: make(map[string]*store.Revision, len(all)),
		parents: map[string]bool{}, store: s, note: note}
	for i := range all {
		h.ByID[all[i].ID] = &all[i]
		for _, p := range all[i].Before() {
			h.parents[p] = true
		}
	}
	for i := range all {
		if !h.parents[all[i].ID] {
			h.Heads = append(h.Heads, all[i].ID)
		}
	}
	return h, nil
}

// Ancestors is id and everything before it.
func (h *History) Ancestors(ids ...string) map[string]bool {
	seen := map[string]bool{}
	queue := slices.Clone(ids)
	for len(queue) > 0 {
		id := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		if r := h.ByID[id]; r != nil {
			queue = append(queue, r.Before()...)
		}
	}
	return seen
}

// Open is the conflicts that were opened and not settled in the history of id,
// oldest first.
func (h *History) Open(id string) []store.Conflict {
	in := h.Ancestors(id)
	settled, seen := h.Settled(id), map[string]bool{}
	var out []store.Conflict
	for i := range h.All {
		if !in[h.All[i].ID] {
			continue
		}
		for _, c := range h.All[i].Opened {
			if !settled[c.ID] && !seen[c.ID] {
				seen[c.ID] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// Typed is the revisions that are in one set and not in the other, oldest first,
// in which somebody changed something: a merge, and what a workbook was left
// with, are nobody's.
func (h *History) Typed(in, not map[string]bool) (out []*store.Revision) {
	for i := range h.All {
		if r := &h.All[i]; in[r.ID] && !not[r.ID] && r.Source != SourcePush && r.Source != SourceMerge {
			out = append(out, r)
		}
	}
	return out
}

// Told is the revisions of a set that the log tells of, oldest first: those in which
// somebody typed something, and merges that opened or settled a conflict.
func (h *History) Told(in map[string]bool) (out []*store.Revision) {
	for i := range h.All {
		r := &h.All[i]
		merged := r.Source == SourceMerge && len(r.Opened)+len(r.Resolved) > 0
		if in[r.ID] && (merged || r.Source != SourcePush && r.Source != SourceMerge) {
			out = append(out, r)
		}
	}
	return out
}

// Settled is the conflicts that were settled in the history of ids.
func (h *History) Settled(ids ...string) map[string]bool {
	in := h.Ancestors(ids...)
	out := map[string]bool{}
	for i := range h.All {
		if in[h.All[i].ID] {
			for _, c := range h.All[i].Resolved {
				out[c] = true
			}
		}
	}
	return out
}

// Known is every conflict that was ever opened in the history of ids.
func (h *History) Known(ids ...string) map[string]bool {
	in := h.Ancestors(ids...)
	out := map[string]bool{}
	for i := range h.All {
		if in[h.All[i].ID] {
			for _, c := range h.All[i].Opened {
				out[c.ID] = true
			}
		}
	}
	return out
}

// Forks is where a and b parted: their common ancestors that are no ancestor of
// another one, oldest first; none if they have nothing in common.
func (h *History) Forks(a, b []string) []string {
	as, bs := h.Ancestors(a...), h.Ancestors(b...)
	under := map[string]bool{}
	var common []string
	for id := range as {
		if r := h.ByID[id]; bs[id] && r != nil {
			common = append(common, id)
			for _, p := range r.Before() {
				under[p] = true
			}
		}
	}
	common = slices.DeleteFunc(common, func(id string) bool { return under[id] })
	slices.SortFunc(common, func(x, y string) int {
		return cmp.Or(h.ByID[x].Time.Compare(h.ByID[y].Time), strings.Compare(x, y))
	})
	return common
}

// brought is the revision that the value came with that a conflict in the
// history of id is about.
func (h *History) brought(conflict, id string) string {
	in := h.Ancestors(id)
	for i := range h.All {
		r := &h.All[i]
		if in[r.ID] && slices.ContainsFunc(r.Opened, func(c store.Conflict) bool { return c.ID == conflict }) {
			if r.Source == SourceMerge && len(r.Parents) == 2 {
				return r.Parents[1] // theirs, see mergeHeads
			}
			return r.ID
		}
	}
	return ""
}

// HeadAt is the revision among the ancestors of head that was the head at a
// moment, "" if there was none yet. Where heads had parted it is the one that
// most had come together in.
func (h *History) HeadAt(head string, at time.Time) string {
	in := h.Ancestors(head)
	isParent := map[string]bool{}
	var known []*store.Revision
	for i := range h.All {
		r := &h.All[i]
		if !in[r.ID] || r.Time.After(at) || r.Source == SourcePush {
			continue
		}
		known = append(known, r)
		for _, p := range r.Before() {
			isParent[p] = true
		}
	}
	best, most := "", -1
	for _, r := range known {
		if isParent[r.ID] {
			continue
		}
		if n := len(h.Ancestors(r.ID)); n >= most {
			best, most = r.ID, n
		}
	}
	return best
}

// Merged is how the file with that sum was merged last, nil if it was not.
func (h *History) Merged(head, sum string) *store.Copy {
	in := h.Ancestors(head)
	var found *store.Copy
	for i := range h.All {
		for k := range h.All[i].Copies {
			if c := &h.All[i].Copies[k]; c.Sum == sum && in[h.All[i].ID] {
				found = c
			}
		}
	}
	return found
}

// PulledBefore is the last revision that was made of a workbook of these very
// bytes, "" if there is none. A file that was not saved again since was not
// edited: a write into it failed, or an old copy was put back, and it is behind.
func (h *History) PulledBefore(sum string) string {
	for i := len(h.All) - 1; i >= 0; i-- {
		if r := &h.All[i]; r.Source == SourceWorkbook && r.Sum == sum {
			return r.ID
		}
	}
	return ""
}

// After is at, or if that is not after all of the parents' times, a moment
// after the last of them: revisions in the order of time are in the order of
// descent, whatever the clocks of the machines say.
func After(at time.Time, parents ...time.Time) time.Time {
	for _, p := range parents {
		if !at.After(p) {
			at = p.Add(time.Microsecond)
		}
	}
	return at
}

func Later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
