package due

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// span is what a date expression names: from and to are its first and last day,
// the same for a single day.
type span struct{ from, to time.Time }

// dates is what scanDates found in a text.
type dates struct {
	ends       []span // what the text says something ends with; of a range only its end
	last       span   // the last of ends; with weak, the year
	found      bool   // there is at least one end
	weak       bool   // there is none, but the text consists of a year
	open       bool   // there is none, but the text says when something begins
	unclear    bool   // a date is qualified in a way we do not understand
	impossible bool   // the text names a day that does not exist
}

// scanner walks over folded text in which numerals are Arabic.
type scanner struct {
	s    string
	at   int
	year int  // of dates that name none: the ledger's, then the last one named
	base int  // the ledger's year
	prev span // the expression before
	next bool // prev is set
	join bool // only a range or list sign stands between prev and here
}

var (
	begins   = regexp.MustCompile(`^(?:起|开始|以来|onwards?\b| onwards?\b)`)
	reLater  = regexp.MustCompile(`^(?:之|以)?后|^(?:之|以)?前\d+个?(?:工作日|日|天|周|月)`)
	rangeTie = regexp.MustCompile(`^(?:起|开始)?(?:-+|—+|–|~+|至|到|直至| ?(?:to|until|till|through) )$`)
	listTie  = regexp.MustCompile(`^(?:前|底|底前)?[、,和及与]$`)
	// filler is what may stand around a bare year (2022年度完成).
	filler = regexp.MustCompile(
		`^(?:\d{4}[-至到]|全部|全面|完成|力争|务必|确保|于|在|之|以|前|内|度|整|[,，。.;；()]|by |in |during |within |the )*$`)
	// ambiguous is 2022.1, which a spreadsheet also makes of 2022.10.
	ambiguous = regexp.MustCompile(`^\d{4}\.1$`)
)

// scanDates finds the date expressions of folded text. A date that names no
// year is of the year that the text named last, else of the given one.
func scanDates(s string, year int) (out dates) {
	if ambiguous.MatchString(s) {
		out.unclear = true
		return out
	}
	sc := &scanner{s: s, year: year, base: year}
	var rest strings.Builder
	var yearly span
	end, years := 0, 0
	for sc.at < len(s) {
		tie := s[end:sc.at]
		ranged := sc.next && rangeTie.MatchString(tie)
		sc.join = ranged || sc.next && listTie.MatchString(tie)
		m := sc.match()
		if m.n == 0 && ranged && isDigit(s[sc.at]) {
			out.unclear = true // the end of the range is what counts, and cannot be read
			return out
		}
		if m.n == 0 {
			_, size := utf8.DecodeRuneInString(s[sc.at:])
			rest.WriteString(s[sc.at : sc.at+size])
			sc.at += size
			continue
		}
		if m.bad {
			out.impossible = true
			return out
		}
		sc.at += m.n
		if m.year {
			yearly = m.span
			years++
			continue
		}
		end = sc.at
		after := s[end:]
		if reLater.MatchString(after) || m.unclear {
			out.unclear = true
			return out
		}
		sp := m.span
		if ranged {
			if !m.named && sp.to.Before(sc.prev.from) {
				sp = span{sp.from.AddDate(1, 0, 0), sp.to.AddDate(1, 0, 0)}
			}
			if sc.prevIsEnd(out.ends) {
				out.ends = out.ends[:len(out.ends)-1]
			}
		}
		if begins.MatchString(after) || strings.HasSuffix(s[:sc.at-m.n], "since ") {
			out.open = true
		} else {
			out.ends = append(out.ends, sp)
		}
		sc.prev, sc.next = sp, true
	}
	switch {
	case len(out.ends) > 0:
		out.found, out.open = true, false
		out.last = out.ends[len(out.ends)-1]
	case years > 0 && filler.MatchString(rest.String()):
		out.weak, out.last = true, yearly
	}
	return out
}

func (sc *scanner) prevIsEnd(ends []span) bool {
	return len(ends) > 0 && ends[len(ends)-1] == sc.prev
}
