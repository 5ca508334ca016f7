package due

import (
	"testing"
	"time"
)

func TestShortDaysInListsAndRanges(t *testing.T) {
	for text, want := range map[string]string{
		"10.26~11.1":      "2022-11-01",
		"10.26—11.1":      "2022-11-01",
		"10.17/10.18":     "2022-10-18",
		"3.1-3.5":         "2022-03-05",
		"3.5-3.1":         "",
		"10.17、10.18":     "2022-10-18",
		"9.1-9.30":        "2022-09-30",
		"9/20-9/25":       "2022-09-25",
		"11.20-1.15":      "2023-01-15",
		"2022-2025年":      "2025-12-31",
		"2023年—2025年":     "2025-12-31",
		"2022年至2024年底前完成": "2024-12-31",
		// What may be something else stays unread.
		"1.5-2.5":    "",
		"10.26~13.1": "",
		"3.14/2.71":  "",
		"农历八月十五前":    "",
		"八月十五前":      "",
		"腊月二十三":      "",
		"正月十五前":      "",
		"5年内":        "",
		"三年内完成":      "",
		"八月十五日前":     "2022-08-15",
	} {
		d := Parse(text, 2022, time.Date(2022, 9, 1, 0, 0, 0, 0, time.UTC))
		got := ""
		if d.Kind == Dated {
			got = d.Due.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%s: %s %q, want %q", text, d.Kind, got, want)
		}
	}
}

func TestShortFormsOfDays(t *testing.T) {
	today := Date(2024, 7, 15)
	for text, want := range map[string]string{
		"6月1/2日": "2024-06-02", "6月1、2日": "2024-06-02", "7/16 18:00": "2024-07-16", "7月16日 18:00前": "2024-07-16",
		"国庆节前":       "2024-09-30",
		"2025年国庆假期前": "2025-09-30", "“五一”前": "2024-04-30", "七一前完成": "2024-06-30", "24/8/5": "2024-08-05",
		"春节前": "", "元旦前": "", "周五": "", "下周三": "", "月底": "", "中秋节前": "", "农历八月十五前": "",
	} {
		d := Parse(text, 2024, today)
		if got := d.Due; want == "" && d.Kind != Unknown || want != "" && got.Format(time.DateOnly) != want {
			t.Errorf("%s: %s %s, want %q", text, d.Kind, got.Format(time.DateOnly), want)
		}
	}
	for text, want := range map[string]bool{"6月底c": true, "6月30日x": true, "2024.6.30 ok": true, "6月底": false,
		"by June 30 pm": false, "Q3": false, "2024Q3": false} {
		if d := Parse(text, 2024, today); d.Slip != want {
			t.Errorf("%s: slip %v, %s", text, d.Slip, d.Kind)
		}
	}
}
