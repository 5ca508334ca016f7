package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/sheet/msg"
	"taizhang/sheet/syncer"
)

// One unit's copy that cannot be made is told, with exit code 3; the others are
// made all the same.
func TestSplitGoesOnAfterACopyThatCannotBeMade(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"序号", "重点任务", "牵头单位"}, {1, "甲事", "财政局"}, {2, "乙事", "司法所"}, {3, "丙事", "水务局"}} {
		f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	f.SetCellStr("Sheet1", "B3", "乙事之外") // what its copy will be made of is not what the ledger says
	var spoiled bytes.Buffer
	if err := f.Write(&spoiled); err != nil {
		t.Fatal(err)
	}
	o.Data = spoiled.Bytes()

	said, err := os.Create(filepath.Join(folder, "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	a := &app{Printer: print.New(said, said), settings: &config.Settings{}, path: path}
	a.Lang = msg.EN
	if err := a.split(ctx, s, o, outOptions{dir: filepath.Join(folder, "out")}); err != nil {
		t.Fatal(err)
	}
	if !a.waits {
		t.Error("nobody is told by the exit code that a copy is missing")
	}
	text, err := os.ReadFile(said.Name())
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "司法所"); n != 1 || !strings.Contains(string(text), "the copy was not made") {
		t.Errorf("it says:\n%s", text)
	}
	var made []string
	entries, err := os.ReadDir(filepath.Join(folder, "out"))
	for _, e := range entries {
		made = append(made, e.Name())
	}
	if d := cmp.Diff([]string{"台账-水务局.xlsx", "台账-财政局.xlsx"}, made); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

// The only row of an Excel table is another unit's, so that 司法所's copy would have a
// table without rows: it is refused, and 财政局 gets its own.
func TestSplitGoesOnAfterATableWithoutRows(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"序号", "重点任务", "牵头单位"}, {1, "甲事", "财政局"}, {2, "乙事", "司法所"}} {
		f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
	}
	if err := f.AddTable("Sheet1", &excelize.Table{Range: "A1:C2", Name: "tasks"}); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "台账.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o, err := s.Original(ctx)
	if err != nil {
		t.Fatal(err)
	}
	said, err := os.Create(filepath.Join(folder, "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	a := &app{Printer: print.New(said, said), settings: &config.Settings{}, path: path}
	a.Lang = msg.EN
	if err := a.split(ctx, s, o, outOptions{dir: filepath.Join(folder, "out")}); err != nil || !a.waits {
		t.Errorf("%v, waits %v", err, a.waits)
	}
	if _, err := os.Stat(filepath.Join(folder, "out", "台账-财政局.xlsx")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "out", "台账-司法所.xlsx")); err == nil {
		t.Error("司法所 got a copy with a table without rows")
	}
}
