package formula

import (
	"fmt"
	"strings"
	"testing"
)

// text writes an expression with every bracket.
func text(e Expr) string {
	switch e := e.(type) {
	case nil:
		return ""
	case Number:
		return fmt.Sprint(float64(e))
	case Text:
		return fmt.Sprintf("%q", string(e))
	case Bool:
		return strings.ToUpper(fmt.Sprint(bool(e)))
	case Error:
		return string(e)
	case Ref:
		if e.Sheet != "" {
			return e.Sheet + "!" + e.Cells()
		}
		return e.Cells()
	case Name:
		return "name:" + e.Name
	case Column:
		return fmt.Sprintf("%s[%s %v]", e.Table, e.Name, e.ThisRow)
	case Unary:
		return "(" + e.Op + text(e.X) + ")"
	case Binary:
		return "(" + text(e.X) + e.Op + text(e.Y) + ")"
	case Call:
		var args []string
		for _, a := range e.Args {
			args = append(args, text(a))
		}
		return e.Name + "(" + strings.Join(args, ",") + ")"
	case Array:
		var rows []string
		for _, r := range e {
			var cells []string
			for _, c := range r {
				cells = append(cells, text(c))
			}
			rows = append(rows, strings.Join(cells, ","))
		}
		return "{" + strings.Join(rows, ";") + "}"
	}
	return "?"
}

func TestParseExpr(t *testing.T) {
	for f, want := range map[string]string{
		`1+2*3^2`:        "(1+(2*(3^2)))",
		`-2^2`:           "((-2)^2)",
		`50%*A1`:         "((%50)*A1)",
		`A1&"x""y"<>B$2`: `((A1&"x\"y")<>B$2)`,
		`1-2-3`:          "((1-2)-3)",
		`IF(A1>=1,,"a")`: `IF((A1>=1),,"a")`,
		`SUMPRODUCT((台账!E3:E5="已完成")*1)`: `SUMPRODUCT(((台账!E3:E5="已完成")*1))`,
		`'办 公''室'!$A:$B`:                 `办 公'室!$A:$B`,
		`SUM(2:5)`:                       "SUM(2:5)",
		`1.5E-3+.5`:                      "(0.0015+0.5)",
		`COUNTIF(A:A,{"a","b";1,-2})`:    `COUNTIF(A:A,{"a","b";1,-2})`,
		`_xlfn.IFNA(#N/A,TRUE)`:          "IFNA(#N/A,TRUE)",
		`T1[状态]`:                         "T1[状态 false]",
		`T1[[#This Row],[a'[b']]]`:       "T1[a[b] true]",
		`[@状态]="完成"`:                     `([状态 true]="完成")`,
		`税率*A1`:                          "(name:税率*A1)",
		` NOW( ) `:                       "NOW()",
		`TODAY()-A1`:                     "(TODAY()-A1)",
		`--(A1=1)`:                       "(-(-(A1=1)))",
		`SUM(A1:A3 )`:                    "SUM(A1:A3)",
		// what is not read
		`A1:A3 B1:B3`:            "",
		`(A1,B1)`:                "",
		`A1:INDEX(B:B,2)`:        "",
		`SUM(S1:S3!A1)`:          "",
		`[1]Sheet1!A1`:           "",
		`A1#`:                    "",
		`T1[[#Headers],[a]]`:     "",
		`T1[#All]`:               "",
		`SUM(A1`:                 "",
		`"abc`:                   "",
		``:                       "",
		`1+`:                     "",
		`{1,2;3}`:                "",
		`{A1}`:                   "",
		`@A1`:                    "",
		strings.Repeat("(", 300): "",
	} {
		e, err := ParseExpr(f)
		got := ""
		if err == nil {
			got = text(e)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", f, got, want)
		}
	}
}

func FuzzParseExpr(f *testing.F) {
	f.Add(`IF(COUNTIF(A:A,"*"&B1)>0,'S 1'!A1%,{1;2})`)
	f.Fuzz(func(t *testing.T, s string) { ParseExpr(s) })
}
