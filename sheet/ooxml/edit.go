package ooxml

import (
	"bytes"
	"maps"
	"slices"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// edits are the changes that wait to be written. Parts are held
// whole, in the package; cells of a sheet are gathered first, so that any number of them costs one pass over
// its part.
type edits struct {
	drafts map[string]*sheetxml.Draft // sheets being edited, by part

	dateStyles map[int]shownDate // cell formats appended for dates

	// For bringing the values of formulas up to date.
	written  map[place]bool  // cells written so far
	inserted []insertedRow   // in the order made
	plain    map[string]bool // sheet parts known to hold no formula
}

// insertedRow is a row that AddRow has made.
type insertedRow struct {
	sheet, row int
	shift      bool // what stood there moved down
}

// Dirty reports whether edits wait to be written.
func (w *Workbook) Dirty() bool {
	if w.pkg.IsDirty() {
		return true
	}
	for _, g := range w.edits.drafts {
		if len(g.Sets) > 0 {
			return true
		}
	}
	return false
}

// attempt makes an edit whole or not at all: what is refused leaves no trace.
func (w *Workbook) attempt(edit func() error) error {
	e := &w.edits
	drafts, dateStyles, restore := maps.Clone(e.drafts), maps.Clone(e.dateStyles), w.pkg.Snapshot()
	err := edit()
	if err != nil {
		e.drafts, e.dateStyles = drafts, dateStyles
		restore()
	}
	return err
}

// flush makes the edits of cells that wait, sheet by sheet.
func (w *Workbook) flush() error {
	for _, part := range slices.Sorted(maps.Keys(w.edits.drafts)) {
		g := w.edits.drafts[part]
		if len(g.Sets) == 0 {
			continue
		}
		data, err := g.Splice()
		if err != nil {
			return w.damagedPart(part, err)
		}
		w.noteWritten(g)
		w.pkg.PutContent(part, data)
		delete(w.edits.drafts, part)
	}
	return nil
}

// noteWritten remembers the cells that a draft writes.
func (w *Workbook) noteWritten(g *sheetxml.Draft) {
	if w.edits.written == nil {
		w.edits.written = map[place]bool{}
	}
	if w.edits.plain == nil {
		w.edits.plain = map[string]bool{}
	}
	sheet := w.sheetIndex(g.Sheet)
	plain := g.Formulas == 0
	for row, sets := range g.Sets {
		for col, s := range sets {
			w.edits.written[place{sheet, a1.At(row, col)}] = true
			plain = plain && s.Formula == ""
		}
	}
	w.edits.plain[g.Part] = plain
}

// noteInserted remembers a new row and moves what was remembered below it.
func (w *Workbook) noteInserted(ins insertedRow) {
	w.edits.inserted = append(w.edits.inserted, ins)
	if !ins.shift {
		return
	}
	moved := make(map[place]bool, len(w.edits.written))
	for p := range w.edits.written {
		if p.sheet == ins.sheet && p.at.Row >= ins.row {
			p.at.Row++
		}
		moved[p] = true
	}
	w.edits.written = moved
}

// Bytes is the workbook with the waiting edits made. Parts that no edit meant
// to change are byte for byte those of the file as it was read. Formulas that
// depend on written cells hold their new values, or none and the workbook is
// calculated when it is opened next.
func (w *Workbook) Bytes() (data []byte, err error) {
	defer w.say(&err)
	if err := w.flush(); err != nil {
		return nil, err
	}
	if err := w.recalculate(); err != nil {
		return nil, err
	}
	data, err = w.pkg.Pack(nil)
	if err != nil {
		return nil, &msg.Error{Text: msg.New("ooxml.pack_failed", "File", w.path), Err: err}
	}
	return w.sealed(data)
}

// sealed is a package in the lock that the workbook came in, if it came in one.
func (w *Workbook) sealed(data []byte) ([]byte, error) {
	if w.lock == nil {
		return data, nil
	}
	data, err := w.lock.Seal(data)
	if err != nil {
		return nil, &msg.Error{Text: msg.New("ooxml.cannot_encrypt", "File", w.path), Err: err}
	}
	return data, nil
}

const (
	mainNS       = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMainNS = "http://purl.oclc.org/ooxml/spreadsheetml/main"
)

// strict reports whether the workbook is of the strict variant of the format,
// whose namespaces differ.
func (w *Workbook) strict() bool {
	data, err := w.pkg.Original(w.book.part)
	return err == nil && bytes.Contains(data[:min(len(data), 4096)], []byte("purl.oclc.org"))
}
