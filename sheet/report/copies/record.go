package copies

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// recordRoom is how many rows a unit's copy has for entries of its own.
const recordRoom = 20

// onlyRecord reports whether a sheet of the ledger has the supervision record and
// nothing else.
func (c *copier) onlyRecord(sheet string) bool {
	here := func(fits func(*table.Table) bool) bool {
		return slices.ContainsFunc(c.l.Tables, func(t *table.Table) bool { return t.Sheet == sheet && fits(t) })
	}
	is := func(t *table.Table) bool { return t.Kind == ledger.KindSupervision }
	return here(is) && !here(func(t *table.Table) bool { return !is(t) })
}

// head is the ledger with the rows' ids and with the supervision record.
func (c *copier) head() *ledger.Ledger {
	if c.o.Head != nil {
		return c.o.Head
	}
	return c.l
}

// addRecord gives the copy a small sheet of the supervision record, where the office
// supervises: what the record says publicly to the unit, and below it room in which the
// unit writes a receipt, a report, a request for an extension, or that the task is not
// its own, each chosen from lists. It is the same whether the record stands in the
// ledger's workbook or beside it.
func (c *copier) addRecord() error {
	l := c.head()
	if !l.Supervised() {
		return nil
	}
	def := l.RegisterDef(ledger.KindSupervision)
	n := l.RegisterSheet(def)
	if r := l.Register(ledger.KindSupervision); r != nil {
		n.Name = r.Tables[0].Sheet
	}
	wb, err := ooxml.Read(c.o.Path, c.out.Data, ooxml.Options{Password: c.o.Password})
	if err != nil {
		return err
	}
	n.Name = wb.FreeSheetName(n.Name)
	var labels []string
	isGiven := l.GivenTo(c.unit)
	for _, t := range l.Tasks {
		if isGiven(ledger.KindTasks, t.ID) || slices.Contains(t.Leads, c.unit) {
			labels = append(labels, l.Label(t.ID))
		}
	}
	for _, r := range l.Registers {
		for _, e := range r.Entries {
			if e.Kind != ledger.KindSupervision && isGiven(r.Def.Kind, e.ID) {
				labels = append(labels, l.Label(e.ID))
			}
		}
	}
	if len(labels) == 0 {
		return nil
	}
	var kinds []string
	for _, k := range ledger.UnitActs {
		for _, v := range def.Field(ledger.ActKindOf).Values {
			if v.Name == string(k) {
				kinds = append(kinds, v.Words[0])
			}
		}
	}
	n.Title = msg.Say(msg.ZH, "split.record_title", "Kinds", strings.Join(kinds, "、"))
	n.Lists = map[int][]string{}
	for i, f := range def.FieldNames() {
		switch f {
		case ledger.ActTask:
			n.Lists[i+1] = labels
			n.Widths[i] = 40
		case ledger.ActUnit:
			n.Lists[i+1] = []string{c.unit}
		case ledger.ActKindOf:
			n.Lists[i+1] = kinds
		}
	}
	for _, a := range l.Acts {
		if slices.Contains(a.Entry.Units, c.unit) && !a.Entry.Private() {
			n.Rows = append(n.Rows, valuesOf(def, a.Entry))
		}
	}
	for range recordRoom {
		n.Rows = append(n.Rows, make([]ooxml.Value, len(n.Header)))
	}
	if err := wb.AddSheet(n); err != nil {
		return err
	}
	c.record = n.Name
	c.out.Data, err = wb.Bytes()
	return err
}

// valuesOf are the cells of an entry as they stand on the sheet.
func valuesOf(def *ledger.RegisterDef, e *ledger.Entry) []ooxml.Value {
	var out []ooxml.Value
	for _, f := range def.Fields {
		v := e.Get(f.Name)
		switch d, err := time.Parse(time.DateOnly, v); {
		case v == "":
			out = append(out, ooxml.Value{})
		case err == nil && f.Type == ledger.DateField && d.Year() >= due.MinYear:
			out = append(out, ooxml.DateValue(d))
		default:
			out = append(out, ooxml.TextValue(v))
		}
	}
	return out
}
