package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Plan is what a plan document asks for.
type Plan struct {
	Title  string
	Year   int // 0 if nothing in the document tells
	Items  []Item
	Rules  []ledger.RequirementRule // annual requirements found in the text
	Units  []string                 // units named, in order of appearance, collectives too
	Doubts []Doubt

	known []ledger.RequirementRule // the kinds of events that have a name
}

// Item is a task, or a supporting measure without a lead.
type Item struct {
	Line        int    // where it begins
	Number      string // 1, 2, 3 … through the whole plan; "" for a measure
	Section     string // the headings above it, outermost first, joined with " / "
	Title       string
	Requirement string   // the item's own text, paragraphs separated by line breaks
	Lead        string   // the first unit that leads
	Support     []string // the others, in order
	Leader      string   // 责任领导, "" if none is named
	Owner       string   // 责任人, "" if none is named
	Deadline    string   // the words that set one, "" if there are none
	Measure     bool

	// Only tables say these.
	Phone, Remark                                         string // the phone is the owner's
	Status, Completed, Progress, Problems, Next, Evidence string

	others []string // what a table's other columns say, which goes behind the requirement
	own    string   // the section that it is by itself where others have sections
}

// Doubt is something that a person should look at.
type Doubt struct {
	Line int
	Text msg.Text
}

// What a section is about, by its heading.
var (
	measureRE = lazy(
		`保障措施|^保障(?:机制|体系|工作|要求)$|(?:组织|工作|要素|制度|强化|加强|落实|健全|完善)(?:工作|组织|要素)?保障(?:机制|体系|工作|措施)?$|组织领导|组织实施|组织保障|工作要求` +
			`|有关要求|几点要求|相关要求|监督考核|督导考核|考核督[导查]|督查考核|推进(?:措施|机制)|(?i:safeguards?|governance|supporting measures` +
			`|implementation arrangements|organi[sz]ational support)`)
	frameRE = lazy(`总体要求|指导思想|基本原则|工作原则|总体思路|工作思路|总体安排|基本情况|总体情况|面临形势|重要意义|总则|编制背景|工作背景|适用范围|名词解释` +
		`|(?i:^(?:background|introduction|purpose|scope|objectives?|principles?|overview)$)`)
	aimRE       = lazy(`工作目标|主要目标|总体目标|目标任务|工作安排|预期目标|^目标$|(?i:goals|targets)`)
	procedureRE = lazy(`(?:实施|工作|推进|方法|进度)(?:步骤|阶段|进度|安排)|时间(?:步骤|安排|进度)|阶段安排|考核(?:办法|评价|奖惩)|奖惩|评分|附则|机构设置|成员名单` +
		`|领导小组|联系方式`)

	documentNoRE = lazy(`^[^，。；]{0,12}[〔\[（(【]\d{4}[〕\]）)】]\s*\d*\s*号?$|\d+号$|^附件\s*\d*$|^[（(].*稿[）)]$|文件$|^(?:首页` +
		`|来源|索引号|发布时间|发文机关|成文日期|时间)`)
	titleRE = lazy(`方案|要点|计划|分工|通知|清单|意见|办法|规划|分解|一览表|任务书|(?i:\b(?:plan|programme|program)\b)`)
)

// Parse finds the tasks of a plan. Errors: ErrEmpty if there is none.
func Parse(doc *Document, known []ledger.RequirementRule) (*Plan, error) {
	blocks, letters := strip(doc.Blocks)
	t := outline(blocks)
	root := t.root
	p := &Plan{known: known}
	p.title(root)
	p.year(root, letters)
	if p.Year == 0 {
		p.guessYear(blocks)
	}
	for _, s := range doc.Struck {
		p.Doubts = append(p.Doubts, Doubt{s.Line, msg.New("plan.struck_out", "Text", shown(s.Text))})
	}
	overall := headOf(root)
	split(root)
	plain(root)
	leads, dated := map[*node]assignment{}, map[*node]assignment{}
	root.walk(func(n *node) {
		switch a, ok := closingOf(n); {
		case n == root:
		case ok:
			leads[n] = a
		default:
			dated[n] = a
		}
	})
	p.sentences(root, leads)
	lift(root, leads, p)
	inTable := p.tableTitles(root)
	for _, top := range sections(root) {
		p.section(top, leads, dated, inTable)
	}
	prose := len(p.Items)
	root.walk(func(n *node) {
		for _, b := range n.tables {
			p.table(b, n)
		}
	})
	p.once(prose)
	p.ledBy(overall)
	p.sectioned()
	if len(p.Items) == 0 {
		return nil, &msg.Error{Class: ErrEmpty, Text: msg.New("plan.no_task", "File", doc.Name),
			Hint: msg.New("plan.no_task_hint")}
	}
	for _, c := range t.tail {
		p.Doubts = append(p.Doubts, Doubt{c.line, msg.New("plan.closing_paragraph", "Text", shown(c.text))})
	}
	slices.SortStableFunc(p.Doubts, func(a, b Doubt) int { return a.Line - b.Line })
	p.number()
	return p, nil
}

// headOf takes the lines that name units above all items (总牵头单位：…) out of the
// root's text: who leads the whole plan is no task. Without items below there is
// nothing that they head.
func headOf(root *node) (overall assignment) {
	if len(root.children) == 0 && len(root.tables) == 0 {
		return overall
	}
	for _, p := range root.text {
		if !p.isLine && p.body != "" && p.said.named() {
			return overall // a paragraph that is a task
		}
	}
	var kept []para
	for _, p := range root.text {
		if p.isLine && p.said.named() && p.body == "" {
			overall.read(&p)
			continue
		}
		kept = append(kept, p)
	}
	root.text = kept
	return overall
}

// ledBy gives tasks that name nobody the units that lead the whole plan.
func (p *Plan) ledBy(overall assignment) {
	if !overall.named() {
		return
	}
	for i := range p.Items {
		it := &p.Items[i]
		if it.Lead == "" && !it.Measure {
			it.Lead, it.Support = overall.lead, add(it.Support, overall.lead, overall.support...)
			p.name(append([]string{it.Lead}, it.Support...)...)
			p.Doubts = slices.DeleteFunc(p.Doubts, func(d Doubt) bool {
				return d.Line == it.Line &&
					d.Text.Key == "plan.no_lead"
			})
		}
	}
}

// sectioned names a section for each item below one that has a section, for in a
// ledger a row belongs to the last section above it.
func (p *Plan) sectioned() {
	begun := false
	for i := range p.Items {
		it := &p.Items[i]
		if begun = begun || it.Section != ""; begun && it.Section == "" {
			it.Section = cmp.Or(it.own, msg.Say(msg.ZH, "plan.table_section"))
		}
	}
}

// shown is the beginning of a text, for a sentence about it.
func shown(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}

// title is the first lines above the first number that read like one; a long
// title is often broken over lines.
func (p *Plan) title(root *node) {
	for i, line := range root.text {
		s := line.text
		if documentNoRE().MatchString(s) {
			continue
		}
		if i > 10 || len([]rune(s)) > longestName+20 || strings.ContainsAny(s, "。；") ||
			strings.ContainsAny(s[len(s)-1:], ":") ||
			strings.HasSuffix(s, "：") {
			break
		}
		if p.Title != "" && latinRE().MatchString(s) {
			p.Title += " "
		}
		p.Title += s
		if titleRE().MatchString(s) {
			break
		}
	}
	if p.Title == "" && len(root.children) > 0 && root.children[0].number == "" {
		p.Title = root.children[0].heading
	}
}

// latinRE is a line that begins in Latin letters.
var latinRE = lazy(`^[A-Za-z]`)

// sections are the items of the outermost rung; parts and chapters are opened.
func sections(root *node) (tops []*node) {
	for _, c := range root.children {
		if c.leaf() || c.style != "chapter" && (len(root.children) > 1 || c.number != "") {
			tops = append(tops, c)
			continue
		}
		tops = append(tops, c.children...)
	}
	return tops
}

// section takes the leaves of one outermost section that are tasks or measures.
// leads has the nodes that name units, dated what others say, such as a date.
// Where a section names nobody, its heading decides: unless it says that there are
// no tasks, the items are tasks without a lead. What is left
// out is told, except what every plan opens with (总体要求).
func (p *Plan) section(top *node, leads, dated map[*node]assignment, inTable map[string]bool) {
	led, elsewhere := false, inTable != nil
	top.walk(func(n *node) {
		_, ok := leads[n]
		led = led || ok
	})
	for n := range leads {
		elsewhere = elsewhere || n.part > top.part
	}
	name := top.heading
	if top.parent.parent != nil {
		name = top.parent.heading + name
	}
	bare := !led && top.leaf()
	measures := !led && measureRE().MatchString(name)
	switch {
	case led:
	case measures:
		if bare && len(top.text) == 0 {
			return
		}
	case frameRE().MatchString(name), bare && (aimRE().MatchString(name) || len(top.text) == 0 && top.style != "1."):
		return
	case inTable != nil && top.has(inTable):
	case procedureRE().MatchString(name), elsewhere, strings.Contains(name, "目标") && !strings.Contains(name, "任务"):
		p.doubt(top, "plan.section_left_out", "Heading", top.label())
		return
	case subjects(top, leads):
		led = true
	case bare:
		led = true // its item is told by itself
	default:
		p.doubt(top, "plan.no_lead_section", "Heading", top.label())
	}
	var visit func(n *node, above assignment)
	visit = func(n *node, above assignment) {
		a, ok := leads[n]
		if !ok {
			a = dated[n]
		}
		if a.lead == "" {
			a.inherit(above)
		} else if a.leader == "" {
			a.leader = above.leader // who answers for a section answers for all of it
		}
		if n.leaf() || ok && !ledBelow(n, leads) && !tasksBelow(n, leads) {
			p.item(n, a, led, measures)
			return
		}
		if ok && a.lead != "" && ledBelow(n, leads) {
			if n.body() { // it asks for something itself, and its measures for more
				own := *n
				own.children = nil
				p.item(&own, a, led, measures)
			} else if !adopted(n, leads) || a.passedOver(n, leads) {
				p.doubt(n, "plan.heading_lead", "Heading", n.label(), "Lead", a.lead)
			}
		}
		for _, c := range n.children {
			visit(c, a)
		}
	}
	visit(top, assignment{})
}

// subjects gives the items of a section that name no units in a closing those
// with which their sentences begin, as lists of duties by unit do; none if most
// begin otherwise.
func subjects(top *node, leads map[*node]assignment) bool {
	found, leaves := map[*node]assignment{}, 0
	top.walk(func(n *node) {
		if n.leaf() {
			leaves++
			if a, ok := subject(n); ok {
				found[n] = a
			}
		}
	})
	if len(found)*2 <= leaves {
		return false
	}
	maps.Copy(leads, found)
	return true
}

// has reports whether an item under n goes by one of the folded titles.
func (n *node) has(titles map[string]bool) (found bool) {
	n.walk(func(c *node) { found = found || titles[table.Normalize(c.heading)] })
	return found
}

// body reports whether n has text of its own besides its closing.
func (n *node) body() bool {
	for _, p := range n.text {
		if p.body != "" {
			return true
		}
	}
	return false
}

// tasksBelow reports whether the items under n, where none names units, are
// of a kind that elsewhere in the plan does: then they are tasks, and n's units
// are those of each of them.
func tasksBelow(n *node, leads map[*node]assignment) bool {
	for other := range leads {
		if !other.leaf() || other.style != n.children[0].style || other.style == paragraph {
			continue
		}
		within := false
		for at := other; at != nil; at = at.parent {
			within = within || at == n
		}
		if !within {
			return true
		}
	}
	return false
}

// adopted reports whether an item under n takes over the units of n.
func adopted(n *node, leads map[*node]assignment) bool {
	found := false
	n.walk(func(c *node) {
		_, ok := leads[c]
		found = found || c != n && c.leaf() && !ok
	})
	return found
}

// passedOver reports whether an item under n names units of its own, among which
// the lead of n, whose assignment a is, does not stand.
func (a *assignment) passedOver(n *node, leads map[*node]assignment) bool {
	found := false
	n.walk(func(c *node) {
		own, ok := leads[c]
		found = found || ok && c != n && own.lead != a.lead && !slices.Contains(own.support, a.lead)
	})
	return found
}

// ledBelow reports whether an item under n names its own units.
func ledBelow(n *node, leads map[*node]assignment) bool {
	for _, c := range n.children {
		if _, ok := leads[c]; ok || ledBelow(c, leads) {
			return true
		}
	}
	return false
}

// inherit takes over what is said of all items under one heading.
func (a *assignment) inherit(above assignment) {
	if above.lead != "" && a.lead == "" {
		a.lead = above.lead
		a.support = add(a.support, a.lead, above.support...)
	}
	if a.leader == "" {
		a.leader = above.leader
	}
	if a.owner == "" {
		a.owner = above.owner
	}
	if a.deadline == "" {
		a.deadline = above.deadline
	}
}

// item adds a task or measure; led tells whether its section names units at
// all. A node with items under it that has the lead itself is one task with all
// of them as its text.
func (p *Plan) item(n *node, a assignment, led, measure bool) {
	text := strings.Join(fullText(n, true), "\n")
	it := Item{
		Line: n.line, Section: strings.Join(n.path(), " / "), Title: n.heading,
		Requirement: text, Lead: a.lead, Support: a.support, Deadline: a.deadline, Measure: measure,
		Leader: a.leader, Owner: a.owner, own: n.label(),
	}
	if it.Title == "" {
		it.Title = cmp.Or(n.number, shown(a.lead), "—")
		p.doubt(n, "plan.no_name", "Number", it.Title)
	}
	if it.Deadline == "" {
		var doubts []msg.Text
		it.Deadline, doubts = deadline(n.heading+"\n"+text, p.Year)
		if !measure {
			a.doubts = append(a.doubts, doubts...)
		}
	}
	if !measure {
		if led && a.lead == "" {
			p.doubt(n, "plan.no_lead", "Title", it.Title)
		}
		for _, d := range a.doubts {
			p.Doubts = append(p.Doubts, Doubt{n.line, d})
		}
		p.Rules = append(p.Rules, counts(n, n.heading+"\n"+text, p.known)...)
	}
	p.name(append([]string{a.lead}, a.support...)...)
	p.Items = append(p.Items, it)
}

// lift gives a lead to the item that contains it. A closing that stands under
// the last of several items closes them all where none has one of its own.
func lift(n *node, leads map[*node]assignment, p *Plan) {
	for _, c := range n.children {
		lift(c, leads, p)
	}
	if len(n.children) < 2 || n.parent == nil {
		return
	}
	last := n.children[len(n.children)-1]
	a, ok := leads[last]
	if _, own := leads[n]; !ok || own || !last.leaf() {
		return
	}
	for _, c := range n.children[:len(n.children)-1] {
		if _, has := leads[c]; has || !c.leaf() {
			return
		}
	}
	if !a.alone && (tasksBelow(n, leads) || n.parent.parent == nil && n.style == "一、" && last.style == "（一）") {
		return // several tasks; only the last names its units
	}
	delete(leads, last)
	leads[n] = a
	if !a.alone {
		p.doubt(last, "plan.lifted", "Title", n.heading)
	}
}

// fullText is the text of a node and what lies under it, without the closing
// bracket that names the units.
func fullText(n *node, top bool) []string {
	var lines []string
	if !top {
		lines = append(lines, n.number+n.heading)
	}
	for _, p := range n.text {
		if p.body != "" {
			lines = append(lines, p.body)
		}
	}
	for _, c := range n.children {
		lines = append(lines, fullText(c, false)...)
	}
	return lines
}

func (p *Plan) doubt(n *node, key string, pairs ...any) {
	p.Doubts = append(p.Doubts, Doubt{n.line, msg.New(key, pairs...)})
}

// name remembers units in order of appearance.
func (p *Plan) name(units ...string) {
next:
	for _, u := range units {
		if u == "" {
			continue
		}
		for _, have := range p.Units {
			if have == u {
				continue next
			}
		}
		p.Units = append(p.Units, u)
	}
}
