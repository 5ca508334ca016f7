package usage

import (
	"time"

	"golang.org/x/sys/unix"
)

// Thread is the processor time that the calling thread has taken so far: what
// it worked, however long others kept it waiting. The caller must have locked
// its goroutine to the thread.
func Thread() time.Duration {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t) != nil {
		return time.Since(started)
	}
	return time.Duration(t.Nano())
}

var started = time.Now()
