package kit

import (
	"slices"
	"strings"
	"unicode"

	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
	"taizhang/tui/index"
)

// Held is what stands in a task's cell, character for character: what is shown
// of it may be folded, split or shortened.
func Held(t *ledger.Task, field string) string {
	if t.Table != nil && t.Row != nil && t.Table.Index(field) >= 0 {
		return t.Table.Get(t.Row, field)
	}
	return t.Text(field)
}

// Computed says that the workbook works a field out by itself for one of the
// tasks; "" if it does for none.
func (u *Kit) Computed(ids []string, field string) string {
	if !slices.ContainsFunc(u.Index.Ledger.Tables, func(t *table.Table) bool { return len(t.Place.Formulas) > 0 }) {
		return ""
	}
	for _, id := range ids {
		if t := u.First([]string{id}); t != nil && t.Table != nil && t.Row != nil &&
			t.Table.Computed(t.Row, t.Table.Index(field)) {
			return u.Say("tui.why.formula", "Task", u.Name(t), "Field", u.Field(field))
		}
	}
	return ""
}

// Choices are what a person may choose from for a field, nil if it is typed.
func (u *Kit) Choices(t *ledger.Task, field string) []string {
	if t.Table != nil {
		if c := u.Index.Ledger.Choices(t, field); len(c) > 0 {
			return c
		}
	}
	if field == ledger.FieldLead {
		return u.UnitNames()
	}
	return nil
}

func (u *Kit) UnitNames() []string {
	var out []string
	if d := u.Index.Ledger.Directory; d != nil {
		for _, unit := range d.Units() {
			out = append(out, unit.Name)
		}
	}
	return out
}

func (u *Kit) First(ids []string) *ledger.Task {
	for _, id := range ids {
		if n, ok := u.Index.Find(id); ok {
			return u.Index.Task(n)
		}
	}
	return nil
}

// HasColumn reports whether the tasks of the ledger have that column.
func (u *Kit) HasColumn(key string) bool {
	return slices.ContainsFunc(u.Index.Columns, func(c index.Column) bool { return c.Key == key })
}

// Editable are the columns in the order in which a coordinator needs them.
func (u *Kit) Editable() []string {
	first := []string{ledger.FieldStatus, ledger.FieldProgress, ledger.FieldOwner, ledger.FieldDeadline,
		ledger.FieldCompleted, ledger.FieldRemark}
	var out, rest []string
	for _, k := range first {
		if slices.ContainsFunc(u.Index.Columns, func(c index.Column) bool { return c.Key == k }) {
			out = append(out, k)
		}
	}
	for _, c := range u.Index.Columns {
		if !slices.Contains(first, c.Key) && c.Key != ledger.FieldWorkbook {
			rest = append(rest, c.Key)
		}
	}
	return append(out, rest...)
}

// CannotChange says why nothing can be changed just now; "" if it can.
func (u *Kit) CannotChange() string {
	switch {
	case u.ReadOnly:
		return u.Say("tui.why.readonly")
	case u.Index == nil:
		return u.Say("tui.why.loading")
	}
	return ""
}

// LedBy is the filter that finds the tasks a unit leads.
func LedBy(unit string) string {
	switch {
	case unit == "":
		return "空:牵头"
	case strings.ContainsFunc(unit, unicode.IsSpace):
		return `牵头="` + unit + `"`
	}
	return "牵头=" + unit
}
