package table

import (
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// How far a heading alone speaks for a field.
const (
	wholeHeading = 1.0
	partHeading  = 0.9
	hintHeading  = 0.5
	knownHeading = 0.4 // from here on a text passes for a heading when header rows are looked for
)

// matcher knows the headings of a set of schemas, and remembers what it was asked.
type matcher struct {
	*lexicon
	seen  map[string]*evidence
	alike map[string]answer // whether texts are headings, by the text without figures
	shape []byte            // of the text asked about last; its room is used again
}

// lexicon is what a set of schemas says of headings, ready for matching. Any number of
// matchers may share it.
type lexicon struct {
	schemas []Schema
	vocabs  []vocab
	tails   letterSet // last letters of headings and patterns
	heads   letterSet // first letters of patterns that stand at the beginning
	longest int       // letters of the longest heading that is matched whole
	judged  evidences
}

// evidences is what was found of texts in one workbook and is asked of the next one too.
type evidences struct {
	mu sync.Mutex
	of map[string]*evidence
}

// find is the evidence of a text, judged once for all who ask.
func (e *evidences) find(text string, judge func() *evidence) *evidence {
	e.mu.Lock()
	defer e.mu.Unlock()
	found := e.of[text]
	if found == nil {
		found = judge()
		if e.of == nil || len(e.of) >= mostShared {
			e.of = map[string]*evidence{}
		}
		e.of[text] = found
	}
	return found
}

// mostShared is how many texts are remembered from one workbook to the next: the headings
// of some, not the titles of all.
const mostShared = 1 << 10

// vocab is the headings of one schema, ready for matching.
type vocab struct {
	whole   map[string]wholeHit
	fields  []patterns // as in Schema.Fields
	foreign []pattern
	things  []pattern
}

type wholeHit struct{ field, rank int }

type patterns struct {
	parts, hints []pattern
	not          []string
}

// pattern is a sequence of steps, each a choice of words; see Field.
type pattern struct {
	steps [][]string
	start bool // it stands at the beginning, and anything may follow
}

// evidence is what a text, taken for a heading, says in each schema.
type evidence struct {
	of    [][]float64 // by schema and field
	bad   []bool      // by schema: it is foreign to it
	thing []bool      // by schema: it names an object
	best  float64
}

func newMatcher(schemas []Schema) *matcher {
	return &matcher{lexicon: lexiconOf(schemas), seen: map[string]*evidence{}, alike: map[string]answer{}}
}

// lastLexicon is the one that was made last. To make one takes longer than to read a
// small workbook, and a process reads nearly all workbooks with the same schemas.
var lastLexicon atomic.Pointer[lexicon]

// lexiconOf makes the lexicon of schemas. They are told apart by where they are
// stored, so nobody may change them afterwards.
func lexiconOf(schemas []Schema) *lexicon {
	if m := lastLexicon.Load(); m != nil && len(schemas) > 0 && len(m.schemas) == len(schemas) &&
		&m.schemas[0] == &schemas[0] {
		return m
	}
	m := newLexicon(schemas)
	lastLexicon.Store(m)
	return m
}

func newLexicon(schemas []Schema) *lexicon {
	m := &lexicon{schemas: schemas}
	for _, w := range emptyTails {
		m.tail(w)
	}
	for _, s := range schemas {
		v := vocab{whole: map[string]wholeHit{}}
		for i, f := range s.Fields {
			for rank, h := range f.Headings {
				for _, form := range []string{foldWhole(h), Normalize(h)} {
					if _, taken := v.whole[form]; !taken && form != "" {
						v.whole[form] = wholeHit{i, rank}
						m.longest = max(m.longest, utf8.RuneCountInString(form))
						m.tail(form)
					}
				}
			}
			p := patterns{parts: m.compile(f.Parts), hints: m.compile(f.Hints)}
			for _, w := range f.Not {
				word, atEnd := strings.CutSuffix(w, "$")
				if word = foldWhole(word); atEnd {
					word += "$"
				}
				p.not = append(p.not, word)
			}
			v.fields = append(v.fields, p)
		}
		v.foreign, v.things = m.compile(s.Foreign), m.compile(s.Things)
		m.vocabs = append(m.vocabs, v)
	}
	return m
}

func (m *lexicon) tail(form string) {
	for _, f := range []string{form, dropBrackets(form)} {
		if r, n := utf8.DecodeLastRuneInString(f); n > 0 {
			m.tails.add(r)
		}
	}
}

func (m *lexicon) compile(list []string) (out []pattern) {
	for _, s := range list {
		var p pattern
		if rest, ok := strings.CutPrefix(s, "^"); ok {
			p.start, s = true, rest
		}
		for step := range strings.FieldsSeq(s) {
			var words []string
			for w := range strings.SplitSeq(step, "|") {
				if w = foldWhole(w); w != "" {
					words = append(words, w)
				}
			}
			slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
			p.steps = append(p.steps, words)
		}
		if len(p.steps) == 0 {
			continue
		}
		if p.start {
			for _, w := range p.steps[0] {
				r, _ := utf8.DecodeRuneInString(w)
				m.heads.add(r)
			}
		} else {
			for _, w := range p.steps[len(p.steps)-1] {
				m.tail(w)
			}
		}
		out = append(out, p)
	}
	return out
}

// maxKnown is the number of letters, without brackets, of the longest text that
// patterns are tried on.
const maxKnown = 20

// knows reports whether a text is a heading in any schema. It is asked for every
// text of a sheet, so nearly all are dismissed by their length, or by their
// first and last letters.
func (m *matcher) knows(text string) bool {
	if len(text) > 3*max(maxKnown, m.longest)+60 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	if !isHan(last) {
		for i, n := len(text), 0; i > 0; i -= n {
			last, n = utf8.DecodeLastRuneInString(text[:i])
			if last = foldRune(last); isLetter(last) || strings.ContainsRune(")]}】〕〉》", last) {
				break
			}
		}
	}
	if !m.tails.has(last) && (isHan(last) || isLetter(last)) {
		first, _ := utf8.DecodeRuneInString(text)
		if !isHan(first) {
			for _, r := range text {
				if first = foldRune(r); isLetter(first) {
					break
				}
			}
		}
		if !m.heads.has(first) && strings.IndexByte(text, ':') < 0 && !strings.Contains(text, "：") {
			return false
		}
	}
	return m.ask(text, func(text string) bool { return m.evidence(text).best >= knownHeading })
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// letterSet is a set of letters that may hold a few more than were added: it only
// dismisses, and does so much faster than a map.
type letterSet [1 << 10]uint64

func (s *letterSet) add(r rune) {
	s[r>>6&1023] |= 1 << (r & 63)
	for _, t := range traditional[r] {
		s[t>>6&1023] |= 1 << (t & 63)
	}
}

func (s *letterSet) has(r rune) bool { return s[r>>6&1023]&(1<<(r&63)) != 0 }

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '%' }

// mostSeen is how many texts a matcher remembers the evidence of.
const mostSeen = 1 << 14

// evidence is what a heading says. The latest ones are remembered, since a row that is
// tried as a header asks for each of its texts many times.
func (m *matcher) evidence(text string) *evidence {
	if e := m.seen[text]; e != nil {
		return e
	}
	e := m.judged.find(text, func() *evidence { return m.judge(text) })
	if len(m.seen) >= mostSeen {
		clear(m.seen)
	}
	m.seen[text] = e
	return e
}

func (m *matcher) judge(text string) *evidence {
	e := m.judgeWhole(text)
	rest := withoutTail(foldWhole(text))
	if rest == "" {
		return e
	}
	// What the heading is without its empty tail tells less than the whole of it.
	short := m.judgeWhole(rest)
	for s := range e.of {
		if slices.Max(e.of[s]) >= partHeading-0.1 {
			continue
		}
		for f := range e.of[s] {
			if !m.vocabs[s].fields[f].forbid(foldWhole(text)) {
				if short.of[s][f] >= tailKnown {
					e.of[s][f] = max(e.of[s][f], tailless*short.of[s][f])
				}
				e.best = max(e.best, e.of[s][f])
			}
		}
	}
	return e
}

// tailless is what a heading's score counts for that is known only without its empty tail.
const tailless = 0.9

// tailKnown is how surely a heading must be known without its tail: a mere hint there tells
// nothing, for 文件名称 is no 文件.
const tailKnown = 0.6

func (m *matcher) judgeWhole(text string) *evidence {
	e := &evidence{of: make([][]float64, len(m.schemas)), bad: make([]bool, len(m.schemas)),
		thing: make([]bool, len(m.schemas))}
	forms := variants(text)
	short := shortForms(forms)
	for s := range m.vocabs {
		v := &m.vocabs[s]
		e.of[s] = make([]float64, len(v.fields))
		for i, form := range forms {
			hit, ok := v.whole[form]
			if !ok {
				continue
			}
			score := wholeHeading - 0.0005*float64(hit.rank)
			if i > 0 {
				score -= 0.02 // a less literal form
			}
			e.of[s][hit.field] = score
			break
		}
		for i := range v.fields {
			e.of[s][i] = max(e.of[s][i], v.fields[i].fit(forms, short))
			e.best = max(e.best, e.of[s][i])
		}
		e.bad[s], e.thing[s] = fitsAny(v.foreign, short), fitsAny(v.things, short)
	}
	return e
}

// fitsAny reports whether a pattern explains most of one of the forms of a heading.
func fitsAny(list []pattern, forms []string) bool {
	return slices.ContainsFunc(list, func(p pattern) bool {
		return slices.ContainsFunc(forms, func(form string) bool { return p.fit(form) >= 0.6 })
	})
}

// shortForms are the forms of a heading that patterns are tried on: without
// brackets, with them but for the marks, and up to a colon.
func shortForms(forms []string) (out []string) {
	add := func(s string) {
		if s = trimMarks(s); s != "" && utf8.RuneCountInString(s) <= maxKnown && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(forms) == 0 {
		return nil
	}
	for _, f := range forms {
		if i := strings.IndexByte(f, ':'); i > 0 && (i+1 == len(f) || strings.ContainsAny(f[i:], "/、")) {
			f = f[:i] // 状态：未开工/完成, but not 填报单位：财政局
		}
		add(dropBrackets(f))
		if f = dropSuffix(f); strings.Contains(f, "(") {
			add(strings.NewReplacer("(", "", ")", "").Replace(f)) // 牵头(责任)单位
		}
	}
	return out
}

// fit is how well the patterns of a field match a heading.
func (p *patterns) fit(forms, short []string) (best float64) {
	if len(forms) == 0 || p.forbid(forms[0]) {
		return 0
	}
	for _, form := range short {
		for i := range p.parts {
			best = max(best, partHeading*p.parts[i].fit(form)-0.003*float64(min(i, 5)))
		}
		for i := range p.hints {
			best = max(best, hintHeading*p.hints[i].fit(form))
		}
	}
	return best
}

// forbid reports whether a heading has a word of Field.Not.
func (p *patterns) forbid(form string) bool {
	for _, w := range p.not {
		if w, atEnd := strings.CutSuffix(w, "$"); atEnd && strings.HasSuffix(dropBrackets(form), w) || !atEnd &&
			hasWord(form, w) {
			return true
		}
	}
	return false
}

// hasWord reports whether a heading has a word, not merely its letters: 竣工时间 has 时间
// and no 工时. 被督查单位 is not who inspects.
func hasWord(form, word string) bool {
	for from := 0; ; {
		i := strings.Index(form[from:], word)
		if i < 0 {
			return false
		}
		passive := strings.HasSuffix(form[:from+i], "被")
		from += i + len(word)
		inLonger := strings.HasSuffix(word, "时") && startsWithAny(form[from:], "间", "限", "段", "点", "效")
		if !passive && !inLonger {
			return true
		}
	}
}

func startsWithAny(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
}

// fit is 0 where the pattern does not match, else how much of the heading it
// explains: 1 if nothing is left that says anything.
func (p *pattern) fit(s string) float64 {
	if p.start {
		rest, ok := p.fromStart(s)
		if !ok {
			return 0
		}
		return 1 / (1 + 0.02*float64(utf8.RuneCountInString(strings.Join(rest, ""))))
	}
	rest, ok := p.fromEnd(s)
	if !ok {
		return 0
	}
	u := 0.0
	for _, r := range rest {
		u += unexplained(r)
	}
	return 1 / (1 + 0.1*u)
}

func (p *pattern) fromStart(s string) (rest []string, ok bool) {
	for i, words := range p.steps {
		at, n := -1, 0
		for _, w := range words {
			if k := strings.Index(s, w); k >= 0 && (i > 0 || k == 0) && (at < 0 || k < at) {
				at, n = k, len(w)
			}
		}
		if at < 0 {
			return nil, false
		}
		rest, s = append(rest, s[:at]), s[at+n:]
	}
	return append(rest, s), true
}

func (p *pattern) fromEnd(s string) (rest []string, ok bool) {
	for i := len(p.steps) - 1; i >= 0; i-- {
		at, n := -1, 0
		for _, w := range p.steps[i] {
			k := -1
			if i < len(p.steps)-1 {
				k = strings.LastIndex(s, w)
			} else if strings.HasSuffix(s, w) {
				k = len(s) - len(w)
			}
			if k < 0 {
				continue
			}
			if k+len(w) > at+n || k+len(w) == at+n && len(w) > n {
				at, n = k, len(w)
			}
		}
		if at < 0 {
			return nil, false
		}
		rest, s = append(rest, s[at+n:]), s[:at]
	}
	return append(rest, s), true
}

// What says little in a heading: words that go with any field, and the letters
// of periods and places.
var (
	plainWords = []string{"重点", "工作", "任务", "事项", "项目", "具体", "主要", "有关", "相关", "目前", "当前", "最新", "今年", "全年", "全部",
		"是否", "情况", "总体", "总", "部分", "公开", "督办", "整改", "年度",
		"the", "of", "task", "work", "project", "current", "item", "date"}
	plainLetters = "年月日季度份第上下半中初末底本当该各级市县区镇乡省街道局的地之和与及或、/-~·()%一二三四五六七八九十0123456789:,.，。：?"
)

// unexplained is the number of letters of a text that say something; of Latin
// ones three count as one.
func unexplained(s string) float64 {
	for _, w := range plainWords {
		s = strings.ReplaceAll(s, w, "")
	}
	n := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune(plainLetters, r):
		case r < utf8.RuneSelf:
			n += 1.0 / 3
		default:
			n++
		}
	}
	return n
}

// heading is what stands over one column.
type heading struct {
	col    int
	levels []label // top down; none if the column has no heading
}

// label is one cell of a header, with the columns it spans.
type label struct {
	text        string
	left, right int
}

func (h *heading) text() string {
	parts := make([]string, len(h.levels))
	for i, l := range h.levels {
		parts[i] = clean(l.text)
	}
	return strings.Join(parts, "/")
}

func (h *heading) sub() string {
	if len(h.levels) == 0 {
		return ""
	}
	return h.levels[len(h.levels)-1].text
}

// joined is all levels in one word: 责任 over 领导 is 责任领导.
func (h *heading) joined() string {
	var b strings.Builder
	for _, l := range h.levels {
		b.WriteString(l.text)
	}
	return b.String()
}

// group is the heading right above the sub-heading; first is false unless this
// is the first column below it.
func (h *heading) group() (text string, first bool) {
	if len(h.levels) < 2 {
		return "", false
	}
	g := h.levels[len(h.levels)-2]
	return g.text, g.left == h.col
}

// groupHeading is what a group's heading is worth for its first column.
const groupHeading = 0.75

// score is how far a column's heading speaks for each field of a schema; wholly
// tells for which it is a heading as listed.
func (m *matcher) score(schema int, h *heading) []float64 {
	n := len(m.schemas[schema].Fields)
	out := make([]float64, n)
	if len(h.levels) == 0 {
		return out
	}
	sub := m.evidence(h.sub()).of[schema]
	copy(out, sub)
	if len(h.levels) < 2 {
		return out
	}
	switch foldWhole(h.sub()) { // 是否完成 over 是 and 否, one of them ticked
	case "是", "有", "已", "√":
		group, _ := h.group()
		copy(out, m.evidence(group).of[schema])
		return out
	case "否", "无", "未", "×":
		return make([]float64, n)
	}
	v := &m.vocabs[schema]
	all := foldWhole(h.joined())
	joined := m.evidence(h.joined()).of[schema]
	both := m.evidence(h.text()).of[schema]
	group, first := h.group()
	over := m.evidence(group).of[schema]
	for i := range out {
		if out[i] < wholeLeast && v.fields[i].forbid(all) {
			out[i] = 0
		}
		out[i] = max(out[i], joined[i])
		if both[i] >= wholeLeast {
			out[i] = max(out[i], both[i]+0.01)
		}
		if first && !v.fields[i].forbid(all) {
			out[i] = max(out[i], groupHeading*over[i])
		}
	}
	return out
}

// wholeLeast is the least score of a heading that is listed whole.
const wholeLeast = 0.95

func (m *matcher) isForeign(schema int, h *heading) bool {
	return len(h.levels) > 0 && m.evidence(h.sub()).bad[schema]
}

func clamp(x float64) float64 { return math.Max(0, math.Min(1, x)) }

// likeliest is the field that a heading stands for by itself in the first schema
// that knows it, "" if none does.
func (m *matcher) likeliest(text string) string {
	if !m.knows(text) {
		return ""
	}
	e := m.evidence(text)
	for s := range m.schemas {
		best, name := knownHeading, ""
		for f, score := range e.of[s] {
			if score > best {
				best, name = score, m.schemas[s].Fields[f].Name
			}
		}
		if name != "" {
			return name
		}
	}
	return ""
}

// Likeliest is the field that a heading stands for by itself, "" if none.
func (s Schema) Likeliest(heading string) string {
	m := matcher{lexicon: newLexicon([]Schema{s}), seen: map[string]*evidence{}, alike: map[string]answer{}}
	return m.likeliest(heading)
}
