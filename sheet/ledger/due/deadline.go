package due

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"taizhang/sheet/ledger/internal/fold"
)

// Kind is what sort of deadline a text states.
type Kind string

const (
	Dated     Kind = "date"
	Recurring Kind = "recurring"
	Ongoing   Kind = "ongoing"
	None      Kind = "none"    // the text is empty, or says that there is no date: 待定
	Unknown   Kind = "unknown" // it says something we cannot read
)

// Deadline is a deadline's text and what it means.
type Deadline struct {
	Text string
	Kind Kind
	// Due is UTC midnight: of a date its last possible day, of a recurring
	// deadline the next one on or after today; zero if there is none.
	Due time.Time
	// From is the first day that a date can mean: 6月 is 1 to 30 June; zero if
	// the deadline is no date.
	From time.Time
	// Every is the cycle of a recurring deadline.
	Every Cycle
	// Fault is set where the text names a day that does not exist; Kind is then
	// Unknown.
	Fault Fault
	// Slip is set where letters stand behind the date that say nothing: 6月底c.
	Slip bool
}

// IsDay reports whether the deadline names a single day.
func (d Deadline) IsDay() bool { return d.Kind == Dated && d.From.Equal(d.Due) }

// Fault is why a text that looks like a date is none.
type Fault uint8

const (
	NoFault    Fault = iota
	NoSuchDay        // 2月30日
	NoSuchYear       // a year outside MinYear to MaxYear: 9999年12月31日
)

// maxDeadline is the length in characters up to which a text is read as a
// deadline. What is longer is a report in the wrong column; reading it costs the
// square of its length.
const maxDeadline = 500

// Parse reads a deadline's text. year completes dates that name none
// (0: such a date is unknown); today picks the next date of a recurring one.
//
// A cycle (每月25日前) comes before a date, a date before words like 长期坚持: what
// is due on a day stays due, whatever is kept up after it. What stands in
// brackets counts only if nothing outside does. 适时 and 立行立改 name no day and
// are therefore ongoing: never overdue, but stale when nothing happens. A cell
// that says that there is no date (无, 待定, 另行通知) has none. Days of the traditional
// calendar (农历八月十五) are unknown: no table here turns them into dates. Terms that run from
// an event we do not know (15个工作日内), and days that do not exist (2月30日), are
// unknown.
func Parse(text string, year int, today time.Time) Deadline {
	d := Deadline{Text: text, Kind: Unknown}
	if year < MinYear || year > MaxYear {
		year = 0
	}
	if day, ok := isoDate(text); ok {
		d.Kind, d.From, d.Due = Dated, day, day
		return d
	}
	if utf8.RuneCountInString(text) > maxDeadline {
		return d
	}
	if reLunar.MatchString(fold.Text(text)) {
		return d
	}
	s := spellOut(foldDate(namedDays(text)))
	if noDeadline[strings.Trim(s, ".。;；,，")] {
		d.Kind = None
		return d
	}
	outside, bracketed := cutBrackets(s)
	impossible := d.read(outside, year, today)
	if d.Kind == Unknown && !impossible && bracketed != "" {
		impossible = d.read(bracketed, year, today)
	}
	if impossible {
		d.Fault = faultOf(text)
	}
	return d
}

// read understands folded text; d keeps its kind if it cannot.
func (d *Deadline) read(s string, year int, today time.Time) (impossible bool) {
	c, found := readCycle(s)
	switch found {
	case cycleFound:
		d.Kind, d.Every, d.Due = Recurring, c, c.Next(today)
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
		d.Kind, d.From, d.Due, d.Slip = Dated, sc.last.from, sc.last.to, reSlip.MatchString(s)
	case ongoingWords.MatchString(s) || sc.open:
		d.Kind = Ongoing
	case sc.weak:
		d.Kind, d.From, d.Due = Dated, sc.last.from, sc.last.to
	}
	return false
}

// foldDate folds a text for reading dates.
func foldDate(text string) string {
	return strings.ReplaceAll(Arabic(fold.Text(text)), "元月", "1月")
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
	return t, err == nil && t.Year() >= MinYear && t.Year() <= MaxYear
}

// Years outside these are no years of a ledger.
const (
	MinYear = 1900
	MaxYear = 2200
)

var reWrittenYear = regexp.MustCompile(`(\d{4,})\s*[年./-]`)

// faultOf is what is wrong with a text that names an impossible day.
func faultOf(text string) Fault {
	g := reWrittenYear.FindStringSubmatch(fold.Text(text))
	if g != nil && (g[1] < strconv.Itoa(MinYear) || g[1] > strconv.Itoa(MaxYear) || len(g[1]) > 4) {
		return NoSuchYear
	}
	return NoSuchDay
}

func setOf(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
