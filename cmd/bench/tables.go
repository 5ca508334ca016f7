package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strconv"

	"taizhang/cmd/bench/book"
	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// Columns of the tables that are merged.
const (
	numberColumn = 0
	titleColumn  = 2
	leadColumn   = 4
	statusColumn = book.Status - 1
	remarkColumn = book.Cols - 1
)

// three are the tables of a merge as both sides and the truth have them: the
// coordinator remarked every fiftieth task; in the copy that comes back one row
// in a hundred is marked done, gone, or new, and all are renumbered.
type three struct{ base, mine, theirs, truth [][]string }

func makeThree(rows int) three {
	var x three
	for n := 1; n <= rows; n++ {
		base := book.Row(n)
		base[remarkColumn] = "原备注"
		mine, theirs := slices.Clone(base), slices.Clone(base)
		if n%50 == 7 {
			mine[remarkColumn] = "已核实第" + strconv.Itoa(n) + "项"
		}
		x.base, x.mine = append(x.base, base), append(x.mine, mine)
		truth := slices.Clone(mine)
		switch n % 300 {
		case 57:
			theirs[statusColumn], truth[statusColumn] = "已办结", "已办结"
		case 158: // not in the copy, and so not touched by the coordinator
			continue
		case 259:
			added := book.Row(rows + n)
			added[titleColumn], added[titleColumn+1] = "新增事项"+strconv.Itoa(n), "专项补充安排"
			x.theirs, x.truth = append(x.theirs, added), append(x.truth, added)
		}
		x.theirs, x.truth = append(x.theirs, theirs), append(x.truth, truth)
	}
	for i := range x.theirs {
		x.theirs[i][numberColumn] = strconv.Itoa(i + 1001)
	}
	return x
}

// wrong counts the values that do not stand where they belong, of rows known by
// their titles; running numbers are left out. A row that is lost, doubled or
// should not be there counts as one.
func (x three) wrong(got [][]string) int {
	byTitle := map[string][]string{}
	wrong := 0
	for _, r := range got {
		if len(r) != book.Cols || byTitle[r[titleColumn]] != nil {
			wrong++
			continue
		}
		byTitle[r[titleColumn]] = r
	}
	for _, want := range x.truth {
		r := byTitle[want[titleColumn]]
		if r == nil {
			wrong++
			continue
		}
		delete(byTitle, want[titleColumn])
		for c := range want {
			if c != numberColumn && r[c] != want[c] {
				wrong++
			}
		}
	}
	return wrong + len(byTitle)
}

func writeTable(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.WriteAll(append([][]string{book.Headings()}, rows...)); err != nil {
		return err
	}
	return f.Close()
}

func readTable(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%s: no table: %w", path, err)
	}
	return rows[1:], nil
}

// mergeFiles merges tables kept as CSV, as the field's table merger does.
func mergeFiles(base, mine, theirs, out string) error {
	var states [3]merge.State
	for i, path := range []string{base, mine, theirs} {
		rows, err := readTable(path)
		if err != nil {
			return err
		}
		t := &table.Table{Kind: "tasks", Sheet: book.Sheet}
		for _, h := range book.Headings() {
			t.Columns = append(t.Columns, table.Column{Key: h, Heading: h})
		}
		for r, values := range rows {
			row := table.Row{Values: values}
			if i < 2 {
				row.ID = values[titleColumn] // base and mine know their rows, as revisions do
			}
			row.Row = r + 1 + book.Top
			t.Rows = append(t.Rows, row)
		}
		states[i] = merge.State{Tables: []*table.Table{t}}
	}
	h := book.Headings()
	id := merge.Identity{Ignore: []string{h[numberColumn]}, Name: []string{h[titleColumn], h[leadColumn]}}
	r, err := merge.Merge(states[0], states[1], states[2],
		merge.Options{Identity: map[string]merge.Identity{"tasks": id}})
	if err != nil {
		return err
	}
	var rows [][]string
	for _, row := range r.Merged.Tables[0].Rows {
		rows = append(rows, row.Values)
	}
	return writeTable(out, rows)
}
