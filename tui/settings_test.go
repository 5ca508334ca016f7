package tui

import (
	"strings"
	"testing"

	"taizhang/sheet/syncer"
)

func TestColumnsAreNamedAsPeopleCallThem(t *testing.T) {
	d := newDesk(t, sample(12), Options{Columns: []string{"责任人", "title", "时限情况", "牵头单位", "没有的列"}}, 120, 40)
	d.sees("设置 columns 里的“没有的列”", "责任人")
	d.keys("2")
	head := strings.Split(d.screen(), "\n")[2]
	if got := strings.Join(strings.Fields(head), " "); got != "责任人 重点任务 时限情况 牵头单位" {
		t.Errorf("columns: %s", got)
	}
	d.keys("6")
	d.sees("没有的列")
}

func TestKeysAreThoseOfTheSettings(t *testing.T) {
	d := newDesk(t, sample(12), Options{Keys: map[string][]string{"status": {"ctrl+x"}, "undo": {},
		"progress": {"hyper+9"}, "remark": {"o"}}}, 120, 40)
	d.sees("hyper+9")
	d.keys("2", "s")
	d.seesNot("Enter 选定")
	d.keys("ctrl+x", "home", "enter")
	if len(d.f.edits) != 1 || d.f.edits[0] != (syncer.Edit{Task: "t0", Field: "status", Value: "未启动",
		Seen: syncer.Saw("已完成")}) {
		t.Errorf("edits %+v", d.f.edits)
	}
	d.keys("ctrl+z")
	d.seesNot("已撤销")
	d.keys("6")
	d.sees("hyper+9", "也是")
	d.keys("f9")
	d.typing("撤销我")
	d.keys("enter")
	d.sees("已撤销")
}
