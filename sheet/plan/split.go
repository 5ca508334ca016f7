package plan

import "strings"

// group is what one paragraph or several ask for, down to who does it.
type group struct {
	text   []para
	body   bool   // it has text besides the closing
	lead   string // the unit that leads, "" if none is named
	closed bool   // its units have been named
}

// split makes items of the paragraphs of n that name units of their own: the
// tasks of a plan whose paragraphs are not numbered, each with its (…牵头).
// Of the root's paragraphs one is enough to be a task; another node's text is
// its own if there is only one such paragraph.
func split(n *node) {
	for _, c := range n.children {
		split(c)
	}
	root := n.parent == nil
	if !root && !n.leaf() {
		return
	}
	groups := n.groups()
	leads, whole := map[string]bool{}, 0
	paragraphs := map[int]bool{}
	for _, g := range groups {
		if g.body && g.closed {
			leads[g.lead] = true
			whole++
			paragraphs[g.text[0].line] = true
		}
	}
	if whole == 0 || !root && (whole < 2 || len(leads) < 2 && len(paragraphs) < 2) {
		return
	}
	var kept []para
	var items []*node
	for _, g := range groups {
		switch {
		case !g.body, root && !g.closed:
			kept = append(kept, g.text...)
			continue
		case root:
			// Title and introduction stand above the first task.
			first := len(g.text) - 1
			for first > 0 && g.text[first].body == "" {
				first--
			}
			kept = append(kept, g.text[:first]...)
			g.text = g.text[first:]
		}
		items = append(items, n.item(g))
	}
	n.text = kept
	n.children = append(items, n.children...)
}

// groups parts the text of n behind each closing that is followed by more text.
func (n *node) groups() []group {
	var all []group
	var g group
	flush := func() {
		if len(g.text) > 0 {
			all = append(all, g)
		}
		g = group{}
	}
	for _, p := range n.text {
		for _, piece := range pieces(p) {
			named, body := piece.said.named(), piece.body != ""
			if body && g.closed {
				flush()
			}
			g.text = append(g.text, piece)
			g.body = g.body || body
			if named {
				if g.lead == "" {
					g.lead = piece.said.lead
				}
				g.closed = true
			}
		}
	}
	flush()
	return all
}

// pieces parts a paragraph behind the closings inside it.
func pieces(p para) (out []para) {
	from := 0
	for i, at := range p.spans {
		rest := strings.TrimLeft(p.text[at.to:], "。．.；; 　")
		next := i + 1
		if rest == "" || next < len(p.spans) && strings.HasPrefix(rest, p.text[p.spans[next].from:]) || at.units == "" {
			continue // brackets side by side are one closing
		}
		end := len(p.text) - len(rest)
		out = append(out, newPara(trim(p.text[from:end]), p.own || from > 0, p.line))
		from = end
	}
	if from == 0 {
		return []para{p}
	}
	return append(out, newPara(trim(p.text[from:]), true, p.line))
}

// item is the node of a group of paragraphs.
func (n *node) item(g group) *node {
	c := &node{parent: n, style: paragraph, line: g.text[0].line, part: n.part}
	first := g.text[0]
	first = newPara(ordinalRE().ReplaceAllString(first.text, ""), first.own, first.line)
	var rest string
	c.heading, rest = headline(paragraph, first.text)
	if c.heading == "" {
		c.heading = shorten(first.body)
	}
	if rest != "" {
		c.text = append(c.text, newPara(rest, false, first.line))
	}
	c.text = append(c.text, g.text[1:]...)
	return c
}

// ordinalRE is how a paragraph or sentence counts without a number.
var ordinalRE = lazy(`^(?:[一二三四五六七八九十]+是(?:要)?|[①-⑳]|首先|其次|再次|最后|[—–●■◆★▲△]+)[，,：:]?\s*`)
