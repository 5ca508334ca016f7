//go:build e2e

package programs

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"taizhang/sheet/ooxml/ooxmltest"
)

// outputs are workbooks that taizhang wrote, made once for all that look at them.
type outputs struct {
	dir   string // every output lies below it
	world *world

	mu     sync.Mutex
	ledger map[string]string // output: the ledger that it was made of, "" where it is all ours
	maker  map[string]string // output: the program that made the ledger, "" for our own
}

func (o *outputs) add(file, ledger, maker string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ledger[file], o.maker[file] = ledger, maker
}

// Every kind of workbook that we write, made of the ledgers of every program: the
// validators find nothing in it that they did not find in the ledger, and nothing
// at all in what is all ours; and other programs read what we read.
func TestE2EOutputs(t *testing.T) {
	o := &outputs{dir: t.TempDir(), ledger: map[string]string{}, maker: map[string]string{}}
	o.world = &world{bin: filepath.Join(o.dir, "taizhang"), reference: readBook(t)}
	if out, err := exec.Command("go", "build", "-o", o.world.bin,
		"taizhang/cmd/taizhang").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	all := installed(t)
	t.Run("made of ledgers by", func(t *testing.T) {
		t.Run("nobody else", func(t *testing.T) {
			t.Parallel()
			o.own(t)
		})
		for _, maker := range withGnumericsLedger(all) {
			t.Run(maker.name, func(t *testing.T) {
				t.Parallel()
				o.made(t, maker)
			})
		}
	})
	t.Run("valid", o.valid)
	t.Run("readers", func(t *testing.T) { o.read(t, readers(t, o.dir, all)) })
}

// withGnumericsLedger are the programs that make ledgers, and Gnumeric, which saves
// one that excelize made.
func withGnumericsLedger(all []*program) (makers []*program) {
	var gnumeric, excelize *program
	for _, p := range all {
		switch p.name {
		case "Gnumeric":
			gnumeric = p
		case "excelize":
			excelize = p
		}
		if p.makes {
			makers = append(makers, p)
		}
	}
	if gnumeric != nil && excelize != nil {
		makers = append(makers, &program{name: gnumeric.name, makes: true,
			do: func(r request) (map[string]string, error) {
				if _, err := excelize.do(r); err != nil {
					return nil, err
				}
				return nil, gnumeric.edit(r.File)
			}})
	}
	return makers
}

// valid: the validators have nothing new to say.
func (o *outputs) valid(t *testing.T) {
	v := ooxmltest.Find(t)
	for file, list := range v.NewComplaints(t, o.ledger) {
		name, _ := filepath.Rel(o.dir, file)
		for _, c := range list {
			t.Errorf("%s: %s", name, c)
		}
	}
	t.Logf("%d workbooks", len(o.ledger))
}

// own makes what needs no ledger: new ones, one from a plan, and the sample.
func (o *outputs) own(t *testing.T) {
	dir := filepath.Join(o.dir, "own")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	plan := filepath.Join(dir, "要点.txt")
	if err := os.WriteFile(plan, []byte(planText), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"init", filepath.Join(dir, "新.xlsx"), "--year", "2026"},
		{"init", filepath.Join(dir, "按要点.xlsx"), "--from", plan},
		{"demo", "--dir", filepath.Join(dir, "demo")},
	} {
		cmd := exec.Command(o.world.bin, args...)
		cmd.Env = []string{"HOME=" + dir, "PATH=" + os.Getenv("PATH")}
		if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 3 {
			t.Errorf("%s: %v\n%s", args[0], err, out)
		}
	}
	for _, file := range workbooks(t, dir) {
		o.add(file, "", "")
	}
}

const planText = `临水区2026年政务公开工作要点

一、深化主动公开
（一）规范性文件集中公开。逐件标注有效、失效、废止，6月底前完成。（牵头单位：党政办公室；配合单位：司法所）
（二）政策解读同步发布。图解、短视频至少一种。（牵头单位：财政局）
二、规范依申请公开
（三）申请登记与答复。二十个工作日内答复。（牵头单位：司法所）
`

// made does everything with a ledger of one maker that writes a workbook.
func (o *outputs) made(t *testing.T, maker *program) {
	w, dir := o.world, filepath.Join(o.dir, maker.name)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	ledger, plain := filepath.Join(dir, "made.xlsx"), filepath.Join(dir, "plain.xlsx")
	for file, b := range map[string]*book{ledger: w.reference, plain: w.reference.without(eventsSheet)} {
		if _, err := maker.do(request{Do: "make", File: file, Book: b}); err != nil {
			t.Fatal(err)
		}
	}
	step := func(name, from string, work func(o *office) error) {
		office, err := w.opened(filepath.Join(dir, name), from)
		if err == nil {
			err = work(office)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, file := range workbooks(t, office.dir) {
			ledger := from
			if name := filepath.Base(file); strings.Contains(name, "总表") || strings.Contains(name, "年报") {
				ledger = "" // such a workbook is all ours
			}
			o.add(file, ledger, maker.name)
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
	all := func(list ...[]string) func(o *office) error {
		return func(o *office) error {
			for _, args := range list {
				if _, err := o.run(args...); err != nil && !waits(err) {
					return err
				}
			}
			return nil
		}
	}
	registers := [][]string{
		{"record", "requests", "number=2026-1", "applicant=周某", "content=征地补偿标准", "unit=财政局", "received=2026-06-01"},
		{"record", "requests", "number=2026-2", "applicant=吴某", "content=道路规划", "unit=司法所", "received=2026-06-20",
			"channel=网络"},
		{"record", "reviews", "number=复1", "kind=复议", "request=2026-1", "received=2026-06-25"},
		{"record", "messages", "number=M1", "title=路灯不亮", "unit=财政局", "received=2026-06-28"},
		{"record", "columns", "name=通知公告", "unit=党政办公室", "every=每周", "last_update=2026-06-20"},
		{"record", "proposals", "number=12", "title=关于停车的建议", "unit=财政局", "assigned=2026-04-01"},
		{"registers", "fill"},
		{"set", "requests:2026-1", "replied=2026-06-20", "outcome=予以公开"},
	}
	if !readMakers().MatchString(maker.name) {
		return // each output costs the validator a second
	}
	step("registers", ledger, all(registers...))
	step("split with registers", ledger, all(append(registers, []string{"split", "--out", "分发"},
		[]string{"export", "总表.xlsx"})...))
	step("annual", ledger, all(append(registers, []string{"annual", "年报.xlsx"})...))
	step("rollover", ledger, all(append(registers, []string{"rollover", "2027.xlsx", "--year", "2027"})...))
	step("supervision", ledger, func(o *office) error {
		settings := "supervision: {on: true, sheet: true, review: true, ladder: true}\n"
		if err := os.WriteFile(filepath.Join(o.dir, "taizhang.yaml"), []byte(settings), 0o666); err != nil {
			return err
		}
		out := filepath.Join(o.dir, "分发")
		return errors.Join(all([][]string{
			{"set", "1", "status=已完成"},
			{"review", "1", "return", "--reason", "缺佐证材料"},
			{"extend", "2", "2026-12-31", "--reason", "招标延后", "--write"},
			{"split", "--out", out},
			{"set", "3", "status=已完成"},
			{"review", "3", "accept", "--evidence", "见网站"},
		}...)(o), all(append([]string{"merge"}, workbooks(t, out)...), []string{"undo"}, []string{"redo"})(o))
	})
}

// waits reports whether a command was done and something waits for a person.
func waits(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.ExitCode() == 3
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
