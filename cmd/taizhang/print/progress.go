package print

import (
	"fmt"
	"strings"
	"time"
)

// Progress tells on a terminal how far a long piece of work is; nil if nobody
// would see it. Work that is done in half a second shows nothing.
//
// doing says what is going on, in the reader's language.
func (p *Printer) Progress(doing string) func(done, total int) {
	if !IsTerminal(p.errs) || p.AsJSON {
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
			fmt.Fprintf(p.errs, "\r%s [%-*s] %3d%%", doing, cells, strings.Repeat("#", full), percent)
			p.progressing = true
		}
	}
}

// EndProgress clears the line that progress wrote, if it wrote one.
func (p *Printer) EndProgress() {
	if p.progressing {
		fmt.Fprint(p.errs, "\r\033[K")
		p.progressing = false
	}
}
