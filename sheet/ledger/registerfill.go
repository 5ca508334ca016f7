package ledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// DueCell is an empty cell for the due day of a row, and the day that the rules
// make of the row.
type DueCell struct {
	Entry *Entry
	Field string
	Clock *RowClock
	Day   time.Time
}

// DueCells are the empty cells for due days that can be filled, in the order of
// the ledger; kind "" is all registers. A cell with a formula, or merged over
// several rows, is none of them.
//
// A day that may still move is left out, since a typed due day wins over a
// computed one for good: unsure are the rows whose clock stands still, runs
// through a year without a table of holidays, or began on a day that has to be
// confirmed.
func (l *Ledger) DueCells(kind string) (cells []DueCell, unsure []*Entry) {
	for _, r := range l.Registers {
		if kind != "" && r.Def.Kind != kind {
			continue
		}
		for _, e := range r.Entries {
			cell, state := e.dueCell()
			switch state {
			case dueKnown:
				cells = append(cells, cell)
			case dueMoves:
				unsure = append(unsure, e)
			}
		}
	}
	return cells, unsure
}

type dueCellState uint8

const (
	dueNothing dueCellState = iota // no cell to fill, or nothing to fill it with
	dueKnown
	dueMoves
)

func (e *Entry) dueCell() (DueCell, dueCellState) {
	for i := range e.Clocks {
		c := &e.Clocks[i]
		col := e.Table.Index(c.Def.Due)
		if c.Def.Due == "" || col < 0 || e.Get(c.Def.Due) != "" || e.Table.Computed(e.Row, col) || e.Row.Row > 0 &&
			len(e.Table.Shared(e.Row.Row, c.Def.Due)) > 1 {
			continue
		}
		if c.Computed.IsZero() || c.State == due.Ended || c.State == due.NoClock {
			if c.State == due.Paused {
				return DueCell{}, dueMoves
			}
			continue
		}
		if c.State == due.Paused || c.Provisional || c.Unconfirmed {
			return DueCell{}, dueMoves
		}
		return DueCell{Entry: e, Field: c.Def.Due, Clock: c, Day: c.Computed}, dueKnown
	}
	return DueCell{}, dueNothing
}

// HasDueCells reports whether a register has a column for due days that a clock
// computes.
func (r *Register) HasDueCells() bool {
	return slices.ContainsFunc(r.Def.Clocks, func(c ClockDef) bool {
		return c.Due != "" && slices.ContainsFunc(r.Tables, func(t *table.Table) bool { return t.Index(c.Due) >= 0 })
	})
}

// Draft reads values that nobody has saved yet as a row of a register, so that its
// clocks can be shown while a person types. Values are by key of t, or by field
// where t is nil; what cannot be understood stands as it was typed.
func (l *Ledger) Draft(def *RegisterDef, t *table.Table, values map[string]string) *Entry {
	if t == nil {
		t = def.blank()
	}
	row := table.Row{Values: make([]string, len(t.Columns))}
	for name, v := range values {
		i := def.column(t, name)
		if i < 0 {
			continue
		}
		if _, text, err := l.composeEntry(def, t, t.Columns[i].Key, v); err == nil {
			v = text
		}
		row.Values[i] = v
	}
	one := *t
	one.Rows = []table.Row{row}
	r := &Register{Def: def}
	newBuilder(l, l.opt).register(r, &one)
	return r.Entries[0]
}

// EntryTable is the table that a new row with these values goes to, nil if the
// ledger has none of the kind.
func (l *Ledger) EntryTable(def *RegisterDef, values map[string]string) *table.Table {
	return l.registerTable(def, values)
}

// Why says how a clock comes to its due day: from which day on, how long, what is
// not counted, and by which law; or what is missing. It is the zero Text where
// there is nothing to say.
func (l *Ledger) Why(e *Entry, c *RowClock) msg.Text {
	day := func(d time.Time) string { return d.Format("1-02") }
	switch {
	case c.Clock.Stopped:
		return msg.Text{}
	case c.Clock.Waiting:
		return msg.New("ledger.clock_why.waiting", "Name", e.label(c.Def.Waiting[1]))
	case len(c.Clock.Within) == 0 && !c.Clock.Typed.IsZero():
		return msg.New("ledger.clock_why.typed")
	case c.From.IsZero():
		var names []string
		for _, f := range c.Def.From {
			if e.Table.Index(f) >= 0 && len(names) < 2 {
				names = append(names, e.label(f))
			}
		}
		if len(names) == 0 {
			return msg.Text{}
		}
		return msg.New("ledger.clock_why.no_start", "Names", strings.Join(names, " / "))
	case c.Computed.IsZero():
		return msg.Text{}
	}
	pairs := []any{"Name", e.label(c.startField()), "From", day(c.From), "Within", termText(l.shortest(c)), "Day",
		day(c.Computed), "Law", c.Def.Law}
	if len(c.Clock.Extended) > 0 {
		pairs = append(pairs, "Longer", termText(c.Clock.Extended[0]))
	} else {
		pairs = append(pairs, "Longer", "")
	}
	if c.PausedDays > 0 {
		unit := due.CalendarDays
		if c.Counted == due.Workdays {
			unit = due.Workdays
		}
		pairs = append(pairs, "Paused", termText(due.Term{N: c.PausedDays, Unit: unit}), "Pause", e.pauses(c))
	} else {
		pairs = append(pairs, "Paused", "", "Pause", "")
	}
	return msg.New("ledger.clock_why.count", pairs...)
}

// pauses names what the clock stood still for.
func (e *Entry) pauses(c *RowClock) string {
	var names []string
	for _, p := range c.Spans {
		if name := e.label(p.Field); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "、")
}

// startField is the field that day 0 was taken from.
func (c *RowClock) startField() string {
	for _, s := range slices.Backward(c.Starts) {
		if s.Day.Equal(c.From) {
			return s.Field
		}
	}
	return ""
}

// shortest is the term that the computed day comes from, of those that hold at once.
func (l *Ledger) shortest(c *RowClock) due.Term {
	for _, t := range c.Clock.Within {
		one := c.Clock
		one.Within = []due.Term{t}
		if one.Read(l.Calendar, l.Today).Computed.Equal(c.Computed) {
			return t
		}
	}
	return c.Clock.Within[0]
}

func termText(t due.Term) msg.Text { return msg.New("ledger.term."+string(t.Unit), "N", t.N) }

// Steps are the days of the clock, one after the other; nil if it has no computed
// day.
func (l *Ledger) Steps(c *RowClock) []due.Step { return c.Clock.Steps(l.Calendar, l.Today) }

// StepText is what a day is to a clock.
func StepText(s due.Step) msg.Text {
	switch {
	case s.Kind == due.StepCounted && s.Work:
		return msg.New("ledger.step.makeup", "N", s.N, "Name", s.Name)
	case s.Kind == due.StepCounted:
		return msg.New("ledger.step.counted", "N", s.N)
	case s.Kind == due.StepRest && s.Name != "":
		return msg.New("ledger.step.holiday", "Name", s.Name)
	}
	return msg.New("ledger.step." + string(s.Kind))
}

// OrderedBy are the registers that a task orders: those for which the task's title
// or requirement has a word of their orders.
func (l *Ledger) OrderedBy(t *Task) (out []*Register) {
	for _, r := range l.Registers {
		if slices.ContainsFunc(r.Def.Orders, func(w string) bool {
			return strings.Contains(t.Title, w) ||
				strings.Contains(t.Requirement, w)
		}) {
			out = append(out, r)
		}
	}
	return out
}

// Figures are a register in a sentence, as it stands in a report on the task that
// ordered it: how many came in this year, how many were answered in time, how many
// are open and when the next one falls due.
func (l *Ledger) Figures(r *Register) msg.Text {
	if len(r.Def.Clocks) == 0 {
		return msg.New("ledger.figures.rows", "Rows", r.Counts.Rows)
	}
	var came, carried, done, late, ended, open, over int
	var next time.Time
	for _, e := range r.Entries {
		c := e.Main()
		if c == nil {
			came++
			continue
		}
		var first time.Time
		if len(c.Starts) > 0 {
			first = c.Starts[0].Day
		}
		before := l.Year > 0 && !first.IsZero() && first.Year() < l.Year && len(c.Def.Until) > 0
		switch {
		case before && c.Finished() && (c.Until.IsZero() || c.Until.Year() < l.Year):
			continue // an earlier year's business
		case before:
			carried++
		default:
			came++
		}
		switch c.State {
		case due.Done:
			done++
		case due.Late:
			late++
		case due.Ended:
			ended++
		case due.NoClock, due.Unclear:
		case due.Overdue:
			over++
			open++
		default:
			open++
			if !c.Due.IsZero() && (next.IsZero() || c.Due.Before(next)) {
				next = c.Due
			}
		}
	}
	pairs := []any{"Do", r.Def.Clocks[0].Name, "New", came, "Carried", carried, "Done", done, "Late", late, "Ended",
		ended, "Open", open, "Over", over, "Next", ""}
	if !next.IsZero() {
		pairs[len(pairs)-1] = next.Format("1-02")
	}
	if !slices.ContainsFunc(r.Def.Clocks, func(c ClockDef) bool { return len(c.Until) > 0 }) {
		return msg.New("ledger.figures.cycle", append(pairs, "InTime", open-over)...)
	}
	return msg.New("ledger.figures.replies", pairs...)
}
