package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What a crash left behind goes, also if the machine's clock was ahead; what
// another machine may be writing now stays.
func TestSweepTakesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	must(Open(dir, Options{}))
	for name, age := range map[string]time.Duration{"tmp-old": 48 * time.Hour, "tmp-ahead": -48 * time.Hour,
		"tmp-now": time.Minute, "tmp-soon": -time.Minute} {
		file := filepath.Join(dir, revisionsDir, name)
		if err := os.WriteFile(file, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	must(Open(dir, Options{}))
	var left []string
	for _, e := range must(os.ReadDir(filepath.Join(dir, revisionsDir))) {
		left = append(left, e.Name())
	}
	if d := cmp.Diff([]string{"tmp-now", "tmp-soon"}, left); d != "" {
		t.Error(d)
	}
}
