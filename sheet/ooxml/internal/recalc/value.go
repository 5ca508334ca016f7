package recalc

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Kind is what a value is.
type Kind uint8

const (
	Blank Kind = iota // an empty cell
	Number
	Text
	Bool
	Error
	Hollow // a text without characters that stands in a cell: blank to some programs
)

// Value is the value of a cell or of a part of a formula.
type Value struct {
	Kind Kind
	Num  float64 // of a Number; of a Bool 1 or 0
	Str  string  // of a Text; the name of an Error
}

// ErrUnknown: no value can be given with certainty.
var ErrUnknown = errors.New("value not known with certainty")

// cellError is an error value on its way through a formula.
type cellError string

func (e cellError) Error() string { return string(e) }

const (
	errDiv   = cellError("#DIV/0!")
	errNA    = cellError("#N/A")
	errValue = cellError("#VALUE!")
)

// NumberOf, TextOf and BoolOf make values.
func NumberOf(n float64) Value { return Value{Kind: Number, Num: n} }

// TextOf makes a text.
func TextOf(s string) Value { return Value{Kind: Text, Str: s} }

// BoolOf makes a truth value.
func BoolOf(b bool) Value {
	v := Value{Kind: Bool}
	if b {
		v.Num = 1
	}
	return v
}

// number is a value as an operand of arithmetic.
func (v Value) number() (float64, error) {
	switch v.Kind {
	case Number, Bool:
		return v.Num, nil
	case Error:
		return 0, cellError(v.Str)
	case Hollow:
		return 0, ErrUnknown
	case Text:
		if n, ok := plainNumber(v.Str); ok {
			return n, nil
		}
		if mayBeNumber(v.Str) {
			return 0, ErrUnknown
		}
		return 0, errValue
	}
	return 0, nil
}

// text is a value as an operand of &.
func (v Value) text() (string, error) {
	switch v.Kind {
	case Text:
		return v.Str, nil
	case Number:
		s, ok := general(v.Num)
		if !ok {
			return "", ErrUnknown
		}
		return s, nil
	case Error:
		return "", cellError(v.Str)
	case Bool:
		return "", ErrUnknown // TRUE in Excel, 1 or TRUE in LibreOffice
	}
	return "", nil
}

// truth is a value as a condition.
func (v Value) truth() (bool, error) {
	switch v.Kind {
	case Number, Bool:
		return v.Num != 0, nil
	case Error:
		return false, cellError(v.Str)
	case Text, Hollow:
		return false, ErrUnknown
	}
	return false, nil
}

// plainNumber reads a text that every program takes for the same number.
func plainNumber(s string) (float64, bool) {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, dotted := strings.Cut(digits, ".")
	if whole == "" || len(digits) > 15 || dotted && frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// mayBeNumber reports whether some program, in some country, could read a text as
// a number, date, time, percentage, amount or truth value.
func mayBeNumber(s string) bool {
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "TRUE", "FALSE", "真", "假":
		return true
	}
	digit := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９', strings.ContainsRune("〇一二三四五六七八九十百千万零", r):
			digit = true
		case r < 0x80, strings.ContainsRune("年月日号时分秒上下午￥¥€£％－．，／：　 \u00A0", r):
		default:
			return false
		}
	}
	return digit
}

// general is a number as text where every program writes it the same: in up to
// ten digits and without exponent.
func general(n float64) (string, bool) {
	if n == math.Trunc(n) && math.Abs(n) < 1e11 {
		return strconv.FormatFloat(n+0, 'f', -1, 64), true
	}
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if len(strings.Trim(s, "-")) > 10 || math.Abs(n) < 1e-4 {
		return "", false
	}
	return s, true
}

// closeness of two numbers: spreadsheet programs calculate with 15 digits and a
// few rules of their own for what is nearly equal.
const (
	different = iota
	nearlyEqual
	equal
)

func closeness(a, b float64) int {
	switch d := math.Abs(a - b); {
	case d == 0:
		return equal
	case d <= 1e-11*math.Max(math.Abs(a), math.Abs(b)):
		return nearlyEqual
	}
	return different
}

// sameText compares texts without regard to case. It is not known where case
// is not a matter of ASCII letters or width makes the difference.
func sameText(a, b string) (bool, error) {
	if a == b {
		return true, nil
	}
	if lowerASCII(a) == lowerASCII(b) {
		return true, nil
	}
	if strings.EqualFold(narrow(a), narrow(b)) {
		return false, ErrUnknown
	}
	return false, nil
}

func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for j := i; j < len(b); j++ {
				if b[j] >= 'A' && b[j] <= 'Z' {
					b[j] |= 0x20
				}
			}
			return string(b)
		}
	}
	return s
}

// narrow folds full-width characters, which some programs take for their
// half-width ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == '　':
			return ' '
		}
		return r
	}, s)
}
