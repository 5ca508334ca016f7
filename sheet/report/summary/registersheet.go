package summary

import (
	"slices"
	"time"

	"taizhang/sheet/ledger"
)

// registerKind is one kind of register over all the ledgers of the workbook.
type registerKind struct {
	def   *ledger.RegisterDef
	sheet string
}

// registerKinds are the registers that the ledgers have, in the order in which
// they first appear; each gets a sheet.
func registerKinds(in []Source, names *namer) (out []registerKind) {
	for _, src := range in {
		for _, r := range src.Ledger.Registers {
			if len(r.Entries) > 0 && !slices.ContainsFunc(out,
				func(k registerKind) bool { return k.def.Kind == r.Def.Kind }) {
				out = append(out, registerKind{r.Def, names.name(r.Def.Name, r.Def.Kind)})
			}
		}
	}
	return out
}

// registerSheets list every register with the clocks of its rows, the most
// urgent first.
func (b *book) registerSheets() {
	for _, k := range b.registers {
		if k.def.Kind == ledger.KindSupervision { // its rows have no clocks
			b.recordSheet(k)
			continue
		}
		var rows [][]any
		var c ledger.RegisterCounts
		for i, src := range b.in {
			r := src.Ledger.Register(k.def.Kind)
			if r == nil {
				continue
			}
			c = c.Plus(r.Counts)
			for _, e := range r.Worst() {
				day, standing, began := "", "", ""
				if m := e.Main(); m != nil {
					day, began, standing = b.dayOf(m.Due), b.dayOf(m.From), m.Standing().In(b.opt.Lang)
				}
				rows = append(rows, []any{figure(e.Number), b.labels[i], clean(e.Title), clean(e.Unit), began, day,
					ledger.StateText(e.State).In(b.opt.Lang), standing})
			}
		}
		b.listing(listing{
			sheet: k.sheet, title: b.say("report.register_title", "Title", b.title(), "Register", k.def.Name),
			empty: b.say("report.no_entries"),
			subtitle: b.say("report.register_line", "Rows", c.Rows, "Overdue", c.Overdue, "DueSoon", c.DueSoon, "Open",
				c.Open+c.Paused,
				"Done", c.Done, "Late", c.Late),
			heads: b.heads("report.col.number", "report.col.ledger", "report.col.matter", "report.col.handler",
				"report.col.began",
				"report.col.until", "report.col.state", "report.col.standing"),
			widths: []float64{14, 20, 44, 20, 13, 13, 12, 26}, left: []bool{false, true, true, true, false, false,
				false, true},
			rows: rows, tab: "2E75B6",
		})
	}
}

// dayOf is a day as text, "" for none.
func (b *book) dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
