package merge

import (
	"crypto/sha256"
	"encoding/base32"
	"hash/maphash"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Equal compares two values as a person would who has only opened and saved
// the file: line ends and the noise in the sixteenth digit of a fraction are
// the program's, everything else, blanks included, was typed.
func Equal(a, b string) bool {
	if a == b {
		return true
	}
	if strings.IndexByte(a, '\r') >= 0 || strings.IndexByte(b, '\r') >= 0 {
		return lines(a) == lines(b)
	}
	return (len(a) > 16 || len(b) > 16) && a != "" && b != "" && numberNoise(a, b)
}

// lines is v with its line ends as LF.
func lines(v string) string {
	if strings.IndexByte(v, '\r') < 0 {
		return v
	}
	return strings.ReplaceAll(strings.ReplaceAll(v, "\r\n", "\n"), "\r", "\n")
}

// numberNoise reports whether a and b are one fraction written with more
// digits than programs agree on. Whole numbers never are: an identity card has
// eighteen digits, all of them meant.
func numberNoise(a, b string) bool {
	if !plainNumber(a) || !plainNumber(b) || !strings.ContainsAny(a+b, ".eE") {
		return false
	}
	x, err := strconv.ParseFloat(a, 64)
	if err != nil {
		return false
	}
	y, err := strconv.ParseFloat(b, 64)
	if err != nil {
		return false
	}
	// Beyond 2^53 a whole number in digits says more than its float does.
	if math.Abs(x) > 1<<53 || math.Abs(y) > 1<<53 {
		return false
	}
	return strconv.FormatFloat(x, 'e', 14, 64) == strconv.FormatFloat(y, 'e', 14, 64)
}

func plainNumber(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return false
		}
	}
	return true
}

// seed is of this process: hashes decide which values are compared, never an
// outcome or an order.
var seed = maphash.MakeSeed()

func hashValue(v string) uint64 {
	return maphash.String(seed, lines(v))
}

// mix folds one more hash into h; the order matters.
func mix(h, v uint64) uint64 {
	h ^= v
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// hint is the content of a row: what makes the identity of an added row. Running numbers
// and the place are no part of it. The next call writes over it.
func (k *kindMerge) hint(s *side, i int) []byte {
	if k.hintOrder == nil {
		for u, r := range k.role {
			if r != ignored {
				k.hintOrder = append(k.hintOrder, u)
			}
		}
		slices.SortFunc(k.hintOrder, func(a, b int) int {
			return strings.Compare(k.cols.all[a].key,
				k.cols.all[b].key)
		})
	}
	b := append(k.hintBuf[:0], k.kind...)
	for _, u := range k.hintOrder {
		if v := s.value(i, u); v != "" {
			b = append(b, 0x1e)
			b = append(b, k.cols.all[u].key...)
			b = append(b, 0x1f)
			b = append(b, lines(v)...)
		}
	}
	k.hintBuf = b
	return b
}

// nth tells apart rows of the same content. It may write behind the end of hint.
func nth(hint []byte, n int) []byte {
	if n <= 1 {
		return hint
	}
	return strconv.AppendInt(append(hint, 0x1d), int64(n), 10)
}

// contentID is the identity that an added row gets from its content.
func contentID(hint []byte) string { return "r" + digest(hint) }

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return lowerBase32.EncodeToString(sum[:10])
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567")
