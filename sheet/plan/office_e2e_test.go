//go:build e2e

package plan

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"taizhang/sheet/ledger"
)

// TestE2EPlansSavedByLibreOffice wants each plan of testdata/plans, saved by
// LibreOffice as a .docx, to say what its text says.
func TestE2EPlansSavedByLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("LibreOffice is not installed")
	}
	files, err := filepath.Glob("testdata/plans/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	profile, out := t.TempDir(), t.TempDir()
	args := append([]string{"-env:UserInstallation=file://" + profile, "--headless",
		"--infilter=Text (encoded):UTF8,LF,,,",
		"--convert-to", "docx", "--outdir", out}, files...)
	if said, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(string(text), "# ") {
				t.Skip("headings of Markdown are of texts alone")
			}
			data, err := os.ReadFile(filepath.Join(out, name+".docx"))
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Read(name+".docx", data)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Parse(doc, ledger.DefaultRules())
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(told(parse(t, string(text))), told(p)); d != "" {
				t.Errorf("(-text +docx)\n%s", d)
			}
		})
	}
}
