package table

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Normalize folds a heading for matching: width, case, white space, line
// breaks, bracketed suffixes and marks around it do not count. A heading that is all
// brackets keeps what is in them.
func Normalize(heading string) string { return dropSuffix(foldWhole(heading)) }

// variants are the forms under which a heading is looked up, the most literal
// first.
func variants(heading string) []string {
	whole := foldWhole(heading)
	if whole == "" {
		return nil
	}
	forms := []string{whole}
	for _, f := range []string{dropSuffix(whole), dropBrackets(whole)} {
		if f != "" && f != forms[len(forms)-1] {
			forms = append(forms, f)
		}
	}
	return forms
}

// fold makes full-width characters half-width.
func fold(s string) string { return width.Fold.String(s) }

// foldWhole is Normalize without dropping brackets; all brackets become round.
func foldWhole(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '[', '{', '【', '〔', '〖', '〈', '《':
			return '('
		case ']', '}', '】', '〕', '〗', '〉', '》':
			return ')'
		}
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, fold(s))
	return trimMarks(s)
}

// trimMarks drops marks that decorate a heading: a colon behind it, the asterisk
// of a required column, and the like.
func trimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return r != '(' && r != ')' && r != '%' && (unicode.IsPunct(r) || unicode.IsSymbol(r))
	})
}

func dropSuffix(s string) string {
	for strings.HasSuffix(s, ")") {
		open := openingOfLast(s)
		if open <= 0 {
			break
		}
		s = trimMarks(s[:open])
	}
	return s
}

// openingOfLast is where the bracket opens that closes at the end of s, -1 if
// it does not.
func openingOfLast(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

func dropBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return trimMarks(b.String())
}

// clean is a heading as a person would copy it: line breaks and runs of white space
// become one space, none where a Chinese character stands beside it.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) }) {
		return s
	}
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range s {
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) {
			gap = true
			continue
		}
		if gap && last != 0 && !isWide(last) && !isWide(r) {
			b.WriteByte(' ')
		}
		gap, last = false, r
		b.WriteRune(r)
	}
	return b.String()
}

func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// isBlank reports whether a person sees nothing in s.
func isBlank(s string) bool {
	if s == "" {
		return true
	}
	if c := s[0]; c > ' ' && c < utf8.RuneSelf || c >= 0xe4 && c <= 0xe9 {
		return false // a printable ASCII or a common Chinese character: the usual case
	}
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.C, r) {
			return false
		}
	}
	return true
}
