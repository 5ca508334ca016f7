package xmlpart

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeText is s as character data: XML's own characters as entities.
func EscapeText(s string) string { return xmlEscaper.Replace(s) }

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// EscapeAttr is s as the value of an attribute in double quotes.
func EscapeAttr(s string) string {
	return attrEscaper.Replace(strings.ToValidUTF8(s, "\uFFFD"))
}

var attrEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r",
	"&#13;", "\t", "&#9;")

// AppendXString appends s as the content of a string element: XML's own
// characters as entities; characters that XML cannot hold as _xHHHH_, the
// format's escape; and an underscore that would read as such an escape itself.
func AppendXString(dst []byte, s string) []byte {
	for i, r := range s {
		switch {
		case r == '&':
			dst = append(dst, "&amp;"...)
		case r == '<':
			dst = append(dst, "&lt;"...)
		case r == '>':
			dst = append(dst, "&gt;"...)
		case r == '_' && isEscape(s[i:]):
			dst = append(dst, "_x005F_"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF:
			const hex = "0123456789ABCDEF"
			dst = append(dst, '_', 'x', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15], '_')
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// DecodeXString replaces, from dst[from:] on, the _xHHHH_ with which the format
// writes characters that XML forbids, and underscores that would look like it.
// The result is never longer, so it is made in place.
func DecodeXString(dst []byte, from int) []byte {
	at := from
	for {
		n := bytes.IndexByte(dst[at:], '_')
		if n < 0 {
			return dst
		}
		if at += n; isEscape(dst[at:]) {
			break
		}
		at++
	}
	out := dst[:at]
	for at < len(dst) {
		if !isEscape(dst[at:]) {
			out = append(out, dst[at])
			at++
			continue
		}
		r := hex4(dst[at+2:])
		at += 7
		if utf16.IsSurrogate(r) && isEscape(dst[at:]) {
			if pair := utf16.DecodeRune(r, hex4(dst[at+2:])); pair != utf8.RuneError {
				r = pair
				at += 7
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// isEscape reports whether b begins with _xHHHH_.
func isEscape[T string | []byte](b T) bool {
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
