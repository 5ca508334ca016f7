package ledger

import (
	"slices"
	"strings"
	"time"

	"taizhang/sheet/ledger/due"
)

// Registers are full of days without a year (9-8, 9月8日, 12.20), and they run over
// the turn of the year: a request of 12-20 is answered on 1-5. Such a day belongs to
// the year
//
//   - that puts it behind the dates before it in its row, and before those behind it;
//   - else that brings the row's first date next to that of the nearest row whose
//     first date names its year;
//   - else that of the ledger, or the one before if the day is still to come and
//     lies closer in the past.
//
// The fields of a register stand in the order in which their days come.

// outOfOrder is how far a day may lie on the wrong side of its neighbour: people
// correct dates, and write the day of a letter beside that of its arrival.
const outOfOrder = 60

// ShortDay is the day of a date field that names no year; ok is false for all others.
func (e *Entry) ShortDay(field string) (day time.Time, ok bool) {
	day, ok = e.days[field]
	return day, ok
}

// DayOf is the day of a date field of a row, zero if it holds none.
func (l *Ledger) DayOf(e *Entry, field string) time.Time {
	if d, ok := e.days[field]; ok {
		return d
	}
	return l.Day(e.Get(field))
}

// shortDays gives the days without a year in the rows of a table their year.
func (b *builder) shortDays(def *RegisterDef, rows []Entry, cols columns) {
	var fields []string
	for i := range def.Fields {
		if f := &def.Fields[i]; f.Type == DateField && f.Name != dueField(def) {
			if _, ok := cols[f.Name]; ok {
				fields = append(fields, f.Name)
			}
		}
	}
	if d := dueField(def); d != "" {
		if _, ok := cols[d]; ok {
			fields = append(fields, d) // people also type terms there, so it says least about the others
		}
	}
	at := func(e *Entry, field string) string {
		if i := cols[field]; i < len(e.Row.Values) {
			return strings.TrimSpace(e.Row.Values[i])
		}
		return ""
	}
	var near []time.Time // beside every row the first date with a year of the nearest row that has one
	for i := range rows {
		e := &rows[i]
		for _, f := range fields {
			if _, _, short := due.MonthDay(at(e, f)); !short {
				continue
			}
			if near == nil {
				near = nearest(len(rows), func(j int) time.Time { return b.firstDay(&rows[j], fields, at) })
			}
			b.shortDaysOf(e, fields, at, near[i])
			break
		}
	}
}

// dueField is the field with the due day that people type; "" if there is none.
func dueField(def *RegisterDef) string {
	for _, c := range def.Clocks {
		if c.Due != "" {
			return c.Due
		}
	}
	return ""
}

// firstDay is the first date of a row that names its year.
func (b *builder) firstDay(e *Entry, fields []string, at func(*Entry, string) string) time.Time {
	for _, f := range fields {
		if d := b.fullDay(at(e, f)); !d.IsZero() {
			return d
		}
	}
	return time.Time{}
}

// fullDay is a text as a day whose year it names.
func (b *builder) fullDay(text string) time.Time {
	if text == "" || !namesYear(text) {
		return time.Time{}
	}
	if d := b.date(text); d.IsDay() {
		return d.Due
	}
	return time.Time{}
}

// namesYear reports whether a text holds four digits in a row, in whatever script.
func namesYear(s string) bool {
	n := 0
	for _, r := range due.Arabic(s) {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			if n++; n == 4 {
				return true
			}
			continue
		}
		n = 0
	}
	return false
}

// nearest gives every row the day of the nearest row for which of returns one; of
// two rows as near, that of the one above. Zero if there is none.
func nearest(rows int, of func(row int) time.Time) []time.Time {
	out, far := make([]time.Time, rows), make([]int, rows)
	last := -1
	for i := range rows {
		if d := of(i); !d.IsZero() {
			out[i], last = d, i
		} else if last >= 0 {
			out[i], far[i] = out[last], i-last
		}
	}
	last = -1
	for i := rows - 1; i >= 0; i-- {
		switch {
		case far[i] == 0 && !out[i].IsZero():
			last = i
		case last >= 0 && (out[i].IsZero() || last-i < far[i]):
			out[i] = out[last]
		}
	}
	return out
}

// shortDaysOf resolves the days of a row; near is the date of its nearest neighbour.
func (b *builder) shortDaysOf(e *Entry, fields []string, at func(*Entry, string) string, near time.Time) {
	days := make([]time.Time, len(fields))
	anchor := -1
	for k, f := range fields {
		if days[k] = b.fullDay(at(e, f)); anchor < 0 && !days[k].IsZero() {
			anchor = k
		}
	}
	e.days = map[string]time.Time{}
	set := func(k int, day time.Time) {
		if !day.IsZero() { // 2-29 of a year that has none
			days[k] = day
			e.days[fields[k]] = day
		}
	}
	short := func(k int) (month, day int, ok bool) { return due.MonthDay(at(e, fields[k])) }
	assumed := false
	if anchor < 0 {
		for k := range fields {
			m, d, ok := short(k)
			if !ok {
				continue
			}
			if set(k, b.firstShort(m, d, near)); !days[k].IsZero() {
				anchor, assumed = k, days[k].Year() != b.l.Year
				break
			}
		}
	}
	if anchor < 0 {
		return
	}
	// From the anchor on each day lies behind the last one before it; before it,
	// each lies before the next.
	last := days[anchor]
	for k := anchor + 1; k < len(fields); k++ {
		if m, d, ok := short(k); ok {
			from := last.AddDate(0, 0, -outOfOrder)
			if fields[k] == dueField(e.Def) { // what was answered late was not due after it
				from = days[slices.IndexFunc(days, func(d time.Time) bool { return !d.IsZero() })]
			}
			set(k, onOrAfter(from, m, d))
		}
		if !days[k].IsZero() && days[k].After(last) {
			last = days[k]
		}
	}
	for k := anchor - 1; k >= 0; k-- {
		if m, d, ok := short(k); ok {
			next := days[anchor]
			set(k, onOrAfter(next.AddDate(-1, 0, outOfOrder), m, d))
		}
	}
	if assumed {
		f := fields[anchor]
		b.log.warn(e.Table, e.Row, f, "short day", "ledger.register_year", "Text", at(e, f), "Day",
			days[anchor].Format(time.DateOnly))
	}
}

// firstShort gives the first day of a row its year where only month and day are
// known; zero if the year has no such day.
func (b *builder) firstShort(month, day int, near time.Time) time.Time {
	if !near.IsZero() {
		return onOrAfter(near.AddDate(0, 0, -182), month, day)
	}
	at := onOrAfter(due.Date(b.l.Year, 1, 1), month, day)
	before := onOrAfter(due.Date(b.l.Year-1, 1, 1), month, day)
	today := b.l.Today
	if !before.IsZero() && at.After(today) && due.Days(before, today) < due.Days(today, at) {
		return before
	}
	return at
}

// onOrAfter is the day of that month and day in the year that begins with from; zero
// if there is none.
func onOrAfter(from time.Time, month, day int) time.Time {
	for _, y := range []int{from.Year(), from.Year() + 1} {
		d := due.Date(y, month, day)
		if int(d.Month()) == month && !d.Before(from) && d.Before(from.AddDate(1, 0, 0)) {
			return d
		}
	}
	return time.Time{}
}
