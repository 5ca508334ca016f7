package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"taizhang/cmd/bench/usage"
)

// patience is how long a program may take; one that needs longer is reported
// as such, and is not tried on larger ledgers.
const patience = 2 * time.Minute

// once is how long a run may take to be repeated for a median.
const once = 5 * time.Second

// program is a contender that runs as a process of its own, its start included.
type program struct {
	by   string
	need []string             // files and commands without which it is not installed
	args func(j job) []string // nil for what it cannot do
	env  []string
	note string // what it does differently, for the report
}

// job is one thing to do, in an empty folder.
type job struct {
	op     string // "read", "set", "merge", "export"
	in     string // a workbook of the folder, a fresh copy
	out    string
	cell   string
	dir    string
	base   string // of merge: three tables as CSV
	mine   string
	theirs string
	tables string // of export: what is to be in the workbook
}

// installed reports whether all that p needs is there.
func (p program) installed() bool {
	for _, n := range p.need {
		if filepath.IsAbs(n) {
			if _, err := os.Stat(n); err != nil {
				return false
			}
		} else if _, err := exec.LookPath(n); err != nil {
			return false
		}
	}
	return true
}

// run does j and adds what it took to e.
func (p program) run(self string, j job, e *entry) error {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, self, append([]string{"-self", "measure"}, p.args(j)...)...)
	cmd.Dir = j.dir
	cmd.Env = append(os.Environ(), p.env...)
	r, w, err := os.Pipe()
	if err != nil {
		return err
	}
	defer r.Close()
	cmd.ExtraFiles = []*os.File{w}
	said, err := cmd.CombinedOutput()
	w.Close()
	if ctx.Err() != nil {
		return fmt.Errorf("not done after %s", patience)
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, lastLine(string(said)))
	}
	var took, used, most float64
	if _, err := fmt.Fscan(r, &took, &used, &most); err != nil {
		return err
	}
	e.put(wall, took)
	e.put(cpu, used)
	e.put(peak, most)
	return nil
}

// measure runs a program and writes to file 3 what it took: nanoseconds on the
// clock and of the processor, and bytes. It is a process of its own because
// the system counts the memory of whoever starts a program into its peak.
func measure(args []string) error {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return err
	}
	took, used := time.Since(start), usage.Of(cmd.ProcessState)
	_, err := fmt.Fprintln(os.NewFile(3, "figures"), took.Nanoseconds(), used.CPU.Nanoseconds(), used.Peak)
	return err
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
