package tui

import (
	"time"

	"taizhang/sheet/syncer"
)

// feed is where the ledger comes from: the backend, and its newest snapshot.
type feed struct {
	backend  Backend // nil until the ledger is open
	updates  chan *syncer.Snapshot
	snap     *syncer.Snapshot // the newest; the screens show it or the one before
	building bool             // a snapshot is being prepared for the screens
	stale    bool             // snap is newer than what is being prepared
	news     news             // what others changed since the person last looked
	stalled  time.Duration    // how long the folder has not answered; 0: it answers
}

// checkStall notes whether the folder answers.
func (f *feed) checkStall() {
	f.stalled = 0
	if f.backend != nil {
		if d := f.backend.Busy(); d >= syncer.Patience {
			f.stalled = d
		}
	}
}
