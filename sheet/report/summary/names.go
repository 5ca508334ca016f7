package summary

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// namer gives sheets names that are allowed and that no two share.
type namer struct{ taken map[string]bool }

const maxName = 31 // UTF-16 units of a sheet's name

// name is the allowed sheet name nearest to text; fallback is taken where no
// character of text is allowed.
func (n *namer) name(text, fallback string) string {
	if n.taken == nil {
		n.taken = map[string]bool{"history": true} // Excel keeps it for itself
	}
	base := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return '_'
		case unicode.IsControl(r), r == unicode.ReplacementChar, !unicode.IsPrint(r) && r != ' ':
			return -1
		}
		return r
	}, clean(text))
	base = strings.Trim(base, "' ")
	if base == "" {
		base = fallback
	}
	for i := 1; ; i++ {
		tail := ""
		if i > 1 {
			tail = fmt.Sprintf("(%d)", i)
		}
		name := strings.TrimRight(cutUTF16(base, maxName-len(tail)), "' ") + tail
		if key := strings.ToLower(name); !n.taken[key] {
			n.taken[key] = true
			return name
		}
	}
}

// cutUTF16 is the beginning of s of at most n UTF-16 units.
func cutUTF16(s string, n int) string {
	used := 0
	for i, r := range s {
		if used += max(utf16.RuneLen(r), 1); used > n {
			return s[:i]
		}
	}
	return s
}

// quoted is a sheet's name as formulas have it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }
