//go:build e2e

package ooxml_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
)

// ledgerFormulas are what offices write into their ledgers and the sheets beside
// them, and what programs are known to differ about. Rows 2 to 13 of 台账 hold
// number, task, unit, deadline, state, share, amount, number typed as text, truth
// value, an error in J5, a formula.
var ledgerFormulas = strings.Split(strings.TrimSpace(`
COUNTIF(台账!E:E,"已完成")
COUNTIF(台账!E2:E13,"已完成")/COUNTA(台账!B2:B13)
COUNTIF(台账!$E$2:$E$13,"<>已完成")
COUNTIF(台账!E:E,"<>已完成")
COUNTIF(台账!E2:E13,"")
COUNTIF(台账!E2:E13,"<>")
COUNTIF(台账!E2:E13,"=")
COUNTIF(台账!E2:E13,"已*")
COUNTIF(台账!E2:E13,"*完成*")
COUNTIF(台账!E2:E13,"?完成")
COUNTIF(台账!C2:C13,A1&"")
COUNTIF(台账!C:C,台账!C3)
COUNTIF(台账!F2:F13,">=0.8")
COUNTIF(台账!F2:F13,1)
COUNTIF(台账!F:F,"<1")
COUNTIF(台账!G2:G13,"<>5")
COUNTIF(台账!G2:G13,">"&AVERAGE(台账!G2:G13))
COUNTIF(台账!D2:D13,"<"&TODAY())
COUNTIF(台账!D2:D13,"<2022-06-30")
COUNTIF(台账!H2:H13,80)
COUNTIF(台账!H2:H13,"80")
COUNTIF(台账!I2:I13,TRUE)
COUNTIF(台账!J2:J13,"x")
COUNTIF(台账!E2:E13,"完成?~*")
COUNTIFS(台账!C:C,"财政局",台账!E:E,"已完成")
COUNTIFS(台账!C2:C13,"财政局",台账!E2:E13,"<>已完成")
COUNTIFS(台账!D2:D13,"<"&DATE(2022,7,1),台账!E2:E13,"<>已完成")
COUNTIFS(台账!D2:D13,">="&DATE(2022,1,1),台账!D2:D13,"<="&DATE(2022,12,31))
COUNTIFS(台账!C:C,"*局",台账!F:F,">0.5")
SUMIF(台账!C:C,"财政局",台账!G:G)
SUMIF(台账!C2:C13,"财政局",台账!G2:G13)
SUMIF(台账!G2:G13,">10")
SUMIF(台账!C2:C13,"<>财政局",台账!G2:G13)
SUMIFS(台账!G:G,台账!C:C,"财政局",台账!E:E,"已完成")
SUMIFS(台账!G2:G13,台账!F2:F13,">0.5")
AVERAGEIF(台账!C:C,"财政局",台账!F:F)
AVERAGEIF(台账!C:C,"没有",台账!F:F)
AVERAGEIFS(台账!F2:F13,台账!E2:E13,"正在推进")
SUMPRODUCT((台账!E2:E13="已完成")*1)
SUMPRODUCT((台账!E2:E13="已完成")*(台账!C2:C13="财政局"))
SUMPRODUCT((台账!E2:E13="已完成")*台账!F2:F13)
SUMPRODUCT((台账!E2:E13="已完成")*台账!G2:G13)
SUMPRODUCT(--(台账!C2:C13="财政局"),台账!F2:F13)
SUMPRODUCT(台账!F2:F13,台账!G2:G13)
SUMPRODUCT(台账!F2:F13)
SUMPRODUCT((MONTH(台账!D2:D4)=6)*1)
SUMPRODUCT((台账!D2:D13<TODAY())*(台账!E2:E13<>"已完成"))
SUMPRODUCT(ISNUMBER(FIND("完成",台账!E2:E13))*1)
SUMPRODUCT(--(LEFT(台账!C2:C13,2)="财政"))
SUMPRODUCT(1/COUNTIF(台账!C2:C13,台账!C2:C13))
SUMPRODUCT(--(台账!E2:E13<>""))
SUMPRODUCT((台账!E2:E13={"已完成","正在推进"})*1)
SUMPRODUCT(LEN(台账!B2:B13))
SUM(COUNTIF(台账!E2:E13,{"已完成","正在推进"}))
SUMPRODUCT(COUNTIF(台账!E2:E13,{"已完成","正在推进"}))
SUM(SUMIF(台账!C2:C13,{"财政局","教育局"},台账!G2:G13))
SUM(台账!F2:F13)
SUM(台账!G:G)
SUM(台账!H2:H13)
SUM(台账!I2:I13)
SUM(台账!J2:J13)
SUM(台账!F2:F4,台账!G2,3)
SUM({1,2,3})+台账!A2*0
SUM(台账!2:3)
AVERAGE(台账!F2:F13)
AVERAGE(台账!G2:G13)
AVERAGE(台账!H2:H13)
AVERAGE(台账!N2:N13)
COUNT(台账!A:A)
COUNT(台账!A2:H13)
COUNT(台账!I2:I13)
COUNTA(台账!B2:B13)
COUNTA(台账!E:E)
COUNTA(台账!K2:K13)
COUNTBLANK(台账!E2:E13)
COUNTBLANK(台账!K2:K13)
COUNTBLANK(台账!N:N)
MAX(台账!D2:D13)
MIN(台账!D2:D13)
MAX(台账!N2:N13)
MAX(台账!F2:F13)-MIN(台账!F2:F13)
LARGE(台账!G2:G13,2)
SMALL(台账!G2:G13,1)
RANK(台账!F3,台账!F2:F13)
RANK(台账!F3,台账!F2:F13,1)
SUBTOTAL(3,台账!B2:B13)
SUBTOTAL(9,台账!G2:G13)
SUBTOTAL(103,台账!B2:B13)
SUBTOTAL(109,隐藏!A1:A4)
ROUND(COUNTIF(台账!E2:E13,"已完成")/COUNTA(台账!B2:B13)*100,2)
ROUND(台账!F3*100,1)
ROUND(2.675,2)+台账!A2*0
ROUND(-2.5,0)+台账!A2*0
ROUND(1234.5,-2)+台账!A2*0
ROUNDUP(台账!F4*10,0)
ROUNDDOWN(-台账!F4*10,0)
INT(台账!F4*10)
MOD(台账!A5,2)
MOD(-7,台账!A4)
ABS(台账!F3-1)
IF(台账!E3="已完成","√","×")
IF(台账!E3="","未填",台账!E3)
IF(台账!D3<TODAY(),"逾期","")
IF(台账!E4="已完成",1)
IF(台账!A3>2,,5)
IF(台账!E3,1,2)
IF(AND(台账!E3<>"已完成",台账!D3<TODAY()),"逾期","正常")
IF(OR(台账!E3="已完成",台账!E3="办结"),1,0)
IF(NOT(台账!E3="已完成"),"未","完")
AND(台账!F3>0.5,台账!F4>0.5)
AND(台账!F2:F4)
OR(台账!N2,台账!F3>0)
IFERROR(1/台账!F9,"")
IFERROR(VLOOKUP("没有",台账!B:E,4,0),"无")
IFERROR(台账!J5,"错")
_xlfn.IFNA(VLOOKUP("没有",台账!B:E,4,0),"无")
_xlfn.IFS(台账!F3>=0.8,"好",台账!F3>=0.6,"中",TRUE,"差")
CHOOSE(台账!A3,"一","二","三")
VLOOKUP(台账!B3,台账!B:F,4,FALSE)
VLOOKUP(台账!B3,台账!B2:F13,5,0)
VLOOKUP("任务*",台账!B2:F13,2,0)
VLOOKUP(3,台账!A2:B13,2,0)
VLOOKUP("没有",台账!B2:F13,2,0)
VLOOKUP(台账!B6,台账!B2:G13,6,0)
VLOOKUP(台账!F3,{0,"差";0.6,"中";0.9,"好"},2)
VLOOKUP(台账!A4,台账!A2:B13,2)
HLOOKUP("状态",台账!A1:K13,3,0)
INDEX(台账!E2:E13,MATCH("任务3",台账!B2:B13,0))
INDEX(台账!E:E,3)
INDEX(台账!A2:G13,2,5)
INDEX(台账!E2:E13,20)
MATCH("任务4",台账!B:B,0)
MATCH("已*",台账!E2:E13,0)
MATCH(4,台账!A2:A13,0)
MATCH(4.5,台账!A2:A13,1)
MATCH("没有",台账!B2:B13,0)
LOOKUP(台账!F3,{0,0.6,0.9},{"差","中","好"})
LOOKUP(2,1/(台账!E2:E13="已完成"),台账!B2:B13)
LOOKUP("财政局",台账!C2:C13,台账!B2:B13)
TEXT(台账!D3,"yyyy-mm-dd")
TEXT(台账!D3,"yyyy年m月d日")
TEXT(台账!D3,"yyyy""年""m""月""")
TEXT(台账!D3,"yyyy.mm.dd")
TEXT(台账!D3,"m-d")
TEXT(台账!D3,"yyyy/m/d")
TEXT(台账!D3,"aaaa")
TEXT(台账!F3,"0%")
TEXT(台账!F3,"0.00%")
TEXT(台账!G3*1000,"#,##0.00")
TEXT(台账!A3,"000")
TEXT(台账!F3,"0.0")
TEXT(台账!B3,"0")
TEXT(-1,"yyyy-mm-dd")
TEXT(台账!G3,"¥0.00")
DATEDIF(台账!D2,台账!D3,"d")
DATEDIF(台账!D2,台账!D4,"m")
DATEDIF(台账!D2,台账!D4,"y")
DATEDIF(台账!D4,台账!D2,"d")
DATEDIF(台账!D2,台账!D4,"md")
台账!D3-TODAY()
TODAY()-台账!D3
台账!D3-台账!D2
台账!D2+30
YEAR(台账!D3)
MONTH(台账!D3)
DAY(台账!D3)
YEAR(台账!D2-台账!D3)
YEAR(台账!N3)
DAY(0)+台账!A2*0
DATE(2022,13,1)+台账!A2*0
DATE(YEAR(台账!D3),MONTH(台账!D3)+1,0)
EDATE(台账!D3,1)
EDATE(DATE(2022,1,31),台账!A2)
EOMONTH(台账!D3,0)
WEEKDAY(台账!D3,2)
WEEKDAY(台账!D3)
NETWORKDAYS(台账!D2,台账!D3)
NETWORKDAYS(台账!D3,台账!D2)
NETWORKDAYS(台账!D2,台账!D3,台账!D4:D5)
TRIM(台账!B5)
LEFT(台账!C3,2)
RIGHT(台账!C3,1)
MID(台账!B3,2,1)
LEN(台账!B3)
LEFT(台账!D3,2)
LEFT(台账!C3)
LEN(台账!N3)
FIND("局",台账!C3)
FIND("无",台账!C3)
SEARCH("局",台账!C3)
SUBSTITUTE(台账!C3,"局","处")
SUBSTITUTE("a-b-c","-","+",2)&台账!A3
EXACT(台账!C3,"财政局")
REPT("█",台账!F3*10)
VALUE(台账!H3)
VALUE(台账!B3)
CONCATENATE(台账!C3,"：",台账!A3,"项")
台账!C3&"完成"&台账!A3&"项"
台账!C3&台账!F3
"共"&COUNTA(台账!B2:B13)&"项，完成"&COUNTIF(台账!E2:E13,"已完成")&"项"
"完成率"&TEXT(COUNTIF(台账!E2:E13,"已完成")/COUNTA(台账!B2:B13),"0.0%")
台账!I3&""
1/3&""
台账!N3&"x"
台账!H3+1
台账!H3*1
台账!B3+1
台账!B3*台账!A3
台账!K3+1
台账!N3+1
台账!I3*1
台账!H4*1
"1e3"*台账!A2
"2022-06-30"+台账!A2
台账!J5+1
1/台账!F9
台账!F9/台账!F9
台账!G3^2
-2^台账!A3
2^-台账!A3
台账!A3%
50%*台账!G3
0.1+0.2-0.3+台账!N3
1-0.9-0.1+台账!N3
(0.1+0.2=0.3)*台账!A2
台账!E3="已完成"
台账!E3<>台账!E4
台账!B3>台账!A3
台账!B3<台账!A3
台账!A3="2"
台账!I3=TRUE
台账!I3=1
台账!N3=""
台账!N3=0
台账!N3=FALSE
台账!K3=""
台账!B3>"任务1"
IF(台账!A2,"ABC"="abc",0)
IF(台账!A2,"ＡＢＣ"="ABC",0)
IF(台账!A2,"É"="é",0)
台账!D3>DATE(2022,6,1)
台账!N3
台账!E3
台账!D3
台账!I3
台账!J5
台账!K3
台账!G4
ISBLANK(台账!N3)
ISBLANK(台账!G4)
ISBLANK(台账!K3)
ISNUMBER(台账!D3)
ISNUMBER(台账!H3)
ISTEXT(台账!B3)
ISERROR(台账!J5)
ISNUMBER(FIND("政",台账!C3))
ISNA(MATCH("无",台账!B2:B13,0))
ROW()+台账!A2*0
ROW(台账!B3)
ROWS(台账!B2:B13)
COLUMN()+台账!A2*0
COLUMNS(台账!A1:C1)+台账!A2*0
OFFSET(台账!A1,2,4)
INDIRECT("台账!E3")
COUNTIF(INDIRECT("台账!E:E"),"已完成")
SUM(OFFSET(台账!F1,1,0,3,1))
NOW()>台账!D3
状态列
COUNTIF(状态列,"已完成")
COUNTIF(本行任务,"任务*")
税率*台账!G3
台账!E2:E13
SUM(台账!E2:E3="已完成")
SUM((台账!E2:E13="已完成")*1)
MEDIAN(台账!F2:F13)
MAX(IF(台账!E2:E13="已完成",台账!F2:F13))
CELL("row",台账!A3)
RANDBETWEEN(1,台账!A3)
HYPERLINK("#台账!A1",台账!B3)
UPPER(台账!B3)
台账!E3:E3
SUM(台账!F2:F4 台账!F3:F5)
SUM((台账!F2,台账!F3))
(台账!A3)
COUNTIFS(台账!C2:C13,"财政局",台账!E2:E12,"已完成")
SUMIF(台账!C2:C13,"财政局",台账!G2)
MATCH(台账!N3,台账!A2:A13,0)
VLOOKUP(台账!N3,台账!A2:B13,2,0)
COUNTIF(台账!G2:G13,台账!N3)
IF(台账!N3,"有","无")
IF("",1,2)
IFERROR(IF(台账!B3,1,2),"错")
SUM(A1:A5)
SUMPRODUCT((台账!E2:E13={"已完成","正在推进"})*台账!F2:F13)
SUMPRODUCT((台账!C2:C13="财政局")*(台账!E2:E13={"已完成","正在推进"}))
SUMPRODUCT((台账!A1:K1="状态")*(台账!A2:K13="已完成"))
A2*100&"%"
IF(A1>2,"多","少")
`), "\n")

// plainStyles have one format, and one for dates.
const plainStyles = `<styleSheet ` + nsMain +
	`><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`

// calcLedger is the ledger that the formulas look at, with an old value in every
// formula's cell.
func calcLedger(t *testing.T, old string) *ooxml.Workbook {
	t.Helper()
	text := func(s string) string { return ` t="inlineStr"><is><t xml:space="preserve">` + s + `</t></is></c>` }
	num := func(s string) string { return `><v>` + s + `</v></c>` }
	var rows strings.Builder
	rows.WriteString(`<row r="1">`)
	for i, h := range strings.Fields("序号 任务 牵头单位 时限 状态 完成率 金额 数 是否 错 空文本") {
		rows.WriteString(`<c r="` + a1.At(1, i+1).String() + `"` + text(h))
	}
	rows.WriteString(`</row>`)
	states := []string{"已完成", "正在推进", "未启动", "", "已完成", "正在推进", "完成？*", "完成x*", "未启动", "已完成", "", "办结"}
	units := []string{"财政局", "教育局", "财政局", "民政局", "教育局", "财政局", "财政局", "党政办", "教育局", "民政局", "财政局", "教育局"}
	for i := range 12 {
		r := strconv.Itoa(i + 2)
		fmt.Fprintf(&rows, `<row r="%s">`, r)
		cell := func(col, rest string) { rows.WriteString(`<c r="` + col + r + `"` + rest) }
		cell("A", num(strconv.Itoa(i+1)))
		name := "任务" + strconv.Itoa(i+1)
		if i == 3 {
			name = "  两个  空格 "
		}
		cell("B", text(name))
		cell("C", text(units[i]))
		cell("D", ` s="1"`+num(strconv.Itoa(44700+i*23)))
		if states[i] != "" {
			cell("E", text(states[i]))
		}
		if i != 7 {
			cell("F", num(strconv.FormatFloat(float64(i)/12, 'g', -1, 64)))
		} else {
			cell("F", num("0"))
		}
		switch i {
		case 4:
		case 6:
			cell("G", text("待定"))
		default:
			cell("G", num(strconv.Itoa(i*7)+".5"))
		}
		cell("H", text([]string{"80", "90.5", "约七", "80%"}[i%4]))
		cell("I", ` t="b"`+num(strconv.Itoa(i%2)))
		if i == 3 {
			cell("J", ` t="e"`+num("#N/A"))
		}
		cell("K", ` t="str"><f>IF(A`+r+`&gt;100,1,"")</f><v></v></c>`)
		rows.WriteString(`</row>`)
	}
	var sums strings.Builder
	for i, f := range ledgerFormulas {
		r := strconv.Itoa(i + 1)
		sums.WriteString(`<row r="` + r + `"><c r="A` + r + `"` + old[:strings.Index(old, ">")] + `><f>` +
			xmlpart.EscapeText(f) + `</f>` + old[strings.Index(old, ">")+1:] + `</c></row>`)
	}
	return testBook{
		sheets: []string{"汇总", "台账", "隐藏"},
		names:  `<definedName name="状态列">台账!$E$2:$E$13</definedName><definedName name="本行任务">台账!$B1</definedName><definedName name="税率">0.13</definedName>`,
		parts: map[string]string{
			"xl/styles.xml": plainStyles,
			"xl/worksheets/sheet1.xml": `<worksheet ` + nsMain + `><sheetData>` + sums.String() +
				`</sheetData></worksheet>`,
			"xl/worksheets/sheet2.xml": `<worksheet ` + nsMain + `><sheetData>` + rows.String() +
				`</sheetData></worksheet>`,
			"xl/worksheets/sheet3.xml": `<worksheet ` + nsMain +
				`><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row><row r="3"><c r="A3"><v>4</v></c></row></sheetData></worksheet>`,
			"xl/sharedStrings.xml": `<sst ` + nsMain + `/>`,
		},
	}.read(t)
}

var cachedResult = regexp.MustCompile(
	`(?s)<c( [^>]*?)?( t="[a-z]+")?( [^>]*?)?>(<f[^>]*>[^<]*</f>|<f[^>]*/>)<v>[^<]*</v></c>`)

// stripped is a workbook without the results of its formulas, so that the program
// that opens it has to find its own.
func stripped(t *testing.T, data []byte) []byte {
	t.Helper()
	book := readBook(t, data)
	for _, sp := range book.Sheets {
		text, err := book.Current(sp.Part)
		if err != nil {
			t.Fatal(err)
		}
		bare := cachedResult.ReplaceAll(text, []byte("<c$1$3>$4</c>"))
		if strings.Contains(string(bare), "</f><v>") || strings.Contains(string(bare), "/><v>") {
			t.Fatal("results are left")
		}
		book.Put(sp.Part, bare)
	}
	out, err := book.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestE2ENoWrongResultIsWritten edits a ledger below its usual formulas, from a
// file that was never calculated and from one whose results are old, and compares
// every result that is written with what LibreOffice makes of the same workbook.
func TestE2ENoWrongResultIsWritten(t *testing.T) {
	type edit struct {
		at string
		v  ooxml.Value
	}
	edits := map[string][]edit{
		"states": {{"E3", ooxml.TextValue("已完成")}, {"E4", ooxml.TextValue("已完成")}, {"E6", ooxml.Value{}},
			{"E13", ooxml.TextValue("正在推进")}},
		"numbers": {{"F3", ooxml.NumberValue("0.85")}, {"F4", ooxml.NumberValue("1")},
			{"G3", ooxml.NumberValue("1234.567")}, {"A3", ooxml.NumberValue("3")}, {"G4", ooxml.Value{}},
			{"F9", ooxml.Value{}}},
		"kinds": {{"F3", ooxml.TextValue("约一半")}, {"A3", ooxml.TextValue("2")}, {"G3", ooxml.TextValue("90")},
			{"B3", ooxml.NumberValue("5")}, {"E3", ooxml.NumberValue("1")}, {"H3", ooxml.NumberValue("80")},
			{"D3", ooxml.TextValue("6月底")}},
		"dates": {{"D3", ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))},
			{"D4", ooxml.DateValue(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC))},
			{"D2", ooxml.DateValue(time.Date(2022, 1, 31, 0, 0, 0, 0, time.UTC))}},
		"emptied": {{"B3", ooxml.Value{}}, {"C3", ooxml.Value{}}, {"D3", ooxml.Value{}}, {"E3", ooxml.Value{}},
			{"F3", ooxml.Value{}}, {"G3", ooxml.Value{}}, {"A3", ooxml.Value{}}, {"H3", ooxml.Value{}},
			{"I3", ooxml.Value{}}},
		"units": {{"C3", ooxml.TextValue("财政局")}, {"B3", ooxml.TextValue("ABC")}, {"C7", ooxml.TextValue("教育局（体育局）")},
			{"I3", ooxml.Value{Kind: ooxml.Bool, Text: "1"}}},
		"first": {{"A2", ooxml.NumberValue("2")}, {"A4", ooxml.NumberValue("4")}, {"B5", ooxml.TextValue(" 新  任务 ")},
			{"N2", ooxml.NumberValue("1")}, {"D4", ooxml.DateValue(time.Date(2022, 12, 1, 0, 0, 0, 0, time.UTC))},
			{"C2", ooxml.TextValue("民政局")}},
		"columns": {{"N3", ooxml.TextValue("x")}, {"K14", ooxml.NumberValue("1")}, {"J5", ooxml.NumberValue("2")}},
	}
	dir := t.TempDir()
	var files []string
	ours := map[string]*ooxml.Workbook{}
	for name, list := range edits {
		for kind, old := range map[string]string{"fresh": `><v>0</v>`, "bare": `>`, "stale": ` t="str"><v>旧</v>`} {
			w := calcLedger(t, old)
			for _, e := range list {
				at, _ := a1.ParseRef(e.at)
				if err := w.Set("台账", at, e.v); err != nil {
					t.Fatal(err)
				}
			}
			data, err := w.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if w, err = ooxml.Read("a.xlsx", data, ooxml.Options{}); err != nil {
				t.Fatal(err)
			}
			file := name + "-" + kind + ".xlsx"
			ours[file] = w
			files = append(files, filepath.Join(dir, file))
			if err := os.WriteFile(files[len(files)-1], stripped(t, data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	out := office(t, files)
	written := map[string]bool{}
	for file, w := range ours {
		theirs, err := ooxml.Open(filepath.Join(out, file), ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		mine, _ := w.Sheet("汇总")
		other, err := theirs.Sheet("汇总")
		if err != nil {
			t.Fatal(err)
		}
		before, _ := calcLedger(t, map[bool]string{true: ` t="str"><v>旧</v>`,
			false: `><v>0</v>`}[strings.Contains(file, "stale")]).Sheet("汇总")
		for i, f := range ledgerFormulas {
			at := a1.At(i+1, 1)
			c, _ := mine.Cell(at)
			was, _ := before.Cell(at)
			if c.Kind == ooxml.Blank || c == was && strings.Contains(file, "stale") {
				continue // no value, or no dependent
			}
			o, _ := other.Cell(at)
			same := c.Kind == o.Kind && c.Value == o.Value
			if c.Kind == ooxml.Number && o.Kind == ooxml.Number {
				a, _ := strconv.ParseFloat(c.Value, 64)
				b, _ := strconv.ParseFloat(o.Value, 64)
				same = math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
			}
			if !same && c == was {
				continue // it does not depend on what was written
			}
			if !same {
				t.Errorf("%s, A%d =%s: ours %v %q, LibreOffice %v %q", file, i+1, f, c.Kind, c.Value, o.Kind, o.Value)
			}
			written[f] = true
		}
	}
	for _, f := range ledgerFormulas {
		if !written[f] {
			t.Logf("never calculated: %s", f)
		}
	}
	t.Logf("%d of %d formulas calculated, in %d workbooks", len(written), len(ledgerFormulas), len(ours))
}
