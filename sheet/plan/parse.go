package plan

import (
	"strings"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

// Plan is what a plan document asks for.
type Plan struct {
	Title  string
	Year   int // 0 if the title names none
	Items  []Item
	Rules  []ledger.RequirementRule // annual requirements found in the text
	Units  []string                 // units named, in order of appearance, collectives too
	Doubts []Doubt
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
}

// Doubt is something that a person should look at.
type Doubt struct {
	Line int
	Text msg.Text
}

var (
	measureRE    = lazy(`保障|组织领导|组织实施|工作要求|有关要求|监督考核`)
	taskRE       = lazy(`任务|举措|措施|重点|事项|分工`)
	frameRE      = lazy(`总体要求|指导思想|基本原则|工作目标|目标任务|主要目标|工作安排|总体目标`)
	dueRE        = lazy(`(?:(?:\d{4}|今|本|明)年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?(?:之前|以前|前)|(?:(?:\d{4}|今|本|明)年)?(?:年底|上半年|[一二三四]季度末?)(?:之前|以前|前)?|\d{4}年底前?|年内|每(?:月|季度?|半年|年)(?:末|底|\d{1,2}日)前?`)
	documentNoRE = lazy(`〔\d{4}〕|\d+号$|^附件\s*\d*$|^（.*稿）$`)
	titleRE      = lazy(`方案|要点|计划|分工|通知|清单|意见|办法`)
)

// Parse finds the tasks of a plan. Errors: ErrEmpty if there is none.
func Parse(doc *Document, known []ledger.RequirementRule) (*Plan, error) {
	root := outline(doc)
	p := &Plan{}
	p.title(root)
	leads := map[*node]assignment{}
	root.walk(func(n *node) {
		if a, ok := closingOf(n); ok {
			leads[n] = a
		}
	})
	lift(root, leads, p)
	for _, top := range sections(root) {
		p.section(top, leads, known, len(leads) == 0 && !tabled(root))
	}
	prose := len(p.Items)
	root.walk(func(n *node) {
		for _, t := range n.tables {
			p.table(t, n, known)
		}
	})
	p.once(prose)
	if len(p.Items) == 0 {
		return nil, &msg.Error{Class: ErrEmpty, Text: msg.New("plan.no_task", "File", doc.Name), Hint: msg.New("plan.no_task_hint")}
	}
	p.number()
	return p, nil
}

// title is the first lines above the first number that read like one; a long
// title is often broken over lines.
func (p *Plan) title(root *node) {
	for i, s := range root.text {
		if documentNoRE().MatchString(s) {
			continue
		}
		if i > 8 || len([]rune(s)) > longestName+20 || strings.ContainsAny(s, "。：；") {
			break
		}
		p.Title += s
		if titleRE().MatchString(s) {
			break
		}
	}
	p.Year = ledger.YearOf(p.Title)
}

// sections are the items of the outermost rung.
func sections(root *node) []*node {
	if len(root.children) == 1 && !root.children[0].leaf() && root.children[0].style == "chapter" {
		return root.children[0].children
	}
	return root.children
}

// section takes the leaves of one outermost section that are tasks or measures.
func (p *Plan) section(top *node, leads map[*node]assignment, known []ledger.RequirementRule, nobody bool) {
	led := false
	top.walk(func(n *node) {
		if _, ok := leads[n]; ok {
			led = true
		}
	})
	measures := !led && measureRE().MatchString(top.heading)
	switch {
	case led, measures:
	case nobody && !frameRE().MatchString(top.heading) && (taskRE().MatchString(top.heading) || top.leaf() && top.style == "1."):
		p.doubt(top, "plan.no_lead_section", "Heading", top.heading)
	default:
		return
	}
	if measures && top.leaf() && len(top.text) == 0 {
		return
	}
	var visit func(n *node, above assignment)
	visit = func(n *node, above assignment) {
		a, ok := leads[n]
		if !ok || a.lead == "" {
			a.inherit(above)
		}
		if n.leaf() || ok && !ledBelow(n, leads) {
			p.item(n, a, a.lead != "", measures, known)
			return
		}
		for _, c := range n.children {
			visit(c, a)
		}
	}
	visit(top, assignment{})
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

// item adds a task or measure. A node with items under it that has the lead
// itself is one task with all of them as its text.
func (p *Plan) item(n *node, a assignment, led, measure bool, known []ledger.RequirementRule) {
	text := strings.Join(fullText(n, true), "\n")
	it := Item{
		Line: n.line, Section: strings.Join(n.path(), " / "), Title: n.heading,
		Requirement: text, Lead: a.lead, Support: a.support, Deadline: a.deadline, Measure: measure,
		Leader: a.leader, Owner: a.owner,
	}
	if it.Title == "" {
		p.doubt(n, "plan.no_name", "Number", n.number)
		it.Title = n.number
	}
	if it.Deadline == "" {
		it.Deadline = dueRE().FindString(n.heading + "\n" + text)
	}
	if !measure {
		if !led {
			p.doubt(n, "plan.no_lead", "Title", it.Title)
		}
		for _, d := range a.doubts {
			p.Doubts = append(p.Doubts, Doubt{n.line, d})
		}
		p.Rules = append(p.Rules, counts(n, text, known)...)
	}
	p.name(append([]string{a.lead}, a.support...)...)
	p.Items = append(p.Items, it)
}

// lift gives a lead to the item that contains it. A closing that stands under
// the last of several items, none of which has one of its own, closes them all.
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
	for _, s := range n.text {
		if s = withoutClosing(s); s != "" {
			lines = append(lines, s)
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
