package xmlpart

import (
	"bytes"
	"errors"
	"slices"
	"strings"
)

// Header is the declaration that a new part begins with.
const Header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Patch replaces a stretch of a part.
type Patch struct {
	at   Span
	Text string
}

// Replace is the patch that puts text in the place of a stretch; "" leaves the
// stretch out.
func Replace(at Span, text string) Patch { return Patch{at: at, Text: text} }

// Apply makes all replacements at once.
func Apply(data []byte, patches []Patch) []byte {
	slices.SortStableFunc(patches, func(a, b Patch) int { return a.at.Start - b.at.Start })
	var out bytes.Buffer
	out.Grow(len(data) + len(data)/64 + 256)
	done := 0
	for _, p := range patches {
		if p.at.Start < done {
			continue // inside a stretch that is replaced already
		}
		out.Write(data[done:p.at.Start])
		out.WriteString(p.Text)
		done = p.at.End
	}
	out.Write(data[done:])
	return out.Bytes()
}

var ErrNoElement = errors.New("element is missing")

// Element finds the first element with a local name at a depth (the root has
// depth 1): its span, the span of its content (empty at the end of an element
// without content) and its prefix with colon.
func Element(data []byte, local string, depth int) (whole, inner Span, prefix string, err error) {
	s := NewScanner(data)
	for s.Next() {
		d := s.Depth()
		if s.Kind == EmptyTag {
			d++
		}
		if !s.OnElement() || d != depth || !s.Is(local) {
			continue
		}
		whole, inner = Span{s.Start, s.End}, Span{s.End, s.End}
		prefix = string(data[s.Name.Start:s.Local])
		if s.Kind == StartTag {
			s.Skip()
			whole.End, inner.End = s.End, s.Start
		}
		return whole, inner, prefix, s.Err()
	}
	if err = s.Err(); err == nil {
		err = ErrNoElement
	}
	return
}

// InsertLast puts child at the end of an element that Element has found.
func InsertLast(data []byte, whole, inner Span, child string) []byte {
	if inner.End < whole.End {
		return Splice(data, Span{inner.End, inner.End}, child)
	}
	// <name …/> becomes <name …>child</name>.
	tag := string(data[whole.Start:whole.End])
	n := 1
	for n < len(tag) && nameByte[tag[n]] {
		n++
	}
	open := strings.TrimRight(strings.TrimSuffix(tag, "/>"), " \t\r\n")
	return Splice(data, whole, open+">"+child+"</"+tag[1:n]+">")
}

// Splice replaces a stretch of data.
func Splice(data []byte, at Span, text string) []byte {
	out := make([]byte, 0, len(data)-(at.End-at.Start)+len(text))
	out = append(out, data[:at.Start]...)
	out = append(out, text...)
	return append(out, data[at.End:]...)
}
