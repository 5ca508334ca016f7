package ooxml_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// disagreement is a place where this package and another reader of workbooks
// read different things, and why ours is what it should be.
type disagreement struct {
	file  string
	sheet string // "" for opening the file
	cells string // separated by spaces; "" for the whole sheet
	class error  // the error that reading returns here, nil if it reads
	why   string
}

// disagreements checks differences as they are found against a table of those
// that are understood, and that each of those was found.
type disagreements struct {
	t     *testing.T
	table []disagreement
	found map[string]bool
}

func (d *disagreements) key(file, sheet, cell string) string { return file + "|" + sheet + "|" + cell }

// found notes a difference; an unknown one fails the test.
func (d *disagreements) add(file, sheet, cell string, err error, format string, args ...any) {
	for _, e := range d.table {
		if e.file != file || e.sheet != sheet || !errors.Is(err, e.class) {
			continue
		}
		for _, c := range strings.Fields(e.cells) {
			if c == cell {
				d.found[d.key(file, sheet, cell)] = true
				return
			}
		}
		if e.cells == "" {
			d.found[d.key(file, sheet, "")] = true
			return
		}
	}
	d.t.Errorf("%s, sheet %q, cell %s: %s", file, sheet, cell, fmt.Sprintf(format, args...))
}

// check fails the test for entries of the table that no difference answers to.
func (d *disagreements) check() {
	for _, e := range d.table {
		cells := strings.Fields(e.cells)
		if len(cells) == 0 {
			cells = []string{""}
		}
		for _, c := range cells {
			if !d.found[d.key(e.file, e.sheet, c)] {
				d.t.Errorf("%s, sheet %q, cell %s: listed as a disagreement, but there is none", e.file, e.sheet, c)
			}
		}
	}
}

// fromExcelize are all disagreements with excelize's raw values.
var fromExcelize = []disagreement{
	{"calamine__empty_s_attribute.xlsx", "Sheet1", "", nil,
		`cells have s=""; excelize stops at it without an error and shows an empty sheet, Excel and calamine read the cells`},
	{"test_file__crlf.xlsx", "Sheet1", "B2", nil,
		`a formula's result holds _x000D_, written by Excel for a carriage return; excelize decodes it in shared strings only`},
	{"exceljs__invalid-xml.xlsx", "Sheet1", "", ooxml.ErrDamaged,
		`the word "foo" stands before the root element: not XML; Excel and openpyxl refuse it too`},
	{"npoi__poc-xmlbomb.xlsx", "Tabelle1", "", ooxml.ErrTooLarge,
		`entity declarations that multiply; excelize leaves the texts empty without an error`},
	{"poi__poc-shared-strings.xlsx", "Tabelle1", "", ooxml.ErrDamaged,
		`begins with row 0 and cell A0, which do not exist; excelize shows the other rows`},
}

func TestCorpusAgreesWithExcelize(t *testing.T) {
	d := &disagreements{t, fromExcelize, map[string]bool{}}
	read := 0
	for _, path := range ziptest.CorpusFiles(t) {
		file := filepath.Base(path)
		w, err := ooxml.Open(path, ooxml.Options{})
		theirs, errX := excelize.OpenFile(path)
		if err != nil {
			if errX == nil {
				d.add(file, "", "", err, "only excelize opens it: %v", err)
			}
			continue
		}
		for _, info := range w.Sheets() {
			sheet, err := w.Sheet(info.Name)
			if errX != nil {
				continue
			}
			rows, errS := theirs.GetRows(info.Name, excelize.Options{RawCellValue: true})
			if err != nil {
				if errS == nil {
					d.add(file, info.Name, "", err, "only excelize reads it: %v", err)
				}
				continue
			}
			if errS == nil {
				read++
				compareRaw(d, file, sheet, rows)
			} else if info.Worksheet {
				t.Logf("%s, sheet %q: excelize cannot read it: %v", file, info.Name, errS)
			}
		}
	}
	if read < 300 {
		t.Errorf("only %d sheets were compared", read)
	}
	d.check()
}

func compareRaw(d *disagreements, file string, sheet *ooxml.Sheet, rows [][]string) {
	rest := map[a1.Ref]string{}
	for i, row := range rows {
		for j, v := range row {
			if v != "" {
				rest[a1.At(i+1, j+1)] = v
			}
		}
	}
	for i, c := range sheet.Cells {
		if i > 0 && !sheet.Cells[i-1].Before(c.Ref) {
			d.t.Errorf("%s, sheet %q: %v does not come before %v", file, sheet.Name, sheet.Cells[i-1].Ref, c.Ref)
		}
		if c.Kind == ooxml.Picture && (rest[c.Ref] == "#VALUE!" || strings.Contains(rest[c.Ref], "DISPIMG(")) {
			c.Value = rest[c.Ref] // excelize shows what programs see that know no pictures in cells
		}
		if want := rest[c.Ref]; c.Value != want {
			d.add(file, sheet.Name, c.Ref.String(), nil, "ours %q, excelize %q", c.Value, want)
		}
		delete(rest, c.Ref)
	}
	for at, v := range rest {
		d.add(file, sheet.Name, at.String(), nil, "excelize alone has %q", v)
	}
}
