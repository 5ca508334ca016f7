package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/table"
)

func TestDaysWithoutAYearTakeItFromTheirNeighbours(t *testing.T) {
	const heads = "number received applicant content corrected_notice corrected consulted opinion due replied"
	for name, c := range map[string]struct {
		today string
		rows  []string
		want  []string // of each row received, consulted, opinion and replied
		said  []string
	}{
		"of the ledger": {"2022-10-20", []string{"1|9-8|甲|乙||||||9-20"}, []string{"2022-09-08 2022-09-20"},
			nil},
		"in other signs": {"2022-10-20", []string{"1|9/8|甲|乙|||9.9|９-12||9月20日",
			"2|09-08|甲|乙||||||九月二十日 10:30"}, []string{"2022-09-08 2022-09-09 2022-09-12 2022-09-20",
			"2022-09-08 2022-09-20"}, nil},
		"answered next year": {"2023-02-01", []string{"1|2022-12-20|甲|乙||||||1-5"},
			[]string{"2022-12-20 2023-01-05"}, nil},
		"came the year before": {"2022-02-01", []string{"1|12-20|甲|乙||||||2022-01-05"},
			[]string{"2021-12-20 2022-01-05"}, nil},
		"over the turn by itself": {"2022-02-01", []string{"1|12-20|甲|乙|||12-28|1-4||1-9"},
			[]string{"2021-12-20 2021-12-28 2022-01-04 2022-01-09"}, []string{"B4 register_year"}},
		"from the row before": {"2022-06-30", []string{"1|2021-12-28|甲|乙||||||", "2|12-30|甲|乙||||||1-4",
			"3|1-3|甲|乙||||||"}, []string{"2021-12-28", "2021-12-30 2022-01-04", "2022-01-03"},
			[]string{"B5 register_year"}},
		"from the row behind": {"2022-06-30", []string{"1|12-28|甲|乙||||||", "2|2022-01-03|甲|乙||||||"},
			[]string{"2021-12-28", "2022-01-03"}, []string{"B4 register_year"}},
		"answered long after": {"2022-10-20", []string{"1|2021-10-08|甲|乙|||||11-5|2-20"},
			[]string{"2021-10-08 2022-02-20 due 2021-11-05"}, nil},
		"a little out of order": {"2022-10-20", []string{"1|2022-09-08|甲|乙|||9-6|9-12||9-20"},
			[]string{"2022-09-08 2022-09-06 2022-09-12 2022-09-20"}, nil},
		"a day that is to come": {"2022-06-30", []string{"1|9-8|甲|乙||||||"}, []string{"2022-09-08"}, nil},
		"no days at all": {"2022-10-20", []string{"1|9-31|甲|乙||||||13-1", "2|9-8-1|甲|乙||||||",
			"3|2-29|甲|乙||||||9.1"}, []string{"", "", ""}, nil},
	} {
		l := Build([]*table.Table{sheetOf("requests", heads, c.rows...)}, on(c.today))
		var got []string
		for _, e := range l.Register("requests").Entries {
			var days []string
			for _, f := range []string{"received", "consulted", "opinion", "replied"} {
				if d := l.DayOf(e, f); !d.IsZero() {
					days = append(days, d.Format(time.DateOnly))
				}
			}
			if e.Get("due") != "" {
				days = append(days, "due "+e.Main().Due.Format(time.DateOnly))
			}
			got = append(got, strings.Join(days, " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		said := slices.DeleteFunc(complaints(l), func(s string) bool { return !strings.HasSuffix(s, "register_year") })
		if !slices.Equal(said, c.said) {
			t.Errorf("%s: told of %q, want %q", name, said, c.said)
		}
	}
}

// A register has the same days as before when some of them lose their year, as long
// as a row's dates lie within ten months.
func TestDaysThatLostTheirYearAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := []string{"received", "consulted", "opinion", "replied"}
		var whole, cut []string
		day := due.Date(2021, 10, 1)
		for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
			day = day.AddDate(0, 0, rapid.IntRange(0, 20).Draw(t, "later"))
			d, years := day, rapid.IntRange(0, len(fields)-1).Draw(t, "names its year")
			full, short := fmt.Sprintf("%d", i), fmt.Sprintf("%d", i)
			for k := range fields {
				if k > 0 {
					d = d.AddDate(0, 0, rapid.IntRange(0, 70).Draw(t, "days"))
				}
				text := d.Format(time.DateOnly)
				full += "|" + text
				if k != years {
					text = d.Format(rapid.SampledFrom([]string{"1-2", "1/2", "01-02", "1月2日"}).Draw(t, "form"))
				}
				short += "|" + text
			}
			whole, cut = append(whole, full), append(cut, short)
		}
		read := func(rows []string) (out []string) {
			l := Build([]*table.Table{sheetOf("requests", "number received consulted opinion replied", rows...)},
				on("2023-12-31"))
			for _, e := range l.Register("requests").Entries {
				for _, f := range fields {
					out = append(out, l.DayOf(e, f).Format(time.DateOnly))
				}
			}
			return append(out, standing(l, "requests")...)
		}
		if a, b := read(whole), read(cut); !slices.Equal(a, b) {
			t.Fatalf("%q\n%q\n%v\n%v", whole, cut, a, b)
		}
	})
}
