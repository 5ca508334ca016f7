package history

import (
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

// baseOf is the content that heads which parted at forks have in common: that of
// the one, or of several the merge, over what these have in common in turn.
func (h *History) baseOf(forks []string) (merge.State, error) {
	var base merge.State
	for i, id := range forks {
		st, err := h.Content(id)
		if err != nil {
			return base, err
		}
		if i == 0 {
			base = st
			continue
		}
		under, err := h.baseOf(h.Forks(forks[:i], forks[i:i+1]))
		if err != nil {
			return base, err
		}
		res, err := merge.Merge(under, base, st, merge.Options{Force: true, Identity: Identity})
		if err != nil {
			return base, err
		}
		one, other := forks[:i], forks[i:i+1]
		h.setBack(&res, under, base, st, h.typedIn(one, other), h.typedIn(other, one))
		base = res.Merged
	}
	return base, nil
}

// typedValues is what was typed into values, the newest first.
type typedValues map[spot][]string

// typedIn is what somebody typed in the history of heads and not in that of
// others. What was undone there again was not typed.
func (h *History) typedIn(heads, others []string) typedValues {
	out := typedValues{}
	in, not := h.Ancestors(heads...), h.Ancestors(others...)
	undone := map[string]bool{}
	for _, r := range slices.Backward(h.Typed(in, not)) {
		if id, ok := strings.CutPrefix(r.Note, NoteUndo); ok && in[id] && !not[id] {
			undone[id] = undone[id] || !undone[r.ID]
			continue
		}
		if undone[r.ID] {
			continue
		}
		for _, c := range h.Changes(r.ID) {
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
func (h *History) setBack(res *merge.Result, base, ms, ts merge.State, mine, theirs typedValues) {
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
				Base: base.Value(c.Kind, c.Row, c.Key), Mine: c.From, Theirs: c.To, Outcome: merge.Conflict})
		case res.Changes[i].Outcome != merge.Applied:
			continue
		default:
			res.Changes[i].Outcome = merge.Conflict
		}
		if !own {
			res.Merged, own = res.Merged.Copy(), true
		}
		res.Merged.Set(c.Kind, c.Row, c.Key, c.From)
	}
}

// MergeHeads makes one revision of two. What somebody saved into the workbook
// is theirs, since a conflict leaves there what stands there; of two
// coordinators the earlier is mine. book is the rows of the workbook as it stands,
// whose formulas nobody is asked about.
func (h *History) MergeHeads(mine, theirs string, book merge.State) (string, error) {
	if h.ByID[mine].Source == SourceWorkbook && h.ByID[theirs].Source != SourceWorkbook {
		mine, theirs = theirs, mine
	}
	m, t := h.ByID[mine], h.ByID[theirs]
	forks := h.Forks([]string{mine}, []string{theirs})
	base, err := h.baseOf(forks)
	if err != nil {
		return "", err
	}
	ms, err := h.Content(mine)
	if err != nil {
		return "", err
	}
	ts, err := h.Content(theirs)
	if err != nil {
		return "", err
	}
	res, err := merge.Merge(base, ms, ts, merge.Options{Force: true, Identity: Identity})
	if err != nil {
		return "", err
	}
	heads := [2]string{mine, theirs}
	typed := [2]typedValues{h.typedIn(heads[:1], heads[1:]), h.typedIn(heads[1:], heads[:1])}
	h.setBack(&res, base, ms, ts, typed[0], typed[1])
	KeepFormulas(&res, book, func(c merge.Change) bool { return c.Outcome == merge.Conflict },
		t.Source != SourceWorkbook)
	at := After(m.Time, m.Time, t.Time)
	side := Side{By: t.Author, At: t.Time, Stands: t.Source == SourceWorkbook}
	var over []store.Conflict
	var resolved []string
	if side.Stands {
		over = h.superseded(mine, forks, base, ts)
	}
	for _, c := range over {
		resolved = append(resolved, c.ID)
	}
	opened := h.conflictsOf(res, forks, mine, typed[1], heads[:], over, side, at)
	opened = append(opened, h.askedAgain(heads, typed, at)...)
	return h.store.Put(store.Revision{Parents: []string{mine, theirs}, Time: at, Author: t.Author, Source: SourceMerge,
		Opened: opened, Resolved: resolved}, res.Merged)
}

// Followed reports whether newer, the history as others have written it meanwhile, has
// a later save by the same author that goes on from the one read here: it holds every
// value st, which was edited from revision from, or a new one in its place that never
// stood there before. Any other save did not see st, which is nowhere but here.
func (h *History) Followed(newer *History, author, from string, st merge.State) bool {
	var later []merge.State
	for i := range newer.All {
		if r := &newer.All[i]; h.ByID[r.ID] == nil && r.Source == SourceWorkbook && r.Author == author {
			if l, err := h.store.Content(r.ID); err == nil {
				later = append(later, l)
			}
		}
	}
	base, err := h.Content(from)
	if len(later) == 0 || err != nil {
		return false
	}
	typed := store.Diff(base, st)
	stood := map[spot]map[string]bool{}
	for i := range h.All {
		for _, c := range h.Changes(h.All[i].ID) {
			at := spot{c.Kind, c.Row, c.Key}
			if stood[at] == nil {
				stood[at] = map[string]bool{}
			}
			stood[at][c.From], stood[at][c.To] = true, true
		}
	}
	return slices.ContainsFunc(later, func(l merge.State) bool {
		return !slices.ContainsFunc(typed, func(c store.Change) bool {
			v := l.Value(c.Kind, c.Row, c.Key)
			switch {
			case c.Key == "" || c.What == store.Deleted:
				return l.HasRow(c.Kind, c.Row) == (c.What == store.Deleted)
			case c.What == store.Added:
				return v != c.To
			}
			return v != c.To && c.Key != ledger.FieldNumber && (v == c.From || stood[spot{c.Kind, c.Row, c.Key}][v])
		})
	})
}
