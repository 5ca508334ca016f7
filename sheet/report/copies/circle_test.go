package copies_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
	"taizhang/sheet/syncer"
)

// circle splits the sample, lets each copy be filled in, and merges all of them:
// every value must come home, and no row may count as missing.
func circle(t *testing.T, fill func(path, sheet, cell, text string)) {
	dir := t.TempDir()
	path := filepath.Join(dir, "示例台账.xlsx")
	data, err := sample.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{Ledger: ledger.Options{Today: sample.Today}, Author: "协调人"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{} // by task id
	var names filename.Names
	var files []string
	for _, unit := range []string{"环保分局", "财政局", "项目中心"} {
		c, err := copies.Make(o, unit, &names)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "out", c.Name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, c.Data, 0o666); err != nil {
			t.Fatal(err)
		}
		fill(file, "任务台账", progressCell(t, c.Data, unit), unit+"回填")
		files = append(files, file)
		for _, task := range s.Snapshot().Ledger.Tasks {
			if task.Lead == unit {
				want[task.ID] = unit + "回填"
			}
		}
	}
	r, err := s.Merge(ctx, files, syncer.MergeOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range r.Copies {
		if c.Err != nil || len(c.Missing) > 0 || len(c.Added) > 0 || len(c.Asks) > 0 || len(c.Changes) != 1 ||
			c.Unit == "" {
			t.Errorf("%s: %+v", filepath.Base(files[i]), c)
		}
	}
	l := s.Snapshot().Ledger
	if len(l.Tasks) != 22 {
		t.Errorf("%d tasks", len(l.Tasks))
	}
	for id, text := range want {
		if task := l.Task(id); task == nil || task.Progress != text {
			t.Errorf("%s did not come home: %+v", text, task)
		}
	}
}

// progressCell finds, with excelize, the 进展情况 of the one task that the unit
// leads, and checks that it may be filled in, and that another's may not.
func progressCell(t *testing.T, data []byte, unit string) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("任务台账")
	if err != nil {
		t.Fatal(err)
	}
	found, closed := "", 0
	for i, row := range rows {
		if i < 5 || len(row) < 11 {
			continue
		}
		cell := fmt.Sprint("K", i+1)
		open := mayFill(t, f, "任务台账", cell)
		for _, col := range "ABCDEH" { // number, title, what is asked, units and deadline are the coordinator's
			if given := fmt.Sprint(string(col), i+1); mayFill(t, f, "任务台账", given) {
				t.Errorf("%s may change %s", unit, given)
			}
		}
		if lead, _ := f.GetCellValue("任务台账", "D"+cell[1:]); open != (lead == unit) {
			t.Errorf("%s: %s, led by %s, open: %v", unit, cell, lead, open)
		}
		if open {
			found = cell
		} else {
			closed++
		}
	}
	if found == "" || closed == 0 {
		t.Fatalf("%s: open %q, %d closed", unit, found, closed)
	}
	return found
}

// mayFill reports whether a cell is open in a protected sheet.
func mayFill(t *testing.T, f *excelize.File, sheet, cell string) bool {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style.Protection != nil && !style.Protection.Locked
}

func TestCopiesComeHome(t *testing.T) {
	circle(t, func(path, sheet, cell, text string) { typed(t, path, sheet, cell, text) })
}

// typed puts a text into a cell, with excelize.
func typed(t *testing.T, path, sheet, cell, text string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellStr(sheet, cell, text); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}
