package config

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"
)

// KeepHeadings adds headings to the file at path: what the columns of a kind of
// table are called, by field. A heading that stood under another field moves.
// Comments, other keys and, where nothing of theirs changes, the bytes of the file stay; a
// missing file is made. The file is replaced as a whole or not at all. Errors
// are of type Errors where the file cannot be understood.
func KeepHeadings(path, kind string, headings map[string][]string) error {
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Errors{{Class: ErrUnreadable, File: path, Err: err}}
	}
	d := decoder{place: Error{File: path}}
	if d.file(data); len(d.errs) > 0 {
		return d.errs
	}
	root, err := parse(data)
	if err != nil {
		return err
	}
	var out []byte
	if !wide(data) && (root == nil || root.Style&yaml.FlowStyle == 0 && under(root, "headings") == nil) {
		out, err = appended(data, kind, headings)
	} else {
		out, err = edited(data, kind, headings)
	}
	if err != nil {
		return err
	}
	return replace(path, out)
}

// wide reports UTF-16, which becomes UTF-8.
func wide(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
}

// appended is the file with the headings after everything else.
func appended(data []byte, kind string, headings map[string][]string) ([]byte, error) {
	block := &yaml.Node{Kind: yaml.MappingNode}
	putHeadings(block, kind, headings)
	text, err := encode(block)
	if err != nil {
		return nil, err
	}
	if n := len(data); n > 0 && data[n-1] != '\n' {
		data = append(data, '\n')
	}
	return append(data, text...), nil
}

// edited is the file with its headings changed.
func edited(data []byte, kind string, headings map[string][]string) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) {
		doc = yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode}}}
	}
	putHeadings(doc.Content[0], kind, headings)
	return encode(&doc)
}

func encode(n *yaml.Node) ([]byte, error) {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return nil, err
	}
	return b.Bytes(), enc.Close()
}

func putHeadings(root *yaml.Node, kind string, headings map[string][]string) {
	fields := child(child(root, "headings"), kind)
	var all []string
	for _, list := range headings {
		all = append(all, list...)
	}
	for i := 1; i < len(fields.Content); i += 2 {
		if list := fields.Content[i]; list.Kind == yaml.SequenceNode {
			list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool { return slices.Contains(all, n.Value) })
		}
	}
	for _, field := range slices.Sorted(maps.Keys(headings)) {
		list := under(fields, field)
		if list == nil {
			list = &yaml.Node{}
			fields.Content = append(fields.Content, name(field), list)
		}
		if list.Kind != yaml.SequenceNode { // new, or a key without value
			*list = yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		}
		for _, h := range headings[field] {
			n := name(h)
			n.Style = yaml.DoubleQuotedStyle // a heading may be a number, or begin with a sign that means something
			list.Content = append(list.Content, n)
		}
	}
}

func name(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// under is the value of a key of a mapping, nil if it has none.
func under(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// child is the mapping under a key, made if it is not there.
func child(m *yaml.Node, key string) *yaml.Node {
	n := under(m, key)
	if n == nil {
		n = &yaml.Node{Kind: yaml.MappingNode}
		m.Content = append(m.Content, name(key), n)
	} else if isNull(n) {
		*n = yaml.Node{Kind: yaml.MappingNode}
	}
	return n
}

// replace puts data in place of the file at path.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".taizhang-*.yaml")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already if all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.Chmod(f.Name(), mode); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
