//go:build e2e

package copies_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestCopiesComeHomeThroughOpenpyxl(t *testing.T) {
	const script = `import sys, openpyxl
b = openpyxl.load_workbook(sys.argv[1]); b[sys.argv[2]][sys.argv[3]] = sys.argv[4]; b.save(sys.argv[1])`
	circle(t, func(path, sheet, cell, text string) {
		if out, err := exec.Command("/usr/bin/python3", "-c", script, path, sheet, cell,
			text).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	})
}

// The value is typed, and then LibreOffice opens the copy and saves it in its
// own way, as it does for a person.
func TestCopiesComeHomeThroughLibreOffice(t *testing.T) {
	profile := t.TempDir()
	circle(t, func(path, sheet, cell, text string) {
		typed(t, path, sheet, cell, text)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "saved")
		cmd := exec.Command("soffice", "-env:UserInstallation=file://"+profile, "--headless", "--convert-to",
			"xlsx:Calc MS Excel 2007 XML", "--outdir", out, path)
		if log, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, log)
		}
		after, err := os.ReadFile(filepath.Join(out, filepath.Base(path)))
		if err != nil || string(after) == string(before) {
			t.Fatalf("LibreOffice did not save: %v", err)
		}
		if err := os.WriteFile(path, after, 0o666); err != nil {
			t.Fatal(err)
		}
	})
}
