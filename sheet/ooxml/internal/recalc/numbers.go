package recalc

import (
	"math"
	"strconv"
	"strings"
)

func fnInt(_ *calc, v []Value) (Value, error) {
	n, err := v[0].number()
	if err != nil {
		return Value{}, err
	}
	if closeness(n, math.Round(n)) == nearlyEqual {
		return Value{}, ErrUnknown
	}
	return NumberOf(math.Floor(n)), nil
}

func fnMod(_ *calc, v []Value) (Value, error) {
	n, err := numbers(v)
	switch {
	case err != nil:
		return Value{}, err
	case n[1] == 0:
		return Value{}, errDiv
	case n[0] != math.Trunc(n[0]) || n[1] != math.Trunc(n[1]) || math.Abs(n[0]) > 1e12 || math.Abs(n[1]) > 1e12:
		return Value{}, ErrUnknown
	}
	return NumberOf(n[0] - n[1]*math.Floor(n[0]/n[1])), nil
}

// rounder says whether the digits behind the last one that is kept add one to it.
type rounder func(rest string) bool

func roundHalf(rest string) bool { return rest >= "5" }
func roundAway(rest string) bool { return strings.Trim(rest, "0") != "" }
func roundZero(string) bool      { return false }

func rounding(up rounder) func(*calc, []Value) (Value, error) {
	return func(_ *calc, v []Value) (Value, error) {
		n, err := numbers(v)
		if err != nil {
			return Value{}, err
		}
		digits, err := integer(n[1])
		if err != nil || digits < -12 || digits > 12 {
			return Value{}, ErrUnknown
		}
		s, ok := decimals(n[0], digits, up)
		if !ok {
			return Value{}, ErrUnknown
		}
		r, err := strconv.ParseFloat(s, 64)
		return NumberOf(r + 0), err
	}
}

// decimals writes a number with so many digits behind the decimal point, counted
// as spreadsheet programs do: of the 15 digits that a number has for people.
// Negative digits round before the point.
func decimals(n float64, digits int, up rounder) (string, bool) {
	if math.Abs(n) >= 1e15 {
		return "", false
	}
	e := strconv.FormatFloat(math.Abs(n), 'e', 14, 64) // d.dddde±xx
	mantissa, exponent, _ := strings.Cut(e, "e")
	exp, _ := strconv.Atoi(exponent)
	all := mantissa[:1] + mantissa[2:]
	point := exp + 1 // digits of all before the decimal point
	if point < 0 {
		all = strings.Repeat("0", -point) + all
		point = 0
	}
	keep := point + digits
	if keep < 0 {
		return "0", !up(all) || up("0") == up(all) // far below the last digit kept
	}
	all = "0" + all // room for a carry
	point++
	keep++
	if keep > len(all) {
		all += strings.Repeat("0", keep-len(all))
	}
	kept := []byte(all[:keep])
	if up(all[keep:]) {
		i := keep - 1
		for ; kept[i] == '9'; i-- {
			kept[i] = '0'
		}
		kept[i]++
	}
	if keep < point {
		kept = append(kept, strings.Repeat("0", point-keep)...)
	}
	s := strings.TrimLeft(string(kept[:point]), "0")
	if s == "" {
		s = "0"
	}
	if frac := string(kept[point:]); frac != "" {
		s += "." + frac
	}
	if n < 0 && strings.Trim(s, "0.") != "" {
		s = "-" + s
	}
	return s, true
}
