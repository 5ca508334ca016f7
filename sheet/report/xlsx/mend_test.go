package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// What other programs stumble over is put right.
func TestPackedWorkbooksAreAsOtherProgramsReadThem(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const sheet = "Mayor's Office & Co"
	_, err := f.NewSheet(sheet)
	must(err)
	must(f.SetSheetRow(sheet, "B2", &[]any{"a", "b"}))
	must(f.SetCellValue(sheet, "B3", 7))
	must(f.SetCellFormula(sheet, "B3", "B4"))
	must(f.AutoFilter(sheet, "B2:C2", nil))
	colour := "2F5597"
	must(f.SetSheetProps(sheet, &excelize.SheetPropsOptions{TabColorRGB: &colour}))
	must(f.SetDocProps(&excelize.DocProperties{Title: "台账", Creator: "taizhang", LastModifiedBy: "taizhang",
		Keywords: "k", Version: "1"}))
	p, err := Pack(f, nil)
	must(err)
	var out bytes.Buffer
	must(p.Write(&out))
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(err)
	for part, want := range map[string][]string{
		"docProps/core.xml": {"<cp:coreProperties xmlns:cp=", "<cp:lastModifiedBy>taizhang</cp:lastModifiedBy>",
			"</cp:coreProperties>", "<dc:title>台账</dc:title>", "<cp:keywords>"},
		"xl/workbook.xml": {">&#39;Mayor&#39;&#39;s Office &amp; Co&#39;!$B$2:$C$2<"},
		"xl/worksheets/sheet2.xml": {`<dimension ref="A1:C3">`, `<c r="B3"><f>B4</f><v>7</v></c>`,
			`<tabColor rgb="FF2F5597">`},
		"xl/worksheets/sheet1.xml": {`<dimension ref="A1">`},
	} {
		r, err := z.Open(part)
		must(err)
		text, err := io.ReadAll(r)
		must(err)
		for _, w := range want {
			if !strings.Contains(string(text), w) {
				t.Errorf("%s lacks %s: %.900s", part, w, text)
			}
		}
	}
	again, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	must(err)
	defer again.Close()
	if props, err := again.GetDocProps(); err != nil || props.Title != "台账" {
		t.Errorf("%+v, %v", props, err)
	}
}
