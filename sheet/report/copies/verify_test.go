package copies_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/sheet/report/copies"
	"taizhang/sheet/report/filename"
)

// A copy is read again before it is handed over: where a row of it would not say
// what the ledger says, that unit gets none, and the others theirs.
func TestACopyThatSaysOtherThanTheLedgerIsNotMade(t *testing.T) {
	for name, spoil := range map[string]func(f *excelize.File) error{
		"another value": func(f *excelize.File) error { return f.SetCellStr("Sheet1", "D2", "已完成") },
		"another title": func(f *excelize.File) error { return f.SetCellStr("Sheet1", "B2", "丙事") },
		"a value lost":  func(f *excelize.File) error { return f.SetCellStr("Sheet1", "D2", "") },
		"a row lost": func(f *excelize.File) error {
			return f.SetSheetRow("Sheet1", "A2",
				&[]any{"", "", "", ""})
		},
		"another heading": func(f *excelize.File) error { return f.SetCellStr("Sheet1", "D1", "备注") },
	} {
		t.Run(name, func(t *testing.T) {
			f := excelize.NewFile()
			defer f.Close()
			for i, row := range [][]any{{"序号", "重点任务", "牵头单位", "完成状态"}, {1, "甲事", "财政局", "正在推进"},
				{2, "乙事", "司法所", "未启动"}} {
				f.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row)
			}
			o := original(t, f)
			if err := spoil(f); err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := f.Write(&b); err != nil {
				t.Fatal(err)
			}
			whole := o.Data
			o.Data = b.Bytes()
			var names filename.Names
			if c, err := copies.Make(o, "财政局", &names); !errors.Is(err, copies.ErrDiffers) {
				t.Errorf("a copy %v, error %v", c, err)
			}
			o.Data = whole
			if _, err := copies.Make(o, "财政局", &names); err != nil {
				t.Errorf("of the ledger itself: %v", err)
			}
		})
	}
}
