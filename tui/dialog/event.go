package dialog

import (
	"slices"
	"strings"
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
	rule := ruleOf(u, kind)
	held := map[string]string{ledger.EventUnit: unit, ledger.EventDate: u.Date(u.Index.Ledger.Today)}
	items := eventItems(u, rule, held)
	return newForm(u, u.Say("tui.record.title", "Name", u.Clean(rule.Name)), items,
		func(v map[string]string) intent.Intent { return intent.AddEvent{Kind: kind, Values: v} })
}

// EventEdit is the form of an event that was recorded, to correct it.
func EventEdit(u *kit.Kit, v *ledger.Event) *Form {
	n := u.Index.Ledger.Line(v.ID)
	if n == nil {
		return nil
	}
	held := map[string]string{}
	for _, c := range n.Table.Columns {
		held[c.Key] = n.Table.Get(n.Row, c.Key)
	}
	items := slices.DeleteFunc(eventItems(u, ruleOf(u, v.Kind), held),
		func(it formItem) bool { return n.Table.Index(it.key) < 0 })
	before := map[string]string{}
	for _, it := range items {
		before[it.key] = held[it.key]
	}
	d := newForm(u, u.Say("tui.record.edit", "Name", u.Clean(v.KindText+" "+v.Topic)), items,
		func(values map[string]string) intent.Intent {
			return intent.ChangeEvent{ID: v.ID, Values: values, Seen: before}
		})
	d.all = true
	return d
}

func ruleOf(u *kit.Kit, kind string) ledger.RequirementRule {
	for _, rule := range u.Index.Ledger.Rules {
		if rule.Kind == kind {
			return rule
		}
	}
	return ledger.RequirementRule{Kind: kind, Name: kind}
}

// eventItems are the values of an event, as they stand. What will not count is said
// before it is saved.
func eventItems(u *kit.Kit, rule ledger.RequirementRule, held map[string]string) []formItem {
	parts := func(v string) (string, bool) {
		if len(rule.Needs) == 0 || slices.ContainsFunc(rule.Needs,
			func(w string) bool { return strings.Contains(v, w) }) {
			return "", false
		}
		return u.Say("tui.record.needs", "Words", strings.Join(rule.Needs, "、")), true
	}
	items := []formItem{
		{key: ledger.EventUnit, must: rule.ByUnit, choices: u.UnitNames()},
		{key: ledger.EventDate, must: true, read: u.ReadEventDay},
		{key: ledger.EventTopic}, {key: ledger.EventPlace}, {key: ledger.EventPeople},
		{key: ledger.EventParts, choices: rule.Needs, adds: true, read: parts}, {key: ledger.FieldEvidence},
		{key: ledger.FieldRemark},
	}
	for i := range items {
		items[i].label = u.FieldName(items[i].key)
		items[i].entry = preset(held[items[i].key])
	}
	return items
}

// EventNote shows all of an event, to read.
func EventNote(u *kit.Kit, v *ledger.Event) *Note {
	d := &Note{ui: u, title: u.Clean(v.KindText + " " + v.Topic)}
	for _, f := range [...][2]string{
		{ledger.EventKind, v.KindText}, {ledger.EventUnit, v.Unit}, {ledger.EventDate, v.DateText},
		{ledger.EventTopic, v.Topic},
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
