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
func entryAmongTasks(u *kit.Kit, columns []grid.Column, e *ledger.Entry, marked bool) grid.Row {
	r := newEntryRow(u, columns, e, marked)
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

// newEntryRow is a row of a register without its cells.
func newEntryRow(u *kit.Kit, columns []grid.Column, e *ledger.Entry, marked bool) grid.Row {
	r := grid.Row{Cells: make([]string, len(columns)), Styles: make([]theme.Style, len(columns)), Marked: marked}
	switch {
	case u.Index.Disputed(e.ID):
		r.Flag = '!'
	case u.Index.News(e.ID) != nil:
		r.Flag = '+'
	}
	return r
}

// entryKeys are the columns that a register's list can have: what a row goes by and how it
// stands first, then those of the workbook in their order.
func entryKeys(r *index.Register) []string {
	has := func(key string) bool {
		return slices.ContainsFunc(r.Columns, func(c index.Column) bool { return c.Key == key })
	}
	var keys []string
	if has(r.Def.Number) {
		keys = append(keys, r.Def.Number)
	}
	if i := slices.IndexFunc(r.Def.Title, has); i >= 0 {
		keys = append(keys, r.Def.Title[i])
	}
	if len(r.Def.Clocks) > 0 {
		keys = append(keys, index.ClockColumn, index.DueColumn)
	}
	if has(r.Def.Unit) {
		keys = append(keys, r.Def.Unit)
	}
	for _, c := range r.Columns {
		if !slices.Contains(keys, c.Key) {
			keys = append(keys, c.Key)
		}
	}
	return keys
}

// entryTitle is what a column of a register's list is called.
func entryTitle(u *kit.Kit, r *index.Register, key string) string {
	switch key {
	case index.ClockColumn:
		return u.FieldName(index.StateColumn)
	case index.DueColumn:
		return u.Say("tui.register.due")
	}
	i := slices.IndexFunc(r.Columns, func(c index.Column) bool { return c.Key == key })
	if i >= 0 && u.Clean(r.Columns[i].Short) != "" {
		return u.Clean(r.Columns[i].Short)
	}
	return u.RegisterField(r.Def, key)
}

// EntryColumns are the columns that a register's list can have.
func EntryColumns(u *kit.Kit, r *index.Register) []grid.Column { return entryColumns(u, r, nil) }

// entryColumns are the columns of a register's list: those wished for that it has, or all.
func entryColumns(u *kit.Kit, r *index.Register, wished []string) []grid.Column {
	all := entryKeys(r)
	keys := slices.DeleteFunc(slices.Clone(wished), func(k string) bool { return !slices.Contains(all, k) })
	if len(keys) == 0 {
		keys = all
	}
	var out []grid.Column
	for _, k := range keys {
		f := r.Def.Field(k)
		flex := slices.Contains(r.Def.Title, k)
		out = append(out, grid.Column{
			Key: k, Width: 4, Title: entryTitle(u, r, k), Flex: flex,
			Name:  f != nil && f.Type == ledger.UnitField,
			Whole: f != nil && f.Type == ledger.PhoneType,
			Pin:   len(out) < 2 && (k == r.Def.Number || flex),
		})
	}
	return out
}

// entryRow is a row of a register in its own list.
func entryRow(u *kit.Kit, columns []grid.Column, e *ledger.Entry, marked bool) grid.Row {
	r := newEntryRow(u, columns, e, marked)
	news := u.Index.News(e.ID)
	for i, c := range columns {
		switch c.Key {
		case index.ClockColumn:
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
// table of w cells has room for; what a person set stays.
func fitEntryColumns(u *kit.Kit, columns []grid.Column, widths, set map[string]int, w int) {
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
		case c.Key == index.ClockColumn:
			need, limit = 17, 17
			if u.Lang == msg.EN {
				need, limit = 24, 24
			}
		case c.Key == index.DueColumn:
			need, limit = 10, 10
		case c.Whole:
			limit = max(most, min(need, w/2))
		case c.Flex: // what a row is about: as much of it as the screen has room for
			if limit = 18; w >= 100 {
				limit = 28
			}
			need = max(need, 18)
		case c.Pin:
			limit = 10
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
