//go:build e2e

package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// runner runs the program, with or without a fault.
type runner func(args ...string) (code int, out string)

// writes are the kinds of write. Each prepares what it needs in a healthy folder
// and returns the act that the fault will meet.
var writes = []struct {
	name    string
	prepare func(w *world) (act func(runner, *outcome), err error)
}{
	{"set", prepareSet}, {"add", prepareAdd}, {"record", prepareRecord}, {"sync", prepareSync}, {"wait", prepareWait},
	{"merge", prepareMerge},
	{"undo", prepareUndo}, {"restore", prepareRestore}, {"export", prepareExport}, {"split", prepareSplit},
	{"remind", prepareRemind},
}

func (o *outcome) ended(code int) bool {
	o.killed = o.killed || code == -1
	o.acked = o.acked || acknowledged(code)
	return acknowledged(code)
}

func prepareSet(w *world) (func(runner, *outcome), error) {
	args, values := w.set(w.anyTask(), 1+w.r.IntN(len(typedList)))
	return func(run runner, o *outcome) {
		code, _ := run(args...)
		w.tried(values, o.ended(code))
	}, nil
}

func prepareAdd(w *world) (func(runner, *outcome), error) {
	title := "新增" + w.value()
	return func(run runner, o *outcome) {
		code, _ := run("add", "title="+title, "lead=财政局", "deadline=2022年6月底前", "status=正在推进")
		w.added[title] = o.ended(code)
	}, nil
}

func prepareRecord(w *world) (func(runner, *outcome), error) {
	topic := "主题" + w.value()
	return func(run runner, o *outcome) {
		code, _ := run("record", "training", "unit=财政局", "date=2022-06-20", "topic="+topic)
		w.topics[topic] = o.ended(code)
	}, nil
}

// office is some values that an office types into a workbook.
func (w *world) office() map[cell]string {
	values := map[cell]string{}
	for range 1 + w.r.IntN(3) {
		values[cell{titleOf(w.anyTask()), typedList[w.r.IntN(len(typedList))]}] = w.value()
	}
	return values
}

func (w *world) officeSaves() error {
	data, err := os.ReadFile(w.path)
	if err != nil {
		return err
	}
	values := w.office()
	if data, err = edited(data, values); err != nil {
		return err
	}
	if err := saveOver(w.path, data); err != nil {
		return err
	}
	w.tried(values, true)
	return nil
}

// prepareSync: an office has saved, and the program is to take that in.
func prepareSync(w *world) (func(runner, *outcome), error) {
	return func(run runner, o *outcome) {
		code, _ := run("sync")
		o.ended(code)
	}, w.officeSaves()
}

// prepareWait: a change was made while the workbook was open elsewhere; then
// that program saved its own, closed, and the program is to write.
func prepareWait(w *world) (func(runner, *outcome), error) {
	lock := filepath.Join(w.dir, ".~lock."+filepath.Base(w.path)+"#")
	if err := os.WriteFile(lock, []byte("李四,lisi,office-pc,23.11.2026 16:00,file:///home/lisi;"), 0o666); err != nil {
		return nil, err
	}
	open, err := os.ReadFile(w.path)
	if err != nil {
		return nil, err
	}
	theirs := w.office()
	n := w.anyTask()
	args, mine := w.set(n, 1)
	for c := range mine {
		delete(theirs, c)
	}
	code, out := w.run(args...)
	if code != 3 {
		return nil, fmt.Errorf("set while open elsewhere ended with %d: %s", code, out)
	}
	w.tried(mine, true)
	if open, err = edited(open, theirs); err != nil {
		return nil, err
	}
	if err := saveOver(w.path, open); err != nil {
		return nil, err
	}
	w.tried(theirs, true)
	return func(run runner, o *outcome) {
		code, _ := run("sync")
		o.ended(code)
	}, os.Remove(lock)
}

// prepareMerge: a copy has come back. It is kept, so that a merge that was
// killed is done again before the values are looked for.
func prepareMerge(w *world) (func(runner, *outcome), error) {
	data, err := os.ReadFile(w.path)
	if err != nil {
		return nil, err
	}
	theirs := w.office()
	args, mine := w.set(w.anyTask(), 1) // the ledger goes on meanwhile
	for c := range mine {
		delete(theirs, c)
	}
	code, out := w.run(args...)
	if code != 0 {
		return nil, fmt.Errorf("a healthy set ended with %d: %s", code, out)
	}
	w.tried(mine, true)
	if data, err = edited(data, theirs); err != nil {
		return nil, err
	}
	back := filepath.Join(w.home, "财政局"+w.value()+".xlsx")
	if err := os.WriteFile(back, data, 0o666); err != nil {
		return nil, err
	}
	return func(run runner, o *outcome) {
		code, out := run("merge", back, "--json")
		// A copy that was refused is told, with exit code 3.
		if acked := o.ended(code) && strings.Contains(out, `"error": ""`); acked || len(theirs) == 0 {
			w.tried(theirs, acked)
			return
		}
		w.again = append(w.again, func(o *outcome) {
			if code, out := w.run("merge", back); !acknowledged(code) {
				o.stuck = append(o.stuck, fmt.Sprintf("merging again ended with %d: %s", code, out))
			}
			w.tried(theirs, true)
		})
	}, nil
}

// twoSets types two values into one cell, and returns them.
func twoSets(w *world) (c cell, first, second string, err error) {
	n := w.anyTask()
	for i := range 2 {
		v := w.value()
		c = cell{titleOf(n), "remark"}
		code, out := w.run("set", fmt.Sprint(n), "remark="+v)
		if code != 0 {
			return c, "", "", fmt.Errorf("a healthy set ended with %d: %s", code, out)
		}
		w.tried(map[cell]string{c: v}, true)
		if i == 0 {
			first = v
		} else {
			second = v
		}
	}
	return c, first, second, nil
}

func prepareUndo(w *world) (func(runner, *outcome), error) {
	c, first, _, err := twoSets(w)
	return func(run runner, o *outcome) {
		code, _ := run("undo")
		w.tried(map[cell]string{c: first}, o.ended(code))
	}, err
}

func prepareRestore(w *world) (func(runner, *outcome), error) {
	c, first, _, err := twoSets(w)
	if err != nil {
		return nil, err
	}
	_, log := w.run("log", "--json", "--max", "2")
	parts := strings.Split(log, `"revision": "`)
	if len(parts) != 3 {
		return nil, fmt.Errorf("log of two: %s", log)
	}
	revision, _, _ := strings.Cut(parts[2], `"`)
	return func(run runner, o *outcome) {
		code, _ := run("restore", revision)
		w.tried(map[cell]string{c: first}, o.ended(code))
	}, nil
}

// made says whether every file below dir that was to be made is whole; the
// folder may hold none.
func made(dir string, o *outcome) {
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || isTemp(d.Name()) {
			return nil
		}
		switch filepath.Ext(path) {
		case ".xlsx":
			err = whole(path)
		case ".docx":
			var data []byte
			if data, err = os.ReadFile(path); err == nil {
				err = wholeZip(data)
			}
		case ".txt":
			var data []byte
			if data, err = os.ReadFile(path); err == nil && !strings.HasSuffix(string(data), "\n") {
				err = fmt.Errorf("ends in the middle of a line: %q", data)
			}
		}
		if err != nil {
			o.torn = append(o.torn, path+": "+err.Error())
		}
		return nil
	})
}

// prepareExport: half of the exports replace an older one.
func prepareExport(w *world) (func(runner, *outcome), error) {
	out := filepath.Join(w.dir, "导出", "汇总.xlsx")
	if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
		return nil, err
	}
	if w.r.IntN(2) == 0 {
		os.Remove(out)
	}
	return func(run runner, o *outcome) {
		code, _ := run("export", out, "--force")
		o.ended(code)
		made(filepath.Dir(out), o)
	}, nil
}

func prepareSplit(w *world) (func(runner, *outcome), error) {
	return prepareFiles(w, "分发", "split")
}

func prepareRemind(w *world) (func(runner, *outcome), error) {
	return prepareFiles(w, "提醒", "remind")
}

// prepareFiles is a command that makes files for every unit; one that failed can
// simply be run again.
func prepareFiles(w *world, folder, command string) (func(runner, *outcome), error) {
	dir := filepath.Join(w.dir, folder)
	os.RemoveAll(dir)
	return func(run runner, o *outcome) {
		code, _ := run(command, "--out", dir, "--today", "2022-10-01")
		o.ended(code)
		made(dir, o)
		w.again = append(w.again, func(o *outcome) {
			if code, out := w.run(command, "--out", dir, "--today", "2022-10-01"); !acknowledged(code) {
				o.stuck = append(o.stuck, fmt.Sprintf("%s again ended with %d: %s", command, code, out))
			}
			age(dir)
			if code, out := w.run(command, "--out", dir, "--today", "2022-10-01"); !acknowledged(code) {
				o.stuck = append(o.stuck, fmt.Sprintf("%s once more ended with %d: %s", command, code, out))
			}
			made(dir, o)
			os.RemoveAll(dir)
		})
	}, nil
}
