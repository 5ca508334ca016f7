package due

import (
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"pgregory.net/rapid"

	"taizhang/seeds"
)

func on(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestTermsInWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2022-01-20", 7, "2022-01-29"}, // a working Saturday
		{"2022-01-20", 20, "2022-02-22"},
		{"2022-04-01", 20, "2022-04-29"},
		{"2022-09-09", 20, "2022-10-13"},
		{"2022-09-23", 20, "2022-10-26"},
		{"2022-09-30", 7, "2022-10-14"},
		{"2022-10-06", 20, "2022-11-02"}, // from a rest day
		{"2022-12-05", 20, "2023-01-03"}, // into the next year's notice
		{"2026-02-02", 20, "2026-03-06"},
		{"2026-09-10", 20, "2026-10-14"},
		{"2022-05-20", 0, "2022-05-20"},
	} {
		if got := Official().AddWorkdays(on(c.from), c.n).Format(time.DateOnly); got != c.want {
			t.Errorf("%s + %d: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestWorkingDaysOfAYear(t *testing.T) {
	for year, want := range map[int]int{2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248,
		2026: 248} {
		if got := Official().Workdays(Date(year-1, 12, 31), Date(year, 12, 31)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
		if !Official().KnowsYear(year) || !Official().Compared(year) {
			t.Errorf("%d is not known", year)
		}
	}
	c := Official()
	if !c.KnowsYear(2027) || c.Compared(2027) || c.KnowsYear(2028) || c.KnowsYear(2018) {
		t.Error("2027 is known but not yet compared; 2018 and 2028 are not known")
	}
}

// Day by day against a second source. Of 2027 that source is the only one
// there is, which is why its notice is pending.
func TestEveryDayAgreesWithASecondSource(t *testing.T) {
	c := Official()
	for d := Date(2019, 1, 1); d.Year() <= 2027; d = d.AddDate(0, 0, 1) {
		want := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
		if h := HolidayUtil.GetHoliday(d.Format(time.DateOnly)); h != nil {
			want = h.IsWork()
		}
		if got := c.IsWorkday(d); got != want {
			t.Errorf("%s: working day is %v, the second source says %v", d.Format(time.DateOnly), got, want)
		}
	}
	// what the notice for 2019 says of the year before
	for _, d := range []string{"2018-12-29", "2018-12-30", "2018-12-31"} {
		if h := HolidayUtil.GetHoliday(d); h == nil || h.IsWork() != c.IsWorkday(on(d)) {
			t.Errorf("%s", d)
		}
	}
}

func TestANoticeChangesSomething(t *testing.T) {
	notices, err := parseNotices(seeds.Holidays)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notices {
		for _, h := range n.Days {
			weekend := h.Date.Weekday() == time.Saturday || h.Date.Weekday() == time.Sunday
			if !h.Off && !weekend {
				t.Errorf("%s is called a working weekend and is a %s", h.Date.Format(time.DateOnly), h.Date.Weekday())
			}
			if h.Off && h.Name == "" {
				t.Errorf("%s has no name", h.Date.Format(time.DateOnly))
			}
		}
	}
}

func TestBrokenNoticesAreRefused(t *testing.T) {
	for _, line := range []string{
		"x | compared | a | b | 01-01 元旦 | 01-04", "2022 | perhaps | a | b | 01-01 元旦 | 01-04",
		"2022 | compared | a | 01-01 元旦 | 01-04",
		"2022 | compared | a | b | 02-30 元旦 | 01-04", "2022 | compared | a | b | 05-01..01-01 元旦 | 01-04",
	} {
		if n, err := parseNotices(line); err == nil {
			t.Errorf("%s: %+v", line, n)
		}
	}
}

func TestAnOfficesOwnDays(t *testing.T) {
	c := Official().With([]Holiday{{on("2022-10-10"), "地方休息日", true}, {on("2022-10-15"), "", false},
		{on("2030-03-05"), "", true}})
	if c.IsWorkday(on("2022-10-10")) || !c.IsWorkday(on("2022-10-15")) || c.IsWorkday(on("2030-03-05")) {
		t.Error("own days are not kept")
	}
	if c.KnowsYear(2030) || !c.KnowsYear(2022) || c.IsWorkday(on("2022-10-01")) {
		t.Error("own days say nothing of the rest of a year, and take nothing away")
	}
	if h, ok := c.Holiday(on("2022-10-10")); !ok || h.Name != "地方休息日" {
		t.Errorf("%+v", h)
	}
}

func TestMonthsEndOnTheCorrespondingDay(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2024-03-05", 3, "2024-06-05"}, {"2022-11-30", 3, "2023-02-28"}, {"2023-11-30", 3, "2024-02-29"},
		{"2022-01-31", 1, "2022-02-28"},
		{"2022-12-31", 6, "2023-06-30"}, {"2022-02-28", 1, "2022-03-28"},
	} {
		if got := AddMonths(on(c.from), c.n).Format(time.DateOnly); got != c.want {
			t.Errorf("%s + %d months: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

// A calendar as one would count by hand: one day after the other.
func TestCountingAgreesWithCountingByHand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var own []Holiday
		for range rapid.IntRange(0, 20).Draw(t, "own") {
			own = append(own, Holiday{Date: anyDay(t, "own day"), Off: rapid.Bool().Draw(t, "off")})
		}
		c := Official().With(own)
		work := func(d time.Time) bool {
			for i := len(own) - 1; i >= 0; i-- {
				if own[i].Date.Equal(d) {
					return !own[i].Off
				}
			}
			return Official().IsWorkday(d)
		}
		from, n := anyDay(t, "from"), rapid.IntRange(1, 60).Draw(t, "n")
		d, left := from, n
		for left > 0 {
			if d = d.AddDate(0, 0, 1); work(d) {
				left--
			}
		}
		got := c.AddWorkdays(from, n)
		if !got.Equal(d) {
			t.Fatalf("%s + %d: %s, by hand %s", from.Format(time.DateOnly), n, got.Format(time.DateOnly),
				d.Format(time.DateOnly))
		}
		if c.Workdays(from, got) != n || c.Workdays(got, from) != -n {
			t.Fatalf("%d working days to %s, %d back", c.Workdays(from, got), got.Format(time.DateOnly),
				c.Workdays(got, from))
		}
		if r := c.Roll(from); !c.IsWorkday(r) || c.Workdays(from, r) > 1 || r.Before(from) {
			t.Fatalf("%s rolls to %s", from.Format(time.DateOnly), r.Format(time.DateOnly))
		}
	})
}

func TestDaysOutsideAllYears(t *testing.T) {
	c := Official()
	if got := c.AddWorkdays(Date(2200, 12, 30), 500); got.Year() != 2200 {
		t.Error(got)
	}
	if c.Workdays(Date(1800, 1, 1), Date(1800, 2, 1)) != 0 || c.Workdays(Date(2500, 1, 1), Date(2600, 1, 1)) != 0 {
		t.Error("years without days have working days")
	}
}

func anyDay(t *rapid.T, name string) time.Time {
	return Date(2018, 6, 1).AddDate(0, 0, rapid.IntRange(0, 11*365).Draw(t, name))
}
