package due

import (
	"regexp"
	"strconv"
	"strings"
)

// match is one date expression found at the scanner's place.
type match struct {
	span
	n       int  // bytes; 0: there is none
	named   bool // it names its year
	year    bool // it is nothing but a year
	bad     bool // it names a day that does not exist
	unclear bool // it could be two different dates
}

const (
	yearRE  = `(?:(\d{4}|\d{2})年度?的?|((?:今|本|当|明|次|翌|来|后|去)年)度?的?)?`
	tenthRE = `([上中下]旬|中下旬|上中旬|中上旬|[初底末终])`
)

var (
	reISO = regexp.MustCompile(
		`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})[日号]?(?:[ t]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?`)
	reYM      = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:月份?)?` + tenthRE + `?`)
	reCompact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})`)
	reMonth   = regexp.MustCompile(`^` + yearRE + `(\d{1,2})月份?(?:(\d{1,2})([日号]?)|` + tenthRE + `)?`)
	reDay     = regexp.MustCompile(`^(\d{1,2})[日号]`)
	reHalf    = regexp.MustCompile(`^` + yearRE + `([上下])半年[底末]?`)
	reQuarter = regexp.MustCompile(`^` + yearRE + `[第前]?([1-4])季度?[底末内]?`)
	reYearEnd = regexp.MustCompile(`^` + yearRE + `(?:年?[底末终]|年?内|年底|岁末)`)
	reBareEnd = regexp.MustCompile(`^(?:本?年度?[底末终内]|岁末)`)
	reMidYear = regexp.MustCompile(`^` + yearRE + `年中(?:前|底|完成|$)`)
	reYear    = regexp.MustCompile(`^(\d{4})年?度?|^((?:今|本|当|明|次|翌|来|后|去)年)度?|^全年|^年度$`)
	reShort   = regexp.MustCompile(`^(\d{1,2})([./])(\d{1,2})[日号]?(之?前)?`)
	reShortY  = regexp.MustCompile(`^(\d{2})[./](\d{1,2})[./](\d{1,2})[日号]?`)
)

// match tries every form of date at the scanner's place.
func (sc *scanner) match() match {
	s := sc.s[sc.at:]
	if sc.at > 0 && isDigit(s[0]) && isDigit(sc.s[sc.at-1]) {
		return match{}
	}
	if isDigit(s[0]) {
		if m := sc.numeric(s); m.n > 0 {
			return m
		}
	}
	if m := sc.chinese(s); m.n > 0 {
		return m
	}
	if isDigit(s[0]) || s[0] >= 'a' && s[0] <= 'z' {
		if m := sc.english(s); m.n > 0 {
			return m
		}
	}
	if !strings.HasPrefix(s, "2") && !strings.HasPrefix(s, "1") && s[0] < 0x80 {
		return match{}
	}
	if g := reYear.FindStringSubmatch(s); g != nil {
		return sc.yearAlone(s, g)
	}
	return match{}
}

// yearAlone is a year by itself, which is also the year of what follows.
func (sc *scanner) yearAlone(s string, g []string) match {
	y := sc.base
	switch {
	case g[1] != "":
		y = atoi(g[1])
		if next := s[len(g[0]):]; next != "" && isDigit(next[0]) && !strings.HasSuffix(g[0], "年") &&
			!strings.HasSuffix(g[0], "度") {
			return match{}
		}
	case g[2] != "":
		y = sc.relativeYear(g[2])
	}
	if y < MinYear || y > MaxYear {
		return match{}
	}
	if g[1] != "" || g[2] != "" {
		sc.year = y
	}
	return match{span: span{Date(y, 1, 1), Date(y, 12, 31)}, n: len(g[0]), named: true, year: true}
}

// numeric reads 2022-06-30, 2022/6/30, 2022.6.30, 2022.6, 20220630, 6.30, 6/30.
func (sc *scanner) numeric(s string) match {
	if g := reISO.FindStringSubmatch(s); g != nil && g[2] == g[4] && !digitFollows(s, g[0]) &&
		!strings.HasPrefix(s[len(g[0]):], "月") {
		sc.year = atoi(g[1])
		return day(sc.year, atoi(g[3]), atoi(g[5]), len(g[0]), true)
	}
	if g := reYM.FindStringSubmatch(s); g != nil && !digitFollows(s, g[0]) {
		if m := atoi(g[2]); m >= 1 && m <= 12 {
			sc.year = atoi(g[1])
			return month(sc.year, m, g[3], len(g[0]), true)
		}
	}
	if g := reCompact.FindStringSubmatch(s); g != nil && !digitFollows(s, g[0]) && g[1] >= "1900" && g[1] <= "2200" &&
		g[2] <= "12" {
		sc.year = atoi(g[1])
		return day(sc.year, atoi(g[2]), atoi(g[3]), len(g[0]), true)
	}
	if g := reShortY.FindStringSubmatch(s); g != nil && !digitFollows(s, g[0]) {
		if y := 2000 + atoi(g[1]); sc.base != 0 && y >= sc.base-1 && y <= sc.base+1 {
			sc.year = y
			return day(y, atoi(g[2]), atoi(g[3]), len(g[0]), true)
		}
	}
	// 6.30 and 6/30 name a day only where they are all there is, 前 follows or a
	// date stands before; 6.3 could also be what a spreadsheet made of 6.30.
	if g := reShort.FindStringSubmatch(s); g != nil && !digitFollows(s, g[0]) && sc.year != 0 {
		alone := sc.at == 0 && len(g[0]) == len(s)
		sure := g[4] != "" || g[2] == "/" || len(g[3]) == 2 || sc.join
		if m := atoi(g[1]); m >= 1 && m <= 12 && sure && (alone || g[4] != "" || sc.join) {
			return day(sc.year, m, atoi(g[3]), len(g[0]), false)
		}
	}
	return match{}
}

// chinese reads dates, months, tenths of months, quarters, halves, year ends.
func (sc *scanner) chinese(s string) match {
	if g := reMonth.FindStringSubmatch(s); g != nil {
		return sc.monthDay(s, g)
	}
	if g := reDay.FindStringSubmatch(s); g != nil && sc.join {
		p := sc.prev.to
		return day(p.Year(), int(p.Month()), atoi(g[1]), len(g[0]), true)
	}
	if g := reHalf.FindStringSubmatch(s); g != nil {
		if y, named := sc.yearOf(g[1], g[2]); y != 0 {
			if g[3] == "上" {
				return months(y, 1, 6, len(g[0]), named)
			}
			return months(y, 7, 12, len(g[0]), named)
		}
	}
	if g := reQuarter.FindStringSubmatch(s); g != nil {
		if y, named := sc.yearOf(g[1], g[2]); y != 0 {
			q := atoi(g[3])
			return months(y, q*3-2, q*3, len(g[0]), named)
		}
	}
	if g := reMidYear.FindStringSubmatch(s); g != nil {
		if y, named := sc.yearOf(g[1], g[2]); y != 0 {
			return months(y, 1, 6, len(g[0]), named)
		}
	}
	if g := reYearEnd.FindStringSubmatch(s); g != nil && (g[1] != "" || g[2] != "") {
		if y, named := sc.yearOf(g[1], g[2]); y != 0 {
			return months(y, 1, 12, len(g[0]), named)
		}
	}
	if g := reBareEnd.FindString(s); g != "" && sc.year != 0 && !(sc.at > 0 && isDigit(sc.s[sc.at-1])) {
		return months(sc.year, 1, 12, len(g), false)
	}
	return match{}
}

func (sc *scanner) monthDay(s string, g []string) match {
	y, named := sc.yearOf(g[1], g[2])
	if y == 0 {
		return match{}
	}
	n := len(g[0])
	if g[4] == "" {
		return month(y, atoi(g[3]), g[6], n, named)
	}
	m := day(y, atoi(g[3]), atoi(g[4]), n, named)
	if g[5] == "" && !endsDay.MatchString(s[n:]) {
		m.unclear = true // 6月5项 is no date
	}
	return m
}

// endsDay is what may follow a day that is written without 日.
var endsDay = regexp.MustCompile(`^(?:$|[之以]?[前内]|[-~至到、,，。;；.)]|完成)`)

// yearOf is the year that a date expression names, or the one in force; 0 if
// there is none.
func (sc *scanner) yearOf(digits, word string) (y int, named bool) {
	switch {
	case len(digits) == 4:
		sc.year = atoi(digits)
	case len(digits) == 2:
		sc.year = 2000 + atoi(digits)
	case word != "":
		sc.year = sc.relativeYear(word)
	default:
		return sc.year, false
	}
	return sc.year, true
}

func (sc *scanner) relativeYear(word string) int {
	if sc.base == 0 {
		return 0
	}
	switch {
	case strings.HasPrefix(word, "去"):
		return sc.base - 1
	case strings.HasPrefix(word, "后"):
		return sc.base + 2
	case strings.HasPrefix(word, "明"), strings.HasPrefix(word, "来"):
		return sc.base + 1
	case strings.HasPrefix(word, "次"), strings.HasPrefix(word, "翌"):
		return sc.year + 1 // the year after the one just named
	}
	return sc.base
}

func day(y, m, d, n int, named bool) match {
	if y < MinYear || y > MaxYear || m < 1 || m > 12 || d < 1 || d > lastOf(y, m) {
		return match{n: n, bad: true}
	}
	t := Date(y, m, d)
	return match{span: span{t, t}, n: n, named: named}
}

func month(y, m int, tenth string, n int, named bool) match {
	if y < MinYear || y > MaxYear || m < 1 || m > 12 {
		return match{n: n, bad: true}
	}
	from, to := tenthOf(tenth, lastOf(y, m))
	return match{span: span{Date(y, m, from), Date(y, m, to)}, n: n, named: named}
}

// tenthOf is the first and last day that a word for a part of a month means.
func tenthOf(word string, last int) (from, to int) {
	switch word {
	case "上旬", "初":
		return 1, 10
	case "中旬":
		return 11, 20
	case "上中旬", "中上旬":
		return 1, 20
	case "下旬":
		return 21, last
	case "底", "末", "终":
		return last, last
	case "中下旬":
		return 11, last
	}
	return 1, last
}

// months is the months from first to last of a year: a quarter, a half, a year.
func months(y, first, last, n int, named bool) match {
	if y < MinYear || y > MaxYear {
		return match{n: n, bad: true}
	}
	return match{span: span{Date(y, first, 1), Date(y, last, lastOf(y, last))}, n: n, named: named}
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func digitFollows(s, m string) bool { return len(s) > len(m) && isDigit(s[len(m)]) }
