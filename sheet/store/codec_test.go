package store

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

func TestContentReadsBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		st := drawState(t)
		back, err := decodeState(encodeState(st))
		if err != nil {
			t.Fatal(err)
		}
		if d := same(st, back); d != "" {
			t.Fatal(d)
		}
	})
}

func TestDifferenceMakesTheNewContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawState(t), drawState(t)
		back, err := applyDelta(from, encodeDelta(from, to))
		if err != nil {
			t.Fatal(err)
		}
		if d := same(to, back); d != "" {
			t.Fatal(d)
		}
	})
}

func TestChangesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		changes := Diff(drawState(t), drawState(t))
		data, err := encodeChanges(changes)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeChanges(data)
		if err != nil || len(back) != len(changes) {
			t.Fatal(err, len(back), len(changes))
		}
		for i := range back {
			if back[i] != changes[i] {
				t.Fatal(back[i], changes[i])
			}
		}
	})
}

func TestDiffNamesValuesAndRows(t *testing.T) {
	a := ledgerOf(3)
	b := with(a, 1, 4, "销号")
	b.Tables[0].Rows = b.Tables[0].Rows[1:]
	got := Diff(a, b)
	want := Change{Kind: "tasks", Row: "r000001", Key: "status", From: "推进中", To: "销号"}
	if got[0] != want {
		t.Errorf("got %+v, want %+v", got[0], want)
	}
	if got[1] != (Change{Kind: "tasks", Row: "r000000", What: Deleted}) || len(got) != 2+6 {
		t.Errorf("deleted row: %+v", got[1:])
	}
}

// To put a task on another sheet is not to delete it and to add one like it.
func TestDiffTellsOfARowThatWasMovedToAnotherSheet(t *testing.T) {
	a := ledgerOf(3)
	other := *a.Tables[0]
	other.Sheet, other.Rows = "已完成", nil
	a.Tables = append(a.Tables, &other)
	b := with(a, 1, 4, "销号")
	moved := *a.Tables[1]
	moved.Rows = append(moved.Rows, b.Tables[0].Rows[1])
	first := *b.Tables[0]
	first.Rows = append(first.Rows[:1:1], first.Rows[2])
	b.Tables = []*table.Table{&first, &moved}
	want := []Change{
		{Kind: "tasks", Row: "r000001", Key: SheetKey, From: first.Sheet, To: "已完成"},
		{Kind: "tasks", Row: "r000001", Key: "status", From: "推进中", To: "销号"},
	}
	if d := cmp.Diff(want, Diff(a, b)); d != "" {
		t.Error(d)
	}
	// A sheet that is gone with its rows moved on is no deletion of rows either.
	gone := b
	all := first
	all.Rows = append(append(first.Rows[:1:1], moved.Rows...), first.Rows[1:]...)
	gone.Tables = []*table.Table{&all}
	for _, c := range Diff(b, gone) {
		if c.What != "" {
			t.Errorf("%+v", c)
		}
	}
}

// Contents in step are compared without looking rows up; that must not show.
func TestDiffInStepIsDiffByID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := drawState(t)
		for i, tb := range from.Tables {
			for r := range tb.Rows {
				tb.Rows[r].ID += fmt.Sprint("/", i)
			}
		}
		to := from.Copy()
		for _, tb := range to.Tables {
			for r := range tb.Rows {
				if len(tb.Columns) == 0 || rapid.Bool().Draw(t, "untouched") {
					continue
				}
				values := slices.Clone(tb.Rows[r].Values)
				values[rapid.IntRange(0, len(values)-1).Draw(t, "column")] = "新"
				tb.Rows[r].Values = values
			}
			if len(tb.Rows) > 1 && rapid.IntRange(0, 4).Draw(t, "swapped") == 0 {
				tb.Rows[0], tb.Rows[1] = tb.Rows[1], tb.Rows[0]
			}
		}
		got, ok := diffInStep(from, to)
		if d := cmp.Diff(diffByID(from, to), got); ok && d != "" {
			t.Fatal(d)
		}
	})
}

func FuzzDecodeState(f *testing.F) {
	f.Add(encodeState(ledgerOf(3)))
	f.Add([]byte{1, 0, 0, 255, 255, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		if st, err := decodeState(data); err == nil {
			if _, err := decodeState(encodeState(st)); err != nil {
				t.Fatal("what was decoded does not encode")
			}
		}
	})
}

func FuzzApplyDelta(f *testing.F) {
	base := ledgerOf(4)
	f.Add(encodeDelta(base, with(base, 2, 1, "改")))
	f.Add(encodeDelta(base, ledgerOf(6)))
	f.Fuzz(func(t *testing.T, data []byte) {
		applyDelta(base, data)
	})
}

func FuzzParseFile(f *testing.F) {
	r := Revision{Content: sum(nil), Time: day, Author: "王", Opened: []Conflict{{ID: "c"}}}
	line, _, _ := encodeRecord(r)
	data, _ := (&file{line: line, header: header{Root: 3}, state: []byte("abc")}).bytes()
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := parseFile(data)
		if err != nil {
			return
		}
		back, err := p.bytes()
		if err != nil {
			t.Fatal(err)
		}
		if q, err := parseFile(back); err != nil || q.ID != p.ID {
			t.Fatal("does not survive being written again:", err)
		}
	})
}

// encodeState is the canonical encoding of content that is normal, whole.
func encodeState(st merge.State) []byte {
	return appendState(nil, st, func(b []byte) []byte { return b })
}
