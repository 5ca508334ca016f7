package due

import (
	"regexp"
	"strconv"
	"strings"
)

// reLunar are the days of the traditional calendar, which fall on another day
// every year: 农历八月十五, 腊月二十三. 八月十五 without 日 is the mid-autumn day.
var reLunar = regexp.MustCompile(`农历|阴历|旧历|夏历|腊月|正月|冬月|闰[一二三四五六七八九十]+月|八月(?:十五|半)(?:之?前|[,，。;；]|$)`)

var (
	// Two or more days of nothing but month and day: 10.26~11.1, 10.17/10.18,
	// 9/20-9/25. One by itself is read where dates are.
	reDotted  = regexp.MustCompile(`^\d{1,2}\.\d{1,2}[日号]?(?:\s*(?:[-~至到、,，;；/]|—+|–)+\s*\d{1,2}\.\d{1,2}[日号]?)+(?:之?前|完成)*$`)
	reSlashed = regexp.MustCompile(`^\d{1,2}/\d{1,2}[日号]?(?:\s*(?:[-~至到、,，;；]|—+|–)+\s*\d{1,2}/\d{1,2}[日号]?)+(?:之?前|完成)*$`)
	rePair    = regexp.MustCompile(`(\d{1,2})[./](\d{1,2})[日号]?`)
	// 2022-2025年 ends with the last of its years.
	reYears = regexp.MustCompile(`^(\d{4})年?度?(?:[-~至到]|—+|–)+(\d{4})年(?:度|底|末|内|期间)?(?:之?前|完成)*$`)
)

// spellOut writes the short forms of days that stand in lists and ranges as dates
// that name their month: 10.26~11.1 becomes 10月26日~11月1日. What may be numbers
// (1.5-2.5, of which none has two digits behind the point) stays.
func spellOut(s string) string {
	if g := reYears.FindStringSubmatch(s); g != nil && g[1] <= g[2] {
		return g[2] + "年底"
	}
	dotted := reDotted.MatchString(s)
	if !dotted && !reSlashed.MatchString(s) {
		return s
	}
	sure := !dotted
	for _, g := range rePair.FindAllStringSubmatch(s, -1) {
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
