package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

func readList(d *decoder, n *yaml.Node, key string) (any, bool) {
	l, ok := d.list(n, key)
	return l, ok
}

// list reads a list of texts; empty ones are a mistake.
func (d *decoder) list(n *yaml.Node, key string) ([]string, bool) {
	if n.Kind != yaml.SequenceNode {
		d.want(n, key, Want{Kind: WantList}, "")
		return nil, false
	}
	out, good := make([]string, 0, len(n.Content)), true
	for _, c := range n.Content {
		s, ok := d.scalar(c, key, Want{Kind: WantList})
		if ok && s == "" {
			d.want(c, key, Want{Kind: WantFilled}, "")
			ok = false
		}
		good = good && ok
		out = append(out, s)
	}
	return out, good
}

func readPaths(d *decoder, n *yaml.Node, key string) (any, bool) {
	l, good := d.list(n, key)
	for i := range l {
		p, ok := readPath(d, n.Content[i], key)
		if good = good && ok; ok {
			l[i] = p.(string)
		}
	}
	return l, good
}

func readLists(d *decoder, n *yaml.Node, key string) (any, bool) { return d.lists(n, key, nil) }

// lists reads a map of lists; right, if not nil, are the keys it may have.
func (d *decoder) lists(n *yaml.Node, key string, right []string) (map[string][]string, bool) {
	out, good := map[string][]string{}, true
	ok := d.pairs(n, key, func(k, v *yaml.Node) {
		if right != nil && !slices.Contains(right, k.Value) {
			d.unknown(k, key, right)
			return
		}
		if isNull(v) {
			return
		}
		l, ok := d.list(v, join(key, k.Value))
		out[k.Value], good = l, good && ok
	})
	return out, ok && good
}

func readKeys(d *decoder, n *yaml.Node, key string) (any, bool) {
	return d.lists(n, key, d.words.Actions)
}

func readStatusWords(d *decoder, n *yaml.Node, key string) (any, bool) {
	return d.lists(n, key, d.words.Statuses)
}

func readHeadings(d *decoder, n *yaml.Node, key string) (any, bool) {
	out := map[string]map[string][]string{}
	kinds := slices.Sorted(maps.Keys(d.words.Fields))
	ok := d.pairs(n, key, func(k, v *yaml.Node) {
		fields, known := d.words.Fields[k.Value]
		if d.words.Fields != nil && !known {
			d.unknown(k, key, kinds)
			return
		}
		if isNull(v) {
			return
		}
		out[k.Value], _ = d.lists(v, join(key, k.Value), fields)
	})
	return out, ok
}

// items reads a list of maps with the given keys; each visit reads one.
func (d *decoder) items(n *yaml.Node, key string, right []string,
	visit func(at *yaml.Node, get map[string]*yaml.Node)) bool {
	if n.Kind != yaml.SequenceNode {
		d.want(n, key, Want{Kind: WantItems, Choices: right}, "")
		return false
	}
	before := len(d.errs)
	for _, c := range n.Content {
		if c.Kind != yaml.MappingNode {
			d.want(c, key, Want{Kind: WantItems, Choices: right}, "")
			continue
		}
		get := map[string]*yaml.Node{}
		d.pairs(c, key, func(k, v *yaml.Node) {
			if !slices.Contains(right, k.Value) {
				d.unknown(k, key, right)
				return
			}
			if !isNull(v) {
				get[k.Value] = v
			}
		})
		visit(c, get)
	}
	return len(d.errs) == before
}

// field reads one key of an item with the reader of its kind, if it is there.
func field[T any](d *decoder, get map[string]*yaml.Node, key, name string,
	read func(*decoder, *yaml.Node, string) (any, bool), to *T) {
	if n, ok := get[name]; ok {
		if v, ok := read(d, n, join(key, name)); ok {
			*to = v.(T)
		}
	}
}

// filled reports an item whose name is missing.
func (d *decoder) filled(at *yaml.Node, key, name, value string, get map[string]*yaml.Node) {
	if _, there := get[name]; value == "" && (!there || get[name].Kind == yaml.ScalarNode) {
		d.fail(Error{Class: ErrValue, Line: at.Line, Key: join(key, name), Want: Want{Kind: WantFilled}})
	}
}

func readUnits(d *decoder, n *yaml.Node, key string) (any, bool) {
	out := []Unit{}
	ok := d.items(n, key, []string{"name", "aliases", "groups", "contact", "phone"},
		func(at *yaml.Node, get map[string]*yaml.Node) {
			u := Unit{Aliases: []string{}, Groups: []string{}}
			field(d, get, key, "name", readText, &u.Name)
			field(d, get, key, "aliases", readList, &u.Aliases)
			field(d, get, key, "groups", readList, &u.Groups)
			field(d, get, key, "contact", readText, &u.Contact)
			field(d, get, key, "phone", readText, &u.Phone)
			d.filled(at, key, "name", u.Name, get)
			if slices.ContainsFunc(out, func(o Unit) bool { return o.Name == u.Name && u.Name != "" }) {
				d.fail(Error{Class: ErrTwice, Line: at.Line, Key: join(key, u.Name)})
			}
			out = append(out, u)
		})
	return out, ok
}

func readRequirements(d *decoder, n *yaml.Node, key string) (any, bool) {
	out := []Requirement{}
	ok := d.items(n, key, []string{"kind", "name", "words", "min", "per_unit", "units", "due", "needs"},
		func(at *yaml.Node, get map[string]*yaml.Node) {
			r := Requirement{Min: 1, Words: []string{}, Units: []string{}, Needs: []string{}}
			field(d, get, key, "kind", readText, &r.Kind)
			field(d, get, key, "name", readText, &r.Name)
			field(d, get, key, "words", readList, &r.Words)
			field(d, get, key, "min", readInt(1, 1000), &r.Min)
			field(d, get, key, "per_unit", readBool, &r.PerUnit)
			field(d, get, key, "units", readList, &r.Units)
			field(d, get, key, "due", readText, &r.Due)
			field(d, get, key, "needs", readList, &r.Needs)
			d.filled(at, key, "kind", r.Kind, get)
			if r.Name == "" {
				r.Name = r.Kind
			}
			out = append(out, r)
		})
	return out, ok
}

// readRegisters keeps the list as it is written: what it means is its owner's.
func readRegisters(d *decoder, n *yaml.Node, key string) (any, bool) {
	if n.Kind != yaml.SequenceNode {
		d.want(n, key, Want{Kind: WantItems, Choices: []string{"kind", "name", "fields", "clocks"}}, "")
		return nil, false
	}
	before := len(d.errs)
	d.plain(n, key)
	if d.words.Registers != nil && len(d.errs) == before {
		for _, e := range d.words.Registers(n) {
			d.fail(e)
		}
	}
	return n, len(d.errs) == before
}

// plain reports anchors and aliases anywhere in a value.
func (d *decoder) plain(n *yaml.Node, key string) {
	if n.Kind == yaml.AliasNode {
		d.want(n, key, Want{Kind: WantPlain}, "")
	}
	for _, c := range n.Content {
		d.plain(c, key)
	}
}

func readHolidays(d *decoder, n *yaml.Node, key string) (any, bool) {
	out := []Holiday{}
	ok := d.items(n, key, []string{"date", "name", "off"}, func(at *yaml.Node, get map[string]*yaml.Node) {
		h := Holiday{Off: true}
		var date time.Time
		field(d, get, key, "date", readDate, &date)
		field(d, get, key, "name", readText, &h.Name)
		field(d, get, key, "off", readBool, &h.Off)
		if !date.IsZero() {
			h.Date = date.Format(time.DateOnly)
		}
		if _, there := get["date"]; !there {
			d.filled(at, key, "date", "", get)
		}
		out = append(out, h)
	})
	return out, ok
}

// readLadder reads the notices of the ladder; true is the usual one.
func readLadder(d *decoder, n *yaml.Node, key string) (any, bool) {
	if n.Kind == yaml.ScalarNode {
		on, ok := readBool(d, n, key)
		if !ok || !on.(bool) {
			return []Rung{}, ok
		}
		return slices.Clone(usualLadder), true
	}
	out := []Rung{}
	ok := d.items(n, key, []string{"name", "colour", "days", "behind"}, func(at *yaml.Node, get map[string]*yaml.Node) {
		var r Rung
		field(d, get, key, "name", readText, &r.Name)
		field(d, get, key, "colour", readChoice("blue", "yellow", "red"), &r.Colour)
		field(d, get, key, "days", readInt(-366, 366), &r.Days)
		field(d, get, key, "behind", readBool, &r.Behind)
		d.filled(at, key, "name", r.Name, get)
		if slices.ContainsFunc(out, func(o Rung) bool { return o.Name == r.Name && r.Name != "" }) {
			d.fail(Error{Class: ErrTwice, Line: at.Line, Key: join(key, r.Name)})
		}
		if k := len(out); k > 0 && r.Days < out[k-1].Days {
			d.want(at, join(key, "days"), Want{Kind: WantInt, Min: strconv.Itoa(out[k-1].Days), Max: "366"}, "")
		}
		if r.Colour == "" {
			r.Colour = []string{"blue", "yellow", "red"}[min(len(out), 2)]
		}
		out = append(out, r)
	})
	return out, ok
}

// usualLadder is that of an office that says only that it wants one.
var usualLadder = []Rung{
	{Name: "提醒", Colour: "blue", Days: -7},
	{Name: "催办", Colour: "yellow", Days: 1, Behind: true},
	{Name: "督办单", Colour: "red", Days: 10},
}

// readScore reads what an appraisal counts.
func readScore(d *decoder, n *yaml.Node, key string) (any, bool) {
	out, before := map[string]float64{}, len(d.errs)
	d.pairs(n, key, func(k, v *yaml.Node) {
		if !slices.Contains(ScoreNames, k.Value) {
			d.unknown(k, key, ScoreNames)
			return
		}
		f, err := strconv.ParseFloat(strings.TrimSpace(v.Value), 64)
		if v.Kind != yaml.ScalarNode || err != nil || f < -1000 || f > 1000 {
			d.want(v, join(key, k.Value), Want{Kind: WantInt, Min: "-1000", Max: "1000"}, "")
			return
		}
		out[k.Value] = f
	})
	return out, len(d.errs) == before
}
