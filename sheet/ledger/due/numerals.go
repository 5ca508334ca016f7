package due

import (
	"strconv"
	"strings"
)

const chineseDigits = "〇零○一二三四五六七八九两十廿卅"

// Arabic replaces Chinese numerals below one hundred, and years written digit
// by digit (二〇二二), by Arabic digits wherever they stand. It is for matching
// only: 统一 becomes 统1.
func Arabic(s string) string {
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

// Chinese is a number from 1 to 999 in Chinese numerals, as the headings of an
// official paper have it; any other comes in digits.
func Chinese(n int) string {
	if n < 1 || n > 999 {
		return strconv.Itoa(n)
	}
	digits := []rune("零一二三四五六七八九")
	var out []rune
	hundreds, tens, ones := n/100, n/10%10, n%10
	if hundreds > 0 {
		out = append(out, digits[hundreds], '百')
	}
	switch {
	case tens > 1 || tens == 1 && hundreds > 0:
		out = append(out, digits[tens], '十')
	case tens == 1:
		out = append(out, '十')
	case hundreds > 0 && ones > 0:
		out = append(out, '零')
	}
	if ones > 0 {
		out = append(out, digits[ones])
	}
	return string(out)
}
