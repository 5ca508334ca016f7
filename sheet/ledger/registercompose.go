package ledger

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// ComposeLine is Compose for a task or a row of a register. A row of a register
// keeps what it is called by, as a task keeps its title.
func (l *Ledger) ComposeLine(n *Line, field, value string) (key, text string, err error) {
	if n.task != nil {
		return l.Compose(n.task, field, value)
	}
	if n.entry == nil {
		return l.composeEventValue(n, field, value)
	}
	if n.entry.Def.AppendOnly {
		return "", "", appendOnly(n.entry.Def)
	}
	key, text, err = l.composeEntry(n.entry.Def, n.Table, field, value)
	if err != nil || text != "" || n.Row == nil {
		return key, text, err
	}
	if slices.Contains(n.entry.Def.Title, key) && strings.TrimSpace(n.Table.Get(n.Row, key)) != "" &&
		n.Title == strings.TrimSpace(n.Table.Get(n.Row, key)) {
		return "", "", titleRequired()
	}
	return key, "", nil
}

// ComposeEntry is ComposeNew for a row of a register: its values by key of the
// table it is to be appended to. t is nil if the workbook has no such table yet;
// the values are then by field, for the sheet that RegisterSheet describes.
func (l *Ledger) ComposeEntry(def *RegisterDef, values map[string]string) (t *table.Table, byKey map[string]string,
	err error) {
	if t = l.registerTable(def, values); t == nil {
		t = def.blank()
		defer func() { t = nil }()
	}
	if def.Kind == KindSupervision {
		if values, err = l.completeAct(def, values); err != nil {
			return nil, nil, err
		}
	}
	byKey = map[string]string{}
	for _, field := range sortedKeys(values) {
		key, text, err := l.composeEntry(def, t, field, values[field])
		if err != nil {
			return nil, nil, atField(field, err)
		}
		if old, ok := byKey[key]; ok && old != text {
			return nil, nil, &msg.Error{Class: ErrValue, Text: msg.New("ledger.field_twice", "Field", show(field))}
		}
		if text != "" {
			byKey[key] = text
		}
	}
	if !slices.ContainsFunc(def.Title, func(f string) bool { return byKey[f] != "" }) {
		names := make([]string, 0, len(def.Title))
		for _, f := range def.Title {
			names = append(names, f+" ("+def.Field(f).Heading()+")")
		}
		return nil, nil, atField(def.Title[0], &msg.Error{Class: ErrValue,
			Text: msg.New("ledger.entry_title", "Register", show(def.Name), "Fields", strings.Join(names, " / "))})
	}
	if def.Number == FieldNumber && byKey[FieldNumber] == "" {
		if n := l.nextNumber(t); n != "" {
			byKey[FieldNumber] = n
		}
	}
	return t, byKey, nil
}

func sortedKeys(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// registerTable is the table that a new row goes to: the last one that has all
// the columns, since months follow each other, else the last; nil if there is none.
func (l *Ledger) registerTable(def *RegisterDef, values map[string]string) (best *table.Table) {
	whole := false
	for _, t := range l.Tables {
		if t.Kind != def.Kind {
			continue
		}
		all := true
		for field := range values {
			all = all && def.column(t, field) >= 0
		}
		if all || !whole {
			best, whole = t, whole || all
		}
	}
	return best
}

// blank is a table with a column for every field.
func (d *RegisterDef) blank() *table.Table {
	t := &table.Table{Kind: d.Kind, Sheet: d.Name}
	for i := range d.Fields {
		f := &d.Fields[i]
		c := table.Column{Key: f.Name, Field: f.Name, Heading: f.Heading()}
		if f.Type == DateField {
			c.Format = table.AsDate
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

// column is the column of t that a person names by field, key, heading or
// another heading that means the field; -1 if there is none.
func (d *RegisterDef) column(t *table.Table, name string) int {
	if i := columnOf(t, name); i >= 0 {
		return i
	}
	folded := table.Normalize(name)
	for i := range d.Fields {
		f := &d.Fields[i]
		if strings.EqualFold(f.Name, strings.TrimSpace(name)) ||
			slices.ContainsFunc(f.Headings, func(h string) bool { return table.Normalize(h) == folded }) {
			return t.Index(f.Name)
		}
	}
	return -1
}

// composeEntry is what is stored for what a person typed for a field.
func (l *Ledger) composeEntry(def *RegisterDef, t *table.Table, field, value string) (key, text string, err error) {
	i := def.column(t, field)
	if i < 0 {
		return "", "", noField(t, field)
	}
	c := &t.Columns[i]
	v := typed(value)
	f := def.Field(c.Key)
	switch {
	case v == "" || f == nil:
		text, err = l.value(t, i, value)
	case f.Type == DateField:
		text, err = l.entryDay(def, c, v)
	case f.Type == ChoiceField:
		text, err = l.entryChoice(f, t, i, v)
	case f.Type == UnitField && len(c.Choices) == 0:
		if text, err = l.value(t, i, value); err == nil && l.Directory.Known(text) {
			text = l.Directory.Canonical(text)
		}
	default:
		text, err = l.value(t, i, value)
	}
	if err != nil {
		return "", "", err
	}
	return c.Key, text, nil
}

// entryDay is a date of a register as the column holds it. The due day may be a
// term (3个工作日).
func (l *Ledger) entryDay(def *RegisterDef, c *table.Column, v string) (string, error) {
	d := l.ReadDay(v)
	switch {
	case d.IsDay() && (c.Format == table.AsDate || l.onlyTyped(v)):
		return d.Due.Format(time.DateOnly), nil
	case d.IsDay():
		return v, nil
	case slices.ContainsFunc(def.Clocks, func(k ClockDef) bool { return k.Due == c.Key }) && d.Fault == due.NoFault:
		if _, ok := due.ParseTerm(v); ok || d.Kind == due.Dated {
			return v, nil
		}
	}
	return "", notADate(v)
}

// entryChoice is the word for a value of a choice: what the drop-down list has,
// else the word typed, else for the name of a value (granted) the word that the
// column uses most, else its first.
func (l *Ledger) entryChoice(f *RegisterField, t *table.Table, i int, v string) (string, error) {
	c := &t.Columns[i]
	name := slices.IndexFunc(f.Values, func(o FieldValue) bool { return strings.EqualFold(o.Name, v) })
	if len(c.Choices) > 0 {
		want := f.Value(v)
		for _, item := range c.Choices {
			if fold.Text(item) == fold.Text(v) {
				return item, nil
			}
		}
		for _, item := range c.Choices {
			if want != "" && f.Value(item) == want {
				return item, nil
			}
		}
		if !c.Open {
			return "", notInList(c, v, c.Choices)
		}
	}
	if name < 0 {
		return v, nil
	}
	return f.usualWord(f.Values[name], t, c.Key), nil
}

// usualWord is the word for a value that a column of t uses most, else the value's first.
func (f *RegisterField) usualWord(v FieldValue, t *table.Table, key string) string {
	used, best := map[string]int{}, v.Words[0]
	for j := range t.Rows {
		if w := strings.TrimSpace(t.Get(&t.Rows[j], key)); w != "" && f.Value(w) == v.Name {
			if used[w]++; used[w] > used[best] {
				best = w
			}
		}
	}
	return best
}

// EntryChoices are the values a person may choose from for a field of a
// register: the drop-down list of the column, else a word for each value, the one that
// the column uses most; nil if it is no choice. Outcomes of requests come in the order of
// the yearly report. t may be nil.
func (d *RegisterDef) EntryChoices(t *table.Table, field string) []string {
	column := -1
	if t != nil {
		column = d.column(t, field)
	}
	if column >= 0 && len(t.Columns[column].Choices) > 0 {
		return slices.Clone(t.Columns[column].Choices)
	}
	f := d.Field(field)
	if f == nil {
		return nil
	}
	values := slices.Clone(f.Values)
	if d.Kind == "requests" && field == "outcome" {
		slices.SortStableFunc(values, func(a, b FieldValue) int {
			return cmp.Compare(formOrder(a.Name),
				formOrder(b.Name))
		})
	}
	var out []string
	for _, v := range values {
		word := v.Words[0]
		if column >= 0 {
			word = f.usualWord(v, t, t.Columns[column].Key)
		}
		out = append(out, word)
	}
	return out
}

// formOrder is the place of an outcome in the form of the yearly report; what the form
// does not have comes last.
func formOrder(outcome string) int {
	if i := slices.IndexFunc(Outcomes, func(o Outcome) bool { return o.Key == outcome }); i >= 0 {
		return i
	}
	return len(Outcomes)
}

// FieldNames are the names of the fields, in the order of a new sheet's columns.
func (d *RegisterDef) FieldNames() (out []string) {
	for _, f := range d.Fields {
		out = append(out, f.Name)
	}
	return out
}

// RegisterSheet describes the sheet of a register that is added when its first
// row is recorded: the usual headings, with drop-down lists of the choices.
func (l *Ledger) RegisterSheet(def *RegisterDef) ooxml.NewSheet {
	n := ooxml.NewSheet{Name: def.Name, Title: def.Name}
	if !strings.HasSuffix(def.Name, "记录") {
		n.Title += "登记簿"
	}
	var units []string
	for _, u := range l.Directory.Units() {
		units = append(units, u.Name)
	}
	columns := make([][]string, len(def.Fields))
	for i := range def.Fields {
		f := &def.Fields[i]
		n.Header = append(n.Header, f.Heading())
		n.Widths = append(n.Widths, f.width())
		switch f.Type {
		case ChoiceField:
			columns[i] = def.EntryChoices(nil, f.Name)
		case UnitField:
			columns[i] = units
			n.Open = append(n.Open, i+1) // units join the ledger later, too
		}
		if f.Type == DateField {
			n.Dates = append(n.Dates, i+1)
		}
	}
	n.Lists = lists(columns...)
	return n
}

func (f *RegisterField) width() float64 {
	w := float64(2*utf8.RuneCountInString(f.Heading()) + 2)
	switch f.Type {
	case NameType, ProseField:
		return max(w, 36)
	case DateField:
		return max(w, 13)
	case UnitField:
		return max(w, 18)
	}
	return max(w, 10)
}

// SheetFor describes the sheet of a kind of table that the workbook does not
// have yet; without a header if nobody says how it looks.
func (l *Ledger) SheetFor(kind string) ooxml.NewSheet {
	if kind == KindActivities {
		return l.ActivitySheet()
	}
	if def := l.opt.registerKind(kind); def != nil {
		return l.RegisterSheet(def)
	}
	return ooxml.NewSheet{}
}
