// Command bench sets taizhang beside other programs and beside its targets, in
// one report of one run: ratios of figures taken on the same machine within
// minutes of each other, never a timed test.
//
// It has two kinds of benchmark. What is ours alone, or whose contender is a Go
// library, is a Go benchmark of its package. One that compares says so in its
// sub-benchmarks' names, and every one has its size in the first of them:
//
//	BenchmarkRead/rows=100000/strings=shared/by=taizhang
//	BenchmarkRead/rows=100000/strings=shared/by=excelize
//	BenchmarkRead/rows=100000/strings=shared/by=floor
//
// What other programs do is measured as whole processes, their start included,
// on the ledgers of package book: ProcessRead, ProcessSet, ProcessMerge and ProcessExport, and
// of taizhang itself ProgramStatus, ProgramSet, ProgramSetAgain, FirstFrame and ChangeToScreen
// (on a real terminal; Linux only). A program that is not installed is skipped
// with a word; .ci/tools installs them.
//
// All that differ only in by= are one comparison. Ratios are those of
// processor time where it is known: a busy machine falsifies it far less than
// the time on the clock. The report begins with the targets and whether each
// was held.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// ours is the by= of this program.
const ours = "taizhang"

func main() {
	if len(os.Args) > 2 && os.Args[1] == "-self" {
		if err := self(os.Args[2], os.Args[3:]); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	pattern := flag.String("bench", ".", "run only benchmarks whose names match this regular expression")
	size := flag.String("size", "1000,10000,100000", "numbers of rows, separated by commas")
	count := flag.Int("count", 3, "runs of each; the median counts. Processes that take over 5 s run once")
	benchtime := flag.String("benchtime", "200ms", "time or number of iterations (5x) for each Go benchmark")
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	budget := flag.Duration("budget", 270*time.Second,
		"after which other programs are not started any more, except for those that come with Go benchmarks")
	modules := flag.String("npm", filepath.Join(cache, "taizhang-bench"),
		"folder into which SheetJS, exceljs and daff were installed by npm")
	flag.Parse()
	if err := run(*pattern, *size, *benchtime, *count, *budget, *modules); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(pattern, size, benchtime string, count int, budget time.Duration, modules string) error {
	match, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	var rows []int
	for s := range strings.SplitSeq(size, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			return fmt.Errorf("%q is no number of rows", s)
		}
		rows = append(rows, n)
	}
	dir, err := os.MkdirTemp("", "taizhang-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	inv, err := newInventory(dir, modules)
	if err != nil {
		return err
	}
	start := time.Now()
	b := &bench{inv: inv, match: match, rows: rows, count: count, start: start, budget: budget}
	b.processes()
	b.program()
	failed := b.goBenchmarks(pattern, benchtime)
	b.res.machine = fmt.Sprintf("%s, %d CPUs, %s/%s, %s; medians of %d; %s in all", b.res.cpu, runtime.NumCPU(),
		runtime.GOOS, runtime.GOARCH, runtime.Version(), count, time.Since(start).Round(time.Second))
	b.res.versions = inv.versions()
	b.res.print(os.Stdout)
	return failed
}

// bench is a run.
type bench struct {
	inv   *inventory
	match *regexp.Regexp
	rows  []int
	count int
	start time.Time
	// budget is how long after start other programs are still run.
	budget time.Duration
	res    results
}

// say is a line about the run's progress.
func say(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
