package syncer

import (
	"taizhang/sheet/ledger"
	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// A copy speaks only of the rows that it was given: those that its scope had at the
// revision that it was taken from. A whole ledger was given all of them.

// given tells of a base which of its rows the copy was given, nil for all of them.
// unit is whose copy it is taken to be, "" if nobody knows.
func (s *subject) given(b *book, unit string) func(base merge.State) func(kind, id string) bool {
	return func(base merge.State) func(kind, id string) bool {
		if b.stamp.Whole() {
			return nil
		}
		l := ledger.Build(base.Tables, s.opt.Ledger)
		if scope := scopeOf(b, unit, l); scope != "" {
			return l.GivenTo(scope)
		}
		return nil
	}
}

// scopeOf is the unit of whose rows the copy of ledger l is, "" if it is of the whole
// ledger. The stamp tells. Without one it is the unit whose copy it is taken to be,
// unless most of what others have stands in it too; and where nobody knows whose it
// is, the only unit that has a part in every task that stands in it, if others are
// missing: programs that keep no stamp leave a unit's own copy so.
func scopeOf(b *book, unit string, l *ledger.Ledger) string {
	if b.stamp.Scope != "" || b.stamp.Whole() {
		return b.stamp.Scope
	}
	standing := namesIn(b.state())
	var known []*ledger.Task // tasks of the base that stand in the copy
	for _, t := range l.Tasks {
		if standing[rowName(t.Table, t.Row)] {
			known = append(known, t)
		}
	}
	if len(known) == 0 || len(known) == len(l.Tasks) {
		return ""
	}
	others := func(unit string, tasks []*ledger.Task) (n int) {
		given := l.GivenTo(unit)
		for _, t := range tasks {
			if !given(ledger.KindTasks, t.ID) {
				n++
			}
		}
		return n
	}
	if unit != "" {
		if others(unit, known)*2 > others(unit, l.Tasks) {
			return ""
		}
		return unit
	}
	found, asked := "", map[string]bool{"": true}
	for _, t := range known {
		if asked[t.Lead] {
			continue
		}
		asked[t.Lead] = true
		if others(t.Lead, known) > 0 {
			continue
		}
		if found != "" {
			return "" // two units that support each other's tasks: nobody can tell
		}
		found = t.Lead
	}
	return found
}

// rowName is what a task is called and who leads it.
func rowName(t *table.Table, r *table.Row) [2]string {
	return [2]string{t.Get(r, ledger.FieldTitle), t.Get(r, ledger.FieldLead)}
}

func namesIn(st merge.State) map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, t := range st.Tables {
		for r := range t.Rows {
			if t.Kind == ledger.KindTasks {
				out[rowName(t, &t.Rows[r])] = true
			}
		}
	}
	return out
}
