package main

import (
	"strings"
	"testing"
)

const sample = `goos: linux
cpu: Some CPU
BenchmarkRead/rows=1000/by=taizhang-2   	 100	 2000000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=1000/by=taizhang-2   	 100	 9000000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=1000/by=taizhang-2   	 100	 2200000 ns/op	 1048576 B/op	 10 allocs/op
BenchmarkRead/rows=1000/by=excelize-2   	 10	 22000000 ns/op	 2048 B/op	 10 allocs/op
BenchmarkOpen-2   	 10	 1500 ns/op	 3.5 rows/ms	 12 B/op	 1 allocs/op
--- FAIL: BenchmarkBroken
FAIL
`

func TestReportComparesMediansSideBySide(t *testing.T) {
	res, failures := read(strings.NewReader(sample), &strings.Builder{})
	var b strings.Builder
	res.print(&b)
	want := `
Read/rows=1000
  taizhang  2.2ms  1.0 MB
  excelize  22ms   2.0 kB  10.00 x ours

Open
  -  1.5µs  12 B    3.5 rows/ms
`
	if b.String() != want {
		t.Errorf("report:\n%s\nwant:\n%s", b.String(), want)
	}
	if failures != 2 || res.cpu != "Some CPU" {
		t.Errorf("%d failures, cpu %q", failures, res.cpu)
	}
}
