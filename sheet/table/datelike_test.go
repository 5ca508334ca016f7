package table

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A date in a cell that was only prepared (a border, no number format) shows
// like the other dates of its column, and keeps its own border.
func TestDatesShowAsTheirColumnsOthersDo(t *testing.T) {
	f := excelize.NewFile()
	border := []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}}
	style := func(s excelize.Style) int {
		id, err := f.NewStyle(&s)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	code := `yyyy"年"m"月"d"日"`
	blank, other, dated := style(excelize.Style{Border: border}), style(excelize.Style{Border: border, NumFmt: 14}),
		style(excelize.Style{CustomNumFmt: &code})
	for r, values := range [][]any{{"序号", "重点任务", "牵头单位", "完成时限", "状态", "实际完成时间"}, {1, "甲", "财政局", 46000, "已完成", 46001},
		{2, "乙", "财政局", 46000, "推进中"}} {
		at, _ := excelize.CoordinatesToCellName(1, r+1)
		f.SetSheetRow("Sheet1", at, &values)
	}
	f.SetCellStyle("Sheet1", "D2", "D3", other)
	f.SetCellStyle("Sheet1", "F2", "F2", dated)
	f.SetCellStyle("Sheet1", "F3", "F3", blank)
	data, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	wb, found := open(t, "a.xlsx", data.Bytes())
	if err := Write(wb, found.Tables[0], 3, "completed", "2026-03-05"); err != nil {
		t.Fatal(err)
	}
	out, err := wb.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if f, err = excelize.OpenReader(bytes.NewReader(out)); err != nil {
		t.Fatal(err)
	}
	if got, _ := f.GetCellValue("Sheet1", "F3"); got != "2026年3月5日" {
		t.Errorf("shows as %q", got)
	}
	id, _ := f.GetCellStyle("Sheet1", "F3")
	if s, err := f.GetStyle(id); err != nil || len(s.Border) != 1 {
		t.Errorf("the border is gone: %+v, %v", s, err)
	}
}
