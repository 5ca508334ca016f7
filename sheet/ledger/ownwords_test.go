package ledger

import (
	"testing"

	"taizhang/sheet/table"
)

// A table whose headings could stand in any other is none of the registers' and no list of
// days off, unless its title or the sheet's name says so.
func TestHeadingsThatStandAnywhereMakeNoRegister(t *testing.T) {
	for title, kind := range map[string]string{
		"开发安排": "", "留言办理登记": "messages", "仓库出入": "", "节假日安排": KindHolidays,
	} {
		rows := map[string]string{
			"messages":   "| 类型 | 内容 | 时间 | 备注\n| 咨询 | 办事大厅周末开门吗 | 2024-05-06 |\n| 投诉 | 路灯不亮 | 2024-05-07 |\n",
			KindHolidays: "| 时间 | 类型 | 备注\n| 2024-05-06 | 放假 |\n| 2024-05-07 | 上班 |\n",
		}
		for of, text := range rows {
			wb, _ := keptBook(t, "sheet Sheet1\n| "+title+"\n"+text)
			found, err := table.Find(wb, Schemas(Options{}))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, tb := range found.Tables {
				got = tb.Kind
			}
			if (of == kind) != (got == of) {
				t.Errorf("%s under %q is read as %q", of, title, got)
			}
		}
	}
}
