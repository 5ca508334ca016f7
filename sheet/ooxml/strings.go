package ooxml

import (
	"errors"
	"io/fs"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// sharedStrings is the workbook's table of texts, read once.
func (w *Workbook) sharedStrings() ([]string, error) {
	return w.book.strings.do(func() ([]string, error) {
		if w.book.stringsPart == "" {
			return nil, nil
		}
		s, err := w.scanPart(w.book.stringsPart)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		list, struck, err := readStrings(s, w.opt.Limits.orDefault().Text)
		w.book.struck = struck
		if err != nil {
			return nil, w.damagedPart(w.book.stringsPart, err)
		}
		return list, nil
	})
}

// readStrings reads a shared strings part of at most so many bytes of text; struck is
// what struckTexts gives.
func readStrings(s *scanner, most int64) (list []string, struck map[int]string, err error) {
	var text textBuffer
	var buf []byte
	list = make([]string, 0, min(s.size/64, maxStrings))
	total := int64(0)
	for s.next() {
		if s.kind != tokStart && s.kind != tokEmpty || !s.is("si") {
			continue
		}
		buf = s.richText(buf[:0])
		if s.strike.any {
			if struck == nil {
				struck = map[int]string{}
			}
			struck[len(list)] = string(s.strike.live)
		}
		list = append(list, text.keep(buf))
		if len(list) > maxStrings {
			return nil, nil, &limitError{"ooxml.too_many_strings", maxStrings}
		}
		if total += int64(len(buf)); total > most {
			return nil, nil, &limitError{"ooxml.too_much_shared_text", most >> 20}
		}
	}
	if err := s.err(); err != nil {
		return nil, nil, s.cause(err)
	}
	return list, struck, nil
}

// richText appends the text of the si or is element that has just started: its
// t elements, those of rich-text runs joined, those of phonetic runs (which
// tell how the text is read aloud) left out. It moves to the end tag, and notes in
// s.strike what of the text is struck out.
func (s *scanner) richText(dst []byte) []byte {
	s.strike.any, s.strike.live = false, s.strike.live[:0]
	if s.kind != tokStart {
		return dst
	}
	if raw, ok := s.leaf('t'); ok {
		return unescape(appendText(dst, raw), len(dst))
	}
	struck := false // in the run being read
	for depth := len(s.open); s.next(); {
		switch s.kind {
		case tokEnd:
			if len(s.open) < depth {
				return dst
			}
		case tokEmpty:
			if s.is("strike") {
				struck = s.flag("val", true)
			}
		case tokStart:
			switch string(s.localName()) {
			case "r":
				struck = false
			case "strike":
				struck = s.flag("val", true)
			case "t":
				from := len(dst)
				dst = s.content(dst)
				dst = unescape(dst, from)
				if struck {
					s.strike.any = s.strike.any || len(dst) > from
				} else {
					s.strike.live = append(s.strike.live, dst[from:]...)
				}
			case "rPh":
				s.skip()
			}
		}
	}
	return dst
}

// unescape replaces, from dst[from:] on, the _xHHHH_ with which the format
// writes characters that XML forbids, and underscores that would look like it.
// The result is never longer, so it is made in place.
func unescape(dst []byte, from int) []byte {
	at := from
	for at+7 <= len(dst) && !escapeAt(dst[at:]) {
		at++
	}
	if at+7 > len(dst) {
		return dst
	}
	out := dst[:at]
	for at < len(dst) {
		if !escapeAt(dst[at:]) {
			out = append(out, dst[at])
			at++
			continue
		}
		r := hex4(dst[at+2:])
		at += 7
		if utf16.IsSurrogate(r) && escapeAt(dst[at:]) {
			if pair := utf16.DecodeRune(r, hex4(dst[at+2:])); pair != utf8.RuneError {
				r = pair
				at += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// escapeAt reports whether b begins with _xHHHH_.
func escapeAt(b []byte) bool {
	return len(b) >= 7 && b[0] == '_' && b[1] == 'x' && b[6] == '_' &&
		isHex(b[2]) && isHex(b[3]) && isHex(b[4]) && isHex(b[5])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func hex4(b []byte) (r rune) {
	for _, c := range b[:4] {
		d := c - '0'
		if c > '9' {
			d = c&^0x20 - 'A' + 10
		}
		r = r<<4 | rune(d)
	}
	return r
}

// textBuffer hands out strings that share large backing arrays, and the same
// string again for a short value seen not long ago: sheets repeat themselves.
type textBuffer struct {
	block strings.Builder
	seen  [1024]string
}

// add copies b, or gives a copy made before.
func (t *textBuffer) add(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	var slot *string
	if len(b) <= 24 {
		h := uint32(2166136261)
		for _, c := range b {
			h = (h ^ uint32(c)) * 16777619
		}
		slot = &t.seen[(h^h>>16)%uint32(len(t.seen))]
		if *slot == string(b) {
			return *slot
		}
	}
	s := t.keep(b)
	if slot != nil {
		*slot = s
	}
	return s
}

// keep copies b without looking whether it was seen before.
func (t *textBuffer) keep(b []byte) string {
	if t.block.Cap()-t.block.Len() < len(b) {
		t.block.Reset()
		t.block.Grow(max(1<<16, len(b)))
	}
	from := t.block.Len()
	t.block.Write(b)
	return t.block.String()[from:]
}
