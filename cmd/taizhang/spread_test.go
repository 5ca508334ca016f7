package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPatternsStandForFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"台账.xlsx", "回收/财政局.xlsx", "回收/水务局.XLSX", "回收/说明.docx", "回收/~$财政局.xlsx",
		"回收/.~lock.财政局.xlsx#", "回收/.藏.xlsx",
		"回[1]/甲[1].xlsx", "回[1]/甲1.xlsx", "回收/夹.xlsx/内.txt"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.FromSlash(name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ args, want []string }{
		{nil, nil},
		{[]string{"台账.xlsx", "没有.xlsx"}, []string{"台账.xlsx", "没有.xlsx"}},
		{[]string{"*.xlsx"}, []string{"台账.xlsx"}},
		{[]string{"回收/*.xlsx", "台账.xlsx"}, []string{"回收/水务局.XLSX", "回收/财政局.xlsx", "台账.xlsx"}},
		{[]string{"./回收/??局.xlsx"}, []string{"./回收/水务局.XLSX", "./回收/财政局.xlsx"}},
		{[]string{"回[1]/甲[1].*"}, []string{"回[1]/甲[1].xlsx"}},
		{[]string{"回[1]/甲[1].xlsx"}, []string{"回[1]/甲[1].xlsx"}},
		{[]string{"回收/*.xlsm"}, []string{"回收/*.xlsm"}},
		{[]string{"没有/*.xlsx"}, []string{"没有/*.xlsx"}},
	} {
		if d := cmp.Diff(c.want, spread(c.args)); d != "" {
			t.Errorf("%q: %s", c.args, d)
		}
	}
}
