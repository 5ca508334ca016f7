package ledger

import (
	"strconv"
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

const chineseDigits = "〇零○一二三四五六七八九两十廿卅"

// arabic replaces Chinese numerals below one hundred, and years written digit
// by digit (二〇二二), by Arabic digits wherever they stand. It is for matching
// only: 统一 becomes 统1.
func arabic(s string) string {
	if !strings.ContainsAny(s, chineseDigits) {
		return s
	}
	var b strings.Builder
	var run []rune
	flush := func() {
		b.WriteString(numeral(run))
		run = run[:0]
	}
	for _, r := range s {
		if strings.ContainsRune(chineseDigits, r) {
			run = append(run, r)
			continue
		}
		flush()
		b.WriteRune(r)
	}
	flush()
	return b.String()
}

// numeral is the Arabic form of a run of Chinese numeral characters.
func numeral(run []rune) string {
	if len(run) == 0 {
		return ""
	}
	value, digit, tens := 0, 0, false
	var plain strings.Builder
	for _, r := range run {
		switch r {
		case '十':
			value, digit, tens = value+max(digit, 1)*10, 0, true
		case '廿':
			value, digit, tens = value+20, 0, true
		case '卅':
			value, digit, tens = value+30, 0, true
		default:
			digit = digitOf(r)
			plain.WriteByte(byte('0' + digit))
		}
	}
	if !tens {
		return plain.String()
	}
	return strconv.Itoa(value + digit)
}

func digitOf(r rune) int {
	switch r {
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return 0
}
