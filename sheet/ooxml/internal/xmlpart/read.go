package xmlpart

import (
	"bytes"
	"strings"
)

// What readers ask of the token that a scanner stands on.

// Attr is the attribute with that name, prefix included; nil if there is none.
func (s *Scanner) Attr(name string) *Attr {
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if string(s.Data[a.Name.Start:a.Name.End]) == name {
			return a
		}
	}
	return nil
}

// PrefixedAttr is the first attribute with that name under any prefix, such as
// r:id; one without a prefix does not count.
func (s *Scanner) PrefixedAttr(local string) *Attr {
	for i := range s.Attrs {
		a := &s.Attrs[i]
		if a.Local > a.Name.Start && string(s.Data[a.Local:a.Name.End]) == local {
			return a
		}
	}
	return nil
}

// Value is the decoded value of the attribute with that name, "" if there is
// none.
func (s *Scanner) Value(name string) string {
	if a := s.Attr(name); a != nil {
		return s.Decode(a)
	}
	return ""
}

// Decode is the decoded value of a.
func (s *Scanner) Decode(a *Attr) string {
	raw := s.Data[a.Value.Start:a.Value.End]
	if plainAttr(raw) {
		return string(raw)
	}
	return string(appendAttr(nil, raw))
}

// Flag reads a boolean attribute; absent is what it means if it is not there.
func (s *Scanner) Flag(name string, absent bool) bool {
	a := s.Attr(name)
	if a == nil {
		return absent
	}
	switch string(bytes.TrimSpace(s.Data[a.Value.Start:a.Value.End])) {
	case "1", "true", "on", "TRUE", "True":
		return true
	}
	return false
}

// AppendText appends the characters of a text or CDATA token to dst; of other tokens
// nothing.
func (s *Scanner) AppendText(dst []byte) []byte {
	switch s.Kind {
	case Chars:
		return AppendDecoded(dst, s.Data[s.Start:s.End])
	case CDATA:
		return appendNewlines(dst, s.Data[s.Start+len("<![CDATA["):s.End-len("]]>")])
	}
	return dst
}

// Skip moves to the end tag of the element that has just started. On an empty
// element it does nothing.
func (s *Scanner) Skip() {
	if s.Kind != StartTag {
		return
	}
	for depth := len(s.open); s.Next(); {
		if s.Kind == EndTag && len(s.open) < depth {
			return
		}
	}
}

// Leaf reads in one go what nearly every cell consists of: if all that follows
// in the element that has just started is one child without attributes that
// holds nothing but character data, Leaf returns that data as written and moves
// to the element's end tag. Else it does nothing.
func (s *Scanner) Leaf(child byte) (raw []byte, ok bool) {
	data, at := s.Data, s.pos
	if s.Kind != StartTag || len(data)-at < 16 || data[at] != '<' || data[at+1] != child || data[at+2] != '>' {
		return nil, false
	}
	from := at + 3
	to := from
	for to < len(data) && data[to] != '<' {
		to++
	}
	parent := s.open[len(s.open)-1]
	size := parent.End - parent.Start
	end := to + len("</v></>") + size
	if end > len(data) || data[to+1] != '/' || data[to+2] != child || data[to+3] != '>' || data[to+4] != '<' ||
		data[to+5] != '/' ||
		data[end-1] != '>' || string(data[to+6:end-1]) != string(data[parent.Start:parent.End]) {
		return nil, false
	}
	s.Kind, s.Start, s.End, s.pos = EndTag, to+4, end, end
	s.Name = Span{to + 6, end - 1}
	s.Local = localStart(data, to+6, end-1)
	s.open = s.open[:len(s.open)-1]
	return data[from:to], true
}

// Content appends all character data of the element that has just started and
// moves to its end tag.
func (s *Scanner) Content(dst []byte) []byte {
	if s.Kind != StartTag {
		return dst
	}
	for depth := len(s.open); s.Next(); {
		if s.Kind == EndTag && len(s.open) < depth {
			break
		}
		dst = s.AppendText(dst)
	}
	return dst
}

// Children calls visit at every start or empty tag right inside the element that
// has just started; visit leaves the element it is given at its end tag. It
// stops at the first error that visit returns.
func (s *Scanner) Children(visit func() error) error {
	if s.Kind != StartTag {
		return nil
	}
	for depth := len(s.open); s.Next() && len(s.open) >= depth; {
		if s.OnElement() {
			if err := visit(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Alternatives is Children for a list in which a program may have left a choice:
// of an AlternateContent it visits what stands in the first Choice made for
// Excel's own extensions, else in the Fallback, as Excel does.
func (s *Scanner) Alternatives(visit func() error) error {
	return s.Children(func() error {
		if !s.Is("AlternateContent") {
			return visit()
		}
		chosen := false
		return s.Children(func() error {
			if chosen || !s.Is("Fallback") && !(s.Is("Choice") && isExcels(s.Value("Requires"))) {
				s.Skip()
				return nil
			}
			chosen = true
			return s.Children(visit)
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
