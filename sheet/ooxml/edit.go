package ooxml

import (
	"errors"
	"io/fs"
	"maps"
	"slices"

	"taizhang/sheet/a1"
	"taizhang/sheet/msg"
	"taizhang/sheet/ooxml/internal/zipfile"
)

// edits are the changes that wait to be written. Parts are held whole; cells of
// a sheet are gathered first, so that any number of them costs one pass over
// its part.
type edits struct {
	changed map[string]zipfile.Content // new content of parts of the package, by folded name
	added   []zipfile.Part             // parts that the package does not have, in order
	drafts  map[string]*draft          // sheets being edited, by part

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
	if len(w.edits.changed) > 0 || len(w.edits.added) > 0 {
		return true
	}
	for _, g := range w.edits.drafts {
		if len(g.sets) > 0 {
			return true
		}
	}
	return false
}

// attempt makes an edit whole or not at all: what is refused leaves no trace.
func (w *Workbook) attempt(edit func() error) error {
	e := &w.edits
	before := edits{changed: maps.Clone(e.changed), added: slices.Clone(e.added), drafts: maps.Clone(e.drafts), dateStyles: maps.Clone(e.dateStyles)}
	err := edit()
	if err != nil {
		e.changed, e.added, e.drafts, e.dateStyles = before.changed, before.added, before.drafts, before.dateStyles
	}
	return err
}

// flush makes the edits of cells that wait, sheet by sheet.
func (w *Workbook) flush() error {
	for _, part := range slices.Sorted(maps.Keys(w.edits.drafts)) {
		g := w.edits.drafts[part]
		if len(g.sets) == 0 {
			continue
		}
		data, err := g.splice()
		if err != nil {
			return w.damagedPart(part, err)
		}
		w.noteWritten(g)
		w.putRope(part, data)
		delete(w.edits.drafts, part)
	}
	return nil
}

// noteWritten remembers the cells that a draft writes.
func (w *Workbook) noteWritten(g *draft) {
	if w.edits.written == nil {
		w.edits.written = map[place]bool{}
	}
	if w.edits.plain == nil {
		w.edits.plain = map[string]bool{}
	}
	sheet := w.sheetIndex(g.sheet)
	plain := g.formulas == 0
	for row, sets := range g.sets {
		for col, s := range sets {
			w.edits.written[place{sheet, a1.At(row, col)}] = true
			plain = plain && s.formula == ""
		}
	}
	w.edits.plain[g.part] = plain
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
func (w *Workbook) Bytes() ([]byte, error) {
	if err := w.flush(); err != nil {
		return nil, err
	}
	if err := w.recalculate(); err != nil {
		return nil, err
	}
	data, err := w.pkg.Pack(zipfile.Edition{Changed: w.edits.changed, Added: w.edits.added})
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

// current is a part with the edits made so far, as UTF-8. The bytes are shared.
// The error is fs.ErrNotExist if there is no such part, else a *msg.Error.
func (w *Workbook) current(name string) ([]byte, error) {
	key := zipfile.Fold(name)
	if data, ok := w.edits.changed[key]; ok {
		if len(data) != 1 {
			data = zipfile.Content{data.Flat()}
			w.edits.changed[key] = data
		}
		return data[0], nil
	}
	for _, a := range w.edits.added {
		if zipfile.Fold(a.Name) == key {
			return a.Data, nil
		}
	}
	return w.partText(name)
}

// isEdited reports whether a part is new or has new content.
func (w *Workbook) isEdited(name string) bool {
	key := zipfile.Fold(name)
	if _, ok := w.edits.changed[key]; ok {
		return true
	}
	return slices.ContainsFunc(w.edits.added, func(a zipfile.Part) bool { return zipfile.Fold(a.Name) == key })
}

// putRope sets the content of a part of the package.
func (w *Workbook) putRope(name string, data zipfile.Content) {
	if w.edits.changed == nil {
		w.edits.changed = map[string]zipfile.Content{}
	}
	w.edits.changed[zipfile.Fold(name)] = data
}

// put sets the content of a part, new or not.
func (w *Workbook) put(name string, data []byte) {
	key := zipfile.Fold(name)
	if w.pkg.Has(name) {
		w.putRope(name, zipfile.Content{data})
		return
	}
	for i, a := range w.edits.added {
		if zipfile.Fold(a.Name) == key {
			w.edits.added[i].Data = data
			return
		}
	}
	w.edits.added = append(w.edits.added, zipfile.Part{Name: zipfile.Clean(name), Data: data})
}

// exists reports whether there is a part of that name, added ones included.
func (w *Workbook) exists(name string) bool {
	_, err := w.current(name)
	return !errors.Is(err, fs.ErrNotExist)
}
