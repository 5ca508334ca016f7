//go:build e2e

package tui

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/tui/tmux"
)

// demo opens the sample ledger in a terminal and returns its path.
func demo(t *testing.T, w, h int) (m *tmux.Terminal, path string) {
	m = tmux.Open(t, w, h)
	m.Run("taizhang demo --dir demo; echo THE END")
	m.Shows("各牵头单位", "已同步")
	path, _ = book(t, filepath.Join(m.Dir, "demo"))
	return m, path
}

// save writes cells of a workbook with another library: somebody's save.
func save(t *testing.T, from, to string, change func(f *excelize.File)) {
	t.Helper()
	f, err := excelize.OpenFile(from)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	change(f)
	if err := f.SaveAs(to); err != nil {
		t.Fatal(err)
	}
}

// at is the cell of a text in the task sheet.
func at(t *testing.T, path, text string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells, err := f.SearchSheet("任务台账", text)
	if err != nil || len(cells) != 1 {
		t.Fatalf("%q stands in %v, %v", text, cells, err)
	}
	return cells[0]
}

func TestBulkEditReachesTheWorkbook(t *testing.T) {
	m, path := demo(t, 80, 24)
	cell := at(t, path, "与村（居）务公开衔接")
	m.Keys("F4", "Space", "Space", "Space", "Space") // the third is a row of a register
	m.Shows("已标记3项")
	m.Keys("s")
	m.Shows("已标记的3项任务")
	m.Keys("Home", "Down", "Down", "Enter") // 已完成
	m.Shows("已保存：3项任务")
	m.Keys("C-z")
	m.Shows("已撤销：3项任务的完成状态")
	m.Keys("q")
	m.Shows("\nTHE END")
	if at(t, path, "与村（居）务公开衔接") != cell {
		t.Error("rows moved")
	}
}

func TestAConflictIsSettledInATerminal(t *testing.T) {
	m, path := demo(t, 80, 24)
	const was = "公开属性登记已覆盖全部发文，年度报告提纲已拟好"
	m.Keys("F2", "s", "Down", "Enter") // the workbook gets its stamp
	m.Shows("完成状态改为“已完成”")
	stale := filepath.Join(t.TempDir(), "stale.xlsx")
	cell := at(t, path, was)
	save(t, path, stale, func(f *excelize.File) { f.SetCellStr("任务台账", cell, "对方所写") })
	m.Keys("p", "C-u")
	m.Type("我方所写")
	m.Keys("F10")
	m.Shows("进展情况改为“我方所写”")
	data, err := os.ReadFile(stale)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil { // saved over ours, from before it
		t.Fatal(err)
	}
	m.Shows("1处待处理冲突")
	m.Keys("F6", "Home", "Enter")
	screen := m.Shows("双方修改前", "采用对方的值")
	for _, value := range []string{"我方所写", "对方所写", "公开属性登记已覆盖全部发文"} {
		if !strings.Contains(screen, value) {
			t.Errorf("%s is not in view:\n%s", value, screen)
		}
	}
	m.Keys("3") // a value of one's own
	m.Shows("另填一个值", "F10 保存")
	m.Keys("C-u")
	m.Type("双方所写合并")
	m.Keys("F10")
	m.Shows("冲突已处理，还剩0处")
	if _, cells := book(t, filepath.Dir(path)); !holds(cells, "双方所写合并") {
		t.Error("the workbook does not hold what was chosen")
	}
	m.Keys("h")
	m.Shows("修改记录")
	m.Keys("Enter")
	m.Shows("撤销这次修改", "双方所写合并")
}

// A stale copy saved over the workbook brings two conflicts; both are settled at once, which
// one undo takes back.
func TestAllConflictsOfOneSaveAreSettledAtOnce(t *testing.T) {
	m, path := demo(t, 80, 24)
	m.Keys("F2", "s", "Down", "Enter") // the workbook gets its stamp
	m.Shows("完成状态改为“已完成”")
	stale := filepath.Join(t.TempDir(), "stale.xlsx")
	first, second := at(t, path, "公开属性登记已覆盖全部发文，年度报告提纲已拟好"), at(t, path, "三季度巡查发现错链4条，均已改正")
	save(t, path, stale, func(f *excelize.File) {
		f.SetCellStr("任务台账", first, "对方填第一项")
		f.SetCellStr("任务台账", second, "对方填第二项")
	})
	for _, v := range []string{"我方填第一项", "我方填第二项"} {
		m.Keys("p", "C-u")
		m.Type(v)
		m.Keys("F10")
		m.Shows("进展情况改为“" + v + "”")
		m.Keys("Down")
	}
	data, err := os.ReadFile(stale)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	m.Shows("2处待处理冲突")
	m.Keys("F6", "Home", "Enter")
	m.Shows("双方修改前", "同一次保存的2处一并处理")
	m.Keys("5")
	screen := m.Shows("的保存：2处冲突", "都采用对方的值（2处）")
	for _, value := range []string{"我方填第一项", "对方填第一项", "我方填第二项", "对方填第二项"} {
		if !strings.Contains(screen, value) {
			t.Errorf("%s is not in view:\n%s", value, screen)
		}
	}
	m.Keys("3")
	m.Shows("已处理2处冲突，还剩0处")
	theirs := func() bool {
		_, cells := book(t, filepath.Dir(path))
		return holds(cells, "对方填第一项") && holds(cells, "对方填第二项")
	}
	if !theirs() {
		t.Error("the workbook does not hold what was chosen")
	}
	m.Keys("C-z")
	m.Shows("已撤销")
	if theirs() {
		t.Error("the workbook still holds what was taken back")
	}
}

func TestTheSafetyStopGivesTheRowsBack(t *testing.T) {
	m, path := demo(t, 120, 40)
	m.Keys("F2", "s", "Down", "Enter")
	m.Shows("完成状态改为“已完成”")
	less := filepath.Join(t.TempDir(), "less.xlsx")
	save(t, path, less, func(f *excelize.File) {
		for range 12 {
			if err := f.RemoveRow("任务台账", 8); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err := os.Rename(less, path); err != nil {
		t.Fatal(err)
	}
	m.Shows("同步出错")
	m.Keys("F6")
	m.Shows("同步已停止")
	m.Keys("Home", "Enter")
	m.Shows("不接受：把任务写回工作簿")
	m.Keys("Down", "Enter")
	m.Shows("项任务写回工作簿", "任务22")
	if _, cells := book(t, filepath.Dir(path)); !holds(cells, "机关自身信息公开") || !holds(cells, "公共资源配置信息") {
		t.Error("the tasks are not in the workbook again")
	}
}

// libreOffice opens a workbook in LibreOffice and changes a cell; saved has it save
// and close. The test is skipped where that cannot be done.
func libreOffice(t *testing.T, path, cell, text string) (saved func()) {
	t.Helper()
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	cmd := exec.Command("/usr/bin/python3", filepath.Join("testdata", "office.py"), path, "任务台账!"+cell+"="+text)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Skipf("LibreOffice cannot be driven from here: %v", cmd.Wait())
	}
	return func() {
		fmt.Fprintln(in, "save")
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// An office saves the very cell that is being typed in the dashboard: the editor
// says so before anything is saved, and asks.
func TestLibreOfficeSavesUnderAnOpenEditor(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {200, 50}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			m, path := demo(t, size[0], size[1])
			m.Keys("F2", "s", "Down", "Enter") // the workbook gets its stamp
			m.Shows("完成状态改为“已完成”")
			const was = "公开属性登记已覆盖全部发文，年度报告提纲已拟好"
			saved := libreOffice(t, path, at(t, path, was), "LibreOffice 里写的")
			m.Keys("p")
			m.Shows("F10 保存")
			m.Type("，台上写的")
			saved()
			m.Shows("打开后已有变动：现在是“LibreOffice 里写的”")
			m.Keys("F10")
			m.Shows("打开时", "现在", "您填的", "覆盖", "并入", "放弃")
			m.Keys("2")
			m.Shows("请核对、修改后保存", "LibreOffice 里写的，台上写的")
			m.Keys("F10")
			m.Shows("已保存")
			if _, cells := book(t, filepath.Dir(path)); !holds(cells, "LibreOffice 里写的，台上写的") {
				t.Error("the workbook does not hold both")
			}
		})
	}
}

func TestAnEditInLibreOfficeAppears(t *testing.T) {
	m, path := demo(t, 100, 30)
	cell := at(t, path, "今年发布信息86条")
	saved := libreOffice(t, path, cell, "今年发布信息99条")
	m.Shows("LibreOffice") // who has it open
	m.Keys("F2", "Home", "o")
	m.Keys("C-u")
	m.Type("新责任人")
	m.Keys("Enter")
	m.Shows("待写入")
	m.Keys("q")
	m.Shows("1处修改没有写入工作簿", "LibreOffice")
	m.Keys("Enter") // stays
	saved()
	m.Keys("F7")
	m.Type("99条")
	m.Shows("今年发布信息99条", "1/22项")
	m.Keys("Enter", "F6")
	m.Shows("所有修改都已写入工作簿")
	if _, cells := book(t, filepath.Dir(path)); !holds(cells, "新责任人") || !holds(cells, "今年发布信息99条") {
		t.Error("the workbook does not hold both edits")
	}
}

func TestEncryptedLedgerAsksForItsPasswordInTheDashboard(t *testing.T) {
	m := tmux.Open(t, 80, 24)
	f := excelize.NewFile()
	for i, row := range [][]any{{"序号", "任务", "牵头单位", "完成时限", "状态"}, {1, "甲事", "财政局", "2022-06-30", "推进中"}} {
		f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row)
	}
	if err := f.SaveAs(filepath.Join(m.Dir, "locked.xlsx"), excelize.Options{Password: "open-sesame"}); err != nil {
		t.Fatal(err)
	}
	m.Run("taizhang")
	m.Shows("请输入密码")
	m.Type("wrong")
	m.Shows("*****")
	m.Keys("Enter")
	m.Shows("密码不正确")
	m.Keys("C-u")
	m.Type("open-sesame")
	m.Keys("Enter")
	if screen := m.Shows("各牵头单位", "财政局"); strings.Contains(screen, "sesame") {
		t.Error("the password is shown")
	}
}

func TestANewcomerIsLedToALedger(t *testing.T) {
	m := tmux.Open(t, 80, 24)
	m.Run("taizhang; echo THE END")
	m.Shows("打开哪份台账", "看样例台账", "新建台账")
	m.Keys("Down", "Enter")
	m.Shows("已有的文件不会被覆盖")
	m.Keys("Enter")
	m.Shows("台账里还没有任务")
	m.Keys("F9")
	m.Type("新增任务")
	m.Keys("Enter")
	m.Shows("带 * 的必填")
	m.Type("第一件事")
	m.Keys("F10")
	m.Shows("已新增任务")
	if _, cells := book(t, m.Dir); !holds(cells, "第一件事") {
		t.Error("the new ledger does not hold the task")
	}
	m.Keys("q")
	m.Shows("\nTHE END")
}

func TestColumnsAreMappedOnTheScreen(t *testing.T) {
	m := tmux.Open(t, 80, 24)
	f := excelize.NewFile()
	for i, row := range [][]any{{"督查事项"}, {"序", "办啥", "谁来办", "啥时候办完"}, {1, "甲事", "财政局", "2022-06-30"}} {
		f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row)
	}
	if err := f.SaveAs(filepath.Join(m.Dir, "a.xlsx")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(m.Dir, "taizhang.yaml"), []byte("# 本单位\nyear: 2022\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	m.Run("taizhang")
	m.Shows("没有识别到任务表", "办啥", "如：甲事")
	m.Keys("Down", "Enter", "Down", "Enter") // 任务名称
	m.Keys("Down", "Enter")
	m.Type("牵头")
	m.Keys("Enter", "End", "Enter")
	m.Shows("各牵头单位", "财政局")
	data, err := os.ReadFile(filepath.Join(m.Dir, "taizhang.yaml"))
	if err != nil || !strings.HasPrefix(string(data), "# 本单位\nyear: 2022\n") || !strings.Contains(string(data), "办啥") {
		t.Errorf("%v\n%s", err, data)
	}
}
