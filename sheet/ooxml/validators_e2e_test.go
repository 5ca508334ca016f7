//go:build e2e

package ooxml_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/ziptest"
	"taizhang/sheet/ooxml/ooxmltest"
)

// What the validators say of a public workbook after an edit they must have
// said before it. Each start of the SDK's validator costs half a second of a processor. So
// one output has all edits of its cells, rows and sheets, another is a copy; and every
// eighth workbook is looked at. With VALIDATE=all every one is (3 minutes on two processors).
func TestE2EEditsOfPublicWorkbooksAreValid(t *testing.T) {
	v := ooxmltest.Find(t)
	dir := t.TempDir()
	source := map[string]string{} // of each file made
	for i, file := range ziptest.CorpusFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > 300<<10 || i%8 != 0 && os.Getenv("VALIDATE") != "all" {
			continue
		}
		for kind, edits := range validatedEdits {
			w, err := ooxml.Read(file, data, ooxml.Options{Force: true})
			if err != nil {
				continue
			}
			var made []byte
			for _, edit := range edits {
				if data, err := edit(w); err == nil && data != nil {
					made = data // a refused edit changes nothing
				}
			}
			if made == nil {
				continue
			}
			path := filepath.Join(dir, fmt.Sprintf("%d-%s%s", i, kind, filepath.Ext(file)))
			if err := os.WriteFile(path, made, 0o600); err != nil {
				t.Fatal(err)
			}
			source[path] = file
		}
	}
	bad := 0
	for path, list := range v.NewComplaints(t, source) {
		for _, c := range list {
			bad++
			t.Errorf("%s, %s: %s", filepath.Base(source[path]), strings.SplitN(filepath.Base(path), "-", 2)[1], c)
		}
	}
	t.Logf("%d outputs, %d new complaints", len(source), bad)
}

// dataSheet is the first sheet with cells.
func dataSheet(w *ooxml.Workbook) *ooxml.Sheet {
	for _, info := range w.Sheets() {
		if s, err := w.Sheet(info.Name); err == nil && info.Worksheet && len(s.Cells) > 0 {
			return s
		}
	}
	return nil
}

// validatedEdits are edits made one after the other in one output, by name. An edit that
// does not apply answers nil.
var validatedEdits = map[string][]func(w *ooxml.Workbook) ([]byte, error){
	"edited": {editCells, editRows, editSheets},
	"copy":   {editCopy},
}

func editCells(w *ooxml.Workbook) ([]byte, error) {
	s := dataSheet(w)
	if s == nil {
		return nil, nil
	}
	last := s.Cells[len(s.Cells)-1]
	day := time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC)
	for _, v := range []ooxml.Value{ooxml.TextValue("已印发 <方案>\n完成80%"), ooxml.NumberValue("12.5"), ooxml.DateValue(day),
		{}} {
		for i := range s.Cells {
			if w.Set(s.Name, s.Cells[(i*7+len(v.Text))%len(s.Cells)].Ref, v) == nil {
				break
			}
		}
	}
	if err := w.Set(s.Name, a1.At(min(last.Row+2, a1.MaxRow), last.Col), ooxml.DateValue(day)); err != nil {
		return nil, err
	}
	return w.Bytes()
}

func editRows(w *ooxml.Workbook) ([]byte, error) {
	s := dataSheet(w)
	if s == nil {
		return nil, nil
	}
	first, last := s.Cells[0].Row, s.Cells[len(s.Cells)-1].Row
	l := ooxml.Layout{Sheet: s.Name, Columns: [2]int{1, 3}, FirstData: first, LastData: (first + last) / 2}
	l.Footer = l.LastData + 1
	if _, err := w.AddRow(l, map[int]ooxml.Value{1: ooxml.TextValue("甲")}); err != nil {
		return nil, err
	}
	return w.Bytes()
}

func editSheets(w *ooxml.Workbook) ([]byte, error) {
	err := w.AddSheet(ooxml.NewSheet{Name: "年度活动", Title: "年度活动", Header: []string{"类型", "日期"},
		Widths: []float64{10, 12},
		Lists:  map[int][]string{1: {"培训", "开放日"}}, Rows: [][]ooxml.Value{{ooxml.TextValue("培训"),
			ooxml.DateValue(time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC))}}})
	if err != nil {
		return nil, err
	}
	if err := w.SetProperty("taizhang-ledger", "x"); err != nil {
		return nil, err
	}
	return w.Bytes()
}

func editCopy(w *ooxml.Workbook) ([]byte, error) {
	e := ooxml.Extraction{Remove: map[string][]int{}, Shade: map[string][]a1.Range{}, Open: map[string][]a1.Range{},
		Properties: map[string]string{"taizhang-scope": "财政局"}}
	for _, info := range w.Sheets() {
		s, err := w.Sheet(info.Name)
		if err != nil || !info.Worksheet || len(s.Cells) == 0 {
			continue
		}
		for n := 3; n <= s.Cells[len(s.Cells)-1].Row; n += 3 {
			e.Remove[info.Name] = append(e.Remove[info.Name], n)
		}
		e.Open[info.Name] = []a1.Range{{First: a1.At(4, 2), Last: a1.At(5, 3)}}
		e.Shade[info.Name] = []a1.Range{{First: a1.At(7, 1), Last: a1.At(7, 3)}}
		e.Protect = append(e.Protect, info.Name)
	}
	return w.Extract(e)
}
