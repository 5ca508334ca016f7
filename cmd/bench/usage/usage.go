// Package usage tells what a process took of the machine: processor time, which
// other programs' load falsifies far less than the time on the clock, and the
// most memory that it ever held.
package usage

import (
	"os"
	"time"
)

// Used is what a process took; zero where the system does not tell.
type Used struct {
	CPU  time.Duration // of all threads, user and system
	Peak int64         // bytes, the largest resident set
}

// Of is what a process that has ended took, its waited-for children included.
func Of(p *os.ProcessState) Used { return Used{CPU: p.UserTime() + p.SystemTime(), Peak: peak(p)} }

// Self is the processor time that this process has taken so far.
func Self() time.Duration { return self() }
