package syncer

import (
	"os"
	"time"

	"taizhang/sheet/owner"
)

// sighting is somebody who was seen to have the workbook open.
type sighting struct {
	name  string
	since time.Time // when they opened it, by the clock of the folder; zero if that is not known
	last  time.Time // when they were seen last, by the clock of this machine
}

// owner is who has the workbook open, nil if nobody. It may be called by anybody
// at any time.
func (s *replica) owner() *owner.Holder {
	o, ok := owner.Of(s.path)
	if !ok {
		return nil
	}
	g := sighting{name: o.Name, last: time.Now()}
	if info, err := os.Stat(o.File); err == nil {
		g.since = info.ModTime()
	}
	s.sighted.Store(&g)
	return &o
}

// opener is who had the workbook open when it was saved as it was read, nil if
// nobody was seen to. Who saves and closes is gone by then, and who opened it
// afterwards did not save it.
func (s *replica) opener() *sighting {
	b := s.book
	if b.asked {
		return b.opener
	}
	const slack = 3 * time.Second // of the file's time, and between a look at the folder and the next
	s.owner()
	if g := s.sighted.Load(); g != nil && time.Since(g.last) <= s.opt.Poll+slack &&
		!b.time.Before(g.since.Add(-slack)) {
		b.opener = g
	}
	b.asked = true // who opens it later says nothing
	return b.opener
}
