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

// Sorting is how a table is ordered. The zero value is the workbook's order of tasks, and
// the order of urgency of a register's rows.
type Sorting struct {
	Column string // column key; "" for the order of the zero value
	Down   bool   // greatest first
	Group  string // ByUnit, BySection, ByStatus, ByMonth, of a register also a column; "": no groups
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

// Order is all tasks, or all rows of a register, in one order.
type Order struct {
	Sorting Sorting
	Rows    []int32
	Groups  []Group // in order; nil if not grouped
	of      []int32 // group of each row
}

// Group is a heading over rows. Name is what they have in common: a unit, the text of a
// column, a month as 2006-01, a ledger.StatusKind of tasks or a due.State of a register's
// rows; "" for rows that have none.
type Group struct{ Name string }

// GroupOf is the position in o.Groups of the group that row n stands under.
func (o *Order) GroupOf(n int32) int32 { return o.of[n] }

// Order puts the tasks in order. It takes some 100 ms for 100,000 tasks: call
// it away from the interface.
func (x *Index) Order(s Sorting) *Order {
	if s == (Sorting{}) {
		return &Order{Rows: x.natural}
	}
	o := &Order{Sorting: s, Rows: slices.Clone(x.natural)}
	o.group(x.Len(), x.grouping(s.Group))
	o.sort(x.comparer(s.Column))
	return o
}

// sort puts the rows in order: by their groups, then as compare says, if it is not nil.
func (o *Order) sort(compare func(a, b int32, down bool) int) {
	if o.of == nil && compare == nil {
		return
	}
	slices.SortStableFunc(o.Rows, func(a, b int32) int {
		if o.of != nil {
			if c := cmp.Compare(o.of[a], o.of[b]); c != 0 {
				return c
			}
		}
		if compare == nil {
			return 0
		}
		return compare(a, b, o.Sorting.Down)
	})
}

// grouping is the name of each row's group, and the order of the groups: nil for
// that in which they come first. A nil name is no grouping.
type grouping struct {
	name func(n int32) string
	less func(a, b string) int
}

// grouping is what the tasks are grouped by.
func (x *Index) grouping(by string) grouping {
	tasks := x.Ledger.Tasks
	switch by {
	case ByUnit:
		rank := map[string]int{}
		for i, u := range x.Ledger.ByUnit {
			rank[u.Unit] = i + 1
		}
		return grouping{func(n int32) string { return tasks[n].Lead },
			func(a, b string) int { return cmp.Compare(rank[a], rank[b]) }}
	case BySection:
		return grouping{func(n int32) string { return tasks[n].Section }, nil}
	case ByStatus:
		return grouping{func(n int32) string { return string(tasks[n].Status.Kind) },
			func(a, b string) int { return cmp.Compare(statusRank(a), statusRank(b)) }}
	case ByMonth:
		return byMonth(func(n int32) time.Time { return tasks[n].DueNow })
	}
	return grouping{}
}

// byMonth groups by the month of a day; rows without one come last.
func byMonth(day func(n int32) time.Time) grouping {
	name := func(n int32) string {
		if d := day(n); !d.IsZero() {
			return d.Format("2006-01")
		}
		return ""
	}
	return grouping{name, func(a, b string) int { return emptyLast(a == "", b == "", cmp.Compare(a, b), false) }}
}

// group gives each of n rows its group, and the groups their order.
func (o *Order) group(n int, by grouping) {
	if by.name == nil {
		return
	}
	seen := map[string]int32{}
	var names []string
	o.of = make([]int32, n)
	for _, row := range o.Rows {
		name := by.name(row)
		g, ok := seen[name]
		if !ok {
			g = int32(len(names))
			seen[name] = g
			names = append(names, name)
		}
		o.of[row] = g
	}
	sorted := slices.Clone(names)
	if by.less != nil {
		slices.SortStableFunc(sorted, by.less)
	}
	place := make([]int32, len(names))
	for i, name := range sorted {
		place[seen[name]] = int32(i)
		o.Groups = append(o.Groups, Group{name})
	}
	for i := range o.of {
		o.of[i] = place[o.of[i]]
	}
}

func statusRank(kind string) int {
	return slices.Index([]string{string(ledger.NotStarted), string(ledger.InProgress), string(ledger.Ongoing),
		string(ledger.Done)}, kind) & 7
}

// comparer compares two tasks by a column; tasks without a value come last in
// either direction. nil for the workbook's order.
func (x *Index) comparer(column string) func(a, b int32, down bool) int {
	tasks := x.Ledger.Tasks
	switch column {
	case "":
		return nil
	case ledger.FieldDeadline:
		return byDay(len(tasks), func(i int) time.Time { return tasks[i].DueNow })
	case ledger.FieldStatus:
		return byNumber(len(tasks), func(i int) (int64, bool) {
			return int64(statusRank(string(tasks[i].Status.Kind))),
				true
		})
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
		return byNumber(len(tasks), func(i int) (int64, bool) {
			return int64(rank[tasks[i].Lead]),
				tasks[i].Lead != ""
		})
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
