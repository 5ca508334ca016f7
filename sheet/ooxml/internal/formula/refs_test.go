package formula

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseFormula(t *testing.T) {
	for f, want := range map[string]string{
		`SUM(A1:B2,$C$3)`:                    "A1:B2 $C$3 | | | SUM",
		`'办公室''s'!A1+Sheet2!$B2`:             "办公室's!A1 Sheet2!$B2 | | |",
		`台账!F4:F22`:                          "台账!F4:F22 | | |",
		`COUNTIF(台账!$F:$F,"A1:B2 ""x"" C3")`: "台账!$F:$F | | | COUNTIF",
		`SUM(2:5)+1.5E3-1E5`:                 "2:5 | | | SUM",
		`[1]Sheet1!A1+'[2]S x'!B1`:           "ext:Sheet1!A1 ext:S x!B1 | | |",
		`SUM(Sheet1:Sheet3!A1)`:              "Sheet1..Sheet3!A1 | | | SUM",
		`SUM('S 1:S 3'!A1:A2)`:               "S 1..S 3!A1:A2 | | | SUM",
		`SUM(Table1[[#This Row],[a'[b]]])`:   " | | Table1 | SUM",
		`[@状态]="完成"`:                         " | |  |",
		`IF(TRUE,status,#REF!)+#N/A+A1#`:     "A1 | status | | IF",
		`_xlfn.XLOOKUP(A1,B:B,C:C)`:          "A1 B:B C:C | | | XLOOKUP",
		`LOG10(A1)+ABC.D1+Sheet2!rate`:       "A1 | ABC.D1 Sheet2!rate | | LOG10",
		`A1:INDEX(B:B,3)`:                    "A1 B:B | | | INDEX",
		`SUM(A1:A3 A2:B2)`:                   "A1:A3 A2:B2 | | | SUM",
		`OFFSET(A1,1,0)`:                     "A1 | | | OFFSET",
	} {
		p := Parse(f)
		var refs, names, calls []string
		for _, r := range p.Refs {
			s := r.Cells()
			if s != f[r.At.Start:r.At.End] {
				t.Errorf("%s: %q at %q", f, s, f[r.At.Start:r.At.End])
			}
			if r.LastSheet != "" {
				s = r.Sheet + ".." + r.LastSheet + "!" + s
			} else if r.Sheet != "" {
				s = r.Sheet + "!" + s
			}
			if r.External {
				s = "ext:" + s
			}
			refs = append(refs, s)
		}
		for _, n := range p.Names {
			if n.Sheet != "" {
				n.Name = n.Sheet + "!" + n.Name
			}
			names = append(names, n.Name)
		}
		calls = p.Calls
		got := strings.Join([]string{strings.Join(refs, " "), strings.Join(names, " "), strings.Join(p.Tables, " "),
			strings.Join(calls, " ")}, " | ")
		norm := func(s string) []string { return strings.Fields(strings.ReplaceAll(s, "|", " | ")) }
		if diff := cmp.Diff(norm(want), norm(got)); diff != "" {
			t.Errorf("%s:\n%s", f, diff)
		}
	}
}

func TestTranslateFormula(t *testing.T) {
	for _, c := range []struct {
		f          string
		rows, cols int
		want       string
		ok         bool
	}{
		{"A1+$B1+C$1+$D$1", 2, 1, "B3+$B3+D$1+$D$1", true},
		{"SUM(A:A)+SUM(1:2)", 1, 1, "SUM(B:B)+SUM(2:3)", true},
		{`IF(C5="","",ROW()-3)&"A1"`, 1, 0, `IF(C6="","",ROW()-3)&"A1"`, true},
		{"A1", -1, 0, "", false},
		{"'x y'!A1:B$2", 1, 0, "'x y'!A2:B$2", true},
	} {
		got, ok := Translate(c.f, c.rows, c.cols)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s moved by %d,%d: %q %v, want %q", c.f, c.rows, c.cols, got, ok, c.want)
		}
	}
}

func FuzzFormula(f *testing.F) {
	f.Add("SUM('a b'!A1:$B$2,[1]x!C:C,T[[#All],[x]],#REF!)")
	f.Fuzz(func(t *testing.T, s string) {
		once := MapRefs(s, func(*Ref) bool { return true })
		if twice := MapRefs(once, func(*Ref) bool { return true }); twice != once {
			t.Errorf("%q rewritten as %q, then as %q", s, once, twice)
		}
	})
}
