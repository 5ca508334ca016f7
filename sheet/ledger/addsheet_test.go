package ledger_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
	"taizhang/sheet/table/tabletest"
)

var spring = time.Date(2022, 5, 20, 0, 0, 0, 0, time.UTC)

func tablesOf(t testing.TB, wb *ooxml.Workbook) []*table.Table {
	t.Helper()
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return found.Tables
}

// The sheet of events that we add must be found in the workbook like anybody's.
func TestASheetAddedToAWorkbookIsFoundAgain(t *testing.T) {
	dir := filepath.Join(tabletest.Root(t), "sheet", "table", "testdata", "ledgers")
	for name, lang := range map[string]msg.Lang{"fengong-sheetjs.xlsx": msg.ZH, "english-openpyxl.xlsx": msg.EN} {
		wb, err := ooxml.Open(filepath.Join(dir, name), ooxml.Options{})
		if err != nil {
			t.Fatal(err)
		}
		l := ledger.Build(tablesOf(t, wb), ledger.Options{Today: spring})
		if l.Lang() != lang {
			t.Errorf("%s is in %s", name, l.Lang())
		}
		if err := wb.AddSheet(l.ActivitySheet()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		data, err := wb.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if wb, err = ooxml.Read(name, data, ooxml.Options{}); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, tb := range tablesOf(t, wb) {
			kinds = append(kinds, tb.Kind)
		}
		if want := []string{ledger.KindTasks, ledger.KindActivities}; !slices.Equal(kinds, want) {
			t.Errorf("%s: tables %v, want %v", name, kinds, want)
		}
	}
}

// No workbook of the world makes reading panic, whatever it holds.
func TestPublicWorkbooksAreReadWithoutPanic(t *testing.T) {
	books, _ := filepath.Glob(filepath.Join(tabletest.Root(t), "..", "shared", "corpus", "*.xls[xm]"))
	if len(books) == 0 {
		t.Skip("the public workbooks are not on this machine")
	}
	for _, path := range books {
		if info, err := os.Stat(path); err != nil || info.Size() > 1<<20 {
			continue
		}
		wb, err := ooxml.Open(path, ooxml.Options{})
		if err != nil {
			continue
		}
		found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
		if err != nil {
			continue
		}
		l := ledger.Build(found.Tables, ledger.Options{Today: spring})
		for _, tb := range found.Tables {
			t.Logf("%s: %s is taken for %s, %d rows", filepath.Base(path), tb.Sheet, tb.Kind, len(tb.Rows))
		}
		for _, task := range l.Tasks {
			if l.Task(task.ID) != task {
				t.Errorf("%s: id %s is not its task's", path, task.ID)
			}
		}
	}
}
