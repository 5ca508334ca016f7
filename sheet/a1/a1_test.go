package a1

import (
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestReferencesThatAreNone(t *testing.T) {
	for _, s := range []string{"", "A", "1", "A0", "$", "A1B", "A-1", "1A", "XFE1", "A1048577", "AAAA1", "A1:", "A 1",
		"A99999999", "＄A1", "Sheet1!A1"} {
		if r, ok := ParseRef(s); ok {
			t.Errorf("%q was read as %v", s, r)
		}
	}
	for _, s := range []string{"", ":", "A:1", "A1:", "A1:B", "0:1", "XFE:XFE", "A1:B2:C3"} {
		if r, ok := ParseRange(s); ok {
			t.Errorf("%q was read as %v", s, r)
		}
	}
}

func TestRanges(t *testing.T) {
	for in, want := range map[string]Range{
		"A1":          {Ref{1, 1}, Ref{1, 1}},
		"$A$1:c3":     {Ref{1, 1}, Ref{3, 3}},
		"C3:A1":       {Ref{1, 1}, Ref{3, 3}},
		"A3:C1":       {Ref{1, 1}, Ref{3, 3}},
		"B:$D":        {Ref{1, 2}, Ref{MaxRow, 4}},
		"$2:5":        {Ref{2, 1}, Ref{5, MaxCol}},
		"XFD1048576":  {Ref{MaxRow, MaxCol}, Ref{MaxRow, MaxCol}},
		"AA10:AB$200": {Ref{10, 27}, Ref{200, 28}},
	} {
		if got, ok := ParseRange(in); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", in, got, ok, want)
		}
	}
}

// The oracle is excelize.
func TestReferencesReadBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Ref{rapid.IntRange(1, MaxRow).Draw(t, "row"), rapid.IntRange(1, MaxCol).Draw(t, "col")}
		want, err := excelize.CoordinatesToCellName(r.Col, r.Row)
		if err != nil || r.String() != want {
			t.Fatalf("%v written %q, excelize %q %v", r, r.String(), want, err)
		}
		abs, _ := excelize.CoordinatesToCellName(r.Col, r.Row, true)
		for _, s := range []string{want, abs} {
			if got, ok := ParseRef(s); !ok || got != r {
				t.Fatalf("%q read as %v", s, got)
			}
		}
		if n, ok := ColumnNumber(ColumnName(r.Col)); !ok || n != r.Col {
			t.Fatalf("column %q read as %d", ColumnName(r.Col), n)
		}
	})
}
