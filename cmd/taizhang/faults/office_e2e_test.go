//go:build e2e

package faults

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// tear saves a workbook as careless programs do, over some moments in which
// what stands there is not whole.
func tear(r *rand.Rand, file string, data []byte) error {
	pause := func() { time.Sleep(time.Duration(r.IntN(120)) * time.Millisecond) }
	piecewise := func(f *os.File, err error) error {
		if err != nil {
			return err
		}
		defer f.Close()
		for rest := data; len(rest) > 0; {
			n := min(len(rest), 1+r.IntN(len(data)/2+1))
			if _, err := f.Write(rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
			pause()
		}
		return f.Sync()
	}
	switch r.IntN(4) {
	case 0: // truncated, then written in pieces
		return piecewise(os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0))
	case 1: // gone for a while
		if err := os.Remove(file); err != nil {
			return err
		}
		pause()
		return piecewise(os.Create(file))
	case 2: // the first half, and only later the whole
		half := data[:r.IntN(len(data))]
		if err := os.WriteFile(file, half, 0o666); err != nil {
			return err
		}
		pause()
		return os.WriteFile(file, data, 0o666)
	}
	if err := os.Rename(file, file+".bak"); err != nil { // as Excel does
		return err
	}
	pause()
	if err := saveOver(file, data); err != nil {
		return err
	}
	return os.Remove(file + ".bak")
}

// tornSaves lets an office save again and again, tearing the workbook, while the
// program watches it and a coordinator changes other cells. The office's program
// says that it has the workbook open, as all do that hold it in memory.
func tornSaves(w *world, o *outcome) error {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	watch := w.command(ctx, w.bin, w.args([]string{"sync", "--watch"}))
	var said bytes.Buffer
	watch.Stdout, watch.Stderr = &said, &said
	if err := watch.Start(); err != nil {
		return err
	}
	lock := filepath.Join(w.dir, ".~lock."+filepath.Base(w.path)+"#")
	mine := map[cell]string{}
	var saves []map[cell]string
	for range 2 + w.r.IntN(2) {
		if err := os.WriteFile(lock, []byte("李四,lisi,office-pc,23.11.2026 16:00,file:///home/lisi;"),
			0o666); err != nil {
			return err
		}
		data, err := os.ReadFile(w.path)
		if err != nil {
			return err
		}
		theirs := w.office()
		for c := range mine {
			delete(theirs, c)
		}
		if data, err = edited(data, theirs); err != nil {
			return err
		}
		saving := make(chan error, 1)
		go func() { saving <- tear(rand.New(rand.NewPCG(w.r.Uint64(), 1)), w.path, data) }()
		args, values := w.set(w.anyTask(), 1)
		for c := range theirs {
			if _, same := values[c]; same {
				args = nil
			}
		}
		if args != nil {
			code, _ := w.run(args...)
			w.tried(values, o.ended(code))
			for c, v := range values {
				mine[c] = v
			}
		}
		if err := <-saving; err != nil {
			return err
		}
		for c, v := range theirs {
			*w.held(c) = held{acked: v}
		}
		saves = append(saves, theirs)
		if err := os.Remove(lock); err != nil {
			return err
		}
		time.Sleep(time.Duration(w.r.IntN(300)) * time.Millisecond)
	}
	// What an office typed over its own value may never have been seen. Or the one
	// was seen and the other is found by the next start, when the workbook is
	// closed and names nobody: then nobody can know that it was one person.
	times := map[cell]int{}
	for _, theirs := range saves {
		for c, v := range theirs {
			if w.held(c).acked == v {
				w.ever = append(w.ever, v)
			}
			if times[c]++; times[c] > 1 {
				w.disputed = true
			}
		}
	}
	stop() // a kill
	watch.Wait()
	o.killed = true
	return nil
}

// between lets somebody replace the workbook in the instant between the
// program's last look at it and its rename, which strace makes long.
func between(w *world, o *outcome) error {
	data, err := os.ReadFile(w.path)
	if err != nil {
		return err
	}
	n := w.anyTask()
	args, mine := w.set(n, 1)
	theirs := w.office()
	for c := range mine {
		delete(theirs, c)
	}
	if data, err = edited(data, theirs); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	name, argv := w.bin, w.args(args)
	if strace {
		name, argv = "strace", append([]string{"-f", "-qq", "-o", os.DevNull, "-e", "trace=renameat,renameat2", "-e",
			"inject=renameat,renameat2:delay_enter=40000", w.bin}, argv...)
	}
	delay := time.Duration(w.r.IntN(45)) * time.Millisecond
	saved := make(chan error, 1)
	go func() {
		for ctx.Err() == nil && !ourTemp(w.dir) {
			time.Sleep(200 * time.Microsecond)
		}
		time.Sleep(delay)
		saved <- saveOver(w.path, data)
	}()
	code, out := runCmd(w.command(ctx, name, argv))
	w.tried(mine, o.ended(code))
	if code == 1 && !strings.Contains(out, filepath.Base(w.path)) {
		o.stuck = append(o.stuck, fmt.Sprintf("set ended with %d: %s", code, out))
	}
	stop()
	if err := <-saved; err != nil {
		return err
	}
	w.tried(theirs, true)
	return nil
}

// ourTemp reports whether a save is under way in dir.
func ourTemp(dir string) bool {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".~taizhang.") {
			return true
		}
	}
	return false
}
