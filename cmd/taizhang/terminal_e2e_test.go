//go:build e2e

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/seeds/sample"
	"taizhang/tui/text"
	"taizhang/tui/tmux"
)

func TestDashboardOpensInATerminalAndQuits(t *testing.T) {
	term := tmux.Open(t, 100, 30)
	term.Run("taizhang demo; echo code=$?")
	term.Shows("党政办公室")
	term.Keys("q")
	term.Shows("code=0")
}

func TestTablesAreCutToTheTerminal(t *testing.T) {
	term := tmux.Open(t, 60, 40)
	data, err := sample.Workbook()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(term.Dir, "a.xlsx"), data, 0o666); err != nil {
		t.Fatal(err)
	}
	term.Run("clear; taizhang tasks --today 2022-10-20; echo code=$?")
	screen := term.Shows("code=0")
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
	term := tmux.Open(t, 100, 30)
	f := excelize.NewFile()
	for i, row := range [][]any{{"序号", "任务", "牵头单位", "完成时限", "状态"}, {1, "甲事", "财政局", "2022-06-30", "推进中"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(filepath.Join(term.Dir, "locked.xlsx"), excelize.Options{Password: "open-sesame"}); err != nil {
		t.Fatal(err)
	}
	term.Run("taizhang tasks --today 2022-06-01; echo code=$?")
	term.Shows("请输入密码：")
	term.Run("wrong")
	term.Shows("locked.xlsx")
	term.Run("open-sesame")
	screen := term.Shows("code=0")
	if !strings.Contains(screen, "甲事") || strings.Contains(screen, "sesame") || strings.Contains(screen, "wrong") {
		t.Errorf("screen:\n%s", screen)
	}
}
