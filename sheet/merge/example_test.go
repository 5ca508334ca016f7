package merge_test

import (
	"fmt"
	"log"

	"taizhang/sheet/merge"
	"taizhang/sheet/table"
)

// Two people changed the same ledger since it was handed out. What only one of
// them changed is taken; what both changed differently waits for a person, and
// mine stands until then.
func ExampleMerge() {
	ledger := func(status, progress string) merge.State {
		return merge.State{Tables: []*table.Table{{
			Kind: "tasks",
			Columns: []table.Column{{Key: "title", Field: "title"}, {Key: "status", Field: "status"},
				{Key: "progress", Field: "progress"}},
			Rows: []table.Row{{ID: "t1", Values: []string{"公开财政预决算", status, progress}}},
		}}}
	}
	base := ledger("未启动", "")
	mine := ledger("正在推进", "已发通知")
	theirs := ledger("已完成", "")

	r, err := merge.Merge(base, mine, theirs, merge.Options{Mode: merge.Copy})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range r.Changes {
		fmt.Println(c.Key, c.Base, c.Mine, c.Theirs, c.Outcome)
	}
	fmt.Println(r.Merged.Tables[0].Rows[0].Values)
	// Output:
	// status 未启动 正在推进 已完成 conflict
	// [公开财政预决算 正在推进 已发通知]
}
