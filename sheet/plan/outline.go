package plan

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// node is a numbered heading with the text under it; the root has no number.
type node struct {
	parent   *node
	children []*node
	style    string // numbering style, see styles
	number   string // as written: 一、 （一） 1.
	heading  string // the item's name, without number and closing punctuation
	text     []string
	own      []bool // by text: the paragraph stands alone, not on the heading's line
	line     int
	tables   []Block
}

// styles are the ways to number, in the order they are tried. Which one lies
// under which is learnt from the document: a style not yet open goes one rung
// down, one that is open closes everything below it.
var styles = []struct {
	name string
	re   func() *regexp.Regexp
}{
	{"chapter", lazy(`^第[一二三四五六七八九十百零〇\d]+[章编篇部]`)},
	{"section", lazy(`^第[一二三四五六七八九十百零〇\d]+节`)},
	{"article", lazy(`^第[一二三四五六七八九十百零〇\d]+条`)},
	{"一、", lazy(`^[一二三四五六七八九十百]+[、．]`)},
	{"（一）", lazy(`^[（(][一二三四五六七八九十百]+[）)][、．.]?`)},
	{"（1）", lazy(`^[（(]\d{1,3}[）)][、．.]?`)},
	{"1）", lazy(`^\d{1,3}[）)]`)},
	{"1.1.1", lazy(`^\d{1,2}[.．]\d{1,2}[.．]\d{1,2}[.．、]?(?:[^\d.年月日%％]|$)`)},
	{"1.1", lazy(`^\d{1,2}[.．]\d{1,2}[.．、]?(?:[^\d.年月日%％万亿元]|$)`)},
	{"1.", lazy(`^\d{1,3}[.．、](?:[^\d]|$)`)},
	{"①", lazy(`^[①-⑳]`)},
}

// numbered splits a paragraph's number off; style is "" if it has none.
func numbered(s string) (style, number, rest string) {
	for _, st := range styles {
		m := st.re().FindString(s)
		if m == "" {
			continue
		}
		// The digit styles look one character ahead, which is not the number's.
		number = m
		if last, size := utf8.DecodeLastRuneInString(m); strings.HasPrefix(st.name, "1") && !strings.ContainsRune(".．、）)", last) {
			number = m[:len(m)-size]
		}
		return st.name, trim(number), trim(s[len(number):])
	}
	return "", "", s
}

// contentsRE is a line of a table of contents, attachedRE the beginning of an
// attachment or of the list of them.
var (
	contentsRE = lazy(`(?:[.．…·]{3,}|…|\t)\s*[-—]?\s*\d{1,4}\s*[-—]?\s*$|^目\s*[录次]$`)
	attachedRE = lazy(`^(?:附件|附表)\s*(?:\d{0,2}|[一二三四五六七八九十]?)\s*(?:[:：].*)?$`)
)

// openRE is a closing bracket's first line, when it is broken over lines.
var openRE = lazy(`^[（(【\[][^）)】\]]*` + anyLabel + `\s*[:：][^）)】\]]*$`)

// outline lays the document out as a tree. Paragraphs before the first number
// are the root's text.
func outline(doc *Document) *node {
	root := &node{}
	at := root
	listed := false // among the names of attachments
	for _, b := range doc.Blocks {
		if b.Rows == nil && contentsRE().MatchString(b.Text) {
			continue
		}
		if b.Rows == nil && attachedRE().MatchString(b.Text) {
			// A list of attachments ends the text; an attachment begins anew.
			listed, at = strings.ContainsAny(b.Text, ":："), root
			continue
		}
		if listed && b.Rows == nil {
			style, _, rest := numbered(b.Text)
			if listed = style == "1." && !strings.ContainsAny(rest, "。；："); listed {
				continue
			}
		}
		b.Text = bracketed(b.Text)
		if b.Rows != nil {
			at.tables = append(at.tables, b)
			continue
		}
		if last := len(at.text) - 1; last >= 0 && openRE().MatchString(at.text[last]) {
			at.text[last] += b.Text
			continue
		}
		style, number, rest := numbered(b.Text)
		if style == "" {
			at.text = append(at.text, b.Text)
			at.own = append(at.own, true)
			continue
		}
		parent := at
		for n := at; n != root; n = n.parent {
			if n.style == style {
				parent = n.parent
				break
			}
		}
		n := &node{parent: parent, style: style, number: number, line: b.Line}
		n.heading, rest = headline(style, rest)
		if rest != "" {
			n.text, n.own = []string{rest}, []bool{false}
		}
		parent.children = append(parent.children, n)
		at = n
	}
	return root
}

// longest heading, in characters, that is taken for a name.
const longestName = 60

// headline splits an item's name from the text that goes on in the same
// paragraph. An article of a regulation has no name: its first clause serves,
// and the whole of it is text.
func headline(style, s string) (name, rest string) {
	end := strings.IndexAny(s, "。！？!?")
	if bracket := closing(s); bracket >= 0 && (end < 0 || bracket < end) {
		// "1.某某工作（责任单位：X）": the bracket is not part of the name.
		return trimName(s[:bracket]), s[bracket:]
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
	clause := first
	if i := strings.IndexAny(first, "，,；;：:"); i > 0 {
		clause = first[:i]
	}
	if r := []rune(clause); len(r) > longestName {
		clause = string(r[:longestName-1]) + "…"
	}
	return trimName(clause), s
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
		up = append([]string{p.number + p.heading}, up...)
	}
	return up
}
