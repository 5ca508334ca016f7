package index

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"taizhang/sheet/ledger"
)

// While the input method is off, names and titles are found by the first letters
// of their characters: cb finds 催办.

// initialsOf are the first letters of how a character is read, the usual reading
// first: 重 is z and c.
var initialsOf = sync.OnceValue(func() map[rune][2]byte {
	out := make(map[rune][2]byte, len(pinyin.PinyinDict))
	for c, readings := range pinyin.PinyinDict {
		var pair [2]byte
		for _, r := range strings.Split(readings, ",") {
			letter := plainLetter(r)
			switch {
			case letter == 0 || letter == pair[0]:
			case pair[0] == 0:
				pair[0] = letter
			case pair[1] == 0:
				pair[1] = letter
			}
		}
		if pair[1] == 0 {
			pair[1] = pair[0]
		}
		out[rune(c)] = pair
	}
	return out
})

// plainLetter is the first letter of a reading, without its tone.
func plainLetter(reading string) byte {
	switch r, _ := utf8.DecodeRuneInString(reading); {
	case r >= 'a' && r <= 'z':
		return byte(r)
	case strings.ContainsRune("āáǎà", r):
		return 'a'
	case strings.ContainsRune("ēéěèê", r):
		return 'e'
	case strings.ContainsRune("ōóǒò", r):
		return 'o'
	case strings.ContainsRune("ńňǹ", r):
		return 'n'
	case r == 'ḿ':
		return 'm'
	}
	return 0
}

// isInitials reports a word that may be first letters: one letter would find
// nearly everything.
func isInitials(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return len(w) >= 2
}

// initials are the first letters of a folded text, by the usual readings and by
// the other ones; letters and digits stand for themselves, and anything else ends a
// name. Each is a byte for a character.
func initials(s string) (usual, other string) {
	table := initialsOf()
	var a, b strings.Builder
	for _, r := range Fold(s) {
		pair, ok := table[r]
		switch {
		case ok:
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			pair = [2]byte{byte(r), byte(r)}
		default:
			pair = [2]byte{1, 1}
		}
		a.WriteByte(pair[0])
		b.WriteByte(pair[1])
	}
	return a.String(), b.String()
}

// hasInitials reports whether w are first letters in s.
func hasInitials(s, w string) bool {
	if !isInitials(w) {
		return false
	}
	usual, other := initials(s)
	return strings.Contains(usual, w) || strings.Contains(other, w)
}

// Finds reports whether a label holds every word of a query: as text, or by the
// first letters of its characters. It is for short lists.
func Finds(label, query string) bool {
	folded := Fold(label)
	for _, w := range strings.Fields(Fold(query)) {
		if !strings.Contains(folded, w) && !hasInitials(label, w) {
			return false
		}
	}
	return true
}

// hasInitials is the function of that name, which remembers what it read: the same
// units and persons come again and again.
func (x *Index) hasInitials(s, w string) bool {
	pair, ok := x.read.Load(s)
	if !ok {
		usual, other := initials(s)
		pair, _ = x.read.LoadOrStore(s, [2]string{usual, other})
	}
	both := pair.([2]string)
	return strings.Contains(both[0], w) || strings.Contains(both[1], w)
}

// letterKeys are the fields of letterFields.
var letterKeys = []string{ledger.FieldTitle, ledger.FieldLead, ledger.FieldOwner, ledger.FieldLeader,
	ledger.FieldSection, ledger.FieldStatus, ledger.FieldSupport, "unit"}

// letterFields are what is found by first letters: what people call things by.
func letterFields(t *ledger.Task) []string {
	return append([]string{t.Title, t.Lead, t.Owner, t.Leader, t.Section, t.Status.Text}, t.Support...)
}

// buildLetters are the first letters of all tasks.
func buildLetters(x *Index) [2]*corpus {
	return lettersOf(x.Len(), func(n int) []string { return letterFields(x.Ledger.Tasks[n]) })
}

// lettersOf are the first letters of the names of n rows, by the usual readings and
// by the other ones.
func lettersOf(n int, names func(int) []string) [2]*corpus {
	var texts [2]strings.Builder
	var out [2]*corpus
	for i := range out {
		out[i] = &corpus{at: make([]int, 0, n+1)}
	}
	seen := map[string][2]string{} // units and states come again and again
	for row := range n {
		for i := range out {
			out[i].at = append(out[i].at, texts[i].Len())
		}
		for _, f := range names(row) {
			pair, ok := seen[f]
			if !ok {
				pair[0], pair[1] = initials(f)
				if len(seen) < 10_000 {
					seen[f] = pair
				}
			}
			for i := range out {
				texts[i].WriteString(pair[i])
				texts[i].WriteByte(0)
			}
		}
	}
	for i := range out {
		out[i].close(texts[i].String())
	}
	return out
}
