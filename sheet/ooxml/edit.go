package ooxml

import (
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/cached"
)

// Dirty reports whether edits wait to be written.
func (w *Workbook) Dirty() bool {
	return w.book.IsDirty()
}

// Recalculated reports whether Save or Bytes gave formulas other values than they had, or
// took their values away.
func (w *Workbook) Recalculated() bool { return w.book.Recalculated }

// Bytes is the workbook with the waiting edits made. Parts that no edit meant
// to change are byte for byte those of the file as it was read. Formulas that
// depend on written cells hold their new values, or none and the workbook is
// calculated when it is opened next.
func (w *Workbook) Bytes() (data []byte, err error) {
	defer w.say(&err)
	if err := w.book.Flush(); err != nil {
		return nil, err
	}
	if err := cached.Refresh(w.book); err != nil {
		return nil, err
	}
	return w.pack()
}

// pack is the package as a file, in the lock that the workbook came in if it came in one.
func (w *Workbook) pack() ([]byte, error) {
	data, err := w.book.Pack()
	if err != nil {
		return nil, &msg.Error{Text: msg.New("ooxml.pack_failed", "File", w.path), Err: err}
	}
	if w.lock == nil {
		return data, nil
	}
	if data, err = w.lock.Seal(data); err != nil {
		return nil, &msg.Error{Text: msg.New("ooxml.cannot_encrypt", "File", w.path), Err: err}
	}
	return data, nil
}
