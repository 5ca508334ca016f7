//go:build e2e

package faults

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A county with 30 units supervises for a year; testdata/county.py says what happens and
// what must hold: no step of the ladder twice or skipped with two coordinators at once, every
// quiet change found and none invented, every score the sum of points that name their entry,
// and looking back says what was said then.
func TestE2ECounty(t *testing.T) {
	const python = "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		t.Skip("no openpyxl")
	}
	_, program := build(t)
	if program == "" {
		t.Skip("the clock cannot be moved")
	}
	script, err := filepath.Abs(filepath.Join("testdata", "county.py"))
	if err != nil {
		t.Fatal(err)
	}
	play := exec.Command(python, script, program, filepath.Join(t.TempDir(), "县"))
	play.Env = append(os.Environ(), "TAIZHANG_TODAY=")
	out, err := play.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}
