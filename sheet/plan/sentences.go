package plan

import (
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/table"
)

// Plans without numbers and without closings: short lines head paragraphs, and each
// paragraph says in its own words who does what (由水利站…, 应急办会同水利站…). Such a plan is
// read only where nothing else in it names a unit, and the user is asked to look at it.

// plain makes sections of short lines that stand above sentences, where a document has no
// numbers, headings or tables at all and at least half of the sentences say who does
// something. What stands above the first such line stays where it is.
func plain(root *node) {
	if len(root.children) > 0 || len(root.tables) > 0 {
		return
	}
	var above []para
	var at *node
	sentences, led := 0, 0
	for i, p := range root.text {
		if i > 0 && i+1 < len(root.text) && isHeadline(p.text) && isSentence(root.text[i+1].text) {
			at = &node{parent: root, style: titled, heading: p.text, line: p.line}
			root.children = append(root.children, at)
			continue
		}
		if at == nil {
			above = append(above, p)
			continue
		}
		at.text = append(at.text, p)
		if isSentence(p.text) {
			sentences++
			if _, ok := agent(p.text); ok {
				led++
			}
		}
	}
	if sentences < 2 || led*2 < sentences {
		root.children = nil
		return
	}
	root.text = above
}

// isHeadline reports whether a line may head the paragraphs below it.
func isHeadline(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 16 && !strings.ContainsAny(s, "。．.；;，,：:、！!？?（()）《》“”") && !isDate(s) && !onlyUnits(s)
}

// isSentence reports whether a paragraph says something.
func isSentence(s string) bool {
	return utf8.RuneCountInString(s) > 8 && strings.ContainsAny(s, "。；;，,")
}

// sentences makes items of paragraphs that say by themselves who does something, and of
// numbered items that do, where nothing in the plan names units in a closing. leads gets
// their units.
func (p *Plan) sentences(root *node, leads map[*node]assignment) {
	if len(leads) > 0 {
		return
	}
	var all []taken
	items, led := 0, 0
	for _, n := range leaves(root) {
		if measureRE().MatchString(n.heading) || frameRE().MatchString(n.heading) ||
			procedureRE().MatchString(n.heading) {
			continue
		}
		t := taken{node: n}
		for _, text := range n.text {
			a, ok := agent(text.text)
			if !isSentence(text.text) || !text.own || n.parent == nil && !ok {
				t.rest = append(t.rest, text)
				continue
			}
			t.items, t.said = append(t.items, text), append(t.said, a)
			if items++; ok {
				led++
			}
		}
		if len(t.items) > 0 {
			all = append(all, t)
		}
	}
	if items < 2 || led*2 < items {
		return
	}
	p.Doubts = append(p.Doubts, Doubt{all[0].items[0].line, msg.New("plan.by_sentences")})
	for _, t := range all {
		if len(t.items) == 1 && t.node.parent != nil { // it says what the heading names
			if t.said[0].named() {
				leads[t.node] = t.said[0]
			}
			continue
		}
		t.node.text = t.rest
		for i, text := range t.items {
			c := t.node.item(group{text: []para{text}})
			t.node.children = append(t.node.children, c)
			if t.said[i].named() {
				leads[c] = t.said[i]
			}
		}
	}
}

// taken is what sentences makes of the text of one node.
type taken struct {
	node  *node
	items []para
	said  []assignment // of each of items; not named() if it does not say
	rest  []para
}

// leaves are the nodes without items below them, the root too if it has none, that hold
// no table.
func leaves(root *node) (out []*node) {
	root.walk(func(n *node) {
		if n.leaf() && len(n.tables) == 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	})
	return out
}

var (
	// A date or a cycle at the beginning of a clause: 4月20日前, 10月底前, 每季度.
	firstDateRE = lazy(`^(?:(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|[底末初中]|[上中下]旬)?(?:之?前|以前|内|起|左右)?|年(?:底|内)前?|[上下]半年|` +
		`第?[一二三四1-4]季度(?:末|底|内)?前?|每(?:天|日|周|旬|月|季度?|半年|年)|近期|即日起)`)
	// What follows a unit that does something, beside a verb.
	doesRE    = lazy(`^(?:负责|牵头|会同|联合|商|组织|指导|督促|督导|对|要|应|须|需|每|于|在|按|将|统一|具体|\d)`)
	helpRE    = lazy(`^(?:会同|联合|商)`)
	helpersRE = lazy(`^.{2,40}?(?:配合|协助|参与)$`)
)

// agent is who does what a sentence says, by its first clauses; ok is false if they do not
// say.
func agent(sentence string) (a assignment, ok bool) {
	clauses := strings.FieldsFunc(sentence, func(r rune) bool { return strings.ContainsRune("，,；;。", r) })
	for i, clause := range clauses[:min(len(clauses), 3)] {
		clause = trim(clause)
		rest := clause
		if m := firstDateRE().FindString(clause); m != "" {
			rest = trim(clause[len(m):])
		}
		by := strings.HasPrefix(rest, "由")
		if rest = strings.TrimPrefix(rest, "由"); rest == "" {
			continue
		}
		if i > 0 && !by && !isDate(trim(clauses[i-1])) {
			continue // what an earlier clause is about may be named here
		}
		if at := strings.LastIndex(rest, "配合"); at > 0 && assigning(rest[:at+len("配合")]) {
			a.add(saying{text: rest, units: rest[:at+len("配合")]})
			return a, a.lead != ""
		}
		if units, does := unitsFirst(rest); units != "" {
			a.add(saying{text: units, units: units})
			helpers := ""
			if m := helpRE().FindString(does); m != "" {
				helpers, _ = unitsFirst(does[len(m):])
			} else if i+1 < len(clauses) {
				helpers = helpersRE().FindString(trim(clauses[i+1]))
			}
			if helpers = strings.TrimRight(helpers, "配合协助参与"); helpers != "" && onlyUnits(helpers) {
				_, more := ledger.SplitUnits(units + "、" + helpers)
				a.support = add(a.support, a.lead, more...)
			}
			return a, a.lead != ""
		}
	}
	return a, false
}

// unitsFirst parts a clause behind the units with which it begins, "" if it begins with
// none that do something: the fewest letters that name units, with what they do behind.
func unitsFirst(clause string) (units, rest string) {
	for at := range clause {
		if at == 0 || utf8.RuneCountInString(clause[:at]) > 40 {
			continue
		}
		units, rest = clause[:at], clause[at:]
		if last, _ := utf8.DecodeLastRuneInString(units); strings.ContainsRune("、和与及", last) || !onlyUnits(units) {
			continue
		}
		if doesRE().MatchString(rest) || firstDateRE().MatchString(rest) || table.IsDeed(rest) {
			return units, rest
		}
	}
	return "", ""
}
