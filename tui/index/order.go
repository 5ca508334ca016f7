package index

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"taizhang/sheet/ledger"
)

// Groupings, beside none ("").
const (
	ByUnit    = "unit"
	BySection = "section"
	ByStatus  = "status"
	ByMonth   = "month"
)

// StateColumn is the column that says overdue, due soon, … in words.
const StateColumn = "state"

// Sorting is how the task table is ordered. The zero value is the workbook's order.
type Sorting struct {
	Column string // column key; "" for the workbook's order
	Down   bool   // greatest first
	Group  string
}

// Turn sorts by a column: at first up, then down, then not at all.
func (s *Sorting) Turn(column string) {
	switch {
	case s.Column != column:
		s.Column, s.Down = column, false
	case !s.Down:
		s.Down = true
	default:
		s.Column, s.Down = "", false
	}
}

// Order is all tasks in one order.
type Order struct {
	Sorting Sorting
	Rows    []int32
	Groups  []Group // in order; nil if not grouped
	of      []int32 // group of each task
}

// Group is a heading over tasks. Name is a unit or section, a
// ledger.StatusKind, or a month as 2006-01; "" where a task has none.
type Group struct{ Name string }

// GroupOf is the position in o.Groups of the group that task n stands under.
func (o *Order) GroupOf(n int32) int32 { return o.of[n] }

// Order puts the tasks in order. It takes some 100 ms for 100,000 tasks: call
// it away from the interface.
func (x *Index) Order(s Sorting) *Order {
	o := &Order{Sorting: s, Rows: x.natural}
	if s == (Sorting{}) {
		return o
	}
	o.Rows = slices.Clone(x.natural)
	x.group(o)
	compare := x.comparer(s.Column)
	slices.SortStableFunc(o.Rows, func(a, b int32) int {
		if o.of != nil {
			if c := cmp.Compare(o.of[a], o.of[b]); c != 0 {
				return c
			}
		}
		if compare == nil {
			return 0
		}
		return compare(a, b, s.Down)
	})
	return o
}

// group gives every task its group, and the groups their order.
func (x *Index) group(o *Order) {
	var name func(*ledger.Task) string
	var less func(a, b string) int
	switch o.Sorting.Group {
	case ByUnit:
		rank := map[string]int{}
		for i, u := range x.Ledger.ByUnit {
			rank[u.Unit] = i + 1
		}
		name = func(t *ledger.Task) string { return t.Lead }
		less = func(a, b string) int { return cmp.Compare(rank[a], rank[b]) }
	case BySection:
		name = func(t *ledger.Task) string { return t.Section }
	case ByStatus:
		name = func(t *ledger.Task) string { return string(t.Status.Kind) }
		less = func(a, b string) int { return cmp.Compare(statusRank(a), statusRank(b)) }
	case ByMonth:
		name = func(t *ledger.Task) string {
			if t.Deadline.Due.IsZero() {
				return ""
			}
			return t.Deadline.Due.Format("2006-01")
		}
		less = func(a, b string) int {
			if (a == "") != (b == "") {
				return len(b) - len(a) // without a date: last
			}
			return cmp.Compare(a, b)
		}
	default:
		return
	}
	seen := map[string]int32{}
	var names []string
	o.of = make([]int32, x.Len())
	for i, t := range x.Ledger.Tasks {
		n := name(t)
		g, ok := seen[n]
		if !ok {
			g = int32(len(names))
			seen[n] = g
			names = append(names, n)
		}
		o.of[i] = g
	}
	sorted := slices.Clone(names)
	if less != nil {
		slices.SortStableFunc(sorted, less)
	}
	place := make([]int32, len(names))
	for i, n := range sorted {
		place[seen[n]] = int32(i)
		o.Groups = append(o.Groups, Group{n})
	}
	for i := range o.of {
		o.of[i] = place[o.of[i]]
	}
}

func statusRank(kind string) int {
	return slices.Index([]string{string(ledger.NotStarted), string(ledger.InProgress), string(ledger.Ongoing), string(ledger.Done)}, kind) & 7
}

// comparer compares two tasks by a column; tasks without a value come last in
// either direction. nil for the workbook's order.
func (x *Index) comparer(column string) func(a, b int32, down bool) int {
	tasks := x.Ledger.Tasks
	switch column {
	case "":
		return nil
	case ledger.FieldDeadline:
		return byDay(len(tasks), func(i int) time.Time { return tasks[i].Deadline.Due })
	case ledger.FieldStatus:
		return byNumber(len(tasks), func(i int) (int64, bool) { return int64(statusRank(string(tasks[i].Status.Kind))), true })
	case StateColumn:
		return byNumber(len(tasks), func(i int) (int64, bool) {
			k, days := State(tasks[i], x.Ledger.Today)
			if k == Soon {
				days = -days
			}
			return -(int64(k)<<32 + int64(days)), k != Quiet
		})
	case ledger.FieldLead:
		rank := make(map[string]int, len(x.Ledger.ByUnit))
		for i, u := range x.Ledger.ByUnit {
			rank[u.Unit] = i
		}
		return byNumber(len(tasks), func(i int) (int64, bool) { return int64(rank[tasks[i].Lead]), tasks[i].Lead != "" })
	}
	return byText(len(tasks), func(i int) string {
		v := strings.TrimSpace(tasks[i].Text(column))
		if n, err := strconv.ParseFloat(v, 64); err == nil && n >= 0 && n < 1e15 {
			v = strconv.FormatFloat(n, 'f', -1, 64)
		}
		return v
	})
}

// byText compares n rows by a text, Chinese by its pronunciation, numbers inside text
// by their value.
func byText(n int, text func(i int) string) func(a, b int32, down bool) int {
	c := collate.New(language.Chinese, collate.Numeric)
	var buf collate.Buffer
	keys := make([][]byte, n)
	seen := map[string][]byte{}
	for i := range keys {
		v := text(i)
		if v == "" {
			continue
		}
		k, ok := seen[v]
		if !ok {
			k = slices.Clone(c.KeyFromString(&buf, v))
			buf.Reset()
			seen[v] = k
		}
		keys[i] = k
	}
	return func(a, b int32, down bool) int {
		return emptyLast(keys[a] == nil, keys[b] == nil, bytes.Compare(keys[a], keys[b]), down)
	}
}

// byNumber compares n rows by a number; ok is false for a row without one.
func byNumber(n int, key func(i int) (k int64, ok bool)) func(a, b int32, down bool) int {
	keys := make([]int64, n)
	none := make([]bool, n)
	for i := range keys {
		k, ok := key(i)
		keys[i], none[i] = k, !ok
	}
	return func(a, b int32, down bool) int {
		return emptyLast(none[a], none[b], cmp.Compare(keys[a], keys[b]), down)
	}
}

// byDay compares n rows by a day; zero for a row without one.
func byDay(n int, day func(i int) time.Time) func(a, b int32, down bool) int {
	return byNumber(n, func(i int) (int64, bool) {
		d := day(i)
		return d.Unix(), !d.IsZero()
	})
}

func emptyLast(a, b bool, c int, down bool) int {
	switch {
	case a && b:
		return 0
	case a:
		return 1
	case b:
		return -1
	case down:
		return -c
	}
	return c
}
