// Package filename names the files that are written for units: safe on every
// system, and no two alike.
package filename

import (
	"fmt"
	"strings"
	"unicode"
)

// Names gives files names that Windows, too, can hold and that no two
// share, however it spells them. The zero value is ready.
type Names struct{ taken map[string]bool }

// longestFileName is in bytes, extension excluded: Linux takes 255 bytes, and a
// temporary file beside it needs some.
const longestFileName = 180

// Name is the file name nearest to text, with the extension ext (".txt").
func (n *Names) Name(text, ext string) string {
	if n.taken == nil {
		n.taken = map[string]bool{}
	}
	base := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '_'
		case unicode.IsControl(r), r == unicode.ReplacementChar, !unicode.IsPrint(r) && r != ' ':
			return -1
		}
		return r
	}, text)
	base = strings.Trim(base, " .")
	for len(base) > longestFileName {
		base = strings.ToValidUTF8(base[:longestFileName], "")
	}
	stem, _, _ := strings.Cut(base, ".")
	switch upper := strings.ToUpper(strings.TrimSpace(stem)); {
	case base == "", upper == "CON", upper == "PRN", upper == "AUX", upper == "NUL",
		len(upper) == 4 && (upper[:3] == "COM" || upper[:3] == "LPT") && upper[3] >= '0' && upper[3] <= '9':
		base = "_" + base
	}
	for i := 1; ; i++ {
		name := base + ext
		if i > 1 {
			name = fmt.Sprintf("%s(%d)%s", base, i, ext)
		}
		if key := strings.ToLower(name); !n.taken[key] {
			n.taken[key] = true
			return name
		}
	}
}
