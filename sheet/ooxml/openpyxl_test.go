//go:build e2e

package ooxml_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/bookxml"
	"taizhang/sheet/ooxml/internal/numfmt"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// python finds an interpreter that has openpyxl.
func python(t *testing.T) string {
	for _, p := range []string{os.Getenv("PYTHON"), "/usr/bin/python3", "python3"} {
		if p != "" && exec.Command(p, "-c", "import openpyxl").Run() == nil {
			return p
		}
	}
	t.Skip("no Python with openpyxl")
	return ""
}

// fromOpenpyxl are all disagreements with openpyxl, beside those that differs
// knows the rule of.
var fromOpenpyxl = []disagreement{
	{"calamine__has_x000D_inline.xlsx", "Sheet1", "A1", nil, `openpyxl does not decode _x000D_; Excel and excelize do`},
	{"test_file__crlf.xlsx", "Sheet1", "B2", nil, `openpyxl does not decode _x000D_`},
	{"exceljs__test-issue-877.xlsx", "Handlungsanweisung", "A1", nil,
		`the cell is blank; openpyxl shows the target of its hyperlink as its value`},
	{"poi__FormulaEvalTestData_Copy.xlsx", "EverythingTests", "R8", nil,
		`0.67 shown as d-mmm is "0 January", no date; openpyxl calls it a time of day`},
	{"poi__poc-shared-strings.xlsx", "Tabelle1", "", ooxml.ErrDamaged, `row 0 and cell A0 do not exist`},
	{"poi__xlsx-corrupted.xlsx", "Sheet1", "", ooxml.ErrDamaged,
		`_rels/.rels is overwritten with the word CORRUPTED; openpyxl does not look at it, excelize refuses`},
	{"poi__xlsx-corrupted.xlsx", "Sheet2", "", ooxml.ErrDamaged, `the same`},
	{"test_file__LONumbers-2010.xlsx", "Sheet1", "B10 D10 F10 H10 J10", nil,
		`the format is "d", a day; openpyxl overlooks a format of one letter`},
}

func TestCorpusAgreesWithOpenpyxl(t *testing.T) {
	files := ziptest.CorpusFiles(t)
	cmd := exec.Command(python(t), append([]string{"testdata/openpyxl_dump.py"}, files...)...)
	cmd.Stderr = os.Stderr
	dump, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	books := map[string]*ooxml.Workbook{}
	errs, below := map[string]error{}, map[string]*bookxml.Book{}
	for _, path := range files {
		w, err := ooxml.Open(path, ooxml.Options{})
		books[filepath.Base(path)], errs[filepath.Base(path)] = w, err
		if err == nil {
			below[filepath.Base(path)] = bookIn(t, path)
		}
	}
	d := &disagreements{t, fromOpenpyxl, map[string]bool{}}
	seen := map[string]map[a1.Ref]bool{} // cells by file and sheet
	sc := bufio.NewScanner(bytes.NewReader(dump))
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var row [6]string
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		file, kind, name, place, typ, value := row[0], row[1], row[2], row[3], row[4], row[5]
		if kind == "error" {
			t.Logf("%s: openpyxl cannot read it: %s", file, value)
			continue
		}
		w, err := books[file], errs[file]
		var sheet *ooxml.Sheet
		if w != nil {
			sheet, err = w.Sheet(name)
		}
		if err != nil {
			if kind == "sheet" {
				d.add(file, name, "", err, "only openpyxl reads it: %v", err)
			}
			continue
		}
		key := file + "|" + name
		at, _ := a1.ParseRef(place)
		switch kind {
		case "sheet":
			seen[key] = map[a1.Ref]bool{}
			if vis := map[string]ooxml.Visibility{"visible": ooxml.Visible, "hidden": ooxml.Hidden,
				"veryHidden": ooxml.VeryHidden}[typ]; vis != sheet.Visibility {
				d.add(file, name, "", nil, "visibility %v, openpyxl %s", sheet.Visibility, typ)
			}
			if sheet.Protected != (value != "") {
				d.add(file, name, "", nil, "protected %v", sheet.Protected)
			}
		case "merge":
			if m, _ := a1.ParseRange(place); m.First != m.Last && !slices.Contains(sheet.Merges, m) {
				d.add(file, name, place, nil, "is not merged")
			}
		case "hiddenrow":
			if n, _ := strconv.Atoi(place); !sheet.HiddenRows[n] {
				d.add(file, name, place, nil, "row is not hidden")
			}
		case "formula":
			if c, _ := sheet.Cell(at); !c.Formula {
				d.add(file, name, place, nil, "holds no formula")
			}
		case "cell":
			seen[key][at] = true
			c, _ := sheet.Cell(at)
			if diff := differs(w, below[file].Format(int(c.Style)), c, typ, value); diff != "" {
				d.add(file, name, place, nil, "%s", diff)
			}
		}
	}
	if sc.Err() != nil || len(seen) < 300 {
		t.Errorf("%d sheets were compared: %v", len(seen), sc.Err())
	}
	for key, places := range seen {
		file, name, _ := strings.Cut(key, "|")
		sheet, err := books[file].Sheet(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range sheet.Cells {
			if c.Kind != ooxml.Blank && c.Value != "" && !places[c.Ref] {
				d.add(file, name, c.Ref.String(), nil, "ours alone has %q", c.Value)
			}
		}
	}
	d.check()
}

// differs compares a cell with what openpyxl reads in it; "" if they agree.
// Two rules of ours differ from openpyxl's on purpose: a number below zero shown
// as a date is no date (Excel shows ####), and a format that shows only a time
// of day makes no date, whatever the number (openpyxl makes one if it is 1 or
// more).
func differs(w *ooxml.Workbook, f *numfmt.Format, c ooxml.Cell, typ, value string) string {
	ours := fmt.Sprintf("ours %d %q %q, openpyxl %s %q", c.Kind, c.Value, w.Text(c), typ, value)
	n, err := strconv.ParseFloat(c.Value, 64)
	at, isTime := w.Time(c)
	agree := false
	switch typ {
	case "text":
		text := c.Value
		if utf8.RuneCountInString(text) > 4096 {
			text = fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(text)))
		}
		agree = c.Kind == ooxml.Text && text == value
	case "bool":
		agree = c.Kind == ooxml.Bool && c.Value == value
	case "error":
		// openpyxl knows no pictures in cells
		agree = c.Kind == ooxml.Error && c.Value == value || c.Kind == ooxml.Picture && value == "#VALUE!"
	case "number":
		theirs, errT := strconv.ParseFloat(value, 64)
		agree = c.Kind == ooxml.Number && !isTime && err == nil && errT == nil && n == theirs
	case "datetime":
		switch {
		case c.Kind == ooxml.Number && n < 0:
			agree = !isTime
		case c.Kind == ooxml.Number && f.Clock && !f.Date:
			agree = !isTime && clockAgrees(w.Text(c), value[len("2006-01-02T"):])
		default:
			agree = isTime && at.Format("2006-01-02T15:04:05.000") == value
		}
	case "time":
		agree = c.Kind == ooxml.Number && f.Clock && !f.Date && !isTime && clockAgrees(w.Text(c), value)
	case "duration":
		theirs, errT := strconv.ParseFloat(value, 64)
		agree = c.Kind == ooxml.Number && !isTime && errT == nil && math.Abs(n*86400-theirs) < 0.001
	}
	if agree {
		return ""
	}
	return ours
}

// clockAgrees compares "15:04" or "15:04:05" with "15:04:05.000": ours is
// rounded to what it shows.
func clockAgrees(ours, theirs string) bool {
	layout := "15:04:05"[:min(len(ours), 8)]
	a, err1 := time.Parse(layout, ours)
	b, err2 := time.Parse("15:04:05.000", theirs)
	apart := a.Sub(b).Abs()
	return err1 == nil && err2 == nil && (apart < time.Minute && len(ours) == 5 || apart < time.Second)
}
