package ooxml_test

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// The oracle is excelize, except for 29 February 1900.
func TestSerialNumbersAreDates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date1904 := rapid.Bool().Draw(t, "1904")
		day := rapid.IntRange(61, 2957000).Draw(t, "day")
		second := rapid.IntRange(0, 86399).Draw(t, "second")
		n := float64(day) + float64(second)/86400
		want, err := excelize.ExcelDateToTime(n, date1904)
		got, ok := ooxml.SerialTime(n, date1904)
		if err != nil || !ok || got.Sub(want).Abs() > time.Second {
			t.Fatalf("%v: %v, excelize %v %v", n, got, want, err)
		}
		if got.Nanosecond() != 0 || got.Second() != second%60 {
			t.Fatalf("%v has uneven seconds: %v", n, got)
		}
		number, ok := sheetxml.Serial(got, date1904)
		if back, err := strconv.ParseFloat(number, 64); !ok || err != nil || math.Abs(back-n) > 1e-8 {
			t.Fatalf("%v written back as %s", n, number)
		}
	})
}

func TestDatesAtTheEdges(t *testing.T) {
	for _, c := range []struct {
		serial   float64
		date1904 bool
		want     string // "" for no date
	}{
		{1, false, "1900-01-01 00:00:00"},
		{1.5, false, "1900-01-01 12:00:00"},
		{59, false, "1900-02-28 00:00:00"},
		{60, false, "1900-02-28 00:00:00"}, // 29 February 1900
		{61, false, "1900-03-01 00:00:00"},
		{44742, false, "2022-06-30 00:00:00"},
		{44742.999999999, false, "2022-07-01 00:00:00"},
		{2958465, false, "9999-12-31 00:00:00"},
		{2958466, false, ""},
		{0, false, ""},
		{0.5, false, ""},
		{-1, false, ""},
		{1e300, false, ""},
		{0, true, "1904-01-01 00:00:00"},
		{0.25, true, "1904-01-01 06:00:00"},
		{43280, true, "2022-06-30 00:00:00"},
		{-1, true, ""},
		{2957003, true, "9999-12-31 00:00:00"},
		{2957004, true, ""},
	} {
		got, ok := ooxml.SerialTime(c.serial, c.date1904)
		if ok != (c.want != "") || ok && got.Format("2006-01-02 15:04:05") != c.want {
			t.Errorf("%v (1904 %v): %v %v, want %q", c.serial, c.date1904, got, ok, c.want)
		}
	}
	for _, c := range []struct {
		year     int
		date1904 bool
	}{{1899, false}, {1903, true}, {10000, false}} {
		if n, ok := sheetxml.Serial(time.Date(c.year, 12, 31, 0, 0, 0, 0, time.UTC), c.date1904); ok {
			t.Errorf("the year %d has the number %s", c.year, n)
		}
	}
	beijing := time.FixedZone("", 8*3600)
	if n, ok := sheetxml.Serial(time.Date(2022, 6, 30, 0, 0, 0, 0, beijing), false); !ok || n != "44742" {
		t.Errorf("a date in another zone became %s", n)
	}
}

func TestTextAsAPersonSeesIt(t *testing.T) {
	codes := []string{"General", "0%", "0000", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss", "h:mm",
		"h:mm:ss", "[h]:mm:ss", "0.00", "@",
		"#,##0.00", `0"月底前"`, `[=1]"已完成";[=0]"未完成";0"%"`, `"ZW-"000`, `yyyy"年"m"月"`, "mmm-yy", `yyyy"年"`, `m"月"d"日"`,
		"aaaa"}
	var fmts, xfs strings.Builder
	for i, code := range codes {
		fmt.Fprintf(&fmts, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, strings.ReplaceAll(code, `"`, "&quot;"))
		fmt.Fprintf(&xfs, `<xf numFmtId="%d"/>`, 164+i)
	}
	styles := `<styleSheet><numFmts>` + fmts.String() +
		`</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>` + xfs.String() +
		`</cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="d"/></dxf></dxfs></styleSheet>`
	w := oneSheet("<sheetData/>").with("xl/styles.xml", styles).read(t)
	style := func(code string) int {
		for i, c := range codes {
			if c == code {
				return i
			}
		}
		return 999
	}
	for _, c := range []struct {
		kind        ooxml.Kind
		value, code string
		want        string
	}{
		{ooxml.Number, "44742", "General", "44742"},
		{ooxml.Number, "1E-3", "General", "0.001"},
		{ooxml.Number, "0.1", "General", "0.1"},
		{ooxml.Number, "0.30000000000000004", "General", "0.3"},
		{ooxml.Number, "12345.678900000001", "0.00", "12345.6789"},
		{ooxml.Number, "-1.50", "General", "-1.5"},
		{ooxml.Number, "007", "General", "7"},
		{ooxml.Number, "1E+20", "General", "100000000000000000000"},
		{ooxml.Number, "370102199001011234", "General", "370102199001011234"},
		{ooxml.Number, "0", "General", "0"},
		{ooxml.Number, "-0", "General", "0"},
		{ooxml.Number, "1e999", "General", "1e999"},
		{ooxml.Number, "0.85", "0%", "85%"},
		{ooxml.Number, "0.07", "0%", "7%"},
		{ooxml.Number, "0.856", "0%", "85.6%"},
		{ooxml.Number, "1", "0%", "100%"},
		{ooxml.Number, "0", "0%", "0%"},
		{ooxml.Number, "-12", "0%", "-1200%"},
		{ooxml.Number, "7", "0000", "0007"},
		{ooxml.Number, "-7", "0000", "-0007"},
		{ooxml.Number, "12345", "0000", "12345"},
		{ooxml.Number, "7.5", "0000", "0007.5"},
		{ooxml.Number, "44742", "yyyy-mm-dd", "2022-06-30"},
		{ooxml.Number, "44742.75", "yyyy-mm-dd", "2022-06-30"},
		{ooxml.Number, "44742", "yyyy-mm-dd hh:mm", "2022-06-30"},
		{ooxml.Number, "44742.75", "yyyy-mm-dd hh:mm", "2022-06-30 18:00"},
		{ooxml.Number, "44742.750011574", "yyyy-mm-dd hh:mm:ss", "2022-06-30 18:00:01"},
		{ooxml.Number, "44742.999999999", "yyyy-mm-dd hh:mm:ss", "2022-07-01"},
		{ooxml.Number, "-5", "yyyy-mm-dd", "-5"},
		{ooxml.Number, "0.75", "h:mm", "18:00"},
		{ooxml.Number, "49.9999999999", "h:mm:ss", "00:00:00"},
		{ooxml.Number, "49.9999999999", "[h]:mm:ss", "1200:00:00"},
		{ooxml.Number, "2022.1", "0.00", "2022.10"},
		{ooxml.Number, "2022", "0.00", "2022.00"},
		{ooxml.Number, "-1.5", "#,##0.00", "-1.50"},
		{ooxml.Number, "6", `0"月底前"`, "6月底前"},
		{ooxml.Number, "6.5", `0"月底前"`, "6.5月底前"},
		{ooxml.Number, "1", `[=1]"已完成";[=0]"未完成";0"%"`, "已完成"},
		{ooxml.Number, "0", `[=1]"已完成";[=0]"未完成";0"%"`, "未完成"},
		{ooxml.Number, "80", `[=1]"已完成";[=0]"未完成";0"%"`, "80%"},
		{ooxml.Number, "7", `"ZW-"000`, "ZW-007"},
		{ooxml.Number, "44742", `yyyy"年"m"月"`, "2022年6月"},
		{ooxml.Number, "44742", "mmm-yy", "2022-06"},
		{ooxml.Number, "44742", `yyyy"年"`, "2022年"},
		{ooxml.Number, "44742", `m"月"d"日"`, "2022-06-30"},
		{ooxml.Number, "44742", "aaaa", "2022-06-30"},
		{ooxml.Date, "2022-06-30", `yyyy"年"m"月"`, "2022年6月"},
		{ooxml.Number, "44742.75", "h:mm", "18:00"},
		{ooxml.Number, "1.5", "[h]:mm:ss", "36:00:00"},
		{ooxml.Number, "5", "no such style", "5"},
		{ooxml.Date, "2022-06-30", "yyyy-mm-dd", "2022-06-30"},
		{ooxml.Date, "2022-06-30T18:00:00.000Z", "General", "2022-06-30 18:00"},
		{ooxml.Date, "2022-06-30T18:00:00", "yyyy-mm-dd", "2022-06-30"},
		{ooxml.Date, "yesterday", "yyyy-mm-dd", "yesterday"},
		{ooxml.Text, " 2022年6月底前 ", "yyyy-mm-dd", " 2022年6月底前 "},
		{ooxml.Bool, "1", "General", "TRUE"},
		{ooxml.Bool, "0", "General", "FALSE"},
		{ooxml.Error, "#N/A", "General", "#N/A"},
		{ooxml.Blank, "", "yyyy-mm-dd", ""},
	} {
		cell := ooxml.Cell{Kind: c.kind, Value: c.value, Style: int32(style(c.code))}
		if got := w.Text(cell); got != c.want {
			t.Errorf("%s as %s: %q, want %q", c.value, c.code, got, c.want)
		}
	}
	if !w.IsDate(style("yyyy-mm-dd")) || w.IsDate(style("h:mm")) || w.IsDate(style("[h]:mm:ss")) ||
		w.IsDate(style("General")) || w.IsDate(-1) || w.IsDate(99) {
		t.Error("IsDate is wrong")
	}
	if at, ok := w.Time(ooxml.Cell{Kind: ooxml.Number, Value: "44742", Style: int32(style("yyyy-mm-dd"))}); !ok ||
		!at.Equal(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("Time: %v %v", at, ok)
	}
	for _, c := range []ooxml.Cell{{Kind: ooxml.Number, Value: "44742"},
		{Kind: ooxml.Text, Value: "2022-06-30", Style: int32(style("yyyy-mm-dd"))}, {}} {
		if at, ok := w.Time(c); ok {
			t.Errorf("%+v is %v", c, at)
		}
	}
}

func TestBothDateSystems(t *testing.T) {
	book := oneSheet("<sheetData/>").with("xl/styles.xml",
		`<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`)
	book.prefix = `<workbookPr date1904="1"/>`
	if got := book.read(t).Text(ooxml.Cell{Kind: ooxml.Number, Value: "43280"}); got != "2022-06-30" {
		t.Errorf("1904 system: %s", got)
	}
}

// The shortest decimal notation is that of a number rounded to 15 digits.
func TestNumbersInDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Float64Range(-1e12, 1e12).Draw(t, "n")
		value := fmt.Sprint(n)
		got := ooxml.NumberText(value, &bookxml.GeneralFormat, false)
		var back, want float64
		fmt.Sscan(fmt.Sprintf("%.15g", n), &want)
		fmt.Sscan(got, &back)
		if back != want || strings.ContainsAny(got, "eE") || strings.Contains(got, ".") && strings.HasSuffix(got, "0") {
			t.Fatalf("%s became %s", value, got)
		}
	})
}

// The oracle is excelize, which reads the serial number back by the system that
// the workbook says it uses.
func TestADateIsWrittenInTheSystemOfTheWorkbook(t *testing.T) {
	for _, date1904 := range []bool{false, true} {
		f := excelize.NewFile()
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date1904}); err != nil {
			t.Fatal(err)
		}
		buf, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read("a.xlsx", buf.Bytes(), ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Set("Sheet1", a1.At(1, 1), ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0,
			time.UTC))); err != nil {
			t.Fatal(err)
		}
		data, err := w.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := again.GetCellValue("Sheet1", "A1", excelize.Options{RawCellValue: true})
		n, bad := strconv.ParseFloat(raw, 64)
		if err != nil || bad != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		day, err := excelize.ExcelDateToTime(n, date1904)
		if err != nil || day.Format(time.DateOnly) != "2022-06-30" {
			t.Errorf("1904 %v: %s is %v, %v", date1904, raw, day, err)
		}
	}
}
