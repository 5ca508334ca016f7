//go:build e2e

package summary_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/summary"
)

var reCached = regexp.MustCompile(`(<f>[^<]*</f>)<v>[^<]*</v>`)

// withoutValues takes the cached values of formulas out, so that whoever opens
// the workbook must calculate them.
func withoutValues(t *testing.T, data []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/") {
			part = reCached.ReplaceAll(part, []byte("$1"))
		}
		w, err := zw.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(part)
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// calculated is the workbook as LibreOffice saves it after calculating it.
func calculated(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(in, withoutValues(t, data), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), in).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "out", "in.xlsx"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestE2ECachedValuesAreWhatLibreOfficeCalculates(t *testing.T) {
	odd := office("怪名台账",
		[5]string{"一", "*局", "6月底前", "推进中", ""}, [5]string{"二", "??局", "2021-01-31", "已完成", ""},
		[5]string{"三", "=1+1", "长期坚持", "没听说过", ""},
		[5]string{"四", "财政局", "12月底", "未启动", ""}, [5]string{"五", "财政局二处", "11月5日", "推进中", ""},
		[5]string{"六", "Office A", "6月底前", "完成", ""},
		[5]string{"七", "office a", "2023年6月底", "办理中", ""}, [5]string{"八", "007", "每月25日前", "推进中", ""},
		[5]string{"九", "", "", "", ""}, [5]string{"十", "<>", "6月底前", "已完成", ""},
		[5]string{"十一", "~局", "6月底前", "推进中", ""}, [5]string{"十二", strings.Repeat("很长的名称", 60), "6月底前", "推进中", ""},
		[5]string{"十三", `引"号'局`, "6月底前", "推进中", ""})
	for name, c := range map[string]struct {
		opt summary.Options
		in  []summary.Source
	}{
		"sample":         {summary.Options{}, []summary.Source{sampleSource(t)}},
		"English":        {summary.Options{Lang: msg.EN}, []summary.Source{sampleSource(t)}},
		"two ledgers":    {summary.Options{}, []summary.Source{sampleSource(t), odd}},
		"odd names":      {summary.Options{}, []summary.Source{odd}},
		"odd names, two": {summary.Options{Lang: msg.EN}, []summary.Source{odd, odd}},
		"ledger of names": {summary.Options{}, []summary.Source{office("=*台账",
			[5]string{"一", "财政局", "6月底前", "推进中", ""}), office("Abc", [5]string{"一", "财政局", "", "推进中", ""}),
			office("abc")}},
		"no tasks": {summary.Options{}, []summary.Source{office("空")}},
	} {
		t.Run(name, func(t *testing.T) {
			data := export(t, c.opt, c.in...)
			ours, theirs := open(t, data), calculated(t, data)
			n := 0
			for _, sheet := range ours.GetSheetList() {
				for r, row := range rowsOf(t, ours, sheet) {
					for col := range row {
						cell, err := excelize.CoordinatesToCellName(col+1, r+1)
						if err != nil {
							t.Fatal(err)
						}
						formula, err := ours.GetCellFormula(sheet, cell)
						if err != nil || formula == "" {
							continue
						}
						n++
						a, _ := ours.GetCellValue(sheet, cell)
						b, err := theirs.GetCellValue(sheet, cell)
						if err != nil || a != b {
							t.Errorf("%s!%s =%s: we say %q, LibreOffice %q (%v)", sheet, cell, formula, a, b, err)
						}
					}
				}
			}
			if n < 30 {
				t.Errorf("only %d formulas", n)
			}
		})
	}
}
