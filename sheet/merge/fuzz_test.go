package merge

import (
	"strings"
	"testing"

	"taizhang/sheet/table"
)

// FuzzMerge merges any three sheets: no panic, nothing of mine lost, and the
// same again when merged again.
func FuzzMerge(f *testing.F) {
	f.Add("number|title\n1|甲\n2|乙", "number|title\n1|甲\n2|丙", "number|title\n1|乙\n2|甲", false)
	f.Add("a|a|\n1|2|3", "a\n1\n1", "a|b\n|\n\r\n|\x00", true)
	f.Fuzz(func(t *testing.T, base, mine, theirs string, copied bool) {
		read := func(text string, ids bool) State {
			tab := &table.Table{Kind: "k", Sheet: "s"}
			seen := map[string]int{}
			for n, line := range strings.Split(text, "\n") {
				cells := strings.Split(line, "|")
				if n == 0 {
					for _, c := range cells {
						tab.Columns = append(tab.Columns, table.Column{Key: c, Heading: c})
					}
					continue
				}
				r := table.Row{Values: cells[:min(len(cells), len(tab.Columns))]}
				if ids {
					seen[cells[0]]++
					r.ID = cells[0] + strings.Repeat("'", seen[cells[0]]) + "."
				}
				tab.Rows = append(tab.Rows, r)
			}
			return State{Tables: []*table.Table{tab}}
		}
		b, m, th := read(base, true), read(mine, true), read(theirs, false)
		opt := Options{Force: true}
		if copied {
			opt.Mode = Copy
		}
		r, err := Merge(b, m, th, opt)
		if err != nil {
			return
		}
		ids := map[string]bool{}
		for _, tab := range r.Merged.Tables {
			for _, row := range tab.Rows {
				if row.ID == "" || ids[row.ID] {
					t.Fatalf("id %q is not its own", row.ID)
				}
				ids[row.ID] = true
				if len(row.Values) != len(tab.Columns) {
					t.Fatalf("%d values in %d columns", len(row.Values), len(tab.Columns))
				}
			}
		}
		for _, row := range m.Tables[0].Rows {
			if copied && !ids[row.ID] {
				t.Fatalf("row %q of mine is gone", row.ID)
			}
		}
		if again, err := Merge(r.Merged, r.Merged, r.Merged, opt); err != nil || len(again.Changes) > 0 {
			t.Fatalf("merged with itself: %v %v", err, again.Changes)
		}
	})
}
