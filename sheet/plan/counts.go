package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/ledger/due"
)

// A count is a sentence that asks for a number of events in the year:
// 年内至少举办1次…, 每季度召开一次…, 全年开展培训不少于2次, 各单位宣讲至少3次. How often a list is
// brought up to date (每季度更新一次) is a cycle, and what somebody may have at most
// (每年只享受一次) is no duty.
const (
	numeral = `([0-9一二两三四五六七八九十]+)(?:至[0-9]+)?[次场期轮]`
	atLeast = `至少|不得?少于|不得?低于|最少`
)

var (
	countRE = lazy(`(年内|每年度?|全年|年度内|本年度|一年内|每半年|每季度?|每月)([^，。；]{0,16}?)` + numeral + `` +
		`|(` + atLeast + `)([^，。；每]{0,8}?)` + numeral)
	afterRE   = lazy(`^(?:以上|及以上)?(?:的)?([^，。；]*)`)
	partsRE   = lazy(`(?:设置|设立|安排|包括)([^，。；]{2,30}?)(?:等)?环节`)
	eachRE    = lazy(`(?:各[^，。；要应须需按把对]|重点[县区镇乡村企单])[^，。；要应须需按把对]{0,29}`)
	eachEnd   = lazy(`(?:每|全年|年内|一年|年度|本年|均|都|分别|负责|至少|不少于|不低于|开展|组织|举办|召开|举行|进行|安排|落实|结合|集中|定期|自行|原则上|上门|到).*$`)
	leastRE   = lazy(`(?:` + atLeast + `)$`)
	leastInRE = lazy(atLeast)
	verbRE    = lazy(`^(?:至少|不少于|不低于|要|应|须|组织|举办|开展|召开|举行|进行|集中|专题|安排|的|本地|本系统|本单位|本部门)+`)
	nextRE    = lazy(`[、和及与]?各[^，。；]*$|[、和及与]$`) // the next that are counted
	limitRE   = lazy(`只|仅|最多|至多|不(?:得)?(?:超过|多于|高于)|上限|为限|限|可以|可|享受|以内|以下`)
	holdsRE   = lazy(`举办|召开|举行|开展|组织|集中|安排|进行|` + atLeast)
	keepsRE   = lazy(`更新|报送|上报|通报|公布|公开|公示|调度|维护|汇总|报告|反馈|清理|统计|对账|核对|巡查|巡检|保洁|清扫|备份|轮换|填报`)
	perRE     = lazy(`每(?:户|人|家|名|所|处|个|条|座|村|次|位|块|件)`)
)

var perYear = map[string]int{"每半年": 2, "每季度": 4, "每季": 4, "每月": 12}

// counted events that an item asks for, as annual requirements. known are the
// kinds that have a name of their own (training, open day); any other event is
// a new kind named by its own words.
func counts(n *node, text string, known []ledger.RequirementRule) []ledger.RequirementRule {
	var rules []ledger.RequirementRule
	for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '。' || r == '；' || r == '\n' }) {
		var found []count
		who, from := "", 0
		all := countRE().FindAllStringSubmatchIndex(sentence, -1)
		for i, m := range all {
			until := len(sentence)
			if i+1 < len(all) {
				until = all[i+1][0]
			}
			c := count{before: sentence[from:m[0]], after: afterRE().FindStringSubmatch(sentence[m[1]:until])[1]}
			if m[2] >= 0 {
				c.cycle, c.between, c.times = sentence[m[2]:m[3]], sentence[m[4]:m[5]], sentence[m[6]:m[7]]
			} else {
				c.cycle, c.between, c.times = sentence[m[8]:m[9]], sentence[m[10]:m[11]], sentence[m[12]:m[13]]
			}
			c.after = nextRE().ReplaceAllString(c.after, "")
			if w := eachRE().FindString(c.before); w != "" {
				who = w
			}
			c.who, from = eachEnd().ReplaceAllString(who, ""), m[1]
			found = append(found, c)
		}
		// 各镇至少2次、各村至少3次开展清扫: the last says what all of them count. 各镇开展2次督查，重点镇不少于4次: the first.
		for i := len(found) - 2; i >= 0; i-- {
			if found[i].after == "" && found[i].name() == "" {
				found[i].after = found[i+1].name()
			}
		}
		for i := 1; i < len(found); i++ {
			if found[i].name() == "" {
				found[i].after = found[i-1].name()
			}
		}
		for _, c := range found {
			rule, ok := c.rule(n, known)
			if !ok {
				continue
			}
			if c.who != "" {
				rule.ByUnit, rule.Units = true, everyOf(c.who)
			}
			if p := partsRE().FindStringSubmatch(text); p != nil {
				rule.Needs = alternatives(p[1])
			}
			rules = append(rules, rule)
		}
	}
	return rules
}

// count is a number of times in a sentence: what stands before it, the cycle
// or 至少, what stands between it and the number, the number and what follows.
type count struct {
	before, cycle, between, times, after string

	who string // the units that it binds, each for itself; "" for none
}

// cycles reports whether a count says no more than how often its item is done:
// nothing is held, and no event is named behind the number.
func (c count) cycles() bool {
	return event(c.after) == "" && !holdsRE().MatchString(c.between)
}

func hasWord(name string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(name, w) })
}

// name is what is counted, "" if the sentence does not say.
func (c count) name() string {
	if name := event(c.after); name != "" {
		return name
	}
	// 开展培训不少于2次: the event stands before the number; 对全体人员至少轮训一次: behind the 至少.
	between := leastRE().ReplaceAllString(c.between, "")
	if at := leastInRE().FindStringIndex(between); at != nil {
		between = between[at[1]:]
	}
	if name := event(between); name != "" {
		return name
	}
	if who := eachRE().FindString(c.before); who != "" { // 各单位开展宣讲至少3次
		return event(strings.TrimPrefix(who, eachEnd().ReplaceAllString(who, "")))
	}
	// 召开联席会议，全年不少于4次: in the clause before.
	clause := c.clauseBefore()
	if name := event(clause); name != clause && utf8.RuneCountInString(name) <= 12 {
		return name
	}
	return ""
}

// clauseBefore is the clause that ends right before the count, "" if none does.
func (c count) clauseBefore() string {
	clauses := strings.FieldsFunc(c.before, func(r rune) bool { return strings.ContainsRune("，,：:", r) })
	if len(clauses) == 0 || !strings.HasSuffix(strings.TrimRight(c.before, " "), "，") {
		return ""
	}
	return trim(clauses[len(clauses)-1])
}

// rule is the annual requirement that a count makes; ok is false if it makes
// none.
func (c count) rule(n *node, known []ledger.RequirementRule) (rule ledger.RequirementRule, ok bool) {
	least := int(atoi(due.Arabic(c.times), 0, 0, 9999))
	end := []rune(c.after)
	limited := limitRE().MatchString(c.between) || limitRE().MatchString(string(end[:min(2, len(end))]))
	if least == 0 || limited || perRE().MatchString(c.before+c.between) {
		return rule, false
	}
	sure := leastRE().MatchString(c.between) || leastRE().MatchString(c.cycle) ||
		strings.Contains(c.between, "至少") || strings.Contains(c.between, "少于")
	if keepsRE().MatchString(c.between+c.after) && !sure {
		return rule, false
	}
	if times := perYear[c.cycle]; times > 0 {
		least *= times
	}
	name := c.name()
	if clause := c.clauseBefore(); name == "" && slices.ContainsFunc(known,
		func(k ledger.RequirementRule) bool { return hasWord(clause, k.Words) }) {
		name = event(clause) // 培训家庭医生，每年不少于2次
	}
	if c.cycles() && !sure && !slices.ContainsFunc(known, func(k ledger.RequirementRule) bool {
		return hasWord(name,
			k.Words)
	}) {
		return rule, false // 每季度一次, 每半年评查一次 tell how often the item is done
	}
	rule = ledger.RequirementRule{Kind: name, Name: name, Words: []string{name}, Min: least}
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
	return rule, true
}

// event is the name of what is to be held, free of verbs and quotation marks.
func event(s string) string {
	s = trim(verbRE().ReplaceAllString(trim(s), ""))
	if open := strings.Index(s, "“"); open >= 0 {
		if end := strings.Index(s, "”"); end > open {
			return s[open+len("“") : end]
		}
	}
	s = strings.Trim(s, "“”\"「」 ")
	if short := strings.TrimSuffix(strings.TrimSuffix(s, "活动"), "等"); utf8.RuneCountInString(short) > 2 {
		return short
	}
	return strings.TrimSuffix(s, "等")
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
