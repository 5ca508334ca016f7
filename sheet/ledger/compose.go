package ledger

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Compose turns what a person typed for a field of a task into the text to be
// stored: a status kind ("done") or any known word into the ledger's own word
// (its drop-down, else the word it already uses, else the default); a deadline
// into a date where the column holds dates, else as typed; other fields as
// typed. field is a field name, a column key or a heading; key comes back as
// the column's key. Errors: ErrNoField, ErrValue (not in the drop-down list,
// not a date).
//
// A deadline that is understood without being a date (长期坚持, 每月25日前) stays
// text even in a column of dates. An empty value empties the cell, but not the
// title (ErrValue): the row would be no task any more.
func (l *Ledger) Compose(t *Task, field, value string) (key, text string, err error) {
	if key, text, err = l.compose(t.Table, field, value); err != nil || text != "" || t.Row == nil {
		if err == nil && t.Row != nil && text == typed(value) {
			text = keepSpace(text, value, t.Table.Get(t.Row, key))
		}
		return key, text, err
	}
	held := func(field string) bool { return strings.TrimSpace(t.Table.Get(t.Row, field)) != "" }
	if held(key) && (key == titleField(t.Table) || key == FieldRequirement && !held(FieldTitle)) {
		return "", "", titleRequired()
	}
	return key, "", nil
}

// keepSpace gives a text back the space that was typed around it, where the
// cell began or ended with that very space before: who adds a word to an indented
// line has not asked for it to be moved.
func keepSpace(text, value, before string) string {
	lead := func(s string) string { return s[:len(s)-len(strings.TrimLeftFunc(s, unicode.IsSpace))] }
	tail := func(s string) string { return s[len(strings.TrimRightFunc(s, unicode.IsSpace)):] }
	if strings.TrimSpace(before) == "" {
		return text
	}
	if s := lead(value); s == lead(before) {
		text = s + text
	}
	if s := tail(value); s == tail(before) {
		text += s
	}
	return text
}

// titleField is the column that a task of t is called by.
func titleField(t *table.Table) string {
	if t.Index(FieldTitle) < 0 {
		return FieldRequirement
	}
	return FieldTitle
}

func titleRequired() error {
	return &msg.Error{Class: ErrValue, Text: msg.New("ledger.title_required"),
		Hint: msg.New("ledger.title_required.hint")}
}

func (l *Ledger) compose(t *table.Table, field, value string) (key, text string, err error) {
	i := columnOf(t, field)
	if i < 0 {
		return "", "", noField(t, field)
	}
	text, err = l.value(t, i, value)
	return t.Columns[i].Key, text, err
}

// columnOf is the column that a person names by its field, key, heading, or
// another heading that means the same field; -1 if there is none, or no table.
func columnOf(t *table.Table, name string) int {
	if t == nil {
		return -1
	}
	name = strings.TrimSpace(name)
	if i := t.Index(name); i >= 0 {
		return i
	}
	folded := table.Normalize(name)
	if folded == "" {
		return -1
	}
	for i, c := range t.Columns {
		_, sub, _ := cutLast(c.Heading, "/")
		if table.Normalize(c.Heading) == folded || table.Normalize(sub) == folded ||
			fold.Text(c.Key) == fold.Text(name) {
			return i
		}
	}
	if f := fieldNamed(t.Kind, name); f != "" {
		return t.Index(f)
	}
	return -1
}

// ColumnNamed is the key of the column of t that a person names by its field, its
// key, its heading, or another heading that means the same field; "" if there is none.
func ColumnNamed(t *table.Table, name string) string {
	if i := columnOf(t, name); i >= 0 {
		return t.Columns[i].Key
	}
	return ""
}

// fieldNamed is the field of a kind of table that name means: the field's own
// name or one of its headings; "" if there is none.
func fieldNamed(kind, name string) string {
	folded := table.Normalize(name)
	for _, v := range fieldData[kind] {
		if fold.Text(name) == v.Name && v.Name != "" || slices.ContainsFunc(v.Headings,
			func(h string) bool { return table.Normalize(h) == folded }) {
			return v.Name
		}
	}
	return ""
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

func noField(t *table.Table, field string) error {
	if t == nil {
		t = &table.Table{}
	}
	var fields []string
	for _, c := range t.Columns {
		name := show(c.Heading)
		if c.Field != "" && c.Field == c.Key {
			name = c.Key + " (" + name + ")"
		}
		fields = append(fields, name)
	}
	return &msg.Error{Class: ErrNoField, Text: msg.New("ledger.no_field", "Field", show(field)),
		Hint: msg.New("ledger.no_field.hint", "Fields", strings.Join(fields, ", "))}
}

// maxCell is the number of UTF-16 units that a cell can hold.
const maxCell = 32767

// value is what is stored in column i for what a person typed.
func (l *Ledger) value(t *table.Table, i int, value string) (string, error) {
	c := &t.Columns[i]
	v := typed(value)
	if n := len(utf16.Encode([]rune(v))); n > maxCell {
		return "", &msg.Error{Class: ErrValue, Text: msg.New("ledger.too_long", "Field", show(c.Heading), "N", n)}
	}
	if v == "" {
		return "", nil
	}
	switch {
	case c.Key == FieldStatus && t.Kind == KindTasks:
		return l.statusText(t, i, v)
	case len(c.Choices) > 0:
		return l.choice(c, v)
	case c.Key == FieldDeadline, c.Key == FieldCompleted:
		return l.dateText(t, i, v)
	case c.Key == FieldLead, c.Key == FieldSupport, c.Key == EventUnit:
		return l.Directory.spelt(v), nil
	}
	return t.Numbered(i, c.Shown(v)), nil
}

// typed is a value without what a cell cannot hold: control characters other
// than line breaks and tabs, and space around it.
func typed(value string) string {
	value = strings.ReplaceAll(value, "\r\n", "\n")
	value = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, ""))
	return strings.TrimSpace(value)
}

// choice is the item of the drop-down list that v means, or v itself where the list only
// warns of other values.
func (l *Ledger) choice(c *table.Column, v string) (string, error) {
	for _, item := range c.Choices {
		if fold.Text(item) == fold.Text(v) {
			return item, nil
		}
	}
	if c.Key == FieldLead || c.Key == FieldSupport || c.Key == EventUnit {
		for _, item := range c.Choices {
			if l.Directory.Canonical(item) == l.Directory.Canonical(v) {
				return item, nil
			}
		}
	}
	if c.Key == FieldDeadline || c.Key == FieldCompleted {
		if d := due.Parse(v, l.Year, l.Today); d.Kind == due.Dated {
			for _, item := range c.Choices {
				if e := due.Parse(item, l.Year, l.Today); e.Kind == due.Dated && e.Due.Equal(d.Due) {
					return item, nil
				}
			}
		}
	}
	if c.Open {
		return v, nil
	}
	return "", notInList(c, v, c.Choices)
}

func notInList(c *table.Column, v string, choices []string) error {
	return &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_in_list", "Value", show(v), "Field", show(c.Heading)),
		Hint: msg.New("ledger.not_in_list.hint", "Choices", list(choices))}
}

// list is choices in a sentence, not too many.
func list(choices []string) string {
	out := make([]string, 0, len(choices))
	for i, c := range choices {
		if i == 30 {
			out = append(out, "…")
			break
		}
		out = append(out, show(c))
	}
	return strings.Join(out, " / ")
}

// dateText is a deadline or a date of completion as the column holds it.
func (l *Ledger) dateText(t *table.Table, i int, v string) (string, error) {
	c, d := &t.Columns[i], l.ReadDay(v)
	switch {
	case d.Fault != due.NoFault:
		return "", notADate(v)
	case c.Format != table.AsDate && !l.onlyTyped(v):
		return v, nil
	case d.Kind == due.Dated:
		if look := t.DateLook(i); look != "" && !reDay.MatchString(v) {
			// The column shows months, and a month was typed.
			if text := d.Due.Format(look); due.Parse(text, l.Year, l.Today).Due.Equal(d.Due) {
				return text, nil
			}
		}
		return d.Due.Format("2006-01-02"), nil
	case c.Key == FieldDeadline && d.Kind != due.Unknown:
		return v, nil
	case c.Key == FieldDeadline:
		return "", &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_a_deadline", "Field", show(c.Heading), "Value",
			show(v)),
			Hint: msg.New("ledger.not_a_date.hint")}
	}
	return "", notADate(v)
}

// reDay finds the day in a date that a person typed.
var reDay = regexp.MustCompile(`[0-9０-９]\s*[日号]|[0-9]\s*[-./年]\s*[0-9]+\s*[-./月]\s*[0-9]`)

func notADate(v string) error {
	return &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_a_date", "Value", show(v)),
		Hint: msg.New("ledger.not_a_date.hint")}
}

// ReadDay reads a date that a person types.
func (l *Ledger) ReadDay(v string) due.Deadline { return due.ParseTyped(v, l.Year, l.Today) }

// onlyTyped reports whether a text is a date where it is typed, and would be none in a
// cell: it is written out.
func (l *Ledger) onlyTyped(v string) bool {
	return l.ReadDay(v).Kind == due.Dated && due.Parse(v, l.Year, l.Today).Kind != due.Dated
}

// statusText is what is written for the state v: what was typed, if it means
// something, unless the cell's list has another word for it; and for the name of a
// state, or a word of another language than the ledger's, the ledger's own word.
func (l *Ledger) statusText(t *table.Table, i int, v string) (string, error) {
	c := &t.Columns[i]
	used := l.wordsIn(t)
	kind := statusWords(l.opt).kind(v)
	named := false
	for k := range builtinStatus {
		if strings.EqualFold(v, string(k)) {
			kind, named = k, true
		}
	}
	if len(c.Choices) > 0 {
		for _, item := range c.Choices {
			if fold.Text(item) == fold.Text(v) {
				return item, nil
			}
		}
		best, most := "", -1
		for _, item := range c.Choices {
			if kind != UnknownStatus && statusWords(l.opt).kind(item) == kind && used[item] > most {
				best, most = item, used[item]
			}
		}
		switch {
		case most >= 0:
			return best, nil
		case !c.Open:
			return "", notInList(c, v, c.Choices)
		}
	}
	if c.Format == table.AsBool {
		return truthText(c, kind, v)
	}
	if used[v] > 0 {
		return v, nil // the ledger's own word, even one we do not understand
	}
	if kind == UnknownStatus {
		return "", &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_a_status", "Value", show(v)),
			Hint: msg.New("ledger.not_a_status.hint", "Choices", list(l.statusChoices(t)))}
	}
	if named || l.Lang() == msg.ZH && isLatin(v) && !l.isOwnStatus(v) {
		return l.wordFor(t, kind), nil
	}
	return v, nil
}

// isOwnStatus reports whether the settings name v as a word for a state.
func (l *Ledger) isOwnStatus(v string) bool {
	for _, words := range l.opt.StatusWords {
		if slices.ContainsFunc(words, func(w string) bool { return fold.Text(w) == fold.Text(v) }) {
			return true
		}
	}
	return false
}

// isLatin reports whether v is words of Latin letters: a share such as 80%, or a tick,
// is none.
func isLatin(v string) bool {
	return strings.ContainsFunc(v, unicode.IsLetter) && !strings.ContainsFunc(v,
		func(r rune) bool { return r > unicode.MaxASCII })
}

// FromList reports whether text, which [Ledger.Compose] made of what was typed for a
// column, is an item of the column's drop-down list that was put in the place of
// another word, and not just the same in another spelling or the name of a state.
func FromList(t *table.Table, key, typed, text string) bool {
	i := t.Index(key)
	if i < 0 || len(t.Columns[i].Choices) == 0 || text == "" || fold.Text(typed) == fold.Text(text) {
		return false
	}
	for k := range builtinStatus {
		if strings.EqualFold(strings.TrimSpace(typed), string(k)) {
			return false
		}
	}
	return true
}

// truthChoices are the states of a column that says only whether a task is done.
var truthChoices = []string{"TRUE", "FALSE"}

// truthText is a state in a column of truth values.
func truthText(c *table.Column, kind StatusKind, v string) (string, error) {
	switch kind {
	case Done:
		return truthChoices[0], nil
	case NotStarted:
		return truthChoices[1], nil
	}
	return "", &msg.Error{Class: ErrValue, Text: msg.New("ledger.not_yes_or_no", "Value", show(v), "Field",
		show(c.Heading)), Hint: msg.New("ledger.not_yes_or_no.hint")}
}

// wordFor is the word that table t uses most for a state, the default among
// those that it uses equally often, or else the default.
func (l *Ledger) wordFor(t *table.Table, kind StatusKind) string {
	used, known := l.wordsIn(t), statusWords(l.opt)
	best, most := builtinStatus[kind][0], 0
	if own := l.opt.StatusWords[kind]; len(own) > 0 {
		best = own[0]
	}
	if l.Lang() == msg.EN && len(l.opt.StatusWords[kind]) == 0 {
		best = englishStatus[kind]
	}
	usual := best
	for _, w := range slices.Sorted(maps.Keys(used)) {
		if n := used[w]; (n > most || n == most && w == usual) && known.kind(w) == kind &&
			!strings.HasSuffix(fold.Text(w), "%") {
			best, most = w, n
		}
	}
	return best
}

var englishStatus = map[StatusKind]string{NotStarted: "Not started", InProgress: "In progress", Done: "Done",
	Ongoing: "Ongoing"}

// wordsIn counts the status words of a table as they are written.
func (l *Ledger) wordsIn(t *table.Table) map[string]int {
	if w, ok := l.lazy.words.Load(t); ok {
		return w.(map[string]int)
	}
	w := map[string]int{}
	if i := t.Index(FieldStatus); i >= 0 {
		for j := range t.Rows {
			if i < len(t.Rows[j].Values) {
				if v := strings.TrimSpace(t.Rows[j].Values[i]); v != "" {
					w[v]++
				}
			}
		}
	}
	l.lazy.words.Store(t, w)
	return w
}

// Choices are the values a person may choose from for a field of a task: the
// cell's drop-down list, else for a status the words the ledger uses, else nil.
func (l *Ledger) Choices(t *Task, field string) []string {
	i := columnOf(t.Table, field)
	switch {
	case i < 0:
		return nil
	case len(t.Table.Columns[i].Choices) > 0:
		return slices.Clone(t.Table.Columns[i].Choices)
	case t.Table.Columns[i].Key == FieldStatus:
		return l.statusChoices(t.Table)
	case t.Table.Columns[i].Format == table.AsBool:
		return slices.Clone(truthChoices)
	}
	return nil
}

// statusChoices is one word for each state.
func (l *Ledger) statusChoices(t *table.Table) (out []string) {
	if i := t.Index(FieldStatus); i >= 0 && t.Columns[i].Format == table.AsBool {
		return slices.Clone(truthChoices)
	}
	for _, k := range []StatusKind{NotStarted, InProgress, Done, Ongoing} {
		out = append(out, l.wordFor(t, k))
	}
	return out
}
