package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"taizhang/tui/kit"
)

// notice is a sentence that stands at the foot of the screen for a while.
type notice struct {
	text  string // clean; "" if there is none
	bad   bool   // it tells of a failure
	since time.Time
	until time.Time
}

// read is how long a sentence stays whatever is pressed.
const read = time.Second

// giveWay drops a sentence that has stood for a moment: the person goes on working.
func (n *notice) giveWay(now time.Time) {
	if now.Sub(n.since) >= read {
		n.drop()
	}
}

// drop takes the sentence away.
func (n *notice) drop() { n.text = "" }

// lines are the sentence on as many lines as it takes, up to half of a screen of
// w × h cells.
func (n *notice) lines(u *kit.Kit, w, h int) []string {
	if n.text == "" {
		return nil
	}
	style := u.Theme.Good
	if n.bad {
		style = u.Theme.Bad
	}
	var out []string
	for _, l := range u.Wrap(n.text, w-2) {
		out = append(out, style.On(u.Fit(" "+l, w)))
	}
	return out[:min(len(out), h/2)]
}

// say shows a sentence for as long as it takes to read; bad marks a failure.
func (r *console) say(s string, bad bool) {
	s = r.ui.Clean(s)
	r.said = notice{s, bad, r.ui.Now(), r.ui.Now().Add(max(6*time.Second, time.Duration(r.ui.Width(s)/10)*time.Second))}
}

// startTick wakes the screen while something runs or a message stands.
func (r *console) startTick() tea.Cmd {
	if r.jobs.tick {
		return nil
	}
	r.jobs.tick = true
	return tea.Tick(200*time.Millisecond, func(time.Time) tea.Msg { return tickMsg{} })
}

func (r *root) ticked() tea.Cmd {
	r.jobs.tick = false
	r.jobs.spin++
	if r.said.text != "" && r.ui.Now().After(r.said.until) {
		r.said.drop()
	}
	if len(r.jobs.open) > 0 || r.said.text != "" || r.phase == loading {
		return r.startTick()
	}
	return nil
}
