package table_test

import (
	"fmt"
	"log"

	"taizhang/seeds/sample"
	"taizhang/sheet/ledger"
	"taizhang/sheet/ooxml"
	"taizhang/sheet/table"
)

// Find the tables of a workbook: which sheet holds tasks, where its header
// stands, and what its columns mean.
func ExampleFind() {
	data, err := sample.Workbook()
	if err != nil {
		log.Fatal(err)
	}
	wb, err := ooxml.Read(sample.Name, data, ooxml.Options{})
	if err != nil {
		log.Fatal(err)
	}
	found, err := table.Find(wb, ledger.Schemas(ledger.Options{}))
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range found.Tables {
		fmt.Println(t.Sheet, t.Kind, len(t.Rows))
	}
	tasks := found.Tables[0]
	fmt.Println(tasks.Columns[3].Heading, "→", tasks.Columns[3].Field)
	// Output:
	// 任务台账 tasks 22
	// 年度活动 activities 7
	// 年度要求 requirements 2
	// 单位名录 units 10
	// 依申请公开 requests 8
	// 复议诉讼 reviews 2
	// 留言办理 messages 5
	// 栏目更新 columns 6
	// 建议提案 proposals 3
	// 责任分工/牵头单位 → lead
}
