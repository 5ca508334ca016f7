package ledger

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// ComposeNew is Compose for all values of a new task, by field as typed; the
// result is by column key of the table it is to be appended to. A missing
// number gets the next one; the title is required.
//
// Of several task tables it is the first that has all the columns, preferably
// one in which the same unit leads already; of several such tables on one sheet,
// as pages with headings of their own make them, the last.
func (l *Ledger) ComposeNew(values map[string]string) (t *table.Table, byKey map[string]string, err error) {
	t, err = l.tableFor(values)
	if err != nil {
		return nil, nil, err
	}
	if byKey, err = l.composeAll(t, values); err != nil {
		return nil, nil, err
	}
	if byKey[titleField(t)] == "" {
		return nil, nil, atField(titleField(t), titleRequired())
	}
	if byKey[FieldNumber] == "" {
		if n := l.nextNumber(t); n != "" {
			byKey[FieldNumber] = n
		}
	}
	return t, byKey, nil
}

// composeAll composes values for columns of t; empty ones are left out.
func (l *Ledger) composeAll(t *table.Table, values map[string]string) (map[string]string, error) {
	byKey := map[string]string{}
	for _, field := range slices.Sorted(maps.Keys(values)) {
		key, text, err := l.compose(t, field, values[field])
		if err != nil {
			return nil, atField(field, err)
		}
		if old, ok := byKey[key]; ok && old != text {
			return nil, atField(field, &msg.Error{Class: ErrValue,
				Text: msg.New("ledger.field_twice", "Field", show(field))})
		}
		if text != "" {
			byKey[key] = text
		}
	}
	return byKey, nil
}

func (l *Ledger) tableFor(values map[string]string) (*table.Table, error) {
	var first, whole, led *table.Table
	lead := ""
	for f, v := range values {
		if fieldNamed(KindTasks, f) == FieldLead {
			lead = l.Directory.Canonical(v)
		}
	}
	for _, t := range l.Tables {
		if t.Kind != KindTasks {
			continue
		}
		if first == nil {
			first = t
		}
		if slices.ContainsFunc(slices.Collect(maps.Keys(values)), func(f string) bool { return columnOf(t, f) < 0 }) {
			continue
		}
		if whole == nil || whole.Sheet == t.Sheet {
			whole = t
		}
		if (led == nil || led.Sheet == t.Sheet) && lead != "" &&
			slices.ContainsFunc(l.Tasks, func(task *Task) bool { return task.Table == t && task.Lead == lead }) {
			led = t
		}
	}
	switch {
	case led != nil:
		return led, nil
	case whole != nil:
		return whole, nil
	case first != nil:
		return first, nil // composing for it tells which column is missing
	}
	return nil, &msg.Error{Class: ErrNoField, Text: msg.New("ledger.no_table")}
}

var reRunning = regexp.MustCompile(`^(\D*)(\d+)(\D*)$`)

// nextNumber continues the numbers of a table in the style of its last row; ""
// if it has none, or formulas make them. Where the task tables are numbered
// through, so that no number occurs twice, the highest of all is continued.
func (l *Ledger) nextNumber(t *table.Table) string {
	i := t.Index(FieldNumber)
	if i < 0 {
		return ""
	}
	if len(t.Rows) == 0 {
		return "1"
	}
	last := &t.Rows[len(t.Rows)-1]
	if t.Place.Formulas[a1.Ref{Row: last.Row, Col: t.Columns[i].Col}] {
		return ""
	}
	style := reRunning.FindStringSubmatch(strings.TrimSpace(t.Get(last, FieldNumber)))
	if style == nil {
		return ""
	}
	own, all := 0, 0
	times := map[int]int{}
	for _, other := range l.Tables {
		if other.Kind != t.Kind {
			continue
		}
		for j := range other.Rows {
			if g := reRunning.FindStringSubmatch(strings.TrimSpace(other.Get(&other.Rows[j], FieldNumber))); g != nil &&
				g[1] == style[1] && g[3] == style[3] {
				n := number(g[2])
				times[n]++
				all = max(all, n)
				if other == t {
					own = max(own, n)
				}
			}
		}
	}
	highest := own
	if len(times) > 0 && slices.Max(slices.Collect(maps.Values(times))) == 1 {
		highest = all
	}
	width := 1
	if strings.HasPrefix(style[2], "0") {
		width = len(style[2])
	}
	return fmt.Sprintf("%s%0*d%s", style[1], width, highest+1, style[3])
}

// ComposeEvent is ComposeNew for an event of that kind. t is nil if the
// workbook has no activities sheet yet; byKey is then by field name, for the
// sheet that ActivitySheet describes.
//
// kind is a rule's kind, name or word. The date must be a certain day, the unit
// one that the directory knows (if it is more than names found in the tasks).
func (l *Ledger) ComposeEvent(kind string, values map[string]string) (t *table.Table, byKey map[string]string,
	err error) {
	rule := ruleFor(l.Rules, kind)
	if rule == nil {
		var kinds []string
		for _, r := range l.Rules {
			kinds = append(kinds, r.Kind+" ("+show(r.Name)+")")
		}
		for _, d := range l.opt.registers() {
			kinds = append(kinds, d.Kind+" ("+show(d.Name)+")")
		}
		return nil, nil, &msg.Error{Class: ErrValue, Text: msg.New("ledger.kind_unknown", "Kind", show(kind)),
			Hint: msg.New("ledger.kind_unknown.hint", "Kinds", strings.Join(kinds, ", "))}
	}
	values = maps.Clone(values)
	t = l.activities(rule)
	if byKey, err = l.eventValues(t, values); err != nil {
		return nil, nil, err
	}
	if err = l.checkEvent(rule, byKey); err != nil {
		return nil, nil, err
	}
	if t == nil || t.Index(EventKind) >= 0 {
		byKey[EventKind] = l.kindWord(t, rule)
	}
	if t != nil {
		if i := t.Index(EventUnit); i >= 0 && byKey[EventUnit] != "" {
			if byKey[EventUnit], err = l.value(t, i, byKey[EventUnit]); err != nil {
				return nil, nil, atField(EventUnit, err)
			}
		}
	}
	return t, byKey, nil
}

// activities is the sheet for events of a rule: one with a column for the type,
// or one whose title names the rule; nil if there is none.
func (l *Ledger) activities(rule *RequirementRule) *table.Table {
	for _, t := range l.Tables {
		if t.Kind != KindActivities {
			continue
		}
		if t.Index(EventKind) >= 0 {
			return t
		}
		if r := ruleFor(l.Rules, strings.Join(t.Place.Title, " ")+" "+t.Sheet); r != nil && r.Kind == rule.Kind {
			return t
		}
	}
	return nil
}

// composeEventValue is Compose for an event: the row must stay one, with a day and,
// where its requirement is of every unit, a unit.
func (l *Ledger) composeEventValue(n *Line, field, value string) (key, text string, err error) {
	i := columnOf(n.Table, field)
	if i < 0 {
		return "", "", noField(n.Table, field)
	}
	key = n.Table.Columns[i].Key
	byKey, err := l.eventValues(n.Table, map[string]string{key: value})
	if err != nil {
		return "", "", err
	}
	if key == EventDate || key == EventUnit {
		rule := ruleFor(l.Rules, n.Table.Get(n.Row, EventKind))
		if rule == nil {
			rule = &RequirementRule{}
		}
		whole := map[string]string{EventDate: n.Table.Get(n.Row, EventDate), EventUnit: n.Table.Get(n.Row, EventUnit)}
		if whole[key] = byKey[key]; key == EventUnit {
			whole[EventDate] = "1月1日" // of which nothing is asked here
		}
		if err := l.checkEvent(rule, whole); err != nil {
			return "", "", err
		}
		byKey[key] = whole[key]
		if key == EventUnit && byKey[key] != "" {
			if byKey[key], err = l.value(n.Table, i, byKey[key]); err != nil {
				return "", "", err
			}
		}
	}
	return key, byKey[key], nil
}

// eventValues are the values by key of t's columns, or by field if t is nil.
func (l *Ledger) eventValues(t *table.Table, values map[string]string) (map[string]string, error) {
	byKey := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		key, text := fieldNamed(KindActivities, name), typed(values[name])
		if t != nil {
			i := columnOf(t, name)
			if i < 0 {
				return nil, noField(t, name)
			}
			key = t.Columns[i].Key
			if key != EventUnit { // units are checked against the directory first
				var err error
				if text, err = l.value(t, i, values[name]); err != nil {
					return nil, atField(name, err)
				}
			}
		}
		if key == "" {
			return nil, &msg.Error{Class: ErrNoField, Text: msg.New("ledger.no_field", "Field", show(name)),
				Hint: msg.New("ledger.no_field.hint", "Fields", strings.Join(ActivityFields(), ", "))}
		}
		if old, ok := byKey[key]; ok && old != text {
			return nil, &msg.Error{Class: ErrValue, Text: msg.New("ledger.field_twice", "Field", show(name))}
		}
		if text != "" {
			byKey[key] = text
		}
	}
	return byKey, nil
}

// checkEvent makes the date a day and the units canonical, or says what is
// missing.
func (l *Ledger) checkEvent(rule *RequirementRule, byKey map[string]string) error {
	v := byKey[EventDate]
	if v == "" {
		return atField(EventDate, &msg.Error{Class: ErrValue, Text: msg.New("ledger.date_required"),
			Hint: msg.New("ledger.not_a_date.hint")})
	}
	d := l.ReadDay(v)
	if d.Kind != due.Dated {
		return atField(EventDate, notADate(v))
	}
	if !d.IsDay() {
		return atField(EventDate, &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_a_day", "Value", show(v)),
			Hint: msg.New("ledger.not_a_date.hint")})
	}
	byKey[EventDate] = d.Due.Format(time.DateOnly)
	var units []string
	for _, p := range l.Directory.splitUnits(byKey[EventUnit]) {
		if l.Directory.explicit && !l.Directory.Known(p.name) {
			var known []string
			for _, u := range l.Directory.Units() {
				known = append(known, u.Name)
			}
			return atField(EventUnit, &msg.Error{Class: ErrValue,
				Text: msg.New("ledger.unit_unknown", "Unit", show(p.name)),
				Hint: msg.New("ledger.unit_unknown.hint", "Units", list(known))})
		}
		units = append(units, l.Directory.Canonical(p.name))
	}
	if len(units) == 0 && rule.ByUnit {
		return atField(EventUnit, &msg.Error{Class: ErrValue, Text: msg.New("ledger.unit_required", "Name",
			show(rule.Name))})
	}
	if len(units) > 0 {
		byKey[EventUnit] = strings.Join(units, "、")
	}
	return nil
}

// kindWord is what the activities sheet calls a rule's events.
func (l *Ledger) kindWord(t *table.Table, rule *RequirementRule) string {
	means := func(word string) bool {
		r := ruleFor(l.Rules, word)
		return r != nil && r.Kind == rule.Kind
	}
	if t != nil {
		if i := t.Index(EventKind); i >= 0 {
			for _, c := range t.Columns[i].Choices {
				if means(c) {
					return c
				}
			}
		}
	}
	for _, e := range l.Events {
		if e.Kind == rule.Kind && e.KindText != "" {
			return e.KindText
		}
	}
	for _, w := range rule.Words {
		if means(w) {
			return w
		}
	}
	return rule.Name
}
