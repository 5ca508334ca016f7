package plan

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// assignment is who does an item and until when, from its closing brackets or
// from lines such as 牵头单位：….
type assignment struct {
	lead     string
	support  []string
	deadline string
	alone    bool // the closing stood on a line of its own
	doubts   []msg.Text
}

var (
	roleRE  = regexp.MustCompile(`牵头|负责|配合|责任单位|责任部门|责任处室|责任科室|主办|协办|承办|参与单位|参加单位|职责分工|抓好落实|会同`)
	quoteRE = regexp.MustCompile(`〔|以下简称|详见|见附|号）?$`)
	lineRE  = regexp.MustCompile(`^(?:牵头|责任|主办|主责|配合|协办|参与|承办|落实)(?:责任)?(?:单位|部门|科室|处室)\s*[:：]`)
	timeRE  = regexp.MustCompile(`(?:完成|办结|整改|责任)?(?:时限|时间|期限|时间节点)(?:要求)?\s*[:：]\s*([^；;，,]+)`)
	bareRE  = regexp.MustCompile(`^[（(【\[]([^（(【\[]*)[）)】\]][。.]?$`)
)

// unitRE ends the usual names of offices, for brackets that hold nothing else.
var unitRE = regexp.MustCompile(`(?:局|办|办公室|委|委员会|部|厅|院|中心|街道|办事处|镇|乡|队|站|所|公司|管委会|科|处|社|学校|医院|各部门|各单位)$`)

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
	if quoteRE.MatchString(inner) {
		return false
	}
	return roleRE.MatchString(inner) || timeRE.MatchString(inner) || onlyUnits(inner)
}

// onlyUnits reports whether a bracket holds nothing but names of offices.
func onlyUnits(inner string) bool {
	names := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune("、，,；; ", r) })
	for _, name := range names {
		if len([]rune(name)) > 16 || !unitRE.MatchString(name) {
			return false
		}
	}
	return len(names) > 0
}

// withoutClosing is a paragraph without the brackets that close it; "" for a
// line that only names units or a date.
func withoutClosing(s string) string {
	if lineRE.MatchString(s) || timeRE.FindString(s) != "" && strings.HasPrefix(s, timeRE.FindString(s)) {
		return ""
	}
	if at := closing(s); at >= 0 {
		return trim(s[:at])
	}
	return s
}

// closingOf reads the assignment of one node from its own paragraphs.
func closingOf(n *node) (a assignment, ok bool) {
	var found []string
	for i, s := range n.text {
		if lineRE.MatchString(s) {
			found = append(found, s)
			a.alone = n.own[i]
			continue
		}
		for _, inner := range brackets(s) {
			if roleRE.MatchString(inner) || onlyUnits(inner) && strings.HasSuffix(strings.TrimRight(s, "。."), inner+"）") {
				found = append(found, inner)
				a.alone = n.own[i] && bareRE.MatchString(s)
				if !roleRE.MatchString(inner) {
					a.doubts = append(a.doubts, msg.New("plan.bare_units", "Units", inner))
				}
			}
			if t := timeRE.FindStringSubmatch(inner); t != nil {
				a.deadline = trim(t[1])
			}
		}
		if t := timeRE.FindStringSubmatchIndex(s); t != nil && t[0] == 0 {
			a.deadline = trim(s[t[2]:t[3]])
		}
	}
	for i, text := range found {
		text = timeRE.ReplaceAllString(text, "")
		lead, support := ledger.SplitUnits(text)
		support = spread(support)
		switch {
		case a.lead == "":
			a.lead, a.support = lead, support
		case lineRE.MatchString(found[i]) && !strings.HasPrefix(text, "牵头") && !strings.HasPrefix(text, "主"):
			a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
		default:
			a.doubts = append(a.doubts, msg.New("plan.several_closings", "Lead", a.lead, "Other", lead))
			a.support = add(a.support, a.lead, append([]string{lead}, support...)...)
		}
	}
	return a, a.lead != ""
}

// spread gives 各 to every member of 各部门、街道办事处, where it stands once for
// all of them.
func spread(units []string) []string {
	for i := 1; i < len(units); i++ {
		if strings.HasPrefix(units[i-1], "各") && !strings.HasPrefix(units[i], "各") && collectiveRE.MatchString(units[i]) {
			units[i] = "各" + units[i]
		}
	}
	return units
}

// collectiveRE is a name that without 各 before it names no single office.
var collectiveRE = regexp.MustCompile(`^(?:有关|相关|直属)?(?:部门|单位|科室|街道|街道办事处|乡镇|社区|园区|街镇|镇街)$`)

// brackets are the insides of all brackets of s that assign something, in order.
func brackets(s string) []string {
	var found []string
	for i, r := range s {
		if !strings.ContainsRune("）)】]", r) {
			continue
		}
		if open, inner := lastBracket(s[:i+utf8.RuneLen(r)]); open >= 0 && assigns(inner) && !strings.ContainsAny(inner, "。") {
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
