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
	alone    bool // the closing stood on a line of its own
	doubts   []msg.Text
}

// named reports whether the assignment names any unit.
func (a *assignment) named() bool { return a.lead != "" || len(a.support) > 0 }

const (
	unitLabel   = `(?:牵头|责任|主办|主责|配合|协办|参与|参加|承办|落实|实施|协同)(?:责任)?(?:单位|部门|科室|处室)`
	leaderLabel = `(?:责任|牵头|分管|包保|包联|包抓|主管|挂帅|市级|区级|县级|市|区|县)领导`
	ownerLabel  = `(?:具体|直接|第一)?(?:责任人员?|联系人|联络员|负责人|经办人)`
	timeLabel   = `(?:计划|要求)?(?:完成|办结|整改|责任|工作|推进)?(?:时限|时间节点|时间进度|时间安排|时间要求|进度安排|时间|期限|日期)(?:要求)?`
	anyLabel    = `(?:` + unitLabel + `|` + leaderLabel + `|` + ownerLabel + `|` + timeLabel + `)`
)

var (
	roleRE    = lazy(`牵头|负责|配合|责任单位|责任部门|责任处室|责任科室|主办|协办|承办|参与单位|参加单位|职责分工|抓好落实|会同|^` + anyLabel + `\s*[:：]`)
	quoteRE   = lazy(`〔|以下简称|详见|见附|号）?$`)
	lineRE    = lazy(`^` + anyLabel + `\s*[:：]`)
	leaderRE  = lazy(`^` + leaderLabel + `\s*[:：]\s*(.*)$`)
	ownerRE   = lazy(`^` + ownerLabel + `\s*[:：]\s*(.*)$`)
	timeRE    = lazy(`^` + timeLabel + `\s*[:：]\s*(.*)$`)
	unitsRE   = lazy(`^` + unitLabel + `\s*[:：]`)
	gapRE     = lazy(`[\s　]+(` + anyLabel + `\s*[:：])`)
	boxedRE   = lazy(`^[【\[](` + anyLabel + `)[】\]]\s*[:：]?`)
	shortRE   = lazy(`^(牵头|责任|主办|主责|配合|协办|参与)\s*[:：]`)
	bareRE    = lazy(`^[（(【\[]([^（(【\[]*)[）)】\]][。.]?$`)
	endDateRE = lazy(`(?:并?长期坚持|(?:全面|全部)?(?:完成|办结))$`)
)

// unitRE ends the usual names of offices, for brackets that hold nothing else.
var unitRE = lazy(`(?:局|办|办公室|委|委员会|部|厅|院|中心|街道|办事处|镇|乡|队|站|所|公司|管委会|科|处|社|学校|医院|各部门|各单位)$`)

// assigned takes an assigning text apart. a has everything but the units;
// units is the rest, as SplitUnits reads it.
func assigned(text string) (units string, a assignment) {
	text = gapRE().ReplaceAllString(strings.TrimRight(text, "。．. "), "；$1")
	var b strings.Builder
	inTime := false
	from, depth := 0, 0
	sep := ""
	take := func(clause string) {
		clause = trim(clause)
		if m := boxedRE().FindString(clause); m != "" {
			clause = strings.Trim(m, "【】[]:： ") + "：" + clause[len(m):]
		}
		clause = shortRE().ReplaceAllString(clause, "${1}单位：")
		switch {
		case clause == "":
		case leaderRE().MatchString(clause):
			a.leader, inTime = join(a.leader, leaderRE().FindStringSubmatch(clause)[1]), false
		case ownerRE().MatchString(clause):
			a.owner, inTime = join(a.owner, ownerRE().FindStringSubmatch(clause)[1]), false
		case timeRE().MatchString(clause):
			a.deadline, inTime = trim(timeRE().FindStringSubmatch(clause)[1]), true
		case isDate(clause) && inTime:
			a.deadline += sep + clause
		case isDate(clause):
			a.deadline = join(a.deadline, clause)
		default:
			inTime = false
			if b.Len() > 0 {
				b.WriteString(sep)
			}
			b.WriteString(clause)
		}
	}
	for i, r := range text {
		switch {
		case strings.ContainsRune("（(【[〔", r):
			depth++
		case strings.ContainsRune("）)】]〕", r):
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

// join puts one text behind another.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "；" + b
}

// isDate reports whether a clause says nothing but until when.
func isDate(clause string) bool {
	if utf8.RuneCountInString(clause) > 24 || unitRE().MatchString(clause) {
		return false
	}
	switch due.Parse(clause, 2000, time.Time{}).Kind {
	case due.Dated, due.Recurring, due.Ongoing:
		return true
	}
	return false
}

// closing is where the brackets that close s and name units or a date begin;
// -1 if it is not closed so.
func closing(s string) int {
	end := strings.TrimRight(s, "。．. \t　")
	at := -1
	for {
		open, inner := lastBracket(end)
		if open < 0 || !assigns(inner) {
			return at
		}
		at = open
		end = strings.TrimRight(end[:open], "。．. \t　")
	}
}

// lastBracket is the bracket that s ends with and what it holds; -1 if s does
// not end with one.
func lastBracket(s string) (open int, inner string) {
	last, size := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune("）)】]", last) {
		return -1, ""
	}
	depth := 0
	for i := len(s); i > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		switch {
		case strings.ContainsRune("）)】]", r):
			depth++
		case strings.ContainsRune("（(【[", r):
			if depth--; depth == 0 {
				return i, s[i+n : len(s)-size]
			}
		}
	}
	return -1, ""
}

// assigns reports whether a bracket names who does the work, or until when.
func assigns(inner string) bool {
	if quoteRE().MatchString(inner) {
		return false
	}
	return roleRE().MatchString(inner) || onlyUnits(inner) || isDate(inner) && strings.ContainsAny(inner, "前底末成期")
}

// onlyUnits reports whether a bracket holds nothing but names of offices.
func onlyUnits(inner string) bool {
	names := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune("、，,；; ", r) })
	for _, name := range names {
		if len([]rune(name)) > 16 || !unitRE().MatchString(name) {
			return false
		}
	}
	return len(names) > 0
}

// line is a paragraph without the dash or box that introduces an assigning
// line, and whether it is one.
func line(s string) (string, bool) {
	s = strings.TrimLeft(s, "—–-─·●■ ")
	if m := boxedRE().FindString(s); m != "" {
		s = strings.Trim(m, "【】[]:： ") + "：" + s[len(m):]
	}
	return s, lineRE().MatchString(s)
}

// withoutClosing is a paragraph without the brackets that close it; "" for a
// line that only names units or a date.
func withoutClosing(s string) string {
	if _, ok := line(s); ok {
		return ""
	}
	if at := closing(s); at >= 0 {
		return trim(s[:at])
	}
	return s
}

// closingOf reads the assignment of one node from its own paragraphs.
func closingOf(n *node) (a assignment, ok bool) {
	for i, s := range n.text {
		if s, ok := line(s); ok {
			a.add(s)
			a.alone = n.own[i]
			continue
		}
		for _, inner := range brackets(s) {
			a.alone = n.own[i] && bareRE().MatchString(s)
			if !roleRE().MatchString(inner) && onlyUnits(inner) {
				a.doubts = append(a.doubts, msg.New("plan.bare_units", "Units", inner))
			}
			a.add(inner)
		}
	}
	return a, a.named()
}

// add takes up one more text that assigns the item.
func (a *assignment) add(text string) {
	units, more := assigned(text)
	a.leader, a.owner = join(a.leader, more.leader), join(a.owner, more.owner)
	if more.deadline != "" {
		a.deadline = more.deadline
	}
	if units == "" {
		return
	}
	lead, support := ledger.SplitUnits(units)
	support = spread(support)
	label := unitsRE().FindString(units)
	helping := label != "" && !strings.HasPrefix(label, "牵头") && !strings.HasPrefix(label, "主")
	switch {
	case a.lead == "":
		a.support = add(support, lead, a.support...)
		a.lead = lead
	case helping || lead == "":
		a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
	default:
		a.doubts = append(a.doubts, msg.New("plan.several_closings", "Lead", a.lead, "Other", lead))
		a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
	}
}

// spread gives 各 to every member of 各部门、街道办事处, where it stands once for
// all of them.
func spread(units []string) []string {
	for i := 1; i < len(units); i++ {
		if strings.HasPrefix(units[i-1], "各") && !strings.HasPrefix(units[i], "各") && collectiveRE().MatchString(units[i]) {
			units[i] = "各" + units[i]
		}
	}
	return units
}

// collectiveRE is a name that without 各 before it names no single office.
var collectiveRE = lazy(`^(?:有关|相关|直属)?(?:部门|单位|科室|街道|街道办事处|乡镇|社区|园区|街镇|镇街)$`)

// brackets are the insides of the brackets of s that close a sentence of it and
// assign something, in order. One in the midst of a sentence speaks of
// something else.
func brackets(s string) []string {
	var found []string
	for i, r := range s {
		if !strings.ContainsRune("）)】]", r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " 　")); end < len(s) && !strings.ContainsRune("。．.；;：:（(【[", next) {
			continue
		}
		if open, inner := lastBracket(s[:end]); open >= 0 && assigns(inner) {
			found = append(found, inner)
		}
	}
	return found
}

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
