package paper

import (
	"regexp"
	"strings"
	"time"
)

// Read is a paper of the text that a person made of p.Plain(): the paragraphs, headings
// and signature that they left stand as in p, what they added is set by its form. Of
// the text of an untouched paper it is that paper, unless it has tables or charts,
// whose rows it takes for paragraphs.
func (p *Paper) Read(text string) *Paper {
	out := &Paper{Lang: p.Lang, Sign: Signature{Sealed: p.Sign.Sealed}}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), " \t\n　"), "\n")
	lines = out.readSign(lines, p.Sign)
	was := map[string]block{}
	for _, b := range p.blocks {
		if b.text != "" {
			was[b.text] = b
		}
	}
	for _, l := range lines {
		s := oneLine(strings.Trim(l, " \t　"))
		to, addressed := cutColon(s)
		switch b, known := was[s]; {
		case s == "":
		case out.Title == "" && len(out.blocks) == 0:
			out.Title = s
		case known:
			out.blocks = append(out.blocks, b)
		case addressed && out.To == "" && len(out.blocks) == 0:
			out.To = to
		default:
			out.blocks = append(out.blocks, block{level: levelOf(s), text: s})
		}
	}
	return out
}

// readSign takes the signature off the end: a date, and the name above it.
func (p *Paper) readSign(lines []string, was Signature) []string {
	n := len(lines)
	if n == 0 {
		return lines
	}
	last := oneLine(lines[n-1])
	for days := 0; days <= 2*366 && !was.Date.IsZero(); days++ {
		for _, t := range []time.Time{was.Date.AddDate(0, 0, days), was.Date.AddDate(0, 0, -days)} {
			switch last {
			case Day(t, p.Lang):
				p.Sign.Date = t
			case ChineseDay(t):
				p.Sign.Date, p.Sign.Chinese = t, true
			default:
				continue
			}
			if lines = lines[:n-1]; n > 1 && isName(lines[n-2]) {
				p.Sign.Unit = oneLine(lines[n-2])
				lines = lines[:n-2]
			}
			return lines
		}
	}
	if was.Unit != "" && last == oneLine(was.Unit) {
		p.Sign.Unit = last
		return lines[:n-1]
	}
	return lines
}

// isName reports whether a line can be who signs: it begins at the edge and is no
// sentence.
func isName(l string) bool {
	return l != "" && !strings.HasPrefix(l, "　") && !strings.HasPrefix(l, " ") && halves(l) <= 60 &&
		!strings.ContainsAny(l, "。；;：:")
}

func cutColon(s string) (string, bool) {
	for _, c := range []string{"：", ":"} {
		if rest, ok := strings.CutSuffix(s, c); ok {
			return rest, true
		}
	}
	return s, false
}

var headings = []*regexp.Regexp{regexp.MustCompile(`^[一二三四五六七八九十]+、`), regexp.MustCompile(`^（[一二三四五六七八九十]+）`)}

// levelOf is the level of a heading that its number tells, 0 for a paragraph.
func levelOf(s string) int {
	for i, h := range headings {
		if h.MatchString(s) && !strings.HasSuffix(s, "。") && halves(s) <= 60 {
			return i + 1
		}
	}
	return 0
}
