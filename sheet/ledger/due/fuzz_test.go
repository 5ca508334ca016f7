package due

import (
	"strings"
	"testing"
	"time"

	"taizhang/seeds"
)

// Whatever is typed for a term or a cycle: what is read is a term that [ParseTerm]
// reads again, no longer than ten years.
func FuzzTerm(f *testing.F) {
	for _, s := range []string{"20 workdays", "20个工作日", "2 weeks", "半年", "每周至少2条", "两周内", "每季度", "及时", "daily",
		"每隔3个月更新1次", "１５日内", "99999999999999999999天", "7000天"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, read := range []func(string) (Term, bool){ParseTerm, CycleTerm} {
			term, ok := read(text)
			if ok == term.IsZero() && ok || term.N < 0 || term.N > maxTerm {
				t.Fatalf("%q: %+v %v", text, term, ok)
			}
			if again, is := ParseTerm(term.String()); ok && (!is || again != term) {
				t.Fatalf("%q: %+v comes back as %+v", text, term, again)
			}
		}
	})
}

// A text of notices is refused, or gives a calendar whose days follow it.
func FuzzNotices(f *testing.F) {
	_, first, _ := strings.Cut(seeds.Holidays, "\n20")
	line, _, _ := strings.Cut(first, "\n")
	f.Add("20" + line)
	f.Add("2022 | compared | a | b | 2021-12-30..01-02 元旦 | 01-04")
	f.Add("2022|pending|||12-31..01-01 甲,05-01|09-29, 2022-10-08 国庆节")
	f.Fuzz(func(t *testing.T, text string) {
		notices, err := parseNotices(text)
		if err != nil {
			return
		}
		c := NewCalendar(notices, nil)
		last := map[int]Holiday{}
		for _, n := range notices {
			if !c.KnowsYear(n.Year) {
				t.Fatalf("%d is not known", n.Year)
			}
			for _, h := range n.Days {
				last[number(h.Date)] = h
			}
		}
		for _, h := range last {
			if c.IsWorkday(h.Date) == h.Off {
				t.Fatalf("%s is off: %v, a working day: %v", show(h.Date), h.Off, c.IsWorkday(h.Date))
			}
		}
	})
}

// Clocks of any days, terms and pauses: counting never fails, and agrees with a
// clerk's wherever the term is one that a clerk can count.
func FuzzClock(f *testing.F) {
	f.Add(int16(0), int16(20), uint8(0), int16(0), int16(3), int16(15), int16(15), int16(30), int16(0))
	f.Add(int16(-400), int16(3), uint8(2+3*1), int16(1), int16(3), int16(-2), int16(0), int16(90), int16(40))
	f.Add(int16(32000), int16(300), uint8(1+3*2), int16(300), int16(3), int16(32000), int16(300), int16(-9), int16(-40))
	f.Fuzz(func(t *testing.T, start, n int16, kind uint8, by, sent, answered, lapse, today, typed int16) {
		day := func(after time.Time, n int16) time.Time { return after.AddDate(0, 0, int(n)) }
		unit := []Unit{Workdays, CalendarDays, Months}[kind%3]
		c := Clock{Start: day(Date(2022, 9, 5), start), Within: []Term{{int(n), unit}}, Soon: Term{5, Workdays},
			PauseDays: []PauseDays{"", AfterSending, FromSending, Between}[kind/3%4]}
		if by != 0 {
			c.Extended = []Term{{int(by), unit}}
		}
		p := Pause{From: day(c.Start, sent)}
		if answered != 0 {
			p.To = day(p.From, answered)
		}
		if lapse > 0 {
			p.Lapse = Term{int(lapse), Workdays}
		}
		c.Pauses = []Pause{p}
		if typed != 0 {
			c.Typed = day(c.Start, typed)
		}
		now := day(c.Start, today)
		r := c.Read(Official(), now)
		if c.Typed.IsZero() && !r.Due.Equal(r.Computed) || !c.Typed.IsZero() && !r.Due.Equal(c.Typed) {
			t.Fatalf("%+v: %+v", c, r)
		}
		if r.State == Overdue && !now.After(r.Due) || (r.State == Open || r.State == DueSoon) && now.After(r.Due) {
			t.Fatalf("%+v on %s: %+v", c, show(now), r)
		}
		c.Steps(Official(), now)
		if n < 1 || n > 60 || by < 0 || by > 60 || today < 0 || today > 400 || c.Start.Year() < 2000 ||
			c.Start.Year() > 2100 || lapse > 60 {
			return // no clerk counts that
		}
		if end, _, _ := slow(c, Official().IsWorkday, now); !r.Computed.Equal(end) {
			t.Fatalf("%+v: %s, a clerk says %s", c, show(r.Computed), show(end))
		}
	})
}
