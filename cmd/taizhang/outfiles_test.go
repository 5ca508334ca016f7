package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/cmd/taizhang/print"
	"taizhang/config"
	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/report/summary"
	"taizhang/sheet/supervise"
	"taizhang/sheet/syncer"
)

// Of the files of one command all are written or none: the last one is in the
// way here, and the first is not made.
func TestAFileInTheWayStopsAll(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "乙.txt")
	if err := os.WriteFile(old, []byte("已经填写"), 0o666); err != nil {
		t.Fatal(err)
	}
	files := []outFile{{"甲.txt", []byte("甲")}, {"乙.txt", []byte("乙")}}
	if err := writeNew(dir, files, "台账.xlsx"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	there := func() map[string]string {
		out := map[string]string{}
		names, _ := filepath.Glob(filepath.Join(dir, "*"))
		for _, name := range names {
			data, _ := os.ReadFile(name)
			out[filepath.Base(name)] = string(data)
		}
		return out
	}
	if d := cmp.Diff(map[string]string{"乙.txt": "已经填写"}, there()); d != "" {
		t.Error(d)
	}
	files[1].data = []byte("已经填写") // the very same content is in nobody's way
	if err := writeNew(dir, files, "台账.xlsx"); err != nil {
		t.Error(err)
	}
	if d := cmp.Diff(map[string]string{"甲.txt": "甲", "乙.txt": "已经填写"}, there()); d != "" {
		t.Error(d)
	}
}

// A file that somebody makes while the export is being worked out stays.
func TestAnExportReplacesNoFileThatCameMeanwhile(t *testing.T) {
	data, err := sample.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path, out := filepath.Join(dir, "台账.xlsx"), filepath.Join(dir, "汇总.xlsx")
	for _, name := range []string{path, out} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	s, err := syncer.Open(ctx, path, syncer.Options{ReadOnly: true, Ledger: ledger.Options{Today: sample.Today}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	src, err := summary.From(ctx, s, supervise.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{Printer: print.New(os.Stdout, os.Stderr), settings: &config.Settings{}}
	if err := a.writeExport(ctx, out, []summary.Source{src}, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v", err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != string(data) {
		t.Errorf("it was replaced; %v", err)
	}
	if err := a.writeExport(ctx, out, []summary.Source{src}, true); err != nil {
		t.Errorf("with --force: %v", err)
	}
}
