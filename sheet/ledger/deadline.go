package ledger

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxDeadline is the length in characters up to which a text is read as a
// deadline. What is longer is a report in the wrong column; reading it costs the
// square of its length.
const maxDeadline = 500

// ParseDeadline reads a deadline's text. year completes dates that name none
// (0: such a date is unknown); today picks the next date of a recurring one.
//
// A cycle (每月25日前) comes before a date, a date before words like 长期坚持: what
// is due on a day stays due, whatever is kept up after it. What stands in
// brackets counts only if nothing outside does. 适时 and 立行立改 name no day and
// are therefore ongoing: never overdue, but stale when nothing happens. A cell
// that says that there is no date (无, 待定, 另行通知) has none. Terms that run from
// an event we do not know (15个工作日内), and days that do not exist (2月30日), are
// unknown.
func ParseDeadline(text string, year int, today time.Time) Deadline {
	d, _ := readDeadline(text, year, today)
	return d
}

// readDeadline is ParseDeadline that also tells whether the text names a day
// that does not exist.
func readDeadline(text string, year int, today time.Time) (d Deadline, impossible bool) {
	d = Deadline{Text: text, Kind: UnknownDeadline}
	if year < minYear || year > maxYear {
		year = 0
	}
	if day, ok := isoDate(text); ok {
		d.Kind, d.Due = DatedDeadline, day
		return d, false
	}
	if utf8.RuneCountInString(text) > maxDeadline {
		return d, false
	}
	s := foldDate(text)
	if noDeadline[strings.Trim(s, ".。;；,，")] {
		d.Kind = NoDeadline
		return d, false
	}
	outside, bracketed := cutBrackets(s)
	impossible = d.read(outside, year, today)
	if d.Kind == UnknownDeadline && !impossible && bracketed != "" {
		impossible = d.read(bracketed, year, today)
	}
	return d, impossible
}

// read understands folded text; d keeps its kind if it cannot.
func (d *Deadline) read(s string, year int, today time.Time) (impossible bool) {
	c, found := readCycle(s)
	switch found {
	case cycleFound:
		d.Kind, d.Every, d.Due = RecurringDeadline, c, c.next(today)
		return false
	case cycleImpossible:
		return true
	case cycleUnclear:
		return false
	}
	sc := scanDates(s, year)
	switch {
	case sc.impossible:
		return true
	case sc.unclear:
		return false
	case sc.found:
		d.Kind, d.Due = DatedDeadline, sc.last.to
	case ongoingWords.MatchString(s) || sc.open:
		d.Kind = OngoingDeadline
	case sc.weak:
		d.Kind, d.Due = DatedDeadline, sc.last.to
	}
	return false
}

// foldDate folds a text for reading dates.
func foldDate(text string) string {
	return strings.ReplaceAll(Arabic(fold(text)), "元月", "1月")
}

// noDeadline are the folded texts that say that there is no date.
var noDeadline = setOf("", "无", "-", "--", "—", "——", "/", "\\", "暂无", "无时限", "不限", "不限时", "无期限",
	"待定", "未定", "时间待定", "另行通知", "另行安排", "n/a", "na", "none", "tbd", "no deadline")

var ongoingWords = regexp.MustCompile(`长期|持续|常态|常年|经常|日常|不间断|常抓|动态|随时|实时|适时|及时|每日|每天|每个?工作日|` +
	`立行立改|即知即改|立知立改|边查边改|立即|即时|马上|贯穿|` +
	`\b(?:ongoing|continuous|continuously|continual|long[- ]term|permanent|rolling|as appropriate|as needed|` +
	`when appropriate|asap|as soon as possible|immediate|immediately|at once|daily|every day|each day)\b`)

// cutBrackets parts folded text into what stands outside brackets and inside.
func cutBrackets(s string) (outside, inside string) {
	if !strings.ContainsAny(s, "([【〔") {
		return s, ""
	}
	var out, in strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("([【〔", r):
			depth++
		case strings.ContainsRune(")]】〕", r):
			depth = max(depth-1, 0)
		case depth > 0:
			in.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	if strings.TrimSpace(out.String()) == "" {
		return in.String(), ""
	}
	return out.String(), in.String()
}

// isoDate is the quick way for cells that hold dates, which read 2006-01-02
// with or without a time of day.
func isoDate(s string) (time.Time, bool) {
	if len(s) < 10 || s[4] != '-' || s[7] != '-' || (len(s) > 10 && s[10] != ' ') {
		return time.Time{}, false
	}
	if len(s) > 10 {
		if _, err := time.Parse("15:04:05", (s[11:] + ":00")[:min(8, len(s[11:])+3)]); err != nil {
			return time.Time{}, false
		}
	}
	t, err := time.Parse(time.DateOnly, s[:10])
	return t, err == nil && t.Year() >= minYear && t.Year() <= maxYear
}

// Years outside these are no years of a ledger.
const (
	minYear = 1900
	maxYear = 2200
)

var reWrittenYear = regexp.MustCompile(`(\d{4,})\s*[年./-]`)

// whyImpossible is the sentence for a text that names an impossible day: one of
// a year that no ledger has, such as 9999年12月31日, or one that no calendar has.
func whyImpossible(text string) string {
	if g := reWrittenYear.FindStringSubmatch(fold(text)); g != nil && (g[1] < strconv.Itoa(minYear) || g[1] > strconv.Itoa(maxYear) || len(g[1]) > 4) {
		return "ledger.impossible_year"
	}
	return "ledger.impossible_date"
}

func setOf(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// days is the number of days from a to b.
func days(a, b time.Time) int { return int(b.Sub(a).Hours() / 24) }

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func lastOf(y, m int) int { return date(y, m+1, 0).Day() }
