package plan

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// A count is a sentence that asks for a number of events in the year:
// 年内至少举办1次…, 每季度召开一次…, 全年开展培训不少于2次.
var (
	countRE = lazy(`(年内|每年度?|全年|年度内|本年度|一年内|每半年|每季度?|每月)([^，。；]{0,16}?)([0-9一二两三四五六七八九十]+)(?:至[0-9]+)?[次场期轮]`)
	afterRE = lazy(`^(?:以上|及以上)?(?:的)?([^，。；]*)`)
	partsRE = lazy(`(?:设置|设立|安排|包括)([^，。；]{2,30}?)(?:等)?环节`)
	eachRE  = lazy(`各[^，。；要应须需按把对]{1,30}`)
	leastRE = lazy(`(?:至少|不得?少于|不得?低于)$`)
	verbRE  = lazy(`^(?:至少|不少于|不低于|要|应|须|组织|举办|开展|召开|进行|集中|专题|安排|的|本地|本系统|本单位|本部门)+`)
)

var perYear = map[string]int{"每半年": 2, "每季度": 4, "每季": 4, "每月": 12}

// counted events that an item asks for, as annual requirements. known are the
// kinds that have a name of their own (training, open day); any other event is
// a new kind named by its own words.
func counts(n *node, text string, known []ledger.RequirementRule) []ledger.RequirementRule {
	var rules []ledger.RequirementRule
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '。' || r == '；' || r == '\n' }) {
		m := countRE().FindStringSubmatchIndex(sentence)
		if m == nil {
			continue
		}
		cycle := sentence[m[2]:m[3]]
		least := int(atoi(due.Arabic(sentence[m[6]:m[7]]), 0, 0, 9999))
		if least == 0 {
			continue
		}
		if times := perYear[cycle]; times > 0 {
			least *= times
		}
		name := event(afterRE().FindStringSubmatch(sentence[m[1]:])[1])
		if name == "" { // 开展培训不少于2次: the event stands before the number
			name = event(leastRE().ReplaceAllString(sentence[m[4]:m[5]], ""))
		}
		rule := ledger.RequirementRule{Kind: name, Name: name, Words: []string{name}, Min: least}
		for _, k := range known {
			for _, word := range k.Words {
				if strings.Contains(name, word) || name == "" && strings.Contains(n.heading, word) {
					rule.Kind, rule.Words = k.Kind, k.Words
					if name == "" {
						rule.Name = k.Name
					}
				}
			}
		}
		if rule.Kind == "" {
			rule.Kind, rule.Name, rule.Words = n.heading, n.heading, []string{n.heading}
		}
		if who := eachRE().FindString(sentence[:m[0]]); who != "" {
			rule.ByUnit, rule.Units = true, everyOf(who)
		}
		if p := partsRE().FindStringSubmatch(text); p != nil {
			rule.Needs = alternatives(p[1])
		}
		rules = append(rules, rule)
	}
	return rules
}

// event is the name of what is to be held, free of verbs and quotation marks.
func event(s string) string {
	s = trim(verbRE().ReplaceAllString(trim(s), ""))
	if open := strings.Index(s, "“"); open >= 0 {
		if end := strings.Index(s, "”"); end > open {
			return s[open+len("“") : end]
		}
	}
	return strings.Trim(s, "“”\"「」等活动 ")
}

// everyOf reads 各部门、街道办事处 as 各部门 and 各街道办事处.
func everyOf(s string) []string {
	var units []string
	for _, u := range strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == '和' || r == '及' }) {
		if u = trim(u); u == "" {
			continue
		}
		if !strings.HasPrefix(u, "各") {
			u = "各" + u
		}
		units = append(units, u)
	}
	return units
}

// alternatives reads 答疑、座谈或问卷调查 as its members, in the short form that
// also matches a longer word.
func alternatives(s string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，或和及与", r) }) {
		if w = strings.TrimSuffix(trim(w), "调查"); w != "" {
			words = append(words, w)
		}
	}
	return words
}
