package safefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// temps lists the temporary files in a folder.
func temps(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if IsTemp(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

var errCrash = errors.New("crash")

// A crash or failure at any step leaves the old or the new file, whole.
func TestWriteFailingAtEachStep(t *testing.T) {
	for _, step := range []string{"created", "written", "synced", "renamed", "none"} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "台账.xlsx")
			if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
				t.Fatal(err)
			}
			seen := ""
			err := write(path, []byte("new"), Options{}, func(name string) error {
				if name != "renamed" && read(t, path) != "old" {
					t.Errorf("at %q the old file is gone", name)
				}
				seen = name
				if name == step {
					return errCrash
				}
				return nil
			})
			if step == "none" && err != nil || step != "none" && (!errors.Is(err, errCrash) || seen != step) {
				t.Fatalf("%v at %q", err, seen)
			}
			want := "old"
			if step == "renamed" || step == "none" {
				want = "new"
			}
			if got := read(t, path); got != want {
				t.Errorf("file holds %q, want %q", got, want)
			}
			if left := temps(t, dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// A kill, unlike a failure, runs no cleanup: what it leaves is recognised, and
// removed when it is old.
func TestWriteAfterKill(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(path, []byte("new"), Options{}, func(name string) error {
		if name != "written" {
			return nil
		}
		// A second name keeps the file from the deferred removal.
		for _, n := range temps(t, dir) {
			os.Link(filepath.Join(dir, n), filepath.Join(dir, tempPrefix+"a.xlsx.0"+tempSuffix))
		}
		return errCrash
	})
	left := temps(t, dir)
	if len(left) != 1 || read(t, path) != "old" {
		t.Fatalf("left %v, file %q", left, read(t, path))
	}
	if err := Write(path, []byte("young"), Options{}); err != nil {
		t.Fatal(err)
	}
	if len(temps(t, dir)) != 1 {
		t.Error("the temporary file of a process that may still be at work was removed")
	}
	old := time.Now().Add(-2 * tempAge)
	if err := os.Chtimes(filepath.Join(dir, left[0]), old, old); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	if left := temps(t, dir); len(left) > 0 || read(t, path) != "new" {
		t.Errorf("left %v, file %q", left, read(t, path))
	}
}

func TestWriteKeepsModeAndLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes and links of Unix")
	}
	dir := t.TempDir()
	real := filepath.Join(dir, "real", "a.xlsx")
	link := filepath.Join(dir, "link.xlsx")
	os.Mkdir(filepath.Dir(real), 0o755)
	if err := os.WriteFile(real, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(real, 0o664); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join("real", "a.xlsx"), link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, []byte("new"), Options{}); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	info, err := os.Stat(real)
	if err != nil || info.Mode().Perm() != 0o664 || read(t, real) != "new" {
		t.Errorf("%v %v %q", err, info.Mode(), read(t, real))
	}
}

func TestWriteRefusals(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	if err := Write(path, []byte("new"), Options{Check: func(string) error { return stop }}); !errors.Is(err, stop) {
		t.Errorf("check: %v", err)
	}
	if err := Write(filepath.Join(dir, "no", "a.xlsx"), nil, Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	if err := Write(dir, nil, Options{}); err == nil {
		t.Error("a folder was replaced")
	}
	if read(t, path) != "old" || len(temps(t, dir)) > 0 {
		t.Error("something was left or changed")
	}
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	os.Chmod(path, 0o400)
	if err := Write(path, []byte("new"), Options{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("read-only: %v", err)
	}
}
