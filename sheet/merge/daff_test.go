//go:build e2e

package merge

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/table"
)

// TestBesideDaff merges the same three tables with daff (npm, 1.4), the field's
// table merger, and tells the time of both and how many values came out wrong
// or missing. Run with
//
//	go test -tags e2e -run BesideDaff -v ./sheet/merge
//
// daff is looked for in PATH, or is what the variable DAFF names.
func TestBesideDaff(t *testing.T) {
	daff := os.Getenv("DAFF")
	if daff == "" {
		var err error
		if daff, err = exec.LookPath("daff"); err != nil {
			t.Skip("daff is not installed")
		}
	}
	for _, n := range []int{2_000, 20_000} {
		base := big(n)
		mine := coordinator(base)
		back, _ := yearOn(base)

		start := time.Now()
		r, err := Merge(base, mine, back, Options{Identity: taskIdentity})
		if err != nil {
			t.Fatal(err)
		}
		ours := time.Since(start)
		var rows [][]string
		for _, row := range r.Merged.Tables[0].Rows {
			rows = append(rows, row.Values)
		}
		report(t, n, "taizhang", ours, rows, mine, back)

		dir := t.TempDir()
		paths := []string{filepath.Join(dir, "base.csv"), filepath.Join(dir, "mine.csv"), filepath.Join(dir, "theirs.csv")}
		for i, s := range []State{base, mine, back} {
			writeCSV(t, paths[i], s)
		}
		out := filepath.Join(dir, "out.csv")
		start = time.Now()
		// It ends with an error if there are conflicts.
		said, err := exec.Command(daff, "merge", "--output", out, paths[0], paths[1], paths[2]).CombinedOutput()
		took := time.Since(start)
		f, openErr := os.Open(out)
		if openErr != nil {
			t.Fatalf("daff: %v %s", err, said)
		}
		cr := csv.NewReader(f)
		cr.FieldsPerRecord = -1
		got, err := cr.ReadAll()
		f.Close()
		if err != nil || len(got) == 0 {
			t.Fatalf("daff: %v", err)
		}
		report(t, n, "daff", took, got[1:], mine, back)
	}
}

// coordinator is base with a remark in every fiftieth row.
func coordinator(base State) State {
	t := *base.Tables[0]
	t.Rows = slices.Clone(t.Rows)
	for i := range t.Rows {
		if i%50 == 7 {
			t.Rows[i].Values = slices.Clone(t.Rows[i].Values)
			t.Rows[i].Values[13] = fmt.Sprintf("已核实第%d项", i)
		}
	}
	return State{Tables: []*table.Table{&t}}
}

// report counts, for every row that either side typed in, the values that do
// not stand where they belong. Rows are found by their telephone number, which
// nobody changed, and by their title; running numbers are left out.
func report(t *testing.T, n int, who string, took time.Duration, got [][]string, mine, theirs State) {
	phone, title, remark := 9, 3, 13
	byRow := map[string][][]string{}
	for _, r := range got {
		if len(r) == len(bigColumns) {
			byRow[r[phone]+"\x00"+r[title]] = append(byRow[r[phone]+"\x00"+r[title]], r)
		}
	}
	remarks := map[string]string{}
	for _, r := range mine.Tables[0].Rows {
		if r.Values[remark] != "" {
			remarks[r.Values[phone]] = r.Values[remark]
		}
	}
	wrong := 0
	for _, r := range theirs.Tables[0].Rows {
		found := byRow[r.Values[phone]+"\x00"+r.Values[title]]
		if len(found) != 1 {
			wrong++ // lost or doubled
			continue
		}
		for c, v := range r.Values {
			want := v
			if bigColumns[c] == "number" {
				continue
			}
			if c == remark && remarks[r.Values[phone]] != "" {
				want = remarks[r.Values[phone]]
			}
			if found[0][c] != want {
				wrong++
			}
		}
	}
	surplus := len(got) - len(theirs.Tables[0].Rows)
	t.Logf("%6d rows  %-8s  %8s  %d wrong or lost, %d rows too many or few", n, who, took.Round(time.Millisecond), wrong, surplus)
	if who == "taizhang" && (wrong != 0 || surplus != 0) {
		t.Errorf("%d values wrong", wrong)
	}
}

func writeCSV(t *testing.T, path string, s State) {
	var sb strings.Builder
	w := csv.NewWriter(&sb)
	w.Write(bigColumns)
	for _, r := range s.Tables[0].Rows {
		w.Write(r.Values)
	}
	w.Flush()
	if err := os.WriteFile(path, []byte(sb.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
