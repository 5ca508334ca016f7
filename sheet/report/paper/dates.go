package paper

import (
	"strings"
	"time"

	"taizhang/sheet/msg"
)

// Day is a date as official papers have it: Arabic digits, the full year, no
// leading zeros.
func Day(t time.Time, lang msg.Lang) string {
	if lang == msg.EN {
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

// ChineseDay is a date in Chinese numerals: 二〇二六年十一月三十日.
func ChineseDay(t time.Time) string {
	const digits = "〇一二三四五六七八九"
	all := []rune(digits)
	var year strings.Builder
	for _, r := range t.Format("2006") {
		year.WriteRune(all[r-'0'])
	}
	number := func(n int) string { // 1 to 31
		s := ""
		if n >= 20 {
			s = string(all[n/10])
		}
		if n >= 10 {
			s += "十"
		}
		if n%10 > 0 {
			s += string(all[n%10])
		}
		return s
	}
	return year.String() + "年" + number(int(t.Month())) + "月" + number(t.Day()) + "日"
}

// date is the signature's.
func (s Signature) date(lang msg.Lang) string {
	switch {
	case s.Date.IsZero():
		return ""
	case s.Chinese && lang != msg.EN:
		return ChineseDay(s.Date)
	}
	return Day(s.Date, lang)
}
