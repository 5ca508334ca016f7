package ooxml

import (
	"taizhang/sheet/a1"
	"taizhang/sheet/ooxml/internal/sheetxml"
)

// What the tests, which stand outside of the package, need to see of its inside.

const (
	DefaultCells = defaultCells
	DefaultText  = defaultText
)

var (
	NumberText = numberText
	SerialTime = serialTime
)

// SaveThen is Save with something that happens when the new file is written and the old
// one not yet replaced.
func (w *Workbook) SaveThen(written func()) error { return w.save(written) }

// Resolve resolves drop-down lists.
func (w *Workbook) Resolve(sheet int, lists []sheetxml.RawList) { w.validations(sheet, lists) }

// LooksThrough reports whether a drop-down list may look through a range of the first
// sheet where so many cells are left to look at.
func (w *Workbook) LooksThrough(r a1.Range, left int) bool {
	e := effort{maxChoices, left}
	w.rangeChoices(0, r, &e)
	return e.cells >= 0
}

// IsLeftOut reports whether a copy leaves out the parts that a relationship of a kind leads
// to from a part of another.
func IsLeftOut(from, kind string) bool { return belonging[from][kind] == dropped }
