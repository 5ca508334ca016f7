package syncer

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"taizhang/sheet/ooxml"
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
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer w.Close()
		w.Add(filepath.Dir(s.path)) // without events there is still the polling
		if s.opt.Inbox != "" {
			w.Add(s.opt.Inbox)
		}
		if dir := s.hist.Dir(); dir != "" {
			w.Add(filepath.Join(dir, "revisions"))
		}
		go s.listen(ctx, w, poke)
	}
	poll := time.NewTicker(s.opt.Poll)
	defer poll.Stop()
	seen := s.look()
	last := s.Snapshot().Seq
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.tell:
		case <-events:
			s.quiet(ctx, events)
			seen = s.look()
			s.Sync(ctx) // what fails is in the snapshot
		case <-poll.C:
			now := s.look()
			if now == seen && (n%hashEvery != 0 || s.unchanged()) && len(s.Snapshot().Waiting) == 0 {
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

// listen turns events of the folder into pokes; those of our own temporary
// files and history do not count.
func (s *Session) listen(ctx context.Context, w *fsnotify.Watcher, poke func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-w.Events:
			if !ok {
				return
			}
			if e.Op != fsnotify.Chmod && !ooxml.IsTemp(e.Name) && filepath.Base(e.Name) != historyFolder {
				poke()
			}
		case _, ok := <-w.Errors:
			if !ok {
				return
			}
			poke()
		}
	}
}

// quiet waits until no event has come for a while.
func (s *Session) quiet(ctx context.Context, events <-chan struct{}) {
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

// view of the folder that a poll compares.
type glimpse struct {
	size    int64
	time    time.Time
	gone    bool
	owner   ooxml.Owner
	inbox   int64
	inboxAt time.Time
	heads   time.Time
}

// look is the state of everything that a pass would react to.
func (s *Session) look() (g glimpse) {
	if info, err := os.Stat(s.path); err == nil {
		g.size, g.time = info.Size(), info.ModTime()
	} else {
		g.gone = true
	}
	g.owner, _ = ooxml.WhoHasOpen(s.path)
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
	defer func() { <-s.turn }()
	if s.book.sameBytes() {
		return true
	}
	s.book.stale()
	return false
}
