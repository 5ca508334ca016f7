package screen

import (
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/tui/kit"
)

// Marks are the rows marked on one screen, by id. Each screen has its own:
// what is changed together is what can be seen together.
type Marks map[string]bool

// Marker is a screen on which rows can be marked.
type Marker interface {
	Toggle()
	MarkAll()
	Marked() Marks
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

// targetOf is what actions apply to: the marked tasks in the ledger's order, else
// the one under the cursor.
func targetOf(u *kit.Kit, m Marks, here *ledger.Task) Target {
	if len(m) == 0 {
		if here == nil {
			return Target{}
		}
		return Target{Tasks: []*ledger.Task{here}}
	}
	var at []int32
	for id := range m {
		if n, ok := u.Index.Find(id); ok {
			at = append(at, n)
		}
	}
	slices.Sort(at)
	var out Target
	for _, n := range at {
		out.Tasks = append(out.Tasks, u.Index.Task(n))
	}
	return out
}
