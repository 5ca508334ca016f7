package tui

import (
	"errors"
	"strings"
	"time"

	"taizhang/sheet/ooxml"
	"taizhang/sheet/syncer"
)

// loadingBody is the screen while the ledger is read.
func (r *root) loadingBody(h int) []string {
	u := r.ui
	lines := []string{u.Theme.Title.On(u.Say("tui.title")), ""}
	if r.opt.File != "" {
		lines = append(lines, u.Fit(u.Clean(r.opt.File), min(r.w, u.Width(u.Clean(r.opt.File)))))
	}
	what := u.Say("tui.load.reading")
	for _, o := range r.jobs.open {
		if d := u.Now().Sub(o.since); d >= 500*time.Millisecond {
			// How much is left is not known: the bar moves to show that it lives.
			const n = 24
			at := r.jobs.spin % n
			bar := "[" + strings.Repeat(".", at) + "#" + strings.Repeat(".", n-1-at) + "]"
			lines = append(lines, u.Theme.Info.On(bar))
			what = u.Say("tui.load.reading_for", "Seconds", int(d/time.Second))
			if d >= 3*syncer.Patience {
				what = u.Say("tui.load.silent")
			}
		}
	}
	lines = append(lines, u.Theme.Dim.On(what))
	return u.Center(lines, r.w, h)
}

// failedBody says why the ledger could not be opened, and what to do.
func (r *root) failedBody(h int) []string {
	u := r.ui
	sentence, hint := u.Why(r.failure)
	w := min(r.w-4, 76)
	lines := []string{u.Theme.Bad.On(u.Fit(u.Say("tui.load.failed"), w)), ""}
	if errors.Is(r.failure, ErrDoubtful) {
		lines = nil // it is only asked about
	}
	for _, l := range u.Wrap(sentence, w) {
		lines = append(lines, u.Fit(l, w))
	}
	if hint != "" {
		lines = append(lines, "")
		for _, l := range u.Wrap(u.Say("tui.load.hint", "Hint", hint), w) {
			lines = append(lines, u.Theme.Info.On(u.Fit(l, w)))
		}
	}
	keys := u.Say("tui.load.keys")
	if errors.Is(r.failure, ooxml.ErrEncrypted) || errors.Is(r.failure, ooxml.ErrPassword) {
		keys = u.Say("tui.load.keys_password")
	}
	if r.mapper != nil {
		keys = u.Say("tui.load.keys_map")
	}
	if r.opt.Start != nil {
		keys += "  " + u.Say("tui.load.keys_start")
	}
	lines = append(lines, "", u.Theme.Dim.On(u.Fit(keys, w)))
	return u.Center(lines, r.w, h)
}
