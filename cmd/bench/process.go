package main

import (
	"bytes"
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
const patience = 4 * time.Minute

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
	op     string // "read", "set", "merge"
	rows   int
	in     string // a workbook of the folder, a fresh copy
	out    string
	cell   string
	dir    string
	base   string // of merge: three tables as CSV
	mine   string
	theirs string
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
func (p program) run(j job, e *entry) error {
	args := p.args(j)
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = j.dir
	cmd.Env = append(os.Environ(), p.env...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if ctx.Err() != nil {
		return fmt.Errorf("not done after %s", patience)
	}
	if err != nil {
		return fmt.Errorf("%w: %s", err, lastLine(said.String()))
	}
	used := usage.Of(cmd.ProcessState)
	e.put(wall, float64(took.Nanoseconds()))
	e.put(cpu, float64(used.CPU.Nanoseconds()))
	e.put(peak, float64(used.Peak))
	return nil
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
