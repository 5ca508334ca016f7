package syncer

import (
	"testing"

	"taizhang/sheet/ledger"
	"taizhang/sheet/msg"
)

func TestChangesAreDescribedInOneSentence(t *testing.T) {
	value := func(id, number, title, from, to string) Change {
		return Change{Kind: ledger.KindTasks, Task: id, Number: number, Title: title, Field: ledger.FieldStatus,
			From: from, To: to}
	}
	progress := Change{Kind: ledger.KindTasks, Task: "a", Number: "2", Title: "更新目录", Field: ledger.FieldProgress,
		To: "已报送"}
	for name, c := range map[string]struct {
		changes []Change
		zh, en  string
	}{
		"nothing": {nil, "台账内容没有变化", "nothing in the ledger changed"},
		"one value": {[]Change{value("a", "2", "更新机构职能目录", "已完成", "未启动")},
			"任务2“更新机构职能目录”的完成状态：已完成 → 未启动", "Status of task 2 “更新机构职能目录”: 已完成 → 未启动"},
		"a task without a number": {[]Change{value("a", "", "更新目录", "", "已完成")},
			"任务“更新目录”的完成状态：（空） → 已完成", "Status of task “更新目录”: (empty) → 已完成"},
		"one column of several tasks": {[]Change{value("a", "2", "更新目录", "已完成", "未启动"),
			value("b", "3", "公开预算", "已完成", "未启动")},
			"2项任务的完成状态（任务2“更新目录”：已完成 → 未启动，等）", "Status of 2 tasks (task 2 “更新目录”: 已完成 → 未启动, and others)"},
		"several columns of one task": {[]Change{value("a", "2", "更新目录", "已完成", "未启动"), progress},
			"任务2“更新目录”的2处修改（完成状态 已完成 → 未启动，等）", "2 values of task 2 “更新目录” (Status 已完成 → 未启动, and others)"},
		"all sorts": {[]Change{value("b", "3", "公开预算", "已完成", "未启动"), progress},
			"2行共2处修改（任务3“公开预算”的完成状态：已完成 → 未启动，等）",
			"2 values of 2 rows (Status of task 3 “公开预算”: 已完成 → 未启动, and others)"},
		"a new task taken back": {[]Change{
			{Kind: ledger.KindTasks, Task: "a", Number: "2", Title: "更新目录", What: "deleted"},
			{Kind: ledger.KindTasks, Task: "a", Number: "2", Title: "更新目录", What: "deleted", Field: ledger.FieldTitle,
				From: "更新目录"}},
			"任务2“更新目录”已删除", "task 2 “更新目录” deleted"},
		"two tasks deleted": {[]Change{
			{Kind: ledger.KindTasks, Task: "a", Number: "2", What: "deleted"}, {Kind: ledger.KindTasks, Task: "b",
				Number: "3", What: "deleted"}},
			"2项任务已删除（任务2等）", "2 tasks deleted (task 2 and others)"},
		"an event": {[]Change{{Kind: ledger.KindActivities, Task: "e", Title: "业务培训", What: "deleted"}},
			"活动“业务培训”已删除", "event “业务培训” deleted"},
		"a row of a register": {[]Change{{Kind: "requests", Task: "r", Number: "2022-9", Title: "预算明细", What: "deleted"},
			{Kind: "requests", Task: "r", Number: "2022-9", Title: "预算明细", What: "deleted", Field: "unit", From: "财政局"}},
			"登记“预算明细”已删除", "entry “预算明细” deleted"},
		"one column of several rows of a register": {[]Change{
			{Kind: "requests", Task: "a", Title: "招标文件", Field: "due", From: "2022-05-20"},
			{Kind: "requests", Task: "b", Title: "救助名单", Field: "due", From: "2022-06-28"}},
			"2条登记的期限（登记“招标文件”：2022-05-20 → （空），等）",
			"Due by of 2 entries (entry “招标文件”: 2022-05-20 → (empty), and others)"},
		"a long text in lines": {[]Change{{Kind: ledger.KindTasks, Task: "a", Number: "2", Field: "其他\n列", From: "一\n二",
			To: "一二三四五六七八九十一二三四五六七八九十一二三四五六七"}},
			"任务2的其他\n列：一 二 → 一二三四五六七八九十一二三四五六七八九十一二三…", "其他\n列 of task 2: 一 二 → 一二三四五六七八九十一二三四五六七八九十一二三…"},
	} {
		t.Run(name, func(t *testing.T) {
			d := Describe(c.changes)
			if got := d.In(msg.ZH); got != c.zh {
				t.Errorf("Chinese\n%s\nwant\n%s", got, c.zh)
			}
			if got := d.In(msg.EN); got != c.en {
				t.Errorf("English\n%s\nwant\n%s", got, c.en)
			}
		})
	}
}
