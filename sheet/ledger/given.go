package ledger

import "slices"

// GivenTo tells which rows a unit's own copy holds, by kind and row id: the tasks
// that it leads or supports, its events, the rows of a register that name it, its own
// row of the directory, and all annual requirements.
func (l *Ledger) GivenTo(unit string) func(kind, id string) bool {
	unit = l.Directory.Canonical(unit)
	type key struct{ kind, id string }
	// parted are the kinds whose rows are given in part; of other kinds a unit gets all rows
	given, parted := map[key]bool{}, map[string]bool{KindTasks: true, KindActivities: true, KindUnits: true}
	for _, t := range l.Tasks {
		given[key{KindTasks, t.ID}] = t.Lead == unit || l.Directory.has(t.Support, unit)
	}
	for _, e := range l.Events {
		given[key{KindActivities, e.ID}] = slices.Contains(e.units, unit)
	}
	for _, t := range l.Tables {
		for i := range t.Rows {
			if t.Kind == KindUnits && l.Directory.Canonical(tidy(t.Get(&t.Rows[i], UnitName))) == unit {
				given[key{KindUnits, t.Rows[i].ID}] = true
			}
		}
	}
	for _, r := range l.Registers {
		parted[r.Def.Kind] = true
		for _, e := range r.Entries {
			given[key{r.Def.Kind, e.ID}] = slices.Contains(e.Units, unit) && !e.Private()
		}
	}
	return func(kind, id string) bool { return !parted[kind] || given[key{kind, id}] }
}
