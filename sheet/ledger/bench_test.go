package ledger

import (
	"fmt"
	"testing"

	"taizhang/sheet/ledger/due"
	"taizhang/sheet/table"
)

// bigTable is a ledger of n rows and 14 columns whose texts repeat as they do in
// ledgers, with titles of their own.
func bigTable(n int) *table.Table {
	deadlines := []string{"2022-06-30", "6月底前", "年底前", "每季度末", "长期坚持", "2022年3月至10月", "9月30日前", "第三季度"}
	statuses := []string{"推进中", "已完成", "未启动", "长期坚持", "80%", ""}
	rows := make([]string, n)
	for i := range rows {
		rows[i] = fmt.Sprintf("%d|板块%d|第%d项任务：规范政府信息公开|按要求落实第%d项|第%d局牵头，各街道办事处配合|财政局、环保局|李某|王某|0436-0000000|%s|%s|进展正常|备注|%d",
			i+1, i%9, i, i, i%60, deadlines[i%len(deadlines)], statuses[i%len(statuses)], i)
	}
	return sheetOf(KindTasks, "number section title requirement lead support leader owner phone deadline status progress remark x:经费", rows...)
}

// BenchmarkBuild makes tasks of tables that are already found.
func BenchmarkBuild(b *testing.B) {
	for _, rows := range []int{10_000, 100_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			tables := []*table.Table{bigTable(rows)}
			opt := on("2022-09-15")
			opt.History = history{known: due.Date(2022, 1, 1)}
			b.ReportAllocs()
			for b.Loop() {
				Build(tables, opt)
			}
		})
	}
}
