//go:build e2e

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/seeds"
	"taizhang/tui/text"
)

// terminal is a real one, driven by tmux.
type terminal struct {
	t      *testing.T
	socket string
}

// openTerminal runs a shell in a terminal of that size, with taizhang built and
// on its path, in an empty folder.
func openTerminal(t *testing.T, width, height int) (term *terminal, dir string) {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("tmux is not installed")
	}
	dir = t.TempDir()
	bin := filepath.Join(dir, "bin")
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "taizhang"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	term = &terminal{t, fmt.Sprintf("taizhang-%d-%s", os.Getpid(), filepath.Base(dir))}
	term.tmux("-f", os.DevNull, "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height),
		fmt.Sprintf("cd %q && env -i HOME=%q PATH=%q:/usr/bin:/bin TERM=screen-256color LANG=zh_CN.UTF-8 LC_CTYPE=C.UTF-8 PS1='ready>' sh", dir, dir, bin))
	t.Cleanup(func() { exec.Command("tmux", "-L", term.socket, "kill-server").Run() })
	term.until("ready>")
	return term, dir
}

func (term *terminal) tmux(args ...string) string {
	term.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		term.t.Fatalf("tmux %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (term *terminal) run(line string) {
	term.t.Helper()
	term.tmux("send-keys", "-l", line)
	term.tmux("send-keys", "Enter")
}

// until waits for a text on the screen and returns the screen.
func (term *terminal) until(want string) string {
	term.t.Helper()
	screen := ""
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if screen = term.tmux("capture-pane", "-p"); strings.Contains(screen, want) {
			return screen
		}
	}
	term.t.Fatalf("%q does not appear:\n%s", want, screen)
	return ""
}

func TestDashboardOpensInATerminalAndQuits(t *testing.T) {
	term, _ := openTerminal(t, 100, 30)
	term.run("taizhang demo; echo code=$?")
	term.until("党政办公室")
	term.tmux("send-keys", "q")
	term.until("code=0")
}

func TestTablesAreCutToTheTerminal(t *testing.T) {
	term, dir := openTerminal(t, 60, 40)
	data, err := seeds.Sample()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	term.run("clear; taizhang tasks --today 2022-10-20; echo code=$?")
	screen := term.until("code=0")
	rows, heads := 0, 0
	for _, line := range strings.Split(screen, "\n") {
		if w := (text.Measure{}).Width(line); w > 60 {
			t.Errorf("%d cells: %s", w, line)
		}
		if strings.Contains(line, "党政办公室") {
			rows++
		}
		if strings.Contains(line, "提醒") {
			heads++
		}
	}
	if rows != 16 || heads != 1 {
		t.Errorf("%d lines of the office's 16 tasks, %d headings: lines were wrapped\n%s", rows, heads, screen)
	}
}

func TestPasswordIsAskedForAndNotShown(t *testing.T) {
	term, dir := openTerminal(t, 100, 30)
	f := excelize.NewFile()
	for i, row := range [][]any{{"序号", "任务", "牵头单位", "完成时限", "状态"}, {1, "甲事", "财政局", "2022-06-30", "推进中"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(filepath.Join(dir, "locked.xlsx"), excelize.Options{Password: "open-sesame"}); err != nil {
		t.Fatal(err)
	}
	term.run("taizhang tasks --today 2022-06-01; echo code=$?")
	term.until("请输入密码：")
	term.run("wrong")
	term.until("locked.xlsx")
	term.run("open-sesame")
	screen := term.until("code=0")
	if !strings.Contains(screen, "甲事") || strings.Contains(screen, "sesame") || strings.Contains(screen, "wrong") {
		t.Errorf("screen:\n%s", screen)
	}
}
