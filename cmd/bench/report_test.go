package main

import (
	"regexp"
	"strings"
	"testing"
)

const sample = `goos: linux
cpu: Some CPU
BenchmarkRead/rows=100000/strings=shared/by=taizhang-2   	 100	 2000000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=100000/strings=shared/by=taizhang-2   	 100	 9000000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=100000/strings=shared/by=taizhang-2   	 100	 2200000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=100000/strings=shared/by=excelize-2   	 10	 11000000 ns/op	 2048 B/op	 10 allocs/op
BenchmarkRead/rows=100000/strings=shared/by=floor-2   	 10	 2000000 ns/op	 2048 B/op	 10 allocs/op
BenchmarkOpen-2   	 10	 1500 ns/op	 3.5 rows/ms	 12 B/op	 1 allocs/op
BenchmarkBusy/by=taizhang-2   	 10	 9000 ns/op	 1000 cpu-ns/op
BenchmarkBusy/by=other-2   	 10	 9000 ns/op	 7000 cpu-ns/op
--- FAIL: BenchmarkBroken
FAIL
`

func TestReportComparesMediansSideBySide(t *testing.T) {
	var res results
	failures := res.read(strings.NewReader(sample), &strings.Builder{})
	var b strings.Builder
	res.print(&b)
	got := regexp.MustCompile(" +").ReplaceAllString(b.String(), " ")
	for _, want := range []string{`
Read/rows=100000/strings=shared
 taizhang 2.2ms 1.0 MB alloc
 excelize 11ms 2.0 kB alloc 5.00 × ours
 floor 2ms 2.0 kB alloc 0.91 × ours
`, `
Open
 - 1.5µs 12 B alloc 3.5 rows/ms
`, " other 9µs 7µs cpu 7.00 × ours\n",
		"≤ 1.30 × 1.10 × held\n",
		"≥ 12.00 × 5.00 × NOT HELD\n",
		"≤ 1s - not measured\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("report:\n%s\nlacks:\n%s", b.String(), want)
		}
	}
	if failures != 2 || res.cpu != "Some CPU" {
		t.Errorf("%d failures, cpu %q", failures, res.cpu)
	}
}

// The judge of mergers must notice each kind of mistake.
func TestWrongValuesAreCounted(t *testing.T) {
	x := makeThree(600)
	if n := x.wrong(x.truth); n != 0 {
		t.Fatalf("the truth has %d wrong values", n)
	}
	if n := x.wrong(x.base); n == 0 {
		t.Error("the base counts as right")
	}
	if n := x.wrong(x.truth[1:]); n != 1 {
		t.Errorf("a lost row counts as %d", n)
	}
	if n := x.wrong(append([][]string{x.truth[5]}, x.truth...)); n != 1 {
		t.Errorf("a doubled row counts as %d", n)
	}
	got := make([][]string, len(x.truth))
	for i, r := range x.truth {
		got[i] = append([]string(nil), r...)
	}
	got[3][statusColumn] = "别的"
	if n := x.wrong(got); n != 1 {
		t.Errorf("a wrong value counts as %d", n)
	}
}
