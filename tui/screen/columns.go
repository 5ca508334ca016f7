package screen

import (
	"slices"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/tui/grid"
	"taizhang/tui/index"
	"taizhang/tui/kit"
	"taizhang/tui/theme"
)

// widths are the cells wished for by columns whose values are of a kind; other
// columns get otherWidth.
var widths = map[string]int{
	ledger.FieldNumber: 4, ledger.FieldCode: 8, ledger.FieldTitle: 24, ledger.FieldLead: 12,
	ledger.FieldStatus: 8, index.StateColumn: 10, ledger.FieldDeadline: 12, ledger.FieldOwner: 8,
	ledger.FieldLeader: 8, ledger.FieldPhone: 12, ledger.FieldCompleted: 10, ledger.FieldProgress: 24,
	ledger.FieldRequirement: 24, ledger.FieldSupport: 16,
}

const otherWidth = 14

// useful is the order of columns where the configuration names none; the rest
// follow as they stand in the workbook.
var useful = []string{
	ledger.FieldNumber, ledger.FieldTitle, ledger.FieldLead, ledger.FieldStatus, index.StateColumn,
	ledger.FieldDeadline, ledger.FieldOwner, ledger.FieldProgress,
}

// taskColumns are table columns for tasks, wished ones first or alone.
func taskColumns(u *kit.Kit, wished []string) []grid.Column {
	var keys []string
	for _, name := range wished {
		if k := u.ColumnKey(name); k != "" && !slices.Contains(keys, k) {
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
		known := k == index.StateColumn || slices.ContainsFunc(u.Index.Columns, func(c index.Column) bool { return c.Key == k })
		if !known {
			continue
		}
		w := widths[k]
		if w == 0 {
			w = otherWidth
		}
		if k == index.StateColumn && u.Lang == msg.EN {
			w = 12
		}
		title := u.Field(k)
		if k == index.StateColumn || k == ledger.FieldNumber {
			title = u.FieldName(k)
		}
		out = append(out, grid.Column{
			Key: k, Title: title, Width: max(w, min(u.Width(title)+2, 16)),
			Right: k == ledger.FieldNumber,
			Name:  k == ledger.FieldLead,
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
