package syncer

import (
	"path/filepath"
	"sync/atomic"
	"time"

	"taizhang/sheet/msg"
)

// clock tells since when something has been under way; the zero value is at
// rest.
type clock struct{ since atomic.Int64 }

func (c *clock) start() { c.since.Store(time.Now().UnixNano()) }
func (c *clock) stop()  { c.since.Store(0) }

func (c *clock) running() time.Duration {
	if at := c.since.Load(); at != 0 {
		return time.Since(time.Unix(0, at))
	}
	return 0
}

// Patience is after how long a folder that has not answered is said not to
// answer, and is not waited for any more by who wants to leave.
const Patience = 5 * time.Second

// Busy is how long the read or write of the folder has been under way that the
// session waits for; 0 at rest. A share that is away makes it grow. It never
// blocks.
func (s *Session) Busy() time.Duration { return max(s.working.running(), s.looking.running()) }

// unquiet is the error of what cannot be done because others change the workbook or
// its history again and again.
func (s *subject) unquiet() error {
	return &msg.Error{Class: ErrBusy, Text: msg.New("syncer.busy", "File", filepath.Base(s.path)),
		Hint: msg.New("syncer.busy.hint")}
}

// Close releases the session. Writes that wait stay recorded in the store and
// go out with the next pass of whoever opens the ledger. It waits for a pass
// that is under way, unless the folder does not answer: then it says so
// (ErrBusy), and leaves the pass to its fate, as a kill would.
func (s *Session) Close() error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.turn <- struct{}{}
		s.working.start()
		defer func() {
			s.working.stop()
			<-s.turn
		}()
		if s.opt.At.IsZero() {
			s.past.Save(s.hist)
		}
	}()
	for {
		select {
		case <-done:
			return nil
		case <-time.After(Patience / 50):
			if s.Busy() >= Patience {
				return &msg.Error{Class: ErrBusy, Text: msg.New("syncer.silent", "Path", s.path),
					Hint: msg.New("syncer.silent.hint")}
			}
		}
	}
}
