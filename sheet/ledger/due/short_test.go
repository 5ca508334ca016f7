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
