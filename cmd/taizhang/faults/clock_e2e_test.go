//go:build e2e

package faults

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// build builds the program twice: as it is, and with a clock that is off by
// FAULT_CLOCK seconds. A preloaded library could not do that, since the program
// is linked to none; other is "" if Go's clock is not where it used to be.
func build(t *testing.T) (bin, other string) {
	t.Helper()
	dir := t.TempDir()
	bin, other = filepath.Join(dir, "taizhang"), filepath.Join(dir, "taizhang-clock")
	gobuild(t, bin)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(strings.TrimSpace(string(root)), "src", "time", "time.go")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const reads = "func Now() Time {\n\tsec, nsec, mono := runtimeNow()\n"
	if !bytes.Contains(source, []byte(reads)) {
		t.Logf("the clock cannot be moved: %s has changed", file)
		return bin, ""
	}
	source = append(bytes.Replace(source, []byte(reads), []byte(reads+"\tsec += faultClock\n"), 1), []byte(`
var faultClock = func() (n int64) {
	text, _ := syscall.Getenv("FAULT_CLOCK")
	for _, c := range []byte(text) {
		if c != '-' {
			n = 10*n + int64(c-'0')
		}
	}
	if len(text) > 0 && text[0] == '-' {
		return -n
	}
	return n
}()
`)...)
	source = bytes.Replace(source, []byte("import (\n"), []byte("import (\n\t\"syscall\"\n"), 1)
	patched := filepath.Join(dir, "time.go")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {file: patched}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{patched: source, filepath.Join(dir, "overlay.json"): overlay} {
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	gobuild(t, other, "-overlay", filepath.Join(dir, "overlay.json"))
	return bin, other
}

func gobuild(t *testing.T, bin string, flags ...string) {
	t.Helper()
	cmd := exec.Command("go", append(append([]string{"build"}, flags...), "-o", bin, "taizhang/cmd/taizhang")...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// jumps are how far off a machine's clock is.
var jumps = []time.Duration{-20 * 365 * 24 * time.Hour, -400 * 24 * time.Hour, -25 * time.Hour, -90 * time.Second, 0,
	90 * time.Second, 25 * time.Hour, 400 * 24 * time.Hour, 9 * 365 * 24 * time.Hour}

// clockJumps does several writes, each with another clock, with saves of an
// office in between whose files bear any time.
func clockJumps(w *world, o *outcome) error {
	defer func() { w.clock = 0 }()
	for range 3 {
		w.clock = jumps[w.r.IntN(len(jumps))]
		write := writes[w.r.IntN(len(writes))]
		act, err := write.prepare(w)
		if err != nil {
			return err
		}
		if w.r.IntN(2) == 0 {
			at := time.Now().Add(jumps[w.r.IntN(len(jumps))])
			if err := os.Chtimes(w.path, at, at); err != nil {
				return err
			}
		}
		w.clock = jumps[w.r.IntN(len(jumps))]
		act(w.run, o)
		w.repeat(o)
	}
	return nil
}
