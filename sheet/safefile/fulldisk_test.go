//go:build e2e

package safefile

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestE2EFullDisk fills a small file system: the old file must stand.
func TestE2EFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).Run(); err != nil {
		t.Skip("no right to mount a small file system")
	}
	defer exec.Command("umount", dir).Run()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := Write(path, make([]byte, 1<<20), Options{})
	if err == nil || read(t, path) != "old" || len(temps(t, dir)) > 0 {
		t.Errorf("%v, file %q, left %v", err, read(t, path), temps(t, dir))
	}
	t.Log(err)
}
