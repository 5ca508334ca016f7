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

// How rows of registers stand in tables: among tasks, and in a list of their own.

// entryAmongTasks is a row of a register in a table whose columns are those of
// tasks.
func entryAmongTasks(u *kit.Kit, columns []grid.Column, e *ledger.Entry) grid.Row {
	r := grid.Row{Cells: make([]string, len(columns)), Styles: make([]theme.Style, len(columns)), Flag: entryFlag(u, e)}
	for i, c := range columns {
		switch c.Key {
		case index.StateColumn:
			r.Cells[i], r.Styles[i] = u.EntryStateShort(e)
		case ledger.FieldNumber: // a piece of a long one (2022-17) would be another number
			if number := u.Clean(e.Number); u.Width(number) <= c.Width {
				r.Cells[i] = number
			}
		case ledger.FieldTitle:
			r.Cells[i] = u.Clean(e.Title)
		case ledger.FieldLead:
			r.Cells[i] = u.Clean(e.Unit)
		case ledger.FieldDeadline:
			r.Cells[i] = u.Date(index.DueOf(e))
		case ledger.FieldStatus:
			r.Cells[i], r.Styles[i] = u.Clean(e.Def.Name), u.Theme.Dim
		case ledger.FieldProgress:
			if m := e.Main(); m != nil {
				r.Cells[i] = u.ClockLine(e, m)
			}
		default:
			r.Cells[i] = u.Clean(e.Get(c.Key))
		}
	}
	return r
}

func entryFlag(u *kit.Kit, e *ledger.Entry) byte {
	switch {
	case u.Index.Disputed(e.ID):
		return '!'
	case u.Index.News(e.ID) != nil:
		return '+'
	}
	return 0
}

// entryColumns are the columns of a register's list: what a row goes by and how it
// stands first, then those of the workbook in their order.
func entryColumns(u *kit.Kit, r *index.Register) []grid.Column {
	keys := []string{r.Def.Number}
	for _, f := range r.Def.Title {
		if slices.ContainsFunc(r.Columns, func(c index.Column) bool { return c.Key == f }) {
			keys = append(keys, f)
			break
		}
	}
	keys = append(keys, index.StateColumn, index.DueColumn, r.Def.Unit)
	for _, c := range r.Columns {
		if !slices.Contains(keys, c.Key) {
			keys = append(keys, c.Key)
		}
	}
	var out []grid.Column
	for _, k := range keys {
		c := grid.Column{Key: k, Width: 4}
		switch k {
		case index.StateColumn:
			c.Title = u.FieldName(k)
		case index.DueColumn:
			c.Title = u.Say("tui.register.due")
		default:
			i := slices.IndexFunc(r.Columns, func(c index.Column) bool { return c.Key == k })
			if i < 0 {
				continue
			}
			if c.Title = u.Clean(r.Columns[i].Short); c.Title == "" {
				c.Title = u.RegisterField(r.Def, k)
			}
		}
		f := r.Def.Field(k)
		c.Name = f != nil && f.Type == ledger.UnitField
		c.Whole = f != nil && f.Type == ledger.PhoneType
		c.Flex = slices.Contains(r.Def.Title, k)
		c.Pin = len(out) < 2 && (k == r.Def.Number || c.Flex)
		out = append(out, c)
	}
	return out
}

// entryRow is a row of a register in its own list.
func entryRow(u *kit.Kit, columns []grid.Column, e *ledger.Entry, marked bool) grid.Row {
	r := grid.Row{Cells: make([]string, len(columns)), Styles: make([]theme.Style, len(columns)), Marked: marked, Flag: entryFlag(u, e)}
	news := u.Index.News(e.ID)
	for i, c := range columns {
		switch c.Key {
		case index.StateColumn:
			r.Cells[i], r.Styles[i] = u.EntryState(e)
		case index.DueColumn:
			r.Cells[i] = u.Date(index.DueOf(e))
		default:
			r.Cells[i] = u.Clean(e.Get(c.Key))
		}
		if news[c.Key] {
			r.Styles[i] = u.Theme.Changed
		}
	}
	return r
}

// entryWidths are the cells that nearly all values of each column take. It walks
// over many rows: call it away from the interface.
func entryWidths(m text.Measure, r *index.Register) map[string]int {
	out := map[string]int{}
	for _, c := range r.Columns {
		by := max(1, r.Len()/sampled)
		f := r.Def.Field(c.Key)
		whole := f != nil && f.Type == ledger.PhoneType
		if whole {
			by = 1 // a number that is cut cannot be called
		}
		var all []int
		for n := 0; n < r.Len(); n += by {
			switch v := r.Entries[n].Get(c.Key); {
			case v == "":
			case len(v) > 200:
				all = append(all, longText)
			default:
				all = append(all, m.Width(m.Clean(v)))
			}
		}
		if len(all) == 0 {
			continue
		}
		slices.Sort(all)
		if out[c.Key] = all[min(len(all)-1, len(all)*95/100)]; whole {
			out[c.Key] = all[len(all)-1]
		}
	}
	return out
}

// fitEntryColumns gives each column the width that its content needs, as far as a
// table of w cells has room for.
func fitEntryColumns(u *kit.Kit, columns []grid.Column, widths map[string]int, w int) {
	most := 14
	switch {
	case w >= 160:
		most = 30
	case w >= 100:
		most = 20
	}
	for i := range columns {
		c := &columns[i]
		need, limit := widths[c.Key], most
		switch {
		case c.Key == index.StateColumn:
			need, limit = 17, 17
			if u.Lang == msg.EN {
				need, limit = 24, 24
			}
		case c.Key == index.DueColumn:
			need, limit = 10, 10
		case c.Whole:
			limit = max(most, min(need, w/2))
		case c.Flex:
			need, limit = 18, 18
		case c.Pin:
			limit = 10
		}
		title := u.Width(c.Title)
		if c.Sort != 0 {
			title += 2
		}
		c.Width = max(4, min(need, limit), min(title, 16))
	}
}
