package xmlpart

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// DropAttr is an element without an attribute of its start tag.
func DropAttr(elem, name string, prefixed bool) string {
	s := NewScanner([]byte(elem))
	s.Next()
	a := s.Attr(name)
	if prefixed {
		a = s.PrefixedAttr(name)
	}
	if a == nil {
		return elem
	}
	from := a.Name.Start
	for from > 0 && isSpace(elem[from-1]) {
		from--
	}
	return elem[:from] + elem[a.Value.End+1:]
}

// AttrOf is an attribute of an element's start tag.
func AttrOf(elem, name string, prefixed bool) string {
	s := NewScanner([]byte(elem))
	s.Next()
	if prefixed {
		if a := s.PrefixedAttr(name); a != nil {
			return s.Decode(a)
		}
		return ""
	}
	return s.Value(name)
}

// StartTagOf is the start tag of an element.
func StartTagOf(element []byte) string {
	end, _ := TagEnd(element, 1)
	return string(element[:max(end, 0)])
}

// SetAttr is a start tag without its closing bracket, with an attribute set.
func SetAttr(tag []byte, name, value string) []byte {
	if old := RawAttr(append(bytes.Clone(tag), '>'), name); old != nil {
		s := NewScanner(append(bytes.Clone(tag), "/>"...))
		s.Next()
		if a := s.Attr(name); a != nil {
			return Splice(tag, a.Value, value)
		}
	}
	return append(bytes.TrimRight(bytes.Clone(tag), " \t\r\n"), (" " + name + `="` + value + `"`)...)
}

// SetAttrs is an element with attributes set, children and all.
func SetAttrs(xf string, set map[string]string) string {
	s := NewScanner([]byte(xf))
	s.Next()
	var b strings.Builder
	b.WriteString(xf[:s.Name.End])
	for _, a := range s.Attrs {
		if _, ok := set[xf[a.Name.Start:a.Name.End]]; !ok {
			b.WriteString(" " + xf[a.Name.Start:a.Value.End+1])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		b.WriteString(" " + name + `="` + set[name] + `"`)
	}
	rest := s.End - 1
	if s.Kind == EmptyTag {
		rest--
	}
	b.WriteString(xf[rest:])
	return b.String()
}

// MarkupEnd is the offset behind the comment, CDATA section or processing
// instruction at at, -1 if it does not end.
func MarkupEnd(d []byte, at int) int {
	from, closing := at+2, ">"
	switch rest := d[at:]; {
	case bytes.HasPrefix(rest, []byte("<!--")):
		from, closing = at+4, "-->"
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		from, closing = at+9, "]]>"
	case bytes.HasPrefix(rest, []byte("<?")):
		closing = "?>"
	}
	n := bytes.Index(d[min(from, len(d)):], []byte(closing))
	if n < 0 {
		return -1
	}
	return from + n + len(closing)
}

// HasName reports whether d begins with the whole name.
func HasName(d, name []byte) bool {
	return len(d) > len(name) && string(d[:len(name)]) == string(name) && !nameByte[d[len(name)]]
}

// TagEnd is the offset behind the start tag that contains at, -1 if it does not
// end; selfClosed tells that it is an empty element.
func TagEnd(d []byte, at int) (end int, selfClosed bool) {
	for i := at; i < len(d); i++ {
		switch d[i] {
		case '"', '\'':
			n := bytes.IndexByte(d[i+1:], d[i])
			if n < 0 {
				return -1, false
			}
			i += n + 1
		case '>':
			return i + 1, d[i-1] == '/'
		}
	}
	return -1, false
}

// RawAttr is the value of an attribute without prefix as written in a tag, nil
// if it is not there.
func RawAttr(tag []byte, name string) []byte {
	for i := 0; i < len(tag); i++ {
		switch c := tag[i]; {
		case c == '"' || c == '\'':
			n := bytes.IndexByte(tag[i+1:], c)
			if n < 0 {
				return nil
			}
			i += n + 1
		case isSpace(c) && len(tag) > i+1+len(name) && string(tag[i+1:i+1+len(name)]) == name:
			v := bytes.TrimLeft(tag[i+1+len(name):], " \t\r\n")
			if len(v) == 0 || v[0] != '=' {
				continue
			}
			v = bytes.TrimLeft(v[1:], " \t\r\n")
			if len(v) == 0 || v[0] != '"' && v[0] != '\'' {
				return nil
			}
			if n := bytes.IndexByte(v[1:], v[0]); n >= 0 {
				return v[1 : 1+n]
			}
			return nil
		}
	}
	return nil
}

// Number reads a number without sign that fits an int32.
func Number[T string | []byte](b T) (int, bool) {
	if len(b) == 0 || len(b) > 10 {
		return 0, false
	}
	n := 0
	for i := range len(b) {
		c := b[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, n <= 1<<31-1
}
