package store

import (
	"errors"
	"io/fs"
)

// marksDir holds empty files; each says one thing for good.
const marksDir = "stamped"

// arrivedMark says that the shared workbook itself was seen with a stamp.
const arrivedMark = "workbook"

// MarkStamped records that a workbook was, or is about to be, stamped with a
// revision. To do it again changes nothing.
func (s *Store) MarkStamped(id string) error {
	if !isID(id) {
		return s.missing(id, nil)
	}
	return s.mark(id)
}

// MarkArrived records that the shared workbook was seen with a stamp: what was
// about to be written did get there. To do it again changes nothing.
func (s *Store) MarkArrived() error {
	if s.Arrived() {
		return nil
	}
	return s.mark(arrivedMark)
}

// Arrived reports whether the shared workbook was ever seen with a stamp.
func (s *Store) Arrived() bool {
	_, err := s.fs.ReadFile(s.path(marksDir, arrivedMark))
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

func (s *Store) mark(name string) error {
	if s.readOnly {
		return ErrStoreReadOnly
	}
	err := s.fs.MkdirAll(s.path(marksDir), s.dirMode)
	if err == nil {
		err = s.place(s.path(marksDir, name), nil)
	}
	if err != nil {
		return s.cannotWrite(s.path(marksDir, name), err)
	}
	return nil
}

// Stamped is every revision that a workbook may have been stamped with.
func (s *Store) Stamped() map[string]bool {
	entries, err := s.fs.ReadDir(s.path(marksDir))
	if err != nil {
		return nil // none yet
	}
	out := make(map[string]bool, len(entries))
	for _, e := range entries {
		if isID(e.Name()) {
			out[e.Name()] = true
		}
	}
	return out
}
