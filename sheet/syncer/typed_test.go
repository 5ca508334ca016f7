package syncer

import (
	"testing"

	"github.com/xuri/excelize/v2"
)

// A value is kept as its cell will show it: the next reading of the workbook
// finds what was written, and no change of anybody's.
func TestAValueReadsAgainAsItWasTyped(t *testing.T) {
	path := tempBook(t, 6)
	office(t, path, func(f *excelize.File) {
		style := func(code string) int {
			n, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		rows, _ := f.GetRows("台账")
		head := 0
		for i, r := range rows {
			for _, v := range r {
				if v == "进展情况" {
					head = i + 1
				}
			}
		}
		for c, code := range []string{"0%", "0.00", "General"} {
			at := func(row int) string {
				name, _ := excelize.CoordinatesToCellName(20+c, row)
				return name
			}
			f.SetCellStr("台账", at(head), []string{"完成率", "金额", "是否公开"}[c])
			for row := head + 1; row <= len(rows); row++ {
				f.SetCellStyle("台账", at(row), at(row), style(code))
				if c == 2 {
					f.SetCellBool("台账", at(row), row%2 == 0)
				} else {
					f.SetCellFloat("台账", at(row), float64(row)/10, -1, 64)
				}
			}
		}
		for c := 8; c < 20; c++ { // the new columns belong to the table if none between is empty
			name, _ := excelize.CoordinatesToCellName(c, head)
			if v, _ := f.GetCellValue("台账", name); v == "" {
				f.SetCellStr("台账", name, "栏"+name)
			}
		}
	})
	pass(t, openAs(t, path, "王"))
	s := openAs(t, path, "王") // from the history, which holds no formats
	for field, typed := range map[string][2]string{"完成率": {"80", "80%"}, "金额": {"1,200.5", "1200.50"}, "是否公开": {"是", "TRUE"}} {
		change(t, s, "编制公开目录", field, typed[0])
		for _, task := range s.Snapshot().Ledger.Tasks {
			for _, x := range task.Extra {
				if task.Title == "编制公开目录" && x.Heading == field && x.Value != typed[1] {
					t.Errorf("%s typed as %s is kept as %s", field, typed[0], x.Value)
				}
			}
		}
		if got := at(t, path, "编制公开目录", field); got != typed[1] {
			t.Errorf("%s typed as %s reads %s", field, typed[0], got)
		}
		if r := pass(t, s); len(r.Changes) > 0 {
			t.Errorf("%s: read as a change: %+v", field, r.Changes)
		}
	}
}
