package ooxml_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/ooxml/internal/xmlpart"
	"taizhang/sheet/ooxml/internal/zipfile"
	"taizhang/sheet/ooxml/internal/ziptest"
)

// TestCorpusPropertyAndNewSheet stamps every workbook of the corpus and adds a
// sheet to it.
func TestCorpusPropertyAndNewSheet(t *testing.T) {
	for _, file := range ziptest.CorpusFiles(t) {
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ooxml.Read(file, before, ooxml.Options{}); err != nil {
			t.Logf("%s does not open: %v", filepath.Base(file), err)
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			stampAndAdd(t, file, before)
		})
	}
}

func stampAndAdd(t *testing.T, file string, before []byte) {
	w, err := ooxml.Read(file, before, ooxml.Options{Force: true})
	if err != nil {
		t.Fatal(err)
	}
	old := customOf(t, before)
	for name, value := range map[string]string{"taizhang-ledger": "台账 & <1>", "taizhang-revision": "r1"} {
		if err := w.SetProperty(name, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetProperty("taizhang-revision", "r2"); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2022, 6, 30, 0, 0, 0, 0, time.UTC)
	sheet := ooxml.NewSheet{
		Name: "年度活动&", Title: "年度活动", Header: []string{"类型", "日期", "备注"}, Widths: []float64{12, 0, 40},
		Lists: map[int][]string{1: {"培训", `"开放日"`}, 3: {strings.Repeat("长", 300), "a,b"}},
		Rows: [][]ooxml.Value{{ooxml.TextValue("培训"), ooxml.DateValue(day), ooxml.TextValue("一")},
			{{}, {}, ooxml.NumberValue("3")}},
	}
	if err := w.AddSheet(sheet); err != nil {
		t.Fatal(err)
	}
	if err := w.AddSheet(sheet); err == nil {
		t.Error("a second sheet of the same name was added")
	}
	after, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	changed, added := differing(t, before, after)
	ziptest.SameExcept(t, before, after, changed, added)
	book := readBook(t, before)
	for _, name := range changed {
		switch name = zipfile.Fold(name); {
		case strings.HasSuffix(name, ".rels"), strings.HasPrefix(name, "docprops/"), name == "[content_types].xml",
			name == zipfile.Fold(book.Part), name == zipfile.Fold(book.StylesPart):
		default:
			t.Errorf("%s was touched", name)
		}
	}
	again, err := ooxml.Read(file, after, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	old["taizhang-ledger"], old["taizhang-revision"] = "台账 & <1>", "r2"
	if diff := cmp.Diff(old, customOf(t, after)); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	got, err := again.Sheet("年度活动&")
	if errors.Is(err, ooxml.ErrTooLarge) {
		return // its shared strings are a bomb, which no sheet can be read without
	}
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"A1": "年度活动", "B2": "日期", "A3": "培训", "B3": "2022-06-30", "C4": "3",
		"B4": ""} {
		ref, _ := a1.ParseRef(at)
		c, _ := got.Cell(ref)
		if text := again.Text(c); text != want {
			t.Errorf("%s = %q, want %q", at, text, want)
		}
	}
	wantLists := []string{"培训", `"开放日"`}
	if len(got.Validations) != 2 || !cmp.Equal(got.Validations[0].Choices, wantLists) ||
		len(got.Validations[1].Choices) != 2 {
		t.Errorf("validations: %+v", got.Validations)
	}
	if now, before := len(again.Sheets()), len(w.Sheets()); now != before+2 {
		t.Errorf("%d sheets became %d", before, now)
	}
	f, err := excelize.OpenReader(bytes.NewReader(after))
	if err != nil {
		if _, was := excelize.OpenReader(bytes.NewReader(before)); was != nil {
			return // excelize could not open the original either
		}
		t.Fatalf("excelize: %v", err)
	}
	defer f.Close()
	if v, err := f.GetCellValue("年度活动&", "A3"); v != "培训" {
		t.Errorf("excelize reads %q, %v", v, err)
	}
	if _, err := f.GetStyle(1); err != nil {
		t.Errorf("excelize: %v", err)
	}
	props, err := f.GetCustomProps()
	if err != nil {
		t.Logf("excelize: properties: %v", err)
	}
	found := ""
	for _, p := range props {
		if p.Name == "taizhang-revision" {
			found, _ = p.Value.(string)
		}
	}
	if found != "r2" && err == nil {
		t.Errorf("excelize reads property %q", found)
	}
}

// customOf lists the string properties of a workbook with the value of each,
// found without the code under test's own search by name.
func customOf(t *testing.T, file []byte) map[string]string {
	t.Helper()
	list := map[string]string{}
	book := readBook(t, file)
	r, ok, err := book.Rel("", "custom-properties")
	if err != nil || !ok {
		return list
	}
	data, err := book.Original(r.Target)
	if err != nil {
		t.Fatal(err)
	}
	name, pids := "", map[string]bool{}
	for s := xmlpart.NewScanner(data); s.Next(); {
		if s.Kind == xmlpart.StartTag && s.Is("property") {
			name = s.Value("name")
			if pid := s.Value("pid"); pids[pid] {
				t.Errorf("pid %s given twice", pid)
			} else {
				pids[pid] = true
			}
		}
		if s.Kind == xmlpart.Chars && s.Depth() == 3 {
			list[name] += string(s.AppendText(nil))
		}
	}
	return list
}
