package tui

import (
	"time"

	"taizhang/tui/dialog"
	"taizhang/tui/intent"
)

// jobs are the requests to the backend that have not come back, and the clock
// that wakes the screen while there are any.
type jobs struct {
	open map[int]op
	seq  int  // of the last one
	tick bool // the clock is wound up
	spin int  // how often it has struck
}

// op is one request to the backend that has not come back.
type op struct {
	label   string
	since   time.Time
	dialog  dialog.Dialog // stays open until it is done, nil if none
	closes  dialog.Dialog // goes when it is done, with those over it; nil if dialog does
	asked   intent.Intent // what is asked about if values moved, nil if nothing can
	marks   *[]string     // the rows that are marked again when it is done; nil: none
	made    *string       // the file or folder that it made, once it is done; nil: none
	portion *portion      // how far it is, nil if that is not known
}

// begin notes that the backend is at work. The dialog d, if there is one, waits.
func (j *jobs) begin(label string, d dialog.Dialog, now time.Time) int {
	j.seq++
	j.open[j.seq] = op{label: label, since: now, dialog: d}
	if d != nil {
		d.Wait(true, "", "")
	}
	return j.seq
}

// end takes a request off the list.
func (j *jobs) end(id int) op {
	o := j.open[id]
	delete(j.open, id)
	return o
}

// makes notes where the newest request will say what it made.
func (j *jobs) makes(path *string) {
	o := j.open[j.seq]
	o.made = path
	j.open[j.seq] = o
}

// measure has it shown how far the newest request is.
func (j *jobs) measure(p *portion) {
	o := j.open[j.seq]
	o.portion = p
	j.open[j.seq] = o
}

// running is what the backend has been doing for longer than a moment; percent
// is 0 where nobody knows how far it is.
func (j *jobs) running(now time.Time) (label string, since time.Duration, percent int) {
	for _, o := range j.open {
		if d := now.Sub(o.since); d > since && d >= 500*time.Millisecond {
			label, since, percent = o.label, d, 0
			if o.portion != nil {
				percent = int(o.portion.percent.Load())
			}
		}
	}
	return label, since, percent
}
