package syncer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/fsnotify/fsnotify"

	"taizhang/sheet/owner"
	"taizhang/sheet/safefile"
)

const (
	// debounce is how long the folder must be quiet before the workbook is read:
	// a save is several events.
	debounce = 60 * time.Millisecond
	// impatience bounds the wait for quiet.
	impatience = 200 * time.Millisecond
	// hashEvery is after how many polls the workbook is hashed though its state
	// says that it is the same: the clock of a share may be too coarse to tell.
	hashEvery = 15
)

// Watch keeps the session in step with the folder until ctx ends, and calls
// notify (from one goroutine) after each new snapshot.
//
//	folder events ─┐
//	               ├─ debounced ─→ pass ─→ snapshot ─→ notify
//	polling ───────┘                ↑
//	Change, Merge, … ───────────────┘
//
// It is the folder that is watched, not the file: Excel deletes and renames,
// LibreOffice renames over, and a watch of the file goes deaf after one save.
// Network shares send no events, so polling is always on.
func (s *Session) Watch(ctx context.Context, notify func(*Snapshot)) error {
	events := make(chan struct{}, 1)
	poke := func() {
		select {
		case events <- struct{}{}:
		default:
		}
	}
	var touched atomic.Bool // an event named the workbook itself
	folders := &watchedFolders{}
	if w, err := fsnotify.NewWatcher(); err == nil { // without events there is still the polling
		defer w.Close()
		folders.events = w
		go s.listen(ctx, w, &touched, poke)
	}
	folders.watch(s.folders())
	poll := time.NewTicker(s.opt.Poll)
	defer poll.Stop()
	seen := s.look()
	last := s.Snapshot().Seq
	poke() // something may have happened since Open
	for polls := 1; ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.tell:
		case <-events:
			quiet(ctx, events)
			seen = s.look()
			s.pass(ctx, passOptions{inbox: true, touched: touched.Swap(false)}, nil) // what fails is in the snapshot
		case <-poll.C:
			polls++
			if s.lookAt(func() bool { return folders.watch(s.folders()) }) {
				poke() // nobody told what happened there meanwhile
			}
			now := s.look()
			if now == seen && (polls%hashEvery != 0 || s.lookAt(s.unchanged)) && !s.Snapshot().unsettled() {
				continue
			}
			seen = now
			s.Sync(ctx)
		}
		select {
		case <-s.tell:
		default:
		}
		if snap := s.Snapshot(); snap.Seq != last && ctx.Err() == nil {
			last = snap.Seq
			notify(snap)
		}
	}
}

// unsettled reports whether another pass may do what the last one could not,
// though nothing changed in the folder: somebody may have made room on the disk.
func (n *Snapshot) unsettled() bool {
	var sys *fs.PathError
	return len(n.Waiting) > 0 || len(n.Arriving) > 0 || errors.Is(n.Trouble, ErrMissing) ||
		errors.Is(n.Trouble, ErrBusy) || errors.As(n.Trouble, &sys)
}

// listen turns events of the folder into pokes; those of our own temporary
// files and history do not count.
func (s *Session) listen(ctx context.Context, w *fsnotify.Watcher, touched *atomic.Bool, poke func()) {
	names := []string{filepath.Base(s.path)}
	if real, err := filepath.EvalSymlinks(s.path); err == nil {
		names = append(names, filepath.Base(real))
	}
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if base := filepath.Base(e.Name); e.Op != fsnotify.Chmod && !safefile.IsTemp(e.Name) &&
				base != historyFolder {
				if slices.Contains(names, base) {
					touched.Store(true)
				}
				poke()
			}
		case _, ok := <-w.Errors:
			if !ok {
				return
			}
			touched.Store(true)
			poke()
		}
	}
}

// quiet waits until no event has come for a while.
func quiet(ctx context.Context, events <-chan struct{}) {
	end := time.NewTimer(impatience)
	defer end.Stop()
	for {
		still := time.NewTimer(debounce)
		select {
		case <-events:
			still.Stop()
		case <-still.C:
			return
		case <-end.C:
			still.Stop()
			return
		case <-ctx.Done():
			still.Stop()
			return
		}
	}
}

// lookAt is a glance at the folder that Busy knows of.
func (s *Session) lookAt(glance func() bool) bool {
	s.looking.start()
	defer s.looking.stop()
	return glance()
}

// view of the folder that a poll compares.
type glimpse struct {
	size    int64
	time    time.Time
	gone    bool
	owner   owner.Holder
	inbox   int64
	inboxAt time.Time
	heads   time.Time
}

// look is the state of everything that a pass would react to.
func (s *Session) look() (g glimpse) {
	s.looking.start()
	defer s.looking.stop()
	if info, err := os.Stat(s.path); err == nil {
		g.size, g.time = info.Size(), info.ModTime()
	} else {
		g.gone = true
	}
	if o := s.owner(); o != nil {
		g.owner = *o
	}
	if s.opt.Inbox != "" {
		entries, _ := os.ReadDir(s.opt.Inbox)
		for _, e := range entries {
			if info, err := e.Info(); err == nil {
				g.inbox += info.Size() + 1
				if info.ModTime().After(g.inboxAt) {
					g.inboxAt = info.ModTime()
				}
			}
		}
	}
	if info, err := os.Stat(filepath.Join(s.hist.Dir(), "revisions")); err == nil {
		g.heads = info.ModTime()
	}
	return g
}

// unchanged hashes the workbook.
func (s *Session) unchanged() bool {
	s.turn <- struct{}{}
	s.working.start()
	defer func() {
		s.working.stop()
		<-s.turn
	}()
	if s.book.sameBytes() {
		return true
	}
	s.book.stale()
	return false
}
