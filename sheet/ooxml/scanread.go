package ooxml

import (
	"bytes"
	"strings"
)

// What readers ask of the token that a scanner stands on.

// attr is the attribute with that name, prefix included; nil if there is none.
func (s *scanner) attr(name string) *attr {
	for i := range s.attrs {
		a := &s.attrs[i]
		if string(s.data[a.name.start:a.name.end]) == name {
			return a
		}
	}
	return nil
}

// attrLocal is the first attribute with that name under any prefix, such as
// r:id; one without a prefix does not count.
func (s *scanner) attrLocal(local string) *attr {
	for i := range s.attrs {
		a := &s.attrs[i]
		if a.local > a.name.start && string(s.data[a.local:a.name.end]) == local {
			return a
		}
	}
	return nil
}

// value is the decoded value of the attribute with that name, "" if there is
// none.
func (s *scanner) value(name string) string {
	if a := s.attr(name); a != nil {
		return s.decode(a)
	}
	return ""
}

// decode is the decoded value of a.
func (s *scanner) decode(a *attr) string {
	raw := s.data[a.value.start:a.value.end]
	if plainAttr(raw) {
		return string(raw)
	}
	return string(appendAttr(nil, raw))
}

// flag reads a boolean attribute; absent is what it means if it is not there.
func (s *scanner) flag(name string, absent bool) bool {
	a := s.attr(name)
	if a == nil {
		return absent
	}
	switch string(bytes.TrimSpace(s.data[a.value.start:a.value.end])) {
	case "1", "true", "on", "TRUE", "True":
		return true
	}
	return false
}

// text appends the characters of a text or CDATA token to dst; of other tokens
// nothing.
func (s *scanner) text(dst []byte) []byte {
	switch s.kind {
	case tokText:
		return appendText(dst, s.data[s.start:s.end])
	case tokCDATA:
		return appendNewlines(dst, s.data[s.start+len("<![CDATA["):s.end-len("]]>")])
	}
	return dst
}

// skip moves to the end tag of the element that has just started. On an empty
// element it does nothing.
func (s *scanner) skip() {
	if s.kind != tokStart {
		return
	}
	for depth := len(s.open); s.next(); {
		if s.kind == tokEnd && len(s.open) < depth {
			return
		}
	}
}

// leaf reads in one go what nearly every cell consists of: if all that follows
// in the element that has just started is one child without attributes that
// holds nothing but character data, leaf returns that data as written and moves
// to the element's end tag. Else it does nothing.
func (s *scanner) leaf(child byte) (raw []byte, ok bool) {
	data, at := s.data, s.pos
	if s.kind != tokStart || len(data)-at < 16 || data[at] != '<' || data[at+1] != child || data[at+2] != '>' {
		return nil, false
	}
	from := at + 3
	to := from
	for to < len(data) && data[to] != '<' {
		to++
	}
	parent := s.open[len(s.open)-1]
	size := parent.end - parent.start
	end := to + len("</v></>") + size
	if end > len(data) || data[to+1] != '/' || data[to+2] != child || data[to+3] != '>' || data[to+4] != '<' || data[to+5] != '/' ||
		data[end-1] != '>' || string(data[to+6:end-1]) != string(data[parent.start:parent.end]) {
		return nil, false
	}
	s.kind, s.start, s.end, s.pos = tokEnd, to+4, end, end
	s.name = span{to + 6, end - 1}
	s.local = localStart(data, to+6, end-1)
	s.open = s.open[:len(s.open)-1]
	return data[from:to], true
}

// content appends all character data of the element that has just started and
// moves to its end tag.
func (s *scanner) content(dst []byte) []byte {
	if s.kind != tokStart {
		return dst
	}
	for depth := len(s.open); s.next(); {
		if s.kind == tokEnd && len(s.open) < depth {
			break
		}
		dst = s.text(dst)
	}
	return dst
}

// children calls visit at every start or empty tag right inside the element that
// has just started; visit leaves the element it is given at its end tag. It
// stops at the first error that visit returns.
func (s *scanner) children(visit func() error) error {
	if s.kind != tokStart {
		return nil
	}
	for depth := len(s.open); s.next() && len(s.open) >= depth; {
		if s.kind == tokStart || s.kind == tokEmpty {
			if err := visit(); err != nil {
				return err
			}
		}
	}
	return nil
}

// alternatives is children for a list in which a program may have left a choice:
// of an AlternateContent it visits what stands in the first Choice made for
// Excel's own extensions, else in the Fallback, as Excel does.
func (s *scanner) alternatives(visit func() error) error {
	return s.children(func() error {
		if !s.is("AlternateContent") {
			return visit()
		}
		chosen := false
		return s.children(func() error {
			if chosen || !s.is("Fallback") && !(s.is("Choice") && isExcels(s.value("Requires"))) {
				s.skip()
				return nil
			}
			chosen = true
			return s.children(visit)
		})
	})
}

// isExcels reports whether all namespaces that a Choice requires are extensions
// of the format by Excel, going by the prefixes that every program uses for them.
func isExcels(requires string) bool {
	for _, prefix := range strings.Fields(requires) {
		if !strings.HasPrefix(prefix, "x1") && !strings.HasPrefix(prefix, "xr") {
			return false
		}
	}
	return requires != ""
}
