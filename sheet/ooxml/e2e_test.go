//go:build e2e

package ooxml_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// office converts workbooks with LibreOffice, all in one run, and returns the
// folder with the results.
func office(t *testing.T, files []string) string {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	out := t.TempDir()
	profile := "-env:UserInstallation=file://" + filepath.ToSlash(t.TempDir())
	args := append([]string{profile, "--headless", "--convert-to", "xlsx", "--outdir", out}, files...)
	cmd := exec.Command(soffice, args...)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, msg)
	}
	return out
}

// shownOtherwise are workbooks of the corpus in which LibreOffice does not show
// what was written, and why.
var shownOtherwise = map[string]string{
	"closedxml__RenamedFieldIsRemovedFromPivotTable-output.xlsx": "its pivot table says that it fills D1 only, and " +
		"grows over D2 when LibreOffice draws it",
}

// TestE2ELibreOfficeReadsTheCorpusAfterEdits sets a cell, adds a sheet and a
// property in every workbook of the corpus; LibreOffice must find the value
// wherever it can open the original.
func TestE2ELibreOfficeReadsTheCorpusAfterEdits(t *testing.T) {
	dir := t.TempDir()
	type edit struct {
		name, sheet string
		index       int // of the sheet: LibreOffice renames some
		at          a1.Ref
	}
	var edits []edit
	var edited, originals []string
	for i, file := range ziptest.CorpusFiles(t) {
		if why := shownOtherwise[filepath.Base(file)]; why != "" {
			t.Logf("%s left out: %s", filepath.Base(file), why)
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		w, err := ooxml.Read(file, data, ooxml.Options{Force: true})
		if err != nil {
			continue
		}
		e := edit{name: fmt.Sprintf("w%03d.xlsx", i)}
		for i, info := range w.Sheets() {
			sheet, err := w.Sheet(info.Name)
			if err != nil || !info.Worksheet {
				continue
			}
			for _, at := range pick(sheet) {
				err := w.Set(info.Name, at, ooxml.TextValue("已完成 <&>"))
				if errors.Is(err, ooxml.ErrFormula) || errors.Is(err, ooxml.ErrUnsafe) {
					continue
				}
				if err != nil {
					t.Fatalf("%s: %v", file, err)
				}
				e.sheet, e.index, e.at = info.Name, i, anchorIn(sheet, at)
				break
			}
			break
		}
		if e.sheet == "" {
			continue
		}
		if err := w.SetProperty("taizhang-revision", "r1"); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if err := w.AddSheet(ooxml.NewSheet{Name: "年度活动", Header: []string{"类型", "日期"},
			Lists: map[int][]string{1: {"a", "b"}}, Rows: [][]ooxml.Value{{ooxml.TextValue("培训"),
				ooxml.DateValue(time.Now())}}}); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		after, err := w.Bytes()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for sub, data := range map[string][]byte{"edited": after, "original": data} {
			path := filepath.Join(dir, sub, e.name)
			os.MkdirAll(filepath.Dir(path), 0o755)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		edits = append(edits, e)
		edited = append(edited, filepath.Join(dir, "edited", e.name))
		originals = append(originals, filepath.Join(dir, "original", e.name))
	}
	after, before := office(t, edited), office(t, originals)
	for _, e := range edits {
		if _, err := os.Stat(filepath.Join(before, e.name)); err != nil {
			continue // LibreOffice does not open the original either
		}
		f, err := excelize.OpenFile(filepath.Join(after, e.name))
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		if v, err := f.GetCellValue(f.GetSheetName(e.index), e.at.String(),
			excelize.Options{RawCellValue: true}); v != "已完成 <&>" {
			t.Errorf("%s %s %s: LibreOffice reads %q, %v", e.name, e.sheet, e.at, v, err)
		}
		if v, err := f.GetCellValue("年度活动", "A2"); v != "培训" {
			t.Errorf("%s: LibreOffice reads the new sheet as %q, %v", e.name, v, err)
		}
		props, _ := f.GetCustomProps()
		found := false
		for _, p := range props {
			found = found || p.Name == "taizhang-revision" && p.Value == "r1"
		}
		if !found {
			t.Errorf("%s: LibreOffice lost the property", e.name)
		}
		f.Close()
	}
	t.Logf("%d workbooks", len(edits))
}

// TestE2ELibreOfficeAgreesOnANewRow lets LibreOffice calculate a ledger to
// which a row was added above its totals.
func TestE2ELibreOfficeAgreesOnANewRow(t *testing.T) {
	w, err := ooxml.Read("a.xlsx", ledgerBook(t, nil), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddRow(ledgerLayout, map[int]ooxml.Value{3: ooxml.TextValue("新"), 4: ooxml.NumberValue("44750"),
		5: ooxml.TextValue("已完成")}); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ledger.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(filepath.Join(office(t, []string{path}), "ledger.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"Sheet1!F6": "10", "Sheet1!E7": "4", "Sheet1!F7": "35", "汇总!A1": "4",
		"汇总!A3": "4"} {
		sheet, at, _ := bytes.Cut([]byte(cell), []byte("!"))
		if v, _ := f.GetCellValue(string(sheet), string(at), excelize.Options{RawCellValue: true}); v != want {
			t.Errorf("%s = %q, want %q", cell, v, want)
		}
	}
}
