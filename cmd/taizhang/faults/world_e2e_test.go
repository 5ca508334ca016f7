//go:build e2e

package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// world is a folder in which a ledger stands, and what was typed into it.
type world struct {
	bin, dir, home, path string
	r                    *rand.Rand
	tasks                int
	serial               *int // makes every value that is ever typed another one
	cells                map[cell]*held
	added, topics        map[string]bool   // title, topic: whether it was acknowledged
	ever                 []string          // values acknowledged at any time
	together             []map[cell]string // typed by one command that was not acknowledged: all or nothing
	again                []func(*outcome)  // what its user does again after a failure
	typical              time.Duration     // what a command takes
	clock                time.Duration     // how far the program's clock is off; needs the other binary
	// an office typed twice into a cell, and nobody can know that it was one: conflicts are right
	disputed bool
}

type cell struct{ title, field string }

// held is what a cell may hold: what was acknowledged last, or what was typed
// since without being acknowledged.
type held struct {
	acked string
	maybe []string
}

// outcome is what became of a run.
type outcome struct {
	killed, acked             bool
	torn, lost, stuck, litter []string
}

func newWorld(bin, dir string, r *rand.Rand, serial *int) (*world, error) {
	w := &world{bin: bin, dir: filepath.Join(dir, "work"), home: filepath.Join(dir, "home"), r: r, serial: serial,
		cells: map[cell]*held{}, added: map[string]bool{}, topics: map[string]bool{}, typical: 100 * time.Millisecond}
	w.path = filepath.Join(w.dir, "台账.xlsx")
	w.tasks = []int{8, 8, 60, 400}[r.IntN(4)]
	for _, d := range []string{w.dir, w.home} {
		if err := os.MkdirAll(d, 0o777); err != nil {
			return nil, err
		}
	}
	data, err := newBook(w.tasks)
	if err != nil {
		return nil, err
	}
	return w, os.WriteFile(w.path, data, 0o644)
}

// begin lets the program write once, so that there is a history and a stamp.
func (w *world) begin() error {
	args, values := w.set(w.anyTask(), 1)
	code, out := w.run(args...)
	w.tried(values, acknowledged(code))
	if code != 0 {
		return fmt.Errorf("the first set ended with %d: %s", code, out)
	}
	return nil
}

func (w *world) value() string {
	*w.serial++
	return fmt.Sprintf("值%06d。", *w.serial) // none is the beginning of another
}

func (w *world) anyTask() int { return 1 + w.r.IntN(w.tasks) }

func (w *world) held(c cell) *held {
	if w.cells[c] == nil {
		w.cells[c] = &held{}
	}
	return w.cells[c]
}

// tried notes what a command was to type, and whether it said that it did.
func (w *world) tried(values map[cell]string, acked bool) {
	if !acked && len(values) > 1 {
		w.together = append(w.together, values)
	}
	for c, v := range values {
		h := w.held(c)
		if acked {
			h.acked, h.maybe = v, nil
			if exists(filepath.Join(w.dir, ".taizhang")) { // what stood there before is no change
				w.ever = append(w.ever, v)
			}
		} else {
			h.maybe = append(h.maybe, v)
		}
	}
}

// set is the command that types values into one task.
func (w *world) set(n, fields int) (args []string, values map[cell]string) {
	args, values = []string{"set", fmt.Sprint(n)}, map[cell]string{}
	names := slices.Clone(typedList)
	w.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, f := range names[:fields] {
		v := w.value()
		args, values[cell{titleOf(n), f}] = append(args, f+"="+v), v
	}
	return args, values
}

func acknowledged(code int) bool { return code == 0 || code == 3 }

func (w *world) command(ctx context.Context, name string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = w.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Env = []string{"HOME=" + w.home, "PATH=" + os.Getenv("PATH"), "LANG=zh_CN.UTF-8", "TAIZHANG_AUTHOR=王协调",
		fmt.Sprintf("FAULT_CLOCK=%d", int64(w.clock/time.Second))}
	return cmd
}

func (w *world) args(args []string) []string { return append(slices.Clone(args), "--ledger", w.path) }

// run runs the program to its end. The code is -1 if it was killed.
func (w *world) run(args ...string) (code int, out string) {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	begin := time.Now()
	code, out = runCmd(w.command(ctx, w.bin, w.args(args)))
	w.typical = (3*w.typical + time.Since(begin)) / 4
	return code, out
}

func runCmd(cmd *exec.Cmd) (code int, out string) {
	var both bytes.Buffer
	cmd.Stdout, cmd.Stderr = &both, &both
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return -1, fmt.Sprint(err)
	}
	return cmd.ProcessState.ExitCode(), both.String()
}

// kill runs the program and kills it at the moment; it may be done before.
func (w *world) kill(m moment, args ...string) (code int, out string) {
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	seen, done := events(w.dir)
	defer done()
	name, argv := m.wrap(w.bin, w.args(args))
	ended := make(chan struct{})
	go func() {
		defer stop()
		if m.syscall != "" {
			<-ended
			return
		}
		for range m.event {
			select {
			case <-seen:
			case <-ended:
				return
			}
		}
		select {
		case <-time.After(m.after):
		case <-ended:
		}
	}()
	code, out = runCmd(w.command(ctx, name, argv))
	close(ended)
	return code, out
}

// check is what must hold once the folder is healthy again; it starts the
// program, and settles what the cells hold.
func (w *world) check(o *outcome) {
	if err := whole(w.path); err != nil {
		o.torn = append(o.torn, "before the next start: "+err.Error())
	}
	age(w.dir)
	code, out := w.run("sync", "--json")
	var pass struct {
		Conflicts int
		Waiting   bool
	}
	if !acknowledged(code) || json.Unmarshal([]byte(out[:max(strings.LastIndex(out, "}")+1, 0)]), &pass) != nil {
		o.stuck = append(o.stuck, fmt.Sprintf("sync ended with %d: %s", code, out))
	}
	if pass.Waiting || pass.Conflicts > 0 && !w.disputed {
		_, what := w.run("conflicts")
		o.stuck = append(o.stuck, fmt.Sprintf("%d conflicts, waiting: %v; %s", pass.Conflicts, pass.Waiting, what))
	}
	w.repeat(o)
	if err := whole(w.path); err != nil {
		o.torn = append(o.torn, "after the next start: "+err.Error())
		return
	}
	data, err := os.ReadFile(w.path)
	if err != nil {
		o.torn = append(o.torn, err.Error())
		return
	}
	got, err := readBook(data)
	if err != nil {
		o.torn = append(o.torn, err.Error())
		return
	}
	_, log := w.run("log", "--json")
	_, conflicts := w.run("conflicts", "--json")
	w.compare(got, log, conflicts, o)
}

func (w *world) repeat(o *outcome) {
	for _, do := range w.again {
		do(o)
	}
	w.again = nil
}

func (w *world) compare(got *rows, log, conflicts string, o *outcome) {
	lose := func(format string, args ...any) { o.lost = append(o.lost, fmt.Sprintf(format, args...)) }
	for n := 1; n <= w.tasks; n++ {
		title := titleOf(n)
		row := got.tasks[title]
		if row == nil {
			lose("%s is gone", title)
			continue
		}
		if row[0] != fmt.Sprint(n) || row[3] != "2022年6月底前" || row[4] != "正在推进" {
			lose("%s: nobody touched %q", title, row)
		}
		for _, f := range typedList {
			h, v := w.held(cell{title, f}), row[typed[f]]
			if v != h.acked && !slices.Contains(h.maybe, v) {
				if !(w.disputed && strings.Contains(conflicts, h.acked)) {
					lose("%s %s holds %q; acknowledged %q, tried %q", title, f, v, h.acked, h.maybe)
				}
			}
			h.acked, h.maybe = v, nil
		}
	}
	for _, values := range w.together {
		n := 0
		for c, v := range values {
			if w.cells[c].acked == v {
				n++
			}
		}
		if n > 0 && n < len(values) {
			lose("%d of %d values of one change stand there: %v", n, len(values), values)
		}
	}
	w.together = nil
	for title, acked := range w.added {
		if acked && got.tasks[title] == nil {
			lose("the new task %s is gone", title)
		}
		if w.added[title] = got.tasks[title] != nil; !w.added[title] {
			delete(w.added, title)
		}
	}
	if len(got.twice) > 0 {
		lose("%q stand there twice", got.twice)
	}
	if extra := len(got.tasks) - w.tasks - len(w.added); extra != 0 {
		lose("%d rows that nobody added", extra)
	}
	for topic, acked := range w.topics {
		if acked && !got.topics[topic] {
			lose("the event %s is gone", topic)
		}
		if w.topics[topic] = got.topics[topic]; !got.topics[topic] {
			delete(w.topics, topic)
		}
	}
	for _, v := range w.ever {
		if !strings.Contains(log, v) && !strings.Contains(conflicts, v) {
			lose("%q was acknowledged and is in no log", v)
		}
	}
}

func isTemp(name string) bool {
	return strings.HasSuffix(name, ".tmp") || strings.HasPrefix(name, "tmp-") || strings.HasPrefix(name, ".~taizhang.")
}

// temps are the temporary files below dir.
func temps(dir string) (out []string) {
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && isTemp(d.Name()) {
			out = append(out, path)
		}
		return nil
	})
	return out
}

// age makes temporary files so old that they can be nobody's who still works.
func age(dir string) {
	old := time.Now().Add(-72 * time.Hour)
	for _, f := range temps(dir) {
		os.Chtimes(f, old, old)
	}
}

// swept changes something once more, after which no temporary file may be left.
func (w *world) swept(o *outcome) {
	w.clock = 0
	age(w.dir)
	args, values := w.set(w.anyTask(), 1)
	code, out := w.run(args...)
	w.tried(values, acknowledged(code))
	if code != 0 && !w.disputed {
		o.stuck = append(o.stuck, fmt.Sprintf("a healthy set ended with %d: %s", code, out))
	}
	if out := filepath.Join(w.dir, "导出"); exists(out) {
		if code, said := w.run("export", filepath.Join(out, "汇总.xlsx"), "--force"); !acknowledged(code) {
			o.stuck = append(o.stuck, fmt.Sprintf("a healthy export ended with %d: %s", code, said))
		}
	}
	if left := append(temps(w.dir), temps(w.home)...); len(left) > 0 {
		o.litter = append(o.litter, fmt.Sprint(left))
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
