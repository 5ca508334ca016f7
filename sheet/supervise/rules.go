package supervise

import (
	"math"
	"strconv"
)

// Rules are the settings of supervision. The zero value asks for nothing.
type Rules struct {
	Feedback string // when units report: 每月25日前; "": never
	Ladder   []Rung // notices in the order in which they are sent; empty: none
	Score    ScoreRules
}

// Rung is one step of the ladder of notices.
type Rung struct {
	Name   string // 提醒, 催办, 督办单
	Colour Colour
	// Days is from when on it is due, counted from the task's day: -7 is a week before
	// it, 1 the day after.
	Days int
	// Behind: it is also due, whatever the day, where the task is known to be behind
	// its time.
	Behind bool
}

// Colour is how urgent a rung is.
type Colour string

const (
	Blue   Colour = "blue"   // the day is near
	Yellow Colour = "yellow" // behind
	Red    Colour = "red"    // overdue by the stated time
)

// ScoreRules say what an appraisal counts. Points that cost are negative.
type ScoreRules struct {
	// Stated: the settings say what counts. Papers show scores only then.
	Stated   bool
	Base     Points
	Feedback Points // for each period without a report
	SentBack Points // for each time that a task was sent back
	Overdue  Points // for each task that is overdue on the day
	Late     Points // for each task that was done after its day
	Register Points // for each row of a register that is or was late
	Extended Points // for each approved extension
	Refused  Points // for each task that the unit gave back and that stayed its own
	Early    Points // for each task that was done before its day
	// Support is the share that counts for a unit that only supports: 0.5 is half.
	Support float64
}

// DefaultScore is an appraisal that costs what an office usually counts.
func DefaultScore() ScoreRules {
	return ScoreRules{Base: 100 * one, Feedback: -1 * one, SentBack: -2 * one, Overdue: -3 * one, Late: -2 * one,
		Register: -1 * one, Support: 0.5}
}

// Points are hundredths, so that their sum is exact.
type Points int

const one Points = 100

// PointsOf are points as people write them: -1, 0.5.
func PointsOf(v float64) Points { return Points(math.Round(v * float64(one))) }

func (p Points) Float() float64 { return float64(p) / float64(one) }

// String is the points with as many digits as they need: 97.5, -3.
func (p Points) String() string { return strconv.FormatFloat(p.Float(), 'f', -1, 64) }

// MarshalJSON writes them as a number.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// Share is a part of the points.
func (p Points) Share(part float64) Points { return Points(math.Round(float64(p) * part)) }
