//go:build e2e

package programs

import (
	"archive/zip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestE2ELockedByLibreOffice: LibreOffice locks a workbook with a password,
// taizhang changes it, LibreOffice opens it again with that password and no
// other, and types; and what it typed comes home.
func TestE2ELockedByLibreOffice(t *testing.T) {
	var maker *program
	for _, p := range installed(t) {
		if p.name == "LibreOffice" {
			maker = p
		}
	}
	if maker == nil {
		t.Skip("LibreOffice and its python bridge (python3-uno) are not installed")
	}
	const password = "政务 Öffnung 7"
	dir := t.TempDir()
	o := &office{world: &world{bin: filepath.Join(t.TempDir(), "taizhang")}, dir: dir,
		path: filepath.Join(dir, "台账.xlsx")}
	if out, err := exec.Command("go", "build", "-o", o.bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := maker.do(request{Do: "make", File: o.path, Book: readBook(t), Password: password}); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(dir, "密码.txt")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	locked := func() {
		t.Helper()
		if z, err := zip.OpenReader(o.path); err == nil {
			z.Close()
			t.Fatal("it is not encrypted")
		}
	}
	locked()
	run := func(args ...string) string {
		t.Helper()
		out, err := o.run(append(args, "--password-file", secret)...)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	run("set", "1", "progress=已核对 <一>")
	locked()
	if _, err := maker.do(request{Do: "read", File: o.path, Password: password + "x"}); err == nil {
		t.Error("any password opens it")
	}
	const progress = "K5"
	shows := func(want string) {
		t.Helper()
		read, err := maker.do(request{Do: "read", File: o.path, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		if got := read["shown "+tasksSheet+"!"+progress]; got != want {
			t.Errorf("LibreOffice sees %q, want %q", got, want)
		}
	}
	shows("已核对 <一>")
	if _, err := maker.do(request{Do: "edit", File: o.path, Password: password,
		Cells: []cell{{tasksSheet, progress, "科室已报"}}}); err != nil {
		t.Fatal(err)
	}
	run("sync")
	tasks, err := readTasks(run("tasks", "--json"))
	if err != nil {
		t.Fatal(err)
	}
	if got := tasks["1"]["progress"]; got != "科室已报" {
		t.Errorf("the ledger says %q", got)
	}
	run("set", "1", "progress=又改")
	shows("又改")
}
