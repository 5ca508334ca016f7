package plan

import (
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/table"
)

// labelInTextRE is a label that stands in a paragraph behind a finished
// sentence: ….责任单位：A、B, …。【牵头单位】A.
var labelInTextRE = lazy(`(?:^|[。；;！\s　）)】\]〕])((?:[【\[〔［]` + anyLabel + `[】\]〕］]\s*[:：]?|` + anyLabel + `\s*[:：]).*)$`)

// bracketed gives a paragraph that ends with who leads, who helps and until
// when, as labels (…。责任单位：A、B) or as a sentence or part of one (…，由A牵头，
// B配合。), with that end in the brackets in which most plans put it. Any other
// comes back as it is.
func bracketed(s string) string {
	if m := labelInTextRE().FindStringSubmatchIndex(s); m != nil && m[2] > 0 {
		head, tail := s[:m[2]], s[m[2]:]
		style, number, rest := numbered(s)
		alone := style != "" && trim(rest) == trim(tail) || style == "" && trim(head) == ""
		if !alone && !openBracket(head) && !openBracket(tail) {
			if units, a := assigned(tail); units != "" && len(a.kept) == 0 {
				return strings.TrimRight(head, " 　\t"+number[len(number):]) + "（" + tail + "）"
			}
		}
	}
	body := strings.TrimRight(s, "。．. \t　")
	if last, _ := utf8.DecodeLastRuneInString(body); strings.ContainsRune(shutting, last) {
		return s
	}
	from, depth := 0, 0
	var cuts []int // behind the commas of the last sentence
	for i, r := range body {
		switch {
		case strings.ContainsRune(opening+"“《", r):
			depth++
		case strings.ContainsRune(shutting+"”》", r):
			depth = max(depth-1, 0)
		case depth == 0 && strings.ContainsRune("。；;！", r):
			from, cuts = i+len("。"), nil
			if r == ';' {
				from = i + 1
			}
		case depth == 0 && r == '，':
			cuts = append(cuts, i+len("，"))
		case depth == 0 && r == ',':
			cuts = append(cuts, i+1)
		}
	}
	for _, at := range append([]int{from}, cuts...) {
		tail := trim(body[at:])
		style, _, rest := numbered(s)
		if style != "" && strings.HasPrefix(rest, tail) && !strings.HasPrefix(tail, "由") {
			continue // an item's name is not its closing
		}
		if assigning(tail) {
			return strings.TrimRight(body[:at], "，, ") + "（" + tail + "）"
		}
	}
	return s
}

var chargeRE = lazy(`牵头|负责|会同`)

// assigning reports whether each clause of a sentence names offices and what
// they do, the first of them who leads or is in charge, or a date.
func assigning(sentence string) bool {
	clauses := strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune("，,；;", r) })
	for i, clause := range clauses {
		clause = trim(clause)
		if i > 0 && isDate(clause) {
			if what := trim(firstDateRE().ReplaceAllString(clause, "")); utf8.RuneCountInString(what) > 4 &&
				table.IsDeed(what) {
				return false // 4月底前修订扑火预案 is what they do
			}
			continue
		}
		verb := actsRE().FindString(clause)
		if verb == "" || i == 0 && !chargeRE().MatchString(clause) {
			return false
		}
		lead, support := ledger.SplitUnits(clause)
		for _, name := range append(support, lead) {
			if name != "" && (name == clause || !unitName(name, false)) {
				return false
			}
		}
		if lead == "" && len(support) == 0 {
			return false
		}
	}
	return len(clauses) > 0
}

// subjectRE is a sentence that begins with who does what it says: 城管局：负责市容,
// 教育局负责校舍安全.
var subjectRE = lazy(`^([^，。；：:（(]{2,40}?)(?:(?:[:：]\s*(?:主要|具体)?|(?:主要|具体|牵头)?)(?:负责|牵头)|[:：])`)

// subject is the assignment that an item's first words make.
func subject(n *node) (a assignment, ok bool) {
	sentence := n.heading
	if m := subjectRE().FindStringSubmatch(sentence); m != nil && onlyUnits(m[1]) {
		a.add(saying{text: m[1], units: m[1]})
	} else if onlyUnits(sentence) && len(n.text) > 0 { // 城管局。负责市容…
		a.add(saying{text: sentence, units: sentence})
	}
	return a, a.lead != ""
}
