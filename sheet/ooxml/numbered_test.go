package ooxml_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"taizhang/sheet/ooxml"
)

// withPart is a package in which one part reads otherwise.
func withPart(t *testing.T, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	found := false
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			now := change(string(part))
			found = now != string(part)
			part = []byte(now)
		}
		to, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil || !found {
		t.Fatalf("%s is as it was, %v", name, err)
	}
	return out.Bytes()
}

// openpyxl without lxml writes characters as numbers, sheet names in formulas
// among them.
func TestAddRowFollowsFormulasInNumberedCharacters(t *testing.T) {
	book := withPart(t, ledgerBook(t, nil), "xl/worksheets/sheet2.xml",
		func(s string) string { return strings.ReplaceAll(s, "Sheet1!", "&#83;heet1!") })
	w, err := ooxml.Read("a.xlsx", book, ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddRow(ledgerLayout, map[int]ooxml.Value{3: ooxml.TextValue("新任务")}); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "COUNTA(Sheet1!C3:C6)", "A2": "Sheet1!F7+Sheet1!$B$9"} {
		if got, err := f.GetCellFormula("汇总", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q, %v", cell, got, want, err)
		}
	}
}
