package screen

import (
	"cmp"
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/tui/kit"
)

// Marks are the rows marked on one screen, by id. Each screen has its own:
// what is changed together is what can be seen together. They are tasks, or rows of one
// register: only these have the same columns.
type Marks map[string]bool

// Marker is a screen on which rows can be marked.
type Marker interface {
	Toggle() // marks the row under the cursor unless that mixes, and goes to the next
	MarkAll()
	Marked() Marks
	// Mixes reports whether the row under the cursor cannot be marked besides those that
	// are marked.
	Mixes() bool
}

// flip marks a row, or takes the mark off.
func (m Marks) flip(id string) {
	if m[id] {
		delete(m, id)
	} else {
		m[id] = true
	}
}

// keepMarks drops the marks of rows that are no more.
func keepMarks(u *kit.Kit, m Marks) {
	for id := range m {
		if _, ok := u.Index.Find(id); !ok && u.Entry(id) == nil {
			delete(m, id)
		}
	}
}

// targetOf is what actions apply to: the marked tasks in the ledger's order, or the marked
// rows of a register, the most urgent first; without marks, the row under the cursor.
func targetOf(u *kit.Kit, m Marks, task *ledger.Task, entry *ledger.Entry) Target {
	switch {
	case len(m) > 0:
	case task != nil:
		return Target{Tasks: []*ledger.Task{task}}
	case entry != nil:
		return Target{Entries: []*ledger.Entry{entry}}
	}
	var at []int32
	var out Target
	for id := range m {
		if n, ok := u.Index.Find(id); ok {
			at = append(at, n)
		} else if e := u.Entry(id); e != nil {
			out.Entries = append(out.Entries, e)
		}
	}
	slices.Sort(at)
	for _, n := range at {
		out.Tasks = append(out.Tasks, u.Index.Task(n))
	}
	slices.SortFunc(out.Entries, func(a, b *ledger.Entry) int {
		return cmp.Or(ledger.CompareUrgency(a, b), cmp.Compare(a.Row.Row, b.Row.Row))
	})
	return out
}
