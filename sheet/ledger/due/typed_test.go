package due

import (
	"testing"
	"time"
)

func TestDatesThatPeopleTypeAreRead(t *testing.T) {
	today := Date(2022, 9, 20)
	for text, want := range map[string]string{
		"9-8": "2022-09-08", "09-08": "2022-09-08", "9.8": "2022-09-08", "９－８": "2022-09-08", " 12-5 ": "2022-12-05",
		"9-8日": "2022-09-08", "9.08号": "2022-09-08", "9/8": "2022-09-08", "2022-9-8": "2022-09-08",
		"9月8日": "2022-09-08",
		"今天":   "2022-09-20", "Today": "2022-09-20", "明天": "2022-09-21", "昨天": "2022-09-19", "前天": "2022-09-18",
		"后天":   "2022-09-22",
		"13-1": "", "0-5": "", "5-0": "", "9-31": "", "2-30": "", "9-8-": "", "9-8-7-6": "", "1.2.3": "", "12": "",
	} {
		got := ""
		if d := ParseTyped(text, 2022, today); d.IsDay() {
			got = d.Due.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	if d := ParseTyped("9-31", 2022, today); d.Fault != NoSuchDay {
		t.Errorf("9-31 has the fault %d", d.Fault)
	}
	if d := Parse("9-8", 2022, today); d.Kind != Unknown {
		t.Errorf("9-8 in a cell is taken for a date: %+v", d)
	}
	if d := ParseTyped("9-8", 0, today); d.Kind != Unknown {
		t.Errorf("9-8 without a year is taken for %+v", d)
	}
}
