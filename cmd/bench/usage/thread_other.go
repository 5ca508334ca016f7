//go:build !linux

package usage

import "time"

// Thread is the time on the clock, where a thread's own is not to be had.
func Thread() time.Duration { return time.Since(started) }

var started = time.Now()
