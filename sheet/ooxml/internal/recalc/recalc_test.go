package recalc

import (
	"errors"
	"strings"
	"testing"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/formula"
)

// oneSheet is a Book of one sheet with cells and nothing else.
type oneSheet map[a1.Ref]Value

func (s oneSheet) Cell(_ int, at a1.Ref) (Value, error) { return s[at], nil }

func (s oneSheet) Cells(_ int, r a1.Range, visit func(a1.Ref, Value) error) error {
	for at, v := range s {
		if r.Contains(at) && v.Kind != Blank {
			if err := visit(at, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (oneSheet) Sheet(name string) (int, bool) { return 0, strings.EqualFold(name, "S") }
func (oneSheet) Name(name string, _ int) (string, bool) {
	text, ok := map[string]string{"率": "0.5", "同行": "S!$A1", "循环": "循环+1"}[name]
	return text, ok
}
func (oneSheet) Column(_, column string, _ int, _ a1.Ref) (int, a1.Range, bool) {
	r, ok := a1.ParseRange(map[string]string{"状态": "B1:B4"}[column])
	return 0, r, ok
}
func (oneSheet) HasHidden(_ int, r a1.Range) bool { return r.Contains(a1.At(9, 9)) }
func (oneSheet) Today() float64                   { return 44742 }
func (oneSheet) Spend(int) error                  { return nil }

// Each of these is what Excel and LibreOffice both give; "?" is not known.
func TestEval(t *testing.T) {
	sheet := oneSheet{}
	for cell, v := range map[string]Value{
		"A1": NumberOf(1), "A2": NumberOf(2.5), "A3": NumberOf(-3), "A4": TextOf("4"), "A5": TextOf("约五"),
		"B1": TextOf("已完成"), "B2": TextOf("未启动"), "B3": TextOf("已完成"), "B4": TextOf(""),
		"C1": BoolOf(true), "C2": {Kind: Error, Str: "#N/A"}, "C3": {Kind: Hollow}, "D1": NumberOf(44742),
		"D2": NumberOf(44700),
	} {
		at, _ := a1.ParseRef(cell)
		sheet[at] = v
	}
	for _, c := range []struct{ f, want string }{
		{`A1+A2*2`, "6"}, {`-2^2`, "4"}, {`A4*2`, "8"}, {`A5*2`, "#VALUE!"}, {`A9`, "0"}, {`A9&"x"`, "x"},
		{`A9=""`, "TRUE"}, {`A9=0`, "TRUE"}, {`1/A9`, "#DIV/0!"}, {`A1/3*3=A1`, "TRUE"},
		{`0.1+0.2-0.3`, "?"}, {`0.1+0.2=0.3`, "?"}, {`C1+1`, "2"}, {`C1=1`, "?"}, {`C1&""`, "?"}, {`C2+1`, "#N/A"},
		{`C2+A5`, "?"}, {`C2=A5`, "#N/A"}, {`C3+1`, "?"}, {`C3&"x"`, "x"}, {`B1>"甲"`, "?"}, {`B1=A1`, "FALSE"},
		{`A1<B1`, "TRUE"},
		{`50%`, "0.5"}, {`"ABC"="abc"`, "TRUE"}, {`"Ａ"="A"`, "?"}, {`A1:A3`, "?"}, {`(A1,A2)`, "?"}, {`A1 A2`, "?"},
		{`率*A1`, "0.5"}, {`同行`, "0"}, {`循环`, "?"}, {`没有`, "?"}, {`X!A1`, "?"},
		{`SUM(A1:A5)`, "0.5"}, {`AVERAGE(A1:A2)`, "1.75"}, {`COUNT(A1:B5,C2)`, "3"}, {`COUNTA(B1:B4)`, "4"},
		{`COUNTBLANK(B1:B6)`, "3"}, {`MAX(A1:A5)`, "2.5"}, {`SUM(C1:C2)`, "?"}, {`SUM(C2,A1)`, "#N/A"},
		{`COUNTIF(B:B,"已完成")`, "2"}, {`COUNTIF(状态,"已*")`, "?"}, {`COUNTIF(T[状态],"已*")`, "2"},
		{`COUNTIF(B:B,"<>已完成")`, "1048574"}, {`COUNTIFS(B:B,"<>已完成")`, "?"}, {`COUNTIF(A1:A3,">0")`, "2"},
		{`COUNTIF(A1:A4,4)`, "?"},
		{`SUMIF(B1:B3,"已完成",A1:A3)`, "-2"}, {`SUMIFS(A1:A3,B1:B3,"已完成",A1:A3,">0")`, "1"},
		{`AVERAGEIF(B1:B3,"没有",A1:A3)`, "#DIV/0!"}, {`SUMIF(B1:B3,"已完成",A1)`, "?"},
		{`SUMPRODUCT((B1:B3="已完成")*1)`, "2"}, {`SUMPRODUCT((B1:B3="已完成")*A1:A3)`, "-2"},
		{`SUMPRODUCT(--(B1:B3="已完成"),A1:A3)`, "-2"}, {`SUMPRODUCT(B1:B3="已完成")`, "?"},
		{`SUMPRODUCT((B1:B3={"已完成","未启动"})*1)`, "3"},
		{`SUM(COUNTIF(B1:B3,{"已完成","未启动"}))`, "3"}, {`SUM((B1:B3="已完成")*1)`, "?"},
		{`SUMPRODUCT(1/COUNTIF(B1:B3,B1:B3))`, "2"},
		{`IF(A1>0,"正","负")`, "正"}, {`IF(A3>0,1)`, "FALSE"}, {`IF(A5,1,2)`, "?"}, {`IF(A1,,2)`, "0"},
		{`IFERROR(C2,"错")`, "错"}, {`IFERROR(NOSUCH(1),"错")`, "?"}, {`IFNA(1/0,"错")`, "#DIV/0!"},
		{`AND(A1>0,A2>0)`, "TRUE"}, {`OR(A9,A1)`, "?"},
		{`VLOOKUP(2.5,A1:B3,2,0)`, "未启动"}, {`VLOOKUP("没有",B1:C3,2,0)`, "#N/A"},
		{`VLOOKUP(75,{0,"差";60,"中";90,"好"},2)`, "中"}, {`INDEX(B1:B3,2)`, "未启动"}, {`INDEX(B1:B3,9)`, "?"},
		{`MATCH("未*",B1:B3,0)`, "2"}, {`MATCH(2,A1:A3,1)`, "?"},
		{`TEXT(0.856,"0.0%")`, "85.6%"}, {`TEXT(D1,"yyyy-mm-dd")`, "2022-06-30"},
		{`TEXT(D1,"yyyy年m月d日")`, "2022年6月30日"}, {`TEXT(D1,"aaaa")`, "?"}, {`TEXT(1234.5,"#,##0.00")`, "1,234.50"},
		{`TEXT(7,"000")`, "007"},
		{`DATEDIF(D2,D1,"d")`, "42"}, {`DATEDIF(D2,D1,"m")`, "1"}, {`DATEDIF(D1,D2,"d")`, "?"},
		{`DATEDIF(D2,D1,"md")`, "?"}, {`TODAY()-D2`, "42"}, {`YEAR(A3)`, "?"}, {`MONTH(D1)`, "6"},
		{`EOMONTH(D2,0)`, "44712"}, {`EDATE(44592,1)`, "44620"},
		{`NETWORKDAYS(D2,D1)`, "31"}, {`WEEKDAY(D1,2)`, "4"}, {`DATE(2022,13,1)`, "44927"}, {`ROUND(2.675,2)`, "2.68"},
		{`ROUND(-2.5,0)`, "-3"}, {`ROUND(1234.5,-2)`, "1200"}, {`ROUNDUP(0.01,0)`, "1"}, {`ROUNDDOWN(-1.9,0)`, "-1"},
		{`ROUND(0.4,-1)`, "0"},
		{`INT(-1.5)`, "-2"}, {`MOD(-7,3)`, "2"}, {`MOD(1,0)`, "#DIV/0!"}, {`LEFT(B1,2)`, "已完"}, {`MID(B1,2,9)`, "完成"},
		{`LEN("😀")`, "?"}, {`TRIM("  a  b ")`, "a b"}, {`FIND("完",B1)`, "2"}, {`FIND("x",B1)`, "#VALUE!"},
		{`SUBSTITUTE("a-b-c","-","+",2)`, "a-b+c"},
		{`ISBLANK(A9)`, "TRUE"}, {`ISBLANK(C3)`, "?"}, {`ISNUMBER(C1)`, "?"}, {`ISERROR(C2)`, "TRUE"},
		{`SUBTOTAL(9,A1:A3)`, "0.5"}, {`SUBTOTAL(9,H8:J10)`, "?"}, {`ROW()`, "7"}, {`ROWS(A1:A3)`, "3"},
		{`LARGE(A1:A3,2)`, "1"}, {`RANK(1,A1:A3)`, "2"},
		{`OFFSET(A1,1,0)`, "?"}, {`INDIRECT("A1")`, "?"}, {`NOW()`, "?"}, {`RAND()`, "?"}, {`NOSUCH(1)`, "?"},
		{`1/3&""`, "?"}, {`"1"+"x"`, "#VALUE!"}, {`"1e3"+1`, "?"}, {`"5%"+1`, "?"}, {`0.5^44742`, "?"},
	} {
		e, err := formula.ParseExpr(c.f)
		got := "?"
		if err == nil {
			v, err := Eval(sheet, e, 0, a1.At(7, 7))
			switch {
			case err != nil && !errors.Is(err, ErrUnknown):
				t.Errorf("%s: %v", c.f, err)
			case err != nil:
			case v.Kind == Bool:
				got = map[float64]string{0: "FALSE", 1: "TRUE"}[v.Num]
			case v.Kind == Number:
				got, _ = decimals(v.Num, 12, roundHalf)
				got = strings.TrimSuffix(strings.TrimRight(got, "0"), ".")
				if got == "" {
					got = "0"
				}
			default:
				got = v.Str
			}
		}
		if got != c.want {
			t.Errorf("=%s: %s, want %s", c.f, got, c.want)
		}
	}
}

func FuzzEval(f *testing.F) {
	f.Add(`IF(SUMPRODUCT((A1:A3="x")*{1,2,3})>0,VLOOKUP(A1,A:B,2,0)&TEXT(D1,"0.0%"),MID(B1,1,2))`)
	f.Fuzz(func(t *testing.T, s string) {
		if e, err := formula.ParseExpr(s); err == nil {
			Eval(oneSheet{a1.At(1, 1): NumberOf(1), a1.At(2, 1): TextOf("x"), a1.At(1, 4): NumberOf(44742)}, e, 0,
				a1.At(7, 7))
		}
	})
}
