package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/msg"
	"taizhang/sheet/report"
)

var update = flag.Bool("update", false, "renew the golden texts")

func TestAnnualText(t *testing.T) {
	for name, c := range map[string]struct {
		lang msg.Lang
		in   []report.Source
	}{
		"annual.zh.txt":     {msg.ZH, []report.Source{sampleSource(t)}},
		"annual.en.txt":     {msg.EN, []report.Source{sampleSource(t)}},
		"annual.two.zh.txt": {msg.ZH, []report.Source{office("甲台账", [5]string{"一", "财政局", "6月底前", "推进中", ""}), office("乙台账", [5]string{"二", "财政局", "年底前", "已完成", ""})}},
		"annual.none.txt":   {msg.ZH, []report.Source{office("空台账")}},
	} {
		t.Run(name, func(t *testing.T) {
			got := report.AnnualText(c.in, report.Options{Lang: c.lang})
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); d != "" {
				t.Errorf("(-golden +got)\n%s", d)
			}
		})
	}
}

func TestTheSheetHoldsTheAnnualTextWhole(t *testing.T) {
	long := strings.Repeat("推进了一项很具体的工作，涉及多个单位。", 90)
	src := sampleSource(t)
	src.Ledger.Tasks[3].Progress = long + strings.Repeat("没有句号的长文", 200)
	rows := rowsOf(t, open(t, export(t, report.Options{}, src)), "落实情况")
	var all strings.Builder
	for _, r := range rows[2:] {
		all.WriteString(strings.Join(r, ""))
	}
	want := strings.ReplaceAll(report.AnnualText([]report.Source{src}, report.Options{}), "\n", "")
	if all.String() != want {
		t.Errorf("the sheet says something else (-want +got):\n%s", cmp.Diff(want, all.String()))
	}
}
