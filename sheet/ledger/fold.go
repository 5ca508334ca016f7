package ledger

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// fold makes texts comparable: full-width forms become half-width, letters
// lower case, and white space goes, except one space between two Latin letters
// or digits, where it separates words. Control characters go too.
func fold(s string) string {
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
		if space && isWord(last) && isWord(r) {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// isFolded is true for the most usual texts that fold would not change: Chinese
// characters and plain digits.
func isFolded(s string) bool {
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 0x4e00 || r > 0x9fff) {
			return false
		}
	}
	return true
}

func isWord(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
