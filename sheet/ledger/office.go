package ledger

import (
	"regexp"
	"strings"

	"taizhang/sheet/table"
)

// reKeptBy finds who keeps the ledger, in a line above its table: 填报单位：财政局.
// What may follow on the same line (（盖章）, 填报日期：) is no part of the name.
var reKeptBy = regexp.MustCompile(
	`(?:填报|填表|制表|编制|报送|汇总)(?:单位|部门|机关)(?:名称)?[\s　]*(?:[(（]盖章[)）])?[\s　]*[:：][\s　]*([^\s　:：]{2,40})`)

// officeOf is the unit whose ledger it is, as the lines above the tasks name
// it; "" if none does.
func officeOf(tables []*table.Table) string {
	for _, t := range tables {
		if t.Kind != KindTasks {
			continue
		}
		for _, line := range t.Place.Title {
			m := reKeptBy.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			name := m[1]
			for _, end := range []string{"（盖章", "(盖章", "（公章", "(公章", "填报日期", "填报时间", "填表人", "日期"} {
				name, _, _ = strings.Cut(name, end)
			}
			if name = strings.Trim(name, "_＿-—"); name != "" {
				return name
			}
		}
	}
	return ""
}
