package ledger

import (
	"regexp"
	"strings"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/ledger/internal/fold"
	"taizhang/sheet/table"
)

// Fields of the holidays sheet (节假日), which adds an office's own days to those
// of the State Council's notices.
const (
	HolidayDate  = "date"
	HolidayName  = "name"
	HolidayState = "state" // 放假 or 上班
)

// calendar is the calendar of the yearly notices with the days of the settings
// and of the holidays sheet.
func (b *builder) calendar() *due.Calendar {
	own := b.opt.Holidays
	for _, t := range b.kind(KindHolidays) {
		for i := range t.Rows {
			own = append(own[:len(own):len(own)], b.holidays(t, &t.Rows[i])...)
		}
	}
	return due.Official().With(own)
}

// holidayState reads 放假 and 上班.
func holidayState(text string) (off, ok bool) {
	s := fold.Text(text)
	switch {
	case strings.Contains(s, "班") || strings.Contains(s, "工作") || s == "work" || s == "working day":
		return false, true
	case strings.Contains(s, "休") || strings.Contains(s, "假") || s == "off" || s == "holiday":
		return true, true
	}
	return false, false
}

// reDayRange is a span of days: 10月1日至10月7日.
var reDayRange = regexp.MustCompile(`^(.+?)(?:至|到|~|～|—+|–)`)

// maxHoliday is the longest span of days that one row may give.
const maxHoliday = 40

func (b *builder) holidays(t *table.Table, r *table.Row) (out []due.Holiday) {
	text := strings.TrimSpace(t.Get(r, HolidayDate))
	d := b.date(text)
	first := d.From
	if g := reDayRange.FindStringSubmatch(text); g != nil && b.date(g[1]).IsDay() {
		first = b.date(g[1]).Due
	}
	switch {
	case text == "":
		return nil
	case d.Fault != due.NoFault:
		b.log.warnImpossible(t, r, HolidayDate, d)
		return nil
	case d.Kind != due.Dated:
		b.log.warn(t, r, HolidayDate, text, "ledger.unknown_date", "Text", text)
		return nil
	}
	h := due.Holiday{Name: strings.TrimSpace(t.Get(r, HolidayName)), Off: true}
	if state := t.Get(r, HolidayState); strings.TrimSpace(state) != "" {
		off, ok := holidayState(state)
		if !ok {
			b.log.warn(t, r, HolidayState, state, "ledger.holiday_state", "Text", state)
			return nil
		}
		h.Off = off
	}
	if n := due.Days(first, d.Due); n < 0 || n >= maxHoliday {
		b.log.warn(t, r, HolidayDate, text, "ledger.unknown_date", "Text", text)
		return nil
	}
	for day := first; !day.After(d.Due); day = day.AddDate(0, 0, 1) {
		h.Date = day
		out = append(out, h)
	}
	return out
}
