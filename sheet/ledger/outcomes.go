package ledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
)

// Outcome is one of the 21 ways in which a request for disclosure ends in the
// yearly report (国办公开办函〔2021〕30号, table 三, rows （一） to （六）3).
type Outcome struct {
	Key  string // the name of the value in the register's outcome field
	Name string // as the form has it
}

// Outcomes are the 21 outcomes in the order of the form.
var Outcomes = []Outcome{
	{"granted", "予以公开"},
	{"partial", "部分公开"},
	{"state_secret", "属于国家秘密"},
	{"law_forbids", "其他法律行政法规禁止公开"},
	{"security", "危及“三安全一稳定”"},
	{"third_party", "保护第三方合法权益"},
	{"internal", "属于三类内部事务信息"},
	{"process", "属于四类过程性信息"},
	{"enforcement_file", "属于行政执法案卷"},
	{"query_matter", "属于行政查询事项"},
	{"not_held", "本机关不掌握相关政府信息"},
	{"not_existing_to_make", "没有现成信息需要另行制作"},
	{"still_unclear", "补正后申请内容仍不明确"},
	{"petition", "信访举报投诉类申请"},
	{"repeated", "重复申请"},
	{"publication", "要求提供公开出版物"},
	{"excessive", "无正当理由大量反复申请"},
	{"confirm_again", "要求行政机关确认或重新出具已获取信息"},
	{"not_corrected", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"},
	{"not_paid", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"},
	{"other_handling", "其他"},
}

// ApplicantKinds are the six kinds of applicants in the order of the form's
// columns: natural persons, then the five kinds of legal persons and other
// organisations.
var ApplicantKinds = []string{"person", "company", "research", "welfare", "legal", "other_body"}

// countsAs are values of the outcome field that count as another one: who
// withdraws is counted under 其他处理.
var countsAs = map[string]string{"withdrawn": "other_handling"}

// UnknownApplicant is the column of requests whose kind of applicant nobody
// stated, or in words that mean none.
const UnknownApplicant = ""

// YearOfRequests is what became of the requests for disclosure in one year, by
// kind of applicant. Of every kind New + CarriedIn = Settled + CarriedOn holds,
// where Settled is the sum of Outcomes and the requests in Unmapped.
type YearOfRequests struct {
	Year      int
	New       map[string]int            // received in the year
	CarriedIn map[string]int            // received before, and not settled when it began
	Outcomes  map[string]map[string]int // outcome → kind of applicant → number settled in the year
	CarriedOn map[string]int            // not settled when it ended
	// Unmapped are settled requests whose words mean none of the 21 outcomes, and
	// Undated settled requests without a year; they are counted nowhere.
	Unmapped []*Entry
	Undated  []*Entry
	// The requests that were counted: as settled in the year, as carried into it
	// and out of it, and those among them whose kind of applicant is not known.
	SettledRows, CarriedInRows, CarriedOnRows, UnknownKind []*Entry
}

// YearOfRequests counts the register of requests for a year. A request is new in
// the year in which it came in, and settled in that of its reply; one that ended
// without a reply (withdrawn, not corrected) is settled in the year of its last
// date. The count is as of the year's end, or today where the year still runs.
func (l *Ledger) YearOfRequests(year int) YearOfRequests {
	y := YearOfRequests{Year: year, New: map[string]int{}, CarriedIn: map[string]int{},
		Outcomes: map[string]map[string]int{}, CarriedOn: map[string]int{}}
	for _, o := range Outcomes {
		y.Outcomes[o.Key] = map[string]int{}
	}
	r := l.Register("requests")
	if r == nil {
		return y
	}
	for _, e := range r.Entries {
		y.add(l, e)
	}
	return y
}

func (y *YearOfRequests) add(l *Ledger, e *Entry) {
	came := e.came(l)
	if came == 0 {
		y.Undated = append(y.Undated, e)
		return
	}
	settled, is := e.SettledIn(l)
	kind := e.Value("applicant_kind")
	switch {
	case came > y.Year || is && settled < y.Year:
		return // another year's business
	case is && settled == 0:
		y.Undated = append(y.Undated, e)
		return
	case came == y.Year:
		y.New[kind]++
	default:
		y.CarriedIn[kind]++
		y.CarriedInRows = append(y.CarriedInRows, e)
	}
	if kind == UnknownApplicant {
		y.UnknownKind = append(y.UnknownKind, e)
	}
	if !is || settled > y.Year {
		y.CarriedOn[kind]++
		y.CarriedOnRows = append(y.CarriedOnRows, e)
		return
	}
	y.SettledRows = append(y.SettledRows, e)
	outcome := e.Outcome()
	if outcome == "" {
		y.Unmapped = append(y.Unmapped, e)
		return
	}
	y.Outcomes[outcome][kind]++
}

// Outcome is the outcome of a request for the yearly report, "" if its words
// mean none of the 21.
func (e *Entry) Outcome() string {
	v := e.Value("outcome")
	if other, ok := countsAs[v]; ok {
		v = other
	}
	if slices.ContainsFunc(Outcomes, func(o Outcome) bool { return o.Key == v }) {
		return v
	}
	return ""
}

// PastYear is the year that papers at the year's end are about: the ledger's own where
// it states one, else until March's end the year before, then this.
func (l *Ledger) PastYear() int {
	if l.YearStated || l.Today.IsZero() {
		return l.Year
	}
	if l.Today.Month() <= 3 {
		return l.Today.Year() - 1
	}
	return l.Today.Year()
}

// came is the year in which a request came in, 0 if nobody knows.
func (e *Entry) came(l *Ledger) int {
	for _, f := range []string{"received", "started"} {
		if d := l.DayOf(e, f); !d.IsZero() {
			return d.Year()
		}
	}
	return 0
}

// SettledIn tells whether a row is settled, and in which year; 0 if nobody
// knows.
func (e *Entry) SettledIn(l *Ledger) (year int, is bool) {
	c := e.Main()
	if c == nil || !c.Finished() {
		return 0, false
	}
	if !c.Until.IsZero() {
		return c.Until.Year(), true
	}
	var last time.Time
	for i := range e.Def.Fields {
		if f := &e.Def.Fields[i]; f.Type == DateField && f.Name != c.Def.Due {
			if d := l.DayOf(e, f.Name); d.After(last) && !d.After(l.Today) {
				last = d
			}
		}
	}
	return last.Year(), !last.IsZero()
}

// Day is a text as a day, zero if it is none.
func (l *Ledger) Day(text string) time.Time {
	if text = strings.TrimSpace(text); text == "" {
		return time.Time{}
	}
	if d := due.Parse(text, l.Year, l.Today); d.IsDay() {
		return d.Due
	}
	return time.Time{}
}

// Total is the sum over all kinds of applicants.
func Total(byKind map[string]int) (n int) {
	for _, v := range byKind {
		n += v
	}
	return n
}

// Settled is the number of requests settled in the year, with those whose words
// mean none of the outcomes.
func (y YearOfRequests) Settled() int {
	n := len(y.Unmapped)
	for _, byKind := range y.Outcomes {
		n += Total(byKind)
	}
	return n
}
