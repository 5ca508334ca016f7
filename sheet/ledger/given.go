package ledger

import "slices"

// GivenTo tells which rows a unit's own copy holds, by kind and row id: the tasks
// that it leads or supports, its events, the rows of a register that name it, and
// all of what says of whom the ledger is (units, annual requirements).
func (l *Ledger) GivenTo(unit string) func(kind, id string) bool {
	unit = l.Directory.Canonical(unit)
	type key struct{ kind, id string }
	given, parted := map[key]bool{}, map[string]bool{KindTasks: true, KindActivities: true} // kinds of which a unit gets a part
	for _, t := range l.Tasks {
		given[key{KindTasks, t.ID}] = t.Lead == unit || l.Directory.has(t.Support, unit)
	}
	for _, e := range l.Events {
		given[key{KindActivities, e.ID}] = slices.Contains(e.units, unit)
	}
	for _, t := range l.Tables {
		switch t.Kind {
		case KindTasks, KindActivities, KindUnits, KindRequirements:
			continue
		}
		if t.Index(EventUnit) < 0 {
			continue
		}
		parted[t.Kind] = true
		for i := range t.Rows {
			var names []string
			for _, p := range l.Directory.splitUnits(t.Get(&t.Rows[i], EventUnit)) {
				names = append(names, l.Directory.Canonical(p.name))
			}
			given[key{t.Kind, t.Rows[i].ID}] = l.Directory.has(names, unit)
		}
	}
	return func(kind, id string) bool { return !parted[kind] || given[key{kind, id}] }
}
