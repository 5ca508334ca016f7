package due

import "time"

// Date is the UTC midnight of a day; every day of this package is one.
func Date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// UTCDay is the UTC midnight of the day that t shows in its own time zone; the
// zero time stays zero.
func UTCDay(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return Date(t.Year(), int(t.Month()), t.Day())
}

// Days is the number of days from a to b; negative if b is before a.
func Days(a, b time.Time) int { return int((b.Unix() - a.Unix()) / (24 * 60 * 60)) }

// lastOf is the last day of a month.
func lastOf(year, month int) int { return Date(year, month+1, 0).Day() }
