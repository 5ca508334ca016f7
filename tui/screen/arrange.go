package screen

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/edit"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/intent"
	"taizhang/tui/theme"
)

// rows are the lines of a table, and its columns.
type rows struct {
	Grid  grid.Grid
	Lines []int32        // row numbers; a negative one is a heading
	set   map[string]int // widths that the person set, by column; nil: none
}

// Len is the number of lines.
func (r *rows) Len() int { return len(r.Lines) }

// goLine puts the cursor on the nth row that is no heading, or the last, and returns how
// many there are. src is the list that the lines belong to.
func (r *rows) goLine(src grid.Source, n int) (all int) {
	last := -1
	for i, line := range r.Lines {
		if line < 0 {
			continue
		}
		if all++; all <= n {
			last = i
		}
	}
	if last >= 0 {
		r.Grid.Go(src, last)
	}
	return all
}

// Arranged is a table of many rows as a person arranges it: what the filter leaves, in an
// order, under groups that fold, in the columns of their choice. The rows are the tasks,
// or those of one register.
type Arranged struct {
	Filter  edit.Text
	Typing  bool          // keys go to the filter
	Sorting index.Sorting // wished for; Order follows
	Order   *index.Order  // nil before the first snapshot
	Matcher *index.Matcher
	Chosen  []Column // the columns that a person chose, in order; empty: those of the settings
	Found   int      // rows that the filter leaves, those of folded groups among them
	Named   string   // the saved view that is in use, "" if none is

	owner   arranger
	table   *rows
	pane    *pane
	marks   Marks
	folded  map[string]bool // groups that show only their heading, by name
	tallies []tally         // by group
}

// arranger is the list whose rows are arranged.
type arranger interface {
	grid.Source
	// makeColumns makes the columns of the table: the chosen ones, or else those of the
	// settings.
	makeColumns()
	// standing is how a row counts in the heading of its group.
	standing(n int32) (done, overdue bool)
	// heading is what stands over a group.
	heading(group string, c tally) string
	Key(k tea.KeyPressMsg) intent.Intent
}

// tally is what a group holds of what the filter leaves.
type tally struct{ rows, done, overdue int }

// Column is the key of the column under the cursor, "" if there is none.
func (a *Arranged) Column() string {
	g := &a.table.Grid
	if len(g.Columns) == 0 {
		return ""
	}
	return g.Columns[g.Column()].Key
}

// ColumnTitle is what the column under the cursor is called.
func (a *Arranged) ColumnTitle() string {
	g := &a.table.Grid
	if len(g.Columns) == 0 {
		return ""
	}
	return g.Columns[g.Column()].Title
}

// Columns are the columns as they stand.
func (a *Arranged) Columns() []grid.Column { return a.table.Grid.Columns }

// Rows are the numbers of the rows that are listed.
func (a *Arranged) Rows() []int32 {
	return slices.DeleteFunc(slices.Clone(a.table.Lines), func(n int32) bool { return n < 0 })
}

// Left are the rows that the filter leaves, in order, those of folded groups among them.
func (a *Arranged) Left() []int32 {
	if a.Order == nil {
		return nil
	}
	match := a.Matcher.Match(index.Parse(a.Filter.Value()))
	if match == nil {
		return slices.Clone(a.Order.Rows)
	}
	return slices.DeleteFunc(slices.Clone(a.Order.Rows), func(n int32) bool { return !match.Has(n) })
}

// columns makes the columns, with the sign of the order at the one that rows are sorted by.
func (a *Arranged) columns() {
	a.owner.makeColumns()
	if a.Order == nil {
		return
	}
	for i := range a.table.Grid.Columns {
		c := &a.table.Grid.Columns[i]
		if c.Key == a.Order.Sorting.Column {
			c.Sort = 1
			if a.Order.Sorting.Down {
				c.Sort = -1
			}
		}
	}
}

// Choose shows those columns; none: those of the settings.
func (a *Arranged) Choose(columns []Column) {
	a.Chosen = columns
	if a.Order != nil {
		a.columns()
	}
}

// wished are the keys of the chosen columns; their widths are noted.
func (a *Arranged) wished() []string {
	a.table.set = nil
	if len(a.Chosen) == 0 {
		return nil
	}
	a.table.set = map[string]int{}
	var keys []string
	for _, c := range a.Chosen {
		keys = append(keys, c.Key)
		a.table.set[c.Key] = c.Width
	}
	return keys
}

// asShown are the columns as they stand, with the widths that were set.
func (a *Arranged) asShown() []Column {
	var out []Column
	for _, c := range a.table.Grid.Columns {
		out = append(out, Column{Key: c.Key, Width: a.table.set[c.Key]})
	}
	return out
}

// arrange shows those columns, with the cursor on the one of that key.
func (a *Arranged) arrange(columns []Column, key string) {
	a.Choose(columns)
	g := &a.table.Grid
	if i := slices.IndexFunc(g.Columns, func(c grid.Column) bool { return c.Key == key }); i >= 0 {
		g.Side(i - g.Column())
	}
}

// MoveColumn moves the column under the cursor by n places.
func (a *Arranged) MoveColumn(n int) {
	all, i := a.asShown(), a.table.Grid.Column()
	to := i + n
	if to < 0 || to >= len(all) {
		return
	}
	c := all[i]
	all = slices.Insert(slices.Delete(all, i, i+1), to, c)
	a.arrange(all, c.Key)
}

// WidenColumn makes the column under the cursor n cells wider.
func (a *Arranged) WidenColumn(n int) {
	all, i := a.asShown(), a.table.Grid.Column()
	if i >= len(all) {
		return
	}
	all[i].Width = max(4, min(a.table.Grid.Columns[i].Width+n, 120))
	a.arrange(all, all[i].Key)
}

// ToggleColumn hides a column, or shows it at the end. The last one stays.
func (a *Arranged) ToggleColumn(key string) {
	all := a.asShown()
	i := slices.IndexFunc(all, func(c Column) bool { return c.Key == key })
	switch {
	case i < 0:
		all = append(all, Column{Key: key})
	case len(all) > 1:
		all = slices.Delete(all, i, i+1)
	}
	a.arrange(all, a.Column())
}

// Shows reports whether a column is shown.
func (a *Arranged) Shows(key string) bool {
	return slices.ContainsFunc(a.table.Grid.Columns, func(c grid.Column) bool { return c.Key == key })
}

// SortHere sorts by the column under the cursor: up, down, not at all.
func (a *Arranged) SortHere() { a.Sorting.Turn(a.Column()) }

// Refilter follows the filter's text.
func (a *Arranged) Refilter() {
	if a.Order != nil {
		a.relist(a.cursor())
	}
}

// Escape takes back, one after the other, what narrows the view: the filter, the
// marks.
func (a *Arranged) Escape() {
	switch {
	case a.Filter.Value() != "":
		a.Filter.Clear()
		a.Refilter()
	case len(a.marks) > 0:
		clear(a.marks)
	}
}

// Narrowed reports whether there is something for Escape to take back.
func (a *Arranged) Narrowed() bool { return a.Filter.Value() != "" || len(a.marks) > 0 }

// cursor is the number of the row under the cursor, -1 if there is none.
func (a *Arranged) cursor() int32 {
	if a.Order == nil {
		return -1
	}
	if i := a.table.Grid.Cursor(a.owner); i >= 0 {
		return max(-1, a.table.Lines[i])
	}
	return -1
}

// Go puts the cursor on a row. A filter that hides it is taken off, a folded group that
// holds it is opened.
func (a *Arranged) Go(n int32) {
	if match := a.Matcher.Match(index.Parse(a.Filter.Value())); match != nil && !match.Has(n) {
		a.Filter.Clear()
	}
	if a.Grouped() {
		delete(a.folded, a.Order.Groups[a.Order.GroupOf(n)].Name)
	}
	a.relist(n)
}

// takeOrder takes an order made in the background, and keeps the cursor on its row.
func (a *Arranged) takeOrder(o *index.Order) {
	keep := a.cursor()
	a.Order = o
	a.columns()
	a.relist(keep)
}

// relist lists the rows that the filter leaves, with the headings of their groups. The
// cursor goes to the row to keep, if it is listed.
func (a *Arranged) relist(keep int32) {
	t := a.table
	place := t.Grid.Line()
	match := a.Matcher.Match(index.Parse(a.Filter.Value()))
	t.Lines = t.Lines[:0]
	a.Found = 0
	group, at := int32(-1), -1
	a.tallies = make([]tally, len(a.Order.Groups))
	folded := make([]bool, len(a.Order.Groups))
	for g, group := range a.Order.Groups {
		folded[g] = a.folded[group.Name]
	}
	for _, n := range a.Order.Rows {
		if match != nil && !match.Has(n) {
			continue
		}
		a.Found++
		if a.Order.Groups != nil {
			g := a.Order.GroupOf(n)
			if g != group {
				group = g
				t.Lines = append(t.Lines, -1-g)
			}
			done, overdue := a.owner.standing(n)
			c := &a.tallies[g]
			c.rows++
			if done {
				c.done++
			}
			if overdue {
				c.overdue++
			}
			if folded[g] {
				continue
			}
		}
		if n == keep {
			at = len(t.Lines)
		}
		t.Lines = append(t.Lines, n)
	}
	switch {
	case at >= 0:
		t.Grid.Go(a.owner, at)
	case a.Typing:
		t.Grid.Go(a.owner, 0)
	default: // the row left the list: the next one takes its place
		t.Grid.Go(a.owner, place)
	}
	a.pane.detailTop = 0
}

// Group is the heading at line i; that of a folded group is a row.
func (a *Arranged) Group(i int) (string, bool) {
	if n := a.table.Lines[i]; n < 0 && !a.folded[a.Order.Groups[-1-n].Name] {
		return a.headingOf(-1 - n), true
	}
	return "", false
}

// headingOf is what stands over a group, with what it holds.
func (a *Arranged) headingOf(g int32) string {
	return a.owner.heading(a.Order.Groups[g].Name, a.tallies[g])
}

// foldedRow is the line of a folded group.
func (a *Arranged) foldedRow(g int32, style theme.Style) grid.Row {
	return grid.Row{Span: "+ " + a.headingOf(g), Styles: []theme.Style{style}}
}

// groupHere is the group that the cursor is in, or on if it is folded.
func (a *Arranged) groupHere() (g int32, ok bool) {
	if !a.Grouped() || len(a.table.Lines) == 0 {
		return 0, false
	}
	n := a.table.Lines[max(0, min(a.table.Grid.Line(), len(a.table.Lines)-1))]
	if n < 0 {
		return -1 - n, true
	}
	return a.Order.GroupOf(n), true
}

// Grouped reports whether the rows stand in groups.
func (a *Arranged) Grouped() bool { return a.Order != nil && a.Order.Groups != nil }

// Fold folds the group under the cursor, or opens it. It reports false if there
// are no groups.
func (a *Arranged) Fold() bool {
	g, ok := a.groupHere()
	if !ok {
		return false
	}
	name := a.Order.Groups[g].Name
	if a.folded == nil {
		a.folded = map[string]bool{}
	}
	a.folded[name] = !a.folded[name]
	a.relist(-1)
	for i, n := range a.table.Lines {
		if n == -1-g {
			if a.folded[name] {
				a.table.Grid.Go(a.owner, i)
			} else {
				a.table.Grid.Go(a.owner, i+1)
			}
		}
	}
	return true
}

// unfold opens the folded group that the cursor is on; false if it is on none.
func (a *Arranged) unfold() bool {
	i := a.table.Grid.Cursor(a.owner)
	return i >= 0 && a.table.Lines[i] < 0 && a.Fold()
}

// FoldAll folds every group, or opens all if every one is folded.
func (a *Arranged) FoldAll() bool {
	if !a.Grouped() {
		return false
	}
	all := true
	for _, g := range a.Order.Groups {
		all = all && a.folded[g.Name]
	}
	a.folded = map[string]bool{}
	for _, g := range a.Order.Groups {
		a.folded[g.Name] = !all
	}
	a.relist(-1)
	a.table.Grid.Go(a.owner, 0)
	return true
}

// position is the place of the cursor's row among those that are listed, from 1; 0 if
// there is none.
func (a *Arranged) position() int {
	at := 0
	for _, n := range a.table.Lines[:a.table.Grid.Cursor(a.owner)+1] {
		if n >= 0 {
			at++
		}
	}
	return at
}

// Typed takes a key for the filter; taken is false if the key is not for it.
func (a *Arranged) Typed(k tea.KeyPressMsg) (res intent.Intent, taken bool) {
	return typedFilter(&a.Filter, k, &a.Typing, a.Refilter, a.owner.Key)
}

// Insert takes pasted text for the filter.
func (a *Arranged) Insert(s string) {
	a.Filter.Insert(s)
	a.Refilter()
}
