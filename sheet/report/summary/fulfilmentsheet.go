package summary

import (
	"strconv"
	"strings"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
)

// proseWidth of the one column of 落实情况, in digits of the standard font.
const proseWidth = 104.0

// annualSheet holds the text in one column, a paragraph a cell, so that it can
// be marked and pasted. A paragraph that is higher than a row can be goes on in
// the next.
func (b *book) annualSheet() {
	name := b.names.annual
	last := 2
	b.annualText(func(_ level, s string) { last += len(pieces(s)) })
	l := &b.look
	b.setUp(name, page{widths: []float64{proseWidth}, last: last, tab: "7030A0"}, func(r *rows) {
		title := b.say("report.annual_title", "Title", b.title())
		r.add(titleHeight(title, []float64{proseWidth}, 40), cell{value: title, style: l.title})
		r.add(22, cell{value: b.say("report.as_of", "Date", b.date(b.today)), style: l.subtitle})
		b.annualText(func(v level, s string) {
			style := [...]int{heading1: l.heading1, heading2: l.heading2, body: l.paragraph}[v]
			for _, p := range pieces(s) {
				h := heightFor(proseLines(p), proseSize)
				if v == heading1 {
					h += 8
				}
				r.add(h, cell{value: p, style: style})
			}
		})
	})
}

// proseLines is how many lines a paragraph takes: its type is larger than that
// of the tables, so fewer characters fit.
func proseLines(s string) int { return linesIn(s, proseWidth*bodySize/proseSize) }

// pieces cuts a paragraph after sentences into parts that a row can show.
func pieces(s string) []string {
	const most = 18 // lines
	if proseLines(s) <= most {
		return []string{s}
	}
	var out []string
	part := ""
	for rest := s; rest != ""; {
		next := rest
		if i := strings.IndexAny(rest, "。；;.！!？?"); i >= 0 {
			i += len(string([]rune(rest[i:])[:1]))
			next = rest[:i]
		}
		rest = rest[len(next):]
		for proseLines(next) > most { // a sentence without end
			cut := cutUTF16(next, 500)
			next, rest = cut, next[len(cut):]+rest
		}
		if part != "" && proseLines(part+next) > most {
			out = append(out, part)
			part = ""
		}
		part += next
	}
	return append(out, part)
}

// percent is a share with one decimal, without it where it says nothing.
func percent(part, whole int) string {
	return strings.TrimSuffix(strconv.FormatFloat(share(part, whole)*100, 'f', 1, 64), ".0") + "%"
}

// ordinal is a number as the headings of a Chinese paper have it.
func (m *model) ordinal(n int) string {
	if m.opt.Lang == msg.EN {
		return strconv.Itoa(n)
	}
	return due.Chinese(n)
}
