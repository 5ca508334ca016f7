package bulletin

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger"
)

// RegisterFigures tell how rows of registers were handled in a period.
type RegisterFigures struct {
	Settled int // in the period
	OnTime  int // of these, by their day
	Open    int // at its end
	Overdue int // of these
}

func (f *RegisterFigures) add(o RegisterFigures) {
	f.Settled += o.Settled
	f.OnTime += o.OnTime
	f.Open += o.Open
	f.Overdue += o.Overdue
}

// Register is how a register stands, now and the period before.
type Register struct {
	Def         *ledger.RegisterDef
	Now, Before RegisterFigures
}

// handled is what became of a row in a period, by the dates that the row itself
// bears: they tell of earlier periods too.
func handled(e *ledger.Entry, p Period) (f RegisterFigures) {
	c := e.Main()
	if c == nil || came(c).After(p.To) {
		return f
	}
	settled := c.Finished() && (c.Until.IsZero() || !c.Until.After(p.To))
	switch {
	case settled && p.has(c.Until):
		f.Settled = 1
		if c.Due.IsZero() || !c.Until.After(c.Due) {
			f.OnTime = 1
		}
	case !settled:
		f.Open = 1
		if !c.Due.IsZero() && c.Due.Before(p.To) {
			f.Overdue = 1
		}
	}
	return f
}

// came is the day on which a row began to count, zero if it does not say.
func came(c *ledger.RowClock) (first time.Time) {
	for _, s := range c.Starts {
		if first.IsZero() || s.Day.Before(first) {
			first = s.Day
		}
	}
	return first
}

// registers counts the rows of registers, for each of them and for the units that
// handle them. A row counts once, for its first unit.
func (b *Bulletin) registers(of func(unit string) *Unit) {
	for _, reg := range b.Ledger.Registers {
		if len(reg.Def.Clocks) == 0 {
			continue
		}
		r := Register{Def: reg.Def}
		for _, e := range reg.Entries {
			now, before := handled(e, b.Period), handled(e, b.Before)
			if !b.KnownBefore {
				before = RegisterFigures{}
			}
			r.Now.add(now)
			r.Before.add(before)
			for _, u := range []*Unit{of(e.Unit), &b.Total} {
				u.Now.Rows.add(now)
				u.Before.Rows.add(before)
			}
		}
		if r.Now != (RegisterFigures{}) || r.Before != (RegisterFigures{}) {
			b.Registers = append(b.Registers, r)
		}
	}
}

// registerText is a sentence for each register.
func (w *writer) registerText() {
	if len(w.Registers) == 0 {
		return
	}
	w.heading("bulletin.registers")
	for _, r := range w.Registers {
		n, p := r.Now, r.Before
		if r.Def.IsInventory() { // its rows are renewed, not settled
			w.out.Text(w.say("bulletin.inventory", "Register", r.Def.Name, "Count", n.Open, "Overdue", n.Overdue,
				"OverdueThan", w.than(n.Overdue, p.Overdue)))
			continue
		}
		w.out.Text(w.say("bulletin.register", "Register", r.Def.Name, "Settled", n.Settled, "SettledThan",
			w.than(n.Settled, p.Settled),
			"OnTime", n.OnTime, "Late", n.Settled-n.OnTime, "Percent", percent(n.OnTime, n.Settled),
			"Open", n.Open, "Overdue", n.Overdue, "OverdueThan", w.than(n.Overdue, p.Overdue)))
	}
	var late []string
	units := slices.Clone(w.Units)
	slices.SortStableFunc(units, func(a, b Unit) int { return b.Now.Rows.Overdue - a.Now.Rows.Overdue })
	for _, u := range units {
		if u.Now.Rows.Overdue > 0 {
			late = append(late, w.say("bulletin.register_unit", "Unit", u.Name, "Count", u.Now.Rows.Overdue))
		}
	}
	if len(late) > 0 {
		w.out.Text(w.say("bulletin.register_late", "Units", strings.Join(late, w.say("remind.and"))))
	}
}
