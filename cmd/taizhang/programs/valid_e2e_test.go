//go:build e2e

package programs

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/sheet/ooxml/ooxmltest"
)

// Whatever we write, the validators find nothing in it that they did not find in
// the ledger that it was made of; and nothing at all in workbooks of our own.
func TestE2EOutputsAreValid(t *testing.T) {
	v := ooxmltest.Find(t)
	dir := t.TempDir()
	w := &world{bin: filepath.Join(dir, "taizhang"), reference: readBook(t)}
	if out, err := exec.Command("go", "build", "-o", w.bin, "taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	made := map[string]string{} // ledger by file that was made of it; "" for our own
	var gnumeric, excelize *program
	for _, maker := range installed(t) {
		switch maker.name {
		case "Gnumeric":
			gnumeric = maker
		case "excelize":
			excelize = maker
		}
		if maker.makes {
			w.outputs(t, maker.name, filepath.Join(dir, maker.name), maker.do, made)
		}
	}
	if gnumeric != nil && excelize != nil {
		w.outputs(t, gnumeric.name, filepath.Join(dir, gnumeric.name), func(r request) (map[string]string, error) {
			if _, err := excelize.do(r); err != nil {
				return nil, err
			}
			return nil, gnumeric.edit(r.File)
		}, made)
	}
	own := &office{world: w, dir: filepath.Join(dir, "own"), path: filepath.Join(dir, "own", "新.xlsx")}
	if err := os.MkdirAll(own.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", own.path, "--year", "2026"}, {"demo", "--dir", filepath.Join(own.dir, "demo")}} {
		cmd := exec.Command(w.bin, args...)
		cmd.Env = []string{"HOME=" + own.dir, "PATH=" + os.Getenv("PATH")}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", args[0], err, out)
		}
	}
	for _, file := range workbooks(t, own.dir) {
		made[file] = ""
	}
	var all []string
	for file, ledger := range made {
		all = append(all, file)
		if ledger != "" {
			all = append(all, ledger)
		}
	}
	said := v.Complaints(t, all)
	for file, ledger := range made {
		name, _ := filepath.Rel(dir, file)
		for _, c := range ooxmltest.New(said[ledger], said[file]) {
			t.Errorf("%s: %s", name, c)
		}
	}
	t.Logf("%d workbooks", len(made))
}

// outputs does everything with a ledger of one maker that writes a workbook.
func (w *world) outputs(t *testing.T, maker, dir string, do func(request) (map[string]string, error), made map[string]string) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	ledger, plain := filepath.Join(dir, "made.xlsx"), filepath.Join(dir, "plain.xlsx")
	for file, b := range map[string]*book{ledger: w.reference, plain: w.reference.without(eventsSheet)} {
		if _, err := do(request{Do: "make", File: file, Book: b}); err != nil {
			t.Errorf("%s: %v", maker, err)
			return
		}
	}
	step := func(name, from string, work func(o *office) error) {
		o, err := w.opened(filepath.Join(dir, name), from)
		if err == nil {
			err = work(o)
		}
		if err != nil {
			t.Errorf("%s, %s: %v", maker, name, err)
			return
		}
		for _, file := range workbooks(t, o.dir) {
			made[file] = from
			if strings.Contains(filepath.Base(file), "总表") {
				made[file] = "" // a consolidated workbook is all ours
			}
		}
	}
	run := func(args ...string) func(o *office) error {
		return func(o *office) error { _, err := o.run(args...); return err }
	}
	step("set", ledger, run("set", "1", "status=已完成", "progress=已印发方案，完成80%", "deadline=2026-09-30"))
	step("add", ledger, run("add", "title=新增一项任务", "lead=财政局", "deadline=2026-12-31"))
	step("record", ledger, run("record", "training", "date=2026-06-01", "unit=财政局"))
	step("record sheet", plain, run("record", "training", "date=2026-06-01", "unit=财政局"))
	step("sync", ledger, run("sync"))
	step("split and merge", ledger, func(o *office) error {
		out := filepath.Join(o.dir, "copies")
		if _, err := o.run("split", "--out", out); err != nil {
			return err
		}
		_, err := o.run(append([]string{"merge"}, workbooks(t, out)...)...)
		return err
	})
	step("export", ledger, run("export", "总表.xlsx"))
}

// workbooks are the workbooks in a folder and below it, without the history.
func workbooks(t *testing.T, dir string) (list []string) {
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && strings.HasPrefix(e.Name(), "."):
			return filepath.SkipDir
		case strings.EqualFold(filepath.Ext(path), ".xlsx"):
			list = append(list, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}
