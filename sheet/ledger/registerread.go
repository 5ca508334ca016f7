package ledger

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"taizhang/sheet/ledger/due"
)

// DefMistake is a mistake in the definition of a register.
type DefMistake struct {
	Line int    // of the text that was read
	Key  string // with its parents: "clocks.within"
	// Value is what stands there, "" for a list or map; with an unknown key it is
	// empty, and Right are the keys that may stand there.
	Value string
	Wrong DefFault
	Right []string // keys or values that would be right, where they can be listed
}

// DefFault is what is wrong with a definition.
type DefFault string

const (
	UnknownKey DefFault = "unknown_key"
	KeyTwice   DefFault = "twice"
	WantText   DefFault = "text"
	WantList   DefFault = "list"
	WantMap    DefFault = "map"
	WantItems  DefFault = "items"
	WantBool   DefFault = "bool"
	WantTerm   DefFault = "term" // 20 workdays, 15 days, 3 months
	WantOneOf  DefFault = "choice"
	WantFilled DefFault = "filled"
	WantKind   DefFault = "kind" // letters, digits and _, not the name of another kind of table
)

// String is for logs; people read what the caller makes of the parts.
func (m DefMistake) String() string {
	return fmt.Sprintf("registers, line %d: %s: %s %q %s", m.Line, m.Key, m.Wrong, m.Value, strings.Join(m.Right, "|"))
}

// ReadRegisters reads a list of registers as it stands in settings: each entry
// changes the register of its kind in base, or adds one. It returns base with
// the changes, and what is wrong with the entries; base itself stays as it is.
func ReadRegisters(n *yaml.Node, base []RegisterDef) ([]RegisterDef, []DefMistake) {
	r := &defReader{}
	out := slices.Clone(base)
	if r.isList(n, "registers") {
		seen := map[string]bool{}
		for _, item := range n.Content {
			if !r.isMap(item, "registers") {
				continue
			}
			kind := scalarAt(item, "kind")
			i := slices.IndexFunc(out, func(d RegisterDef) bool { return d.Kind == kind })
			var d RegisterDef
			if i >= 0 {
				d = out[i].clone()
			}
			if seen[kind] {
				r.fail(item, "registers.kind", KeyTwice, kind, nil)
			}
			seen[kind] = true
			r.register(item, &d)
			if i >= 0 {
				out[i] = d
			} else {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(r.mistakes, func(a, b DefMistake) int { return a.Line - b.Line })
	return out, r.mistakes
}

func (d RegisterDef) clone() RegisterDef {
	d.Words, d.Need = slices.Clone(d.Words), slices.Clone(d.Need)
	d.Foreign, d.Own = slices.Clone(d.Foreign), slices.Clone(d.Own)
	d.Fields, d.Others, d.Clocks = slices.Clone(d.Fields), slices.Clone(d.Others), slices.Clone(d.Clocks)
	return d
}

// defReader reads nodes and collects mistakes.
type defReader struct{ mistakes []DefMistake }

func (r *defReader) fail(n *yaml.Node, key string, wrong DefFault, value string, right []string) {
	r.mistakes = append(r.mistakes, DefMistake{Line: n.Line, Key: key, Value: value, Wrong: wrong, Right: right})
}

// keyed is what reads the value of a key.
type keyed map[string]func(n *yaml.Node, key string)

// pairs reads a map whose keys are those of known.
func (r *defReader) pairs(n *yaml.Node, path string, known keyed) {
	r.each(n, path, func(k, v *yaml.Node) {
		key := path + "." + k.Value
		read, ok := known[k.Value]
		switch {
		case !ok:
			r.fail(k, key, UnknownKey, "", slices.Sorted(maps.Keys(known)))
		case v.Tag != "!!null":
			read(v, key)
		}
	})
}

// each visits the pairs of a map.
func (r *defReader) each(n *yaml.Node, path string, visit func(k, v *yaml.Node)) {
	if !r.isMap(n, path) {
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if seen[k.Value] {
			r.fail(k, path+"."+k.Value, KeyTwice, "", nil)
			continue
		}
		seen[k.Value] = true
		visit(k, n.Content[i+1])
	}
}

func (r *defReader) isMap(n *yaml.Node, path string) bool {
	if n.Kind != yaml.MappingNode {
		r.fail(n, path, WantMap, n.Value, nil)
	}
	return n.Kind == yaml.MappingNode
}

func (r *defReader) isList(n *yaml.Node, path string) bool {
	if n.Kind != yaml.SequenceNode {
		r.fail(n, path, WantItems, n.Value, nil)
	}
	return n.Kind == yaml.SequenceNode
}

func scalarAt(n *yaml.Node, key string) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key && n.Content[i+1].Kind == yaml.ScalarNode {
			return strings.TrimSpace(n.Content[i+1].Value)
		}
	}
	return ""
}

func (r *defReader) text(to *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
			r.fail(n, key, WantText, n.Value, nil)
			return
		}
		*to = strings.TrimSpace(n.Value)
	}
}

func (r *defReader) texts(to *[]string) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		if n.Kind == yaml.ScalarNode { // one word need not be a list
			n = &yaml.Node{Kind: yaml.SequenceNode, Line: n.Line, Content: []*yaml.Node{n}}
		}
		if n.Kind != yaml.SequenceNode {
			r.fail(n, key, WantList, n.Value, nil)
			return
		}
		var out []string
		for _, c := range n.Content {
			var s string
			r.text(&s)(c, key)
			out = append(out, s)
		}
		*to = out
	}
}

func (r *defReader) term(to *due.Term) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		t, ok := due.ParseTerm(n.Value)
		if n.Kind != yaml.ScalarNode || !ok {
			r.fail(n, key, WantTerm, n.Value, nil)
			return
		}
		*to = t
	}
}

func (r *defReader) flag(to *bool) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		v, err := strconv.ParseBool(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			r.fail(n, key, WantBool, n.Value, nil)
			return
		}
		*to = v
	}
}

var reKind = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// register reads one entry into d, which holds what is known of its kind.
func (r *defReader) register(n *yaml.Node, d *RegisterDef) {
	known := d.Kind != ""
	var need, clocks, private *yaml.Node
	keep := func(to **yaml.Node) func(*yaml.Node, string) { return func(n *yaml.Node, _ string) { *to = n } }
	var words, foreign, own, others []string
	const path = "registers"
	r.pairs(n, path, keyed{
		"kind": r.text(&d.Kind), "name": r.text(&d.Name), "words": r.texts(&words), "orders": r.texts(&d.Orders),
		"number": r.text(&d.Number), "title": r.texts(&d.Title), "unit": r.text(&d.Unit),
		"need": keep(&need), "foreign": r.texts(&foreign), "own": r.texts(&own), "others": r.texts(&others),
		"clocks":      keep(&clocks),
		"append_only": r.flag(&d.AppendOnly), "aside": r.flag(&d.Aside), "private": keep(&private),
		"fields": func(n *yaml.Node, key string) { r.fields(n, key, d) },
	})
	switch taken := []string{KindTasks, KindActivities, KindUnits, KindRequirements, KindHolidays, Unmeant}; {
	case !reKind.MatchString(d.Kind) || slices.Contains(taken, d.Kind):
		r.fail(n, path+".kind", WantKind, d.Kind, nil)
	case len(d.Fields) == 0:
		r.fail(n, path+".fields", WantFilled, "", nil)
	}
	if d.Name == "" {
		d.Name = d.Kind
	}
	d.Words, d.Others = append(d.Words, words...), append(d.Others, others...)
	d.Foreign, d.Own = append(d.Foreign, foreign...), append(d.Own, own...)
	if !known && !slices.Contains(d.Words, d.Name) {
		d.Words = append(d.Words, d.Name)
	}
	if len(d.Orders) == 0 {
		d.Orders = []string{d.Name}
	}
	r.isField(n, path+".number", d, d.Number)
	r.isField(n, path+".unit", d, d.Unit)
	for _, f := range d.Title {
		r.isField(n, path+".title", d, f)
	}
	if need != nil && r.isList(need, path+".need") {
		d.Need = nil
		for _, c := range need.Content {
			var group []string
			r.texts(&group)(c, path+".need")
			for _, f := range group {
				r.isField(c, path+".need", d, f)
			}
			d.Need = append(d.Need, group)
		}
	}
	if clocks != nil && r.isList(clocks, path+".clocks") {
		for _, c := range clocks.Content {
			r.clock(c, path+".clocks", d)
		}
	}
	if private != nil {
		r.byValue(d, &d.Private)(private, path+".private")
	}
	if d.Need == nil {
		d.Need = d.usualNeed()
	}
}

// usualNeed is what a table must have where the definition does not say: what a
// row is called, and a date of a clock.
func (d *RegisterDef) usualNeed() (out [][]string) {
	if len(d.Title) > 0 {
		out = append(out, d.Title)
	}
	var dates []string
	for _, c := range d.Clocks {
		for _, f := range append(append(slices.Clone(c.From), c.Until...), c.Due) {
			if f != "" && !slices.Contains(dates, f) {
				dates = append(dates, f)
			}
		}
	}
	if len(dates) > 0 {
		out = append(out, dates)
	}
	return out
}

// isField reports the name of a field that the register does not have.
func (r *defReader) isField(n *yaml.Node, key string, d *RegisterDef, name string) {
	if name == "" || d.Field(name) != nil {
		return
	}
	var right []string
	for _, f := range d.Fields {
		right = append(right, f.Name)
	}
	r.fail(n, key, WantOneOf, name, right)
}

// fields reads fields in their order; one that is known is changed.
func (r *defReader) fields(n *yaml.Node, path string, d *RegisterDef) {
	r.each(n, path, func(k, v *yaml.Node) {
		key := path + "." + k.Value
		if !reKind.MatchString(k.Value) || k.Value == Unmeant {
			r.fail(k, key, WantKind, k.Value, nil)
			return
		}
		f := RegisterField{Name: k.Value, Type: TextField}
		i := slices.IndexFunc(d.Fields, func(o RegisterField) bool { return o.Name == k.Value })
		if i >= 0 {
			f = d.Fields[i]
		}
		r.field(v, key, &f)
		if i < 0 && len(f.Headings) == 0 {
			r.fail(v, key+".headings", WantFilled, "", nil)
		}
		if i >= 0 {
			d.Fields[i] = f
		} else {
			d.Fields = append(d.Fields, f)
		}
	})
}

// field reads one field; a list alone is its headings.
func (r *defReader) field(n *yaml.Node, key string, f *RegisterField) {
	var headings []string
	if n.Kind != yaml.MappingNode {
		r.texts(&headings)(n, key)
		f.Headings = joinNew(headings, f.Headings)
		return
	}
	var kind string
	r.pairs(n, key, keyed{
		"headings": r.texts(&headings), "parts": r.texts(&f.Parts), "hints": r.texts(&f.Hints), "not": r.texts(&f.Not),
		"type":   r.text(&kind),
		"values": func(n *yaml.Node, key string) { r.values(n, key, f) },
	})
	f.Headings = joinNew(headings, f.Headings)
	switch {
	case kind == "" && len(f.Values) > 0 && f.Type == TextField:
		f.Type = ChoiceField
	case kind == "":
	case slices.Contains(fieldTypes, FieldType(kind)):
		f.Type = FieldType(kind)
	default:
		var right []string
		for _, t := range fieldTypes {
			right = append(right, string(t))
		}
		r.fail(n, key+".type", WantOneOf, kind, right)
	}
}

// values reads the values of a choice; more words of a known value stand before
// its own.
func (r *defReader) values(n *yaml.Node, path string, f *RegisterField) {
	values := slices.Clone(f.Values)
	r.each(n, path, func(k, v *yaml.Node) {
		var words []string
		r.texts(&words)(v, path+"."+k.Value)
		if i := slices.IndexFunc(values, func(o FieldValue) bool { return o.Name == k.Value }); i >= 0 {
			values[i].Words = joinNew(words, values[i].Words)
			return
		}
		values = append(values, FieldValue{Name: k.Value, Words: words})
	})
	f.Values = values
}

// joinNew is a list with another one before it, without repetitions.
func joinNew(first, rest []string) []string {
	out := slices.Clone(first)
	for _, s := range rest {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// clock reads one clock; one that is known by its name is changed.
func (r *defReader) clock(n *yaml.Node, path string, d *RegisterDef) {
	if !r.isMap(n, path) {
		return
	}
	var c ClockDef
	i := slices.IndexFunc(d.Clocks, func(o ClockDef) bool { return o.Name == scalarAt(n, "name") })
	if i >= 0 {
		c = d.Clocks[i]
	}
	var days string
	r.pairs(n, path, keyed{
		"name": r.text(&c.Name), "from": r.names(d, &c.From), "unconfirmed": r.names(d, &c.Unconfirmed),
		"within": r.term(&c.Within),
		"every":  r.name(d, &c.Every), "limits": func(n *yaml.Node, key string) { r.limits(n, key, d, &c) },
		"waiting": func(n *yaml.Node, key string) { c.Waiting = r.pair(n, key, d) },
		"pause":   func(n *yaml.Node, key string) { r.pauses(n, key, d, &c) }, "lapse": r.term(&c.Lapse),
		"pause_days": r.text(&days),
		"confirm": func(n *yaml.Node, key string) {
			r.pairs(n, key, keyed{"field": r.name(d, &c.ConfirmField), "when": r.byValue(d, &c.ConfirmWhen)})
		},
		"extend": func(n *yaml.Node, key string) {
			r.pairs(n, key, keyed{"field": r.name(d, &c.ExtendField), "by": r.term(&c.ExtendBy)})
		},
		"until": r.names(d, &c.Until), "done_by": r.byValue(d, &c.DoneBy), "ended_by": r.byValue(d, &c.EndedBy),
		"unless": r.names(d, &c.Unless),
		"due":    r.name(d, &c.Due), "soon": r.term(&c.Soon), "optional": r.flag(&c.Optional),
		"usual": r.flag(&c.Usual), "law": r.text(&c.Law),
	})
	if days != "" {
		c.PauseDays = due.PauseDays(days)
		if right := []string{string(due.AfterSending), string(due.FromSending),
			string(due.Between)}; !slices.Contains(right, days) {
			r.fail(n, path+".pause_days", WantOneOf, days, right)
		}
	}
	switch {
	case c.Name == "":
		r.fail(n, path+".name", WantFilled, "", nil)
	case len(c.From) == 0 && c.Due == "":
		r.fail(n, path+".from", WantFilled, "", nil)
	case len(c.From) > 0 && c.Within.IsZero() && c.Every == "" && len(c.Limits) == 0 && c.Due == "":
		r.fail(n, path+".within", WantFilled, "", nil)
	case c.ExtendField != "" && c.ExtendBy.IsZero():
		r.fail(n, path+".extend.by", WantFilled, "", nil)
	}
	if i >= 0 {
		d.Clocks[i] = c
	} else {
		d.Clocks = append(d.Clocks, c)
	}
}

func (r *defReader) name(d *RegisterDef, to *string) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		r.text(to)(n, key)
		r.isField(n, key, d, *to)
	}
}

func (r *defReader) names(d *RegisterDef, to *[]string) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		r.texts(to)(n, key)
		for _, f := range *to {
			r.isField(n, key, d, f)
		}
	}
}

func (r *defReader) pair(n *yaml.Node, key string, d *RegisterDef) (out [2]string) {
	var list []string
	r.names(d, &list)(n, key)
	if len(list) != 2 {
		r.fail(n, key, WantList, n.Value, nil)
		return out
	}
	return [2]string(list)
}

func (r *defReader) pauses(n *yaml.Node, key string, d *RegisterDef, c *ClockDef) {
	if !r.isList(n, key) {
		return
	}
	c.Pause = nil
	for _, p := range n.Content {
		c.Pause = append(c.Pause, r.pair(p, key, d))
	}
}

func (r *defReader) limits(n *yaml.Node, key string, d *RegisterDef, c *ClockDef) {
	if !r.isList(n, key) {
		return
	}
	c.Limits = nil
	for _, item := range n.Content {
		var l Limit
		r.pairs(item, key, keyed{"when": r.byValue(d, &l.When), "within": r.term(&l.Within)})
		if l.Within.IsZero() && item.Kind == yaml.MappingNode {
			r.fail(item, key+".within", WantFilled, "", nil)
		}
		c.Limits = append(c.Limits, l)
	}
}

// byValue reads a map of fields to values.
func (r *defReader) byValue(d *RegisterDef, to *map[string][]string) func(*yaml.Node, string) {
	return func(n *yaml.Node, key string) {
		out := map[string][]string{}
		r.each(n, key, func(k, v *yaml.Node) {
			r.isField(k, key, d, k.Value)
			var words []string
			r.texts(&words)(v, key+"."+k.Value)
			out[k.Value] = words
		})
		*to = out
	}
}
