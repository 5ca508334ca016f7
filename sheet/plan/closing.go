package plan

import (
	"strings"
	"time"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// assignment is who does an item and until when, from its closing brackets or
// from lines such as 牵头单位：….
type assignment struct {
	lead     string
	support  []string
	leader   string // 责任领导
	owner    string // 责任人
	deadline string
	kept     []string // what a closing says beside that (适用范围：…), for the item's text
	alone    bool     // the closing stood on a line of its own
	doubts   []msg.Text
}

// named reports whether the assignment names any unit.
func (a *assignment) named() bool { return a.lead != "" || len(a.support) > 0 }

// clause is a piece of an assigning text and what it says.
type clause uint8

const (
	saysUnits clause = iota
	saysLeader
	saysOwner
	saysTime
	saysFirstLeads // that the first unit of a list leads, as is understood
	saysOther
)

// assigned takes an assigning text apart. a has everything but the units;
// units is the rest, as SplitUnits reads it.
func assigned(text string) (units string, a assignment) {
	text = gapRE().ReplaceAllString(strings.TrimRight(text, "。．. "), "；$1")
	var b strings.Builder
	last := saysUnits
	from, depth := 0, 0
	sep := ""
	take := func(s string) {
		s = trim(s)
		if s == "" {
			return
		}
		if last == saysOther && strings.Contains("；;", sep) {
			last = saysUnits
		}
		what, value := understand(s, last, b.Len() > 0)
		switch what {
		case saysFirstLeads:
			return
		case saysLeader:
			a.leader = join(a.leader, value)
		case saysOwner:
			a.owner = join(a.owner, value)
		case saysTime:
			switch {
			case last == saysTime && a.deadline != "" && !timeRE().MatchString(s):
				a.deadline += sep + value
			case timeRE().MatchString(s):
				a.deadline = value
			default:
				a.deadline = join(a.deadline, value)
			}
		case saysOther:
			if n := len(a.kept); n > 0 && last == saysOther && sep != "；" && sep != ";" {
				a.kept[n-1] += sep + s
			} else {
				a.kept = append(a.kept, s)
			}
		default:
			switch {
			case b.Len() == 0:
			case helpEndRE().MatchString(value):
				b.WriteString("；") // A、B，C参与: the verb is that of C alone
			default:
				b.WriteString(sep)
			}
			b.WriteString(value)
		}
		last = what
	}
	for i, r := range text {
		switch {
		case strings.ContainsRune(opening, r):
			depth++
		case strings.ContainsRune(shutting, r):
			depth--
		case depth <= 0 && strings.ContainsRune("，,；;。\n", r):
			take(text[from:i])
			from, sep = i+utf8.RuneLen(r), string(r)
		}
	}
	take(text[from:])
	a.deadline = trim(endDateRE().ReplaceAllStringFunc(a.deadline, func(end string) string {
		if end == a.deadline || strings.HasSuffix(end, "坚持") {
			return end
		}
		return ""
	}))
	return b.String(), a
}

// understand tells what one clause says. last is what the one before it said;
// begun that units have been named.
func understand(s string, last clause, begun bool) (what clause, value string) {
	if m := boxedRE().FindString(s); m != "" {
		s = strings.Trim(m, opening+shutting+":： ") + "：" + s[len(m):]
	}
	if m := shortRE().FindStringSubmatch(s); m != nil {
		s = m[1] + "单位：" + m[2]
	}
	switch {
	case firstLeadsRE().MatchString(s):
		return saysFirstLeads, ""
	case leaderRE().MatchString(s):
		return saysLeader, leaderRE().FindStringSubmatch(s)[1]
	case unitsRE().MatchString(s):
		m := unitsRE().FindStringSubmatch(s)
		return saysUnits, plainLabel(m[1]) + latinAndRE().ReplaceAllString(m[2], "、")
	case ownerRE().MatchString(s):
		return saysOwner, ownerRE().FindStringSubmatch(s)[1]
	case timeRE().MatchString(s):
		return saysTime, trim(timeRE().FindStringSubmatch(s)[1])
	case isDate(s):
		return saysTime, s
	case otherRE().MatchString(s):
		return saysOther, s
	case last == saysTime && !unitish(s):
		return saysTime, s
	case last == saysOther && !actsRE().MatchString(s), begun && !unitish(s):
		return saysOther, s
	case last == saysOwner && !unitish(s) && utf8.RuneCountInString(s) <= 4:
		return saysOwner, s
	}
	return saysUnits, s
}

// plainLabel is a label in the words that SplitUnits knows.
func plainLabel(label string) string {
	label = strings.ToLower(label)
	switch {
	case leadsRE().MatchString(label):
		return "牵头单位："
	case helpsRE().MatchString(label):
		return "配合单位："
	}
	return "责任单位："
}

// join puts one text behind another.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "；" + b
}

// unitish reports whether a clause names units, with or without what they do.
func unitish(s string) bool { return namesUnits(s, true) }

// namesUnits is unitish; loose as in unitName.
func namesUnits(s string, loose bool) bool {
	lead, support := ledger.SplitUnits(s)
	if lead == "" && len(support) == 0 {
		return false
	}
	for _, name := range append(support, lead) {
		if name != "" && !unitName(name, loose) {
			return false
		}
	}
	return true
}

// unitName reports whether a name can be that of a unit: it ends like one or,
// where the context says that it is one (loose), it is short and no sentence.
func unitName(name string, loose bool) bool {
	n := utf8.RuneCountInString(name)
	if noUnitRE().MatchString(name) {
		return false
	}
	if unitRE().MatchString(name) {
		return n <= 24
	}
	return loose && n <= 10 && !proseRE().MatchString(name)
}

// dateRunes has a character of everything that due.Parse understands.
const dateRunes = "0123456789０１２３４５６７８９年月季周旬日天期底末前内常续态时立即贯常" +
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// isDate reports whether a clause says nothing but until when.
func isDate(clause string) bool {
	if utf8.RuneCountInString(clause) > 24 || !strings.ContainsAny(clause, dateRunes) || unitRE().MatchString(clause) {
		return false
	}
	switch due.Parse(clause, 2000, time.Time{}).Kind {
	case due.Dated, due.Recurring:
		return true
	case due.Ongoing: // 长期坚持, not a sentence with 及时 in it
		return utf8.RuneCountInString(clause) <= 8
	}
	return false
}

// lastBracket is the bracket that s ends with and what it holds; -1 if s does
// not end with one.
func lastBracket(s string) (open int, inner string) {
	last, size := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(shutting, last) {
		return -1, ""
	}
	depth := 0
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		switch {
		case strings.ContainsRune(shutting, r):
			depth++
		case strings.ContainsRune(opening, r):
			if depth--; depth == 0 {
				return i, s[i+n : len(s)-size]
			}
		}
	}
	return -1, ""
}

// saying is an assigning text, taken apart by assigned.
type saying struct {
	text  string
	units string
	more  assignment
}

// says takes a bracket apart; ok is false if it does not name who does the
// work, or until when.
func says(inner string) (s saying, ok bool) {
	if quoteRE().MatchString(inner) {
		return s, false
	}
	role := roleRE().MatchString(inner)
	if !role && strings.ContainsAny(inner, "，,；;") && !onlyUnits(inner) {
		// （大数据中心、各街道，持续推进）: units and a date
		s.text = inner
		s.units, s.more = assigned(inner)
		return s, s.units != "" && s.more.deadline != "" && len(s.more.kept) == 0 && onlyUnits(s.units)
	}
	sure := !role && onlyUnits(inner) || strings.ContainsAny(inner, "前底末成期") && isDate(inner)
	if !sure && !role {
		return s, false
	}
	s.text = inner
	s.units, s.more = assigned(inner)
	switch {
	case sure:
	case s.units == "":
		sure = s.more.deadline != "" || s.more.leader != "" || s.more.owner != ""
	default:
		sure = labelledRE().MatchString(trim(inner)) || boxedRE().MatchString(inner) ||
			namesUnits(s.units, sureRE().MatchString(inner))
	}
	return s, sure
}

// onlyUnits reports whether a text holds nothing but names of offices.
func onlyUnits(text string) bool {
	if strings.ContainsAny(text, "。：:！？") || actsRE().MatchString(text) {
		return false
	}
	lead, support := ledger.SplitUnits(nameCutRE().ReplaceAllString(text, "、"))
	if lead == "" {
		return false
	}
	for _, name := range append(support, lead) {
		if utf8.RuneCountInString(name) > 16 || !unitName(name, false) {
			return false
		}
	}
	return true
}

// line is a paragraph without the dash or box that introduces an assigning
// line, and whether it is one.
func line(s string) (string, bool) {
	s = spacedRE().ReplaceAllStringFunc(s, func(label string) string { return strings.Join(strings.Fields(label), "") })
	s = strings.TrimLeft(s, "—–-─·●■◆★ ")
	if m := boxedRE().FindString(s); m != "" {
		s = strings.Trim(m, opening+shutting+":： ") + "：" + s[len(m):]
	}
	if labelledRE().MatchString(s) {
		return s, true
	}
	// 牵头单位  住建局: a label without a colon, before nothing but what it labels.
	if m := bareLabelRE().FindStringSubmatch(s); m != nil {
		first, _, _ := strings.Cut(strings.NewReplacer("；", "，", ";", "，", ",", "，").Replace(m[2]), "，")
		if onlyUnits(strings.TrimRight(first, "。 ")) || isDate(strings.TrimRight(first, "。 ")) {
			return noColonRE().ReplaceAllString(s, "${1}${2}："), true
		}
	}
	return s, false
}

// span is a bracket of a paragraph that assigns something.
type span struct {
	from, to int
	saying
}

// brackets are the brackets of s that close a sentence of it and assign
// something, in order. One in the midst of a sentence speaks of something else.
func brackets(s string) []span {
	var found []span
	for i, r := range s {
		if !strings.ContainsRune(shutting, r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		open, inner := lastBracket(s[:end])
		if open < 0 {
			continue
		}
		rest := strings.TrimLeft(s[end:], " 　")
		if next, _ := utf8.DecodeRuneInString(rest); rest != "" &&
			!strings.ContainsRune("。．.；;：:\n①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"+opening, next) {
			before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:open], " 　\t"))
			if !strings.ContainsRune("。．.；;！？", before) {
				continue // …。（A负责）下一句: the bracket follows a finished sentence
			}
		}
		if said, ok := says(inner); ok {
			found = append(found, span{open, end, said})
		}
	}
	return found
}

// sentenceEnds is what may stand behind a closing bracket.
const sentenceEnds = "。．.；; \t　"

// closing is where the brackets that close s and name units or a date begin;
// -1 if it is not closed so.
func closing(s string) int {
	at, end := -1, len(strings.TrimRight(s, sentenceEnds))
	found := brackets(s)
	for i := len(found) - 1; i >= 0 && len(strings.TrimRight(s[:end], sentenceEnds)) == found[i].to; i-- {
		at, end = found[i].from, found[i].from
	}
	return at
}

// para is a paragraph of a node's text, and what it assigns.
type para struct {
	text string
	own  bool // it stands alone, not on the heading's line
	line int

	isLine  bool       // it is a line such as 牵头单位：…
	spans   []span     // else the brackets that assign something
	body    string     // what it says beside that; "" if nothing
	said    assignment // what it assigns, taken by itself
	sayings []saying
}

func newPara(text string, own bool, at int) para {
	p := para{text: text, own: own, line: at, body: text}
	if s, ok := line(text); ok {
		p.isLine = true
		said := saying{text: s}
		said.units, said.more = assigned(s)
		p.sayings = []saying{said}
		if said.units != "" || len(said.more.kept) == 0 {
			p.body = strings.Join(said.more.kept, "；")
		}
	} else if p.spans = brackets(text); len(p.spans) > 0 {
		p.body = outside(text, p.spans)
		for _, at := range p.spans {
			p.sayings = append(p.sayings, at.saying)
		}
	}
	p.said.read(&p)
	return p
}

// unitsAlone makes an assigning line of a paragraph below an item that is nothing
// but names of offices; a person is told.
func (p *para) unitsAlone() {
	units := strings.Trim(p.text, "—–－ 。．.")
	if len(p.sayings) > 0 || !onlyUnits(units) {
		return
	}
	p.isLine, p.body = true, ""
	p.sayings = []saying{{text: units, units: units, more: assignment{doubts: []msg.Text{msg.New("plan.bare_units",
		"Units", units)}}}}
	p.said.read(p)
}

// outside is a paragraph without the brackets that name its units, but with
// what else they say.
func outside(s string, spans []span) string {
	var b strings.Builder
	from := 0
	for _, at := range spans {
		b.WriteString(s[from:at.from])
		if len(at.more.kept) > 0 {
			b.WriteString("（" + strings.Join(at.more.kept, "；") + "）")
		}
		from = at.to
	}
	rest := s[from:]
	// The full stop behind a bracket stands in for the one before it.
	if r, _ := utf8.DecodeLastRuneInString(b.String()); strings.ContainsRune("。．.；;", r) {
		rest = strings.TrimLeft(rest, "。．.；;")
	}
	b.WriteString(rest)
	if s := trim(b.String()); strings.Trim(s, "。．.；;，, ") != "" {
		return s
	}
	return ""
}

// closingOf reads the assignment of one node from its own paragraphs.
func closingOf(n *node) (a assignment, ok bool) {
	for i := range n.text {
		a.read(&n.text[i])
	}
	return a, a.named()
}

// read takes up what one paragraph assigns.
func (a *assignment) read(p *para) {
	for _, s := range p.sayings {
		a.alone = p.own && (p.isLine || bareRE().MatchString(p.text))
		if !p.isLine && !roleRE().MatchString(s.text) && nameCutRE().MatchString(s.units) {
			a.doubts = append(a.doubts, msg.New("plan.bare_units", "Units", s.text))
		}
		a.add(s)
	}
}

// add takes up one more text that assigns the item.
func (a *assignment) add(s saying) {
	units, more := s.units, s.more
	a.leader, a.owner = join(a.leader, more.leader), join(a.owner, more.owner)
	a.kept = append(a.kept, more.kept...)
	a.doubts = append(a.doubts, more.doubts...)
	if more.deadline != "" {
		a.deadline = more.deadline
	}
	if units == "" {
		return
	}
	lead, support := ledger.SplitUnits(units)
	support = spread(support)
	helping := strings.HasPrefix(units, "配合") || strings.HasPrefix(units, "责任") && a.lead != ""
	switch {
	case a.lead == "":
		a.support = add(support, lead, a.support...)
		a.lead = lead
	case helping || lead == "":
		a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
	case strings.HasPrefix(units, "牵头") && lead != a.lead:
		// 责任单位：A above 牵头单位：B.
		a.support = add(nil, lead, append(append([]string{a.lead}, a.support...), support...)...)
		a.lead = lead
	default:
		if lead != a.lead {
			a.doubts = append(a.doubts, msg.New("plan.several_closings", "Lead", a.lead, "Other", lead))
		}
		a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
	}
}

// spread gives 各 to every member of 各部门、街道办事处, where it stands once for
// all of them.
func spread(units []string) []string {
	for i := 1; i < len(units); i++ {
		above, here := strings.HasPrefix(units[i-1], "各"), strings.HasPrefix(units[i], "各")
		if above && !here && collectiveRE().MatchString(units[i]) {
			units[i] = "各" + units[i]
		}
	}
	return units
}

// collectiveRE is a name that without 各 before it names no single office.
var collectiveRE = lazy(`^(?:有关|相关|直属)?(?:部门|单位|科室|街道|街道办事处|乡镇|社区|园区|街镇|镇街)$`)

// add appends units that are neither lead nor in the list yet.
func add(list []string, lead string, units ...string) []string {
next:
	for _, u := range units {
		if u == "" || u == lead {
			continue
		}
		for _, have := range list {
			if have == u {
				continue next
			}
		}
		list = append(list, u)
	}
	return list
}
