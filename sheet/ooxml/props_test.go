package ooxml_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"taizhang/sheet/ooxml"
)

// Programs give the properties of a workbook other ids and another order when
// they save it: a property goes by its name, and only a string is one of ours.
func TestAPropertyGoesByItsName(t *testing.T) {
	f := excelize.NewFile()
	for _, p := range []excelize.CustomProperty{
		{Name: "Client", Value: "another program's"},
		{Name: "number", Value: int32(7)},
		{Name: "taizhang-revision", Value: "r1"},
	} {
		if err := f.SetCustomProps(p); err != nil {
			t.Fatal(err)
		}
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	w, err := ooxml.Read("a.xlsx", buf.Bytes(), ooxml.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"taizhang-revision": "r1", "Taizhang-Revision": "r1",
		"client": "another program's", "number": "", "taizhang-ledger": ""} {
		if got, ok := w.Property(name); got != want && ok || ok != (want != "") {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
	if err := w.SetProperty("taizhang-revision", "r2"); err != nil {
		t.Fatal(err)
	}
	data, err := w.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	props, err := again.GetCustomProps()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]any{}
	for _, p := range props {
		got[p.Name] = p.Value
	}
	if d := cmp.Diff(map[string]any{"Client": "another program's", "number": int32(7), "taizhang-revision": "r2"},
		got); d != "" {
		t.Error(d)
	}
}
