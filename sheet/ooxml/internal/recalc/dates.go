package recalc

import (
	"math"
	"strings"
	"time"

	"taizhang/sheet/ooxml/internal/formula"
)

// Days are counted from 1899-12-30. Those before March 1900 have other numbers in
// every program, and none is beyond the year 9999.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const (
	firstDay = 61
	lastDay  = 2958465
)

// day is the date of an argument.
func day(v Value) (time.Time, error) {
	if v.Kind != Number {
		if v.Kind == Error {
			return dayZero, cellError(v.Str)
		}
		return dayZero, ErrUnknown // a text may be a date or none
	}
	if closeness(v.Num, math.Round(v.Num)) == nearlyEqual || v.Num < firstDay || v.Num >= lastDay+1 {
		return dayZero, ErrUnknown
	}
	return dayZero.AddDate(0, 0, int(math.Floor(v.Num))), nil
}

// days are the dates of arguments.
func days(v ...Value) ([]time.Time, error) {
	out := make([]time.Time, len(v))
	for i := range v {
		var err error
		if out[i], err = day(v[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// serial is the number of a date.
func serial(t time.Time) (Value, error) {
	n := between(dayZero, t)
	if n < firstDay || n > lastDay {
		return Value{}, ErrUnknown
	}
	return NumberOf(float64(n)), nil
}

func between(a, b time.Time) int { return int((b.Unix() - a.Unix()) / 86400) }

func fnDate(_ *calc, v []Value) (Value, error) {
	n, err := numbers(v)
	if err != nil {
		return Value{}, err
	}
	var part [3]int
	for i := range part {
		if part[i], err = integer(n[i]); err != nil || part[i] < -9999 || part[i] > 9999 {
			return Value{}, ErrUnknown
		}
	}
	if part[0] < 1900 {
		return Value{}, ErrUnknown
	}
	return serial(time.Date(part[0], time.Month(part[1]), part[2], 0, 0, 0, 0, time.UTC))
}

func datePart(part func(y, m, d int) int) func(*calc, []Value) (Value, error) {
	return func(_ *calc, v []Value) (Value, error) {
		t, err := day(v[0])
		return NumberOf(float64(part(t.Year(), int(t.Month()), t.Day()))), err
	}
}

func fnWeekday(_ *calc, v []Value) (Value, error) {
	t, err := day(v[0])
	if err != nil {
		return Value{}, err
	}
	kind, err := position(v, 1)
	n := int(t.Weekday()) // 0 is Sunday
	switch {
	case err != nil:
		return Value{}, err
	case kind == 1:
		n++
	case kind == 2:
		n = (n+6)%7 + 1
	case kind == 3:
		n = (n + 6) % 7
	default:
		return Value{}, ErrUnknown
	}
	return NumberOf(float64(n)), nil
}

// monthsOn is the first of the month so many months on from an argument.
func monthsOn(v []Value) (from, to time.Time, err error) {
	if from, err = day(v[0]); err != nil {
		return
	}
	n, err := v[1].number()
	if err != nil {
		return from, to, err
	}
	k, err := integer(n)
	if err != nil || k < -12000 || k > 120000 {
		return from, to, ErrUnknown
	}
	return from, time.Date(from.Year(), from.Month()+time.Month(k), 1, 0, 0, 0, 0, time.UTC), nil
}

func fnEdate(_ *calc, v []Value) (Value, error) {
	from, to, err := monthsOn(v)
	if err != nil {
		return Value{}, err
	}
	last := to.AddDate(0, 1, -1).Day()
	return serial(to.AddDate(0, 0, min(from.Day(), last)-1))
}

func fnEomonth(_ *calc, v []Value) (Value, error) {
	_, to, err := monthsOn(v)
	if err != nil {
		return Value{}, err
	}
	return serial(to.AddDate(0, 1, -1))
}

func fnDays(_ *calc, v []Value) (Value, error) {
	d, err := days(v...)
	if err != nil {
		return Value{}, ErrUnknown
	}
	return NumberOf(float64(between(d[1], d[0]))), nil
}

// fnDatedif counts whole years, months or days. The other units are counted
// differently from program to program.
func fnDatedif(_ *calc, v []Value) (Value, error) {
	d, err := days(v[:2]...)
	if err != nil {
		return Value{}, ErrUnknown // programs do not agree on the error
	}
	if v[2].Kind != Text || d[1].Before(d[0]) {
		return Value{}, ErrUnknown
	}
	months := (d[1].Year()-d[0].Year())*12 + int(d[1].Month()) - int(d[0].Month())
	if d[1].Day() < d[0].Day() {
		months--
	}
	switch strings.ToUpper(v[2].Str) {
	case "D":
		return NumberOf(float64(between(d[0], d[1]))), nil
	case "M":
		return NumberOf(float64(months)), nil
	case "Y":
		return NumberOf(float64(months / 12)), nil
	}
	return Value{}, ErrUnknown
}

// fnNetworkdays counts the days from Monday to Friday, both ends included, that
// are not among the holidays.
func fnNetworkdays(c *calc, args []formula.Expr) (Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return Value{}, ErrUnknown
	}
	v, err := c.scalars(args[:2])
	if err != nil {
		return Value{}, err
	}
	d, err := days(v...)
	if err != nil {
		return Value{}, err
	}
	free := map[int]bool{}
	if len(args) == 3 {
		a, err := c.needArea(args[2])
		if err != nil {
			return Value{}, err
		}
		m, err := c.load(a)
		if err != nil {
			return Value{}, err
		}
		for _, v := range m.vals {
			if v.Kind == Blank {
				continue
			}
			t, err := day(v)
			if err != nil {
				return Value{}, err
			}
			free[between(dayZero, t)] = true
		}
	}
	from, to, sign := between(dayZero, d[0]), between(dayZero, d[1]), 1
	if from > to {
		from, to, sign = to, from, -1
	}
	if err := c.book.Spend(to - from); err != nil {
		return Value{}, err
	}
	n := 0
	for k := from; k <= to; k++ {
		if weekday := (k + 6) % 7; weekday != 0 && weekday != 6 && !free[k] { // day 1 was a Sunday
			n++
		}
	}
	return NumberOf(float64(n * sign)), nil
}

// fnText writes a number in a format of digits, or a date in one of years,
// months and days. Other formats show what depends on country and program.
func fnText(_ *calc, v []Value) (Value, error) {
	if v[1].Kind != Text {
		return Value{}, ErrUnknown
	}
	code := v[1].Str
	if v[0].Kind == Text {
		if mayBeNumber(v[0].Str) || strings.Contains(code, "@") {
			return Value{}, ErrUnknown
		}
		return v[0], nil
	}
	if v[0].Kind != Number {
		return Value{}, ErrUnknown
	}
	if s, ok := digitFormat(v[0].Num, code); ok {
		return TextOf(s), nil
	}
	pieces, ok := dateFormat(code)
	if !ok {
		return Value{}, ErrUnknown
	}
	t, err := day(v[0])
	if err != nil {
		return Value{}, err
	}
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(t.Format(p))
	}
	return TextOf(b.String()), nil
}

// digitFormat writes a number by a code such as 0, 000, 0.00, #,##0.0 or 0%.
func digitFormat(n float64, code string) (string, bool) {
	body, percent := strings.CutSuffix(code, "%")
	whole, frac, dotted := strings.Cut(body, ".")
	whole, grouped := strings.CutPrefix(whole, "#,##")
	if whole == "" || strings.Trim(whole+frac, "0") != "" || dotted && frac == "" || grouped && whole != "0" ||
		len(frac) > 10 {
		return "", false
	}
	if percent {
		n *= 100
	}
	s, ok := decimals(n, len(frac), roundHalf)
	if !ok {
		return "", false
	}
	s, negative := strings.CutPrefix(s, "-")
	s, rest, _ := strings.Cut(s, ".")
	if len(s) < len(whole) {
		s = strings.Repeat("0", len(whole)-len(s)) + s
	}
	if grouped {
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
	}
	if frac != "" {
		s += "." + rest
	}
	if negative {
		s = "-" + s
	}
	if percent {
		s += "%"
	}
	return s, true
}

// dateFormat takes a code such as yyyy-mm-dd or yyyy"年"m"月" apart into layouts
// of package time.
func dateFormat(code string) (pieces []string, ok bool) {
	for i := 0; i < len(code); {
		c := code[i] | 0x20
		n := 1
		switch {
		case c == 'y' || c == 'm' || c == 'd':
			for i+n < len(code) && code[i+n]|0x20 == c {
				n++
			}
			layout := map[string]string{"yyyy": "2006", "yy": "06", "mm": "01", "m": "1", "dd": "02",
				"d": "2"}[strings.ToLower(code[i:i+n])]
			if layout == "" {
				return nil, false
			}
			pieces, ok = append(pieces, layout), true
		case code[i] == '-' || code[i] == '.':
			pieces = append(pieces, code[i:i+1])
		case code[i] == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 || strings.ContainsAny(code[i+1:i+1+end], "0123456789JFMASONDPpjfmasond_") {
				return nil, false
			}
			pieces = append(pieces, code[i+1:i+1+end])
			n = end + 2
		default:
			word := ""
			for _, w := range []string{"年", "月", "日"} {
				if strings.HasPrefix(code[i:], w) {
					word = w
				}
			}
			if word == "" {
				return nil, false
			}
			pieces = append(pieces, word)
			n = len(word)
		}
		i += n
	}
	return pieces, ok
}
