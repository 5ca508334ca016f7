package config

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// View is how the task table, or the list of a register, stands, by name.
type View struct {
	Name     string   `json:"name"`
	Register string   `json:"register"` // the kind of register that is shown; "": the tasks
	Filter   string   `json:"filter"`
	Sort     string   `json:"sort"` // a column; "": the workbook's order, or the most urgent first
	Down     bool     `json:"down"`
	Group    string   `json:"group"`   // "unit", "section", "status", "month" or ""; of a register also a column
	Columns  []string `json:"columns"` // in order, each a key, or key:cells
}

var viewKeys = []string{"name", "register", "filter", "sort", "down", "group", "columns"}

func readViews(d *decoder, n *yaml.Node, key string) (any, bool) {
	out := []View{}
	ok := d.items(n, key, viewKeys, func(at *yaml.Node, get map[string]*yaml.Node) {
		v := View{Columns: []string{}}
		field(d, get, key, "name", readText, &v.Name)
		field(d, get, key, "register", readText, &v.Register)
		field(d, get, key, "filter", readText, &v.Filter)
		field(d, get, key, "sort", readText, &v.Sort)
		field(d, get, key, "down", readBool, &v.Down)
		group := readChoice("", "unit", "section", "status", "month")
		if v.Register != "" {
			group = readText
		}
		field(d, get, key, "group", group, &v.Group)
		field(d, get, key, "columns", readList, &v.Columns)
		d.filled(at, key, "name", v.Name, get)
		if slices.ContainsFunc(out, func(o View) bool { return o.Name == v.Name && v.Name != "" }) {
			d.fail(Error{Class: ErrTwice, Line: at.Line, Key: join(key, v.Name)})
		}
		out = append(out, v)
	})
	return out, ok
}

// PutView keeps a view in the configuration file at path and replaces one of the
// same name. data is the file's content, nil if there is no file yet. Comments
// and other keys stay. Errors are of type Errors where the file cannot be
// understood.
func PutView(path string, data []byte, v View) ([]byte, error) {
	return editViews(path, data, v.Name, viewNode(v))
}

// DropView takes the view of that name out of a configuration file.
func DropView(path string, data []byte, name string) ([]byte, error) {
	return editViews(path, data, name, nil)
}

func editViews(path string, data []byte, named string, put *yaml.Node) ([]byte, error) {
	d := decoder{place: Error{File: path}}
	if d.file(data); len(d.errs) > 0 {
		return nil, d.errs
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 || isNull(doc.Content[0]) {
		// Comments alone are no document: they stay before what is added.
		if put == nil {
			return data, nil
		}
		text, err := encode(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{name("views"),
			{Kind: yaml.SequenceNode, Content: []*yaml.Node{put}}}})
		if n := len(data); n > 0 && data[n-1] != '\n' {
			data = append(slices.Clone(data), '\n')
		}
		return slices.Concat(data, text), err
	}
	root := doc.Content[0]
	list := under(root, "views")
	if list == nil {
		list = &yaml.Node{Kind: yaml.SequenceNode}
		root.Content = append(root.Content, name("views"), list)
	} else if list.Kind != yaml.SequenceNode {
		*list = yaml.Node{Kind: yaml.SequenceNode}
	}
	isIt := func(n *yaml.Node) bool {
		at := under(n, "name")
		return at != nil && at.Value == named
	}
	switch i := slices.IndexFunc(list.Content, isIt); {
	case put == nil:
		list.Content = slices.DeleteFunc(list.Content, isIt)
	case i >= 0:
		list.Content[i] = put
	default:
		list.Content = append(list.Content, put)
	}
	return encode(&doc)
}

// viewNode is a view as it stands in a file: what it does not say is left out.
func viewNode(v View) *yaml.Node {
	quoted := func(s string) *yaml.Node {
		n := name(s)
		n.Style = yaml.DoubleQuotedStyle
		return n
	}
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	put := func(key string, value *yaml.Node) { n.Content = append(n.Content, name(key), value) }
	put("name", quoted(v.Name))
	for _, f := range [...][2]string{{"register", v.Register}, {"filter", v.Filter}, {"sort", v.Sort},
		{"group", v.Group}} {
		if f[1] != "" {
			put(f[0], quoted(f[1]))
		}
	}
	if v.Down {
		put("down", &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"})
	}
	if len(v.Columns) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, c := range v.Columns {
			list.Content = append(list.Content, quoted(c))
		}
		put("columns", list)
	}
	return n
}
