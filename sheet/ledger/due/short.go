package due

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// reLunar are the days of the traditional calendar, which fall on another day
// every year: 农历八月十五, 腊月二十三. 八月十五 without 日 is the mid-autumn day.
var reLunar = regexp.MustCompile(`农历|阴历|旧历|夏历|腊月|正月|冬月|闰[一二三四五六七八九十]+月|八月(?:十五|半)(?:之?前|[,，。;；]|$)`)

var (
	// Two or more days of nothing but month and day: 10.26~11.1, 10.17/10.18,
	// 9/20-9/25. One by itself is read where dates are.
	reDotted = regexp.MustCompile(
		`^\d{1,2}\.\d{1,2}[日号]?(?:\s*(?:[-~至到、,，;；/]|—+|–)+\s*\d{1,2}\.\d{1,2}[日号]?)+(?:之?前|完成)*$`)
	reSlashed = regexp.MustCompile(
		`^\d{1,2}/\d{1,2}[日号]?(?:\s*(?:[-~至到、,，;；]|—+|–)+\s*\d{1,2}/\d{1,2}[日号]?)+(?:之?前|完成)*$`)
	rePair = regexp.MustCompile(`(\d{1,2})[./](\d{1,2})[日号]?`)
	// 2022-2025年 ends with the last of its years.
	reYears = regexp.MustCompile(`^(\d{4})年?度?(?:[-~至到]|—+|–)+(\d{4})年(?:度|底|末|内|期间)?(?:之?前|完成)*$`)
)

var (
	// 7/16 18:00 is 7/16.
	reClock = regexp.MustCompile(`^(\d{1,2}[/-]\d{1,2}|\d{1,2}月\d{1,2}日)\s*\d{1,2}:\d{2}(?:前|之前|以前)?$`)
	// 6月1/2日 ends on the second.
	reTwoDays = regexp.MustCompile(`(\d{1,2})月(\d{1,2})[日号]?[/、](\d{1,2})[日号]`)
	// The feasts that fall on the same day every year; before them means that it is to
	// be done when they begin. 元旦前 could be this year's or the next one's.
	reFeast = regexp.MustCompile(`[“”"]?(五一|劳动节|七一|建党节|八一|建军节|国庆)(?:国际劳动节|劳动节|建党节|建军节|节)?[“”"]?(?:放?假|假期|期间)?(?:之|以)?前`)
	feasts  = map[string]string{"五一": "4月30日前", "劳动节": "4月30日前", "七一": "6月30日前", "建党节": "6月30日前",
		"八一": "7月31日前", "建军节": "7月31日前", "国庆": "9月30日前"}
	// What stands behind a date and says nothing: a slip of the keyboard.
	reSlip = regexp.MustCompile(`^[^a-z]*(?:[底日号旬月末前内]|\d)\s*[a-z]{1,3}$`)
)

// namedDays writes the day before a feast as that day.
func namedDays(s string) string {
	return reFeast.ReplaceAllStringFunc(s, func(p string) string { return feasts[reFeast.FindStringSubmatch(p)[1]] })
}

// spellOut writes the short forms of days that stand in lists and ranges as dates
// that name their month: 10.26~11.1 becomes 10月26日~11月1日. What may be numbers
// (1.5-2.5, where no day has two digits) stays, but not a span within one month (3.1-3.5).
func spellOut(s string) string {
	s = reClock.ReplaceAllString(s, "$1")
	s = reTwoDays.ReplaceAllString(s, "${1}月${3}日")
	if g := reYears.FindStringSubmatch(s); g != nil && g[1] <= g[2] {
		return g[2] + "年底"
	}
	dotted := reDotted.MatchString(s)
	if !dotted && !reSlashed.MatchString(s) {
		return s
	}
	pairs := rePair.FindAllStringSubmatch(s, -1)
	sure := !dotted || len(pairs) == 2 && atoi(pairs[0][1]) == atoi(pairs[1][1]) &&
		atoi(pairs[0][2]) < atoi(pairs[1][2])
	for _, g := range pairs {
		if m, d := atoi(g[1]), atoi(g[2]); m < 1 || m > 12 || d < 1 || d > 31 {
			return s
		}
		sure = sure || len(g[2]) == 2
	}
	if !sure {
		return s
	}
	out := rePair.ReplaceAllStringFunc(s, func(p string) string {
		g := rePair.FindStringSubmatch(p)
		return strconv.Itoa(atoi(g[1])) + "月" + strconv.Itoa(atoi(g[2])) + "日"
	})
	return strings.ReplaceAll(out, "/", "、")
}

// reNoYear is a day without its year: 9-8, 9/8, 12.20, 9月8日, with or without a time
// of day.
var reNoYear = regexp.MustCompile(`^(\d{1,2})([-/.月])(\d{1,2})[日号]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?$`)

// MonthDay reads a text that names a day without its year, as the date columns of
// registers hold them. 9.1 is none: a spreadsheet also makes it of 9.10.
func MonthDay(text string) (month, day int, ok bool) {
	if text == "" || len(text) > 40 || !startsShort(text) {
		return 0, 0, false
	}
	g := reNoYear.FindStringSubmatch(strings.TrimSpace(Arabic(width.Fold.String(text))))
	if g == nil {
		return 0, 0, false
	}
	month, day = atoi(g[1]), atoi(g[3])
	if month < 1 || month > 12 || day < 1 || day > lastOf(2024, month) {
		return 0, 0, false
	}
	return month, day, g[2] != "." || len(g[3]) > 1 || day > 3
}

// startsShort reports quickly whether a text can begin with a month: most cells of a
// date column begin with a year.
func startsShort(s string) bool {
	return len(s) < 4 || !isDigit(s[0]) || !isDigit(s[1]) || !isDigit(s[2])
}
