package dialog

import (
	"taizhang/sheet/ledger"
	"taizhang/tui/intent"
	"taizhang/tui/kit"
)

// Kinds asks which kind of event is to be recorded; with one kind, there is
// nothing to ask, and it is the form for it.
func Kinds(u *kit.Kit, unit string) Dialog {
	rules := u.Index.Ledger.Rules
	if len(rules) == 1 {
		return EventForm(u, rules[0].Kind, unit)
	}
	var items []Item
	for _, rule := range rules {
		items = append(items, Item{Label: u.Clean(rule.Name), Result: intent.PickKind{Kind: rule.Kind, Unit: unit}})
	}
	return NewList(u, u.Say("tui.record.kind"), items)
}

// EventForm asks for an event.
func EventForm(u *kit.Kit, kind, unit string) *Form {
	name := kind
	for _, rule := range u.Index.Ledger.Rules {
		if rule.Kind == kind {
			name = rule.Name
		}
	}
	items := []formItem{
		{key: ledger.EventUnit, must: true, choices: u.UnitNames(), entry: preset(unit)},
		{key: ledger.EventDate, must: true, entry: preset(u.Date(u.Index.Ledger.Today)), read: func(v string) (string, bool) { return u.ReadEventDay(v) }},
		{key: ledger.EventTopic}, {key: ledger.EventPlace}, {key: ledger.EventPeople},
		{key: ledger.EventParts}, {key: ledger.FieldEvidence}, {key: ledger.FieldRemark},
	}
	for i := range items {
		items[i].label = u.FieldName(items[i].key)
	}
	return newForm(u, u.Say("tui.record.title", "Name", u.Clean(name)), items, func(v map[string]string) intent.Intent { return intent.AddEvent{Kind: kind, Values: v} })
}

// EventNote shows all of an event, to read.
func EventNote(u *kit.Kit, v *ledger.Event) *Note {
	d := &Note{ui: u, title: u.Clean(v.KindText + " " + v.Topic)}
	for _, f := range [...][2]string{
		{ledger.EventKind, v.KindText}, {ledger.EventUnit, v.Unit}, {ledger.EventDate, v.DateText}, {ledger.EventTopic, v.Topic},
		{ledger.EventPlace, v.Place}, {ledger.EventPeople, v.People}, {ledger.EventParts, v.Parts},
		{ledger.FieldEvidence, v.Evidence}, {ledger.FieldRemark, v.Remark},
	} {
		if f[1] != "" {
			d.rows = append(d.rows, [2]string{u.FieldName(f[0]), f[1]})
		}
	}
	counts := u.Say("tui.year.yes")
	if !v.Counts {
		counts = u.Say("tui.year.no")
		if why := v.WhyNot.In(u.Lang); why != "" {
			counts = why
		}
	}
	d.rows = append(d.rows, [2]string{u.Say("tui.year.counts"), counts})
	return d
}
