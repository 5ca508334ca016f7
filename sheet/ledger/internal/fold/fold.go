// Package fold makes texts comparable that people write in different ways.
package fold

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Text makes texts comparable: full-width forms become half-width, letters
// lower case, and white space goes, except one space between two Latin letters
// or digits, where it separates words. Control characters go too.
func Text(s string) string {
	if isFolded(s) {
		return s
	}
	s = width.Fold.String(s)
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u3000' || r == '\u200b' || r == '\ufeff':
			space = true
			continue
		case unicode.IsControl(r):
			continue
		}
		r = unicode.ToLower(r)
		if space && IsWord(last) && IsWord(r) {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// isFolded is true for the most usual texts that Text would not change: Chinese
// characters and plain digits.
func isFolded(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 0x4e00 || r > 0x9fff) {
			return false
		}
	}
	return true
}

// IsWord reports whether r is a Latin letter or a digit.
func IsWord(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
