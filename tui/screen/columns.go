package screen

import (
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/kit"
	"taizhang/tui/text"
	"taizhang/tui/theme"
)

// sampled is how many tasks are looked at to find out how wide a column's content is.
const sampled = 5000

// Widths are the cells that nearly all values of each column take. It walks over
// many tasks: call it away from the interface.
func Widths(m text.Measure, x *index.Index) map[string]int {
	out := map[string]int{}
	step := int32(max(1, x.Len()/sampled))
	for _, c := range x.Columns {
		by := step
		whole := c.Key == ledger.FieldPhone || c.Key == ledger.FieldLead
		if whole {
			by = 1 // a number that is cut cannot be called, and a unit not be told from another
		}
		var all []int
		for n := int32(0); int(n) < x.Len(); n += by {
			v := x.Task(n).Text(c.Key)
			if v == "" {
				continue
			}
			if len(v) > 200 {
				all = append(all, longText)
				continue
			}
			all = append(all, m.Width(m.Clean(v)))
		}
		if len(all) == 0 {
			continue
		}
		slices.Sort(all)
		out[c.Key] = all[min(len(all)-1, len(all)*95/100)]
		if whole {
			out[c.Key] = all[len(all)-1]
		}
	}
	for _, r := range x.Registers { // whose rows stand among the tasks
		for key, need := range map[string]int{ledger.FieldDeadline: 10, ledger.FieldLead: 12,
			ledger.FieldStatus: m.Width(m.Clean(r.Def.Name))} {
			out[key] = max(out[key], need)
		}
	}
	return out
}

// longText is the cells that a text is said to take that is too long for a table.
const longText = 60

// fitColumns gives each column the width that its content needs, as far as the
// table of w cells has room for: what a person set stays, a phone number is never
// cut, and the columns that stretch begin small; the title of a task less so.
func fitColumns(u *kit.Kit, columns []grid.Column, set map[string]int, w int) {
	most := map[bool]int{false: 14, true: 14} // names, other texts
	switch {
	case w >= 160:
		most = map[bool]int{false: 30, true: 32}
	case w >= 100:
		most = map[bool]int{false: 20, true: 26}
	}
	for i := range columns {
		c := &columns[i]
		need := u.Widths[c.Key]
		limit := most[c.Name]
		switch c.Key {
		case index.StateColumn:
			need = 10
			if u.Lang == msg.EN {
				need = 12
			}
		case ledger.FieldNumber:
			limit = 8
		case ledger.FieldPhone:
			limit = max(limit, min(need, w/2))
		case ledger.FieldTitle: // rows are told apart by it before any other column
			need, limit = max(need, 24), max(24, w*3/10)
		case ledger.FieldProgress, ledger.FieldRequirement:
			need, limit = 24, 24
		}
		title := u.Width(c.Title)
		if c.Sort != 0 {
			title += 2
		}
		c.Width = max(4, min(need, limit), min(title, 16))
		if own := set[c.Key]; own > 0 {
			c.Width = own
		}
	}
}

// useful is the order of columns where the configuration names none; the rest
// follow as they stand in the workbook.
var useful = []string{
	ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldStatus, index.StateColumn,
	ledger.FieldDeadline, ledger.FieldWorkbook, ledger.FieldOwner, ledger.FieldProgress,
}

// taskColumns are table columns for tasks, wished ones first or alone.
func taskColumns(u *kit.Kit, wished []string) []grid.Column { return rowColumns(u, wished, nil) }

// mixedColumns are table columns for tasks and rows of registers: what both go by is
// there even where no table of tasks has it.
func mixedColumns(u *kit.Kit, wished []string) []grid.Column {
	var besides []string
	if len(u.Index.Registers) > 0 {
		besides = []string{ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldDeadline,
			ledger.FieldStatus}
	}
	return rowColumns(u, wished, besides)
}

// rowColumns are the columns of the task tables, and those besides.
func rowColumns(u *kit.Kit, wished, besides []string) []grid.Column {
	var keys []string
	for _, name := range wished {
		k := u.ColumnKey(name)
		if k == "" && slices.Contains(besides, name) {
			k = name
		}
		if k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		keys = slices.Clone(useful)
		for _, c := range u.Index.Columns {
			if !slices.Contains(keys, c.Key) {
				keys = append(keys, c.Key)
			}
		}
	}
	var out []grid.Column
	for _, k := range keys {
		known := k == index.StateColumn || slices.Contains(besides, k) ||
			slices.ContainsFunc(u.Index.Columns, func(c index.Column) bool { return c.Key == k })
		if !known {
			continue
		}
		title := u.Field(k)
		if k == index.StateColumn || k == ledger.FieldNumber {
			title = u.FieldName(k)
		}
		out = append(out, grid.Column{
			Key: k, Title: title, Width: 4,
			Right: k == ledger.FieldNumber,
			Whole: k == ledger.FieldPhone,
			Name:  k == ledger.FieldLead || k == ledger.FieldSupport,
			Flex:  k == ledger.FieldTitle || k == ledger.FieldProgress || k == ledger.FieldRequirement,
			Pin:   len(out) < 2 && (k == ledger.FieldNumber || k == ledger.FieldTitle),
		})
	}
	return out
}

// row is a task as a row of a table.
func taskRow(u *kit.Kit, columns []grid.Column, t *ledger.Task, marked bool) grid.Row {
	r := grid.Row{Cells: make([]string, len(columns)), Styles: make([]theme.Style, len(columns)), Marked: marked}
	for i, c := range columns {
		switch c.Key {
		case index.StateColumn:
			r.Cells[i], r.Styles[i] = u.State(t)
		case ledger.FieldStatus:
			r.Cells[i], r.Styles[i] = u.Status(t)
		default:
			r.Cells[i] = u.Clean(t.Text(c.Key))
		}
	}
	news := u.Index.News(t.ID)
	for i, c := range columns {
		if news[c.Key] {
			r.Styles[i] = u.Theme.Changed
		}
	}
	switch {
	case u.Index.Disputed(t.ID):
		r.Flag = '!'
	case news != nil:
		r.Flag = '+'
	}
	return r
}

// Column is a column of the task table as a person wants it.
type Column struct {
	Key   string `json:"key"`
	Width int    `json:"width,omitempty"` // cells; 0: what its content needs
}
