package ledger

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
)

// Lang is the language that the workbook itself is written in, which sheets
// added to it share, whatever the language of the interface.
func (l *Ledger) Lang() msg.Lang {
	if len(l.Tables) == 0 {
		return msg.ZH
	}
	for _, t := range l.Tables {
		for _, c := range t.Columns {
			if strings.ContainsFunc(c.Heading, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				return msg.ZH
			}
		}
	}
	return msg.EN
}

// ActivityFields are the fields of the sheet that ActivitySheet describes, in
// the order of its columns.
func ActivityFields() []string {
	return []string{EventKind, EventUnit, EventDate, EventTopic, EventPlace, EventPeople, EventParts, FieldEvidence,
		FieldRemark}
}

// ActivitySheet describes the activities sheet (年度活动) that is added when the
// first event is recorded, with drop-down lists of types and units.
func (l *Ledger) ActivitySheet() ooxml.NewSheet {
	var kinds, units []string
	for i := range l.Rules {
		kinds = append(kinds, l.kindWord(nil, &l.Rules[i]))
	}
	for _, u := range l.Directory.Units() {
		units = append(units, u.Name)
	}
	say := func(key string) string { return msg.Say(l.Lang(), key) }
	return ooxml.NewSheet{
		Name:  say("ledger.sheet.activities"),
		Title: say("ledger.sheet.activities"),
		Header: []string{say("ledger.heading.kind"), say("ledger.heading.unit"), say("ledger.heading.date"),
			say("ledger.heading.topic"), say("ledger.heading.place"),
			say("ledger.heading.people"), say("ledger.heading.parts"), say("ledger.heading.evidence"),
			say("ledger.heading.remark")},
		Widths: []float64{12, 20, 13, 36, 20, 8, 20, 30, 20},
		Lists:  lists(kinds, units),
		Open:   []int{2}, // units join the ledger later, too
	}
}

// lists are drop-down choices by column. One that is too long for a list
// written into the rule itself (255 characters), or has a comma in an item, is
// left out: a cell without a list takes every value.
func lists(columns ...[]string) map[int][]string {
	out := map[int][]string{}
	for i, items := range columns {
		joined := strings.Join(items, ",")
		if len(items) > 0 && len(utf16.Encode([]rune(joined))) <= 255 && strings.Count(joined, ",") == len(items)-1 {
			out[i+1] = items
		}
	}
	return out
}
