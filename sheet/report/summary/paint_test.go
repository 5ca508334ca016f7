package summary_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"taizhang/sheet/report/summary"
)

func TestTheFooterOfAUnitsSheetNamesTheUnit(t *testing.T) {
	f := open(t, export(t, summary.Options{}, sampleSource(t)))
	for sheet, want := range map[string]string{"财政局": "财政局", "环保分局": "环保分局", "任务总表": "政务公开"} {
		footer, err := f.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if left, _, _ := strings.Cut(footer.OddFooter, "&C"); !strings.Contains(left, want) {
			t.Errorf("%s: on the left of the footer stands %q, not %s", sheet, left, want)
		}
	}
}

// What is overdue, due soon and done is painted, each in a colour of its own,
// by what stands in the sheet.
func TestStateIsPaintedInThreeColours(t *testing.T) {
	f := open(t, export(t, summary.Options{}, sampleSource(t)))
	formats, err := f.GetConditionalFormats("任务总表")
	if err != nil {
		t.Fatal(err)
	}
	colours := map[string]string{}
	for _, list := range formats {
		for _, c := range list {
			style, err := f.GetConditionalStyle(*c.Format)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"逾期", "即将到期", "已完成"} {
				if strings.Contains(c.Criteria, `"`+word+`"`) {
					colours[word] = strings.Join(style.Fill.Color, "") + " " + style.Font.Color
				}
			}
		}
	}
	if len(colours) != 3 || colours["逾期"] == colours["即将到期"] || colours["即将到期"] == colours["已完成"] ||
		colours["逾期"] == colours["已完成"] {
		t.Errorf("colours: %v", colours)
	}
}

func TestTheTableOfAllTasksCanBeFiltered(t *testing.T) {
	data := export(t, summary.Options{}, sampleSource(t))
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := z.Open("xl/worksheets/sheet2.xml") // 任务总表 is the second tab
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(`<autoFilter ref="$A$3:`)) &&
		!bytes.Contains(text, []byte(`<autoFilter ref="A3:`)) {
		t.Error("no filter over the headings")
	}
}
