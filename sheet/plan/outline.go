package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"taizhang/sheet/ledger/due"
)

// node is a heading with the text under it; the root has none.
type node struct {
	parent   *node
	children []*node
	style    string // how it is numbered, see styles; titled or paragraph if it is not
	number   string // as written: 一、 （一） 1.; "" if it has none
	heading  string // the item's name, without number and closing punctuation
	text     []para
	line     int
	part     int // 0 for the document itself, 1… for what is attached to it
	tables   []Block
}

// Styles of nodes that have no number.
const (
	titled    = "titled"    // a short line above items that begin to count anew
	paragraph = "paragraph" // a paragraph that names its own units
	outlined  = "outlined"  // a heading by the document's styles; its level follows
)

// styles are the ways to number, in the order they are tried; the first group
// is the number. Which one lies under which is learnt from the document: a
// style not yet open goes one rung down, one that is open closes everything
// below it. Only 一、 and chapters never go below another rung.
var styles = []struct {
	name string
	re   func() *regexp.Regexp
}{
	{"chapter", lazy(`^(第[一二三四五六七八九十百零〇\d]+(?:部分|[章编篇部])[:：、]?|(?i:part)\s+(?:[ivx]+|\d+)[.:]?)`)},
	{"section", lazy(`^(第[一二三四五六七八九十百零〇\d]+节|(?i:section)\s+\d+[.:]?)`)},
	{"article", lazy(`^(第[一二三四五六七八九十百零〇\d]+条)`)},
	{"一、", lazy(`^([一二三四五六七八九十百]+\s*[、．.，,])`)},
	{"一、", lazy(`^([一二三四五六七八九十百]+)[ 　\t]+[^是月日年 　\t]`)},
	{"（一）", lazy(`^([（(]\s*[一二三四五六七八九十百]+\s*[）)][、．.]?)`)},
	{"任务一", lazy(`^((?:任务|事项|行动|工程|举措|专项)(?:[一二三四五六七八九十]+|\d{1,2})\s*[、．.:：])`)},
	{"（1）", lazy(`^([（(]\s*\d{1,3}\s*[）)][、．.]?)`)},
	{"1）", lazy(`^(\d{1,3}[）)][、．.]?)`)},
	{"1.1.1", lazy(`^(\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.．、]?)(?:[^\d.年月日%％]|$)`)},
	{"1.1", lazy(`^(\d{1,2}[.．]\d{1,2}[.．、]?)(?:[^\d.年月日%％万亿元]|$)`)},
	{"1.", lazy(`^(\d{1,3}\s*[.．、])(?:[^\d]|(?:19|20)\d{2}\s*年|$)`)},
	{"①", lazy(`^([①-⑳])`)},
	{"(a)", lazy(`^(\([a-z]\))\s`)},
	{"A.", lazy(`^([A-Z][.)])\s`)},
}

// numbered splits a paragraph's number off; style is "" if it has none.
func numbered(s string) (style, number, rest string) {
	for _, st := range styles {
		if m := st.re().FindStringSubmatch(s); m != nil {
			return st.name, trim(m[1]), trim(s[len(m[1]):])
		}
	}
	return "", "", s
}

// begins reports whether a number is the first of its kind.
func begins(number string) bool {
	n := strings.Trim(due.Arabic(number), "（）()、．.，,:： 　第章编篇部分节条任务事项行动工程举措专")
	return n == "1" || n == "①" || n == "A" || n == "a"
}

// contentsRE is a line of a table of contents, attachedRE the beginning of an
// attachment or of the list of them.
var (
	contentsRE = lazy(`(?:[.．…·]{3,}|…|\t)\s*[-—]?\s*\d{1,4}\s*[-—]?\s*$|^目\s*[录次]$`)
	attachedRE = lazy(`^(?:附件|附表)\s*(?:\d{0,2}|[一二三四五六七八九十]?)\s*(?:[:：].*)?$`)
)

// tree builds the outline of a document.
type tree struct {
	root   *node
	at     *node // the node that the next paragraph belongs to
	part   int
	titled bool   // the title has been read
	tail   []para // closing paragraphs, which belong to no item
}

// outline lays the document out as a tree. Paragraphs before the first number
// are the root's text.
func outline(blocks []Block) *tree {
	root := &node{}
	t := &tree{root: root, at: root}
	listed := false // among the names of attachments
	blocks = apart(blocks)
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if b.Rows != nil {
			t.at.tables = append(t.at.tables, b)
			continue
		}
		if b.Ends {
			t.close()
			continue
		}
		if contentsRE().MatchString(b.Text) {
			continue
		}
		if attachedRE().MatchString(b.Text) {
			// A list of attachments ends the text; an attachment begins anew.
			listed = strings.ContainsAny(b.Text, ":：")
			t.close()
			continue
		}
		if listed {
			style, _, rest := numbered(b.Text)
			if listed = style == "1." && !strings.ContainsAny(rest, "。；："); listed {
				continue
			}
		}
		i, b.Text = whole(blocks, i)
		b.Text = bracketed(b.Text)
		var next string
		if i+1 < len(blocks) {
			next = blocks[i+1].Text
		}
		t.add(b, next)
	}
	t.close()
	return t
}

// apart makes paragraphs of items that stand in one: （一）…。（二）….
func apart(blocks []Block) (out []Block) {
	for _, b := range blocks {
		style, number, _ := numbered(b.Text)
		if style != "（一）" {
			out = append(out, b)
			continue
		}
		from, n := 0, ordinal(number)
		for _, m := range nextItemRE().FindAllStringSubmatchIndex(b.Text, -1) {
			if ordinal(b.Text[m[2]:m[3]]) != n+1 {
				continue
			}
			piece := b
			piece.Text = trim(b.Text[from:m[2]])
			out = append(out, piece)
			from, n = m[2], n+1
		}
		b.Text = trim(b.Text[from:])
		out = append(out, b)
	}
	return out
}

// nextItemRE is a number behind a finished sentence.
var nextItemRE = lazy(`[。；）)]\s*([（(][一二三四五六七八九十]+[）)])`)

// ordinal is the value of a number such as （十二）, 0 if it has none.
func ordinal(number string) int64 {
	return atoi(strings.Trim(due.Arabic(number), "（）()、．. "), 0, 0, 999)
}

// whole is the text that begins in blocks[i] and the last block of it: a
// bracket may be broken over lines, and units may stand below their label.
func whole(blocks []Block, i int) (last int, text string) {
	text = blocks[i].Text
	alone := func() bool {
		_, _, rest := numbered(text)
		return emptyLabelRE().MatchString(rest)
	}
	for labelAlone := alone(); i+1 < len(blocks); i++ {
		next := blocks[i+1]
		style, _, _ := numbered(next.Text)
		if _, isLine := line(next.Text); next.Rows != nil || next.Ends || style != "" || isLine && !openBracket(text) {
			break
		}
		switch {
		case alone():
			text = strings.TrimRight(text, ":： ") + "：" + next.Text
		case labelAlone && onlyUnits(next.Text):
			text = strings.TrimRight(text, "、") + "、" + next.Text
		case openBracket(text) && (strings.ContainsAny(next.Text, shutting) ||
			roleRE().MatchString(text[strings.LastIndexAny(text, opening):])):
			text += next.Text
		default:
			return i, text
		}
	}
	return i, text
}

// openBracket reports whether a bracket of s is not closed.
func openBracket(s string) bool {
	depth := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune(opening, r):
			depth++
		case strings.ContainsRune(shutting, r):
			depth = max(depth-1, 0)
		}
	}
	return depth > 0
}

// add places one paragraph; next is the text of the one after it.
func (t *tree) add(b Block, next string) {
	style, number, rest := numbered(b.Text)
	if style != "" && t.at != t.root {
		if text, ok := line(rest); ok && t.above(style) != t.root {
			// 2.责任单位：… among the items of a matter is said of the matter.
			to := t.above(style)
			to.text = append(to.text, newPara(text, true, b.Line))
			t.at = to
			return
		}
	}
	switch {
	case style != "":
	case b.Level > 0 && t.titled && !labelledRE().MatchString(b.Text):
		style = outlined + string(rune('0'+b.Level))
	case t.heads(b.Text, next):
		style = titled
	default:
		p := newPara(b.Text, true, b.Line)
		if t.at != t.root {
			p.unitsAlone()
		}
		t.at.text = append(t.at.text, p)
		t.titled = t.titled || t.at == t.root && titleRE().MatchString(b.Text)
		return
	}
	t.titled = true
	n := &node{parent: t.above(style), style: style, number: number, line: b.Line, part: t.part}
	if style == titled {
		n.parent = t.overTitle(b.Text, next)
	}
	n.heading, rest = headline(style, rest)
	if rest != "" {
		p := newPara(rest, false, b.Line)
		if strings.HasPrefix(rest, "——") { // 改造操场。——教育科
			p.unitsAlone()
		}
		n.text = []para{p}
	}
	n.parent.children = append(n.parent.children, n)
	t.at = n
}

// above is the node under which an item of that style goes.
func (t *tree) above(style string) *node {
	for n := t.at; n != t.root; n = n.parent {
		if n.style == style {
			return n.parent
		}
	}
	// Deeper outline levels close no shallower ones, and are closed by them.
	if strings.HasPrefix(style, outlined) {
		for n := t.at; n != t.root; n = n.parent {
			if strings.HasPrefix(n.style, outlined) && n.style < style {
				return n
			}
		}
		return t.root
	}
	outer := map[string]string{"chapter": "", "section": "chapter", "一、": "chapter section article titled"}
	allowed, fixed := outer[style]
	if !fixed {
		return t.at
	}
	for n := t.at; n != t.root; n = n.parent {
		if strings.Contains(allowed, n.style) || strings.HasPrefix(n.style, outlined) {
			return n
		}
	}
	return t.root
}

// overTitle is the node under which a heading without a number goes: over the
// items that begin to count anew; a section of its own is over all items.
func (t *tree) overTitle(s, next string) *node {
	style, _, _ := numbered(next)
	at := t.above(style)
	if sectionRE().MatchString(s) {
		for at = t.at; at != t.root && at.style != "chapter" && !strings.HasPrefix(at.style, outlined); at = at.parent {
		}
	}
	for at.style == titled {
		at = at.parent
	}
	return at
}

// sectionRE is how plans head their sections.
var sectionRE = lazy(`^(?:总体要求|[^，。、]{0,4}(?:工作|主要|总体)目标|[^，。、]{0,6}(?:重点|主要|工作|具体)(?:任务|举措|措施)|任务分工|保障措施|工作要求` +
	`|有关要求|组织(?:保障|领导|实施)|(?:实施|工作|推进)步骤|附则)$`)

// heads reports whether s, which has no number, is the heading of the items
// that begin in the next paragraph.
func (t *tree) heads(s, next string) bool {
	style, number, _ := numbered(next)
	if t.titled && sectionRE().MatchString(s) && !(t.at == t.root && len(t.root.children) == 0 && style == "") {
		return true
	}
	if style == "" || !begins(number) || utf8.RuneCountInString(s) > 30 || strings.ContainsAny(s, "。；;，,：:！？（(《") {
		return false
	}
	if t.at == t.root && titleRE().MatchString(s) {
		return false
	}
	if _, ok := line(s); ok || onlyUnits(s) || isDate(s) {
		return false
	}
	if t.at == t.root {
		return t.titled
	}
	for n := t.at; n != t.root; n = n.parent {
		if n.style == style { // the counting begins anew
			return true
		}
	}
	return false
}

// close ends the document, or a part of it. Paragraphs below the last item that
// speak to all (各单位要…, 本方案自…) are not that item's.
func (t *tree) close() {
	n := t.at
	t.at, t.part = t.root, t.part+1
	if n == t.root {
		return
	}
	cut := len(n.text)
	for i := len(n.text) - 1; i >= 0 && n.text[i].own; i-- {
		if len(n.text[i].sayings) > 0 {
			break
		}
		if k := len(n.tables); k > 0 && n.text[i].line < n.tables[k-1].Line {
			break // it stands above a table
		}
		farewell := farewellRE().MatchString(n.text[i].text)
		if i == 0 {
			if farewell && t.inline(n) {
				cut = 0
			}
			break
		}
		if n.text[i-1].said.named() || farewell {
			cut = i
		}
	}
	t.tail = append(t.tail, n.text[cut:]...)
	n.text = n.text[:cut]
}

// inline reports whether the items beside the last one, or like it elsewhere
// if it stands alone, have their text on the line of their number: then a
// paragraph below it is not its text.
func (t *tree) inline(last *node) bool {
	beside := last.parent.children
	if len(beside) == 1 {
		beside = nil
		t.root.walk(func(n *node) {
			if n.style == last.style && n.leaf() {
				beside = append(beside, n)
			}
		})
	}
	for _, n := range beside {
		if n != last && (!n.leaf() || slices.ContainsFunc(n.text, func(p para) bool { return p.own && p.body != "" })) {
			return false
		}
	}
	return len(beside) > 1
}

// farewellRE is how a paragraph begins that speaks to all units at the end.
var farewellRE = lazy(`^(?:各(?:地|级|镇|乡|县|区|街道|部门|单位|科室|有关|相关|责任|牵头)|请各|请于|以上|上述|其他|未尽|本(?:方案|要点|计划|通知|意见|办法|清单)` +
	`|[省市县区镇]?(?:委|政府)?(?:办公室)?督查|工作(?:中|推进)|落实情况)`)

// longest heading, in characters, that is taken for a name.
const longestName = 60

// headline splits an item's name from the text that goes on in the same
// paragraph. An article of a regulation has no name: its first clause serves,
// and the whole of it is text.
func headline(style, s string) (name, rest string) {
	end := strings.IndexAny(s, "。！？!?")
	if m := latinEndRE().FindStringIndex(s); m != nil && (end < 0 || m[0]+1 < end) {
		end = m[0] + 1
	}
	if bracket := closing(s); bracket >= 0 && (end < 0 || bracket < end) {
		// "1.某某工作（责任单位：X）": the bracket is not part of the name.
		name = trimName(s[:bracket])
		if utf8.RuneCountInString(name) <= longestName || !strings.ContainsAny(name, "，,；;：:") {
			return name, s[bracket:]
		}
		return shorten(name), s
	}
	first := s
	if end >= 0 {
		_, size := utf8.DecodeRuneInString(s[end:])
		first, rest = s[:end], trim(s[end+size:])
	}
	if style != "article" && utf8.RuneCountInString(first) <= longestName {
		return trimName(first), rest
	}
	// One long sentence: its first clause is the name, all of it the text.
	return shorten(first), s
}

// latinEndRE is the end of a sentence in Latin letters.
var latinEndRE = lazy(`[A-Za-z)]\.(?:\s|$)`)

// shorten makes a name of a long sentence: its first clause, or its beginning.
func shorten(sentence string) string {
	clause := sentence
	if i := strings.IndexAny(sentence, "，,；;：:"); i > 0 {
		clause = sentence[:i]
	}
	if r := []rune(clause); len(r) > longestName {
		clause = string(r[:longestName-1]) + "…"
	}
	return trimName(clause)
}

func trimName(s string) string { return strings.TrimRight(trim(s), "。．.：:；;，,、 ") }

// leaf reports whether n has no items under it.
func (n *node) leaf() bool { return len(n.children) == 0 }

// walk visits n and everything under it, in reading order.
func (n *node) walk(visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		c.walk(visit)
	}
}

// path is the headings above n, outermost first, without the root.
func (n *node) path() []string {
	var up []string
	for p := n.parent; p != nil && p.parent != nil; p = p.parent {
		up = append([]string{p.label()}, up...)
	}
	return up
}

// label is n's number and name as a heading: 一、渠道清淤, 第一部分 工程建设.
func (n *node) label() string {
	last, _ := utf8.DecodeLastRuneInString(n.number)
	if n.heading != "" && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		return n.number + " " + n.heading
	}
	return n.number + n.heading
}
