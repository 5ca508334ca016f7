package summary_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/msg"
	"taizhang/sheet/report/summary"
)

var update = flag.Bool("update", false, "renew the golden texts")

func TestFulfilmentText(t *testing.T) {
	for name, c := range map[string]struct {
		lang msg.Lang
		in   []summary.Source
	}{
		"annual.zh.txt": {msg.ZH, []summary.Source{sampleSource(t)}},
		"annual.en.txt": {msg.EN, []summary.Source{sampleSource(t)}},
		"annual.two.zh.txt": {msg.ZH, []summary.Source{office("甲台账", [5]string{"一", "财政局", "6月底前", "推进中", ""}),
			office("乙台账", [5]string{"二", "财政局", "年底前", "已完成", ""})}},
		"annual.none.txt": {msg.ZH, []summary.Source{office("空台账")}},
	} {
		t.Run(name, func(t *testing.T) {
			got := summary.FulfilmentText(c.in, summary.Options{Lang: c.lang})
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
	rows := rowsOf(t, open(t, export(t, summary.Options{}, src)), "落实情况")
	var all strings.Builder
	for _, r := range rows[2:] {
		all.WriteString(strings.Join(r, ""))
	}
	want := strings.ReplaceAll(summary.FulfilmentText([]summary.Source{src}, summary.Options{}), "\n", "")
	if all.String() != want {
		t.Errorf("the sheet says something else (-want +got):\n%s", cmp.Diff(want, all.String()))
	}
}
