package merge

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cellsOf lists a state by id and key.
func cellsOf(s State) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, t := range s.Tables {
		for _, r := range t.Rows {
			c := map[string]string{}
			for i, col := range t.Columns {
				if r.Values[i] != "" {
					c[col.Key] = r.Values[i]
				}
			}
			out[r.ID] = c
		}
	}
	return out
}

// kin reports whether another row of either side says the same or nearly so,
// so that to ask about r is right. That two rows go back to one text counts
// even if one of them was reworded since: a copy of a row, retitled and with a
// word of its requirement changed, may as well be the other one, which is gone.
func kin(r modelRow, all ...[]modelRow) bool {
	return slices.ContainsFunc(slices.Concat(all...), func(o modelRow) bool { return o.id != r.id && o.related(r) })
}

// mayBeHeir reports whether x may well be what became of row c of the base: it
// was put in its place and shares most of its title; or it is new, c is gone, both
// are of one unit and have a word of their titles in common. Whether a task was rewritten or put in
// another's place, only a person knows.
func mayBeHeir(x, c modelRow, inBase map[string]modelRow, told []modelRow) bool {
	_, old := inBase[x.id]
	if x.heirOf == c.id {
		return true
	}
	if old || x.cells["lead"] != c.cells["lead"] ||
		slices.ContainsFunc(told, func(o modelRow) bool { return o.id == c.id }) {
		return false
	}
	return slices.ContainsFunc(lexicon, func(word string) bool {
		return strings.Contains(x.cells["title"], word) && strings.Contains(c.cells["title"], word)
	})
}

// begunAnew reports whether row b was retitled, however slightly, and nothing of
// what was to be done and what was done stands: another quarter's task looks so.
func begunAnew(x, b modelRow) bool {
	return x.cells["title"] != b.cells["title"] && x.cells["deadline"] != b.cells["deadline"] &&
		x.cells["status"] != b.cells["status"] &&
		(b.cells["progress"] != "" && x.cells["progress"] == "" || b.cells["requirement"] != "" &&
			x.cells["requirement"] != b.cells["requirement"])
}

// likelyReworded reports whether x, which was put in the place of b and has most
// of its title, may be taken for it: one thing more stands as it was, or all that
// changed is what changes while a task goes on.
func likelyReworded(x, b modelRow) bool {
	return x.cells["deadline"] == b.cells["deadline"] || x.cells["status"] == b.cells["status"] ||
		b.cells["requirement"] == "" && (b.cells["progress"] == "" || x.cells["progress"] != "")
}

// Random histories of two sides: every row is recognised, or asked about where
// rows say the same; and every value is where the rules say.
func TestHistories(t *testing.T) {
	answered, asks, strange := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt)
		base := w.base()
		opt := Options{Mode: Mode(w.n(2, "mode")), Force: true, Identity: taskIdentity}
		mine, theirs := base.clone(), base.clone()
		if opt.Mode == Copy && w.n(2, "scoped") == 1 {
			opt.Within = w.scope(&theirs)
		}
		w.work(&mine, w.n(8, "mine"))
		w.work(&theirs, w.n(8, "theirs"))
		if opt.Within != nil {
			w.intrude(&theirs, base, opt.Within)
		}
		w.mess(&theirs)
		// Nobody knows what a copy with fewer rows was given: who else's row it was is asked.
		partial := opt.Mode == Copy && opt.Within == nil && len(theirs.rows) < len(base.rows)
		r, err := Merge(base.state(true), mine.state(true), theirs.state(false), opt)
		if err != nil {
			rt.Fatal(err)
		}
		inBase, inMine := map[string]modelRow{}, map[string]modelRow{}
		for _, x := range base.rows {
			inBase[x.id] = x
		}
		for _, x := range mine.rows {
			inMine[x.id] = x
		}

		// Alignment.
		truth := map[string]modelRow{} // theirs by the id that the merge gave
		disguised := disguises(base, theirs)
		i := 0
		told := theirs.inOrder()
		rewritten := map[string]bool{}
		for _, a := range r.Asks {
			x := told[placeOf(r, a)]
			for _, id := range a.Candidates {
				c := inBase[id]
				heir := mayBeHeir(x, c, inBase, told)
				rewritten[x.id] = rewritten[x.id] || heir || id == x.id && begunAnew(x, c)
				if opt.Within != nil && !opt.Within("tasks", id) &&
					x.cells["title"]+x.cells["lead"] != c.cells["title"]+c.cells["lead"] {
					rt.Fatalf("asked whether %v\nis %v, which the copy was not given", x, c)
				}
				rewritten[x.id] = rewritten[x.id] || partial && id == x.id && x.cells["lead"] != c.cells["lead"] ||
					x.intruder
				if id != x.id && !c.related(x) && !heir && !x.intruder {
					rt.Fatalf("asked whether %v\nis %v", x, c)
				}
			}
		}
		for _, tab := range r.Theirs.Tables {
			for _, row := range tab.Rows {
				x := told[i]
				i++
				b, old := inBase[x.id]
				got, isBase := inBase[row.ID]
				if isBase && opt.Within != nil && !opt.Within("tasks", row.ID) &&
					got.words(modelColumns) != x.words(modelColumns) {
					rt.Fatalf("%v\nwas taken for %v, which the copy was not given", x, got)
				}
				switch {
				case row.ID == "":
					asks++
					if !rewritten[x.id] && !kin(x, base.rows, told) && (!old || !kin(b, base.rows, told)) {
						rt.Fatalf("asked about a row that could be no other: %v", x)
					}
				case old && row.ID == x.id, !old && !isBase:
					answered++
					truth[row.ID] = x
				case x.heirOf == row.ID && likelyReworded(x, got):
					strange++
					truth[row.ID] = x
				case disguised[x.title]:
					strange++
					truth[row.ID] = x
				case isBase && got.words(modelColumns) == x.words(modelColumns),
					isBase && old && got.words(modelColumns) == b.words(modelColumns) &&
						inMine[got.id].words(modelColumns) == inMine[b.id].words(modelColumns):
					answered++ // word for word the row that it was taken for
					truth[row.ID] = x
				default:
					rt.Fatalf("row %d %v\nis %v\nwas taken for %q %v", i, x, b, row.ID, got)
				}
			}
		}

		checkValues(rt, opt.Mode, opt.Within, base, mine, truth, r)
		if again, err := Merge(base.state(true), r.Merged, theirs.state(false), opt); err != nil {
			rt.Fatal(err)
		} else if d := cmp.Diff(cellsOf(r.Merged), cellsOf(again.Merged)); d != "" && len(r.Asks) == 0 {
			rt.Fatalf("pulled twice (-once +twice):\n%s", d)
		}
	})
	t.Logf("%d rows recognised, %d asked about, %d of a group in which one stands in for another", answered, asks,
		strange)
	if answered > 10_000 && strange*100 > answered {
		t.Error("too many histories that prove nothing")
	}
}

// disguises lists titles whose rows cannot be told apart by the outcome alone. One
// row was edited to say, word for word, what another one said, while that one was
// deleted or says something else now; or, in a shuffled file, one row came to stand
// exactly between the neighbours of its double. To take the one for the other loses
// nothing.
func disguises(base, theirs model) map[string]bool {
	was, is := map[string]modelRow{}, map[string]modelRow{}
	for _, r := range base.rows {
		was[r.id] = r
	}
	for _, r := range theirs.rows {
		is[r.id] = r
	}
	out := map[string]bool{}
	before, after := base.neighbours(), theirs.neighbours()
	for _, y := range theirs.rows {
		for _, o := range base.rows {
			if o.id != y.id && o.words(modelColumns) == was[y.id].words(modelColumns) && before[o.id] == after[y.id] {
				out[y.title] = true
			}
			if o.id != y.id && o.title == y.title && o.words(modelColumns) == y.words(modelColumns) &&
				was[y.id].words(modelColumns) != y.words(modelColumns) &&
				is[o.id].words(modelColumns) != y.words(modelColumns) {
				out[y.title] = true
			}
		}
	}
	return out
}

// placeOf is where in the list of theirs' rows the row stands that was asked about.
func placeOf(r Result, a Ask) int {
	n := a.Pos
	for _, t := range r.Theirs.Tables[:a.Table] {
		n += len(t.Rows)
	}
	return n
}

// checkValues works the rules out anew, from the model.
func checkValues(rt *rapid.T, mode Mode, within func(kind, id string) bool, base, mine model,
	theirs map[string]modelRow, r Result) {
	merged := cellsOf(r.Merged)
	changes := map[string]Change{}
	for _, c := range r.Changes {
		changes[c.Row+"/"+c.Key] = c
	}
	asked := map[string]bool{}
	for _, a := range r.Asks {
		for _, c := range a.Candidates {
			asked[c] = true
		}
	}
	inMine := map[string]modelRow{}
	for _, x := range mine.rows {
		inMine[x.id] = x
	}
	edited := func(x, b modelRow) bool { return x.words(modelColumns) != b.words(modelColumns) }
	for _, b := range base.rows {
		m, hasM := inMine[b.id]
		x, hasT := theirs[b.id]
		got, stays := merged[b.id]
		if asked[b.id] {
			if hasM && !stays {
				rt.Fatalf("%s was asked about and is gone", b.id)
			}
			continue
		}
		if !hasT && within != nil && !within("tasks", b.id) {
			continue // it was not given
		}
		want := hasM && hasT || hasM && !hasT && (mode == Copy || edited(m, b)) || !hasM && hasT && edited(x, b)
		if stays != want {
			rt.Fatalf("row %s: in merged %v, want %v (mine %v, theirs %v)", b.id, stays, want, hasM, hasT)
		}
		if hasM != hasT && stays && !(hasM && mode == Copy) && changes[b.id+"/"].Outcome != Conflict {
			rt.Fatalf("row %s edited and deleted is no conflict", b.id)
		}
		if !stays || !hasM || !hasT {
			continue
		}
		for _, key := range modelColumns {
			bv, mv, tv := b.cells[key], m.cells[key], x.cells[key]
			c := changes[b.id+"/"+key]
			if key == "number" {
				if v := got[key]; v != bv && v != mv && v != tv {
					rt.Fatalf("%s number %q", b.id, v)
				}
				continue
			}
			switch {
			case tv == bv || mv == tv:
				if got[key] != mv {
					rt.Fatalf("%s %s = %q, want mine %q", b.id, key, got[key], mv)
				}
			case mv == bv:
				if got[key] != tv || c.Outcome != Applied {
					rt.Fatalf("%s %s = %q, want theirs %q, %v", b.id, key, got[key], tv, c)
				}
			default:
				if got[key] != mv || c.Outcome != Conflict || c.Base != bv || c.Mine != mv || c.Theirs != tv {
					rt.Fatalf("%s %s = %q: no conflict of %q, %q, %q: %v", b.id, key, got[key], bv, mv, tv, c)
				}
			}
		}
	}
	for id, x := range theirs {
		if got, ok := merged[id]; !ok {
			if _, old := inMine[id]; old || !slices.ContainsFunc(base.rows,
				func(b modelRow) bool { return b.id == id }) {
				rt.Fatalf("row %s of theirs is nowhere", id)
			}
		} else if _, both := inMine[id]; !both {
			for _, key := range modelColumns {
				if got[key] != x.cells[key] {
					rt.Fatalf("added %s %s = %q, want %q", id, key, got[key], x.cells[key])
				}
			}
		}
	}
	for id := range inMine {
		if _, ok := merged[id]; !ok && !slices.ContainsFunc(base.rows, func(b modelRow) bool { return b.id == id }) {
			rt.Fatalf("row %s that mine added is gone", id)
		}
	}
}

func TestMergeOfTheSameIsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt)
		x := w.base()
		for _, ids := range []bool{true, false} {
			r, err := Merge(x.state(true), x.state(true), x.state(ids), Options{Identity: taskIdentity})
			if err != nil {
				rt.Fatal(err)
			}
			if d := cmp.Diff(x.state(true), r.Merged); d != "" ||
				len(r.Changes)+len(r.Asks)+len(r.Added)+len(r.Missing) > 0 {
				rt.Fatalf("ids %v: %v %v %s", ids, r.Changes, r.Asks, d)
			}
		}
	})
}

// Two heads: sides swapped give the same state but for the values in conflict,
// and the same conflicts the other way round.
func TestSidesSwapped(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt)
		base := w.base()
		mine, theirs := base.clone(), base.clone()
		w.work(&mine, w.n(10, "mine"))
		w.work(&theirs, w.n(10, "theirs"))
		opt := Options{Force: true, Identity: taskIdentity}
		x, err := Merge(base.state(true), mine.state(true), theirs.state(true), opt)
		if err != nil {
			rt.Fatal(err)
		}
		y, err := Merge(base.state(true), theirs.state(true), mine.state(true), opt)
		if err != nil {
			rt.Fatal(err)
		}
		conflicts := func(r Result, swap bool) map[string]string {
			out := map[string]string{}
			for _, c := range r.Changes {
				if c.Outcome == Conflict {
					if swap {
						c.Mine, c.Theirs = c.Theirs, c.Mine
						c.RowDeleted, c.MineDeleted = c.MineDeleted, c.RowDeleted
					}
					out[c.Row+"/"+c.Key] = fmt.Sprint(c)
				}
			}
			return out
		}
		if d := cmp.Diff(conflicts(x, false), conflicts(y, true)); d != "" {
			rt.Fatalf("conflicts are not mirrored:\n%s", d)
		}
		cx, cy := cellsOf(x.Merged), cellsOf(y.Merged)
		for key := range conflicts(x, false) {
			for _, c := range x.Changes {
				if c.Row+"/"+c.Key == key && c.Key != "" {
					delete(cx[c.Row], c.Key)
					delete(cy[c.Row], c.Key)
				}
			}
		}
		if d := cmp.Diff(cx, cy); d != "" {
			rt.Fatalf("merged differs:\n%s", d)
		}
	})
}

// Copies that touch different cells merge to the same in either order.
func TestOrderOfCopies(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(rt)
		base := w.base()
		one, two := base.clone(), base.clone()
		for i := range base.rows {
			m := []*model{&one, &two}[w.n(2, "whose")]
			if w.n(2, "edited") == 1 {
				m.rows[i].cells["progress"] = w.phrase(2, 5)
				m.rows[i].cells["title"] = w.reword(m.rows[i].cells["title"])
			}
		}
		w.mess(&one)
		w.mess(&two)
		opt := Options{Mode: Copy, Identity: taskIdentity}
		both := func(a, b model) (map[string]map[string]string, error) {
			r, err := Merge(base.state(true), base.state(true), a.state(false), opt)
			if err != nil {
				return nil, err
			}
			s, err := Merge(base.state(true), r.Merged, b.state(false), opt)
			if len(r.Asks)+len(s.Asks) > 0 {
				return nil, errors.Join(err, errAsked)
			}
			return cellsOf(s.Merged), err
		}
		x, err := both(one, two)
		if errors.Is(err, errAsked) {
			return
		} else if err != nil {
			rt.Fatal(err)
		}
		y, err := both(two, one)
		if err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(x, y); d != "" {
			rt.Fatal(d)
		}
	})
}

var errAsked = errors.New("asked")
