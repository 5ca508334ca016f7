package rowmove

import (
	"testing"

	"taizhang/sheet/a1"
)

func spans(t *testing.T, m Rows, growth Growth, want map[string]string) {
	t.Helper()
	for in, want := range want {
		r, _ := a1.ParseRange(in)
		got, ok := m.Span(r, growth)
		if text := got.String(); ok != (want != "") || ok && text != want {
			t.Errorf("%s: %s %v, want %s", in, text, ok, want)
		}
	}
}

func TestRowsThatAreLeftOut(t *testing.T) {
	m := Rows{Gone: []int{3, 4, 8}}
	for n, want := range map[int]int{1: 1, 2: 2, 5: 3, 7: 5, 9: 6} {
		if got, ok := m.Row(n); got != want || !ok {
			t.Errorf("row %d: %d %v, want %d", n, got, ok, want)
		}
	}
	for _, n := range m.Gone {
		if now, ok := m.Row(n); ok || now != map[int]int{3: 3, 4: 3, 8: 6}[n] {
			t.Errorf("row %d stands at %d, %v", n, now, ok)
		}
	}
	spans(t, m, Moves, map[string]string{
		"A1:B9": "A1:B6", "A3:A4": "", "A3:A5": "A3", "A4:A8": "A3:A5", "A8": "", "A7:A8": "A5",
		"C1:C1048576": "C1:C1048576",
	})
	if first := m.FirstLeft(a1.Range{First: a1.At(3, 1), Last: a1.At(8, 1)}); first != 5 {
		t.Errorf("first row left %d", first)
	}
}

func TestARowThatIsPutIn(t *testing.T) {
	table := a1.Range{First: a1.At(3, 1), Last: a1.At(5, 4)}
	m := Rows{New: 6, Shift: true, Table: table}
	spans(t, m, Moves, map[string]string{"A3:B5": "A3:B5", "A5:A6": "A5:A7", "B6": "B7", "A1048576": "A1048576",
		"A:B": "A1:B1048576"})
	spans(t, m, Covering, map[string]string{"A3:B5": "A3:B6", "A4:A5": "A4:A5", "A2:A5": "A2:A6", "F3:F5": "F3:F5",
		"D1:F5": "D1:F6"})
	spans(t, m, Touching, map[string]string{"A4:A5": "A4:A6", "A5": "A5:A6", "A3:A4": "A3:A4"})
	m.Shift = false
	spans(t, m, Covering, map[string]string{"A3:B5": "A3:B6", "A6:A9": "A6:A9"})
}

func TestARangeWithItsCornersTheWrongWayRound(t *testing.T) {
	m := Rows{Gone: []int{3}}
	now, ok := m.Span(a1.Range{First: a1.At(5, 2), Last: a1.At(3, 1)}, Moves)
	if want := (a1.Range{First: a1.At(4, 2), Last: a1.At(3, 1)}); now != want || !ok {
		t.Errorf("%v %v, want %v", now, ok, want)
	}
}
