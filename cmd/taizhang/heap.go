package main

import (
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

// memoryGoal is the memory above which what is no longer needed is given up at
// once, whatever that costs; only workbooks far beyond the usual come near it.
const memoryGoal = 2 << 30

// giveRoom puts the first collection off, and sets the goal that holds from then
// on. A pace or a goal that the environment sets stays as it is.
func giveRoom() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if os.Getenv("GOGC") != "" {
		debug.SetMemoryLimit(memoryGoal)
		return
	}
	percent := debug.SetGCPercent(-1)
	debug.SetMemoryLimit(roomAtStart)
	first := new([64]byte) // nothing refers to it: it is gone with the first collection
	runtime.AddCleanup(first, func(percent int) {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(memoryGoal)
	}, percent)
}
