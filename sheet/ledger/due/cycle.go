package due

import (
	"regexp"
	"slices"
	"time"
)

// Cycle is how often a recurring deadline falls due. The zero value is none.
type Cycle struct {
	Months int // 1 每月, 3 每季度, 6 每半年, 12 每年, or another divisor of 12; 0 with Days
	Days   int // 7 每周; 0 with Months
	Month  int // month of the period in which it falls due: 1 首月, 0 its last
	Day    int // day of that month, or ISO weekday; 0 the last
}

type cycleResult uint8

const (
	noCycle cycleResult = iota
	cycleFound
	cycleUnclear    // the text states a cycle that we cannot follow
	cycleImpossible // it names a day that no month has
)

var (
	reEveryN  = regexp.MustCompile(`每隔?(\d{1,2})个?(月|季度?|半年|年|周|星期)`)
	reEvery   = regexp.MustCompile(`(?:每|逐)个?(月|季度?|半年|年度?|周|星期|礼拜)`)
	reBy      = regexp.MustCompile(`按(月|季度|季|半年|周)`)
	reOnceA   = regexp.MustCompile(`(?:^|[^\d半])1?(月|季度?|半年|年|周)1次`)
	reHalfA   = regexp.MustCompile(`半年1次`)
	reWholly  = regexp.MustCompile(`^(月|季|半年|周)[度报]$`)
	reEnEvery = regexp.MustCompile(
		`\b(?:(?:every|each|once an?|once every) (week|month|quarter|half[- ]year|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(weekly|monthly|quarterly|half-?yearly|semi-?annually|semi-?annual|annually|yearly))\b`)
	unfit     = regexp.MustCompile(`工作日|隔周|双周|单周|每旬|每2周|每两周`)
	clauseEnd = regexp.MustCompile(`[，,；;。]`)
)

var cycleMonths = map[string]int{"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12, "年度": 12,
	"month": 1, "monthly": 1, "quarter": 3, "quarterly": 3, "half-year": 6, "half year": 6, "half-yearly": 6,
	"halfyearly":    6,
	"semi-annually": 6, "semiannually": 6, "semi-annual": 6, "semiannual": 6, "year": 12, "yearly": 12, "annually": 12}

// readCycle finds the cycle of folded text; of several the shortest, which is
// the first to demand something.
func readCycle(s string) (best Cycle, found cycleResult) {
	for _, re := range []*regexp.Regexp{reEveryN, reEvery, reBy, reHalfA, reOnceA, reWholly, reEnEvery} {
		for _, at := range re.FindAllStringSubmatchIndex(s, -1) {
			c, r := cycleAt(s, re, at)
			switch {
			case r == noCycle:
				continue
			case r != cycleFound:
				return Cycle{}, r
			case found == noCycle || c.length() < best.length():
				best, found = c, cycleFound
			}
		}
		if found != noCycle {
			break
		}
	}
	if found == noCycle && unfit.MatchString(s) && !dailyOnly.MatchString(s) {
		return Cycle{}, cycleUnclear
	}
	return best, found
}

// dailyOnly: a working day as a cycle is kept up daily, not a term of days.
var dailyOnly = regexp.MustCompile(`每个?工作日`)

// cycleAt reads the cycle that re matched at the submatch indexes at.
func cycleAt(s string, re *regexp.Regexp, at []int) (Cycle, cycleResult) {
	group := func(i int) string {
		if 2*i+1 >= len(at) || at[2*i] < 0 {
			return ""
		}
		return s[at[2*i]:at[2*i+1]]
	}
	rest := s[at[1]:]
	if re == reHalfA {
		return Cycle{Months: 6}, cycleFound
	}
	unit, times := group(1), 1
	switch re {
	case reEveryN:
		times, unit = atoi(unit), group(2)
	case reEnEvery:
		if unit == "" {
			unit = group(2)
		}
	case reBy:
		if unit == "季" && len(rest) >= 3 && rest[:3] == "节" {
			return Cycle{}, noCycle
		}
	}
	if i := clauseEnd.FindStringIndex(rest); i != nil && re != reEnEvery {
		rest = rest[:i[0]]
	}
	if unfit.MatchString(rest) {
		return Cycle{}, cycleUnclear
	}
	months, monthly := cycleMonths[unit]
	switch {
	case !monthly && times == 1:
		return weekly(unit, rest)
	case !monthly || times == 0 || 12%(months*times) != 0:
		return Cycle{}, cycleUnclear
	}
	c := Cycle{Months: months * times}
	if re == reEnEvery {
		return c.dayEn(s)
	}
	switch c.Months {
	case 1:
		return c.inMonth(rest)
	case 12:
		return c.inYear(rest)
	}
	return c.inPeriod(rest)
}

var weekdays = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "日": 7, "天": 7, "末": 7,
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}

var reWeekday = regexp.MustCompile(`^的?(?:周|星期)?([1-7日天末])(次?)`)

func weekly(unit, rest string) (Cycle, cycleResult) {
	c := Cycle{Days: 7, Day: weekdays[unit]}
	if g := reWeekday.FindStringSubmatch(rest); g != nil && g[2] == "" && c.Day == 0 {
		c.Day = weekdays[g[1]]
	}
	return c, cycleFound
}

var (
	reMonthDay = regexp.MustCompile(`(\d{1,2})[日号]`)
	reFirstDay = regexp.MustCompile(`^的?(\d{1,2})(?:[日号]|[之以]?前|$|[-至到])`)
	reUpTo     = regexp.MustCompile(`^的?前(\d{1,2})[日天]`)
	reAfterEnd = regexp.MustCompile(`^(?:度)?(?:结束|终了)后的?(\d{1,2})[日天][之以]?内`)
	reTenth    = regexp.MustCompile(`^的?(?:月)?` + tenthRE)
	reBefore   = regexp.MustCompile(`前\d+个?[日天周]`)
	reNthWeek  = regexp.MustCompile(`周|星期`)
	reMonthNo  = regexp.MustCompile(`(首月|首个月|第1个?月|次月|后首月|第2个?月|中间月|中月|第3个?月|末月|最后1个?月)`)
	reEnDay    = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)\b`)
)

// inMonth reads what follows 每月.
func (c Cycle) inMonth(rest string) (Cycle, cycleResult) {
	if g := reUpTo.FindStringSubmatch(rest); g != nil {
		return c.on(0, atoi(g[1]))
	}
	if g := reAfterEnd.FindStringSubmatch(rest); g != nil {
		return c.on(0, atoi(g[1]))
	}
	if reNthWeek.MatchString(rest) || reBefore.MatchString(rest) {
		return Cycle{}, cycleUnclear
	}
	if all := reMonthDay.FindAllStringSubmatch(rest, -1); all != nil {
		return c.on(0, atoi(all[len(all)-1][1]))
	}
	if g := reFirstDay.FindStringSubmatch(rest); g != nil {
		return c.on(0, atoi(g[1]))
	}
	if g := reTenth.FindStringSubmatch(rest); g != nil {
		return c.on(0, tenthDay(g[1]))
	}
	return c, cycleFound
}

// inPeriod reads what follows 每季度 or 每半年.
func (c Cycle) inPeriod(rest string) (Cycle, cycleResult) {
	if g := reAfterEnd.FindStringSubmatch(rest); g != nil {
		return c.on(1, atoi(g[1]))
	}
	if reNthWeek.MatchString(rest) || reBefore.MatchString(rest) {
		return Cycle{}, cycleUnclear
	}
	g := reMonthNo.FindStringSubmatchIndex(rest)
	if g == nil {
		if reMonthDay.MatchString(rest) {
			return Cycle{}, cycleUnclear // a day of which month?
		}
		if t := reTenth.FindStringSubmatch(rest); t != nil && t[1] != "底" && t[1] != "末" && t[1] != "终" {
			return Cycle{}, cycleUnclear
		}
		return c, cycleFound
	}
	month := 0
	switch name := rest[g[2]:g[3]]; name {
	case "首月", "首个月", "第1个月", "第1月", "次月", "后首月":
		month = 1
	case "第2个月", "第2月", "中间月", "中月":
		month = 2
	case "第3个月", "第3月":
		month = 3
	}
	in, r := Cycle{Months: 1}.inMonth(rest[g[1]:])
	if r != cycleFound {
		return in, r
	}
	return c.on(month, in.Day)
}

// inYear reads what follows 每年.
func (c Cycle) inYear(rest string) (Cycle, cycleResult) {
	if g := reAfterEnd.FindStringSubmatch(rest); g != nil {
		return c.on(1, atoi(g[1]))
	}
	const leap = 2000 // so that 每年2月29日 is a day
	found := scanDates(rest, leap)
	switch {
	case found.impossible:
		return Cycle{}, cycleImpossible
	case found.unclear || found.open:
		return Cycle{}, cycleUnclear
	case len(found.ends) > 1:
		return evenly(found.ends)
	case found.found:
		m, d := int(found.last.to.Month()), found.last.to.Day()
		if d == lastOf(leap, m) {
			d = 0
		}
		return c.on(m, d)
	}
	if g := reTenth.FindStringSubmatch(rest); g != nil && (g[1] == "初" || len(g[1]) > 3) {
		return Cycle{}, cycleUnclear
	}
	return c, cycleFound
}

// evenly makes one cycle of several dates of a year that lie evenly (每年6月、12月).
func evenly(ends []span) (Cycle, cycleResult) {
	slices.SortFunc(ends, func(a, b span) int { return a.to.Compare(b.to) })
	first := ends[0].to
	gap, last := 12/len(ends), first.Day() == lastOf(first.Year(), int(first.Month()))
	for i, e := range ends {
		same := e.to.Day() == first.Day() || last && e.to.Day() == lastOf(e.to.Year(), int(e.to.Month()))
		if len(ends)*gap != 12 || !same || int(e.to.Month()) != int(first.Month())+i*gap {
			return Cycle{}, cycleUnclear
		}
	}
	d := first.Day()
	if last {
		d = 0
	}
	return Cycle{Months: gap}.on(int(first.Month()), d)
}

// dayEn reads the day of an English cycle ("monthly by the 25th").
func (c Cycle) dayEn(s string) (Cycle, cycleResult) {
	if c.Months == 1 {
		if g := reEnDay.FindStringSubmatch(s); g != nil {
			return c.on(0, atoi(g[1]))
		}
		return c, cycleFound
	}
	const leap = 2000
	found := scanDates(s, leap)
	switch {
	case found.impossible:
		return Cycle{}, cycleImpossible
	case found.found && c.Months == 12:
		return c.on(int(found.last.to.Month()), found.last.to.Day()%lastOf(leap, int(found.last.to.Month())))
	case found.found || found.unclear:
		return Cycle{}, cycleUnclear
	}
	return c, cycleFound
}

func tenthDay(word string) int {
	if _, to := tenthOf(word, 0); to > 0 {
		return to
	}
	return 0
}

// on sets the month of the period and the day; the period's last month is 0.
func (c Cycle) on(month, d int) (Cycle, cycleResult) {
	if d > 31 || d < 0 || month > c.Months || c.Months == 12 && month > 0 && d > lastOf(2000, month) {
		return Cycle{}, cycleImpossible
	}
	if month == c.Months {
		month = 0
	}
	c.Month, c.Day = month, d
	return c, cycleFound
}

// length orders cycles: roughly the days from one due date to the next.
func (c Cycle) length() int { return c.Months*30 + c.Days }

// Next is the first due date on or after today.
func (c Cycle) Next(today time.Time) time.Time {
	if c.Days > 0 {
		return today.AddDate(0, 0, (c.weekday()-isoWeekday(today)+7)%7)
	}
	if c.Months == 0 {
		return time.Time{}
	}
	for p := c.period(today) - 1; ; p++ {
		if due := c.due(p); !due.Before(today) {
			return due
		}
	}
}

// Prior is the last due date before today.
func (c Cycle) Prior(today time.Time) time.Time {
	if c.Days > 0 {
		return today.AddDate(0, 0, -((isoWeekday(today)-c.weekday()-1+7)%7 + 1))
	}
	if c.Months == 0 {
		return time.Time{}
	}
	for p := c.period(today) + 1; ; p-- {
		if due := c.due(p); due.Before(today) {
			return due
		}
	}
}

// period numbers the periods since year 0.
func (c Cycle) period(t time.Time) int { return (t.Year()*12 + int(t.Month()) - 1) / c.Months }

// due is the due date in a period. A day that its month has not (31 June) is
// the month's last.
func (c Cycle) due(period int) time.Time {
	m := c.Month
	if m == 0 {
		m = c.Months
	}
	months := period*c.Months + m - 1
	y, mon := months/12, months%12+1
	d := lastOf(y, mon)
	if c.Day > 0 {
		d = min(c.Day, d)
	}
	return Date(y, mon, d)
}

func (c Cycle) weekday() int {
	if c.Day == 0 {
		return 7
	}
	return c.Day
}

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }
