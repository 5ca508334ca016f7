//go:build e2e

package tui

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/tui/tmux"
)

// book is the only workbook in a folder, read by another library.
func book(t *testing.T, dir string) (path string, cells []string) {
	t.Helper()
	found, _ := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	if len(found) != 1 {
		t.Fatalf("workbooks in %s: %v", dir, found)
	}
	f, err := excelize.OpenFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, s := range f.GetSheetList() {
		rows, err := f.GetRows(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			cells = append(cells, r...)
		}
	}
	return found[0], cells
}

func holds(cells []string, s string) bool {
	for _, c := range cells {
		if c == s {
			return true
		}
	}
	return false
}

func TestInARealTerminal(t *testing.T) {
	m := tmux.Open(t, 100, 30)
	dir := filepath.Join(m.Dir, "demo")
	m.Run("taizhang demo --dir demo; echo THE END")
	m.Shows("各牵头单位")

	m.Keys("F7")
	m.Type("依申请")
	m.Shows("1/22项")
	if x, y, shown := m.Cursor(); x != 12 || y != 1 || !shown {
		t.Errorf("in the filter the cursor is at %d,%d, shown: %v", x, y, shown)
	}
	m.Keys("Enter", "Enter")
	m.Shows("完成状态")
	m.Keys("Down", "Enter")
	m.Shows("F10 保存")
	m.Keys("C-u")
	m.Type("受理台账已核对")
	m.Shows("受理台账已核对")
	x0, y0, _ := m.Cursor()
	m.Keys("Left", "Left")
	time.Sleep(200 * time.Millisecond)
	if x1, y1, _ := m.Cursor(); x1 != x0-4 || y1 != y0 {
		t.Errorf("two Chinese characters back: from %d,%d to %d,%d", x0, y0, x1, y1)
	}
	m.Keys("F10")
	m.Shows("已保存")
	path, cells := book(t, dir)
	if !holds(cells, "受理台账已核对") {
		t.Error("the workbook does not hold what was typed")
	}

	// Somebody else saves the workbook: it appears.
	m.Keys("Escape", "Escape")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at, err := f.SearchSheet(f.GetSheetName(0), "受理台账已核对")
	if err != nil || len(at) != 1 {
		t.Fatalf("%v %v", at, err)
	}
	if err := f.SetCellStr(f.GetSheetName(0), at[0], "办公室另有批示"); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	m.Keys("F7", "C-u", "Enter", "F6")
	m.Shows("办公室另有批示")

	// Undo, resize, a long paste, quit.
	m.Keys("F2", "s")
	m.Shows("Enter 选定")
	m.Resize(80, 24)
	m.Shows("Enter 选定")
	m.Keys("Escape", "Home", "p")
	m.Shows("F10 保存")
	m.Keys("C-u")
	long := strings.Repeat("逐项核对，", 1000)
	m.Paste(long)
	m.Shows("逐项核对，逐项核对")
	time.Sleep(time.Second)
	m.Keys("F10")
	m.Shows("改为“逐项核对")
	if _, cells := book(t, dir); !holds(cells, long) {
		t.Error("the pasted text did not reach the workbook whole")
	}
	m.Keys("C-z")
	m.Shows("已撤销")
	if _, cells := book(t, dir); holds(cells, long) {
		t.Error("the pasted text still stands in the workbook after undo")
	}
	m.Keys("q")
	m.Shows("\nTHE END")
}

func TestEscapeSequencesInCellsDoNotReachTheTerminal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.xlsx")
	f := excelize.NewFile()
	for i, row := range [][]any{
		{"序号", "重点任务", "牵头单位", "完成时限", "完成状态"},
		{1, "清屏\u009b2J与\u202e反向", "党政办公室", "6月底前", "推进中"},
		{2, "表情👨‍👩‍👧‍👦与“引号”…", "财政分局", "12月底", "未启动"},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	m := tmux.Open(t, 80, 24)
	m.Run("taizhang " + path)
	m.Shows("各牵头单位")
	m.Keys("F2")
	m.Shows("清屏?2J与反向")
	m.Shows("“引号”…")
	m.Shows("[2 任务]")
}
