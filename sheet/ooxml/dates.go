package ooxml

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"taizhang/sheet/ooxml/internal/numfmt"
)

var (
	epoch1900 = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	epoch1904 = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	endOfTime = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// serialTime is the moment of a serial number, to the millisecond. The 1900
// system has a 29 February 1900 (number 60) that never was: numbers below it
// count from a day later, and it is read as the 28th. Number 0 of that system
// is "0 January", no date; neither are negative numbers and those beyond the
// year 9999.
func serialTime(serial float64, date1904 bool) (time.Time, bool) {
	if !(serial >= 0 && serial < 3e6) || !date1904 && serial < 1 {
		return time.Time{}, false
	}
	day, fraction := math.Modf(serial)
	epoch := epoch1900
	switch {
	case date1904:
		epoch = epoch1904
	case day < 60:
		day++
	}
	t := epoch.AddDate(0, 0, int(day)).Add(time.Duration(math.Round(fraction*86400e3)) * time.Millisecond)
	return t, t.Before(endOfTime)
}

// isoTime reads the value of a cell of kind Date.
func isoTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range []string{
		"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999",
		"2006-01-02 15:04",
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01", "2006-01-02Z07:00",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC),
				true
		}
	}
	return time.Time{}, false
}

// Time is the moment a number, date or date-styled cell stands for, in UTC.
// ok is false if the cell is not a date.
func (w *Workbook) Time(c Cell) (t time.Time, ok bool) {
	switch c.Kind {
	case Date:
		return isoTime(c.Value)
	case Number:
		if !w.IsDate(int(c.Style)) {
			return time.Time{}, false
		}
		n, err := strconv.ParseFloat(c.Value, 64)
		if err != nil {
			return time.Time{}, false
		}
		return serialTime(n, w.book.Date1904)
	}
	return time.Time{}, false
}

// Text is the cell as a person sees it, closely enough to work with: text as it
// is; numbers shortest in decimal notation, as percent, with zeros in front or
// behind, or with words, if the format says so, but never with fewer digits than
// are stored; dates "2006-01-02", with " 15:04" or " 15:04:05" if the format shows
// a time of day and the value has one, and where the format shows no day
// "2006-01", "2006年1月" or "2006年"; times of day and durations "15:04" or
// "15:04:05"; booleans TRUE and FALSE; errors by name; a picture as PictureText.
func (w *Workbook) Text(c Cell) string {
	switch c.Kind {
	case Bool:
		if c.Value == "1" {
			return "TRUE"
		}
		return "FALSE"
	case Date:
		t, ok := isoTime(c.Value)
		if !ok {
			return c.Value
		}
		f := w.book.Format(int(c.Style))
		if !f.Date {
			f = &numfmt.Format{Date: true, Year: true, Month: true, Day: true, Clock: true, Seconds: t.Second() != 0}
		}
		return dateText(t, f)
	case Number:
		return numberText(c.Value, w.book.Format(int(c.Style)), w.book.Date1904)
	}
	return c.Value
}

func dateText(t time.Time, f *numfmt.Format) string {
	t = t.Round(time.Second)
	switch {
	case f.Year && !f.Day && f.Month && f.Han:
		return t.Format("2006年1月")
	case f.Year && !f.Day && f.Month:
		return t.Format("2006-01")
	case f.Year && !f.Day:
		return t.Format("2006年")
	case !f.Clock || t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0:
		return t.Format("2006-01-02")
	case f.Seconds:
		return t.Format("2006-01-02 15:04:05")
	}
	return t.Format("2006-01-02 15:04")
}

func numberText(value string, f *numfmt.Format, date1904 bool) string {
	if f.IsGeneral() && plainInteger(value) {
		return value
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return value
	}
	switch {
	case f.Date:
		if t, ok := serialTime(n, date1904); ok {
			return dateText(t, f)
		}
	case f.Elapsed:
		return clockText(n, f.Seconds)
	case f.Clock:
		return clockText(math.Mod(math.Round((n-math.Floor(n))*86400), 86400)/86400, f.Seconds)
	case f.Percent:
		return decimal(value, n, 2) + "%"
	}
	s := decimal(value, n, 0)
	if words, ok := f.Words(n, s); ok {
		return words
	}
	return padded(s, f.Digits, f.Places)
}

// padded is a number in decimal notation with at least so many digits before and
// behind the decimal point.
func padded(s string, digits, places int) string {
	s, negative := strings.CutPrefix(s, "-")
	whole, frac, _ := strings.Cut(s, ".")
	whole = strings.Repeat("0", max(digits-len(whole), 0)) + whole
	if frac += strings.Repeat("0", max(places-len(frac), 0)); frac != "" {
		whole += "." + frac
	}
	if negative {
		whole = "-" + whole
	}
	return whole
}

// clockText shows a share of days as hours, minutes and seconds.
func clockText(days float64, seconds bool) string {
	if math.Abs(days) > 3e6 {
		return strconv.FormatFloat(days, 'f', -1, 64)
	}
	sign := ""
	if days < 0 {
		sign, days = "-", -days
	}
	n := int64(math.Round(days * 86400))
	if seconds {
		return fmt.Sprintf("%s%02d:%02d:%02d", sign, n/3600, n/60%60, n%60)
	}
	return fmt.Sprintf("%s%02d:%02d", sign, n/3600, n/60%60)
}

// plainInteger reports whether value is an integer in its shortest notation.
func plainInteger(value string) bool {
	digits := strings.TrimPrefix(value, "-")
	if digits == "" || digits[0] == '0' && value != "0" {
		return false
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return true
}

// decimal is n times 10^shift in decimal notation without trailing zeros, in
// the 15 digits that spreadsheet programs calculate with and show. An integer
// keeps all digits that are stored.
func decimal(value string, n float64, shift int) string {
	if shift == 0 && plainInteger(value) {
		return value
	}
	e := strconv.FormatFloat(n, 'e', 14, 64) // d.dddde±xx
	mantissa, exponent, _ := strings.Cut(e, "e")
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	digits := strings.TrimRight(mantissa[:1]+mantissa[2:], "0")
	if digits == "" {
		return "0"
	}
	exp, _ := strconv.Atoi(exponent)
	point := exp + 1 + shift // digits before the decimal point
	switch {
	case point <= 0:
		return sign + "0." + strings.Repeat("0", -point) + digits
	case point >= len(digits):
		return sign + digits + strings.Repeat("0", point-len(digits))
	}
	return sign + digits[:point] + "." + digits[point:]
}
