package xmlpart

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
)

var bomUTF8 = []byte("\xef\xbb\xbf")

var errEncoding = errors.New("character encoding is unknown or broken")

// UTF8 gives a part as UTF-8. converted tells that it was stored in another
// encoding, so that the result is not the bytes of the file any more: a writer
// that splices into it stores the part anew as UTF-8, which its declaration
// then says too. Without conversion the result is data itself.
func UTF8(data []byte) (text []byte, converted bool, err error) {
	switch {
	case IsUTF8(data):
		return data, false, nil
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return fromUTF16(data[2:], 0, 1), true, nil
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], 1, 0), true, nil
	case bytes.HasPrefix(data, []byte{'<', 0}):
		return fromUTF16(data, 0, 1), true, nil
	case bytes.HasPrefix(data, []byte{0, '<'}):
		return fromUTF16(data, 1, 0), true, nil
	}
	at := declaredEncoding(data)
	name := string(bytes.ToLower(data[at.Start:at.End]))
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil, false, errEncoding
	}
	text, err = enc.NewDecoder().Bytes(data)
	if err != nil {
		return nil, false, errEncoding
	}
	return declareUTF8(text), true, nil
}

// IsUTF8 reports whether a part that begins with data is stored as UTF-8, by its
// byte order mark, its first characters and its declaration.
func IsUTF8(data []byte) bool {
	switch {
	case bytes.HasPrefix(data, bomUTF8):
		return true
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}), bytes.HasPrefix(data, []byte{0xFE, 0xFF}),
		bytes.HasPrefix(data, []byte{'<', 0}), bytes.HasPrefix(data, []byte{0, '<'}):
		return false
	}
	at := declaredEncoding(data)
	switch string(bytes.ToLower(data[at.Start:at.End])) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return true
	case "utf-16", "utf-16le", "utf-16be", "unicode":
		return true // the declaration errs: these bytes are not UTF-16
	}
	return false
}

// fromUTF16 decodes code units whose low and high byte stand at lo and hi of
// each pair. A lone surrogate becomes U+FFFD; an odd last byte is dropped.
func fromUTF16(data []byte, lo, hi int) []byte {
	out := make([]byte, 0, len(data)/2+len(data)/8)
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(data[i+lo]) | rune(data[i+hi])<<8
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			low := rune(data[i+2+lo]) | rune(data[i+2+hi])<<8
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				r = pair
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return declareUTF8(out)
}

// declaredEncoding is where the XML declaration names the encoding; empty if it
// does not.
func declaredEncoding(data []byte) Span {
	if !bytes.HasPrefix(data, []byte("<?xml")) {
		return Span{}
	}
	decl := data[:min(len(data), 256)]
	if n := bytes.Index(decl, []byte("?>")); n >= 0 {
		decl = decl[:n]
	}
	i := bytes.Index(decl, []byte("encoding"))
	if i < 0 {
		return Span{}
	}
	i += len("encoding")
	for i < len(decl) && (isSpace(decl[i]) || decl[i] == '=') {
		i++
	}
	if i >= len(decl) || decl[i] != '"' && decl[i] != '\'' {
		return Span{}
	}
	n := bytes.IndexByte(decl[i+1:], decl[i])
	if n < 0 {
		return Span{}
	}
	return Span{i + 1, i + 1 + n}
}

func declareUTF8(text []byte) []byte {
	at := declaredEncoding(text)
	if at.End == 0 {
		return text
	}
	return Splice(text, at, "UTF-8")
}

// IsPlain reports whether character data stands for itself.
func IsPlain(raw []byte) bool {
	for _, c := range raw {
		if c == '&' || c == '\r' || c >= 0x80 {
			return bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 && utf8.Valid(raw)
		}
	}
	return true
}

func plainAttr(raw []byte) bool {
	for _, c := range raw {
		if c == '&' || c < ' ' || c >= 0x80 {
			return false
		}
	}
	return true
}

// AppendDecoded appends decoded character data: references replaced, line ends
// made "\n", bytes that are not UTF-8 made U+FFFD. A reference that XML does
// not know stays as it is written, which is how spreadsheet programs that
// forgot to escape an ampersand meant it.
func AppendDecoded(dst, raw []byte) []byte {
	if IsPlain(raw) {
		return append(dst, raw...)
	}
	for len(raw) > 0 {
		n := bytes.IndexByte(raw, '&')
		if n < 0 {
			return appendNewlines(dst, raw)
		}
		dst, raw = appendReference(appendNewlines(dst, raw[:n]), raw[n:])
	}
	return dst
}

// appendAttr is AppendDecoded with white space as attributes have it.
func appendAttr(dst, raw []byte) []byte {
	for len(raw) > 0 {
		n := bytes.IndexAny(raw, "&\r\n\t")
		if n < 0 {
			return appendNewlines(dst, raw)
		}
		dst = appendNewlines(dst, raw[:n])
		raw = raw[n:]
		if raw[0] != '&' {
			if !bytes.HasPrefix(raw, []byte("\r\n")) {
				dst = append(dst, ' ')
			}
			raw = raw[1:]
			continue
		}
		dst, raw = appendReference(dst, raw)
	}
	return dst
}

// appendReference appends what the reference stands for that raw begins with, or the
// ampersand alone if there is none, and gives the rest of raw.
func appendReference(dst, raw []byte) (out, rest []byte) {
	r, size := reference(raw)
	if size == 0 {
		return append(dst, '&'), raw[1:]
	}
	return utf8.AppendRune(dst, r), raw[size:]
}

// reference decodes the entity or character reference that raw begins with;
// size 0 if it is none.
func reference(raw []byte) (r rune, size int) {
	end := bytes.IndexByte(raw[:min(len(raw), 16)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := string(raw[1:end]); name {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if name[0] != '#' || len(name) < 2 {
			return 0, 0
		}
		digits, base := name[1:], 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil {
			return 0, 0
		}
		if n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
			return utf8.RuneError, end + 1
		}
		return rune(n), end + 1
	}
}

// appendNewlines appends raw with line ends made "\n" and invalid UTF-8 made
// U+FFFD.
func appendNewlines(dst, raw []byte) []byte {
	if !utf8.Valid(raw) {
		raw = bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	for {
		n := bytes.IndexByte(raw, '\r')
		if n < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:n]...)
		dst = append(dst, '\n')
		raw = raw[n+1:]
		if len(raw) > 0 && raw[0] == '\n' {
			raw = raw[1:]
		}
	}
}
