package recalc

import (
	"slices"
	"strings"
	"unicode/utf16"
)

// units is a text by the characters that programs count. They do not agree on
// those beyond 16 bits.
func units(v Value) ([]rune, error) {
	s, err := v.text()
	if err != nil {
		return nil, err
	}
	list := []rune(s)
	for _, r := range list {
		if utf16.RuneLen(r) != 1 {
			return nil, ErrUnknown
		}
	}
	return list, nil
}

// position is a count or position argument, 1 if it is left out.
func position(v []Value, i int) (int, error) {
	if i >= len(v) {
		return 1, nil
	}
	n, err := v[i].number()
	if err != nil {
		return 0, err
	}
	return integer(n)
}

func text1(f func(string) string) func(*calc, []Value) (Value, error) {
	return func(_ *calc, v []Value) (Value, error) {
		s, err := v[0].text()
		return TextOf(f(s)), err
	}
}

func fnLen(_ *calc, v []Value) (Value, error) {
	s, err := units(v[0])
	return NumberOf(float64(len(s))), err
}

// part is a stretch of a text; a length below 0 is an error.
func part(v []Value, n int, cut func(s []rune, n int) []rune) (Value, error) {
	s, err := units(v[0])
	if err != nil {
		return Value{}, err
	}
	k, err := position(v, n)
	switch {
	case err != nil:
		return Value{}, err
	case k < 0:
		return Value{}, errValue
	}
	return TextOf(string(cut(s, min(k, len(s))))), nil
}

func fnLeft(_ *calc, v []Value) (Value, error) {
	return part(v, 1, func(s []rune, n int) []rune { return s[:n] })
}

func fnRight(_ *calc, v []Value) (Value, error) {
	return part(v, 1, func(s []rune, n int) []rune { return s[len(s)-n:] })
}

func fnMid(_ *calc, v []Value) (Value, error) {
	s, err := units(v[0])
	if err != nil {
		return Value{}, err
	}
	from, err := position(v, 1)
	if err != nil {
		return Value{}, err
	}
	n, err := position(v, 2)
	switch {
	case err != nil:
		return Value{}, err
	case from < 1 || n < 0:
		return Value{}, errValue
	case from > len(s):
		return TextOf(""), nil
	}
	return TextOf(string(s[from-1 : min(from-1+n, len(s))])), nil
}

func fnFind(_ *calc, v []Value) (Value, error) { return find(v, func(s string) string { return s }) }

func fnSearch(_ *calc, v []Value) (Value, error) {
	if s, err := v[0].text(); err != nil || strings.ContainsAny(s, "?*~") {
		return Value{}, ErrUnknown
	}
	return find(v, lowerASCII)
}

func find(v []Value, fold func(string) string) (Value, error) {
	if slices.ContainsFunc(v, func(v Value) bool { return v.Kind == Error }) {
		return Value{}, ErrUnknown // programs do not agree on the error
	}
	what, err := units(v[0])
	if err != nil {
		return Value{}, err
	}
	in, err := units(v[1])
	if err != nil {
		return Value{}, err
	}
	from, err := position(v, 2)
	switch {
	case err != nil:
		return Value{}, err
	case len(what) == 0:
		return Value{}, ErrUnknown
	case from < 1 || from > len(in)+1:
		return Value{}, errValue
	}
	tail := fold(string(in[from-1:]))
	i := strings.Index(tail, fold(string(what)))
	if i < 0 {
		return Value{}, errValue
	}
	return NumberOf(float64(from + len([]rune(tail[:i])))), nil
}

func fnSubstitute(_ *calc, v []Value) (Value, error) {
	var s [3]string
	for i := range s {
		var err error
		if s[i], err = v[i].text(); err != nil {
			return Value{}, err
		}
	}
	if s[1] == "" {
		return Value{}, ErrUnknown
	}
	if len(v) < 4 {
		return TextOf(strings.ReplaceAll(s[0], s[1], s[2])), nil
	}
	n, err := position(v, 3)
	if err != nil || n < 1 {
		return Value{}, ErrUnknown
	}
	at := 0
	for ; ; n-- {
		i := strings.Index(s[0][at:], s[1])
		if i < 0 {
			return TextOf(s[0]), nil
		}
		if at += i; n == 1 {
			return TextOf(s[0][:at] + s[2] + s[0][at+len(s[1]):]), nil
		}
		at += len(s[1])
	}
}

func fnExact(_ *calc, v []Value) (Value, error) {
	a, err := v[0].text()
	if err != nil {
		return Value{}, err
	}
	b, err := v[1].text()
	return BoolOf(a == b), err
}

func fnRept(_ *calc, v []Value) (Value, error) {
	s, err := v[0].text()
	if err != nil {
		return Value{}, err
	}
	n, err := position(v, 1)
	switch {
	case err != nil:
		return Value{}, err
	case n < 0:
		return Value{}, errValue
	case n*len(s) > 32767:
		return Value{}, ErrUnknown
	}
	return TextOf(strings.Repeat(s, n)), nil
}

func fnConcatenate(_ *calc, v []Value) (Value, error) {
	var b strings.Builder
	for i := range v {
		s, err := v[i].text()
		if err != nil {
			return Value{}, err
		}
		b.WriteString(s)
	}
	return TextOf(b.String()), nil
}

func fnValue(_ *calc, v []Value) (Value, error) {
	if v[0].Kind != Text && v[0].Kind != Number || v[0].Kind == Text && v[0].Str == "" {
		return Value{}, ErrUnknown
	}
	n, err := v[0].number()
	return NumberOf(n), err
}

// matchText reports whether a text matches a pattern in which ? stands for one
// character, * for any number of them and ~ takes both at their word. ASCII
// letters are compared without regard to case.
func matchText(pattern, s string) (bool, error) {
	if !strings.ContainsAny(pattern, "?*~") {
		return sameText(pattern, s)
	}
	for _, r := range pattern + s {
		if utf16.RuneLen(r) != 1 || r >= '！' && r <= '～' && strings.EqualFold(narrow(pattern), narrow(s)) {
			return false, ErrUnknown
		}
	}
	type piece struct {
		r    rune
		wild bool
	}
	var p []piece
	list := []rune(lowerASCII(pattern))
	for i := 0; i < len(list); i++ {
		switch r := list[i]; {
		case r == '~':
			if i+1 == len(list) || !strings.ContainsRune("?*~", list[i+1]) {
				return false, ErrUnknown
			}
			i++
			p = append(p, piece{list[i], false})
		default:
			p = append(p, piece{r, r == '?' || r == '*'})
		}
	}
	text := []rune(lowerASCII(s))
	// The usual two-finger match: star is where the last * stood, mark what it
	// has taken so far.
	i, star, mark := 0, -1, 0
	for k := 0; k < len(text); {
		switch {
		case i < len(p) && p[i].wild && p[i].r == '*':
			star, mark = i, k
			i++
		case i < len(p) && (p[i].wild || p[i].r == text[k]):
			i++
			k++
		case star >= 0:
			mark++
			i, k = star+1, mark
		default:
			return false, nil
		}
	}
	for i < len(p) && p[i].wild && p[i].r == '*' {
		i++
	}
	return i == len(p), nil
}
