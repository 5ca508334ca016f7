//go:build e2e

package faults

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
)

// defaultRuns is for every day; RUNS=2000 is for before a release.
const defaultRuns = 48

// worldLife is how many runs a world sees, so that most meet a history.
const worldLife = 12

// kind is one row of the report.
type kind struct {
	name  string
	small bool // in a world on a small file system
	fresh bool // also in a world that has no history yet
	clock bool // with the program whose clock can be moved
	do    func(*world, *outcome) error
}

func kinds(mount bool, clock bool) (out []kind) {
	with := func(fault func(*world, func(runner, *outcome), *outcome) error, i int) func(*world, *outcome) error {
		return func(w *world, o *outcome) error {
			act, err := writes[i].prepare(w)
			if err != nil {
				return err
			}
			return fault(w, act, o)
		}
	}
	for i := range writes {
		out = append(out, kind{name: "kill: " + writes[i].name, fresh: true, do: with(kill, i)})
	}
	any := func(fault func(*world, func(runner, *outcome), *outcome) error) func(*world, *outcome) error {
		return func(w *world, o *outcome) error { return with(fault, w.r.IntN(len(writes)))(w, o) }
	}
	if mount {
		out = append(out, kind{name: "full disk", small: true, fresh: true, do: any(fullDisk)},
			kind{name: "read-only disk", small: true, fresh: true, do: any(readOnlyDisk)})
	}
	out = append(out, kind{name: "torn by others, watched", do: tornSaves},
		kind{name: "changed before the rename", do: between})
	if clock {
		out = append(out, kind{name: "clock jumps", clock: true, do: clockJumps})
	}
	return out
}

func kill(w *world, act func(runner, *outcome), o *outcome) error {
	act(func(args ...string) (int, string) { return w.kill(anyMoment(w.r, w.typical), args...) }, o)
	return nil
}

type tally struct{ runs, killed, acked, torn, lost, stuck, litter int }

func TestE2EFaults(t *testing.T) {
	runs, seed := number(t, "RUNS", defaultRuns), number(t, "SEED", 1)
	pick := regexp.MustCompile(os.Getenv("FAULT"))
	bin, clocked := build(t)
	unmount, err := smallDisk(filepath.Join(t.TempDir(), "disk"), 1<<20)
	if err == nil {
		unmount()
	} else {
		t.Logf("no full and no read-only disks: a file system can only be mounted by root (%v)", err)
	}
	var all []kind
	for _, k := range kinds(err == nil, clocked != "") {
		if pick.MatchString(k.name) {
			all = append(all, k)
		}
	}
	if len(all) == 0 {
		t.Fatal("FAULT picks no kind")
	}
	// A world is of one kind, so that it can be made again from its seed alone.
	type job struct{ kind, world, runs int }
	var jobs []job
	for left, n := runs, 0; left > 0; n++ {
		share := min(left, max(1, min(worldLife, runs/len(all))))
		jobs = append(jobs, job{n % len(all), n, share})
		left -= share
	}
	tallies := make([]tally, len(all))
	var mu sync.Mutex
	queue := make(chan job, len(jobs))
	for _, j := range jobs {
		queue <- j
	}
	close(queue)
	var workers sync.WaitGroup
	for range 4 { // most of the time is waiting
		workers.Go(func() {
			for j := range queue {
				k := all[j.kind]
				program := bin
				if k.clock {
					program = clocked
				}
				live(t, k, program, uint64(seed), uint64(j.world), j.runs, func(o outcome) {
					mu.Lock()
					defer mu.Unlock()
					tallies[j.kind].count(o)
				})
			}
		})
	}
	workers.Wait()
	t.Log("\n" + report(all, tallies))
}

func number(t *testing.T, name string, otherwise int) int {
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		t.Fatalf("%s=%s is not a number", name, v)
	}
	return n
}

// live is the life of one world.
func live(t *testing.T, k kind, bin string, seed, number uint64, runs int, count func(outcome)) {
	dir, err := os.MkdirTemp("", "taizhang-faults-")
	if err != nil {
		t.Error(err)
		return
	}
	defer os.RemoveAll(dir)
	if k.small {
		unmount, err := smallDisk(filepath.Join(dir, "work"), 6<<20)
		if err != nil {
			t.Error(err)
			return
		}
		defer unmount()
	}
	serial := 0
	w, err := newWorld(bin, dir, rand.New(rand.NewPCG(seed, number)), &serial)
	if err != nil {
		t.Error(err)
		return
	}
	if !k.fresh || number%3 > 0 {
		if err := w.begin(); err != nil {
			t.Error(err)
			return
		}
	}
	for run := range runs {
		var o outcome
		if err := k.do(w, &o); err != nil {
			o.stuck = append(o.stuck, "not even begun: "+err.Error())
		} else {
			w.check(&o)
		}
		if run == runs-1 {
			w.swept(&o)
		}
		count(o)
		for what, notes := range map[string][]string{"torn": o.torn, "lost": o.lost, "stuck": o.stuck,
			"litter": o.litter} {
			for _, n := range notes {
				t.Errorf("%s, seed %d, world %d, run %d: %s: %s", k.name, seed, number, run, what, n)
			}
		}
		if t.Failed() && (len(o.torn) > 0 || len(o.lost) > 0 || len(o.stuck) > 0) {
			return // what follows would only repeat it
		}
	}
}

func (c *tally) count(o outcome) {
	one := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	c.runs++
	one(&c.killed, o.killed)
	one(&c.acked, o.acked)
	one(&c.torn, len(o.torn) > 0)
	one(&c.lost, len(o.lost) > 0)
	one(&c.stuck, len(o.stuck) > 0)
	one(&c.litter, len(o.litter) > 0)
}

func report(all []kind, tallies []tally) string {
	var out strings.Builder
	tab := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tab, "fault\truns\tkilled\tacknowledged\ttorn\tlost\tstuck\tlitter\trecovered\t")
	var sum tally
	line := func(name string, c tally) {
		fmt.Fprintf(tab, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", name, c.runs, c.killed, c.acked, c.torn, c.lost,
			c.stuck, c.litter, c.runs-c.stuck-c.torn)
	}
	for i, k := range all {
		line(k.name, tallies[i])
		c := tallies[i]
		sum = tally{sum.runs + c.runs, sum.killed + c.killed, sum.acked + c.acked, sum.torn + c.torn, sum.lost + c.lost,
			sum.stuck + c.stuck, sum.litter + c.litter}
	}
	line("all", sum)
	tab.Flush()
	return out.String()
}
