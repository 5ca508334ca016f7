package ledger

import (
	"testing"

	"taizhang/sheet/table"
)

func TestTheOfficeStandsAboveTheTable(t *testing.T) {
	for line, want := range map[string]string{
		"填报单位：党政办公室":                  "党政办公室",
		"填报单位：党政办公室　　填报日期：2022年6月30日": "党政办公室",
		"填报单位（盖章）：经济发展局（统计局）":         "经济发展局（统计局）",
		"编制单位: 政务公开办公室(盖章)":           "政务公开办公室",
		"填报单位：":                    "",
		"填报单位：______":              "",
		"单位：万元":                    "",
		"2022年政务公开重点工作任务台账":        "",
		"汇总部门：县政府办公室填报时间：2022.6":   "县政府办公室",
		"填报单位：　　　　填报日期：2022年6月30日": "",
	} {
		tables := []*table.Table{{Kind: KindTasks, Place: table.Place{Title: []string{"2022年台账", line}}}}
		if got := officeOf(tables); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
