package ooxml

import (
	"bytes"
	"fmt"
	"io"
)

// tokenKind is the kind of piece of XML that a scanner stands on.
type tokenKind uint8

const (
	tokNone    tokenKind = iota
	tokStart             // <name …>
	tokEnd               // </name>
	tokEmpty             // <name …/>
	tokText              // character data, entities not decoded
	tokCDATA             // <![CDATA[…]]>
	tokComment           // <!--…-->
	tokPI                // <?…?>, the XML declaration included
	tokDoctype           // <!DOCTYPE …>
)

// maxDepth bounds how deep elements may nest. No part of a workbook comes
// near; a deeper one was made to exhaust its reader.
const maxDepth = 512

// span is a stretch [start,end) of a part.
type span struct{ start, end int }

// attr is one attribute of the element that a scanner stands on, by its places
// in the part. The value is as written; scanner.value decodes it.
type attr struct {
	name  span // with its prefix
	local int  // where the name begins behind its prefix
	value span // between the quotes
}

// syntaxError tells where a part stops being well-formed XML.
type syntaxError struct {
	off  int
	what string
}

func (e *syntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.what, e.off) }

// entityError is a document type that declares entities: a workbook has no use
// for them, an attacker has several.
type entityError struct{ off int }

func (e *entityError) Error() string {
	return fmt.Sprintf("document type with entity declarations at byte %d", e.off)
}

// scanner walks the tokens of a part, which must be UTF-8 (see asUTF8), without
// copying. Every byte of the part behind a byte order mark belongs to exactly
// one token, so that data[:s.start] + replacement + data[s.end:] is a splice.
//
// It checks what an editor needs to trust the offsets: tags close in order,
// attributes are quoted and not repeated, there is one root element. It does
// not check names or characters against the letter of the XML standard.
type scanner struct {
	data []byte
	pos  int

	kind  tokenKind
	start int  // offset of the token
	end   int  // offset behind the token
	name  span // qualified name of a start, empty or end tag
	local int  // where the name begins behind its prefix

	attrs []attr // of a start or empty tag; reused by next

	open []span // names of the open elements
	root bool   // a root element was seen
	fail error

	strike strike // of the last richText

	// Of a stream; see newStream.
	src   io.Reader // what follows data; nil if nothing does
	ahead int       // how much of data is to be there behind pos; 0 without src
	base  int       // offset of data in the part
	size  int64     // of the part
}

// newScanner scans data.
func newScanner(data []byte) *scanner {
	s := &scanner{}
	s.reset(data)
	return s
}

// reset makes s scan data from its start and keeps its buffers.
func (s *scanner) reset(data []byte) {
	*s = scanner{data: data, size: int64(len(data)), attrs: s.attrs[:0], open: s.open[:0]}
	s.skipMark()
}

// skipMark passes over a byte order mark.
func (s *scanner) skipMark() {
	if bytes.HasPrefix(s.data, bomUTF8) {
		s.pos = len(bomUTF8)
	}
	s.end = s.pos
}

// read is how much of the part lies before the next token.
func (s *scanner) read() int { return s.base + s.pos }

// wrong is the error that the token is not what a part may hold.
func (s *scanner) wrong(what string) error { return &syntaxError{s.base + s.start, what} }

// err is why next returned false before the end of the part; nil at the end.
func (s *scanner) err() error { return s.fail }

// depth is the number of open elements, the one just started included.
func (s *scanner) depth() int { return len(s.open) }

// localName is the element's name without prefix.
func (s *scanner) localName() []byte { return s.data[s.local:s.name.end] }

// prefix is the element's prefix without colon, empty if there is none.
func (s *scanner) prefix() []byte {
	if s.local == s.name.start {
		return nil
	}
	return s.data[s.name.start : s.local-1]
}

// is reports whether the token is a tag with that local name.
func (s *scanner) is(local string) bool { return string(s.data[s.local:s.name.end]) == local }

func (s *scanner) failAt(off int, what string) bool {
	if s.src != nil {
		return s.again()
	}
	s.fail = &syntaxError{s.base + off, what}
	s.kind = tokNone
	return false
}

// next moves to the next token; it returns false at the end of the part and at
// an error.
func (s *scanner) next() bool {
	if len(s.data)-s.pos < s.ahead {
		s.readOn()
	}
	if s.fail != nil {
		return false
	}
	data, at := s.data, s.pos
	s.start = at
	if at >= len(data) {
		s.kind = tokNone
		s.end = at
		switch {
		case len(s.open) > 0:
			return s.failAt(at, "element never closed")
		case !s.root:
			return s.failAt(at, "no element")
		}
		return false
	}
	if data[at] != '<' {
		n := bytes.IndexByte(data[at:], '<')
		if n < 0 {
			if s.src != nil {
				return s.again()
			}
			n = len(data) - at
		}
		s.kind, s.pos, s.end = tokText, at+n, at+n
		if len(s.open) == 0 && len(bytes.Trim(data[at:at+n], " \t\r\n\x00")) > 0 {
			return s.failAt(at, "text outside the root element")
		}
		return true
	}
	if at+1 >= len(data) {
		return s.failAt(at, "unterminated tag")
	}
	switch data[at+1] {
	case '/':
		return s.endTag()
	case '?':
		return s.until(tokPI, "<?", "?>")
	case '!':
		switch rest := data[at:]; {
		case bytes.HasPrefix(rest, []byte("<!--")):
			return s.until(tokComment, "<!--", "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			if len(s.open) == 0 {
				return s.failAt(at, "text outside the root element")
			}
			return s.until(tokCDATA, "<![CDATA[", "]]>")
		case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
			return s.doctype()
		}
		return s.failAt(at, "unknown markup")
	}
	return s.startTag()
}

// until ends the token at the first closing behind its opening.
func (s *scanner) until(kind tokenKind, opening, closing string) bool {
	from := s.start + len(opening)
	n := bytes.Index(s.data[from:], []byte(closing))
	if n < 0 {
		return s.failAt(s.start, "unterminated "+opening)
	}
	s.kind = kind
	s.end = from + n + len(closing)
	s.pos = s.end
	return true
}

func (s *scanner) endTag() bool {
	data := s.data
	if len(s.open) == 0 {
		return s.failAt(s.start, "end tag without start")
	}
	want := s.open[len(s.open)-1]
	from := s.start + 2
	to := from + want.end - want.start
	if to >= len(data) || string(data[from:to]) != string(data[want.start:want.end]) {
		return s.failAt(s.start, "end tag does not match "+string(data[want.start:want.end]))
	}
	i := to
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	if i >= len(data) || data[i] != '>' {
		return s.failAt(s.start, "end tag does not match "+string(data[want.start:want.end]))
	}
	s.kind = tokEnd
	s.name = span{from, to}
	s.local = localStart(data, from, to)
	s.end, s.pos = i+1, i+1
	s.open = s.open[:len(s.open)-1]
	return true
}

func (s *scanner) startTag() bool {
	data := s.data
	from := s.start + 1
	i, local := from, from
	for i < len(data) && nameByte[data[i]] {
		if data[i] == ':' {
			local = i + 1
		}
		i++
	}
	if i == from || local == i {
		return s.failAt(s.start, "tag without a name")
	}
	s.name, s.local = span{from, i}, local
	s.attrs = s.attrs[:0]
	for {
		gap := i
		for i < len(data) && isSpace(data[i]) {
			i++
		}
		if i >= len(data) {
			return s.failAt(s.start, "unterminated tag")
		}
		switch data[i] {
		case '>':
			if len(s.open) == 0 && s.root {
				return s.failAt(s.start, "second root element")
			}
			if len(s.open) >= maxDepth {
				return s.failAt(s.start, "elements nested too deep")
			}
			s.root = true
			s.open = append(s.open, s.name)
			s.kind, s.end, s.pos = tokStart, i+1, i+1
			return true
		case '/':
			if i+1 >= len(data) || data[i+1] != '>' {
				return s.failAt(i, "stray slash in a tag")
			}
			if len(s.open) == 0 && s.root {
				return s.failAt(s.start, "second root element")
			}
			s.root = true
			s.kind, s.end, s.pos = tokEmpty, i+2, i+2
			return true
		}
		if i == gap {
			return s.failAt(i, "no space before an attribute")
		}
		if i = s.attribute(i); i < 0 {
			return s.kind != tokNone // failAt may have read on
		}
	}
}

// attribute reads the attribute at i and returns the offset behind it, -1 on
// failure.
func (s *scanner) attribute(i int) int {
	data := s.data
	a := attr{name: span{start: i}, local: i}
	if i+2 < len(data) && nameByte[data[i]] && data[i] != ':' {
		i++ // most names are one letter
	}
	for i < len(data) && nameByte[data[i]] {
		if data[i] == ':' {
			a.local = i + 1
		}
		i++
	}
	a.name.end = i
	if i == a.name.start {
		s.failAt(i, "attribute without a name")
		return -1
	}
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	if i >= len(data) || data[i] != '=' {
		s.failAt(a.name.start, "attribute without a value")
		return -1
	}
	for i++; i < len(data) && isSpace(data[i]); {
		i++
	}
	if i >= len(data) || data[i] != '"' && data[i] != '\'' {
		s.failAt(a.name.start, "attribute value without quotes")
		return -1
	}
	quote := data[i]
	i++
	a.value.start = i
	for i < len(data) && data[i] != quote {
		if data[i] == '<' {
			s.failAt(i, "tag inside an attribute value")
			return -1
		}
		i++
	}
	if i >= len(data) {
		s.failAt(a.name.start, "unterminated attribute value")
		return -1
	}
	a.value.end = i
	for k := range s.attrs {
		o := &s.attrs[k]
		if data[o.name.start] == data[a.name.start] && o.name.end-o.name.start == a.name.end-a.name.start &&
			string(data[o.name.start:o.name.end]) == string(data[a.name.start:a.name.end]) {
			s.failAt(a.name.start, "attribute given twice")
			return -1
		}
	}
	s.attrs = append(s.attrs, a)
	return i + 1
}

// doctype passes over a document type, whose quotes, comments and internal
// subset may hold any '>'.
func (s *scanner) doctype() bool {
	data := s.data
	subset := 0
	for i := s.start + len("<!DOCTYPE"); i < len(data); i++ {
		switch data[i] {
		case '"', '\'':
			n := bytes.IndexByte(data[i+1:], data[i])
			if n < 0 {
				return s.failAt(s.start, "unterminated document type")
			}
			i += n + 1
		case '[':
			subset++
		case ']':
			subset--
		case '<':
			switch rest := data[i:]; {
			case bytes.HasPrefix(rest, []byte("<!ENTITY")):
				s.fail = &entityError{s.base + i}
				s.kind = tokNone
				return false
			case bytes.HasPrefix(rest, []byte("<!--")):
				n := bytes.Index(rest, []byte("-->"))
				if n < 0 {
					return s.failAt(s.start, "unterminated document type")
				}
				i += n + 2
			}
		case '>':
			if subset <= 0 {
				s.kind = tokDoctype
				s.end, s.pos = i+1, i+1
				return true
			}
		}
	}
	return s.failAt(s.start, "unterminated document type")
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// nameByte marks the bytes that can stand in a name; everything beyond ASCII can.
var nameByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x80 || c > ' ' && !bytes.ContainsRune([]byte(`<>/='"&?!`), rune(c)) && c != 0x7f
	}
	return t
}()

func localStart(data []byte, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if data[i] == ':' {
			return i + 1
		}
	}
	return from
}
