package due

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// today in the tables below is Friday 2022-05-20; the ledger's year is 2022.
var testToday = Date(2022, 5, 20)

func TestDeadlinesWithDates(t *testing.T) {
	cases := map[string]string{
		// as Excel holds dates
		"2022-06-30": "2022-06-30", "2022-06-30 15:04": "2022-06-30", "2022-06-30 15:04:05": "2022-06-30",
		// numeric
		"2022.6.30": "2022-06-30", "2022/6/30": "2022-06-30", "2022-6-3": "2022-06-03", "2022.06.30前": "2022-06-30",
		"２０２２．６．３０": "2022-06-30", "2022年6月30": "2022-06-30", "20220630": "2022-06-30",
		"2022.6": "2022-06-30", "2022/06": "2022-06-30", "2022-12": "2022-12-31", "22.6.30": "2022-06-30",
		"2022/6/3 9:30": "2022-06-03",
		"6.30前":         "2022-06-30", "6/30": "2022-06-30", "6.30": "2022-06-30",
		// Chinese
		"2022年6月底前": "2022-06-30", "2022年6月": "2022-06-30", "2022年6月30日": "2022-06-30",
		"2022 年 6 月 30 日前": "2022-06-30",
		"6月30日前":           "2022-06-30", "6月30号": "2022-06-30", "6月底": "2022-06-30", "6月末": "2022-06-30",
		"12月底前": "2022-12-31", "2月底": "2022-02-28",
		"2024年2月底": "2024-02-29", "22年6月底": "2022-06-30", "6月份": "2022-06-30", "元月底": "2022-01-31",
		"６月３０日前": "2022-06-30", "六月三十日": "2022-06-30", "十二月底": "2022-12-31", "二〇二二年六月三十日": "2022-06-30",
		"十一月二十五日前": "2022-11-25",
		"6月上旬":     "2022-06-10", "6月中旬": "2022-06-20", "6月下旬": "2022-06-30", "10月中下旬": "2022-10-31",
		"9月初": "2022-09-10",
		"年底前": "2022-12-31", "年底": "2022-12-31", "年内": "2022-12-31", "年末": "2022-12-31", "2022年底": "2022-12-31",
		"2022年年底前": "2022-12-31",
		"2022年内":   "2022-12-31", "本年度内": "2022-12-31", "今年年底": "2022-12-31", "2022年度": "2022-12-31",
		"2022年": "2022-12-31", "2022年度内完成": "2022-12-31",
		"年中前": "2022-06-30", "全年": "2022-12-31", "2022年12月底": "2022-12-31",
		"上半年": "2022-06-30", "下半年": "2022-12-31", "2023年上半年": "2023-06-30",
		"第一季度": "2022-03-31", "一季度末": "2022-03-31", "三季度": "2022-09-30", "2022年第四季度": "2022-12-31",
		"前三季度": "2022-09-30", "2季度": "2022-06-30",
		"明年6月底": "2023-06-30", "次年1月31日前": "2023-01-31", "2023年1月31日": "2023-01-31", "2022年度报告于次年1月31日前": "2023-01-31",
		"明年底前": "2023-12-31",
		// spans: the end counts
		"2022年3月至10月": "2022-10-31", "3-10月": "2022-10-31", "2022年3-10月": "2022-10-31", "3月—10月": "2022-10-31",
		"3月到5月":              "2022-05-31",
		"2022.3.1-2022.5.30": "2022-05-30", "2022.3-2022.5": "2022-05-31",
		"2022.6.30－7.15": "2022-07-15", "2022.6.30-7.5": "2022-07-05", "2022.11.1至2.28": "2023-02-28",
		"2022/6/1~6/20": "2022-06-20", "2022年3月1日至2023年5月30日": "2023-05-30", "11月至3月": "2023-03-31",
		"6月1日起至6月30日": "2022-06-30", "6月25-30日": "2022-06-30", "6月1日～10日": "2022-06-10", "1-3季度": "2022-09-30",
		"即日起至6月底": "2022-06-30",
		// words around, several dates: the last counts
		"2022年12月31日前完成": "2022-12-31", "力争6月底前完成": "2022-06-30", "于2022年6月底前报送": "2022-06-30",
		"6月30日，前完成": "2022-06-30",
		"3月底前制定方案，10月底前取得阶段性成效，年底前全面完成": "2022-12-31", "第一阶段：3月底；第二阶段：2022年9月底": "2022-09-30",
		"2022年6月底前完成并长期坚持": "2022-06-30", "6月底前（原定3月底）": "2022-06-30", "（6月底前）": "2022-06-30",
		"6月底前完成2022年度任务": "2022-06-30",
		// English
		"by 30 June 2022": "2022-06-30", "June 2022": "2022-06-30", "Q2 2022": "2022-06-30", "2022 Q3": "2022-09-30",
		"end of year": "2022-12-31", "30 Jun": "2022-06-30",
		"June 30, 2022": "2022-06-30", "by June 30th": "2022-06-30", "end of June": "2022-06-30",
		"mid-June": "2022-06-20", "year-end": "2022-12-31", "by the end of 2022": "2022-12-31",
		"first half of 2022": "2022-06-30", "H1 2022": "2022-06-30", "third quarter": "2022-09-30",
		"by May": "2022-05-31", "end of next year": "2023-12-31",
		"30/06/2022": "2022-06-30", "06/30/2022": "2022-06-30", "1 March to 31 May 2022": "2022-05-31",
		"2022-06-30T00:00:00Z": "2022-06-30", "by 2022": "2022-12-31",
	}
	for text, want := range cases {
		got := Parse(text, 2022, testToday)
		if want == "unknown" {
			if got.Kind != Unknown {
				t.Errorf("%q: %s %s, want unknown", text, got.Kind, got.Due)
			}
			continue
		}
		if got.Kind != Dated || got.Due.Format(time.DateOnly) != want {
			t.Errorf("%q: %s %s, want %s", text, got.Kind, got.Due.Format(time.DateOnly), want)
		}
		if got.Text != text {
			t.Errorf("%q: text became %q", text, got.Text)
		}
	}
}

func TestDeadlinesThatRecur(t *testing.T) {
	cases := map[string]struct {
		every Cycle
		due   string
	}{
		"每月25日前":                  {Cycle{Months: 1, Day: 25}, "2022-05-25"},
		"每月15日":                   {Cycle{Months: 1, Day: 15}, "2022-06-15"},
		"每月20日前":                  {Cycle{Months: 1, Day: 20}, "2022-05-20"},
		"每月二十五日前报送":               {Cycle{Months: 1, Day: 25}, "2022-05-25"},
		"每月31日":                   {Cycle{Months: 1, Day: 31}, "2022-05-31"},
		"每月底":                     {Cycle{Months: 1}, "2022-05-31"},
		"每月":                      {Cycle{Months: 1}, "2022-05-31"},
		"每月10日、25日":               {Cycle{Months: 1, Day: 25}, "2022-05-25"},
		"每月上旬":                    {Cycle{Months: 1, Day: 10}, "2022-06-10"},
		"次月5日前报送":                 {}, // no cycle is named
		"按月报送":                    {Cycle{Months: 1}, "2022-05-31"},
		"每月结束后5日内":                {Cycle{Months: 1, Day: 5}, "2022-06-05"},
		"每季度末":                    {Cycle{Months: 3}, "2022-06-30"},
		"每季度":                     {Cycle{Months: 3}, "2022-06-30"},
		"按季度更新":                   {Cycle{Months: 3}, "2022-06-30"},
		"一季度一次":                   {Cycle{Months: 3}, "2022-06-30"},
		"每季度首月10日前":               {Cycle{Months: 3, Month: 1, Day: 10}, "2022-07-10"},
		"每季度末月25日前":               {Cycle{Months: 3, Day: 25}, "2022-06-25"},
		"每季度第二个月15日":              {Cycle{Months: 3, Month: 2, Day: 15}, "2022-08-15"},
		"每季度次月10日前":               {Cycle{Months: 3, Month: 1, Day: 10}, "2022-07-10"},
		"每季度结束后10日内":              {Cycle{Months: 3, Month: 1, Day: 10}, "2022-07-10"},
		"每半年":                     {Cycle{Months: 6}, "2022-06-30"},
		"半年一次":                    {Cycle{Months: 6}, "2022-06-30"},
		"每年12月底前":                 {Cycle{Months: 12}, "2022-12-31"},
		"每年":                      {Cycle{Months: 12}, "2022-12-31"},
		"每年至少1次":                  {Cycle{Months: 12}, "2022-12-31"},
		"每年1月31日前":                {Cycle{Months: 12, Month: 1}, "2023-01-31"},
		"每年3月15日":                 {Cycle{Months: 12, Month: 3, Day: 15}, "2023-03-15"},
		"每年2月底":                   {Cycle{Months: 12, Month: 2}, "2023-02-28"},
		"每年6月、12月底前":              {Cycle{Months: 6}, "2022-06-30"},
		"每年1月、4月、7月、10月15日前":      {}, // 15 October, but the ends of the other months
		"每年一季度":                   {Cycle{Months: 12, Month: 3}, "2023-03-31"},
		"每两个月":                    {Cycle{Months: 2}, "2022-06-30"},
		"每两月":                     {Cycle{Months: 2}, "2022-06-30"},
		"每2月报送一次":                 {Cycle{Months: 2}, "2022-06-30"},
		"每四季度":                    {Cycle{Months: 12}, "2022-12-31"},
		"每年2月底前":                  {Cycle{Months: 12, Month: 2}, "2023-02-28"},
		"每周五":                     {Cycle{Days: 7, Day: 5}, "2022-05-20"},
		"每周四下班前":                  {Cycle{Days: 7, Day: 4}, "2022-05-26"},
		"每周":                      {Cycle{Days: 7}, "2022-05-22"},
		"每周一次":                    {Cycle{Days: 7}, "2022-05-22"},
		"每星期日":                    {Cycle{Days: 7, Day: 7}, "2022-05-22"},
		"每月调度，每季度末报送":             {Cycle{Months: 1}, "2022-05-31"},
		"长期坚持，每季度末报送进展":           {Cycle{Months: 3}, "2022-06-30"},
		"每季度末，2022年12月底前完成":       {Cycle{Months: 3}, "2022-06-30"},
		"monthly":                 {Cycle{Months: 1}, "2022-05-31"},
		"every month by the 25th": {Cycle{Months: 1, Day: 25}, "2022-05-25"},
		"Quarterly":               {Cycle{Months: 3}, "2022-06-30"},
		"every year by 30 June":   {Cycle{Months: 12, Month: 6}, "2022-06-30"},
		"every Friday":            {Cycle{Days: 7, Day: 5}, "2022-05-20"},
		"annually":                {Cycle{Months: 12}, "2022-12-31"},
		"semi-annually":           {Cycle{Months: 6}, "2022-06-30"},
	}
	for text, want := range cases {
		got := Parse(text, 2022, testToday)
		if want.due == "" {
			if got.Kind != Unknown {
				t.Errorf("%q: %s %+v, want unknown", text, got.Kind, got.Every)
			}
			continue
		}
		if got.Kind != Recurring || got.Every != want.every || got.Due.Format(time.DateOnly) != want.due {
			t.Errorf("%q: %s %+v %s, want %+v %s", text, got.Kind, got.Every, got.Due.Format(time.DateOnly), want.every,
				want.due)
		}
	}
}

func TestDeadlinesWithoutDate(t *testing.T) {
	cases := map[Kind][]string{
		Ongoing: {"长期坚持", "长期", "持续推进", "常态化", "适时", "立行立改", "立即整改并长期坚持", "每日更新", "2022年3月起", "全年持续推进",
			"ongoing", "Long-term", "as appropriate", "since June 2022"},
		None: {"", " ", "无", "/", "—", "－", "待定", "另行通知", "N/A", "TBD"},
		Unknown: {"2月30日", "2022年2月29日", "2022.13.1", "13月底", "2022-06-31", "15个工作日内", "收到通知后15日内", "3个月内完成", "一个月内",
			"疫情结束后", "6月30日后", "6月30日前10天", "月底前", "本月底", "25日前", "6.3", "2022.1", "44742", "6月5项任务", "省里验收前，参照2021年方案",
			"每月最后一个工作日", "每两周", "2022.6-7", "2022年6月30日至18点", "每季度15日前", "每月32日", "每年2月30日", "03/04/2022", "见附件", "财政局",
			"it may be late", "第二阶段"},
	}
	for kind, texts := range cases {
		for _, text := range texts {
			if got := Parse(text, 2022, testToday); got.Kind != kind || (kind != Recurring && !got.Due.IsZero()) {
				t.Errorf("%q: %s %s, want %s", text, got.Kind, got.Due.Format(time.DateOnly), kind)
			}
		}
	}
}

func TestImpossibleDatesAreToldApart(t *testing.T) {
	for text, want := range map[string]bool{"2月30日": true, "2022.13.1": true, "2022年6月31日前": true, "每月32日": true,
		"见附件": false, "15日内": false, "2月28日": false} {
		if got := Parse(text, 2022, testToday).Fault != NoFault; got != want {
			t.Errorf("%q: impossible is %v", text, got)
		}
	}
}

func TestDeadlineWithoutAnyYearIsUnknown(t *testing.T) {
	for _, text := range []string{"6月底", "年底前", "上半年", "一季度", "6.30前", "明年6月", "30 June", "Q2"} {
		if got := Parse(text, 0, testToday); got.Kind != Unknown {
			t.Errorf("%q: %s %s, want unknown", text, got.Kind, got.Due.Format(time.DateOnly))
		}
	}
}

func TestRecurringDatesFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cycle{Months: rapid.SampledFrom([]int{1, 2, 3, 4, 6, 12}).Draw(t, "months"),
			Day: rapid.IntRange(0, 31).Draw(t, "day")}
		c.Month = rapid.IntRange(0, c.Months-1).Draw(t, "month")
		if rapid.Bool().Draw(t, "weekly") {
			c = Cycle{Days: 7, Day: rapid.IntRange(0, 7).Draw(t, "weekday")}
		}
		today := Date(2022, 1, 1).AddDate(0, 0, rapid.IntRange(-800, 800).Draw(t, "today"))
		next, prior := c.Next(today), c.Prior(today)
		if next.Before(today) || !prior.Before(today) {
			t.Fatalf("%+v on %s: prior %s, next %s", c, today, prior, next)
		}
		if c.Next(prior.AddDate(0, 0, 1)) != next {
			t.Fatalf("%+v: a due date lies between %s and %s", c, prior, next)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2022年6月底前", "6.30", "每季度首月10日前", "3-10月", "by 30 June 2022", "次年1月31日前", "二〇二二年",
		"每年6月、12月", "20220630", "长期"} {
		f.Add(s, 2022)
	}
	f.Fuzz(func(t *testing.T, text string, year int) {
		d := Parse(text, year, testToday)
		dated := d.Kind == Dated || d.Kind == Recurring
		if dated == d.Due.IsZero() || (d.Kind == Recurring) != (d.Every != Cycle{}) {
			t.Fatalf("%q: %+v", text, d)
		}
		if dated && (d.Due.Year() < MinYear || d.Due.Year() > MaxYear+1 || d.Due.Location() != time.UTC ||
			d.Due.Hour() != 0) {
			t.Fatalf("%q: due %s", text, d.Due)
		}
		if d.Kind == Recurring && d.Due.Before(testToday) {
			t.Fatalf("%q: next is %s", text, d.Due)
		}
		if d.Kind == Dated {
			if again := Parse(d.Due.Format(time.DateOnly), 0, testToday); !again.Due.Equal(d.Due) {
				t.Fatalf("%q: %s comes back as %s", text, d.Due, again.Due)
			}
		}
	})
}

func TestAnImpossibleDateIsToldForItsTrueReason(t *testing.T) {
	for text, want := range map[string]Fault{
		"9999年12月31日": NoSuchYear, "1899-12-31": NoSuchYear, "２３０１.1.1": NoSuchYear, "12022年1月": NoSuchYear,
		"2022年2月30日": NoSuchDay, "13月1日": NoSuchDay, "2022.13.1": NoSuchDay,
	} {
		if got := faultOf(text); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestALongTextIsNoDeadline: reading dates costs the square of a text's length,
// so that a cell as full as can be took seconds, and a column of them hours.
func TestALongTextIsNoDeadline(t *testing.T) {
	long := "2022年6月底前" + strings.Repeat("\xaf", maxDeadline)
	if d := Parse(long, 2022, testToday); d.Kind != Unknown || d.Text != long {
		t.Errorf("%+v", d.Kind)
	}
	if d := Parse("2022年6月底前"+strings.Repeat("，逐步推进", 90), 2022, testToday); d.Kind != Dated {
		t.Errorf("%+v", d.Kind)
	}
}
