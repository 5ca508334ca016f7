package ledger

import (
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/table"
)

// registerSchemas say how the tables of registers look.
func registerSchemas(opt Options) (out []table.Schema) {
	defs := opt.registers()
	for i := range defs {
		d := &defs[i]
		out = append(out, table.Schema{
			Kind: d.Kind, Words: d.Words, Need: d.Need, Foreign: d.Foreign, Own: d.Own,
			Min: max(3, len(d.Need)), Least: leastRegister, Fields: withHeadings(d.Kind, d.tableFields(), opt),
		})
	}
	return out
}

// leastRegister is the evidence that a register's needed fields must have.
const leastRegister = 1.9

// tableFields are the fields as package table looks for them.
func (d *RegisterDef) tableFields() []table.Field {
	types := map[FieldType]table.Type{
		DateField: table.DateValue, CodeField: table.Code, NumberType: table.Counter, AmountField: table.Amount,
		NameType: table.Name, ProseField: table.Prose,
		GroupField: table.Group, UnitField: table.UnitName, PersonField: table.Person, PhoneType: table.Phone,
		LinkField: table.Link, ChoiceField: table.State,
	}
	out := make([]table.Field, 0, len(d.Fields)+1)
	for i := range d.Fields {
		f := &d.Fields[i]
		t := table.Field{Name: f.Name, Headings: f.Headings, Parts: f.Parts, Hints: f.Hints, Not: f.Not,
			Type: types[f.Type]}
		if f.Name == d.Number {
			t.Type = table.AnyValue // a running number or a code
		}
		switch f.Type {
		case ChoiceField:
			t.Means = func(v string) bool { return f.Value(v) != "" }
		case CycleField:
			t.Means = func(v string) bool { _, ok := due.CycleTerm(v); return ok }
		}
		out = append(out, t)
	}
	if len(d.Others) > 0 {
		out = append(out, table.Field{Headings: d.Others})
	}
	return out
}
