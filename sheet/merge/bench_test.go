package merge

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"taizhang/sheet/table"
)

var bigColumns = []string{"number", "code", "section", "title", "requirement", "lead", "support", "leader", "owner",
	"phone", "deadline", "status", "progress", "remark"}

// big is a ledger of n rows and 14 columns.
func big(n int) State {
	r := rand.New(rand.NewPCG(1, 2))
	phrase := func(words int) string {
		var sb strings.Builder
		for range words {
			sb.WriteString(lexicon[r.IntN(len(lexicon))])
		}
		return sb.String()
	}
	t := &table.Table{Kind: "tasks", Sheet: "台账"}
	for _, c := range bigColumns {
		t.Columns = append(t.Columns, table.Column{Key: c, Heading: c})
	}
	for i := range n {
		t.Rows = append(t.Rows, table.Row{ID: fmt.Sprintf("r%d", i), Row: i + 5, Values: []string{
			fmt.Sprint(i + 1), "", phrase(2), phrase(6), phrase(10), units[r.IntN(len(units))],
			units[r.IntN(len(units))],
			phrase(1), phrase(1), fmt.Sprint(13800000000 + i), fmt.Sprintf("%d月底前",
				1+r.IntN(12)), statuses[r.IntN(4)], phrase(r.IntN(8)), "",
		}})
	}
	return State{Tables: []*table.Table{t}}
}

// yearOn is what comes back of s: a fresh reading without ids, in which one row
// in a hundred was changed and all were renumbered. truth is the id of each row.
func yearOn(s State) (back State, truth []string) {
	r := rand.New(rand.NewPCG(3, 4))
	t := *s.Tables[0]
	t.Rows = nil
	for i, row := range s.Tables[0].Rows {
		vals := make([]string, len(row.Values))
		for c, v := range row.Values {
			vals[c] = strings.Clone(v)
		}
		id := row.ID
		if i%100 == 50 {
			switch i / 100 % 5 {
			case 0:
				vals[11] = "已完成"
			case 1:
				vals[12] = "正在办理"
			case 2:
				rs := []rune(vals[3])
				vals[3], vals[11] = string(slices.Delete(rs, 2, 4))+"工作", "已完成"
			case 3:
				continue // deleted
			case 4:
				added := slices.Clone(vals)
				added[3], added[4] = "新增"+strings.Repeat(lexicon[r.IntN(len(lexicon))], 3)+fmt.Sprint(i), ""
				t.Rows = append(t.Rows, table.Row{Values: added})
				truth = append(truth, "")
			}
		}
		t.Rows = append(t.Rows, table.Row{Values: vals})
		truth = append(truth, id)
	}
	for i := range t.Rows {
		t.Rows[i].Row, t.Rows[i].Values[0] = i+5, fmt.Sprint(i+1001) // every row another number
	}
	return State{Tables: []*table.Table{&t}}, truth
}

func TestAlignmentOfALargeLedger(t *testing.T) {
	base := big(5000)
	back, truth := yearOn(base)
	for name, id := range map[string]map[string]Identity{"told": taskIdentity, "derived": {}} {
		r, err := Merge(base, base, back, Options{Identity: id})
		if err != nil {
			t.Fatal(name, err)
		}
		for i, row := range r.Theirs.Tables[0].Rows {
			if want := truth[i]; row.ID != want && (want != "" || !slices.Contains(r.Added, row.ID)) {
				t.Errorf("%s: row %d is %q, want %q", name, i, row.ID, want)
			}
		}
	}
}

// BenchmarkMerge merges a copy without ids, with one row in a hundred changed
// and all renumbered, into its unchanged base. What tells rows apart is told,
// or has to be derived.
func BenchmarkMerge(b *testing.B) {
	sizes(b, func(b *testing.B, base State) {
		back, _ := yearOn(base)
		for _, c := range []struct {
			name string
			id   map[string]Identity
		}{{"told", taskIdentity}, {"derived", map[string]Identity{}}} {
			b.Run("identity="+c.name, func(b *testing.B) { mergeAgain(b, base, back, c.id) })
		}
	})
}

// Every row reworded: the worst case of the comparison by likeness.
func BenchmarkMergeReworded(b *testing.B) {
	sizes(b, func(b *testing.B, base State) {
		back, _ := yearOn(base)
		for i := range back.Tables[0].Rows {
			back.Tables[0].Rows[i].Values[3] += "等"
		}
		mergeAgain(b, base, back, taskIdentity)
	})
}

// Two heads: every row has its id.
func BenchmarkMergeHeads(b *testing.B) {
	sizes(b, func(b *testing.B, base State) {
		back, truth := yearOn(base)
		for i := range back.Tables[0].Rows {
			back.Tables[0].Rows[i].ID = truth[i]
		}
		mergeAgain(b, base, back, taskIdentity)
	})
}

func sizes(b *testing.B, run func(b *testing.B, base State)) {
	for _, rows := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) { run(b, big(rows)) })
	}
}

func mergeAgain(b *testing.B, base, back State, id map[string]Identity) {
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if _, err := Merge(base, base, back, Options{Identity: id}); err != nil {
			b.Fatal(err)
		}
	}
}
