package xmlpart

import (
	"bytes"
	"fmt"
	"io"
)

// Kind is the kind of piece of XML that a scanner stands on.
type Kind uint8

const (
	None        Kind = iota
	StartTag         // <name …>
	EndTag           // </name>
	EmptyTag         // <name …/>
	Chars            // character data, entities not decoded
	CDATA            // <![CDATA[…]]>
	Comment          // <!--…-->
	Instruction      // <?…?>, the XML declaration included
	Doctype          // <!DOCTYPE …>
)

// maxDepth bounds how deep elements may nest. No part of a workbook comes
// near; a deeper one was made to exhaust its reader.
const maxDepth = 512

// Span is a stretch [start,end) of a part.
type Span struct{ Start, End int }

// Between is the stretch from one offset to another.
func Between(start, end int) Span { return Span{start, end} }

// Attr is one attribute of the element that a scanner stands on, by its places
// in the part. The value is as written; Scanner.Decode decodes it.
type Attr struct {
	Name  Span // with its prefix
	Local int  // where the name begins behind its prefix
	Value Span // between the quotes
}

// SyntaxError tells where a part stops being well-formed XML.
type SyntaxError struct {
	Off  int
	What string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.What, e.Off) }

// EntityError is a document type that declares entities: a workbook has no use
// for them, an attacker has several.
type EntityError struct{ off int }

func (e *EntityError) Error() string {
	return fmt.Sprintf("document type with entity declarations at byte %d", e.off)
}

// Scanner walks the tokens of a part, which must be UTF-8 (see UTF8), without
// copying. Every byte of the part behind a byte order mark belongs to exactly
// one token, so that Data[:s.Start] + replacement + Data[s.End:] is a splice.
//
// It checks what an editor needs to trust the offsets: tags close in order,
// attributes are quoted and not repeated, there is one root element. It does
// not check names or characters against the letter of the XML standard.
type Scanner struct {
	Data []byte // the part; of a stream, the window
	Size int64  // of the part

	// The token. Nobody else sets these.
	Kind  Kind
	Start int    // offset of the token in Data
	End   int    // offset behind it
	Name  Span   // qualified name of a start, empty or end tag
	Local int    // where the name begins behind its prefix
	Attrs []Attr // of a start or empty tag; Next uses the slice again

	pos  int    // where the next token begins
	open []Span // names of the open elements
	root bool   // a root element was seen
	fail error

	// Of a stream; see NewStream.
	src   io.Reader // what follows Data; nil if nothing does
	ahead int       // how much of Data is to be there behind pos; 0 without src
	base  int       // offset of Data in the part
}

// NewScanner scans data.
func NewScanner(data []byte) *Scanner {
	s := &Scanner{}
	s.Reset(data)
	return s
}

// Reset makes s scan data from its start and keeps its buffers.
func (s *Scanner) Reset(data []byte) {
	*s = Scanner{Data: data, Size: int64(len(data)), Attrs: s.Attrs[:0], open: s.open[:0]}
	s.skipMark()
}

// skipMark passes over a byte order mark.
func (s *Scanner) skipMark() {
	if bytes.HasPrefix(s.Data, bomUTF8) {
		s.pos = len(bomUTF8)
	}
	s.End = s.pos
}

// Consumed is how much of the part lies before the next token.
func (s *Scanner) Consumed() int { return s.base + s.pos }

// Wrong is the error that the token is not what a part may hold.
func (s *Scanner) Wrong(what string) error { return &SyntaxError{s.base + s.Start, what} }

// Err is why Next returned false before the end of the part; nil at the end.
func (s *Scanner) Err() error { return s.fail }

// Jump moves to an offset at which a token begins that is not inside any element
// but those that are open, so that the next token is the one there.
func (s *Scanner) Jump(at int) { s.pos = at }

// Depth is the number of open elements, the one just started included.
func (s *Scanner) Depth() int { return len(s.open) }

// LocalName is the element's name without prefix.
func (s *Scanner) LocalName() []byte { return s.Data[s.Local:s.Name.End] }

// Prefix is the element's prefix without colon, empty if there is none.
func (s *Scanner) Prefix() []byte {
	if s.Local == s.Name.Start {
		return nil
	}
	return s.Data[s.Name.Start : s.Local-1]
}

// OnElement reports whether the token is a start or an empty tag.
func (s *Scanner) OnElement() bool { return s.Kind == StartTag || s.Kind == EmptyTag }

// Span is where the token stands.
func (s *Scanner) Span() Span { return Span{s.Start, s.End} }

// Raw is the token as it is written.
func (s *Scanner) Raw() []byte { return s.Data[s.Start:s.End] }

// Is reports whether the token is a tag with that local name.
func (s *Scanner) Is(local string) bool { return string(s.Data[s.Local:s.Name.End]) == local }

func (s *Scanner) failAt(off int, what string) bool {
	if s.src != nil {
		return s.again()
	}
	s.fail = &SyntaxError{s.base + off, what}
	s.Kind = None
	return false
}

// Next moves to the next token; it returns false at the end of the part and at
// an error.
func (s *Scanner) Next() bool {
	if len(s.Data)-s.pos < s.ahead {
		s.readOn()
	}
	if s.fail != nil {
		return false
	}
	data, at := s.Data, s.pos
	s.Start = at
	if at >= len(data) {
		s.Kind = None
		s.End = at
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
		s.Kind, s.pos, s.End = Chars, at+n, at+n
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
		return s.until(Instruction, "<?", "?>")
	case '!':
		switch rest := data[at:]; {
		case bytes.HasPrefix(rest, []byte("<!--")):
			return s.until(Comment, "<!--", "-->")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			if len(s.open) == 0 {
				return s.failAt(at, "text outside the root element")
			}
			return s.until(CDATA, "<![CDATA[", "]]>")
		case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
			return s.doctype()
		}
		return s.failAt(at, "unknown markup")
	}
	return s.startTag()
}

// until ends the token at the first closing behind its opening.
func (s *Scanner) until(kind Kind, opening, closing string) bool {
	from := s.Start + len(opening)
	n := bytes.Index(s.Data[from:], []byte(closing))
	if n < 0 {
		return s.failAt(s.Start, "unterminated "+opening)
	}
	s.Kind = kind
	s.End = from + n + len(closing)
	s.pos = s.End
	return true
}

func (s *Scanner) endTag() bool {
	data := s.Data
	if len(s.open) == 0 {
		return s.failAt(s.Start, "end tag without start")
	}
	want := s.open[len(s.open)-1]
	from := s.Start + 2
	to := from + want.End - want.Start
	if to >= len(data) || string(data[from:to]) != string(data[want.Start:want.End]) {
		return s.failAt(s.Start, "end tag does not match "+string(data[want.Start:want.End]))
	}
	i := to
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	if i >= len(data) || data[i] != '>' {
		return s.failAt(s.Start, "end tag does not match "+string(data[want.Start:want.End]))
	}
	s.Kind = EndTag
	s.Name = Span{from, to}
	s.Local = localStart(data, from, to)
	s.End, s.pos = i+1, i+1
	s.open = s.open[:len(s.open)-1]
	return true
}

func (s *Scanner) startTag() bool {
	data := s.Data
	from := s.Start + 1
	i, local := from, from
	for i < len(data) && nameByte[data[i]] {
		if data[i] == ':' {
			local = i + 1
		}
		i++
	}
	if i == from || local == i {
		return s.failAt(s.Start, "tag without a name")
	}
	s.Name, s.Local = Span{from, i}, local
	s.Attrs = s.Attrs[:0]
	for {
		gap := i
		for i < len(data) && isSpace(data[i]) {
			i++
		}
		if i >= len(data) {
			return s.failAt(s.Start, "unterminated tag")
		}
		switch data[i] {
		case '>':
			if len(s.open) == 0 && s.root {
				return s.failAt(s.Start, "second root element")
			}
			if len(s.open) >= maxDepth {
				return s.failAt(s.Start, "elements nested too deep")
			}
			s.root = true
			s.open = append(s.open, s.Name)
			s.Kind, s.End, s.pos = StartTag, i+1, i+1
			return true
		case '/':
			if i+1 >= len(data) || data[i+1] != '>' {
				return s.failAt(i, "stray slash in a tag")
			}
			if len(s.open) == 0 && s.root {
				return s.failAt(s.Start, "second root element")
			}
			s.root = true
			s.Kind, s.End, s.pos = EmptyTag, i+2, i+2
			return true
		}
		if i == gap {
			return s.failAt(i, "no space before an attribute")
		}
		if i = s.attribute(i); i < 0 {
			return s.Kind != None // failAt may have read on
		}
	}
}

// attribute reads the attribute at i and returns the offset behind it, -1 on
// failure.
func (s *Scanner) attribute(i int) int {
	data := s.Data
	a := Attr{Name: Span{Start: i}, Local: i}
	if i+2 < len(data) && nameByte[data[i]] && data[i] != ':' {
		i++ // most names are one letter
	}
	for i < len(data) && nameByte[data[i]] {
		if data[i] == ':' {
			a.Local = i + 1
		}
		i++
	}
	a.Name.End = i
	if i == a.Name.Start {
		s.failAt(i, "attribute without a name")
		return -1
	}
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	if i >= len(data) || data[i] != '=' {
		s.failAt(a.Name.Start, "attribute without a value")
		return -1
	}
	for i++; i < len(data) && isSpace(data[i]); {
		i++
	}
	if i >= len(data) || data[i] != '"' && data[i] != '\'' {
		s.failAt(a.Name.Start, "attribute value without quotes")
		return -1
	}
	quote := data[i]
	i++
	a.Value.Start = i
	for i < len(data) && data[i] != quote {
		if data[i] == '<' {
			s.failAt(i, "tag inside an attribute value")
			return -1
		}
		i++
	}
	if i >= len(data) {
		s.failAt(a.Name.Start, "unterminated attribute value")
		return -1
	}
	a.Value.End = i
	for k := range s.Attrs {
		o := &s.Attrs[k]
		if data[o.Name.Start] == data[a.Name.Start] && o.Name.End-o.Name.Start == a.Name.End-a.Name.Start &&
			string(data[o.Name.Start:o.Name.End]) == string(data[a.Name.Start:a.Name.End]) {
			s.failAt(a.Name.Start, "attribute given twice")
			return -1
		}
	}
	s.Attrs = append(s.Attrs, a)
	return i + 1
}

// doctype passes over a document type, whose quotes, comments and internal
// subset may hold any '>'.
func (s *Scanner) doctype() bool {
	data := s.Data
	subset := 0
	for i := s.Start + len("<!DOCTYPE"); i < len(data); i++ {
		switch data[i] {
		case '"', '\'':
			n := bytes.IndexByte(data[i+1:], data[i])
			if n < 0 {
				return s.failAt(s.Start, "unterminated document type")
			}
			i += n + 1
		case '[':
			subset++
		case ']':
			subset--
		case '<':
			switch rest := data[i:]; {
			case bytes.HasPrefix(rest, []byte("<!ENTITY")):
				s.fail = &EntityError{s.base + i}
				s.Kind = None
				return false
			case bytes.HasPrefix(rest, []byte("<!--")):
				n := bytes.Index(rest, []byte("-->"))
				if n < 0 {
					return s.failAt(s.Start, "unterminated document type")
				}
				i += n + 2
			}
		case '>':
			if subset <= 0 {
				s.Kind = Doctype
				s.End, s.pos = i+1, i+1
				return true
			}
		}
	}
	return s.failAt(s.Start, "unterminated document type")
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
