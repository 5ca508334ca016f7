package ooxml

import "strings"

// numFormat is what a number format tells about the meaning of a number.
type numFormat struct {
	date    bool // shows a day, month or year
	clock   bool // shows a time of day
	seconds bool // shows seconds
	elapsed bool // shows a duration that runs past 24 hours, such as [h]:mm
	percent bool
	digits  int // least digits before the decimal point
}

// builtinFormats are the formats that files name by number only. Numbers 27–36
// and 50–58 look different in every East Asian edition; these are those of the
// simplified Chinese one. In the others they are dates or times as well.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm",
	27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: "m-d-yy", 31: `yyyy"年"m"月"d"日"`, 32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`,
	34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`, 54: `m"月"d"日"`, 55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`,
	57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
	// Thai editions
	71: "d/m/yyyy", 72: "d-mmm-yy", 73: "d-mmm", 74: "mmm-yy", 75: "h:mm", 76: "h:mm:ss", 77: "d/m/yyyy h:mm", 78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss.0", 81: "d/m/yy",
}

// parseFormat reads a number format code. A number is a date if any section of
// the code shows it as one.
func parseFormat(code string) (f numFormat) {
	p := formatParser{code: code}
	for first := true; p.at < len(p.code); first = false {
		g := p.section()
		f.date = f.date || g.date
		f.clock = f.clock || g.clock
		f.seconds = f.seconds || g.seconds
		f.elapsed = f.elapsed || g.elapsed
		if first {
			f.percent, f.digits = g.percent, g.digits
		}
	}
	if f.date || f.clock || f.elapsed {
		f.percent, f.digits = false, 0
	}
	return f
}

type formatParser struct {
	code string
	at   int
}

// section reads up to the next semicolon.
func (p *formatParser) section() (f numFormat) {
	last := byte(0)         // the last date letter, for telling minutes from months
	monthAt := false        // an m that is a month unless seconds follow
	zeros, hash := 0, false // digits seen before the decimal point
	point := false
	for p.at < len(p.code) {
		rest := p.code[p.at:]
		c := lower(rest[0])
		switch {
		case c == ';':
			p.at++
			if monthAt {
				f.date = true
			}
			f.setDigits(zeros, hash)
			return f
		case c == '"':
			n := strings.IndexByte(rest[1:], '"')
			if n < 0 {
				p.at = len(p.code)
				continue
			}
			p.at += n + 2
		case c == '\\' || c == '_' || c == '*':
			p.at++
			if p.at < len(p.code) {
				p.at += runeLen(p.code[p.at])
			}
		case c == '[':
			n := strings.IndexByte(rest, ']')
			if n < 0 {
				p.at = len(p.code)
				continue
			}
			if in := strings.ToLower(rest[1:n]); in != "" && strings.Trim(in, in[:1]) == "" && strings.Contains("hms", in[:1]) {
				f.elapsed = true
				f.seconds = f.seconds || in[0] == 's'
				last = in[0]
			}
			p.at += n + 1
		case hasFold(rest, "general"), hasFold(rest, "standard"):
			p.at += len("general")
			if c == 's' {
				p.at++
			}
		case hasFold(rest, "am/pm"):
			f.clock = true
			p.at += len("am/pm")
		case hasFold(rest, "a/p"):
			f.clock = true
			p.at += len("a/p")
		case c == 'e' && len(rest) > 1 && (rest[1] == '+' || rest[1] == '-'):
			p.at += 2
			point = true
		case strings.IndexByte("ymdhseba", c) >= 0:
			n := 1
			for n < len(rest) && lower(rest[n]) == c {
				n++
			}
			p.at += n
			switch c {
			case 'm':
				switch {
				case n <= 2 && (last == 'h' || last == 's'):
				case n <= 2:
					f.date = f.date || monthAt
					monthAt = true
				default:
					f.date = true
				}
			case 'h':
				f.clock = true
			case 's':
				f.clock, f.seconds = true, true
				if last == 'm' {
					monthAt = false
				}
			case 'a':
				f.date = f.date || n >= 3
			default:
				f.date = true
			}
			if c != 'a' {
				last = c
			}
		default:
			switch c {
			case '%':
				f.percent = true
			case '0':
				if !point {
					zeros++
				}
			case '#', '?':
				hash = hash || !point
			case '.', '/', '-':
				point = point || zeros > 0 || hash
			}
			p.at += runeLen(rest[0])
		}
	}
	if monthAt {
		f.date = true
	}
	f.setDigits(zeros, hash)
	return f
}

// setDigits notes leading zeros, which count only in codes such as "000".
func (f *numFormat) setDigits(zeros int, hash bool) {
	if !hash && zeros > 1 {
		f.digits = min(zeros, 32)
	}
	if f.date || f.elapsed {
		// mm:ss.000 and the like
		f.digits = 0
	}
	if f.elapsed {
		f.clock = false
	}
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// runeLen is the length of the UTF-8 sequence that c begins.
func runeLen(c byte) int {
	switch {
	case c < 0xC0:
		return 1
	case c < 0xE0:
		return 2
	case c < 0xF0:
		return 3
	}
	return 4
}
