package plan

import "strings"

var (
	leadsRE = lazy(`^由?(.+?)(?:负责)?牵头(?:负责|组织|实施|落实)*$`)
	helpsRE = lazy(`^(.+?)(?:协同|共同)?(?:负责)?(?:配合|协助|协办|参与)(?:实施|落实|做好)*$`)
)

// bracketed gives a paragraph whose last sentence says no more than who leads,
// who helps and until when (…。由财政局牵头，各街道办事处配合。) with that sentence
// in the brackets in which most plans put it. Any other comes back as it is.
func bracketed(s string) string {
	body := strings.TrimRight(s, "。．. \t　")
	head, tail := "", body
	if i := strings.LastIndex(body, "。"); i >= 0 {
		i += len("。")
		head, tail = body[:i], trim(body[i:])
	}
	if head == "" && !strings.HasPrefix(tail, "由") || strings.ContainsAny(tail, "（()）【】[]〔〕") || !assigning(tail) {
		return s
	}
	return head + "（" + tail + "）"
}

// assigning reports whether each clause of a sentence names offices and what
// they do, the first of them who leads, or a date.
func assigning(sentence string) bool {
	clauses := strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune("，,；;", r) })
	for i, clause := range clauses {
		clause = trim(clause)
		re := helpsRE
		if i == 0 {
			re = leadsRE
		}
		if m := re().FindStringSubmatch(clause); m != nil && onlyUnits(m[1]) || i > 0 && isDate(clause) {
			continue
		}
		return false
	}
	return len(clauses) > 0
}
