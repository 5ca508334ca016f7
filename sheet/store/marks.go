package store

import "taizhang/sheet/msg"

// marksDir holds empty files, each of which says one thing for good.
const marksDir = "stamped"

// MarkStamped records that a workbook was, or is about to be, stamped with a
// revision. To do it again changes nothing.
func (s *Store) MarkStamped(id string) error {
	if s.readOnly {
		return ErrStoreReadOnly
	}
	if !isID(id) {
		return s.missing(id, nil)
	}
	err := s.fs.MkdirAll(s.path(marksDir), s.dirMode)
	if err == nil {
		err = s.place(s.path(marksDir, id), nil)
	}
	if err != nil {
		return &msg.Error{Text: msg.New("store.cannot_write", "File", s.path(marksDir, id)), Hint: msg.New("store.cannot_write.hint"), Err: err}
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
