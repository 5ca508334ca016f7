package config

import (
	"bytes"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"
)

// AddHeadings adds headings to the configuration file at path: what the columns
// of a kind of table are called, by field. data is the file's content, nil if
// there is no file yet. A heading that stood under another field
// moves. Comments, other keys and, where nothing of theirs changes, the bytes of
// the file stay. Errors are of type Errors where the file cannot be understood.
func AddHeadings(path string, data []byte, kind string, headings map[string][]string) ([]byte, error) {
	d := decoder{place: Error{File: path}}
	if d.file(data); len(d.errs) > 0 {
		return nil, d.errs
	}
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	if !wide(data) && (root == nil || root.Style&yaml.FlowStyle == 0 && under(root, "headings") == nil) {
		return appended(data, kind, headings)
	}
	return edited(data, kind, headings)
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
	return slices.Concat(data, text), nil
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
			list.Content = slices.DeleteFunc(list.Content, func(n *yaml.Node) bool {
				return slices.Contains(all,
					n.Value)
			})
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
