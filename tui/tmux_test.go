//go:build e2e

package tui

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// term is a real terminal: a tmux server of its own, with the program in it.
type term struct {
	t      *testing.T
	socket string
}

// start builds the program and runs it in a terminal of w × h cells.
func start(t *testing.T, w, h int, args ...string) *term {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	bin := filepath.Join(t.TempDir(), "taizhang")
	build := exec.Command("go", "build", "-o", bin, "taizhang/cmd/taizhang")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	m := &term{t, fmt.Sprintf("taizhang-test-%d", os.Getpid())}
	run := "env LANG=C.UTF-8 HOME='" + t.TempDir() + "' '" + bin + "' " + strings.Join(args, " ") + "; echo THE END; sleep 60"
	m.tmux("-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h), "-s", "s", run)
	t.Cleanup(func() { exec.Command("tmux", "-L", m.socket, "kill-server").Run() })
	m.tmux("set", "-s", "escape-time", "0")
	return m
}

func (m *term) tmux(args ...string) string {
	m.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", m.socket}, args...)...).CombinedOutput()
	if err != nil {
		m.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (m *term) keys(names ...string) {
	m.t.Helper()
	for _, n := range names {
		m.tmux("send-keys", "-t", "s", n)
		if n == "Escape" {
			time.Sleep(200 * time.Millisecond) // a key right behind it would be read as Alt with that key
		}
	}
}

func (m *term) typing(s string) { m.t.Helper(); m.tmux("send-keys", "-l", "-t", "s", s) }

// shows waits until the screen says s.
func (m *term) shows(s string) {
	m.t.Helper()
	screen := ""
	for range 400 {
		if screen = m.tmux("capture-pane", "-p", "-t", "s"); strings.Contains(screen, s) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	m.t.Fatalf("the screen never said %q:\n%s", s, screen)
}

func (m *term) cursor() string {
	m.t.Helper()
	return strings.TrimSpace(m.tmux("display", "-p", "-t", "s", "#{cursor_x},#{cursor_y} #{cursor_flag}"))
}

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
	dir := filepath.Join(t.TempDir(), "d")
	m := start(t, 100, 30, "demo", "--dir", dir)
	m.shows("各牵头单位")

	m.keys("F7")
	m.typing("依申请")
	m.shows("1/22项")
	if got, want := m.cursor(), "12,1 1"; got != want {
		t.Errorf("in the filter the cursor is at %s, want %s", got, want)
	}
	m.keys("Enter", "Enter")
	m.shows("完成状态")
	m.keys("Down", "Enter")
	m.shows("F10 保存")
	m.keys("C-u")
	m.typing("受理台账已核对")
	m.shows("受理台账已核对")
	before := m.cursor()
	m.keys("Left", "Left")
	time.Sleep(200 * time.Millisecond)
	var x0, y0, x1, y1 int
	fmt.Sscanf(before, "%d,%d", &x0, &y0)
	fmt.Sscanf(m.cursor(), "%d,%d", &x1, &y1)
	if x1 != x0-4 || y1 != y0 {
		t.Errorf("two Chinese characters back: from %s to %s", before, m.cursor())
	}
	m.keys("F10")
	m.shows("已保存")
	path, cells := book(t, dir)
	if !holds(cells, "受理台账已核对") {
		t.Error("the workbook does not hold what was typed")
	}

	// Somebody else saves the workbook: it appears.
	m.keys("Escape", "Escape")
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
	m.keys("F7", "C-u", "Enter", "F6")
	m.shows("办公室另有批示")

	// Undo, resize, a long paste, quit.
	m.keys("F2", "s")
	m.shows("Enter 选定")
	m.tmux("resize-window", "-t", "s", "-x", "80", "-y", "24")
	m.shows("Enter 选定")
	m.keys("Escape", "Home", "p")
	m.shows("F10 保存")
	m.keys("C-u")
	long := strings.Repeat("逐项核对，", 1000)
	paste := filepath.Join(t.TempDir(), "paste")
	if err := os.WriteFile(paste, []byte(long), 0o600); err != nil {
		t.Fatal(err)
	}
	m.tmux("load-buffer", paste)
	m.tmux("paste-buffer", "-p", "-t", "s")
	m.shows("逐项核对，逐项核对")
	time.Sleep(time.Second)
	m.keys("F10")
	m.shows("改为逐项核对")
	if _, cells := book(t, dir); !holds(cells, long) {
		t.Error("the pasted text did not reach the workbook whole")
	}
	m.keys("C-z")
	m.shows("已撤销")
	if _, cells := book(t, dir); holds(cells, long) {
		t.Error("the pasted text still stands in the workbook after undo")
	}
	m.keys("q")
	m.shows("THE END")
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
	m := start(t, 80, 24, path)
	m.shows("各牵头单位")
	m.keys("F2")
	m.shows("清屏?2J与反向")
	m.shows("“引号”…")
	m.shows("[2 任务]")
}
