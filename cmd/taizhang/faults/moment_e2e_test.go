//go:build e2e

package faults

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A moment is when a process is killed. Random times alone mostly hit the start
// of the program, so that two thirds of the kills are counted in what matters:
// events in the folders that it writes into, and its system calls (where strace
// is installed).
type moment struct {
	after   time.Duration // from the start, or from the event
	event   int           // the n-th event in the folders; 0: none
	syscall string        // killed as it enters the n-th of these; "": none
	nth     int
}

// calls are those that last, with how many of them a command makes at most.
var calls = []struct {
	names string
	most  int
}{
	{"renameat,renameat2", 8}, {"fsync", 14}, {"openat", 60}, {"write", 40}, {"unlinkat", 3}, {"fchmod,fchmodat", 6},
	{"close", 60}, {"mkdirat", 4},
}

var strace = func() bool {
	return exec.Command("strace", "-e", "inject=none:signal=SIGKILL", "true").Run() == nil ||
		exec.Command("strace", "-V").Run() == nil
}()

func anyMoment(r *rand.Rand, typical time.Duration) moment {
	switch r.IntN(3) {
	case 0:
		return moment{event: 1 + r.IntN(24), after: time.Duration(r.IntN(1500)) * time.Microsecond}
	case 1:
		if strace {
			c := calls[r.IntN(len(calls))]
			return moment{syscall: c.names, nth: 1 + r.IntN(c.most)}
		}
	}
	return moment{after: time.Duration(r.Int64N(int64(typical)*5/4 + 1))}
}

func (m moment) String() string {
	switch {
	case m.syscall != "":
		return fmt.Sprintf("killed at %s number %d", m.syscall, m.nth)
	case m.event > 0:
		return fmt.Sprintf("killed %v after file event %d", m.after, m.event)
	}
	return fmt.Sprintf("killed after %v", m.after)
}

// wrap makes the command one that dies at the moment, where that is a call.
func (m moment) wrap(bin string, args []string) (string, []string) {
	if m.syscall == "" {
		return bin, args
	}
	return "strace", append([]string{"-f", "-qq", "-o", os.DevNull, "-e", "trace=" + m.syscall,
		"-e", fmt.Sprintf("inject=%s:signal=SIGKILL:when=%d", m.syscall, m.nth), bin}, args...)
}

// events watches the folders below dir; the channel has a token for each event.
func events(dir string) (<-chan struct{}, func()) {
	out := make(chan struct{}, 1000)
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return out, func() {}
	}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			w.Add(path)
		}
		return nil
	})
	go func() {
		for range w.Events {
			select {
			case out <- struct{}{}:
			default:
			}
		}
	}()
	go func() {
		for range w.Errors {
		}
	}()
	return out, func() { w.Close() }
}
