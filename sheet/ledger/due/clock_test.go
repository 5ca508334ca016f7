package due

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var twenty = []Term{{20, Workdays}}

func TestClocks(t *testing.T) {
	for _, c := range []struct {
		name  string
		clock Clock
		today string
		want  string // due state left, then what else is worth a look
	}{
		{"runs", Clock{Start: on("2022-09-05"), Within: twenty}, "2022-09-20", "2022-10-09 open 10"},
		{"due soon by working days", Clock{Start: on("2022-09-05"), Within: twenty, Soon: Term{5, Workdays}},
			"2022-09-28", "2022-10-09 due_soon 4"},
		{"on its last day it is on time", Clock{Start: on("2022-09-05"), Within: twenty}, "2022-10-09",
			"2022-10-09 open 0"},
		{"the day after it is over", Clock{Start: on("2022-09-05"), Within: twenty}, "2022-10-10",
			"2022-10-09 overdue -1"},
		{"answered on the last day", Clock{Start: on("2022-09-05"), Within: twenty, Finished: true,
			Until: on("2022-10-09")}, "2022-11-01", "2022-10-09 done 0"},
		{"answered a day late", Clock{Start: on("2022-09-05"), Within: twenty, Finished: true, Until: on("2022-10-10")},
			"2022-11-01", "2022-10-09 late -1"},
		{"answered, nobody knows when", Clock{Start: on("2022-09-05"), Within: twenty, Finished: true}, "2022-11-01",
			"2022-10-09 done 0"},
		{"withdrawn", Clock{Start: on("2022-09-05"), Within: twenty, Stopped: true}, "2022-11-01",
			"2022-10-09 ended 0"},
		{"extended", Clock{Start: on("2022-09-05"), Within: twenty, Extended: twenty}, "2022-09-20",
			"2022-11-04 open 30 extended"},
		{"paused", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-08"), To: on("2022-09-20")}}},
			"2022-09-22", "2022-10-18 open 15 7 not counted"},
		{"paused, also on the day of sending", Clock{Start: on("2022-09-05"), Within: twenty, PauseDays: FromSending,
			Pauses: []Pause{{From: on("2022-09-08"), To: on("2022-09-20")}}},
			"2022-09-22", "2022-10-19 open 16 8 not counted"},
		{"paused, the days between", Clock{Start: on("2022-09-05"), Within: twenty, PauseDays: Between,
			Pauses: []Pause{{From: on("2022-09-08"), To: on("2022-09-20")}}},
			"2022-09-22", "2022-10-17 open 14 6 not counted"},
		{"stands still", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-08"), Lapse: Term{15, Workdays}}}},
			"2022-09-20", "2022-10-28 paused 17 15 not counted"},
		{"goes on after the other side's term", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-08"), Lapse: Term{15, Workdays}}}},
			"2022-10-11", "2022-10-28 open 13 15 not counted"},
		{"an answer after the term changes nothing", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-08"), To: on("2022-12-01"), Lapse: Term{15, Workdays}}}},
			"2022-10-11", "2022-10-28 open 13 15 not counted"},
		{"two pauses that overlap count once", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-08"), To: on("2022-09-20")},
				{From: on("2022-09-14"), To: on("2022-09-20")}}}, "2022-09-22", "2022-10-18 open 15 7 not counted"},
		{"a pause after the end changes nothing", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-10-10"), Lapse: Term{15, Workdays}}}},
			"2022-10-12", "2022-10-09 overdue -3"},
		{"a pause that ends before it begins is none", Clock{Start: on("2022-09-05"), Within: twenty,
			Pauses: []Pause{{From: on("2022-09-20"), To: on("2022-09-08")}}},
			"2022-09-20", "2022-10-09 open 10"},
		{"a correction is awaited", Clock{Start: on("2022-09-05"), Within: twenty, Waiting: true}, "2022-12-20",
			" paused 0"},
		{"a typed day wins", Clock{Start: on("2022-09-05"), Within: twenty, Typed: on("2022-09-30")}, "2022-09-20",
			"2022-09-30 open 8 differs from 2022-10-09"},
		{"a typed day without a start", Clock{Within: twenty, Typed: on("2022-09-30")}, "2022-10-20",
			"2022-09-30 overdue -11"},
		{"no start", Clock{Within: twenty}, "2022-10-20", " none 0"},
		{"no term", Clock{Start: on("2022-09-05")}, "2022-10-20", " none 0"},
		{"months", Clock{Start: on("2024-03-05"), Within: []Term{{3, Months}}}, "2024-05-28", "2024-06-05 open 8"},
		{"months roll off a rest day", Clock{Start: on("2025-07-02"), Within: []Term{{6, Months}}}, "2025-11-14",
			"2026-01-04 open 51"},
		{"days roll off a rest day", Clock{Start: on("2022-09-17"), Within: []Term{{14, CalendarDays}}}, "2022-09-20",
			"2022-10-08 open 18"},
		{"working days never do", Clock{Start: on("2022-09-17"), Within: []Term{{10, Workdays}}}, "2022-09-20",
			"2022-09-30 open 8"},
		{"the stricter of two terms", Clock{Start: on("2025-10-20"), Within: []Term{{1, Months}, {14, CalendarDays}}},
			"2025-11-14", "2025-11-03 overdue -11"},
		{"two months and one more", Clock{Start: on("2022-11-30"), Within: []Term{{3, Months}},
			Extended: []Term{{1, Months}}}, "2022-12-01", "2023-03-30 open 119 extended"},
		{"a year without a notice", Clock{Start: on("2030-01-02"), Within: twenty}, "2030-01-03",
			"2030-01-30 open 19 provisional"},
		{"into a year without a notice", Clock{Start: on("2027-12-20"), Within: twenty}, "2027-12-21",
			"2028-01-17 open 19 provisional"},
	} {
		r := c.clock.Read(Official(), on(c.today))
		got := fmt.Sprint(show(r.Due), " ", r.State, " ", r.Left)
		if r.PausedDays > 0 {
			got += fmt.Sprint(" ", r.PausedDays, " not counted")
		}
		if r.Extended {
			got += " extended"
		}
		if r.Differs() {
			got += " differs from " + show(r.Computed)
		}
		if r.Provisional {
			got += " provisional"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func show(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

func TestStepsOfACalculation(t *testing.T) {
	c := Clock{Start: on("2022-09-28"), Within: []Term{{5, Workdays}},
		Pauses: []Pause{{From: on("2022-09-29"), To: on("2022-09-30")}}}
	var got []string
	for _, s := range c.Steps(Official(), on("2022-10-20")) {
		line := fmt.Sprint(s.Day.Format("01-02"), " ", s.Kind)
		if s.N > 0 {
			line += fmt.Sprint(" ", s.N)
		}
		if s.Name != "" {
			line += " " + s.Name
		}
		if s.Work {
			line += " work"
		}
		got = append(got, line)
	}
	want := []string{"09-28 start", "09-29 counted 1", "09-30 paused", "10-01 rest 国庆节", "10-02 rest 国庆节",
		"10-03 rest 国庆节", "10-04 rest 国庆节",
		"10-05 rest 国庆节", "10-06 rest 国庆节", "10-07 rest 国庆节", "10-08 counted 2 work", "10-09 counted 3 work",
		"10-10 counted 4", "10-11 counted 5"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	rolled := Clock{Start: on("2025-07-02"), Within: []Term{{6, Months}}}.Steps(Official(), on("2025-11-14"))
	if last := rolled[len(rolled)-1]; last.Kind != StepRolled || show(last.Day) != "2026-01-04" {
		t.Errorf("%+v", last)
	}
}

// slow is a clock as a clerk counts it with a calendar on the wall: every day
// is ticked off, and nothing is worked out beforehand.
func slow(c Clock, work func(time.Time) bool, today time.Time) (end time.Time, counted, paused int) {
	lapse := func(p Pause) time.Time {
		d, n := p.From, p.Lapse.N
		for n > 0 {
			if d = d.AddDate(0, 0, 1); p.Lapse.Unit != Workdays || work(d) {
				n--
			}
		}
		return d
	}
	still := func(d time.Time) bool {
		for _, p := range c.Pauses {
			last := p.To
			if last.IsZero() && p.Lapse.N == 0 {
				if last = today; last.Before(p.From) {
					last = p.From
				}
			}
			if p.Lapse.N > 0 && (last.IsZero() || lapse(p).Before(last)) {
				last = lapse(p)
			}
			if !p.To.IsZero() && p.To.Before(p.From) {
				continue
			}
			in := d.After(p.From) && !d.After(last)
			if c.PauseDays == FromSending {
				in = !d.Before(p.From) && !d.After(last)
			}
			if c.PauseDays == Between {
				in = d.After(p.From) && d.Before(last)
			}
			if in {
				return true
			}
		}
		return false
	}
	d := c.Start
	terms := append([]Term{c.Within[0]}, c.Extended...)
	if len(terms) == 2 && terms[0].Unit == Months && terms[1].Unit == Months {
		terms = []Term{{terms[0].N + terms[1].N, Months}}
	}
	last := terms[len(terms)-1].Unit
	for _, term := range terms {
		n := term.N
		if term.Unit == Months {
			target := time.Date(d.Year(), d.Month()+time.Month(term.N), 1, 0, 0, 0, 0, time.UTC)
			for i := 1; i < d.Day() && target.AddDate(0, 0, 1).Month() == target.Month(); i++ {
				target = target.AddDate(0, 0, 1)
			}
			n = 0
			for e := d; e.Before(target); e = e.AddDate(0, 0, 1) {
				n++
			}
		}
		for n > 0 {
			d = d.AddDate(0, 0, 1)
			if term.Unit == Workdays && !work(d) {
				continue
			}
			if still(d) {
				paused++
				continue
			}
			n--
			counted++
		}
	}
	if last != Workdays {
		for !work(d) {
			d = d.AddDate(0, 0, 1)
		}
	}
	return d, counted, paused
}

func TestClocksAgreeWithAClerk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var own []Holiday
		for range rapid.IntRange(0, 15).Draw(t, "own") {
			own = append(own, Holiday{Date: anyDay(t, "own day"), Off: rapid.Bool().Draw(t, "off")})
		}
		cal := Official().With(own)
		c := Clock{Start: anyDay(t, "start"), PauseDays: rapid.SampledFrom([]PauseDays{"", AfterSending, FromSending,
			Between}).Draw(t, "days")}
		unit := rapid.SampledFrom([]Unit{Workdays, CalendarDays, Months}).Draw(t, "unit")
		c.Within = []Term{{rapid.IntRange(1, 25).Draw(t, "n"), unit}}
		if rapid.Bool().Draw(t, "extended") {
			c.Extended = []Term{{rapid.IntRange(1, 20).Draw(t, "by"), unit}}
		}
		for range rapid.IntRange(0, 3).Draw(t, "pauses") {
			p := Pause{From: c.Start.AddDate(0, 0, rapid.IntRange(-3, 60).Draw(t, "sent"))}
			if rapid.Bool().Draw(t, "answered") {
				p.To = p.From.AddDate(0, 0, rapid.IntRange(-2, 40).Draw(t, "after"))
			}
			if rapid.Bool().Draw(t, "lapses") {
				p.Lapse = Term{rapid.IntRange(1, 15).Draw(t, "lapse"), Workdays}
			}
			c.Pauses = append(c.Pauses, p)
		}
		today := c.Start.AddDate(0, 0, rapid.IntRange(0, 120).Draw(t, "today"))
		r := c.Read(cal, today)
		end, counted, paused := slow(c, cal.IsWorkday, today)
		if !r.Computed.Equal(end) {
			t.Fatalf("%+v: %s, a clerk says %s", c, show(r.Computed), show(end))
		}
		if unit == Workdays && r.PausedDays != paused {
			t.Fatalf("%+v: %d days paused, a clerk says %d", c, r.PausedDays, paused)
		}
		steps := c.Steps(cal, today)
		n, still := 0, 0
		for _, s := range steps {
			n = max(n, s.N)
			if s.Kind == StepPaused {
				still++
			}
		}
		if n != counted || still != paused || !steps[len(steps)-1].Day.Equal(end) {
			t.Fatalf("%+v: the steps count %d and pause %d to %s, a clerk %d and %d", c, n, still,
				show(steps[len(steps)-1].Day), counted, paused)
		}
		if over := today.After(end); over != (r.State == Overdue) || over != (r.Left < 0 || r.Left == 0 && over) {
			t.Fatalf("%+v on %s: %s, %d left, due %s", c, show(today), r.State, r.Left, show(end))
		}
	})
}

// A day later never leaves more days, and the state only moves on.
func TestAClockOnlyMovesOn(t *testing.T) {
	order := map[State]int{Open: 0, DueSoon: 1, Overdue: 2}
	rapid.Check(t, func(t *rapid.T) {
		c := Clock{Start: anyDay(t, "start"), Soon: Term{5, Workdays},
			Within: []Term{{rapid.IntRange(1, 40).Draw(t, "n"), rapid.SampledFrom([]Unit{Workdays, CalendarDays,
				Months}).Draw(t, "unit")}}}
		before := c.Read(Official(), c.Start)
		for i := 1; i < 80; i++ {
			r := c.Read(Official(), c.Start.AddDate(0, 0, i))
			if !r.Due.Equal(before.Due) || r.Left > before.Left || order[r.State] < order[before.State] {
				t.Fatalf("%+v after %d days: %+v, the day before %+v", c, i, r, before)
			}
			before = r
		}
	})
}
