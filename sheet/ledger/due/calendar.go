package due

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"taizhang/seeds"
)

// Calendar tells working days from rest days. It knows the years whose
// notice it has; of other years it knows the weekends only, and KnowsYear says
// so. A Calendar is immutable and may be used concurrently.
type Calendar struct {
	notices []Notice
	days    map[int]Holiday // by number of the day
	worked  []int32         // worked[i]: working days among the first i days from 1 January of MinYear
}

// Notice is one yearly notice of the State Council on days off.
type Notice struct {
	Year     int
	Compared bool   // somebody has compared it with its printed text
	Title    string // 国务院办公厅关于…的通知
	Issued   string // its number and date; "" if not known
	Days     []Holiday
}

// Holiday is a day that is no ordinary day: a day off, or a working weekend.
type Holiday struct {
	Date time.Time
	Name string
	Off  bool
}

// Official is the calendar of the notices that come with the program.
func Official() *Calendar { return official() }

var official = sync.OnceValue(func() *Calendar {
	notices, err := parseNotices(seeds.Holidays)
	if err != nil {
		panic(err) // the text is part of the program, and a test reads it
	}
	return NewCalendar(notices, nil)
})

// NewCalendar is the calendar of notices and of an office's own days, which
// stand above the notices. Own days do not make a year known: a local rest day
// says nothing of the rest of the year.
func NewCalendar(notices []Notice, own []Holiday) *Calendar {
	c := &Calendar{notices: slices.Clone(notices), days: map[int]Holiday{}}
	for _, n := range notices {
		for _, h := range n.Days {
			c.days[number(h.Date)] = h
		}
	}
	for _, h := range own {
		c.days[number(h.Date)] = h
	}
	n := int32(0)
	c.worked = make([]int32, 1, numberOf(MaxYear+1)+1)
	for i := range numberOf(MaxYear + 1) {
		if c.isWorkday(i) {
			n++
		}
		c.worked = append(c.worked, n)
	}
	return c
}

// With is the calendar with an office's own days above its own.
func (c *Calendar) With(own []Holiday) *Calendar {
	if len(own) == 0 {
		return c
	}
	days := make([]Holiday, 0, len(c.days)+len(own))
	for _, h := range c.days {
		days = append(days, h)
	}
	return NewCalendar(c.notices, append(days, own...))
}

// Notices are the notices that the calendar knows, by year.
func (c *Calendar) Notices() []Notice { return slices.Clone(c.notices) }

// KnowsYear reports whether the calendar has the notice of a year. Days of
// another year are counted by weekends alone, which is a guess.
func (c *Calendar) KnowsYear(year int) bool {
	return slices.ContainsFunc(c.notices, func(n Notice) bool { return n.Year == year })
}

// Compared reports whether the notice of a year is known and was compared with
// its printed text.
func (c *Calendar) Compared(year int) bool {
	return slices.ContainsFunc(c.notices, func(n Notice) bool { return n.Year == year && n.Compared })
}

// knowsAll reports whether every year from that of a to that of b is known.
func (c *Calendar) knowsAll(a, b time.Time) bool {
	for y := a.Year(); y <= b.Year(); y++ {
		if !c.KnowsYear(y) {
			return false
		}
	}
	return true
}

// IsWorkday reports whether day is a working day.
func (c *Calendar) IsWorkday(day time.Time) bool { return c.isWorkday(number(day)) }

func (c *Calendar) isWorkday(n int) bool {
	if h, ok := c.days[n]; ok {
		return !h.Off
	}
	return isWeekday(n)
}

// Holiday is what the calendar says of a day that is no ordinary one.
func (c *Calendar) Holiday(day time.Time) (Holiday, bool) {
	h, ok := c.days[number(day)]
	return h, ok
}

// AddWorkdays is the n-th working day after day, which itself is not counted.
// With n 0 it is day itself. Beyond the last year it is the last day there is.
func (c *Calendar) AddWorkdays(day time.Time, n int) time.Time {
	if n <= 0 {
		return day
	}
	from := clamp(number(day)+1, len(c.worked)-1)
	want := c.worked[from] + int32(min(n, len(c.worked)))
	i := from + sort.Search(len(c.worked)-1-from, func(i int) bool { return c.worked[from+i+1] >= want })
	return dayNumbered(min(i, len(c.worked)-2))
}

// Workdays is the number of working days after a, up to and including b;
// negative if b is before a.
func (c *Calendar) Workdays(a, b time.Time) int {
	last := len(c.worked) - 1
	return int(c.worked[clamp(number(b)+1, last)] - c.worked[clamp(number(a)+1, last)])
}

// Roll is day if it is a working day, else the next one.
func (c *Calendar) Roll(day time.Time) time.Time {
	if c.IsWorkday(day) {
		return day
	}
	return c.AddWorkdays(day, 1)
}

// AddMonths is the corresponding day n months after day, or the last day of
// that month if it has no such day (《民法典》第二百零二条).
func AddMonths(day time.Time, n int) time.Time {
	months := day.Year()*12 + int(day.Month()) - 1 + n
	y, m := months/12, months%12+1
	return Date(y, m, min(day.Day(), lastOf(y, m)))
}

// number counts days from 1 January of MinYear.
func number(day time.Time) int { return Days(firstDay, day) }

func numberOf(year int) int { return number(Date(year, 1, 1)) }

func dayNumbered(n int) time.Time { return firstDay.AddDate(0, 0, n) }

var firstDay = Date(MinYear, 1, 1)

func clamp(n, last int) int { return max(0, min(n, last)) }

// isWeekday: 1 January 1900 was a Monday.
func isWeekday(n int) bool { return (n%7+7)%7 < 5 }

// parseNotices reads the text of seeds/holidays.
func parseNotices(text string) ([]Notice, error) {
	var out []Notice
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		n, err := parseNotice(line)
		if err != nil {
			return nil, fmt.Errorf("holidays, line %d: %w", i+1, err)
		}
		out = append(out, n)
	}
	return out, nil
}

func parseNotice(line string) (n Notice, err error) {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	if len(f) != 6 {
		return n, fmt.Errorf("%d columns, not 6", len(f))
	}
	if n.Year, err = strconv.Atoi(f[0]); err != nil {
		return n, err
	}
	switch f[1] {
	case "compared":
		n.Compared = true
	case "pending":
	default:
		return n, fmt.Errorf("%q is neither compared nor pending", f[1])
	}
	n.Title, n.Issued = f[2], f[3]
	for i, off := range []bool{true, false} {
		for item := range strings.SplitSeq(f[4+i], ",") {
			days, err := parseDays(strings.TrimSpace(item), n.Year, off)
			if err != nil {
				return n, err
			}
			n.Days = append(n.Days, days...)
		}
	}
	return n, nil
}

// parseDays reads "2018-12-30..01-01 元旦" or "09-29".
func parseDays(item string, year int, off bool) (out []Holiday, err error) {
	span, name, _ := strings.Cut(item, " ")
	first, last, ranged := strings.Cut(span, "..")
	if !ranged {
		last = first
	}
	var ends [2]time.Time
	for i, s := range []string{first, last} {
		if strings.Count(s, "-") == 1 {
			s = fmt.Sprintf("%d-%s", year, s)
		}
		if ends[i], err = time.Parse(time.DateOnly, s); err != nil {
			return nil, err
		}
	}
	if ends[1].Before(ends[0]) || Days(ends[0], ends[1]) > 30 {
		return nil, fmt.Errorf("%q is no span of days", span)
	}
	for d := ends[0]; !d.After(ends[1]); d = d.AddDate(0, 0, 1) {
		out = append(out, Holiday{Date: d, Name: name, Off: off})
	}
	return out, nil
}
