package bulletin

import (
	"strconv"
	"time"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/msg"
	"taizhang/sheet/report/paper"
)

// Period is a span of days, both ends included, each UTC midnight.
type Period struct {
	From, To time.Time
	kind     periodKind
}

type periodKind int

const (
	someDays periodKind = iota
	aMonth
	aQuarter
	aYear
)

// Month is a month of a year.
func Month(year, month int) Period {
	return Period{due.Date(year, month, 1), due.Date(year, month+1, 1).AddDate(0, 0, -1), aMonth}
}

// Quarter is a quarter of a year, from 1 to 4.
func Quarter(year, quarter int) Period {
	first := 3*quarter - 2
	return Period{due.Date(year, first, 1), due.Date(year, first+3, 1).AddDate(0, 0, -1), aQuarter}
}

// Days is any span of days. A whole month, quarter or year is called so.
func Days(from, to time.Time) Period {
	y, m := from.Year(), int(from.Month())
	if from.Day() == 1 {
		switch whole := to.AddDate(0, 0, 1); {
		case whole.Equal(due.Date(y, m+1, 1)):
			return Month(y, m)
		case m%3 == 1 && whole.Equal(due.Date(y, m+3, 1)):
			return Quarter(y, m/3+1)
		case m == 1 && whole.Equal(due.Date(y+1, 1, 1)):
			return Period{from, to, aYear}
		}
	}
	return Period{From: from, To: to}
}

// LastMonth is the last month that is over on a day, or ends on it.
func LastMonth(today time.Time) Period {
	next := today.AddDate(0, 0, 1) // on the last day of a month the month counts
	return Month(next.Year(), int(next.Month())-1)
}

// Before is the period before: the month before a month, as many days before
// any others.
func (p Period) Before() Period {
	switch p.kind {
	case aMonth:
		return Month(p.From.Year(), int(p.From.Month())-1)
	case aQuarter:
		first := p.From.AddDate(0, -3, 0)
		return Quarter(first.Year(), (int(first.Month())+2)/3)
	case aYear:
		return Period{p.From.AddDate(-1, 0, 0), p.From.AddDate(0, 0, -1), aYear}
	}
	days := due.Days(p.From, p.To) + 1
	return Period{p.From.AddDate(0, 0, -days), p.From.AddDate(0, 0, -1), someDays}
}

// Name is what the period is called.
func (p Period) Name(lang msg.Lang) string {
	year, month, quarter := p.From.Year(), strconv.Itoa(int(p.From.Month())), (int(p.From.Month())+2)/3
	number := due.Chinese(quarter)
	if lang == msg.EN {
		month, number = p.From.Month().String(), strconv.Itoa(quarter)
	}
	switch p.kind {
	case aMonth:
		return msg.Say(lang, "bulletin.month", "Year", year, "Month", month)
	case aQuarter:
		return msg.Say(lang, "bulletin.quarter", "Year", year, "Quarter", number)
	case aYear:
		return msg.Say(lang, "bulletin.year", "Year", year)
	}
	return msg.Say(lang, "bulletin.days", "From", paper.Day(p.From, lang), "To", paper.Day(p.To, lang))
}

// has reports whether a day is in the period.
func (p Period) has(day time.Time) bool { return !day.Before(p.From) && !day.After(p.To) }
