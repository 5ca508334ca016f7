package due

import (
	"regexp"
	"strings"

	"taizhang/sheet/ledger/internal/fold"
)

const enMonthRE = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`

var (
	enDMY     = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ -]?(?:of )?` + enMonthRE + `(?:[ ,-]*(\d{4})\b)?`)
	enMY      = regexp.MustCompile(`^` + enMonthRE + `[ ,-]*(\d{4})\b`)
	enMD      = regexp.MustCompile(`^` + enMonthRE + `[ -]?(\d{1,2})(?:st|nd|rd|th)?\b(?:[ ,]+(\d{4})\b)?`)
	enM       = regexp.MustCompile(`^` + enMonthRE)
	enSlash   = regexp.MustCompile(`^(\d{1,2})([/.])(\d{1,2})([/.])(\d{4})\b`)
	enQ       = regexp.MustCompile(`^(?:q([1-4])\b(?:[ /-]?(\d{4})\b)?|(\d{4})[ /-]?q([1-4])\b)`)
	enQuarter = regexp.MustCompile(`^(first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?:,? (?:of )?(\d{4})\b)?`)
	enHalf    = regexp.MustCompile(
		`^(?:h([12])\b(?:[ /-]?(\d{4})\b)?|(first|second) half(?: of(?: the)?(?: year)?)?(?: ?(\d{4})\b)?)`)
	enYearEnd = regexp.MustCompile(
		`^(?:(?:the )?(?:end[- ]of[- ](?:the )?|end[- ]|close of )(?:(\d{4})\b|(next |this )?year\b)|(?:(\d{4}) )?year[- ]?end\b|eoy\b)`)
	enPart = regexp.MustCompile(`(mid|middle of|early|start of|beginning of)[ -]?$`)
)

var enMonths = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
	"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

var enOrder = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
	"last": 4}

// english reads dates as written in English.
func (sc *scanner) english(s string) match {
	if sc.at > 0 && fold.IsWord(rune(sc.s[sc.at-1])) {
		return match{}
	}
	year := func(digits string) (int, bool) { return sc.yearOf(digits, "") }
	if g := enDMY.FindStringSubmatch(s); g != nil {
		if y, named := year(g[3]); y != 0 {
			return day(y, enMonths[g[2][:3]], atoi(g[1]), len(g[0]), named)
		}
	}
	if g := enMY.FindStringSubmatch(s); g != nil {
		y, _ := year(g[2])
		return month(y, enMonths[g[1][:3]], sc.enTenth(), len(g[0]), true)
	}
	if g := enMD.FindStringSubmatch(s); g != nil {
		if y, named := year(g[3]); y != 0 {
			return day(y, enMonths[g[1][:3]], atoi(g[2]), len(g[0]), named)
		}
	}
	if g := enM.FindStringSubmatch(s); g != nil && sc.year != 0 &&
		(g[1] != "may" || len(g[0]) == len(sc.s) || enMayIsMonth.MatchString(sc.s[:sc.at])) {
		return month(sc.year, enMonths[g[1][:3]], sc.enTenth(), len(g[0]), false)
	}
	if g := enSlash.FindStringSubmatch(s); g != nil && g[2] == g[4] {
		return sc.slashed(atoi(g[1]), atoi(g[3]), atoi(g[5]), len(g[0]))
	}
	if g := enQ.FindStringSubmatch(s); g != nil {
		if y, named := year(g[2] + g[3]); y != 0 {
			q := atoi(g[1] + g[4])
			return months(y, q*3-2, q*3, len(g[0]), named)
		}
	}
	if g := enQuarter.FindStringSubmatch(s); g != nil {
		if y, named := year(g[2]); y != 0 {
			q := enOrder[g[1]]
			return months(y, q*3-2, q*3, len(g[0]), named)
		}
	}
	if g := enHalf.FindStringSubmatch(s); g != nil {
		if y, named := year(g[2] + g[4]); y != 0 {
			half := atoi(g[1]) + enOrder[g[3]]
			return months(y, half*6-5, half*6, len(g[0]), named)
		}
	}
	if g := enYearEnd.FindStringSubmatch(s); g != nil {
		y, named := year(g[1] + g[3])
		if strings.HasPrefix(g[2], "next") && y != 0 {
			y, named = sc.base+1, true
		}
		if y != 0 {
			return months(y, 1, 12, len(g[0]), named)
		}
	}
	return match{}
}

// enMayIsMonth: "may" is a month after these words, else it could be the verb.
var enMayIsMonth = regexp.MustCompile(`(?:by|in|of|until|before|during|mid|end|early|late)[ -]$`)

// enTenth is the Chinese word for what "mid-" or "early" before a month means.
func (sc *scanner) enTenth() string {
	switch g := enPart.FindString(sc.s[:sc.at]); {
	case g == "":
		return ""
	case strings.HasPrefix(g, "mid"):
		return "中旬"
	}
	return "上旬"
}

// slashed reads 30/06/2022 and 06/30/2022; where both orders are possible it is
// unclear.
func (sc *scanner) slashed(a, b, y, n int) match {
	sc.year = y
	switch {
	case a == b || a > 12:
		return day(y, b, a, n, true)
	case b > 12:
		return day(y, a, b, n, true)
	}
	return match{n: n, unclear: true}
}
