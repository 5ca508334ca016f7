package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

// FileName is the name of a configuration file.
const FileName = "taizhang.yaml"

// Sources are the places to look in. Environment variables are the process's own.
type Sources struct {
	Flags map[string]Flag // by key: flags that were given
	File  string          // --config: read this file and no other; "": look for them
	// the file that named the ledger among others: it holds where the one beside the ledger says nothing; "": none
	Under   string
	Dir     string            // current folder; "" is "."
	UserDir string            // folder of the user's file; "": none
	System  map[string]System // by key: what the system says, for settings without a better source
	Words   Words             // names that other packages give meaning to
}

// Flag is a flag that was given, or an argument that stands for one.
type Flag struct{ Name, Value string }

// System is a value found out from the system, and from what.
type System struct{ Value, From string }

// Words are the right names in settings whose meaning belongs to others. A nil
// one is not checked.
type Words struct {
	Fields   map[string][]string // headings: kind of table → its fields
	Statuses []string            // status_words
	Actions  []string            // keys
	// Registers checks the list of registers and returns what is wrong with it,
	// without the place; nil: it is not checked.
	Registers func(n *yaml.Node) []Error
}

// UserDir is taizhang's folder in the user's configuration folder, "" if the
// system knows none.
func UserDir() string {
	dir, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "taizhang")
}

// layer is a file that was read.
type layer struct {
	path string
	found
}

// Load reads every source. The error is of type Errors; the settings then hold
// what could be read, so that the error can be told in the right language.
func Load(src Sources) (*Settings, error) {
	ld := loader{src: src, v: viper.New()}
	layers := ld.layers()
	for _, x := range schema {
		ld.v.SetDefault(x.key, x.none)
	}
	for _, l := range layers {
		if err := ld.v.MergeConfigMap(nest(l.values)); err != nil {
			ld.errs = append(ld.errs, &Error{Class: ErrUnreadable, File: l.path, Err: err})
		}
	}
	s := &Settings{origins: map[string]Origin{}, values: map[string]any{}}
	for _, l := range layers {
		s.files = append(s.files, l.path)
	}
	ld.strayVariables()
	for _, x := range schema {
		if err := ld.v.BindEnv(x.key, envName(x.key)); err != nil {
			ld.errs = append(ld.errs, &Error{Class: ErrValue, Env: envName(x.key), Err: err})
		}
		if f, ok := src.Flags[x.key]; ok {
			ld.v.Set(x.key, f.Value)
		}
		val, from := ld.value(x, layers)
		s.values[x.key], s.origins[x.key] = val, from
		x.put(s, val)
	}
	if len(ld.errs) > 0 {
		return s, ld.errs
	}
	return s, nil
}

type loader struct {
	src  Sources
	v    *viper.Viper
	errs Errors
}

// layers reads the files in force, the weakest first.
func (ld *loader) layers() []layer {
	if ld.src.File != "" {
		if l, ok := ld.read(ld.src.File, true); ok {
			return []layer{l}
		}
		return nil
	}
	var user, here []layer
	if ld.src.UserDir != "" {
		if l, ok := ld.read(filepath.Join(ld.src.UserDir, FileName), false); ok {
			user = []layer{l}
		}
	}
	dir := ld.src.Dir
	if dir == "" {
		dir = "."
	}
	ledger := ld.src.Flags["ledger"].Value
	if ledger == "" {
		ledger = os.Getenv(envName("ledger"))
	}
	if ledger == "" {
		if l, ok := ld.read(filepath.Join(dir, FileName), false); ok {
			here = []layer{l}
			ledger, _ = l.values["ledger"].(string)
		}
	}
	if ledger == "" && len(user) > 0 {
		if ledger, _ = user[0].values["ledger"].(string); ledger != "" {
			here = nil // the ledger is elsewhere: what lies in this folder is not beside it
		}
	}
	beside := filepath.Join(filepath.Dir(ledger), FileName)
	if ledger != "" && (len(here) == 0 || !sameFile(beside, here[0].path)) {
		if l, ok := ld.read(beside, false); ok {
			here = append([]layer{l}, here...)
		}
	}
	if src := ld.src.Under; src != "" && !slices.ContainsFunc(append(user, here...),
		func(l layer) bool { return sameFile(l.path, src) }) {
		if l, ok := ld.read(src, false); ok {
			here = append([]layer{l}, here...)
		}
	}
	return append(user, here...)
}

func sameFile(a, b string) bool {
	fa, errA := os.Stat(a)
	fb, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(fa, fb)
}

// read reads one file; one that is not there is no mistake unless it must be.
func (ld *loader) read(path string, must bool) (layer, bool) {
	data, err := readLimited(path)
	if err != nil {
		if must || !errors.Is(err, fs.ErrNotExist) {
			ld.errs = append(ld.errs, &Error{Class: ErrUnreadable, File: path, Err: err})
		}
		return layer{}, false
	}
	d := decoder{place: Error{File: path}, dir: filepath.Dir(path), words: ld.src.Words}
	l := layer{path, d.file(data)}
	ld.errs = append(ld.errs, d.errs...)
	return l, true
}

func readLimited(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, ErrNotFile
	}
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// value is what viper settles on for a setting, and where that came from.
func (ld *loader) value(x setting, layers []layer) (any, Origin) {
	if f, ok := ld.src.Flags[x.key]; ok {
		if v, ok := ld.text(x, f.Value, Error{Flag: f.Name}); ok {
			return v, Origin{Source: FromFlag, Name: f.Name}
		}
		return x.none, Origin{Source: FromDefault}
	}
	if env := envName(x.key); os.Getenv(env) != "" {
		if v, ok := ld.text(x, ld.v.GetString(x.key), Error{Env: env}); ok {
			return v, Origin{Source: FromEnv, Name: env}
		}
		return x.none, Origin{Source: FromDefault}
	}
	for _, l := range slices.Backward(layers) {
		if _, ok := l.values[x.key]; ok {
			return ld.v.Get(x.key), Origin{Source: FromFile, File: l.path, Line: l.lines[x.key]}
		}
	}
	if s, ok := ld.src.System[x.key]; ok {
		if v, ok := ld.text(x, s.Value, Error{Env: s.From}); ok {
			return v, Origin{Source: FromSystem, Name: s.From}
		}
	}
	return x.none, Origin{Source: FromDefault}
}

// text reads a setting written on one line, as in a variable or a flag: a list
// is separated by commas (also 、 and ，), a map or a list of maps is YAML.
func (ld *loader) text(x setting, text string, place Error) (any, bool) {
	d := decoder{place: place, words: ld.src.Words}
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	switch x.none.(type) {
	case []string:
		n = &yaml.Node{Kind: yaml.SequenceNode}
		for item := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",，、", r) }) {
			if item = strings.TrimSpace(item); item != "" {
				n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: item})
			}
		}
	case map[string][]string, map[string]map[string][]string, []Unit, []Requirement, []Holiday, []Rung,
		map[string]float64, *yaml.Node:
		doc, err := parse([]byte(text))
		if err != nil {
			d.syntax(err)
		} else if doc != nil {
			n = doc
		}
	}
	var v any
	ok := false
	if len(d.errs) == 0 {
		v, ok = x.read(&d, n, x.key)
	}
	ld.errs = append(ld.errs, d.errs...)
	return v, ok
}

// strayVariables reports variables that look like ours and are none.
func (ld *loader) strayVariables() {
	var right []string
	for _, x := range schema {
		right = append(right, envName(x.key))
	}
	for _, kv := range os.Environ() {
		name, value, _ := strings.Cut(kv, "=")
		if strings.HasPrefix(name, "TAIZHANG_") && value != "" && !slices.Contains(right, name) {
			ld.errs = append(ld.errs, &Error{Class: ErrUnknownKey, Env: name, Key: name, Nearest: Nearest(name, right)})
		}
	}
}

// nest turns dotted keys into nested maps, as viper wants them.
func nest(flat map[string]any) map[string]any {
	out := map[string]any{}
	for key, v := range flat {
		group, name, ok := strings.Cut(key, ".")
		if !ok {
			out[key] = v
			continue
		}
		m, _ := out[group].(map[string]any)
		if m == nil {
			m = map[string]any{}
			out[group] = m
		}
		m[name] = v
	}
	return out
}
