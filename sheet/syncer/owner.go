package syncer

import (
	"time"

	"taizhang/sheet/ooxml"
)

// sighting is somebody who was seen to have the workbook open.
type sighting struct {
	name        string
	first, last time.Time
}

// owner is who has the workbook open, nil if nobody. It may be called by anybody
// at any time.
func (s *Session) owner() *ooxml.Owner {
	o, ok := ooxml.WhoHasOpen(s.path)
	if !ok {
		return nil
	}
	g := sighting{name: o.Name, last: time.Now()}
	g.first = g.last
	if old := s.sighted.Load(); old != nil && old.name == g.name {
		g.first = old.first
	}
	s.sighted.Store(&g)
	return &o
}

// openedBy is who has the workbook open, or was seen to have it open when it was
// saved as it was read: who saves and closes is gone by then. ok is false if
// nobody was seen.
func (s *Session) openedBy() (name string, ok bool) {
	if o := s.owner(); o != nil {
		return o.Name, true
	}
	const slack = 3 * time.Second // between the save and the closing, and of the file's time
	g := s.sighted.Load()
	if g == nil || s.book.time.Before(g.first.Add(-slack)) || s.book.time.After(g.last.Add(slack)) {
		return "", false
	}
	return g.name, true
}

// savedBy is who saved the workbook as it was read: the person that the file
// names, or as some programs name nobody, who had it open. "" if nobody knows.
func (s *Session) savedBy() string {
	if s.book.by != "" {
		return s.book.by
	}
	name, _ := s.openedBy()
	return name
}
