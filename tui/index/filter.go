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
		k, _ := State(t, x.Ledger.Today)
		b.WriteString(words[k])
		b.WriteString(gap)
	}
	c.at = append(c.at, b.Len())
	c.text = b.String()
	for i := range len(c.text) {
		c.freq[c.text[i]]++
	}
	return c
}

// stateWords are the words of each state in both languages, so that typing what
// the screen says finds it.
func stateWords() (words [Overdue + 1]string) {
	for k, timing := range map[StateKind]ledger.Timing{Stale: ledger.TimingStale, Late: ledger.TimingLate, Soon: ledger.TimingDueSoon, Overdue: ledger.TimingOverdue} {
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

// Query is a parsed filter.
type Query struct {
	words []string // each must occur somewhere
	terms []term
}

type term struct{ field, value string }

// fields are the terms of a filter by any of their names.
var fields = map[string]string{
	"unit": "unit", "单位": "unit",
	"lead": ledger.FieldLead, "牵头": ledger.FieldLead, "牵头单位": ledger.FieldLead,
	"support": ledger.FieldSupport, "配合": ledger.FieldSupport, "配合单位": ledger.FieldSupport,
	"status": ledger.FieldStatus, "状态": ledger.FieldStatus, "完成状态": ledger.FieldStatus,
	"section": ledger.FieldSection, "类别": ledger.FieldSection,
	"owner": ledger.FieldOwner, "责任人": ledger.FieldOwner,
	"leader": ledger.FieldLeader, "领导": ledger.FieldLeader, "责任领导": ledger.FieldLeader,
	"due": ledger.FieldDeadline, "时限": ledger.FieldDeadline, "完成时限": ledger.FieldDeadline,
	"title": ledger.FieldTitle, "任务": ledger.FieldTitle,
	"number": ledger.FieldNumber, "序号": ledger.FieldNumber,
	"code": ledger.FieldCode, "编号": ledger.FieldCode,
	"progress": ledger.FieldProgress, "进展": ledger.FieldProgress,
	"remark": ledger.FieldRemark, "备注": ledger.FieldRemark,
}

// states are words that stand alone for what a task's dates say, so that a
// filter finds exactly the tasks that the figures count.
var states = map[string]StateKind{
	"overdue": Overdue, "逾期": Overdue, "已逾期": Overdue,
	"soon": Soon, "将到期": Soon, "快到期": Soon,
	"late": Late, "超期完成": Late,
	"stale": Stale, "久未更新": Stale,
}

// The fields of terms that stand alone.
const (
	stateTerm    = "\x00state"
	conflictTerm = "\x00conflict"
	undatedTerm  = "\x00undated"
	newsTerm     = "\x00news"
)

// Parse reads a filter: words, all of which must occur in some field, terms such
// as unit:党政办 or 状态:已完成, and words that stand alone for a state, such as 逾期. It never fails: what is no term is
// a word.
func Parse(s string) Query {
	var q Query
	for _, w := range strings.Fields(Fold(s)) {
		if _, ok := states[w]; ok {
			q.terms = append(q.terms, term{stateTerm, w})
			continue
		}
		if w == "conflict" || w == "冲突" {
			q.terms = append(q.terms, term{conflictTerm, ""})
			continue
		}
		if w == "new" || w == "新变化" {
			q.terms = append(q.terms, term{newsTerm, ""})
			continue
		}
		if w == "undated" || w == "无时限" {
			q.terms = append(q.terms, term{undatedTerm, ""})
			continue
		}
		if name, value, ok := strings.Cut(w, ":"); ok && fields[name] != "" {
			if value != "" {
				q.terms = append(q.terms, term{fields[name], value})
			}
			continue
		}
		q.words = append(q.words, w)
	}
	return q
}

// Matcher finds what meets a query. It keeps what it found for each word and
// term, so that typing on costs one pass for the word that changed, and taking
// a character back costs nothing. It is not safe for concurrent use.
type Matcher struct {
	x     *Index
	parts map[string]Set
}

// NewMatcher is a Matcher over x.
func NewMatcher(x *Index) *Matcher { return &Matcher{x: x, parts: map[string]Set{}} }

// keepParts bounds how many words and terms are kept.
const keepParts = 256

// Match marks the tasks that meet q; nil if q is empty.
func (m *Matcher) Match(q Query) Set {
	var out Set
	for _, w := range q.words {
		out = and(out, m.part(w, func(from, to int, set Set) { m.x.corpus().scan(w, from, to, set) }))
	}
	for _, t := range q.terms {
		out = and(out, m.part(t.field+gap+t.value, func(from, to int, set Set) {
			for n := from; n < to; n++ {
				if m.x.meetsTerm(m.x.Ledger.Tasks[n], t) {
					set.add(int32(n))
				}
			}
		}))
	}
	return out
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
	if a == nil {
		return b
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

func (x *Index) meetsTerm(t *ledger.Task, c term) bool {
	has := func(s string) bool { return strings.Contains(Fold(s), c.value) }
	switch c.field {
	case stateTerm:
		return x.is(t, states[c.value])
	case conflictTerm:
		return x.disputed[t.ID]
	case newsTerm:
		return x.news[t.ID] != nil
	case undatedTerm:
		return undated(t)
	case ledger.FieldNumber:
		return Fold(t.Number) == c.value
	case ledger.FieldDeadline:
		return has(t.Deadline.Text) || !t.Deadline.Due.IsZero() && has(t.Deadline.Due.Format("2006-01-02"))
	case "unit":
		if has(t.Lead) {
			return true
		}
		for _, u := range t.Support {
			if has(u) {
				return true
			}
		}
		return false
	case ledger.FieldStatus:
		if k, ok := states[c.value]; ok && x.is(t, k) {
			return true
		}
		return has(t.Status.Text) || has(string(t.Status.Kind))
	}
	return has(t.Text(c.field))
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
