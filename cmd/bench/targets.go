package main

import (
	"fmt"
	"strings"
	"time"
)

// target is a promise with a figure.
type target struct {
	what string
	goal float64
	text func(float64) string // how a figure is printed
	over bool                 // the figure must be at least, not at most, the goal
	get  func(*results) (float64, bool)
}

const large = "/rows=100000"

// Where our packages are measured alone, and whole programs beside them.
const (
	readAlone = "ProcessRead" + large + "/strings=shared"
	setAlone  = "ProcessSet" + large + "/strings=shared"
)

// targets are the promises, each measured in this run or said not to be.
var targets = []target{
	{what: "read 100,000 × 14, shared strings: × inflate and scan", goal: 1.3, text: times,
		get: floorRatio("Read" + large + "/strings=shared")},
	{what: "  excelize GetRows takes", goal: 12, over: true, text: times,
		get: theirRatio("Read"+large+"/strings=shared", "excelize")},
	{what: "  openpyxl takes", goal: 12, over: true, text: times, get: theirRatio(readAlone, "openpyxl")},
	{what: "set one cell and save, same: × inflate and deflate", goal: 1.2, text: times,
		get: floorRatio("Set" + large + "/strings=shared")},
	{what: "  excelize takes", goal: 20, over: true, text: times,
		get: theirRatio("Set"+large+"/strings=shared", "excelize")},
	{what: "  openpyxl takes", goal: 50, over: true, text: times, get: theirRatio(setAlone, "openpyxl")},
	{what: "a whole taizhang set, the first, 100,000 rows: × the package alone", goal: 4, text: times,
		get: ourRatio("ProgramSet"+large, setAlone)},
	{what: "  and of a later one, which reads the history", goal: 4, text: times,
		get: ourRatio("ProgramSetAgain"+large, setAlone)},
	{what: "  its peak memory, the first", goal: 250 << 20, text: memory, get: value("ProgramSet"+large, peak)},
	{what: "  and of a later one", goal: 250 << 20, text: memory, get: value("ProgramSetAgain"+large, peak)},
	{what: "start to first frame, 100,000 rows: × reading alone", goal: 4, text: times,
		get: ourRatio("FirstFrame"+large, readAlone)},
	{what: "  10,000 rows", goal: float64(150 * time.Millisecond), text: duration,
		get: value("FirstFrame/rows=10000", wall)},
	{what: "an office's save to the screen, 100,000 rows: × reading alone", goal: 4, text: times,
		get: ourRatio("ChangeToScreen"+large, readAlone)},
	{what: "  10,000 rows", goal: float64(150 * time.Millisecond), text: duration,
		get: value("ChangeToScreen/rows=10000", wall)},
	{what: "20 workbooks of 500 rows opened as one", goal: float64(time.Second), text: duration,
		get: value("OpenWorkbooks/rows=10000/workbooks=20", wall)},
	{what: "key to frame, 100,000 rows, any screen, filter included: p99", goal: 4, text: milliseconds,
		get: worst("KeyToFrame"+large, "p99-own-ms")},
	{what: "key to frame, a register of 100,000 rows: p99", goal: 4, text: milliseconds,
		get: worst("RegisterKeyToFrame"+large, "p99-own-ms")},
	{what: "three-way merge, 100,000 rows, 1% changed, renumbered", goal: float64(400 * time.Millisecond),
		text: duration, get: value("Merge"+large+"/identity=told", wall)},
	{what: "  values wrong or lost", goal: 0, text: func(v float64) string { return fmt.Sprint(v) },
		get: value("ProcessMerge"+large, wrongValues)},
}

func milliseconds(v float64) string { return fmt.Sprintf("%.1f ms", v) }

func times(v float64) string { return fmt.Sprintf("%.2f ×", v) }

func floorRatio(group string) func(*results) (float64, bool) {
	return func(r *results) (float64, bool) { return ratio(r.find(group, ours), r.find(group, "floor")) }
}

func theirRatio(group, by string) func(*results) (float64, bool) {
	return func(r *results) (float64, bool) { return ratio(r.find(group, by), r.find(group, ours)) }
}

// ourRatio is how many times what we take for one thing we take for another.
func ourRatio(group, alone string) func(*results) (float64, bool) {
	return func(r *results) (float64, bool) { return ratio(r.find(group, ours), r.find(alone, ours)) }
}

func value(group, unit string) func(*results) (float64, bool) {
	return func(r *results) (float64, bool) {
		e := r.find(group, ours)
		if e == nil {
			e = r.find(group, "")
		}
		if e == nil || len(e.values[unit]) == 0 {
			return 0, false
		}
		return e.median(unit), true
	}
}

// worst is the largest median of all groups of a benchmark.
func worst(prefix, unit string) func(*results) (float64, bool) {
	return func(r *results) (v float64, ok bool) {
		for _, g := range r.groups {
			for _, e := range g.entries {
				if strings.HasPrefix(g.name, prefix) && len(e.values[unit]) > 0 {
					v, ok = max(v, e.median(unit)), true
				}
			}
		}
		return v, ok
	}
}

// line tells a target, what was measured, and whether it is held.
func (t target) line(r *results) []string {
	sign := "≤ "
	if t.over {
		sign = "≥ "
	}
	v, ok := t.get(r)
	if !ok {
		return []string{t.what, sign + t.text(t.goal), "-", "not measured"}
	}
	held := "held"
	if t.over && v < t.goal || !t.over && v > t.goal {
		held = "NOT HELD"
	}
	return []string{t.what, sign + t.text(t.goal), t.text(v), held}
}
