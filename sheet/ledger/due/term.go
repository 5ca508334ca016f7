package due

import (
	"fmt"
	"regexp"
	"strings"
)

// Unit is what a term counts.
type Unit string

const (
	Workdays     Unit = "workdays" // working days
	CalendarDays Unit = "days"     // calendar days; the last one rolls to a working day
	Months       Unit = "months"   // to the corresponding day, which rolls to a working day
)

// Term is a length of time as laws and settings write it. The zero Term is none.
type Term struct {
	N    int
	Unit Unit
}

// IsZero reports whether there is no term.
func (t Term) IsZero() bool { return t.N == 0 }

// String is the term as [ParseTerm] reads it.
func (t Term) String() string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprint(t.N, " ", string(t.Unit))
}

var (
	reTerm = regexp.MustCompile(`^(\d{1,4}) ?(?:个)?(工作日|日|天|周|星期|月|季度|年|` +
		`workdays?|working days?|days?|weeks?|months?|years?)(?:[之以]?内|前)?$`)
	reHalfYear = regexp.MustCompile(`^半年(?:[之以]?内)?$`)
)

// maxTerm bounds what a term can be; no law gives anybody more than ten years.
const maxTerm = 3660

// ParseTerm reads "20 workdays", 20个工作日, "2 weeks", 3个月, 半年.
func ParseTerm(text string) (Term, bool) {
	s := foldDate(text)
	if reHalfYear.MatchString(s) {
		return Term{6, Months}, true
	}
	g := reTerm.FindStringSubmatch(s)
	if g == nil {
		return Term{}, false
	}
	return termOf(atoi(g[1]), g[2])
}

func termOf(n int, unit string) (Term, bool) {
	t := Term{n, Months}
	switch strings.TrimSuffix(unit, "s") {
	case "工作日", "workday", "working day":
		t.Unit = Workdays
	case "日", "天", "day":
		t.Unit = CalendarDays
	case "周", "星期", "礼拜", "week":
		t = Term{7 * n, CalendarDays}
	case "旬":
		t = Term{10 * n, CalendarDays}
	case "季", "季度":
		t.N *= 3
	case "半年":
		t.N *= 6
	case "年", "year":
		t.N *= 12
	}
	if t.N <= 0 || t.N > maxTerm {
		return Term{}, false
	}
	return t, true
}

var (
	reCycleN = regexp.MustCompile(
		`(?:每隔?|不超过|至少|最长|最多)?(\d{1,3})个?(工作日|日|天|周|星期|礼拜|旬|月|季度?|半年|年)(?:[之以]?内|[至不]?少?更?新?1?次?)`)
	reCycleOne = regexp.MustCompile(
		`(?:每|逐|按|当)个?(工作日|日|天|周|星期|礼拜|旬|月|季度?|半年|年)|^(工作日|日|天|周|旬|月|季度?|半年|年)度?(?:更新|1次|更|报)?$`)
	reCycleBy = regexp.MustCompile(`^(半年|年|周|月|季)(?:度|内|之内|以内)?$|半年`)
)

// CycleTerm reads how often something has to be renewed as the longest time
// that may pass: 每周至少2条 is a week, 两周内 two, 每季度 three months, and a text
// without a number (及时, 有变化时更新) none.
func CycleTerm(text string) (Term, bool) {
	s := foldDate(text)
	switch s {
	case "daily":
		return Term{1, CalendarDays}, true
	}
	if g := reEnEvery.FindStringSubmatch(s); g != nil {
		unit := g[1] + g[2]
		if n := cycleMonths[unit]; n > 0 {
			return Term{n, Months}, true
		}
		return Term{7, CalendarDays}, true
	}
	var best Term
	take := func(t Term, ok bool) {
		if ok && (best.IsZero() || t.length() < best.length()) {
			best = t
		}
	}
	if g := reCycleOne.FindStringSubmatch(s); g != nil {
		take(termOf(1, g[1]+g[2]))
	}
	if best.IsZero() {
		for _, g := range reCycleN.FindAllStringSubmatch(s, -1) {
			take(termOf(atoi(g[1]), g[2]))
		}
	}
	if best.IsZero() && reCycleBy.MatchString(s) {
		take(termOf(1, strings.TrimRight(reCycleBy.FindString(s), "度内之以")))
	}
	if best.IsZero() {
		take(ParseTerm(text))
	}
	return best, !best.IsZero()
}

// length orders terms: roughly their days.
func (t Term) length() int {
	switch t.Unit {
	case Months:
		return t.N * 30
	case Workdays:
		return t.N * 7 / 5
	}
	return t.N
}
