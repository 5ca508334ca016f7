package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// roomAtStart is how much memory may be taken before the first collection, in
// bytes: what a ledger of 10,000 rows needs until its first frame. Collecting a
// heap that has only just begun to grow finds nothing and takes a seventh of the
// time to that frame. From the first collection on the Go runtime's own pace
// holds, so that a large ledger takes no more memory than it would anyway.
const roomAtStart = 96 << 20

// memoryGoal is the memory, in bytes, above which what is no longer needed is
// given up at once, as long as what is needed is small enough for that to be
// cheap: a ledger of 100,000 rows is changed within it, or close to it.
const memoryGoal = 256 << 20

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
	afterCollection(func() { debug.SetGCPercent(percent) })
}

// afterCollection does first after the next collection, and after each sets the
// goal anew: what is alive and a quarter, where that is more than memoryGoal.
// With a fixed goal a workbook that needs more than it would be collected
// without end.
func afterCollection(first func()) {
	mark := new([64]byte) // nothing refers to it: it is gone with the next collection
	runtime.AddCleanup(mark, func(struct{}) {
		first()
		alive := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(alive)
		live := int64(alive[0].Value.Uint64())
		debug.SetMemoryLimit(max(memoryGoal, live+live/4))
		afterCollection(func() {})
	}, struct{}{})
}
