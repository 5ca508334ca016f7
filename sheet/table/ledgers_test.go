package table

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table/tabletest"
)

func TestLedgersAreReadAsAPersonReadsThem(t *testing.T) {
	for _, want := range tabletest.Load(t) {
		t.Run(want.Name, func(t *testing.T) {
			wb, err := ooxml.Open(want.Path, ooxml.Options{})
			if err != nil {
				t.Fatal(err)
			}
			found, err := Find(wb, testSchemas())
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Tables) != len(want.Tables) {
				t.Errorf("%d tables, want %d", len(found.Tables), len(want.Tables))
			}
			for i := range min(len(found.Tables), len(want.Tables)) {
				compareTable(t, found.Tables[i], &want.Tables[i])
			}
			bare := map[string]int{}
			for _, s := range found.Sheets {
				if s.Candidate != nil {
					bare[s.Name] = s.Candidate.Row
				} else if len(s.Tables) == 0 {
					bare[s.Name] = 0
				}
			}
			if d := cmp.Diff(want.Bare, bare, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("sheets without a table (-want +got):\n%s", d)
			}
			var problems []tabletest.Problem
			for _, p := range found.Problems {
				severity := "warning"
				if p.Severity == Err {
					severity = "error"
				}
				problems = append(problems, tabletest.Problem{Sheet: p.Sheet, Cell: p.Cell.String(),
					Severity: severity})
				if p.Text.In("zh") == p.Text.Key || p.Text.In("en") == p.Text.Key {
					t.Errorf("no sentence for %s", p.Text.Key)
				}
			}
			if d := cmp.Diff(want.Problems, problems, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("problems (-want +got):\n%s", d)
			}
		})
	}
}

func compareTable(t *testing.T, got *Table, want *tabletest.Table) {
	t.Helper()
	name := want.Sheet + " " + want.Kind
	same := func(what string, want, got any) {
		t.Helper()
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%s: %s (-want +got):\n%s", name, what, d)
		}
	}
	same("kind", want.Kind, got.Kind)
	same("sheet", want.Sheet, got.Sheet)
	same("title", want.Title, got.Place.Title)
	same("header", want.Header, [2]int{got.Place.HeaderFirst, got.Place.HeaderLast})
	same("footer", want.Footer, got.Place.Footer)
	same("blank rows", []int(want.Blank), got.Place.Blank)

	keys, formats, choices := map[string]string{}, map[string]string{}, map[string][]string{}
	for _, c := range got.Columns {
		letter := a1.ColumnName(c.Col)
		keys[letter] = c.Key
		if allowed, ok := want.Columns[letter]; ok && (allowed == "*" ||
			slices.Contains(strings.Split(allowed, "|"), c.Key)) {
			keys[letter] = allowed
		}
		switch c.Format {
		case AsDate:
			formats[letter] = "date"
		case AsNumber:
			formats[letter] = "number"
		}
		if c.Choices != nil {
			choices[letter] = c.Choices
		}
	}
	same("columns", want.Columns, keys)
	same("formats", want.Formats, formats)
	same("choices", want.Choices, choices)

	rows := []int{}
	byRow := map[int]*Row{}
	for i := range got.Rows {
		rows = append(rows, got.Rows[i].Row)
		byRow[got.Rows[i].Row] = &got.Rows[i]
	}
	same("data rows", []int(want.Data), rows)
	skipped := map[int]string{}
	for _, s := range got.Place.Skipped {
		skipped[s.Row] = s.Why
	}
	same("skipped rows", want.Skipped, skipped)
	for cell, value := range want.Values {
		at, _ := a1.ParseRef(cell)
		if r := byRow[at.Row]; r == nil {
			t.Errorf("%s: %s is not in a data row", name, cell)
		} else if i := slices.IndexFunc(got.Columns, func(c Column) bool { return c.Col == at.Col }); i < 0 {
			t.Errorf("%s: %s is not in a column", name, cell)
		} else {
			same(cell, value, r.Values[i])
		}
	}
	for row, section := range want.Sections {
		if r := byRow[row]; r == nil {
			t.Errorf("%s: row %d is not data", name, row)
		} else {
			same("section", section, r.Section)
		}
	}
	for _, cell := range strings.Split(want.Formulas, ",") {
		if at, ok := a1.ParseRef(cell); ok && !got.Place.Formulas[at] {
			t.Errorf("%s: the formula in %s was not seen", name, cell)
		}
	}
	for cell, rows := range want.Shared {
		at, _ := a1.ParseRef(cell)
		i := slices.IndexFunc(got.Columns, func(c Column) bool { return c.Col == at.Col })
		same("rows sharing "+cell, []int(rows), got.Shared(at.Row, got.Columns[i].Key))
	}
}
