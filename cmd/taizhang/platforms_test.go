//go:build platforms

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

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

	const summary = "汇总.xlsx"
	m.taizhang(0, "export", summary)
	f, err := excelize.OpenFile(filepath.Join(m.dir, summary))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err := f.GetRows("任务总表"); err != nil || !slices.ContainsFunc(rows,
		func(r []string) bool { return slices.Contains(r, title) }) {
		t.Errorf("export: %q is not among the tasks %v", title, err)
	}
	if err := os.Remove(filepath.Join(m.dir, summary)); err != nil { // it would be a second workbook in the folder
		t.Fatal(err)
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
