//go:build e2e

package tui

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A day with the registers, in a terminal of 80 by 24 cells: look at the clock that
// runs out, record a request while its due date is worked out, answer one, fill the
// due dates, take it back, and take the figures over into the task.
func TestRegistersInARealTerminal(t *testing.T) {
	m, path := demo(t, 80, 24)
	dir := filepath.Dir(path)
	m.Shows("登记24条，在办14条")
	m.Shows("1天后到期")
	m.Keys("7")
	m.Shows("[依申请公开 急1]")
	m.Shows("收到 9-05 · 征求意见 9-08 至 9-23（不计） · 期限 10-21 · 还剩1个工作日")

	// The calculation, day by day.
	m.Keys("d")
	m.Shows("2022-09-09 周五  暂停，不计")
	m.Keys("NPage", "NPage")
	m.Shows("国庆节放假，不计")
	m.Keys("Escape")

	// A new request.
	m.Keys("a")
	m.Shows("期限 11-17")
	m.Keys("Down", "C-u")
	m.Type("10月18日")
	m.Shows("期限 11-15")
	m.Keys("Down", "Down", "Enter")
	m.Shows("当面")
	m.Keys("Enter")
	m.Type("孙某")
	m.Keys("Down", "Enter")
	m.Shows("商业企业")
	m.Keys("Enter", "Down")
	m.Type("某地块规划条件")
	m.Keys("F10")
	m.Shows("已登记：某地块规划条件")
	m.Shows("9/9条")
	_, cells := book(t, dir)
	if !holds(cells, "某地块规划条件") || !holds(cells, "孙某") {
		t.Error("the workbook does not hold the new row")
	}

	// Answer the one that runs out.
	m.Keys("Escape", "Home", "Enter")
	m.Shows("答复日期")
	m.Keys("Enter")
	m.Type("今天")
	m.Shows("即 2022-10-20")
	m.Keys("Enter")
	m.Shows("已保存：2022-6")
	m.Keys("Escape", "Escape")

	// Due dates into empty cells, and back.
	m.Keys("F")
	m.Shows("条的期限")
	m.Keys("Right", "Enter")
	m.Shows("已填写")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	filled, err := f.SearchSheet("依申请公开", "2022-11-03")
	f.Close()
	if err != nil || len(filled) == 0 {
		t.Errorf("the due date of 2022-7 is not in the workbook: %v, %v", filled, err)
	}
	m.Keys("C-z")
	m.Shows("已撤销")
	time.Sleep(300 * time.Millisecond)
	_, cells = book(t, dir)
	if holds(cells, "2022-11-03") {
		t.Error("the due dates still stand in the workbook after undo")
	}

	// Filter, another register, the annual count.
	m.Keys("Escape", "F7")
	m.Type("未办结")
	m.Shows("/9条")
	m.Keys("Escape", "]", "]")
	m.Shows("[留言办理")
	m.Shows("已超期1个工作日")
	m.Keys("t")
	m.Shows("本年新收")
	m.Keys("Escape")

	// The task that orders the register takes its figures over.
	m.Keys("F7", "Escape", "F2", "F7")
	m.Type("依申请公开")
	m.Keys("Enter", "Home", "Down", "Home", "T")
	m.Shows("依申请公开：收到9件")
	m.Keys("F10")
	m.Shows("已保存")
	m.Keys("q")
	m.Shows("\nTHE END")
}
