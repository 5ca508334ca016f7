package tui

import (
	"slices"

	"taizhang/sheet/ledger"
)

// marks are the tasks marked on one screen, by id. Each screen has its own:
// what is changed together is what can be seen together.
type marks map[string]bool

// marker is a screen on which tasks can be marked.
type marker interface {
	toggle()
	markAll()
	marked() marks
}

// flip marks a task, or takes the mark off.
func (m marks) flip(t *ledger.Task) {
	if m[t.ID] {
		delete(m, t.ID)
	} else {
		m[t.ID] = true
	}
}

// keep drops the marks of tasks that are no more.
func (u *ui) keep(m marks) {
	for id := range m {
		if _, ok := u.x.Find(id); !ok {
			delete(m, id)
		}
	}
}

// target is what actions apply to: the marked tasks in the ledger's order, else
// the one under the cursor.
func (u *ui) target(m marks, here *ledger.Task) target {
	if len(m) == 0 {
		if here == nil {
			return target{}
		}
		return target{tasks: []*ledger.Task{here}}
	}
	var at []int32
	for id := range m {
		if n, ok := u.x.Find(id); ok {
			at = append(at, n)
		}
	}
	slices.Sort(at)
	out := target{marked: true}
	for _, n := range at {
		out.tasks = append(out.tasks, u.x.Task(n))
	}
	return out
}

// marks are those of the screen that is shown; nil if nothing is marked there.
func (r *root) marks() marks {
	if m, ok := r.current().(marker); ok {
		return m.marked()
	}
	return nil
}

// escape takes away a message, and what narrows the view, or the marks.
func (r *root) escape() {
	r.toast = ""
	if r.screen == onTasks {
		r.tasks.escape()
		return
	}
	clear(r.marks())
}
