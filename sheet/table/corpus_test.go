package table

import (
	"path/filepath"
	"testing"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/table/tabletest"
)

// TestPublicWorkbooks searches workbooks that nobody made for us, if they are
// there: whatever is found in them obeys the rules of checkTable.
func TestPublicWorkbooks(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(tabletest.Root(t), "..", "shared", "corpus", "*.xls?"))
	if len(paths) == 0 {
		t.Skip("no ../shared/corpus")
	}
	m := newMatcher(append(testSchemas(), Schema{ // fits nearly everything that has two words side by side
		Kind: "loose",
		Fields: []Field{{Name: "a", Headings: []string{"Name", "Date", "Item", "ID", "a", "A", "Region", "Month",
			"Category"}}, {Name: "b", Headings: []string{"Value", "Amount", "Total", "Price", "b", "B", "Sales",
			"Count"}}},
		Min: 1,
	}))
	tables := 0
	for _, path := range paths {
		wb, err := ooxml.Open(path, ooxml.Options{})
		if err != nil {
			continue // package ooxml tests what can be opened
		}
		for _, info := range wb.Sheets() {
			if !info.Worksheet {
				continue
			}
			s, err := wb.Sheet(info.Name)
			if err != nil {
				continue
			}
			sf, _ := findSheet(s, wb, m)
			for _, tb := range sf.Tables {
				tables++
				checkPlace(t, tb)
			}
		}
	}
	if tables == 0 {
		t.Error("not one table in all of them")
	}
	t.Logf("%d tables in %d workbooks", tables, len(paths))
}
