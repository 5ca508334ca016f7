//go:build platforms

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// newWindows is Wine with a prefix of its own.
func newWindows(t *testing.T) *machine {
	m := newMachine(t, "windows/amd64", "wine")
	prefix := filepath.Join(t.TempDir(), "wine")
	m.env = append(m.env, "WINEPREFIX="+prefix, "WINEDEBUG=-all", "DISPLAY=", "WINEDLLOVERRIDES=mscoree,mshtml=d")
	t.Cleanup(func() {
		end := exec.Command("wineserver", "-k")
		end.Env = m.env
		end.Run()
	})
	if out, err := m.command("wineboot", "--init").CombinedOutput(); err != nil {
		t.Fatalf("wineboot: %v\n%s", err, out)
	}
	givePRNG(t, prefix)
	return m
}

func TestPlatformWindowsUnderWine(t *testing.T) {
	m := newWindows(t)
	m.job("windows/amd64")
	m.holdsOpen()
	m.watches()
	m.setsCodePage()
}

// holdsOpen has another program open the workbook while taizhang works.
func (m *machine) holdsOpen() {
	t := m.t
	hold := m.build("windows/amd64", "./testdata/hold")
	// held opens the workbook in another process until the returned function
	// is called.
	held := func(how string) (release func()) {
		t.Helper()
		cmd := m.command(hold, sampleFile, how)
		in, _ := cmd.StdinPipe()
		out, _ := cmd.StdoutPipe()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		stop := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
		word := make([]byte, 4)
		if _, err := io.ReadFull(out, word); err != nil || string(word) != "held" {
			t.Fatalf("the workbook was not opened: %q %v", word, err)
		}
		return func() {
			in.Close()
			cmd.Wait()
			stop.Stop()
		}
	}

	// Open as in Excel: it can be read, and a change waits until it is closed.
	release := held("shared")
	m.taizhang(0, "status")
	if s := m.taizhang(3, "set", "2", "progress=关闭后写入"); !strings.Contains(s, "等待写入") {
		t.Errorf("set of a workbook that is open says %q", s)
	}
	m.taizhang(3, "sync")
	const title = "机关自身信息公开"
	if m.cell(title, "关闭后写入") {
		t.Error("the workbook was changed while it was open")
	}
	release()
	m.taizhang(0, "sync")
	if !m.cell(title, "关闭后写入") {
		t.Error("what waited was not written after the workbook was closed")
	}

	// Held by a program that shares nothing, it cannot even be read: said
	// plainly, and nothing is lost.
	release = held("alone")
	m.taizhang(1, "status")
	release()
	m.taizhang(0, "status")
	left, err := filepath.Glob(filepath.Join(m.dir, "*"))
	if err != nil || len(left) != 2 { // the workbook and .taizhang
		t.Errorf("left behind: %v %v", left, err)
	}
}

// watches has somebody else change the workbook while sync --watch runs. It
// looks by itself only once an hour: it must hear of the change.
func (m *machine) watches() {
	t := m.t
	settings := filepath.Join(m.dir, "taizhang.yaml")
	if err := os.WriteFile(settings, []byte("sync: {poll: 1h}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(settings)
	cmd := m.command(m.prog, "--lang", "zh", "--today", "2022-10-20", "sync", "--watch")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(2*time.Minute, func() { cmd.Process.Kill() })
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
		stop.Stop()
	}()
	said := bufio.NewScanner(out)
	until := func(text string) {
		t.Helper()
		var lines []string
		for said.Scan() {
			if lines = append(lines, said.Text()); strings.Contains(said.Text(), text) {
				return
			}
		}
		t.Fatalf("sync --watch never says %q, but %q", text, lines)
	}
	until("正在同步")
	path := filepath.Join(m.dir, sampleFile)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetName(0)
	at, err := f.SearchSheet(sheet, "推进中")
	if err != nil || len(at) == 0 {
		t.Fatal("no task is in progress", err)
	}
	if err := errors.Join(f.SetCellValue(sheet, at[0], "已完成"), f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	until("等待写入 0 处")
}

// setsCodePage runs taizhang on a console that is set to code page 936: it sets
// UTF-8 and puts 936 back. Wine takes a terminal for a console.
func (m *machine) setsCodePage() {
	if _, err := exec.LookPath("script"); err != nil {
		m.t.Log("the code page was not tried: script is not installed")
		return
	}
	console := m.build("windows/amd64", "./testdata/console")
	cmd := exec.Command("script", "-qec", "wine "+console+" "+m.prog+" --lang zh status", "/dev/null")
	cmd.Dir, cmd.Env = m.dir, append(m.env, "TERM=xterm")
	said, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "before 936 936, while 65001 65001, after 936 936, error <nil>") {
		m.t.Errorf("code pages: %v\n%s", err, said)
	}
}
