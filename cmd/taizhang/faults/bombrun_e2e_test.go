//go:build e2e

package faults

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"taizhang/sheet/ooxml"
)

// memoryBound is what no command takes for any workbook, whatever is in it. The
// README states it.
const memoryBound = 4 << 30

// timeBound is in seconds of the processor for all commands together; an honest
// ledger of 100,000 tasks takes a few.
const timeBound = 240

// TestE2EBombs: whatever a workbook holds, each command ends by itself, says a
// sentence where it cannot do its work, and stays within the bounds.
func TestE2EBombs(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "taizhang")
	gobuild(t, bin)
	script, noTerminal := exec.LookPath("script")
	if noTerminal != nil {
		t.Log("the dashboard is not tried: no script(1) here, which makes a terminal")
	}
	var table strings.Builder
	tab := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "workbook\tfile KB\tcheck, set, status, export, split, dashboard\tCPU s\tpeak MB\t")
	only := regexp.MustCompile(os.Getenv("BOMB"))
	for _, b := range bombs() {
		if !only.MatchString(b.name) {
			continue
		}
		dir := t.TempDir()
		w := &world{bin: bin, dir: dir, home: dir, path: filepath.Join(dir, "a.xlsx")}
		if err := b.file(w.path); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(w.path)
		if err != nil {
			t.Fatal(err)
		}
		var codes []int
		var cpu time.Duration
		var peak int64
		for _, args := range [][]string{{"check"}, {"set", "1", "status=done"}, {"status"}, {"export", "out.xlsx"},
			{"split", "--out", "copies"}, nil} {
			if b.few && len(codes) == 2 {
				break
			}
			ctx, stop := context.WithTimeout(context.Background(), 10*time.Minute)
			cmd := w.command(ctx, bin, w.args(args))
			if args == nil {
				if noTerminal != nil {
					stop()
					continue
				}
				// The dashboard, in a terminal that script makes; Ctrl+C leaves it.
				cmd.Args = []string{"script", "-qefc", bin + " " + w.path, "/dev/null"}
				cmd.Path, cmd.Stdin = script, &later{keys: "qy\x03\x03"}
			}
			code, out := runCmd(cmd)
			stop()
			if args == nil && code == 130 {
				code = 0 // on a busy machine Ctrl+C leaves it before it has opened
			}
			codes = append(codes, code)
			if strings.Contains(out, "panic:") || strings.Contains(out, "fatal error:") || code < 0 || code == 1 &&
				strings.TrimSpace(out) == "" || b.reads && !acknowledged(code) {
				t.Errorf("%s, %v: code %d: %.600s", b.name, args, code, out)
			}
			if strings.Contains(out, "root:") {
				t.Errorf("%s: a file outside was read: %.600s", b.name, out)
			}
			cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
			if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
				peak = max(peak, use.Maxrss<<10)
			}
		}
		if peak > memoryBound || cpu > timeBound*time.Second {
			t.Errorf("%s: %d MB, %v", b.name, peak>>20, cpu)
		}
		if _, err := ooxml.Open(w.path, ooxml.Options{}); acknowledged(codes[1]) && err != nil {
			t.Errorf("%s: after set: %v", b.name, err)
		}
		fmt.Fprintf(tab, "%s\t%d\t%s\t%.1f\t%d\t\n", b.name, info.Size()>>10, strings.Trim(fmt.Sprint(codes), "[]"),
			cpu.Seconds(), peak>>20)
		os.RemoveAll(dir)
	}
	tab.Flush()
	t.Logf("bound %d MB\n%s", memoryBound>>20, table.String())
}

// later types keys, one a second, after the time that the dashboard takes to
// draw what it opened.
type later struct {
	keys  string
	begun bool
}

func (l *later) Read(p []byte) (int, error) {
	if !l.begun {
		l.begun = true
		time.Sleep(3 * time.Second)
	}
	if l.keys == "" {
		return 0, io.EOF
	}
	time.Sleep(time.Second)
	p[0], l.keys = l.keys[0], l.keys[1:]
	return 1, nil
}
