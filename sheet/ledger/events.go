package ledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// events reads the rows of an activities sheet.
//
// A sheet without a column for the type is of one type throughout, which its
// title or name tells. An event of a collective, or of several units, is one of
// each of them.
func (b *builder) events(t *table.Table) {
	whole := ""
	if t.Index(EventKind) < 0 {
		whole = strings.Join(append(append([]string{}, t.Place.Title...), t.Sheet), " ")
	}
	seen := map[string]bool{}
	for i := range t.Rows {
		r := &t.Rows[i]
		e := &Event{
			ID:       r.ID,
			KindText: strings.TrimSpace(t.Get(r, EventKind)),
			DateText: strings.TrimSpace(t.Get(r, EventDate)),
			Topic:    t.Get(r, EventTopic),
			Place:    t.Get(r, EventPlace),
			People:   t.Get(r, EventPeople),
			Parts:    t.Get(r, EventParts),
			Evidence: t.Get(r, FieldEvidence),
			Remark:   t.Get(r, FieldRemark),
			Source:   Source{Sheet: t.Sheet, Row: r.Row},
		}
		rule := ruleFor(b.l.Rules, e.KindText)
		if rule == nil && e.KindText == "" {
			if rule = ruleFor(b.l.Rules, e.Topic); rule == nil {
				rule = ruleFor(b.l.Rules, whole)
			}
		}
		if rule != nil {
			e.Kind = rule.Kind
		} else {
			b.log.warn(t, r, EventKind, e.KindText, "ledger.unknown_kind", "Text", e.KindText)
		}
		b.eventUnits(t, r, e)
		b.eventDate(t, r, e)
		b.weigh(e)
		if e.ID == "" {
			h := hashOf("event", e.KindText, e.Unit, e.DateText, e.Topic)
			for e.ID = shortID('e', h); seen[e.ID]; e.ID = shortID('e', h) {
				h = hashOf("again", e.ID)
			}
		}
		seen[e.ID] = true
		b.l.Events = append(b.l.Events, e)
	}
}

func (b *builder) eventUnits(t *table.Table, r *table.Row, e *Event) {
	d := b.l.Directory
	var shown []string
	for _, p := range d.splitUnits(t.Get(r, EventUnit)) {
		name := d.Canonical(p.name)
		shown = append(shown, name)
		if d.explicit && !d.Known(name) {
			b.log.warn(t, r, EventUnit, name, "ledger.unknown_unit", "Unit", name)
		}
		for _, u := range d.Expand(name) {
			if !slices.Contains(e.units, u) {
				e.units = append(e.units, u)
			}
		}
	}
	e.Unit = strings.Join(shown, "、")
}

func (b *builder) eventDate(t *table.Table, r *table.Row, e *Event) {
	d := b.date(e.DateText)
	switch {
	case d.Kind == due.Dated:
		e.Date = d.Due
		if b.l.Year != 0 && d.Due.Year() != b.l.Year {
			b.log.warn(t, r, EventDate, e.DateText, "ledger.other_year", "Date", e.DateText, "Year", b.l.Year)
		}
	case d.Fault != due.NoFault:
		b.log.warnImpossible(t, r, EventDate, d)
	case e.DateText == "":
		b.log.warn(t, r, EventDate, "", "ledger.no_date")
	default:
		b.log.warn(t, r, EventDate, e.DateText, "ledger.unknown_date", "Text", e.DateText)
	}
}

// weigh tells whether the event counts towards a rule of its kind, else why it
// counts towards none.
func (b *builder) weigh(e *Event) {
	if e.Kind == "" {
		e.WhyNot = msg.New("ledger.not_counted_kind")
		return
	}
	for i := range b.l.Rules {
		rule := &b.l.Rules[i]
		if rule.Kind != e.Kind {
			continue
		}
		if e.WhyNot = e.against(rule, b.l); e.WhyNot.IsZero() {
			e.Counts = true
			return
		}
	}
}

// counts reports whether the event counts towards the rule, whatever its unit.
func (e *Event) counts(rule *RequirementRule, l *Ledger) bool {
	return e.Kind == rule.Kind && e.Kind != "" && e.against(rule, l).IsZero()
}

// against is what speaks against counting the event; zero if nothing does.
func (e *Event) against(rule *RequirementRule, l *Ledger) msg.Text {
	switch {
	case e.Date.IsZero():
		return msg.New("ledger.not_counted_date")
	case l.Year != 0 && e.Date.Year() != l.Year:
		return msg.New("ledger.not_counted_year", "Year", l.Year)
	case e.Date.After(l.Today):
		return msg.New("ledger.not_counted_future", "Date", e.Date.Format(time.DateOnly))
	case rule.ByUnit && len(e.units) == 0:
		return msg.New("ledger.not_counted_unit")
	case len(rule.Needs) > 0:
		said := fold.Text(e.Parts + "\n" + e.Topic + "\n" + e.Remark)
		for _, w := range rule.Needs {
			if f := fold.Text(w); f != "" && strings.Contains(said, f) {
				return msg.Text{}
			}
		}
		return msg.New("ledger.not_counted_parts", "Words", strings.Join(rule.Needs, "、"))
	}
	return msg.Text{}
}
