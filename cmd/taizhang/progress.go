package main

import (
	"fmt"
	"strings"
	"time"
)

// progress tells on a terminal how far a long piece of work is; nil if nobody
// would see it. Work that is done in half a second shows nothing.
//
// doing says what is going on, in the reader's language.
func (a *app) progress(doing string) func(done, total int) {
	if !isTerminal(a.errs) || a.flags.json {
		return nil
	}
	start, shown := time.Now(), -1
	return func(done, total int) {
		if total <= 0 || time.Since(start) < 500*time.Millisecond {
			return
		}
		if percent := 100 * done / total; percent != shown {
			shown = percent
			const cells = 30
			full := cells * percent / 100
			fmt.Fprintf(a.errs, "\r%s [%-*s] %3d%%", doing, cells, strings.Repeat("#", full), percent)
			a.progressing = true
		}
	}
}

// endProgress clears the line that progress wrote, if it wrote one.
func (a *app) endProgress() {
	if a.progressing {
		fmt.Fprint(a.errs, "\r\033[K")
		a.progressing = false
	}
}
