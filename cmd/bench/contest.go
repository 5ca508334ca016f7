package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"taizhang/cmd/bench/book"
)

// processes measures what other programs do too, each in a process of its own.
func (b *bench) processes() {
	programs := b.inv.programs()
	slow := map[string]map[string]bool{}
	// What has a target comes first: other programs have a budget.
	for _, c := range []struct{ name, op, strings string }{
		{"ProcessRead", "read", "shared"},
		{"ProcessSet", "set", "shared"},
		{"ProcessMerge", "merge", ""},
		{"ProcessExport", "export", ""},
		{"ProcessRead", "read", "inline"},
		{"ProcessSet", "set", "inline"},
	} {
		if !b.wanted(c.name) {
			continue
		}
		if slow[c.name] == nil {
			slow[c.name] = map[string]bool{}
		}
		for _, rows := range b.rows {
			name := sized(c.name, rows)
			if c.strings != "" {
				name += "/strings=" + c.strings
			}
			if err := b.contest(name, c.op, rows, c.strings == "inline", programs, slow[c.name]); err != nil {
				b.res.note(name, err.Error())
			}
		}
	}
}

// contest runs all programs on one job. Those that were out of patience once
// are in slow and do not run again.
func (b *bench) contest(name, op string, rows int, inline bool, programs []program, slow map[string]bool) error {
	dir, err := os.MkdirTemp(b.inv.dir, "job")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	j := job{op: op, dir: dir, in: filepath.Join(dir, "in.xlsx"), out: filepath.Join(dir, "out.xlsx"),
		cell: string(rune('A'+book.Progress-1)) + strconv.Itoa(book.Top+rows/2)}
	var tables three
	if op == "merge" {
		j.out, j.base, j.mine, j.theirs = filepath.Join(dir, "out.csv"), filepath.Join(dir, "base.csv"),
			filepath.Join(dir, "mine.csv"), filepath.Join(dir, "theirs.csv")
		tables = makeThree(rows)
		for path, t := range map[string][][]string{j.base: tables.base, j.mine: tables.mine, j.theirs: tables.theirs} {
			if err := writeTable(path, t); err != nil {
				return err
			}
		}
	} else if err := os.WriteFile(j.in, book.Make(rows, inline), 0o600); err != nil {
		return err
	}
	if op == "export" {
		j.tables = filepath.Join(dir, "tables.jsonl")
		if err := b.makeTables(j); err != nil {
			return err
		}
	}
	for _, p := range programs {
		switch {
		case p.args(j) == nil:
			continue
		case !p.installed():
			b.res.note(name, p.by+" is not installed")
			continue
		case p.by != ours && time.Since(b.start) > b.budget:
			b.res.note(name, p.by+" was not run: the time for other programs was up")
			continue
		case slow[p.by]:
			b.res.note(name, p.by+" needed too long for fewer rows already")
			continue
		}
		e := b.res.entry(name, p.by)
		e.remark = p.note
		if op == "export" && p.by != ours {
			e.remark = exportNote
		}
		for range b.count {
			start := time.Now()
			if err := p.run(b.inv.self, j, e); err != nil {
				b.res.note(name, p.by+": "+err.Error())
				slow[p.by] = time.Since(start) >= patience
				break
			}
			if op == "merge" {
				got, err := readTable(j.out)
				if err != nil {
					b.res.note(name, p.by+": "+err.Error())
					break
				}
				e.put(wrongValues, float64(tables.wrong(got)))
			}
			os.Remove(j.out)
			if time.Since(start) > once {
				break
			}
		}
		say("%s/by=%s\t%s", name, p.by, e)
	}
	return nil
}

// program measures taizhang as people start it.
func (b *bench) program() {
	env := b.inv.env()
	for _, rows := range b.rows {
		b.repeat("ProgramStatus", rows, func(dir, ledger string, e *entry) error {
			return program{env: env, args: func(job) []string {
				return []string{b.inv.taizhang, "status",
					ledger}
			}}.run(b.inv.self, job{dir: dir}, e)
		})
		set := func(dir, ledger string, task int, e *entry) error {
			return program{env: env, args: func(job) []string {
				return []string{b.inv.taizhang, "--ledger", ledger, "set", strconv.Itoa(task), "progress=已完成公开"}
			}}.run(b.inv.self, job{dir: dir}, e)
		}
		b.repeat("ProgramSet", rows, func(dir, ledger string, e *entry) error { return set(dir, ledger, rows/2, e) })
		b.repeat("ProgramSetAgain", rows, func(dir, ledger string, e *entry) error {
			for task := range 2 { // which begin the history that a later one reads
				if err := set(dir, ledger, rows/4+task, &entry{values: map[string][]float64{}}); err != nil {
					return err
				}
			}
			return set(dir, ledger, rows/2, e)
		})
		b.repeat("FirstFrame", rows, func(dir, ledger string, e *entry) error {
			return firstFrame(e, dir, env, "牵头单位", b.inv.taizhang, ledger)
		})
		if b.wanted("FirstFrame") {
			if p := (program{by: "VisiData", need: []string{"vd"}}); !p.installed() {
				b.res.note(sized("FirstFrame", rows), p.by+" is not installed")
				continue
			}
			b.repeatBy(sized("FirstFrame", rows), "VisiData", rows, func(dir, ledger string, e *entry) error {
				return firstFrame(e, dir, env, "重点任务", "vd", "--config", os.DevNull, ledger, "+:"+book.Sheet+"::")
			})
		}
		b.repeat("ChangeToScreen", rows, func(dir, ledger string, e *entry) error {
			return changeToScreen(e, b.inv, dir, env, ledger)
		})
	}
}

// wanted matches as go test does, which knows ours as BenchmarkRead.
func (b *bench) wanted(name string) bool { return b.match.MatchString("Benchmark" + name) }

func (b *bench) repeat(name string, rows int, do func(dir, ledger string, e *entry) error) {
	if b.wanted(name) {
		b.repeatBy(sized(name, rows), ours, rows, do)
	}
}

func sized(name string, rows int) string { return fmt.Sprintf("%s/rows=%d", name, rows) }

// repeatBy does something with a fresh folder that holds a ledger.
func (b *bench) repeatBy(name, by string, rows int, do func(dir, ledger string, e *entry) error) {
	data := book.Make(rows, false)
	e := b.res.entry(name, by)
	for range b.count {
		dir, err := os.MkdirTemp(b.inv.dir, "program")
		ledger := filepath.Join(dir, "台账.xlsx")
		if err == nil {
			err = os.WriteFile(ledger, data, 0o600)
		}
		start := time.Now()
		if err == nil {
			err = do(dir, ledger, e)
		}
		os.RemoveAll(dir)
		if err != nil {
			b.res.note(name, by+": "+err.Error())
			return
		}
		if time.Since(start) > once {
			break
		}
	}
	say("%s/by=%s\t%s", name, by, e)
}
