package due

import (
	"regexp"
	"time"

	"taizhang/sheet/ledger/internal/fold"
)

// near are the words for days around the one on which they are typed.
var near = map[string]int{
	"前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0,
	"明天": 1, "明日": 1, "tomorrow": 1, "后天": 2,
}

// reTypedDay is a month and a day as people type them into a field for a date: 9-8, 09.08.
var reTypedDay = regexp.MustCompile(`^(\d{1,2})\s*[-.]\s*(\d{1,2})[日号]?$`)

// ParseTyped reads a date that a person types into a field where only a date can stand.
// Beside what Parse reads there are today and the days around it, and a month with its
// day (9-8): in a cell of a workbook that may be any number.
func ParseTyped(text string, year int, today time.Time) Deadline {
	f := fold.Text(text)
	if n, ok := near[f]; ok && !today.IsZero() {
		day := today.AddDate(0, 0, n)
		return Deadline{Text: text, Kind: Dated, From: day, Due: day}
	}
	d := Parse(text, year, today)
	g := reTypedDay.FindStringSubmatch(foldDate(text))
	if d.Kind != Unknown || g == nil || year < MinYear || year > MaxYear {
		return d
	}
	month, day := atoi(g[1]), atoi(g[2])
	switch {
	case month < 1 || month > 12 || day < 1 || day > 31:
	case day > lastOf(year, month):
		d.Fault = NoSuchDay
	default:
		d.Kind, d.From = Dated, Date(year, month, day)
		d.Due = d.From
	}
	return d
}
