package index

import (
	"runtime"
	"strings"
	"sync"

	"golang.org/x/text/width"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// corpus is the text that the filter searches: all fields of all tasks, folded,
// one task after the other in one string, so that a search is one pass over
// memory and not 100,000 small ones.
type corpus struct {
	text string
	at   []int    // where each task begins; one more at the end
	freq [256]int // how often each byte occurs
}

// gap stands between two fields and between two tasks; no query holds it.
const gap = "\x00"

func buildCorpus(x *Index) *corpus {
	var b strings.Builder
	c := &corpus{at: make([]int, 0, x.Len()+1)}
	put := func(s string) {
		if s != "" {
			b.WriteString(Fold(s))
			b.WriteString(gap)
		}
	}
	words, fields := stateWords(), ledger.TaskFields()
	for _, t := range x.Ledger.Tasks {
		c.at = append(c.at, b.Len())
		for _, f := range fields {
			put(t.Text(f))
		}
		for _, e := range t.Extra {
			put(e.Value)
		}
		put(t.Source.Name)
		k, _ := State(t, x.Ledger.Today)
		b.WriteString(words[k])
		b.WriteString(gap)
	}
	return c.close(b.String())
}

// close ends a corpus whose rows were all put into text.
func (c *corpus) close(text string) *corpus {
	c.at = append(c.at, len(text))
	c.text = text
	c.count()
	return c
}

func (c *corpus) count() {
	for i := range len(c.text) {
		c.freq[c.text[i]]++
	}
}

// stateWords are the words of each state in both languages, so that typing what
// the screen says finds it.
func stateWords() (words [Overdue + 1]string) {
	for k, timing := range map[StateKind]ledger.Timing{Stale: ledger.TimingStale, Late: ledger.TimingLate,
		Soon: ledger.TimingDueSoon, Overdue: ledger.TimingOverdue} {
		words[k] = Fold(timing.Text().In(msg.ZH)) + gap + Fold(timing.Text().In(msg.EN))
	}
	return words
}

// Fold makes text comparable: full-width letters become half-width, capitals
// small.
func Fold(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0xef || c >= 'A' && c <= 'Z' || c == 0 {
			return strings.ReplaceAll(strings.ToLower(width.Fold.String(s)), gap, " ")
		}
	}
	return s
}

// Matcher finds what meets a query. It keeps what it found for each word and
// term, so that typing on costs one pass for the word that changed, and taking
// a character back costs nothing. It is not safe for concurrent use.
type Matcher struct {
	x     searched
	parts map[string]Set
}

// searched are rows that a filter is applied to: the tasks, or a register.
type searched interface {
	Len() int
	// condition is what an atom demands of row n, nil where it is a word. all
	// reports one that everything meets.
	condition(a atom) (meets func(n int) bool, all bool)
	texts() *corpus
	firstLetters() [2]*corpus
}

func (x *Index) condition(a atom) (func(n int) bool, bool) {
	meets, all := x.test(a)
	if meets == nil {
		return nil, all
	}
	return func(n int) bool { return meets(x.Ledger.Tasks[n]) }, all
}

func (x *Index) texts() *corpus { return x.corpus() }

func (x *Index) firstLetters() [2]*corpus { return x.letters() }

// NewMatcher is a Matcher over the tasks of x.
func NewMatcher(x *Index) *Matcher { return &Matcher{x: x, parts: map[string]Set{}} }

// keepParts bounds how many words and terms are kept.
const keepParts = 256

// Match marks the tasks that meet q; nil if q is empty.
func (m *Matcher) Match(q Query) Set {
	var out Set
	for _, c := range q.clauses {
		out = and(out, m.clause(c))
	}
	return out
}

// clause is the set of what meets a clause; nil for everything.
func (m *Matcher) clause(c clause) Set {
	var out Set
	for _, a := range c.atoms {
		set := m.atom(a)
		if set == nil {
			return nil // still being typed
		}
		if out == nil {
			out = newSet(m.x.Len())
		}
		for i := range out {
			out[i] |= set[i]
		}
	}
	if c.not {
		for i := range out {
			out[i] = ^out[i]
		}
	}
	return out
}

// atom is the set of what meets an atom; nil for everything.
func (m *Matcher) atom(a atom) Set {
	meets, all := m.x.condition(a)
	switch {
	case all:
		return nil
	case meets == nil && isInitials(a.text):
		return m.part(a.text, func(from, to int, set Set) {
			m.x.texts().scan(a.text, from, to, set)
			for _, letters := range m.x.firstLetters() {
				letters.scan(a.text, from, to, set)
			}
		})
	case meets == nil:
		return m.part(a.text, func(from, to int, set Set) { m.x.texts().scan(a.text, from, to, set) })
	}
	return m.part(a.field+gap+a.op+gap+a.text+gap+a.value, func(from, to int, set Set) {
		for n := from; n < to; n++ {
			if meets(n) {
				set.add(int32(n))
			}
		}
	})
}

// Count is how many tasks meet q.
func (m *Matcher) Count(q Query) int {
	set := m.Match(q)
	if set == nil {
		return m.x.Len()
	}
	n := 0
	for i := range int32(m.x.Len()) {
		if set.Has(i) {
			n++
		}
	}
	return n
}

// part is the set of one word or term; the processors share the work.
func (m *Matcher) part(name string, find func(from, to int, set Set)) Set {
	if set, ok := m.parts[name]; ok {
		return set
	}
	set := newSet(m.x.Len())
	parts := min(runtime.GOMAXPROCS(0), len(set)/64+1)
	per := (len(set)/parts + 1) * 64 // tasks; parts never share a word of the set
	var wait sync.WaitGroup
	for from := 0; from < m.x.Len(); from += per {
		wait.Go(func() { find(from, min(from+per, m.x.Len()), set) })
	}
	wait.Wait()
	if len(m.parts) >= keepParts {
		clear(m.parts)
	}
	m.parts[name] = set
	return set
}

// and is what both sets hold; a nil set holds everything.
func and(a, b Set) Set {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	out := make(Set, len(a))
	for i := range a {
		out[i] = a[i] & b[i]
	}
	return out
}

// is reports whether a task's dates say k. A task can be stale besides.
func (x *Index) is(t *ledger.Task, k StateKind) bool {
	if k == Stale {
		return t.Stale
	}
	is, _ := State(t, x.Ledger.Today)
	return is == k
}

// scan marks the tasks between from and to whose text holds w. It looks for the
// byte of w that is rarest in the corpus: nearly every character of a Chinese
// text begins with one of six bytes, so that looking for the first one stops
// everywhere.
func (c *corpus) scan(w string, from, to int, out Set) {
	rare := 0
	for i := range len(w) {
		if c.freq[w[i]] < c.freq[w[rare]] {
			rare = i
		}
	}
	n, end := from, c.at[to]
	for pos := c.at[from]; pos < end; {
		i := strings.IndexByte(c.text[pos:end], w[rare])
		if i < 0 {
			return
		}
		pos += i + 1
		start := pos - 1 - rare
		if start < c.at[from] || !strings.HasPrefix(c.text[start:], w) {
			continue
		}
		for c.at[n+1] <= start {
			n++
		}
		out.add(int32(n))
		pos = c.at[n+1]
	}
}

// Set is a set of tasks.
type Set []uint64

func newSet(n int) Set { return make(Set, (n+63)/64) }

// Has reports whether task n is in the set.
func (s Set) Has(n int32) bool { return s[n>>6]&(1<<(n&63)) != 0 }

func (s Set) add(n int32) { s[n>>6] |= 1 << (n & 63) }
