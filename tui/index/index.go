// Package index prepares a snapshot for the screens.
//
// A ledger of 100,000 tasks is drawn within a few milliseconds because nothing
// that takes a walk over all tasks happens while a key waits: an [Index] is
// built once for a snapshot, away from the interface, and holds what the
// screens look up: the text that the filter searches, the tasks of each unit,
// the overdue ones worst first, the months in which tasks fall due. Orders (sorting, grouping) are made by
// [Index.Order], also away from the interface. Tasks are named by their
// position in the ledger.
//
// An Index is immutable and may be read concurrently.
package index

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// Index is a prepared snapshot.
type Index struct {
	Snap    *syncer.Snapshot
	Ledger  *ledger.Ledger
	Columns []Column // of all task tables, in their order, without doubles

	Units   []ledger.UnitCounts // those that lead tasks, then those that only have requirements
	Overdue []int32             // worst first
	Soon    []int32             // soonest first, without those that are overdue already
	Both    int                 // overdue in one period and due soon in the next
	Led     map[string][]int32  // by lead unit, "" for tasks without one
	Helped  map[string][]int32  // by supporting unit
	Months  []Month             // ascending
	Behind  []int32             // places in Ledger.ByUnit: most overdue first, then most due soon
	Undated int                 // open tasks without a deadline that was understood

	Registers []*Register        // in the order of the ledger
	LateRows  []int32            // overdue, tasks and rows of registers, worst first; see RowAt
	SoonRows  []int32            // due soon, likewise, soonest first
	OwedRows  map[string][]int32 // rows of registers that are not settled, by unit, most urgent first

	requests atomic.Pointer[requestCounts] // nil until they are counted
	natural  []int32
	byID     map[string]int32
	disputed map[string]bool            // rows with an open conflict, by id
	news     map[string]map[string]bool // fields that changed since the person last looked, by row
	newTasks int                        // how many rows in news are tasks
	corpus   func() *corpus             // made beside the first frame, see Build
	letters  func() [2]*corpus          // so too
	days     func() map[time.Time]Day   // so too
	read     sync.Map                   // first letters of names, by name

	parts     func() map[string][]*ledger.Task // of each task, found when first asked for
	attention func() map[string]bool           // tasks that leaders ordered, found when first asked for
}

// Column is a column of the task table.
type Column struct {
	Key, Heading string
	// Short is the heading without the group of a two-row header, where that
	// is enough to tell the columns apart.
	Short string
}

// Month is what falls due in one month.
type Month struct {
	First     time.Time // its first day
	Open, All int
}

// Day is what falls due on one day.
type Day struct {
	Tasks   []int32
	Entries []*ledger.Entry // rows of registers whose clock ends then
	Open    int             // of both, those that are not finished
}

// Days is what falls due, by day.
func (x *Index) Days() map[time.Time]Day { return x.days() }

func buildDays(x *Index) map[time.Time]Day {
	days := map[time.Time]Day{}
	for i, t := range x.Ledger.Tasks {
		if t.DueNow.IsZero() {
			continue
		}
		d := days[t.DueNow]
		d.Tasks = append(d.Tasks, int32(i))
		if t.Status.Kind != ledger.Done {
			d.Open++
		}
		days[t.DueNow] = d
	}
	for _, r := range x.Ledger.Registers {
		for _, e := range r.Entries {
			c := e.Main()
			if c == nil || c.Due.IsZero() {
				continue
			}
			d := days[c.Due]
			d.Entries = append(d.Entries, e)
			if !c.Finished() {
				d.Open++
			}
			days[c.Due] = d
		}
	}
	return days
}

// Build prepares a snapshot. news are the revisions that a person has not looked at
// yet.
func Build(s *syncer.Snapshot, news []syncer.Entry) *Index {
	l := s.Ledger
	if l == nil {
		l = &ledger.Ledger{Directory: &ledger.Directory{}}
	}
	x := &Index{
		Snap: s, Ledger: l,
		Led: map[string][]int32{}, Helped: map[string][]int32{},
		byID: make(map[string]int32, len(l.Tasks)),
	}
	x.attention = sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		for _, t := range supervise.Attention(l) {
			out[t.ID] = true
		}
		return out
	})
	x.parts = sync.OnceValue(func() map[string][]*ledger.Task { return supervise.Children(l) })
	x.columns()
	months := map[time.Time]*Month{}
	x.natural = make([]int32, len(l.Tasks))
	for i, t := range l.Tasks {
		n := int32(i)
		x.natural[i] = n
		x.byID[t.ID] = n
		x.Led[t.Lead] = append(x.Led[t.Lead], n)
		for _, u := range t.Support {
			x.Helped[u] = append(x.Helped[u], n)
		}
		if t.Overdue {
			x.Overdue = append(x.Overdue, n)
			if t.DueSoon {
				x.Both++
			}
		} else if t.DueSoon {
			x.Soon = append(x.Soon, n)
		}
		if undated(t) {
			x.Undated++
		}
		if !t.DueNow.IsZero() {
			first := time.Date(t.DueNow.Year(), t.DueNow.Month(), 1, 0, 0, 0, 0, time.UTC)
			m := months[first]
			if m == nil {
				m = &Month{First: first}
				months[first] = m
			}
			m.All++
			if t.Status.Kind != ledger.Done {
				m.Open++
			}
		}
	}
	for _, m := range months {
		x.Months = append(x.Months, *m)
	}
	slices.SortFunc(x.Months, func(a, b Month) int { return a.First.Compare(b.First) })
	sort.SliceStable(x.Overdue, func(i, j int) bool {
		return l.Tasks[x.Overdue[i]].DaysOverdue > l.Tasks[x.Overdue[j]].DaysOverdue
	})
	sort.SliceStable(x.Soon, func(i, j int) bool {
		return l.Tasks[x.Soon[i]].DueNow.Before(l.Tasks[x.Soon[j]].DueNow)
	})
	x.Behind = make([]int32, len(l.ByUnit))
	for i := range x.Behind {
		x.Behind[i] = int32(i)
	}
	slices.SortStableFunc(x.Behind, func(i, j int32) int {
		a, b := l.ByUnit[i], l.ByUnit[j]
		return cmp.Or(b.Overdue-a.Overdue, b.DueSoon-a.DueSoon)
	})
	x.disputed = map[string]bool{}
	for _, c := range s.Conflicts {
		x.disputed[c.Task] = true
	}
	x.news = map[string]map[string]bool{}
	for _, e := range news {
		for _, c := range e.Changes {
			_, task := x.byID[c.Task]
			if !task && l.Entry(c.Task) == nil {
				continue
			}
			if x.news[c.Task] == nil {
				if task {
					x.newTasks++
				}
				x.news[c.Task] = map[string]bool{}
			}
			x.news[c.Task][c.Field] = true
		}
	}
	x.registers()
	x.Units = units(x)
	// The longest of all, and nothing that a frame without a filter shows.
	x.corpus = sync.OnceValue(func() *corpus { return buildCorpus(x) })
	x.letters = sync.OnceValue(func() [2]*corpus { return buildLetters(x) })
	x.days = sync.OnceValue(func() map[time.Time]Day { return buildDays(x) })
	go func() {
		x.corpus()
		x.letters()
		x.days()
	}()
	return x
}

func units(x *Index) []ledger.UnitCounts {
	l := x.Ledger
	out := slices.Clone(l.ByUnit)
	known := map[string]bool{"": true}
	for _, c := range out {
		known[c.Unit] = true
	}
	for _, q := range l.Requirements {
		if !known[q.Unit] {
			known[q.Unit] = true
			out = append(out, ledger.UnitCounts{Unit: q.Unit})
		}
	}
	for _, unit := range slices.Sorted(maps.Keys(x.OwedRows)) {
		if !known[unit] {
			known[unit] = true
			out = append(out, ledger.UnitCounts{Unit: unit})
		}
	}
	return out
}

func (x *Index) columns() {
	seen := map[string]bool{}
	for _, t := range x.Ledger.Tables {
		if t.Kind != ledger.KindTasks {
			continue
		}
		for _, c := range t.Columns {
			if !seen[c.Key] {
				seen[c.Key] = true
				x.Columns = append(x.Columns, Column{c.Key, c.Heading, c.Heading})
			}
		}
	}
	if x.Ledger.Workbooks() != nil {
		x.Columns = append(x.Columns, Column{Key: ledger.FieldWorkbook})
	}
	uses := map[string]int{}
	for _, c := range x.Columns {
		uses[LastPart(c.Heading)]++
	}
	for i, c := range x.Columns {
		if last := LastPart(c.Heading); uses[last] == 1 && last != "" {
			x.Columns[i].Short = last
		}
	}
}

// LastPart is a heading without the group of a two-row header.
func LastPart(heading string) string {
	return strings.TrimSpace(heading[strings.LastIndexByte(heading, '/')+1:])
}

// HasAttention reports whether leaders ordered any of the tasks (领导关注).
func (x *Index) HasAttention() bool { return len(x.attention()) > 0 }

// Parts are the tasks that are parts of a task (1.1 of 1).
func (x *Index) Parts(t *ledger.Task) []*ledger.Task { return x.parts()[t.ID] }

// Len is the number of tasks.
func (x *Index) Len() int { return len(x.Ledger.Tasks) }

// Task is the task at position n.
func (x *Index) Task(n int32) *ledger.Task { return x.Ledger.Tasks[n] }

// Find is the position of the task with that id.
func (x *Index) Find(id string) (int32, bool) {
	n, ok := x.byID[id]
	return n, ok
}

// NewTasks is how many tasks changed since the person last looked.
func (x *Index) NewTasks() int { return x.newTasks }

// News are the fields of a task, or of a row of a register, that changed since the
// person last looked, nil if none did.
func (x *Index) News(id string) map[string]bool { return x.news[id] }

// Disputed reports a task, or a row of a register, with an open conflict.
func (x *Index) Disputed(id string) bool { return x.disputed[id] }

// undated reports whether an open task has no deadline, or one that was not
// understood.
func undated(t *ledger.Task) bool {
	k := t.Deadline.Kind
	return t.Status.Kind != ledger.Done && t.Status.Kind != ledger.Ongoing && (k == due.None || k == due.Unknown) &&
		t.Extended == 0
}

// StateKind is what a task's dates say about it.
type StateKind uint8

const (
	Quiet StateKind = iota
	Stale           // no change recorded for long, while open
	Late            // done after its date
	Soon
	Overdue
)

// State is what a task's dates say about it; days are those overdue, or those
// left.
func State(t *ledger.Task, today time.Time) (k StateKind, days int) {
	switch {
	case t.Overdue:
		return Overdue, t.DaysOverdue
	case t.DueSoon:
		return Soon, int(t.DueNow.Sub(today).Hours() / 24)
	case t.Late:
		return Late, 0
	case t.Stale:
		return Stale, 0
	}
	return Quiet, 0
}
