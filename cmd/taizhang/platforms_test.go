//go:build platforms

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// The release builds are run, not only built: by emulators of other processors,
// and the Windows build by Wine.
//
//	make platforms
//
// A platform whose emulator is not installed is skipped.

// machine runs programs of another platform in a folder.
type machine struct {
	t    *testing.T
	dir  string
	run  []string // what runs a program; empty for this machine itself
	env  []string
	prog string
}

func newMachine(t *testing.T, platform string, emulator ...string) *machine {
	t.Helper()
	if len(emulator) > 0 {
		if _, err := exec.LookPath(emulator[0]); err != nil {
			t.Skipf("%s is not installed", emulator[0])
		}
	}
	m := &machine{t: t, dir: filepath.Join(t.TempDir(), "政务 公开"), run: emulator,
		env: append(os.Environ(), "LANG=zh_CN.UTF-8", "LC_ALL=C.UTF-8", "NO_COLOR=1")}
	if err := os.Mkdir(m.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	m.prog = m.build(platform, ".")
	return m
}

func (m *machine) build(platform, pkg string) string {
	m.t.Helper()
	goos, arch, _ := strings.Cut(platform, "/")
	out := filepath.Join(m.t.TempDir(), "program.exe")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", out, pkg)
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+arch, "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("%s: %v\n%s", platform, err, said)
	}
	return out
}

func (m *machine) command(args ...string) *exec.Cmd {
	args = append(append([]string{}, m.run...), args...)
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env = m.dir, m.env
	return cmd
}

// taizhang runs the program, demands an exit code and returns what it said.
func (m *machine) taizhang(code int, args ...string) string {
	m.t.Helper()
	cmd := m.command(append([]string{m.prog, "--lang", "zh", "--today", "2022-10-20"}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if cmd.ProcessState == nil {
		m.t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != code {
		m.t.Fatalf("%v: exit code %d, want %d\n%s%s", args, got, code, out.String(), errs.String())
	}
	return out.String()
}

// cell looks for a task by its title in the workbook on disk, with excelize, and
// reports whether its row holds a text.
func (m *machine) cell(title, text string) bool {
	m.t.Helper()
	f, err := excelize.OpenFile(filepath.Join(m.dir, sampleFile))
	if err != nil {
		m.t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		m.t.Fatal(err)
	}
	for _, r := range rows {
		if line := strings.Join(r, "\x00"); strings.Contains(line, title) {
			return strings.Contains(line, text)
		}
	}
	m.t.Fatalf("%q is not in the workbook", title)
	return false
}

const sampleFile = "示例台账.xlsx"

// job is a coordinator's day on a platform.
func (m *machine) job(platform string) {
	t := m.t
	if s := m.taizhang(0, "version"); !strings.Contains(s, platform) {
		t.Errorf("version says %q", s)
	}
	if s := m.taizhang(0, "demo", "--dir", ".", "--keep"); !strings.Contains(s, "党政办公室") {
		t.Errorf("demo says %q", s)
	}
	m.taizhang(0, "check")
	var status struct {
		Totals struct{ Tasks, Done int }
	}
	read := func() {
		t.Helper()
		if err := json.Unmarshal([]byte(m.taizhang(0, "status", "--json")), &status); err != nil {
			t.Fatal(err)
		}
	}
	read()
	tasks, done := status.Totals.Tasks, status.Totals.Done
	if tasks < 19 {
		t.Errorf("%d tasks", tasks)
	}
	const title = "机关自身信息公开"
	m.taizhang(0, "set", "2", "status=已完成", "progress=三季度已核对")
	if !m.cell(title, "三季度已核对") {
		t.Error("set: the workbook does not hold the new value")
	}
	read()
	if status.Totals.Done != done+1 {
		t.Errorf("%d done after one more, %d before", status.Totals.Done, done)
	}
	m.taizhang(0, "sync")
	if s := m.taizhang(0, "log"); !strings.Contains(s, "三季度已核对") {
		t.Errorf("log says %q", s)
	}
	m.taizhang(0, "undo")
	if m.cell(title, "三季度已核对") {
		t.Error("undo: the workbook still holds the value")
	}
}

func TestPlatformOfThisMachine(t *testing.T) {
	platform := runtime.GOOS + "/" + runtime.GOARCH
	newMachine(t, platform).job(platform)
}

func TestPlatformLinuxARM64(t *testing.T) {
	newMachine(t, "linux/arm64", "qemu-aarch64-static").job("linux/arm64")
}

func TestPlatformLinuxLoong64(t *testing.T) {
	newMachine(t, "linux/loong64", "qemu-loongarch64-static").job("linux/loong64")
}

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
