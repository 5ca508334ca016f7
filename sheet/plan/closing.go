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

// Labels that a colon follows. Plans in English have them too.
const (
	leadWord    = `牵头|主办|主责|承办`
	helpWord    = `配合|协办|协助|协同|参与|参加|支持`
	actWord     = `责任|负责|落实|实施|组织实施|完成|执行`
	officeWord  = `单位|部门|科室|处室|股室|机构|主体`
	unitLabel   = `(?:[省市县区镇](?:级|直)?)?(?:总)?(?:` + leadWord + `|` + helpWord + `|` + actWord + `)(?:[（(](?:责任|配合|主办|实施|落实)[）)])?(?:责任|实施)?(?:` + officeWord + `)(?:[（(](?:单位|部门|人)[）)])?(?:[及和]责任人员?)?`
	latinLabel  = `(?i:(?:lead|responsible|support(?:ing)?|partner|implementing)(?:\s+(?:agency|agencies|unit|units|department|departments|office|offices|bodies|body|party|parties))?)`
	leaderLabel = `(?:(?:责任|牵头|分管|包保|包联|包抓|主管|挂帅|挂联|督办)(?:[市县区镇](?:级)?)?|[市县区镇]级?|街道)(?:责任|牵头|分管|包保|包联)?领导`
	ownerLabel  = `(?:(?:具体|直接|第一|主要)?(?:责任人员?|联系人|联络员|负责人|经办人)|(?i:owner|contact))`
	timeLabel   = `(?:(?:计划|要求)?(?:完成|办结|整改|责任|工作|推进)?(?:时限|时间节点|时间进度|时间安排|时间要求|进度安排|时间|期限|日期)(?:[及和]?要求)?|(?i:deadline|due(?: date)?|timeline|time frame|complete by))`
	anyLabel    = `(?:` + unitLabel + `|` + latinLabel + `|` + leaderLabel + `|` + ownerLabel + `|` + timeLabel + `)`
)

// Brackets in which plans put who does an item.
const (
	opening  = "（(【[〔［﹝"
	shutting = "）)】]〕］﹞"
)

var (
	roleRE       = lazy(`牵头|负责|配合|责任单位|责任部门|责任处室|责任科室|责任主体|主办|协办|承办|参与单位|参加单位|职责分工|分工|抓好落实|会同|参与|参加|协助|^[（(【\[〔［﹝]?` + anyLabel + `\s*[:：]|(?i:\blead)`)
	sureRE       = lazy(`牵头|负责|配合|主办|承办|协办|分工|会同`)
	quoteRE      = lazy(`〔\d{4}〕|^以下简称|^简称|^下称|^详见|^见附|\d号$`)
	labelledRE   = lazy(`^` + anyLabel + `\s*[:：]`)
	emptyLabelRE = lazy(`^(?:` + unitLabel + `|` + leaderLabel + `|` + ownerLabel + `|` + timeLabel + `)\s*[:：]?\s*$|^[【\[〔［](?:` + anyLabel + `)[】\]〕］]\s*[:：]?\s*$`)
	bareLabelRE  = lazy(`^(` + unitLabel + `|` + timeLabel + `)\s*(\S.*)$`)
	noColonRE    = lazy(`(^|[，,；;]\s*)(` + unitLabel + `|` + timeLabel + `)[ 　]*(?:[:：][ 　]*)?`)
	leaderRE     = lazy(`^` + leaderLabel + `\s*[:：]\s*(.*)$`)
	ownerRE      = lazy(`^` + ownerLabel + `\s*[:：]\s*(.*)$`)
	timeRE       = lazy(`^` + timeLabel + `\s*[:：]\s*(.*)$`)
	unitsRE      = lazy(`^(` + unitLabel + `|` + latinLabel + `)\s*[:：]\s*(.*)$`)
	shortRE      = lazy(`^(牵头|责任|主办|主责|配合|协办|参与|负责)\s*[:：]\s*(.*)$`)
	otherRE      = lazy(`^[\p{Han}A-Za-z（）() ]{2,16}[:：]`)
	gapRE        = lazy(`[\s　]+(` + anyLabel + `\s*[:：])`)
	boxedRE      = lazy(`^[【\[〔［](` + anyLabel + `)[】\]〕］]\s*[:：]?`)
	bareRE       = lazy(`^[（(【\[〔［﹝]([^（(【\[〔［﹝]*)[）)】\]〕］﹞][。.]?$`)
	firstLeadsRE = lazy(`^(?:列|排)(?:名|在)?[^，。；]{0,4}(?:第一|首)位|^下同$|^排名不分先后$|^排名(?:第一|首位)|^(?:第一|首)(?:位|个)[^，。；]{0,8}(?:牵头|主办)`)
	endDateRE    = lazy(`(?:并?长期坚持|(?:全面|全部)?(?:完成|办结))$`)
	helpsRE      = lazy(`^(?:` + helpWord + `|support|partner)`)
	leadsRE      = lazy(`^(?:[省市县区镇](?:级|直)?)?总?(?:` + leadWord + `)|^lead`)
	latinAndRE   = lazy(`(?i)\s+and\s+|\s*&\s*`)
)

// unitRE ends the usual names of offices.
var unitRE = lazy(`(?:局|办|办公室|委|委员会|部|厅|院|中心|街道|办事处|镇|乡|村|社区|园区|地区|队|站|所|公司|集团|管委会|指挥部|小组|专班|科|处|社|站|学校|医院|银行|政府|党委|党组|` +
	`部门|单位|总工会|工会|妇联|残联|团委|工商联|协会|商会|大学|学院|小学|中学|馆|电视台|报社|支行|分行|林场|农场|合作社|基地|工作室|` +
	`(?:督[查察导]|研究|监察|档案|保密|值班|政研)室|(?:开发|高新|经开|度假|保税|示范|管理|风景|新|园|景)区|各[^，；]{0,6}[县市区州旗]|(?i:office|department|bureau|centre|center|agency|committee|unit|team|council|police|service|services|board|authority|district|districts|offices|departments|units))(?:[（(][^（()）]*[）)])?$`)

var (
	noUnitRE  = lazy(`^(?:含|不含|包括|包含|除|如|例如|见|即|指|共|原|现|全部|每|一|二|三|以|按|第|其中|上述)|全部$|^各?部$|到位$|(?:企业|群众|个人|居民|村民|业主|用户)$|[0-9０-９]+(?:处|个|座|所|站|队)$`)
	proseRE   = lazy(`确保|推动|推进|完成|实现|力争|争取|建立|开展|加强|提升|做好|制定|每|见效|到位|不得|应当|需要|以内|以上|的|牵头|负责|配合|分工|除外|另行|确定|附件|变更|更新|指导|责任|[0-9０-９“”《》%％年月]`)
	actsRE    = lazy(`(?:牵头|负责|落实|配合|协办|协助|参与|实施|组织|推进|办理|抓总|分工|支持|完成)$`)
	helpEndRE = lazy(`(?:` + helpWord + `)(?:落实|实施|做好)?$`)
	nameCutRE = lazy(`[、，,；;/\s]+`)
)

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

// isDate reports whether a clause says nothing but until when.
func isDate(clause string) bool {
	if utf8.RuneCountInString(clause) > 24 || unitRE().MatchString(clause) {
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

// assigns reports whether a bracket names who does the work, or until when.
func assigns(inner string) bool {
	if quoteRE().MatchString(inner) {
		return false
	}
	if onlyUnits(inner) || isDate(inner) && strings.ContainsAny(inner, "前底末成期") {
		return true
	}
	if !roleRE().MatchString(inner) {
		return false
	}
	units, a := assigned(inner)
	return units != "" && (labelledRE().MatchString(trim(inner)) || namesUnits(units, sureRE().MatchString(inner)) || boxedRE().MatchString(inner)) ||
		units == "" && (a.deadline != "" || a.leader != "" || a.owner != "")
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
	inner    string
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
		if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " 　")); end < len(s) && !strings.ContainsRune("。．.；;：:\n"+opening, next) {
			if before, _ := utf8.DecodeLastRuneInString(before(s[:end])); !strings.ContainsRune("。．.；;！？", before) {
				continue // …。（A负责）下一句: the bracket follows a finished sentence
			}
		}
		if open, inner := lastBracket(s[:end]); open >= 0 && assigns(inner) {
			found = append(found, span{open, end, inner})
		}
	}
	return found
}

// before is what stands before the bracket that s ends with.
func before(s string) string {
	if open, _ := lastBracket(s); open >= 0 {
		return strings.TrimRight(s[:open], " 　\t")
	}
	return ""
}

// closing is where the brackets that close s and name units or a date begin;
// -1 if it is not closed so.
func closing(s string) int {
	at, end := -1, len(strings.TrimRight(s, "。．. \t　"))
	found := brackets(s)
	for i := len(found) - 1; i >= 0 && len(strings.TrimRight(s[:end], "。．. \t　")) == found[i].to; i-- {
		at, end = found[i].from, found[i].from
	}
	return at
}

// withoutClosing is a paragraph without the brackets that name its units, but
// with what else they say; "" for a line that only names units or a date.
func withoutClosing(s string) string {
	if text, ok := line(s); ok {
		if units, a := assigned(text); units != "" || len(a.kept) == 0 {
			return strings.Join(a.kept, "；")
		}
		return s
	}
	var b strings.Builder
	from := 0
	for _, at := range brackets(s) {
		b.WriteString(s[from:at.from])
		if _, a := assigned(at.inner); len(a.kept) > 0 {
			b.WriteString("（" + strings.Join(a.kept, "；") + "）")
		}
		from = at.to
	}
	rest := s[from:]
	if from > 0 { // the full stop behind a bracket stands in for the one before it
		if r, _ := utf8.DecodeLastRuneInString(b.String()); strings.ContainsRune("。．.；;", r) {
			rest = strings.TrimLeft(rest, "。．.；;")
		}
	}
	b.WriteString(rest)
	return trim(b.String())
}

// closingOf reads the assignment of one node from its own paragraphs.
func closingOf(n *node) (a assignment, ok bool) {
	for _, p := range n.text {
		a.read(p)
	}
	return a, a.named()
}

// readClosing reads one paragraph; named tells whether it names units.
func readClosing(s string) (a assignment, named bool) {
	a.read(para{text: s})
	return a, a.named()
}

// read takes up what one paragraph assigns.
func (a *assignment) read(p para) {
	if s, ok := line(p.text); ok {
		a.add(s)
		a.alone = p.own
		return
	}
	for _, at := range brackets(p.text) {
		a.alone = p.own && bareRE().MatchString(p.text)
		if !roleRE().MatchString(at.inner) && onlyUnits(at.inner) {
			a.doubts = append(a.doubts, msg.New("plan.bare_units", "Units", at.inner))
		}
		a.add(at.inner)
	}
}

// add takes up one more text that assigns the item.
func (a *assignment) add(text string) {
	units, more := assigned(text)
	a.leader, a.owner = join(a.leader, more.leader), join(a.owner, more.owner)
	a.kept = append(a.kept, more.kept...)
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
		if strings.HasPrefix(units[i-1], "各") && !strings.HasPrefix(units[i], "各") && collectiveRE().MatchString(units[i]) {
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
