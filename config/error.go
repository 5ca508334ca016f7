package config

import (
	"errors"
	"fmt"
	"strings"
)

// Classes of mistakes, for errors.Is.
var (
	ErrUnreadable = errors.New("configuration file cannot be read")
	ErrNotFile    = errors.New("configuration file is a folder") // the cause of an ErrUnreadable
	ErrTooLarge   = errors.New("configuration file is too large")
	ErrNotUTF8    = errors.New("configuration file is not UTF-8")
	ErrSyntax     = errors.New("configuration file is not valid YAML")
	ErrUnknownKey = errors.New("unknown key")
	ErrTwice      = errors.New("key stands twice")
	ErrValue      = errors.New("bad value")
)

// Error is one mistake and its place. Exactly one of File, Env and Flag is set.
type Error struct {
	Class error // one of the sentinels above

	File string
	Line int    // 1-based; 0 if the whole file is meant
	Env  string // name of the environment variable
	Flag string // name of the flag, with its dashes

	Key     string // the key as written, with its parents: "sync.pool"
	Value   string // ErrValue: as written, shortened; "" if it is a list or a map
	Want    Want   // ErrValue: what was expected; ErrUnknownKey: the right keys, where none is near
	Nearest string // the nearest right key or value; "" if none is near
	Err     error  // the cause, nil if there is none
}

// Want is what a setting expects. Choices, Min and Max are set where they
// mean something.
type Want struct {
	Kind     WantKind
	Choices  []string
	Min, Max string // as they would be written
}

// WantKind is a kind of value.
type WantKind string

const (
	WantText     WantKind = "text"
	WantInt      WantKind = "int"      // Min and Max
	WantBool     WantKind = "bool"     // true or false
	WantChoice   WantKind = "choice"   // Choices
	WantDuration WantKind = "duration" // Min and Max
	WantDate     WantKind = "date"     // YYYY-MM-DD
	WantList     WantKind = "list"     // of texts
	WantMap      WantKind = "map"
	WantItems    WantKind = "items"  // a list of maps
	WantFilled   WantKind = "filled" // the key must be there and not empty
	WantPlain    WantKind = "plain"  // no YAML anchors and aliases
	WantTerm     WantKind = "term"   // 20 workdays, 15 days, 3 months
	WantName     WantKind = "name"   // small Latin letters, digits and _, and not taken
)

// Error is for logs; people read what the caller makes of the fields.
func (e *Error) Error() string {
	var b strings.Builder
	switch {
	case e.Env != "":
		b.WriteString(e.Env)
	case e.Flag != "":
		b.WriteString(e.Flag)
	case e.Line > 0:
		fmt.Fprintf(&b, "%s:%d", e.File, e.Line)
	default:
		b.WriteString(e.File)
	}
	fmt.Fprintf(&b, ": %v", e.Class)
	if e.Key != "" {
		fmt.Fprintf(&b, ": %s", e.Key)
	}
	if e.Value != "" {
		fmt.Fprintf(&b, ": %q", e.Value)
	}
	if e.Want.Kind != "" {
		fmt.Fprintf(&b, ", want %s %s%s%s", e.Want.Kind, strings.Join(e.Want.Choices, "|"), e.Want.Min, e.Want.Max)
	}
	if e.Nearest != "" {
		fmt.Fprintf(&b, ", nearest is %s", e.Nearest)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Unwrap gives the class and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Class}
	}
	return []error{e.Class, e.Err}
}

// Errors are all mistakes of one Load; never empty.
type Errors []*Error

func (es Errors) Error() string {
	lines := make([]string, len(es))
	for i, e := range es {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives every mistake.
func (es Errors) Unwrap() []error {
	out := make([]error, len(es))
	for i, e := range es {
		out[i] = e
	}
	return out
}

// Nearest is the choice that word most likely was meant to be, "" if none is
// near: less than half of it, and at most three letters, may differ. Case,
// hyphens and underscores do not count.
func Nearest(word string, choices []string) string {
	w := foldWord(word)
	best, at := "", min(4, (len(w)+1)/2)
	for _, c := range choices {
		f := foldWord(c)
		if d := distance(w, f); d < at && d < len(f) {
			best, at = c, d
		}
	}
	return best
}

func foldWord(s string) []rune {
	return []rune(strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(s)))
}

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to make one word of the other (optimal string alignment).
func distance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		return 64 // no key is so long; bounds the work on hostile input
	}
	before, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], before[j-2]+1)
			}
		}
		before, prev, cur = prev, cur, before
	}
	return prev[len(b)]
}
