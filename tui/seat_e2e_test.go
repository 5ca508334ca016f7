//go:build e2e

package tui

import (
	"archive/zip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/tui/tmux"
)

// leaves quits and waits for the shell.
func leaves(m *tmux.Terminal) {
	m.Keys("Escape", "Escape", "Escape", "q")
	m.Shows("\nTHE END")
}

// A task and an event are deleted, seen to be gone by another library, and come back;
// a form's error leads to its field.
func TestRowsAreDeletedAndComeBackInATerminal(t *testing.T) {
	m, path := demo(t, 80, 24)
	_, before := book(t, filepath.Dir(path))
	m.Keys("F2", "Home", "Down", "DC")
	m.Shows("要删除这项任务吗", "删除1项任务")
	m.Keys("Right", "Enter")
	m.Shows("已删除。按")
	if _, after := book(t, filepath.Dir(path)); len(strings.Join(after, "")) >= len(strings.Join(before, "")) {
		t.Errorf("%s: nothing was taken out", path)
	}
	m.Keys("C-z")
	m.Shows("已撤销")
	if _, after := book(t, filepath.Dir(path)); strings.Join(after, "|") != strings.Join(before, "|") {
		t.Errorf("undo did not put everything back:\n%q\n%q", before, after)
	}
	m.Keys("F5")
	m.Shows("年度活动")
	for range 40 {
		m.Keys("Down")
	}
	m.Keys("DC")
	m.Shows("要删除这次活动吗")
	m.Keys("Right", "Enter")
	m.Shows("已删除。按")
	m.Keys("C-z")
	m.Shows("已撤销")

	m.Keys("F2", "IC")
	m.Shows("新增任务")
	m.Type("临时任务")
	m.Keys("Down", "Down", "Down")
	m.Shows("> 完成状态")
	m.Type("看看再说")
	m.Keys("F10")
	m.Shows(">!完成状态")
	m.Keys("Escape", "Escape")
	leaves(m)
}

// docx is the text of a Word document.
func docx(t *testing.T, path string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	r, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Notices are chosen, read, changed and saved as Word documents; copying says what
// is known of it.
func TestNoticesAreReadAndSavedInATerminal(t *testing.T) {
	c := &coordinator{tmux.Open(t, 80, 24), t}
	if err := os.MkdirAll(filepath.Join(c.Dir, "demo"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.Dir, "taizhang.yaml"), []byte("papers: {seal: true, chinese_date: true}\n"),
		0o666); err != nil {
		t.Fatal(err)
	}
	c.Run("taizhang demo --dir demo --config taizhang.yaml; echo THE END")
	c.Shows("各牵头单位")
	c.does("选择单位，逐份查看催办提醒")
	c.Shows("给哪些单位发催办提醒", "[*] 党政办公室")
	c.Keys("Enter")
	c.Shows("（第1/", "党政办公室")
	c.Type("特急 ")
	c.Keys("F4")
	c.Shows("（第2/")
	c.Keys("F6")
	c.Shows("已存为 Word 文件，共")
	files, _ := filepath.Glob(filepath.Join(c.Dir, "demo", "*", "*.docx"))
	if len(files) < 2 {
		t.Fatal(files)
	}
	changed := 0
	for _, f := range files {
		text := docx(t, f)
		if strings.Contains(text, "特急 工作提醒单") {
			changed++
		}
		if !strings.Contains(text, "二〇二二年") {
			t.Errorf("%s: the date is not in Chinese numerals", f)
		}
	}
	if changed != 1 {
		t.Errorf("%d of %d are changed", changed, len(files))
	}
	c.Keys("F10")
	c.Shows("终端是否执行无法得知", ".txt")
	time.Sleep(100 * time.Millisecond)
	leaves(c.Terminal)
}

// A mistake in the settings stays on the screen until it is read, and goes once it is
// put right: who starts the program with a double click sees nothing of what is printed.
func TestAMistakeInTheSettingsStaysUntilItIsRead(t *testing.T) {
	m := tmux.Open(t, 80, 24)
	m.Run("taizhang demo --dir . --no-color; clear")
	m.Shows("各牵头单位")
	m.Keys("q")
	m.Shows("ready>")
	settings := filepath.Join(m.Dir, "taizhang.yaml")
	if err := os.WriteFile(settings, []byte("due_soon_days: 很快\nthme: dark\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	m.Run("taizhang; echo CODE $?")
	m.Shows("台账无法打开", "taizhang.yaml", "due_soon_days", "thme", "Enter 重试")
	m.Keys("Enter")
	m.Shows("台账无法打开", "due_soon_days")
	if err := os.WriteFile(settings, []byte("due_soon_days: 360\ntoday: 2022-01-05\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	m.Keys("Enter")
	m.Shows("各牵头单位")
	m.Keys("F4")
	m.Shows("360天内到期") // the settings as they are by now
	m.Keys("q")
	m.Shows("CODE 0")
	if err := os.WriteFile(settings, []byte("thme: dark\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	m.Run("clear; taizhang; echo CODE $?")
	m.Shows("台账无法打开")
	m.Keys("q")
	m.Shows("thme", "CODE 2")
}

// The weeks, the month, and what has become of the ledger since last month; a number
// leads to a line; without a desktop it is said that there is none.
func TestTheLedgerIsLookedAtInTime(t *testing.T) {
	m, _ := demo(t, 80, 24)
	c := &coordinator{m, t}
	m.Keys("t")
	m.Shows("◆时限", "10月")
	m.Keys("Right", "Right", "Right", "Right")
	m.Shows("12月")
	m.Keys("t")
	m.Hides("◆时限")
	m.Keys("m")
	m.Shows("一       │ 二", "2022年10月")
	for _, day := range []string{"2022-10-21", "2022-10-24", "2022-10-25"} { // of registers, of registers, of a task
		m.Keys("Tab")
		m.Shows(day + "：到期任务")
	}
	m.Keys("Enter")
	m.Shows("Enter 选定", "8 财政资金")
	m.Keys("Enter")
	m.Shows("[2 任务]")
	m.Keys(":")
	m.Type("5")
	m.Shows("转到第5行")
	m.Keys("Enter")
	m.Shows("5/22")
	m.Keys("b")
	m.Shows("2022年9月末以来的进展")
	m.Keys("Escape")
	c.does("打开工作簿所在的文件夹")
	m.Shows("没有能打开它的桌面程序")
	leaves(m)
}
