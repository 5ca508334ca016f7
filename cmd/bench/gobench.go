package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// goBenchmarks runs those of the module's packages that match.
func (b *bench) goBenchmarks(pattern, benchtime string) error {
	if strings.Contains(pattern, "/") {
		return fmt.Errorf("%q: a name has no /", pattern)
	}
	sizes := strings.Trim(strings.ReplaceAll(fmt.Sprint(b.rows), " ", "|"), "[]")
	cmd := exec.Command("go", "test", "-run", "^$", "-bench", "("+pattern+")/^rows=("+sizes+")$", "-benchmem",
		"-benchtime", benchtime,
		"-count", fmt.Sprint(b.count), "-timeout", "60m", "-p", "1", "./...")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	failures := b.res.read(out, os.Stderr)
	if err = cmd.Wait(); failures > 0 || err != nil {
		return fmt.Errorf("%d packages or benchmarks failed: %v", failures, err)
	}
	return nil
}

// read collects the benchmarks' lines, shows each as it comes, and counts
// failures.
func (r *results) read(in io.Reader, progress io.Writer) (failures int) {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "cpu: "):
			r.cpu = strings.TrimPrefix(line, "cpu: ")
		case strings.HasPrefix(line, "--- FAIL"), strings.HasPrefix(line, "FAIL"), strings.HasPrefix(line, "panic:"):
			failures++
			fmt.Fprintln(progress, line)
		case strings.HasPrefix(line, "Benchmark"):
			if r.add(line) {
				fmt.Fprintln(progress, line)
			}
		case strings.HasPrefix(line, "    "):
			fmt.Fprintln(progress, line) // what a benchmark says about itself
		}
	}
	return failures
}
