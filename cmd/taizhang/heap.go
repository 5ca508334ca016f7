package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// roomAtStart is how much memory may be taken before the first collection, in
// bytes: what a ledger of 10,000 rows needs until its first frame. Collecting a
// heap that has only just begun to grow finds nothing and takes a seventh of the
// time to that frame. From the first collection on the Go runtime's own pace
// holds, so that a large ledger takes no more memory than it would anyway.
const roomAtStart = 96 << 20

// giveRoom puts the first collection off. A pace that the environment sets
// stays as it is.
func giveRoom() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	percent := debug.SetGCPercent(-1)
	debug.SetMemoryLimit(roomAtStart)
	first := new([64]byte) // nothing refers to it: it is gone with the first collection
	runtime.AddCleanup(first, func(percent int) {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(math.MaxInt64)
	}, percent)
}
