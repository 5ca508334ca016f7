package numfmt

import (
	"fmt"
	"strings"
	"testing"
)

// shows is what a format says of the kind of a number.
type shows struct {
	Date, Clock, Seconds, Elapsed, Percent bool
	Digits                                 int
}

func shownBy(f Format) shows {
	return shows{f.Date, f.Clock, f.Seconds, f.Elapsed, f.Percent, f.Digits}
}

func TestWhatNumberFormatsShow(t *testing.T) {
	date := shows{Date: true}
	dateClock := shows{Date: true, Clock: true}
	dateSeconds := shows{Date: true, Clock: true, Seconds: true}
	clock := shows{Clock: true}
	seconds := shows{Clock: true, Seconds: true}
	elapsed := shows{Elapsed: true}
	none := shows{}
	for code, want := range map[string]shows{
		"General": none, "GENERAL": none, "Standard": none, "G/通用格式": none, "@": none, "": none, ";;;": none,
		"0": none, "#,##0.00": none, "0.00E+00": none, "##0.0E+0": none, "# ??/??": none,
		"$#,##0_);[Red]($#,##0)": none,
		`#,##0.00"元"`:            none, `0"年"`: none, `0"days"`: none, `[>=10000]0.0,"万";0`: none, `#,##0\ "DM"`: none,
		`0\d`: none, `_d0_m`: none, `*y0`: none,
		`[Red]0`: none, `[$¥-804]#,##0.00`: none, `[DBNum1][$-804]General`: none, `[Blue]0;[Magenta]-0`: none,
		"yyyy-mm-dd": date, "yyyy/m/d": date, "m/d": date, "mmm-yy": date, "d": date, "yy": date, "mmmmm": date,
		"dddd": date, "aaaa": date, "m": date,
		`yyyy"年"m"月"d"日"`: date, "yyyy年m月d日": date, `[$-804]yyyy"年"m"月";@`: date,
		`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`: date, `[DBNum1][$-804]yyyy"年"m"月"d"日"`: date,
		`[$-404]e/m/d`: date, `[$-411]ggge"年"m"月"d"日"`: date, `[=0]"";[>0]yyyy-mm-dd`: date, `0;yyyy-mm-dd`: date,
		"yyyy-mm-dd hh:mm": dateClock, `yyyy"年"m"月"d"日" h"时"mm"分"`: dateClock, "m/d/yy h:mm AM/PM": dateClock,
		"yyyy-mm-dd HH:MM:SS": dateSeconds, "d.m.yy h:mm:ss.000": dateSeconds,
		"h:mm": clock, "h:mm AM/PM": clock, "上午/下午h\"时\"mm\"分\"": clock, "[$-804]AM/PM h\"时\"": clock,
		"hh:mm:ss": seconds, "mm:ss": seconds, "mm:ss.0": seconds,
		"[h]:mm": elapsed, "[hh]": elapsed, "[mm]:ss": {Elapsed: true, Seconds: true},
		"[h]:mm:ss;@": {Elapsed: true, Seconds: true},
		"0%":          {Percent: true}, "0.00%": {Percent: true}, "000": {Digits: 3}, "00000000": {Digits: 8},
		`"No."000`: {Digits: 3}, "00.00": {Digits: 2}, "#000": none,
		`"unterminated`: none, "[unterminated": none, `\`: none,
	} {
		if got := shownBy(Parse(code)); got != want {
			t.Errorf("%q: %+v, want %+v", code, got, want)
		}
	}
}

func TestBuiltinFormats(t *testing.T) {
	dates := " 14 15 16 17 22 27 28 29 30 31 36 50 51 52 53 54 57 58 71 72 73 74 77 81 "
	times := " 18 19 20 21 22 32 33 34 35 45 47 55 56 75 76 77 78 80 "
	elapsed := " 46 79 "
	for id := range 164 {
		f := Parse(Builtin[id])
		has := func(list string) bool { return strings.Contains(list, fmt.Sprintf(" %d ", id)) }
		if f.Date != has(dates) || f.Clock != has(times) || f.Elapsed != has(elapsed) {
			t.Errorf("format %d (%s): %+v", id, Builtin[id], f)
		}
	}
}

func TestWhatADateFormatLeavesOut(t *testing.T) {
	for code, want := range map[string]string{
		"yyyy-mm-dd": "ymd", "yyyy-mm-dd HH:MM:SS": "ymdt", "d.m.yy h:mm:ss.000": "ymdt", "m/d/yy h:mm AM/PM": "ymdt",
		`yyyy"年"m"月"`: "ym", "mmm-yy": "ym",
		`yyyy"年"`: "y", "m/d": "md", "d": "d", "dddd": "", "aaaa": "", `[$-804]yyyy"年"m"月";@`: "ym",
		`[$-404]e/m/d`: "ymd", "h:mm": "t", "yyyy mm:ss": "yt",
	} {
		f, got := Parse(code), ""
		for i, shown := range []bool{f.Year, f.Month, f.Day, f.Clock} {
			if shown {
				got += "ymdt"[i : i+1]
			}
		}
		if got != want || f.IsWhole(false) != strings.HasPrefix(want, "ymd") || f.IsWhole(true) != (want == "ymdt") {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestWordsAroundNumbers(t *testing.T) {
	for _, c := range []struct {
		code, plain, want string // "" for no words
	}{
		{`0"月底前"`, "6", "6月底前"}, {`0"月底前"`, "-6", "-6月底前"}, {`"第"0"批"`, "12", "第12批"}, {`0.0"万元"`, "3", "3.0万元"},
		{`0.0"万元"`, "3.25", "3.25万元"},
		{`"ZW-"000`, "7", "ZW-007"}, {`"ZW-"000`, "1234", "ZW-1234"}, {`"A"00"-"000`, "7", "A00-007"},
		{`"A"00"-"000`, "1234567", "A1234-567"}, {`"A"#"-"0`, "7", "A-7"},
		{`#,##0"元"`, "1234567", "1,234,567元"}, {`#,##0"元"`, "12", "12元"}, {`General"人"`, "12.5", "12.5人"},
		{`G/通用格式"人"`, "12", "12人"},
		{`[=1]"已完成";[=0]"未启动";"其他"`, "1", "已完成"}, {`[=1]"已完成";[=0]"未启动";"其他"`, "0", "未启动"},
		{`[=1]"已完成";[=0]"未启动";"其他"`, "5", "其他"},
		{`"是";"否";"未填"`, "3", "是"}, {`"是";"否";"未填"`, "-3", "否"}, {`"是";"否";"未填"`, "0", "未填"},
		{`0"项";"减"0"项"`, "-3", "减3项"}, {`0"项";"减"0"项"`, "0", "0项"},
		{`[>=60]"合格";"不合格"`, "60", "合格"}, {`[>=60]"合格";"不合格"`, "59.9", "不合格"}, {`[<0]"欠"0"元";0"元"`, "5", "5元"},
		{`0.0,"万"`, "12345", ""}, {"0.00", "1", ""}, {`¥#,##0.00`, "1", ""}, {`"US$"0`, "1", ""}, {`"完成"0%`, "0.5", ""},
		{`0.0"d"0`, "1", ""}, {`;"负"`, "1", ""}, {"yyyy", "1", ""},
	} {
		f := Parse(c.code)
		var n float64
		fmt.Sscan(c.plain, &n)
		got, _ := f.Words(n, c.plain)
		if got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.code, c.plain, got, c.want)
		}
	}
}

func TestWhatIsTypedIntoAFormat(t *testing.T) {
	for _, c := range []struct {
		code, text, want string // "" for no number
	}{
		{"0%", "80", "0.8"}, {"0%", "80%", "0.8"}, {"0%", "0.8", "0.8"}, {"0%", "100", "1"}, {"0%", "0", "0"},
		{"0%", "12.5%", "0.125"}, {"0%", "0.5%", "0.005"}, {"0%", "-5%", "-0.05"},
		{"0%", "120%", "1.2"}, {"0%", "约80", ""}, {"General", "80%", ""}, {"General", "85.50", "85.5"},
		{"General", "1,200", "1200"}, {"General", "12,00", ""}, {"General", "1,234,567.80", "1234567.8"},
		{"General", "1,200,", ""}, {"General", "007", ""}, {"000", "007", "7"}, {"000", "0007", ""}, {"000", "7", "7"},
		{"General", "0", "0"}, {"General", "-0", "0"}, {"General", "0.50", "0.5"},
		{"General", "00.5", ""}, {"General", ".5", ""}, {"General", "5.", ""}, {"General", "1e5", ""},
		{"General", "110101199001010012", ""}, {"General", "", ""}, {"General", "=1+1", ""},
		{`0"月底前"`, "6月底前", "6"}, {`0"月底前"`, "6", "6"}, {`0"月底前"`, "6月底", ""}, {`"ZW-"000`, "ZW-007", "7"},
		{`"ZW-"000`, "007", "7"}, {`#,##0"元"`, "1,200元", "1200"},
		{`[=1]"已完成";[=0]"未启动"`, "已完成", "1"}, {`[=1]"已完成";[=0]"未启动"`, "未启动", "0"}, {`[=1]"已完成";[=0]"未启动"`, "办理中", ""},
	} {
		f := Parse(c.code)
		got, ok := f.Enter(c.text)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("%q into %s: %q, want %q", c.text, c.code, got, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, code := range Builtin {
		f.Add(code)
	}
	f.Add("[=1]\"已完成\";[>=0.5]0.0,\"万\";@")
	f.Fuzz(func(t *testing.T, code string) {
		p := Parse(code)
		for n, plain := range map[float64]string{0: "0", 1: "1", -1234.5: "-1234.5", 1e15: "1000000000000000"} {
			p.Words(n, plain)
		}
		p.Enter(code)
		if q := Parse("\"" + strings.ReplaceAll(code, "\"", "") + "\""); q.Date || q.Clock || q.Elapsed || q.Percent {
			t.Fatalf("%q as a text is taken for a format: %+v", code, q)
		}
	})
}
