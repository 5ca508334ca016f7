// Command bench runs the module's Go benchmarks and sets ours beside others'
// in one report.
//
// A benchmark that compares says so in its sub-benchmarks' names:
//
//	BenchmarkRead/rows=100000/by=taizhang
//	BenchmarkRead/rows=100000/by=excelize
//	BenchmarkRead/rows=100000/by=floor
//
// All that differ only in by= are one comparison: the report has a line for
// each, with the median time of the runs, memory, and how many times ours it
// takes. A program that is not installed is skipped by its benchmark and so is
// not in the report. Benchmarks without by= are listed with their figures.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// ours is the by= of this program.
const ours = "taizhang"

func main() {
	pattern := flag.String("bench", ".", "run only benchmarks that match this regular expression")
	count := flag.Int("count", 3, "runs of each; the median counts")
	benchtime := flag.String("benchtime", "1s", "time or number of iterations (5x) for each")
	flag.Parse()
	packages := flag.Args()
	if len(packages) == 0 {
		packages = []string{"./..."}
	}
	if err := run(*pattern, *benchtime, *count, packages); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(pattern, benchtime string, count int, packages []string) error {
	args := append([]string{
		"test", "-run", "^$", "-bench", pattern, "-benchmem", "-benchtime", benchtime,
		"-count", fmt.Sprint(count), "-timeout", "60m", "-p", "1",
	}, packages...)
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	results, failures := read(out, os.Stderr)
	err = cmd.Wait()
	fmt.Printf("machine: %s, %d CPUs, %s/%s, %s; median of %d\n", results.cpu, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), count)
	results.print(os.Stdout)
	if failures > 0 || err != nil {
		return fmt.Errorf("%d packages or benchmarks failed: %v", failures, err)
	}
	return nil
}

// read collects the benchmarks' lines, shows each as it comes, and counts
// failures.
func read(r io.Reader, progress io.Writer) (results, int) {
	var res results
	failures := 0
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		line := sc.Text()
		switch {
		case strings.HasPrefix(line, "cpu: "):
			res.cpu = strings.TrimPrefix(line, "cpu: ")
		case strings.HasPrefix(line, "--- FAIL"), strings.HasPrefix(line, "FAIL"), strings.HasPrefix(line, "panic:"):
			failures++
			fmt.Fprintln(progress, line)
		case strings.HasPrefix(line, "Benchmark"):
			if res.add(line) {
				fmt.Fprintln(progress, line)
			}
		case strings.HasPrefix(line, "    "):
			fmt.Fprintln(progress, line) // what a benchmark says about itself
		}
	}
	return res, failures
}
