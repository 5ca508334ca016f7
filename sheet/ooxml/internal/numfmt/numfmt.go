// Package numfmt tells what a number format shows: a date and how much of it, a
// time, a percentage, or words around or in place of a number.
//
// It does not draw numbers as a spreadsheet program does, with thousands parted
// and rounded to what the column has room for: what is read from a cell is
// compared, kept and written back, so that no digit may be lost. It says what
// changes the meaning.
package numfmt

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/nfp"
)

// Format is what a number format tells about the meaning of a number. The zero
// Format is General.
type Format struct {
	Date    bool // shows a day, month or year
	Clock   bool // shows a time of day
	Seconds bool // shows seconds
	Elapsed bool // shows a duration that runs past 24 hours, such as [h]:mm
	Percent bool
	Digits  int // least digits before the decimal point
	Places  int // least digits behind it

	Year, Month, Day bool // which parts of a date are shown
	Han              bool // the parts of the date are followed by 年, 月, 日

	words []section // of a format that shows words; else nil
}

// section is one of the parts of a code between semicolons, for some numbers.
type section struct {
	op    string // condition: = <> < <= > >=, "" for none
	bound float64
	items []nfp.Token
}

// maxCode is the longest code that Excel takes.
const maxCode = 255

// Parse reads a format code. A number is a date if any section of the code shows
// it as one.
func Parse(code string) (f Format) {
	// General under the names that files give it besides.
	for _, name := range []string{"G/通用格式", "通用格式", "Standard", "standard", "STANDARD"} {
		code = strings.ReplaceAll(code, name, "General")
	}
	if len(code) > 4*maxCode {
		return f
	}
	code, quoted := shield(code)
	parser := nfp.NumberFormatParser()
	wordy := false
	var sections []section
	for i, s := range parser.Parse(code) {
		if s.Type == nfp.TokenSectionText || i > 0 && isText(s.Items) {
			continue
		}
		for k := range s.Items {
			if t := &s.Items[k]; t.TType == nfp.TokenTypeLiteral {
				t.TValue = quoted.restore(t.TValue)
			}
		}
		g := readSection(s.Items)
		f.Date, f.Clock, f.Seconds, f.Elapsed = f.Date || g.Date, f.Clock || g.Clock, f.Seconds || g.Seconds,
			f.Elapsed || g.Elapsed
		f.Year, f.Month, f.Day, f.Han = f.Year || g.Year, f.Month || g.Month, f.Day || g.Day, f.Han || g.Han
		if i == 0 {
			f.Percent, f.Digits, f.Places = g.Percent, g.Digits, g.Places
		}
		one := section{items: s.Items}
		for _, t := range s.Items {
			if t.TType == nfp.TokenTypeCondition && len(t.Parts) == 2 {
				one.op = t.Parts[0].Token.TValue
				one.bound, _ = strconv.ParseFloat(t.Parts[1].Token.TValue, 64)
			}
			wordy = wordy || t.TType == nfp.TokenTypeLiteral && isWord(t.TValue)
		}
		sections = append(sections, one)
	}
	if f.Date || f.Clock || f.Elapsed {
		f.Percent, f.Digits, f.Places = false, 0, 0
		return f
	}
	if wordy {
		f.words = sections
	}
	return f
}

// shielded are quoted and escaped texts of a code. The parser is not given them,
// for it takes some for what they read like: "[h]", "AM/PM".
type shielded []string

// firstShield is the character that stands for the first of them.
const firstShield = 0xE000

func shield(code string) (string, shielded) {
	var b strings.Builder
	var list shielded
	keep := func(text string) {
		b.WriteString(`"` + string(rune(firstShield+len(list))) + `"`)
		list = append(list, text)
	}
	for i := 0; i < len(code); {
		switch c := code[i]; {
		case c == '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return b.String(), list // an unfinished text says nothing
			}
			if end > 0 {
				keep(code[i+1 : i+1+end])
			}
			i += end + 2
		case c == '\\' && i+1 < len(code):
			_, n := utf8.DecodeRuneInString(code[i+1:])
			keep(code[i+1 : i+1+n])
			i += 1 + n
		case (c == '_' || c == '*') && i+1 < len(code):
			_, n := utf8.DecodeRuneInString(code[i+1:])
			b.WriteString(code[i : i+1+n])
			i += 1 + n
		case c == '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return b.String(), list
			}
			b.WriteString(code[i : i+end+1])
			i += end + 1
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), list
}

func (l shielded) restore(s string) string {
	var b strings.Builder
	for _, r := range s {
		if i := int(r) - firstShield; i >= 0 && i < len(l) {
			b.WriteString(l[i])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isText reports whether a section is for texts.
func isText(items []nfp.Token) bool {
	for _, t := range items {
		if t.TType == nfp.TokenTypeTextPlaceHolder {
			return true
		}
	}
	return false
}

// isWord reports whether a literal says something: a mark of currency or a sign
// does not.
func isWord(s string) bool {
	letter := false
	for _, r := range s {
		if unicode.Is(unicode.Sc, r) {
			return false
		}
		letter = letter || unicode.IsLetter(r)
	}
	return letter
}

// readSection tells what one section shows.
func readSection(items []nfp.Token) (f Format) {
	last := byte(0)  // the last letter of a date or time, for telling minutes from months
	monthAt := false // an m that is a month unless seconds follow
	isMonth := false // the last m is that one
	zeros, hash := 0, false
	point := false
	for _, t := range items {
		switch t.TType {
		case nfp.TokenTypeElapsedDateTimes:
			f.Elapsed = true
			last = t.TValue[0] | 0x20
			f.Seconds = f.Seconds || last == 's'
		case nfp.TokenTypeDateTimes:
			c, n := t.TValue[0]|0x20, len(t.TValue)
			if strings.ContainsAny(t.TValue, "/") || !strings.Contains("ymdhseabg", string(c)) {
				f.Clock = true // AM/PM, A/P, 上午/下午
				continue
			}
			switch c {
			case 'm':
				switch {
				case n <= 2 && (last == 'h' || last == 's'):
					isMonth = false
				case n <= 2:
					f.Month = f.Month || monthAt
					monthAt, isMonth = true, true
				default:
					f.Month = true
				}
			case 'h':
				f.Clock = true
			case 's':
				f.Clock, f.Seconds = true, true
				if last == 'm' && isMonth {
					monthAt = false
				}
			case 'd':
				f.Day = f.Day || n <= 2
				f.Date = true
			case 'y', 'e', 'b':
				f.Year = true
			case 'a':
				f.Date = f.Date || n >= 3
				continue
			default:
				f.Date = true
			}
			last = c
		case nfp.TokenTypePercent:
			f.Percent = true
		case nfp.TokenTypeZeroPlaceHolder:
			if point {
				f.Places += len(t.TValue)
			} else {
				zeros += len(t.TValue)
			}
		case nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			hash = hash || !point
		case nfp.TokenTypeDecimalPoint, nfp.TokenTypeFraction:
			point = point || zeros > 0 || hash
		case nfp.TokenTypeExponential:
			f.Places, point = 0, true
			zeros = 0
			return f.closed(monthAt)
		case nfp.TokenTypeLiteral:
			f.Han = f.Han || strings.ContainsAny(t.TValue, "年月")
		}
	}
	if !hash && zeros > 1 {
		f.Digits = min(zeros, 32)
	}
	f.Places = min(f.Places, 15)
	return f.closed(monthAt)
}

// closed settles what only the end of a section shows.
func (f Format) closed(month bool) Format {
	f.Month = f.Month || month
	f.Date = f.Date || f.Year || f.Month || f.Day
	if f.Elapsed {
		f.Clock = false
	}
	return f
}

// IsGeneral reports whether numbers are shown by themselves.
func (f *Format) IsGeneral() bool {
	return !f.Date && !f.Clock && !f.Elapsed && !f.Percent && f.Digits == 0 && f.Places == 0 && f.words == nil
}

// IsWhole reports whether a date shows with its year, month and day, and with
// the time of day if it is of interest.
func (f *Format) IsWhole(clock bool) bool {
	return f.Date && f.Year && f.Month && f.Day && (f.Clock || !clock)
}

// Words is a number with the words that its format shows with it, or in its
// place; ok is false if it shows none, and for what is not drawn here. No digit
// of the number is lost. plain is the number in decimal notation.
func (f *Format) Words(n float64, plain string) (text string, ok bool) {
	if f.words == nil {
		return "", false
	}
	s, sign := f.sectionFor(n)
	if s == nil {
		return "", false
	}
	if n < 0 && !sign {
		n, plain = -n, strings.TrimPrefix(plain, "-")
	}
	text, ok = s.draw(n, plain)
	return text, ok && strings.TrimSpace(text) != ""
}

// sectionFor is the section for a number; sign tells that a negative one keeps
// its sign there.
func (f *Format) sectionFor(n float64) (s *section, sign bool) {
	last := len(f.words) - 1
	for i := range f.words {
		s := &f.words[i]
		switch {
		case s.op != "":
			if holds(n, s.op, s.bound) {
				return s, true
			}
		case i == last:
			return s, i == 0 || i == 2 || f.words[0].op != ""
		case i == 0 && last == 1 && n >= 0, i == 0 && last > 1 && n > 0, i == 1 && n < 0:
			return s, i == 0
		}
	}
	return nil, false
}

func holds(n float64, op string, bound float64) bool {
	switch op {
	case "=":
		return n == bound
	case "<>":
		return n != bound
	case "<":
		return n < bound
	case "<=":
		return n <= bound
	case ">":
		return n > bound
	case ">=":
		return n >= bound
	}
	return false
}

// draw writes a number in a section, its digits from the right into the places
// that are left for them.
func (s *section) draw(n float64, plain string) (string, bool) {
	whole, frac, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	places := 0 // for digits before the decimal point
	point, grouped, percent, ended := false, false, false, false
	for i, t := range s.items {
		if isPlace(t) && ended {
			return "", false // words among the digits behind the decimal point
		}
		ended = ended || point && t.TType == nfp.TokenTypeLiteral
		switch t.TType {
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			if !point {
				places += len(t.TValue)
			}
		case nfp.TokenTypeDecimalPoint:
			point = true
		case nfp.TokenTypePercent:
			percent = true
		case nfp.TokenTypeThousandsSeparator:
			if i+1 == len(s.items) || !isPlace(s.items[i+1]) {
				return "", false // in thousands: digits would be lost
			}
			grouped = true
		case nfp.TokenTypeLiteral, nfp.TokenTypeCondition, nfp.TokenTypeColor, nfp.TokenTypeAlignment,
			nfp.TokenTypeRepeatsChar,
			nfp.TokenTypeCurrencyLanguage, nfp.TokenTypeGeneral:
		default:
			return "", false // powers, fractions, numerals of another script
		}
	}
	if percent || strings.Trim(whole+frac, "0123456789") != "" {
		return "", false
	}
	if places > 0 && whole == "0" {
		whole = ""
	}
	left := places // places to come
	point = false
	var b strings.Builder
	started := false
	write := func(digits string) {
		for i, r := range digits {
			if rest := len(digits) - i + left; grouped && started && rest%3 == 0 {
				b.WriteByte(',')
			}
			b.WriteRune(r)
			started = true
		}
	}
	for _, t := range s.items {
		switch t.TType {
		case nfp.TokenTypeGeneral:
			b.WriteString(strings.TrimPrefix(plain, "-"))
		case nfp.TokenTypeLiteral:
			b.WriteString(t.TValue)
		case nfp.TokenTypeCurrencyLanguage:
			for _, p := range t.Parts {
				if p.Token.TType == nfp.TokenSubTypeCurrencyString {
					b.WriteString(p.Token.TValue)
				}
			}
		case nfp.TokenTypeDecimalPoint:
			point = true
		case nfp.TokenTypeZeroPlaceHolder, nfp.TokenTypeHashPlaceHolder, nfp.TokenTypeDigitalPlaceHolder:
			if point {
				continue
			}
			for range t.TValue {
				left--
				switch have := len(whole) - left; {
				case have > 0:
					// The first place takes all digits that have none of their own.
					write(whole[:have])
					whole = whole[have:]
				case t.TType == nfp.TokenTypeZeroPlaceHolder:
					write("0")
				}
			}
			if left == 0 {
				b.WriteString(fraction(frac, s.items))
			}
		}
	}
	if n < 0 {
		return "-" + b.String(), true
	}
	return b.String(), true
}

func isPlace(t nfp.Token) bool {
	return t.TType == nfp.TokenTypeZeroPlaceHolder || t.TType == nfp.TokenTypeHashPlaceHolder ||
		t.TType == nfp.TokenTypeDigitalPlaceHolder
}

// fraction is the digits behind the decimal point, with zeros up to the places
// that ask for them.
func fraction(frac string, items []nfp.Token) string {
	places, point := 0, false
	for _, t := range items {
		switch t.TType {
		case nfp.TokenTypeDecimalPoint:
			point = true
		case nfp.TokenTypeZeroPlaceHolder:
			if point {
				places += len(t.TValue)
			}
		}
	}
	if len(frac) < places {
		frac += strings.Repeat("0", min(places-len(frac), 30))
	}
	if frac == "" {
		return ""
	}
	return "." + frac
}

// Enter is the number that a person means who types text into a cell of this
// format: 80 or 80% into 0%, 1,200 or 85.50, the words of the format around it.
// ok is false for what is no number, for digits that a number would lose, and for
// zeros in front, which a number would lose unless the format shows them.
func (f *Format) Enter(text string) (number string, ok bool) {
	text = strings.TrimSpace(text)
	for i := range f.words {
		s := &f.words[i]
		before, after, drawn := s.around()
		switch rest, has := strings.CutPrefix(text, before); {
		case !drawn && s.op == "=" && text == before:
			return strconv.FormatFloat(s.bound, 'f', -1, 64), true
		case drawn && has && before+after != "":
			if rest, has = strings.CutSuffix(rest, after); has {
				return f.number(rest)
			}
		}
	}
	return f.number(text)
}

// around is what a section writes before and behind the number; drawn is false
// if it has no place for one.
func (s *section) around() (before, after string, drawn bool) {
	for _, t := range s.items {
		switch {
		case isPlace(t) || t.TType == nfp.TokenTypeGeneral:
			drawn, after = true, ""
		case t.TType != nfp.TokenTypeLiteral:
		case drawn:
			after += t.TValue
		default:
			before += t.TValue
		}
	}
	return strings.TrimSpace(before), strings.TrimSpace(after), drawn
}

// number is Enter without words.
func (f *Format) number(text string) (number string, ok bool) {
	body, negative := strings.CutPrefix(strings.TrimSpace(text), "-")
	body, percent := strings.CutSuffix(body, "%")
	if percent && !f.Percent {
		return "", false
	}
	whole, frac, dotted := strings.Cut(body, ".")
	if whole, ok = ungroup(whole); !ok || dotted && !isDigits(frac) || len(whole)+len(frac) > 15 {
		return "", false
	}
	trimmed := strings.TrimLeft(whole, "0")
	if zeros := len(whole) - len(trimmed); zeros > 0 && (trimmed != "" || zeros > 1) && len(whole) != f.Digits {
		return "", false
	}
	frac = strings.TrimRight(frac, "0")
	if f.Percent && (percent || trimmed != "") { // as Excel does: 0.8 is 80%, 80 as well
		whole = "00" + whole
		whole, frac = whole[:len(whole)-2], strings.TrimRight(whole[len(whole)-2:]+frac, "0")
		trimmed = strings.TrimLeft(whole, "0")
	}
	if trimmed == "" {
		trimmed = "0"
	}
	if frac != "" {
		trimmed += "." + frac
	}
	if n, err := strconv.ParseFloat(trimmed, 64); negative && err == nil && n != 0 {
		trimmed = "-" + trimmed
	}
	return trimmed, true
}

// ungroup takes the commas out of a number whose thousands are parted.
func ungroup(s string) (string, bool) {
	groups := strings.Split(s, ",")
	for i, g := range groups {
		if !isDigits(g) || len(groups) > 1 && (len(g) > 3 || i > 0 && len(g) != 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
