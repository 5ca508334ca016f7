package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// maxFile bounds a configuration file; a thousand units take a tenth of it.
const maxFile = 1 << 20

// decoder reads values of one place (a file, a variable or a flag) and collects
// its mistakes.
type decoder struct {
	place Error  // what the mistakes of this place have in common
	dir   string // what relative paths are relative to
	words Words
	errs  Errors
}

// found is what one place says: values by key, and their lines.
type found struct {
	values map[string]any
	lines  map[string]int
}

// file reads a whole configuration file.
func (d *decoder) file(data []byte) found {
	f := found{map[string]any{}, map[string]int{}}
	switch {
	case len(data) > maxFile:
		d.fail(Error{Class: ErrTooLarge})
		return f
	case !utf8.Valid(data) && !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")):
		d.fail(Error{Class: ErrNotUTF8})
		return f
	}
	doc, err := parse(data)
	if err != nil {
		d.syntax(err)
		return f
	}
	if doc != nil {
		d.group(doc, "", f)
	}
	return f
}

// parse reads one YAML document; nil if it is empty.
func parse(data []byte) (*yaml.Node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, fmt.Errorf("yaml: line %d: a second document", more.Line)
	case !errors.Is(err, io.EOF):
		return nil, err
	}
	if isNull(doc.Content[0]) {
		return nil, nil
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

func (d *decoder) syntax(err error) {
	e := Error{Class: ErrSyntax, Err: err}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		e.Err = errors.New(strings.TrimPrefix(err.Error(), m[0]))
	}
	d.fail(e)
}

func (d *decoder) fail(e Error) {
	e.File, e.Env, e.Flag = d.place.File, d.place.Env, d.place.Flag
	if e.File == "" {
		e.Line = 0
	}
	d.errs = append(d.errs, &e)
}

// group reads the mapping of settings under prefix.
func (d *decoder) group(n *yaml.Node, prefix string, f found) {
	d.pairs(n, prefix, func(k, v *yaml.Node) {
		key := join(prefix, k.Value)
		switch x := find(key); {
		case x != nil:
			if isNull(v) {
				return // a key with nothing after it says nothing
			}
			if val, ok := x.read(d, v, key); ok {
				f.values[key], f.lines[key] = val, k.Line
			}
		case isGroup(key):
			if !isNull(v) {
				d.group(v, key, f)
			}
		default:
			d.unknown(k, prefix, names(prefix))
		}
	})
}

func (d *decoder) unknown(k *yaml.Node, parent string, right []string) {
	e := Error{Class: ErrUnknownKey, Line: k.Line, Key: join(parent, k.Value), Nearest: Nearest(k.Value, right)}
	switch {
	case e.Nearest != "":
		e.Nearest = join(parent, e.Nearest)
	case parent != "": // of the settings themselves there are too many
		e.Want = Want{Kind: WantChoice, Choices: right}
	}
	d.fail(e)
}

func (d *decoder) want(n *yaml.Node, key string, w Want, nearest string) {
	e := Error{Class: ErrValue, Line: n.Line, Key: key, Want: w, Nearest: nearest}
	if n.Kind == yaml.ScalarNode {
		e.Value = n.Value
		if r := []rune(e.Value); len(r) > 60 {
			e.Value = string(r[:60]) + "…"
		}
	}
	d.fail(e)
}

// pairs walks a mapping and reports keys that stand twice.
func (d *decoder) pairs(n *yaml.Node, key string, visit func(k, v *yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		d.want(n, key, Want{Kind: WantMap}, "")
		return false
	}
	seen, before := map[string]bool{}, len(d.errs)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		switch {
		case k.Kind != yaml.ScalarNode:
			d.want(k, key, Want{Kind: WantPlain}, "")
		case v.Kind == yaml.AliasNode:
			d.want(v, join(key, k.Value), Want{Kind: WantPlain}, "")
		case seen[k.Value]:
			d.fail(Error{Class: ErrTwice, Line: k.Line, Key: join(key, k.Value)})
		default:
			seen[k.Value] = true
			visit(k, v)
		}
	}
	return len(d.errs) == before
}

func join(parent, name string) string {
	if parent == "" {
		return name
	}
	return parent + "." + name
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func (d *decoder) scalar(n *yaml.Node, key string, w Want) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		d.want(n, key, w, "")
		return "", false
	}
	if isNull(n) {
		return "", true
	}
	return strings.TrimSpace(n.Value), true
}

func readText(d *decoder, n *yaml.Node, key string) (any, bool) {
	s, ok := d.scalar(n, key, Want{Kind: WantText})
	return s, ok
}

// readPath reads a path: ~ is the home folder, a relative one starts at the
// folder of the file it stands in.
func readPath(d *decoder, n *yaml.Node, key string) (any, bool) {
	s, ok := d.scalar(n, key, Want{Kind: WantText})
	if !ok || s == "" || s == "-" {
		return s, ok
	}
	if rest, home := strings.CutPrefix(filepath.ToSlash(s), "~/"); home {
		if dir, err := os.UserHomeDir(); err == nil {
			return filepath.Join(dir, filepath.FromSlash(rest)), true
		}
	}
	if d.dir != "" && !filepath.IsAbs(s) {
		s = filepath.Join(d.dir, s)
	}
	return s, true
}

func readInt(lo, hi int) func(*decoder, *yaml.Node, string) (any, bool) {
	w := Want{Kind: WantInt, Min: strconv.Itoa(lo), Max: strconv.Itoa(hi)}
	return func(d *decoder, n *yaml.Node, key string) (any, bool) {
		s, ok := d.scalar(n, key, w)
		if !ok {
			return nil, false
		}
		i, err := strconv.Atoi(s)
		if err != nil || i < lo || i > hi {
			d.want(n, key, w, "")
			return nil, false
		}
		return i, true
	}
}

func readBool(d *decoder, n *yaml.Node, key string) (any, bool) {
	s, ok := d.scalar(n, key, Want{Kind: WantBool})
	if !ok {
		return nil, false
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0":
		return false, true
	}
	d.want(n, key, Want{Kind: WantBool}, "")
	return nil, false
}

func readChoice(choices ...string) func(*decoder, *yaml.Node, string) (any, bool) {
	w := Want{Kind: WantChoice, Choices: choices}
	return func(d *decoder, n *yaml.Node, key string) (any, bool) {
		s, ok := d.scalar(n, key, w)
		if !ok {
			return nil, false
		}
		if !slices.Contains(choices, s) {
			d.want(n, key, w, Nearest(s, choices))
			return nil, false
		}
		return s, true
	}
}

func readDuration(lo, hi time.Duration) func(*decoder, *yaml.Node, string) (any, bool) {
	w := Want{Kind: WantDuration, Min: lo.String(), Max: "1h"}
	return func(d *decoder, n *yaml.Node, key string) (any, bool) {
		s, ok := d.scalar(n, key, w)
		if !ok {
			return nil, false
		}
		v, err := time.ParseDuration(s)
		if err != nil || v < lo || v > hi {
			d.want(n, key, w, "")
			return nil, false
		}
		return v, true
	}
}

func readDate(d *decoder, n *yaml.Node, key string) (any, bool) {
	s, ok := d.scalar(n, key, Want{Kind: WantDate})
	if !ok {
		return nil, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 {
		d.want(n, key, Want{Kind: WantDate}, "")
		return nil, false
	}
	return t, true
}
